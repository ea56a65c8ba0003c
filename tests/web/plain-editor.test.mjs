import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { assetName, codeOf, keys, newPage, newReader, openSite, panelPage, textOf, waitForText } from './browser.mjs';

const lines = Array.from({ length: 12 }, (_, i) => `print(${i})`).join('\n');
const long = Array.from({ length: 60 }, (_, i) => `print(${i})`).join('\n');
const site = await openSite({ pages: { '/lesson.html': panelPage([lines]), '/long.html': panelPage([long]) } });
const chunk = assetName(/^code-editor-.{8}\.js$/);

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

/** A page whose CodeMirror waits for `release`. */
async function heldPage(path) {
  const page = await newPage();
  await page.setRequestInterception(true);
  const held = [];
  page.on('request', (request) => (request.url().endsWith(chunk) ? held.push(request) : request.continue()));
  await page.goto(`${site.url}${path}`);
  await page.waitForFunction(() => document.querySelector('unroll-panel').shadowRoot?.querySelector('textarea'));
  const release = async () => {
    while (!held.length) await pause(20);
    for (const request of held) request.continue();
  };
  return { page, release };
}

const inside = (page, work, ...rest) => page.$eval('unroll-panel', work, ...rest);
const focus = (page) => inside(page, (panel) => panel.focus());
const area = (page, name) => inside(page, (panel, name) => panel.shadowRoot.querySelector('textarea')?.[name], name);
const codeMirror = (page, selector = '.cm-editor') =>
  page.waitForFunction(
    (selector) => document.querySelector('unroll-panel').shadowRoot.querySelector(selector),
    {},
    selector,
  );

test('the plain editor that is there first runs programs, also where CodeMirror does not come', async () => {
  site.broken.add(chunk);
  const page = await newPage();
  await page.goto(`${site.url}/lesson.html`);
  await page.waitForFunction(() => document.querySelector('unroll-panel').shadowRoot?.querySelector('textarea'));
  const plain = await measure(page);
  await page.evaluate(() => document.querySelector('unroll-panel').focus());
  await keys(page, 'Control', 'End');
  await page.keyboard.type('\nprint("typed")');
  await keys(page, 'Control', 'Enter');
  await waitForText(page, '.output', 'typed');
  assert.match(await textOf(page, '.output'), /^0\n[\d\n]+11\ntyped/);
  await page.close();
  site.broken.clear();

  const { page: other, problems } = await site.open('/lesson.html');
  const full = await measure(other);
  for (const place of ['editor', 'left', 'top'])
    assert.ok(Math.abs(full[place] - plain[place]) < 1.5, `${place}: ${full[place]}, plain ${plain[place]}`);
  assert.deepEqual(problems, []);
});

test('what was typed before CodeMirror came is kept, with the cursor, and undo takes it back', async () => {
  const { page, release } = await heldPage('/lesson.html');
  const before = await codeOf(page);
  await focus(page);
  assert.equal(await area(page, 'selectionStart'), 0);
  await page.keyboard.type('# first');
  assert.equal(await codeOf(page), `# first${before}`);
  await release();
  await codeMirror(page, '.cm-focused');
  await page.keyboard.type(' and second');
  assert.equal(await codeOf(page), `# first and second${before}`);
  for (let i = 0; i < 2; i++) await keys(page, 'Control', 'z');
  assert.equal(await codeOf(page), before);
});

test('a long program scrolls in the plain editor and stands at the same place in CodeMirror', async () => {
  const { page, release } = await heldPage('/long.html');
  const plain = await inside(page, (panel) => {
    const area = panel.shadowRoot.querySelector('textarea');
    area.scrollTop = 400;
    return { room: panel.shadowRoot.querySelector('.editor').clientHeight, height: area.clientHeight };
  });
  assert.equal(await area(page, 'scrollTop'), 400);
  assert.ok(plain.height <= plain.room, `${plain.height} px in ${plain.room}`);
  await release();
  await codeMirror(page);
  await page.waitForFunction(() => {
    const scroller = document.querySelector('unroll-panel').shadowRoot.querySelector('.cm-scroller');
    return scroller.scrollTop === 400;
  });
});

