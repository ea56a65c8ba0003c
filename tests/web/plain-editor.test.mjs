import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, test } from 'node:test';
import { openBrowser, openPage, panelPage, serveSite, textOf, waitForText } from './browser.mjs';

const lines = Array.from({ length: 12 }, (_, i) => `print(${i})`).join('\n');
const server = await serveSite({ pages: { '/lesson.html': panelPage([lines]) } });
const chromium = await openBrowser();
after(async () => {
  await chromium.close();
  await server.close();
});
const chunk = readdirSync(new URL('../../dist/assets/', import.meta.url)).find((name) =>
  /^code-editor-.{8}\.js$/.test(name),
);

/** Heights and the left edge of the text, of whichever editor is there. */
const measure = (page) =>
  page.evaluate(() => {
    const root = document.querySelector('unroll-panel').shadowRoot;
    const area = root.querySelector('textarea');
    const line = root.querySelector('.cm-line');
    const left = (element) =>
      element.getBoundingClientRect().left + Number.parseFloat(getComputedStyle(element).paddingLeft);
    const top = (element) => element.getBoundingClientRect().top;
    return {
      editor: root.querySelector('.editor').getBoundingClientRect().height,
      left: left(area ?? line),
      top: area ? top(area) + Number.parseFloat(getComputedStyle(area).paddingTop) : top(line),
    };
  });

test('the plain editor that is there first runs programs, also where CodeMirror does not come', async () => {
  server.broken.add(chunk);
  const page = await chromium.browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  await page.goto(`${server.url}/lesson.html`);
  await page.waitForFunction(() => document.querySelector('unroll-panel').shadowRoot?.querySelector('textarea'));
  const plain = await measure(page);
  await page.evaluate(() => document.querySelector('unroll-panel').focus());
  await page.keyboard.down('Control');
  await page.keyboard.press('End');
  await page.keyboard.up('Control');
  await page.keyboard.type('\nprint("typed")');
  await page.keyboard.down('Control');
  await page.keyboard.press('Enter');
  await page.keyboard.up('Control');
  await waitForText(page, '.output', 'typed');
  assert.match(await textOf(page, '.output'), /^0\n[\d\n]+11\ntyped/);
  await page.close();
  server.broken.clear();

  const { page: other, problems } = await openPage(chromium.browser, `${server.url}/lesson.html`);
  const full = await measure(other);
  for (const place of ['editor', 'left', 'top'])
    assert.ok(Math.abs(full[place] - plain[place]) < 1.5, `${place}: ${full[place]}, plain ${plain[place]}`);
  assert.deepEqual(problems, []);
  await other.close();
});

test('what was typed before CodeMirror came is kept, with the cursor', async () => {
  const page = await chromium.browser.newPage();
  await page.setRequestInterception(true);
  const held = [];
  page.on('request', (request) => (request.url().endsWith(chunk) ? held.push(request) : request.continue()));
  await page.goto(`${server.url}/lesson.html`);
  await page.waitForFunction(() => document.querySelector('unroll-panel').shadowRoot?.querySelector('textarea'));
  await page.evaluate(() => document.querySelector('unroll-panel').focus());
  await page.keyboard.type('# first');
  const typed = await page.evaluate(() => document.querySelector('unroll-panel').code);
  assert.ok(typed.includes('# first'));
  for (const request of held) request.continue();
  await page.waitForFunction(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.cm-focused'));
  await page.keyboard.type(' and second');
  const code = await page.evaluate(() => document.querySelector('unroll-panel').code);
  assert.equal(code, typed.replace('# first', '# first and second'));
  await page.close();
});

test('a search comes with its first key', async () => {
  const { page, problems } = await openPage(chromium.browser, `${server.url}/lesson.html`);
  await page.evaluate(() => document.querySelector('unroll-panel').focus());
  await page.keyboard.down('Control');
  await page.keyboard.press('f');
  await page.keyboard.up('Control');
  await page.waitForFunction(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.cm-search input'));
  await page.keyboard.type('print(7)');
  const matches = () =>
    page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelectorAll('.cm-searchMatch').length);
  await page.waitForFunction(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.cm-searchMatch'));
  assert.equal(await matches(), 1);
  assert.deepEqual(problems, []);
  await page.close();
});
