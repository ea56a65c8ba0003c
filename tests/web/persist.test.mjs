import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  codeOf,
  dropFiles,
  openSite,
  panelPage,
  press,
  pressReset,
  runPanel,
  textOf,
  type,
  waitForCode,
  waitForText,
} from './browser.mjs';

const pages = {};
const show = (path, code, attributes = 'persist') => {
  pages[path] = panelPage([code], { attributes });
};

const site = await openSite({ pages });
async function open(path) {
  const { page, problems } = await site.open(path);
  const close = async () => {
    assert.deepEqual(problems, []);
    await page.close();
  };
  return Object.assign(page, { leave: close });
}
const filesOf = (page) =>
  page.evaluate(() =>
    Object.entries(document.querySelector('unroll-panel').files).map(([name, content]) => [
      name,
      typeof content === 'string' ? content : new TextDecoder().decode(content),
    ]),
  );
const says = (page, text) => waitForText(page, '.notice', text);
/** As the reader: types at the start of the program, and waits until it is kept. */
async function write(page, text) {
  await type(page, text);
  await new Promise((done) => setTimeout(done, 1200));
}

test("the reader's program and files are there again after a reload, and Reset gives back the author's for good", async () => {
  show('/one.html', 'print("author")');
  const page = await open('/one.html');
  await dropFiles(page, { 'mine.txt': 'my data' });
  await write(page, '# mine\n');
  await page.reload();
  await waitForCode(page, '# mine');
  await says(page, 'Your version of');
  assert.deepEqual(await filesOf(page), [['mine.txt', 'my data']]);
  await pressReset(page);
  assert.deepEqual([await codeOf(page), await filesOf(page)], ['print("author")', []]);
  await new Promise((done) => setTimeout(done, 800));
  await page.reload();
  await waitForCode(page, 'author');
  await new Promise((done) => setTimeout(done, 800));
  assert.deepEqual([await codeOf(page), await textOf(page, '.notice')], ['print("author")', '']);
  await page.leave();
});

test('Reset asks where something would be lost, can be answered by keyboard, and asks nothing where nothing changed', async () => {
  show('/ask.html', 'print("author")', '');
  const page = await open('/ask.html');
  await press(page, 'Reset');
  assert.equal(await textOf(page, '.reset-question'), '');
  await write(page, '# mine\n');
  const focusReset = () =>
    page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.reset').focus());
  const focused = () =>
    page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.activeElement?.innerText.trim());
  await focusReset();
  await page.keyboard.press('Enter');
  await says(page, 'Discard your changes?');
  assert.equal(await focused(), 'Discard changes');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('unroll-panel').shadowRoot.querySelector('.reset-question'));
  assert.deepEqual([await focused(), (await codeOf(page)).includes('# mine')], ['Reset', true]);
  await page.keyboard.press('Enter');
  await says(page, 'Discard your changes?');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => !document.querySelector('unroll-panel').code.includes('# mine'));
  await page.leave();
});

test("where the author changed the program since, the reader chooses between theirs and the author's", async () => {
  show('/changed.html', 'print("first")', 'persist="exercise-1"');
  const page = await open('/changed.html');
  await write(page, '# mine\n');
  show('/changed.html', 'print("second")', 'persist="exercise-1"');
  await page.reload();
  await says(page, 'The author changed this program');
  assert.equal(await codeOf(page), 'print("second")');
  await press(page, 'Show mine');
  await waitForCode(page, '# mine\nprint("first")');
  await new Promise((done) => setTimeout(done, 1000));
  await page.reload();
  await waitForCode(page, '# mine\nprint("first")');
  show('/changed.html', 'print("third")', 'persist="exercise-1"');
  await page.reload();
  await says(page, 'The author changed this program');
  await press(page, 'Use the new one');
  await new Promise((done) => setTimeout(done, 1000));
  await page.reload();
  await waitForCode(page, 'third');
  await new Promise((done) => setTimeout(done, 800));
  assert.equal(await textOf(page, '.notice'), '');
  await page.leave();
});

test('without persist nothing is kept, and two panels of a page keep theirs apart', async () => {
  show('/none.html', 'print(0)', '');
  const none = await open('/none.html');
  await write(none, '# lost\n');
  await none.reload();
  await waitForCode(none, 'print(0)');
  assert.equal(await codeOf(none), 'print(0)');
  await none.leave();
  pages['/two.html'] = panelPage(['print(1)', 'print(2)'], { attributes: 'persist' });
  const two = await open('/two.html');
  await write(two, '# first\n');
  await two.reload();
  await waitForCode(two, '# first');
  assert.equal(await two.evaluate(() => document.querySelectorAll('unroll-panel')[1].code), 'print(2)');
  await two.leave();
});

test('the program of a link neither takes the place of what the reader kept nor is kept itself', async () => {
  show('/link.html', 'print("author")', 'persist="mine"');
  const page = await open('/link.html');
  await write(page, '# mine\n');
  await page.reload();
  await waitForCode(page, '# mine');
  await page.evaluate(() => {
    const panel = document.querySelector('unroll-panel');
    panel.fromLink = panel.isolated = true;
    panel.code = 'print("a stranger")';
  });
  await write(page, '# changed ');
  await page.reload();
  await waitForCode(page, '# mine');
  assert.equal(await codeOf(page), '# mine\nprint("author")');
  await page.leave();
});

test('where the storage is denied, the panel works and says so once', async () => {
  show('/denied.html', 'print("author")');
  const deny = () => {
    Object.defineProperty(globalThis, 'indexedDB', {
      get() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  };
  const { page } = await site.open('/denied.html', { prepare: (page) => page.evaluateOnNewDocument(deny) });
  await says(page, 'stores nothing for this page');
  await press(page, 'Hide');
  await write(page, '# mine\n');
  assert.equal(await textOf(page, '.notice'), '');
  const { stdout } = await runPanel(page);
  assert.equal(stdout, 'author\n');
});
