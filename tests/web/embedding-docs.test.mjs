// Every HTML snippet of docs/embedding.md and README.md, opened as it stands, and each name that the docs give: attributes, parts, events …
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { newPage, openSite, pageOf } from './browser.mjs';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const docs = read('docs/embedding.md');
const snippets = [docs, read('README.md')].flatMap((text) =>
  [...text.matchAll(/```html\n(.*?)```/gs)].map(([, html]) => html),
);
/** What the table of systems says to paste. */
const pasted = [...docs.matchAll(/^\|[^|]*\| `(<[^`]*>)` \|/gm)].map(([, html]) => html);
const pages = { '/lesson.py': 'print("a lesson")' };

const site = await openSite({ pages });

test('each snippet works as it stands', async () => {
  assert.ok(snippets.length >= 8 && pasted.length >= 3);
  for (const html of [...snippets, ...pasted]) {
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

/** What stands in a section of the docs. */
function section(title, next) {
  const start = docs.indexOf(`## ${title}\n`);
  const end = docs.indexOf(`## ${next}\n`);
  assert.ok(start >= 0 && end > start, `${title}, ${next}`);
  return docs.slice(start, end);
}
const codes = (text) => [...text.matchAll(/`([\w-]+)(?:\(\w*\))?`/g)].map(([, name]) => name);
const firstCodes = (text) => [...text.matchAll(/^\| `([\w-]+)(?:\(\w*\))?`/gm)].map(([, name]) => name);
const unique = (list) => [...new Set(list)].sort();

/** The texts of what makes up a panel. */
const sources = ['panel', 'console', 'plots', 'editor', 'embed', 'share', 'ui'].flatMap((room) =>
  readdirSync(new URL(`../../web/${room}/`, import.meta.url), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(`web/${room}/${name}`)),
);
const inSources = (pattern) => sources.flatMap((text) => [...text.matchAll(pattern)].map(([, found]) => found));

test('parts for ::part() and custom properties are those of the panel', () => {
  const look = section('Look', 'Content policy');
  const written = inSources(/\bpart(?:="|', ')([^"']+)/g).flatMap((value) => value.split(' '));
  const several = {
    '*-button': ['copy-button', 'clear-button'],
    'verdict-*': ['verdict-passed', 'verdict-failed', 'verdict-error'],
  };
  const parts = written.map((name) => name.replace(/\$\{\w+\}/, '*')).flatMap((name) => several[name] ?? name);
  assert.deepEqual(unique(codes(look.slice(look.indexOf('Parts for')))), unique(parts));
  const properties = unique([...look.matchAll(/`(--unroll-[\w-]+)`/g)].map(([, name]) => name));
  assert.deepEqual(properties, unique(inSources(/(--unroll-[\w-]+)/g)));
});

test('events, messages of a frame and what hide takes are those that there are', () => {
  const members = section('Properties, methods, events', 'Messages of a frame');
  const events = firstCodes(members.slice(members.indexOf('| event')));
  assert.deepEqual(unique(events), unique(inSources(/announce\('([\w-]+)'/g)));
  const messages = firstCodes(section('Messages of a frame', 'In an LMS')).filter((name) => name !== 'type');
  assert.deepEqual(unique(messages), unique(inSources(/parent\.tell\(\{ type: '(\w+)'/g)));
  const hide = /^\| `hide` \| `hide` \|(.*)\|$/m.exec(docs)[1];
  const hideable = /export const hideable = \{\n(.*?)\} as const/s.exec(read('web/panel/options.ts'))[1];
  assert.deepEqual(unique(codes(hide)), unique([...hideable.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name)));
});

test('the properties and methods of the docs are there, and the words of buttons and the menu', async () => {
  const members = section('Properties, methods, events', 'Messages of a frame');
  const names = firstCodes(members.slice(0, members.indexOf('| event'))).filter((name) => name !== 'property');
  assert.ok(names.includes('whenReady') && names.includes('actions'));
  const { page } = await site.show('<unroll-panel></unroll-panel>');
  const lacking = await page.$eval('unroll-panel', (panel, names) => names.filter((name) => !(name in panel)), names);
  assert.deepEqual(lacking, []);
  const labels = await page.$eval('unroll-panel', ({ actions }) => actions.map(({ label }) => label));
  for (const label of ['Copy link to this program', 'Embed…', 'Run all above']) {
    assert.ok(docs.replaceAll('\n', ' ').includes(`**${label}**`) && labels.includes(label), label);
  }
});
