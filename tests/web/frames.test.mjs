// Every page of the site in a frame of another port and of another host: what speaks to it, and what it believes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assetName, newPage, openSite, waitForEditor } from './browser.mjs';
import { openSecrets } from './hostile.mjs';

const sandbox = `/assets/${assetName(/^sandbox-.*html$/)}`;
const workerText = assetName(/^worker-text-.*\.js$/);
const site = await openSecrets();
const pages = {};
const evil = await openSite({ pages });
/** Cookies know no ports, and another host is another site. */
const framers = { 'another port': evil.url, 'another host': evil.url.replace('127.0.0.1', 'localhost') };

/** A page of a reader whom the site knows, that frames `path` of the site and notes what it hears. */
async function frameOf(origin, path, attributes = '') {
  pages['/evil.html'] = `<!doctype html><link rel="icon" href="data:,"><body></body>`;
  const page = await newPage();
  await page.goto(`${site.url}/lesson.html`);
  await page.goto(`${origin}/evil.html`);
  site.visits.length = 0;
  await page.evaluate(
    async (src, attributes) => {
      window.heard = [];
      addEventListener('message', ({ data, source }) => window.heard.push([data, source === window.frames[0]]));
      document.body.innerHTML = `<iframe ${attributes}></iframe><iframe></iframe>`;
      const frame = document.querySelector('iframe');
      await new Promise((done) => {
        frame.onload = done;
        frame.src = src;
      });
    },
    site.url + path,
    attributes,
  );
  return { page, frame: await (await page.$('iframe')).contentFrame() };
}

/** In the page around the frame: speaks to the frame as the panel does, with a script of its own. */
function bringScript(site, workerText) {
  const script = `fetch('${site}/secret', { credentials: 'include' }); self.postMessage('loot');`;
  const keepsake = { isGiven: true, snapshot: null, files: new Map(), version: null };
  const say = (message, ports) => window.frames[0].postMessage(message, '*', ports);
  const { port1, port2 } = new MessageChannel();
  const worker = new MessageChannel();
  window.answers = [];
  worker.port1.onmessage = ({ data }) => window.answers.push(data);
  say({ type: 'files', script, workerScript: script, keepsake, hosts: [site] }, [port2]);
  const start = { type: 'start', site: `${site}/`, script, workerText, variant: null, mailbox: null, packages: null };
  port1.postMessage(start, [worker.port2]);
}

/** Lets a frame take what was said to it before. */
const takeMessages = (frame) => frame.evaluate(() => new Promise((done) => setTimeout(done, 300)));

for (const [where, origin] of Object.entries(framers)) {
  test(`the sandbox's page does nothing in the site's own origin, framed from ${where}`, async () => {
    const { page, frame } = await frameOf(origin, `${sandbox}#${workerText}`);
    assert.equal(await frame.evaluate(() => self.origin), site.url);
    await page.evaluate(bringScript, site.url, workerText);
    await takeMessages(frame);
    assert.deepEqual(await page.evaluate(() => [window.heard, window.answers]), [[], []]);
    assert.deepEqual(await frame.evaluate(() => [typeof workerScript, document.querySelectorAll('meta').length]), [
      'undefined',
      2,
    ]);
    assert.deepEqual(site.visits, []);
    await page.close();
  });

  test(`in a frame with sandbox it runs the site's worker and no script that comes in a message, from ${where}`, async () => {
    const { page } = await frameOf(origin, `${sandbox}#${workerText}`, 'sandbox="allow-scripts"');
    await page.waitForFunction(() => window.heard.length > 0);
    assert.deepEqual(await page.evaluate(() => window.heard), [['unroll-sandbox', true]]);
    await page.evaluate(bringScript, site.url, workerText);
    await page.waitForFunction(() => window.answers.some(({ type }) => type === 'failed'));
    const answers = await page.evaluate(() => window.answers);
    assert.ok(!JSON.stringify(answers).includes('loot'));
    assert.deepEqual(site.visits, []);
    await page.close();
  });
}

test("the sandbox's page hears one parent, once: no other frame, and nothing after the files", async () => {
  const { page, frame } = await frameOf(evil.url, `${sandbox}#${workerText}`, 'sandbox="allow-scripts"');
  await page.waitForFunction(() => window.heard.length > 0);
  const say = async (speaker, name) =>
    page.evaluate(
      (speaker, name) => {
        const { port1, port2 } = new MessageChannel();
        const files = { isGiven: true, snapshot: null, files: new Map([['name', name]]), version: null };
        const own = speaker === 'parent' ? window : window.frames[1];
        own.ports = [...(own.ports ?? []), port1];
        const message = { type: 'files', keepsake: files, hosts: [] };
        own.eval('(to, message, ports) => to.postMessage(message, "*", ports)')(window.frames[0], message, [port2]);
      },
      speaker,
      name,
    );
  const kept = () => frame.evaluate('keepsake?.files.get("name")');
  await say('sibling', 'of a sibling');
  await takeMessages(frame);
  assert.equal(await kept(), undefined);
  await say('parent', 'first');
  await say('parent', 'second');
  await takeMessages(frame);
  assert.equal(await kept(), 'first');
  await page.close();
});

