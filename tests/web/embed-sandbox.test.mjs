// embed.html in a frame with `sandbox`, as LMS write them, on another origin: what each flag is needed for.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileBrowser, keys, newPage, openHost, openSite, runAction, waitForEditor } from './browser.mjs';
import { importSource } from './source.mjs';

const pages = {};
const host = await openHost();
const course = await openSite({ pages });
const downloads = mkdtempSync(join(tmpdir(), 'unroll-downloads-'));
after(() => rmSync(downloads, { recursive: true, force: true }));

/** Opens a page with a frame, and closes it when `use` is through. */
async function withFrame(address, attributes, use) {
  pages['/lms.html'] = `<!doctype html><html data-color-scheme="dark"><link rel="icon" href="data:,">
    <iframe src="${host.url}/unroll/embed.html${address}" ${attributes} width="900" height="300"></iframe>
    <script src="${host.url}/unroll/unroll-frame.js" defer></script>`;
  const page = await newPage();
  const problems = [];
  page.on('console', (message) => ['error', 'warn'].includes(message.type()) && problems.push(message.text()));
  await page.goto(`${course.url}/lms.html`);
  const frame = await (await page.$('iframe')).contentFrame();
  await waitForEditor(frame);
  await use({ page, frame, problems });
  await page.close();
}

const run = (frame) =>
  frame.$eval('unroll-panel', async (panel) => {
    const { status, stdout, stderr } = await panel.run();
    return [status, stdout, stderr];
  });

test('with allow-scripts alone programs run, the frame takes its height and theme, and Copy copies', async () => {
  await withFrame(
    '?src=lessons/bidirectional/main.py',
    'sandbox="allow-scripts"',
    async ({ page, frame, problems }) => {
      const [status, stdout, stderr] = await run(frame);
      assert.equal(status, 'ok', stderr);
      const height = await frame.$eval('unroll-panel', (panel) => Math.ceil(panel.getBoundingClientRect().height));
      await page.waitForFunction((h) => document.querySelector('iframe').style.height === `${h}px`, {}, height);
      assert.equal(await frame.$eval('unroll-panel', (panel) => panel.theme), 'dark');
      const copy = () => document.querySelector('unroll-panel').shadowRoot.querySelector('[part~=copy-button]');
      await (await frame.evaluateHandle(copy)).click();
      await page.setContent('<textarea></textarea>');
      await page.focus('textarea');
      await keys(page, 'Control', 'v');
      assert.equal(await page.$eval('textarea', (area) => area.value.trim()), stdout.trim());
      // Chromium says so of the newer way to copy, which only allow="clipboard-write" gives.
      assert.deepEqual(
        problems.filter((problem) => !/Clipboard API has been blocked/.test(problem)),
        [],
      );
    },
  );
  await withFrame('#code=print(6*7)', 'sandbox="allow-scripts"', async ({ frame }) => {
    assert.deepEqual(await run(frame), ['ok', '42\n', '']);
  });
});

test('files are saved with allow-downloads, and not without it', async () => {
  const folder = { behavior: 'allow', downloadPath: downloads };
  const session = await (await fileBrowser()).target().createCDPSession();
  await session.send('Browser.setDownloadBehavior', folder);
  const save = (flags, use) =>
    withFrame('#code=print(6*7)', `sandbox="${flags}"`, async ({ frame }) => {
      await runAction(frame, 'download-program');
      await new Promise((done) => setTimeout(done, 1500));
      use(existsSync(join(downloads, 'main.py')));
    });
  await save('allow-scripts', (isThere) => assert.ok(!isThere));
  await save('allow-scripts allow-downloads', (isThere) => assert.ok(isThere));
});

test('a host without Access-Control-Allow-Origin needs allow-same-origin', async () => {
  const plain = await openSite({ base: '/unroll/' });
  const works = async (flags) => {
    pages['/plain.html'] = `<!doctype html><iframe src="${plain.url}/unroll/embed.html" sandbox="${flags}"></iframe>`;
    const page = await newPage();
    await page.goto(`${course.url}/plain.html`, { waitUntil: 'networkidle0' });
    const frame = await (await page.$('iframe')).contentFrame();
    const isThere = await frame.evaluate(() => document.querySelector('unroll-panel') !== null);
    await page.close();
    return isThere;
  };
  assert.deepEqual([await works('allow-scripts'), await works('allow-scripts allow-same-origin')], [false, true]);
});

test('unroll-frame.js knows the same ways of a page to say its theme as the panel', async () => {
  const { attributes, words, classes } = await importSource('panel/theme-names.ts');
  const script = await (await fetch(`${host.url}/unroll/unroll-frame.js`)).text();
  const read = (name) => new Function(`return ${new RegExp(`const ${name} = ([^;]+);`).exec(script)[1]}`)();
  assert.deepEqual([read('attributes'), read('words'), read('classes')], [attributes, words, classes]);
});