test('the plain editor stays where CodeMirror cannot start', async () => {
  const { page, release } = await heldPage('/lesson.html');
  await focus(page);
  await page.keyboard.type('# typed');
  const code = await codeOf(page);
  await page.evaluate(() => {
    window.MutationObserver = class {
      constructor() {
        window.tried = true;
        throw new Error('no');
      }
    };
  });
  await release();
  await page.waitForFunction('window.tried');
  await page.keyboard.type(' on');
  assert.equal(await codeOf(page), code.replace('# typed', '# typed on'));
  const editors = (panel) => [...panel.shadowRoot.querySelector('.editor').children].map(({ className }) => className);
  assert.deepEqual(await inside(page, editors), ['plain']);
});

test('CodeMirror waits for the end of a composed word and of a pressed pointer', async () => {
  const { page, release } = await heldPage('/lesson.html');
  await focus(page);
  const input = await page.createCDPSession();
  await input.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
  await release();
  await pause(300);
  assert.equal(await area(page, 'localName'), 'textarea');
  const { x, y } = await inside(page, (panel) =>
    panel.shadowRoot.querySelector('textarea').getBoundingClientRect().toJSON(),
  );
  await page.mouse.move(x + 100, y + 20);
  await page.mouse.down();
  await input.send('Input.insertText', { text: '你' });
  await pause(300);
  assert.equal(await area(page, 'localName'), 'textarea');
  await page.mouse.up();
  await codeMirror(page);
  assert.match(await codeOf(page), /^(ni|你)/);
});

test('in the plain editor a reset can be undone, Tab indents, and Escape lets Tab leave', async () => {
  const { page } = await heldPage('/lesson.html');
  const before = await codeOf(page);
  await focus(page);
  await page.keyboard.press('Tab');
  assert.equal(await codeOf(page), `    ${before}`);
  await keys(page, 'Shift', 'Tab');
  assert.equal(await codeOf(page), before);
  await keys(page, 'Control', 'a');
  await page.keyboard.press('Tab');
  assert.equal(await codeOf(page), before.replace(/^/gm, '    '));
  await inside(page, (panel) => panel.reset());
  assert.equal(await codeOf(page), before);
  await keys(page, 'Control', 'z');
  assert.equal(await codeOf(page), before.replace(/^/gm, '    '));
  await inside(page, (panel) => panel.edit(''));
  assert.equal(await codeOf(page), '');
  const focused = () => inside(page, (panel) => panel.shadowRoot.activeElement?.localName ?? null);
  assert.equal(await focused(), 'textarea');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  assert.notEqual(await focused(), 'textarea');
  await inside(page, (panel) => panel.edit('print(2)'));
  assert.notEqual(await focused(), 'textarea');
  assert.equal(await codeOf(page), 'print(2)');
});

test('a search comes with its first key', async () => {
  const { page, problems } = await site.open('/lesson.html');
  await page.evaluate(() => document.querySelector('unroll-panel').focus());
  await keys(page, 'Control', 'f');
  await page.waitForFunction(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.cm-search input'));
  await page.keyboard.type('print(7)');
  const matches = () =>
    page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelectorAll('.cm-searchMatch').length);
  await page.waitForFunction(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.cm-searchMatch'));
  assert.equal(await matches(), 1);
  assert.deepEqual(problems, []);
});

test('a search backwards can be the first', async () => {
  const { page, problems } = await site.open('/lesson.html');
  await focus(page);
  await keys(page, 'Shift', 'F3');
  await codeMirror(page, '.cm-search input');
  assert.deepEqual(problems, []);
});

test('a search that cannot be loaded leaves the keys to the browser', async () => {
  site.broken.add(assetName(/^search-.{8}\.js$/));
  // The search of the test before is in the cache of the browser.
  const { page } = await site.open('/lesson.html', { reader: await newReader() });
  const taken = () => {
    const event = new KeyboardEvent('keydown', { key: 'f', ctrlKey: true, cancelable: true });
    const root = document.querySelector('unroll-panel').shadowRoot;
    return !root.querySelector('.cm-content').dispatchEvent(event);
  };
  assert.equal(await page.evaluate(taken), true);
  await page.waitForFunction(`!(${taken})()`);
  site.broken.clear();
});
