// What a page around a panel hears of the keys pressed in it. The pages' own conditions stand here in other words: those of DocSearch
// (Docusaurus, VitePress), reveal.js and Sphinx.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { codeOf, keys, openSite, panelOf, runAction, runCode, runPanel, type, waitForPart } from './browser.mjs';

const site = await openSite();
const { page } = await site.show(panelOf('print(1)', 'stdin="a"'), {
  prepare: (page) => page.evaluateOnNewDocument(listenAsPagesDo),
});
await runPanel(page);
beforeEach(() => page.evaluate(() => (window.heard = [])));

/** In the page: notes what each of these sites would do at a key. */
function listenAsPagesDo() {
  window.heard = [];
  const hear = (site, types, isFor) => {
    for (const type of types)
      document.addEventListener(type, (event) => isFor(event) && window.heard.push(`${site}: ${event.key}`));
  };
  const writes = (element) => element?.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(element?.tagName);
  const held = ({ ctrlKey, metaKey, altKey }) => ctrlKey || metaKey || altKey;
  hear('DocSearch', ['keydown'], (event) => {
    const opens = event.key?.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey);
    return opens || (event.key === '/' && !writes(event.target));
  });
  hear('old DocSearch', ['keyup'], (event) => event.key === '/' && !writes(event.target));
  hear('reveal.js', ['keydown', 'keypress'], (event) => {
    const typing = writes(document.activeElement);
    return !typing && !event.shiftKey && !held(event) && !/^(Shift|Control|Alt|Meta|Tab|F\d+)$/.test(event.key);
  });
  hear('Sphinx', ['keydown'], (event) => {
    const control = writes(document.activeElement) || document.activeElement?.tagName === 'BUTTON';
    return !control && !held(event) && ['ArrowLeft', 'ArrowRight', '/', 'Escape'].includes(event.key);
  });
}

const heard = () => page.evaluate(() => window.heard);
const part = (selector) =>
  page.evaluateHandle((s) => document.querySelector('unroll-panel').shadowRoot.querySelector(s), selector);
const focus = async (selector) => (await part(selector)).focus();

/** Signs that sites know as keys of their own, and keys that move and edit. */
async function write() {
  await page.keyboard.type('/?nspfob. #');
  for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'Backspace', 'Delete'])
    await page.keyboard.press(key);
  await page.keyboard.press('Escape');
}

test('what is typed in the editor stays in the panel, in CodeMirror and in the text area before it', async () => {
  await type(page, '');
  await keys(page, 'Control', 'End');
  await write();
  await page.keyboard.press('Enter');
  assert.deepEqual(await heard(), []);
  assert.match(await codeOf(page), /nspfob/);
  await page.evaluate(() => {
    const area = document.createElement('textarea');
    area.className = 'plain';
    document.querySelector('unroll-panel').shadowRoot.querySelector('.editor').append(area);
    area.focus();
  });
  await write();
  assert.deepEqual(await heard(), []);
  await page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelector('textarea.plain').remove());
});

test('what is typed into the fields of a panel stays there: input, a search, the name of a file, a line for input()', async () => {
  await focus('.stdin textarea');
  await write();
  await page.$eval('unroll-panel', (panel) => panel.focus());
  await keys(page, 'Control', 'f');
  await waitForPart(page, '.cm-search input');
  await focus('.cm-search input');
  await write();
  assert.deepEqual(await heard(), []);
  await runAction(page, 'new-file');
  await waitForPart(page, '.tab-name');
  await focus('.tab-name');
  await write();
  assert.deepEqual(await heard(), []);
  await page.evaluate(() => {
    document.querySelector('unroll-panel').stdin = null;
  });
  const running = runCode(page, 'input()');
  await waitForPart(page, '.ask-line');
  await focus('.ask-line');
  await write();
  await page.keyboard.press('Enter');
  await running;
  assert.deepEqual(await heard(), []);
});

test('Ctrl+K, and other keys with Ctrl or F that the editor does not use, are heard by the page; those that it uses are not', async () => {
  await page.evaluate(() => {
    window.all = [];
    window.addEventListener('keydown', (event) => window.all.push(event.key));
  });
  await type(page, '');
  for (const key of ['k', 'p', 'z', 'a', '/']) await keys(page, 'Control', key);
  for (const key of ['F2', 'F9']) await page.keyboard.press(key);
  const all = await page.evaluate(() => window.all.filter((key) => key !== 'Control'));
  assert.deepEqual(all, ['k', 'p', 'F2', 'F9']);
  assert.deepEqual(await heard(), ['DocSearch: k']);
});

test('a button keeps what presses it, and the output what scrolls it; other keys go on to the page', async () => {
  await focus('.reset');
  await page.keyboard.press('ArrowRight');
  assert.deepEqual(await heard(), ['reveal.js: ArrowRight', 'Sphinx: ArrowRight']);
  await page.evaluate(() => (window.heard = []));
  await focus('.run');
  await page.keyboard.press('Space');
  await page.waitForFunction(() => !document.querySelector('unroll-panel').isBusy);
  assert.deepEqual(await heard(), []);
  await runCode(page, 'for i in range(200): print(i)');
  await focus('.output');
  for (const key of ['PageUp', 'ArrowUp', 'ArrowDown', 'Space']) await page.keyboard.press(key);
  assert.deepEqual(await heard(), []);
  await page.keyboard.press('ArrowRight');
  assert.equal((await heard()).length, 2);
});

test('the panel still runs', async () => assert.equal((await runPanel(page)).status, 'ok'));
