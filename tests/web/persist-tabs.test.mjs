// `persist` in two tabs, or twice on a page: nobody's text is written over, and the reader chooses.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, openSite, panelPage, press, runPanel, textOf, type, waitForCode, waitForText } from './browser.mjs';

const pages = {};
const site = await openSite({ pages });
const open = async (path, options) => (await site.open(path, options)).page;
const says = (page, text) => waitForText(page, '.notice', text);

/** What is kept in the browser: the texts of all versions whose key begins so. */
const kept = (page, key) =>
  page.evaluate(async (key) => {
    const settled = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
    const database = await settled(indexedDB.open('unroll-work'));
    if (!database.objectStoreNames.contains('programs')) return [];
    const table = database.transaction('programs').objectStore('programs');
    const [keys, all] = await Promise.all([settled(table.getAllKeys()), settled(table.getAll())]);
    database.close();
    return all.filter((_, i) => keys[i].startsWith(key)).map(({ code }) => code);
  }, key);
/** Types at the start of the program, and waits until it is kept. */
async function write(page, text, key) {
  await page.bringToFront();
  await type(page, text);
  for (let i = 0; i < 200; i++) {
    if ((await kept(page, key)).includes(await codeOf(page))) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail(`not kept: ${await codeOf(page)}`);
}

/** Two tabs with one program, into each of which the reader has written. */
async function twoTabs(key) {
  pages[`/${key}.html`] = panelPage(['print(1)'], { attributes: `persist="${key}"` });
  const first = await open(`/${key}.html`);
  const second = await open(`/${key}.html`);
  await write(first, '# first\n', key);
  await write(second, '# second\n', key);
  await says(second, 'in another place too');
  return { first, second };
}

test('both texts are kept, each tab shows its own after a reload and offers the other, and the choice can be made by keyboard', async () => {
  const { first, second } = await twoTabs('both');
  await write(first, '# more ', 'both');
  await says(first, 'in another place too');
  assert.deepEqual((await kept(first, 'both')).sort(), ['# first\n# more print(1)', '# second\nprint(1)']);
  for (const [tab, text] of [
    [first, '# first\n# more'],
    [second, '# second'],
  ]) {
    await tab.reload();
    await waitForCode(tab, text);
    await says(tab, 'in another place too');
  }
  await first.bringToFront();
  await first.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.notice button').focus());
  await first.keyboard.press('Enter');
  await waitForCode(first, '# second');
  assert.equal(await textOf(first, '.notice.kept button', 0).then((text) => text.includes('Show')), false);
  await first.reload();
  await waitForCode(first, '# second');
});

test('"Keep this one" lets the other go, and the next visit has one text and no question', async () => {
  const { first, second } = await twoTabs('keep');
  await first.close();
  await press(second, 'Keep this one');
  await second.waitForFunction(
    () => !document.querySelector('unroll-panel').shadowRoot.querySelector('.notice')?.innerText.includes('another'),
  );
  for (let i = 0; i < 100 && (await kept(second, 'keep')).length > 1; i++)
    await new Promise((done) => setTimeout(done, 50));
  assert.deepEqual(await kept(second, 'keep'), ['# second\nprint(1)']);
  await second.reload();
  await waitForCode(second, '# second');
  await says(second, 'Your version of');
  assert.doesNotMatch(await textOf(second, '.notice'), /another/);
});

test('a tab that only looks on, and runs, asks nothing and leaves what another tab wrote', async () => {
  pages['/look.html'] = panelPage(['print(1)'], { attributes: 'persist="look"' });
  const writer = await open('/look.html');
  const onlooker = await open('/look.html');
  await write(writer, '# mine\n', 'look');
  await onlooker.bringToFront();
  assert.equal((await runPanel(onlooker)).stdout, '1\n');
  await new Promise((done) => setTimeout(done, 800));
  assert.deepEqual(await kept(onlooker, 'look'), ['# mine\nprint(1)']);
  await onlooker.reload();
  await waitForCode(onlooker, '# mine');
  assert.doesNotMatch(await textOf(onlooker, '.notice'), /another/);
});

test('the last keys before the page is left are kept', async () => {
  pages['/last.html'] = panelPage(['print(1)'], { attributes: 'persist="last"' });
  const page = await open('/last.html');
  await write(page, '# one\n', 'last');
  await type(page, '# two ');
  await page.reload();
  await waitForCode(page, '# two');
});

test('two panels of a page with one key keep their texts apart, with the same program and with another', async () => {
  pages['/same.html'] = panelPage(['print(1)', 'print(1)', 'print(2)'], { attributes: 'persist="same"' });
  const page = await open('/same.html');
  const texts = () => page.evaluate(() => [...document.querySelectorAll('unroll-panel')].map(({ code }) => code));
  const expected = ['# 0\nprint(1)', '# 1\nprint(1)', '# 2\nprint(2)'];
  for (const [i, code] of expected.entries()) {
    await page.evaluate((i, code) => document.querySelectorAll('unroll-panel')[i].edit(code), i, code);
    for (let j = 0; j < 200 && !(await kept(page, 'same')).includes(code); j++)
      await new Promise((done) => setTimeout(done, 50));
  }
  assert.deepEqual((await kept(page, 'same')).sort(), expected);
  await page.reload();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('unroll-panel')].every(({ code }) => code?.startsWith('#')),
  );
  assert.deepEqual(await texts(), expected);
  assert.doesNotMatch(await textOf(page, '.notice', 2), /another place|changed this/);
});

test('a version that an earlier release kept is there', async () => {
  pages['/old.html'] = panelPage(['print(1)'], { attributes: 'persist="old"' });
  const page = await open('/old.html');
  await write(page, '# x\n', 'old');
  await page.evaluate(async () => {
    const settled = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
    const database = await settled(indexedDB.open('unroll-work'));
    const table = database.transaction('programs', 'readwrite').objectStore('programs');
    for (const key of await settled(table.getAllKeys())) if (key.startsWith('old')) table.delete(key);
    await settled(table.put({ code: '# old\nprint(1)', files: [], author: 'print(1)', time: 1 }, 'old'));
    database.close();
    sessionStorage.clear();
  });
  await page.reload();
  await waitForCode(page, '# old');
});

test('where the storage is full, the panel says that changes are not kept, and goes on', async () => {
  pages['/full.html'] = panelPage(['print(1)'], { attributes: 'persist="full"' });
  const page = await open('/full.html', {
    prepare: (page) =>
      page.evaluateOnNewDocument(() => {
        const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (...what) {
          if (this.name !== 'programs' || !window.isFull) return put.apply(this, what);
          throw new DOMException('full', 'QuotaExceededError');
        };
        window.isFull = true;
      }),
  });
  await type(page, '# mine\n');
  await says(page, 'storage for this page is full');
  await page.evaluate(() => {
    window.isFull = false;
  });
  await write(page, '# again\n', 'full');
  await page.waitForFunction(() => !document.querySelector('unroll-panel').shadowRoot.querySelector('.notice'));
});

test('where the storage does not answer, the panel says so', async () => {
  pages['/silent.html'] = panelPage(['print(1)'], { attributes: 'persist="silent"' });
  const page = await open('/silent.html', {
    prepare: (page) =>
      page.evaluateOnNewDocument(() => {
        IDBFactory.prototype.open = () => new EventTarget();
      }),
  });
  await says(page, 'stores nothing for this page');
});