test("the sandbox's page loads no script from elsewhere, whatever its address names", async () => {
  for (const name of [`//localhost:1/x-text-x.js`, `../${workerText}`, 'x.js', '']) {
    const { page, frame } = await frameOf(evil.url, `${sandbox}#${name}`, 'sandbox="allow-scripts"');
    await takeMessages(frame);
    assert.equal(await frame.evaluate(() => document.scripts.length), 1, name);
    assert.deepEqual(await page.evaluate(() => window.heard), []);
    await page.close();
  }
});

/** All that any of the pages takes as a message, from a stranger. */
const forged = [
  'take over',
  'unroll-sandbox',
  { type: 'files', script: 'alert(1)', keepsake: { files: new Map() }, hosts: [] },
  { type: 'start' },
  { type: 'run', id: 1, code: 'print("forged")', files: [], packages: null, around: {} },
  { type: 'done', id: 1, outcome: null },
  { source: 'unroll', type: 'resize', height: 7 },
  { target: 'unroll', type: 'theme', theme: '"><script>alert(1)</script>' },
  { target: 'unroll', type: 'run', code: 'print("forged")' },
  null,
];

const framed = [
  `/index.html`,
  `/bench.html`,
  `/embed.html?src=lessons/bidirectional/main.py`,
  `/embed.html?autorun#code=${encodeURIComponent('print("of a stranger")')}`,
  '/examples/element.html',
  '/lesson.html',
];

for (const [where, origin] of Object.entries(framers))
  test(`no page of the site does what the page around its frame says, from ${where}`, async () => {
    for (const path of framed) {
      const { page, frame } = await frameOf(origin, path);
      if (!path.startsWith('/bench')) await waitForEditor(frame);
      const state = () =>
        frame.evaluate(() =>
          [...document.querySelectorAll('unroll-panel')].map((panel) => [panel.code, panel.theme, panel.isBusy]),
        );
      const before = await state();
      await page.evaluate((forged) => forged.map((message) => window.frames[0].postMessage(message, '*')), forged);
      await takeMessages(frame);
      assert.deepEqual(await state(), before, path);
      assert.ok(!before.some(([, , isBusy]) => isBusy), path);
      await page.close();
    }
  });

test('a frame of embed.html hears of a theme from its parent only', async () => {
  const { page, frame } = await frameOf(evil.url, '/embed.html');
  await waitForEditor(frame);
  const theme = () => frame.$eval('unroll-panel', (panel) => panel.theme);
  const say = (speaker, theme) =>
    page.evaluate(
      (speaker, message) => {
        const own = speaker === 'parent' ? window : window.frames[1];
        own.eval('(to, message) => to.postMessage(message, "*")')(window.frames[0], message);
      },
      speaker,
      { target: 'unroll', type: 'theme', theme },
    );
  await say('sibling', 'dark');
  await takeMessages(frame);
  assert.equal(await theme(), 'auto');
  await say('parent', 'dark');
  await frame.waitForFunction(() => document.querySelector('unroll-panel').theme === 'dark');
  await page.close();
});

test('a program in an address of embed.html waits for its reader, and runs in an origin of its own', async () => {
  const code = 'from pyodide.code import run_js\nprint(run_js("self.origin"))';
  const { page, frame } = await frameOf(
    framers['another host'],
    `/embed.html?autorun#code=${encodeURIComponent(code)}`,
  );
  await waitForEditor(frame);
  const { stdout, stderr } = await frame.$eval('unroll-panel', (panel) => panel.run());
  assert.equal(stdout, 'null\n', stderr);
  await page.close();
});

test('a page with unroll-frame.js hears only frames of the site', async () => {
  const host = await openSite({ pages: { '/x.html': '<!doctype html>' } });
  pages['/lms.html'] = `<!doctype html><link rel="icon" href="data:,">
    <iframe src="${host.url}/embed.html" height="300"></iframe><iframe src="/evil.html"></iframe>
    <script src="${host.url}/unroll-frame.js"></script>`;
  const page = await newPage();
  await page.goto(`${evil.url}/lms.html`);
  await page.waitForFunction(() => document.querySelector('iframe').style.height !== '');
  const heights = () => page.$$eval('iframe', (frames) => frames.map(({ style }) => style.height));
  const before = await heights();
  const other = await (await page.$('iframe:nth-of-type(2)')).contentFrame();
  await other.evaluate(() => parent.postMessage({ source: 'unroll', type: 'resize', height: 7 }, '*'));
  await page.evaluate(() => window.postMessage({ source: 'unroll', type: 'resize', height: 7 }, '*'));
  await takeMessages(other);
  assert.deepEqual(await heights(), before);
  await page.close();
});
