// Work that would be lost when things happen at once: a page that takes the panel out, an author who changed the program.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import {
  codeOf,
  openSite,
  panelPage,
  press,
  pressReset,
  type,
  waitForCode,
  waitForEditor,
  waitForText,
} from './browser.mjs';

const pages = {};
const show = (path, code, attributes) => {
  pages[path] = panelPage([code], { attributes });
};

const site = await openSite({ pages });
const open = async (path) => (await site.open(path)).page;
const says = (page, text) => waitForText(page, '.notice', text);
const storedKeys = (page) =>
  page.evaluate(async () => {
    const opened = await new Promise((done) => {
      const opening = indexedDB.open('unroll-work');
      opening.onsuccess = () => done(opening.result);
    });
    return new Promise((done) => {
      const asked = opened.transaction('programs').objectStore('programs').getAllKeys();
      // Behind the key of a program stands which version of it.
      asked.onsuccess = () => done(asked.result.map((key) => key.split('\n')[0]));
    });
  });

test('the last keys before a page takes the panel out are kept', async () => {
  show('/spa.html', 'print(1)', 'persist');
  const page = await open('/spa.html');
  await pause(500);
  await type(page, '# last');
  await page.evaluate(() => document.querySelector('unroll-panel').remove());
  await pause(500);
  await page.reload();
  await waitForCode(page, '# last');
});

test('while the question stands which version to take, what is typed is kept beside the earlier version', async () => {
  show('/asked.html', 'print("first")', 'persist="asked"');
  const page = await open('/asked.html');
  await pause(500);
  await type(page, '# old\n');
  await pause(1000);
  show('/asked.html', 'print("second")', 'persist="asked"');
  await page.reload();
  await says(page, 'The author changed this program');
  await type(page, '# new\n');
  await pause(1000);
  await page.reload();
  await waitForCode(page, '# new\nprint("second")');
  await says(page, 'The author changed this program');
  await pressReset(page);
  await pause(500);
  await page.reload();
  await says(page, 'The author changed this program');
  assert.equal(await codeOf(page), 'print("second")');
  await press(page, 'Show mine');
  await waitForCode(page, '# old\nprint("first")');
  await pause(500);
  await page.reload();
  await waitForCode(page, '# old\nprint("first")');
  await says(page, 'Your version of');
});

test('what is typed before the kept version is found stays, and the reader chooses', async () => {
  show('/slow.html', 'print(1)', 'persist="slow"');
  const page = await open('/slow.html');
  await pause(500);
  await type(page, '# kept\n');
  await pause(1000);
  await page.evaluateOnNewDocument(() => {
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...database) {
      const opening = open.apply(this, database);
      if (database[0] === 'unroll-work')
        Object.defineProperty(opening, 'onsuccess', {
          set: (call) => opening.addEventListener('success', () => setTimeout(call, 1500)),
        });
      return opening;
    };
  });
  await page.reload();
  await waitForEditor(page);
  await type(page, '# typed\n');
  await says(page, 'You worked on this program before');
  assert.equal(await codeOf(page), '# typed\nprint(1)');
  await press(page, 'Show mine');
  await waitForCode(page, '# kept\nprint(1)');
});

test('panels in shadow roots and isolated panels keep theirs apart', async () => {
  pages['/roots.html'] = `<!doctype html><html lang="en"><head><title>Page</title><link rel="icon" href="data:,">
    <script type="module" src="unroll.js"></script></head><body>
    <unroll-panel persist="one"><pre>0</pre></unroll-panel><unroll-panel persist="one" isolated><pre>0</pre></unroll-panel>
    <unroll-panel persist="isolated one"><pre>0</pre></unroll-panel><unroll-panel persist="own one"><pre>0</pre></unroll-panel>
    ${'<div><template shadowrootmode="open"><unroll-panel persist><pre>0</pre></unroll-panel></template></div>'.repeat(2)}
    </body></html>`;
  const page = await open('/roots.html');
  await pause(800);
  await page.evaluate(() => {
    const inRoots = [...document.querySelectorAll('div')].map((div) => div.shadowRoot.querySelector('unroll-panel'));
    for (const panel of [...document.querySelectorAll('unroll-panel'), ...inRoots]) panel.edit('1');
  });
  await pause(1200);
  const keys = await storedKeys(page);
  const names = ['isolated one', 'one', 'own isolated one', 'own own one'];
  const expected = ['/roots.html 0.0', '/roots.html 1.0', ...names];
  assert.deepEqual(keys.filter((key) => expected.includes(key)).sort(), expected);
});

test('the playground keeps the changes to each example, also over a reload', async () => {
  const page = await open('/index.html');
  await pause(800);
  await type(page, '# mine\n');
  const names = await page.evaluate(() => [...document.querySelector('#example').options].map(({ value }) => value));
  const [first, second] = names.filter(Boolean);
  await page.evaluate((name) => {
    location.hash = name;
  }, second);
  await page.waitForFunction(() => !document.querySelector('unroll-panel').code.includes('# mine'));
  await pause(500);
  await type(page, '# other\n');
  await page.evaluate((name) => {
    location.hash = name;
  }, first);
  await waitForCode(page, '# mine');
  await pause(500);
  await page.reload();
  await waitForCode(page, '# mine');
  await page.evaluate((name) => {
    location.hash = name;
  }, second);
  await waitForCode(page, '# other');
  const keys = await storedKeys(page);
  assert.deepEqual(
    keys.filter((key) => key.startsWith('playground')).sort(),
    [`playground ${first}`, `playground ${second}`].sort(),
  );
});
