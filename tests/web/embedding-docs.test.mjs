// Every HTML snippet of docs/embedding.md and README.md, opened as it stands, and the docs' table of attributes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { openBrowser, serveSite } from './browser.mjs';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const docs = read('docs/embedding.md');
const snippets = [docs, read('README.md')].flatMap((text) =>
  [...text.matchAll(/```html\n(.*?)```/gs)].map(([, html]) => html),
);
const pages = { '/lesson.py': 'print("a lesson")' };
let server;
let chromium;

before(async () => {
  server = await serveSite({ pages });
  chromium = await openBrowser();
});

after(async () => {
  await chromium?.close();
  await server?.close();
});

test('each snippet works as it stands', async () => {
  assert.ok(snippets.length >= 8);
  for (const html of snippets) {
    const isWhole = !html.includes('<unroll-panel') || html.includes('unroll.js');
    const script = isWhole ? '' : '<script type="module" src="/unroll.js"></script>';
    const body = html.replaceAll('https://your.site/unroll/', `${server.url}/`);
    pages['/page.html'] = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">${script}${body}`;
    const page = await chromium.browser.newPage();
    const problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    // A panel may give up an answer that it does not need.
    const given = (request) => request.failure()?.errorText === 'net::ERR_ABORTED';
    page.on('requestfailed', (request) => given(request) || problems.push(request.url()));
    page.on('response', (answer) => answer.ok() || problems.push(`${answer.url()} ${answer.status()}`));
    await page.goto(`${server.url}/page.html`, { waitUntil: 'networkidle0' });
    for (const frame of page.frames()) {
      const all = await frame.$$('unroll-panel');
      for (const panel of all) {
        const { status, stderr } = await panel.evaluate((panel) => panel.run());
        assert.equal(status, 'ok', `${stderr}\n${html}`);
      }
      if (html.includes('<unroll-panel') || frame !== page.mainFrame()) assert.ok(all.length > 0, html);
    }
    assert.deepEqual(problems, [], html);
    await page.close();
  }
});

test("the docs' table has the attributes that the element has", async () => {
  const table = docs.slice(docs.indexOf('## Attributes'), docs.indexOf('## Parts of a panel'));
  const written = [...table.matchAll(/^\| `([\w-]+)/gm)].map(([, name]) => name);
  const source = /export const attributeNames = \{\n(.*?)\} as const/s.exec(read('web/panel/options.ts'))[1];
  const names = [...source.matchAll(/: '([\w-]+)'/g)].map(([, name]) => name);
  const sorted = (list) => list.filter((name) => name !== 'id').sort();
  assert.deepEqual(sorted(written), sorted(names));
  const page = await chromium.browser.newPage();
  pages['/page.html'] = '<!doctype html><script type="module" src="/unroll.js"></script><unroll-panel></unroll-panel>';
  await page.goto(`${server.url}/page.html`);
  await page.evaluate(() => customElements.whenDefined('unroll-panel'));
  const observed = await page.evaluate(() => customElements.get('unroll-panel').observedAttributes);
  assert.deepEqual(sorted(observed), sorted(names));
  await page.close();
});
