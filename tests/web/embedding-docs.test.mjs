// Every HTML snippet of docs/embedding.md and README.md, opened as it stands, and the docs' table of attributes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { newPage, openSite, pageOf } from './browser.mjs';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const docs = read('docs/embedding.md');
const snippets = [docs, read('README.md')].flatMap((text) =>
  [...text.matchAll(/```html\n(.*?)```/gs)].map(([, html]) => html),
);
const pages = { '/lesson.py': 'print("a lesson")' };

const site = await openSite({ pages });

test('each snippet works as it stands', async () => {
  assert.ok(snippets.length >= 8);
  for (const html of snippets) {
    const isWhole = !html.includes('<unroll-panel') || html.includes('unroll.js');
    const body = html.replaceAll('https://your.site/unroll/', `${site.url}/`);
    pages['/page.html'] = pageOf(body, { base: isWhole ? null : '' });
    const page = await newPage();
    const problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    // A panel may give up an answer that it does not need.
    const given = (request) => request.failure()?.errorText === 'net::ERR_ABORTED';
    page.on('requestfailed', (request) => given(request) || problems.push(request.url()));
    page.on('response', (answer) => answer.ok() || problems.push(`${answer.url()} ${answer.status()}`));
    await page.goto(`${site.url}/page.html`, { waitUntil: 'networkidle0' });
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
  const { page } = await site.show('<unroll-panel></unroll-panel>');
  const observed = await page.evaluate(() => customElements.get('unroll-panel').observedAttributes);
  assert.deepEqual(sorted(observed), sorted(names));
});
