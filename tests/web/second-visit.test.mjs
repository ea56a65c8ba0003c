import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { newPage, openSite, panelPage, runCode, runPanel } from './browser.mjs';
import { stopHere } from './in-page.mjs';

// The panel keeps Python's memory in the browser's storage. A start from it never says that torch is being started.

const code = 'import torch\nprint(torch.arange(3).sum().item(), torch.rand(1).item())';
const site = await openSite({ pages: { '/lesson.html': panelPage([code]), '/none.html': '<unroll-panel>' } });
/** Opens the lesson, runs it, and gives what it printed and whether Python was started from scratch. */
async function visit() {
  const { page, problems } = await site.open('/lesson.html');
  const seen = await page.evaluate(async () => {
    const panel = document.querySelector('unroll-panel');
    let fromScratch = false;
    const look = () => {
      fromScratch ||= /starting torch/.test(panel.shadowRoot.querySelector('.loading-detail')?.textContent);
    };
    new MutationObserver(look).observe(panel.shadowRoot, { subtree: true, childList: true, characterData: true });
    const { stdout, stderr } = await panel.run();
    return { fromScratch, stdout, stderr };
  });
  assert.match(seen.stdout, /^3 0\.\d+\n$/, seen.stderr);
  assert.deepEqual(problems, []);
  return { page, ...seen };
}

/** Does something with the storage, from a page without a panel: `act` gets the table and the record in it. */
async function withStorage(act, ...args) {
  const page = await newPage();
  await page.goto(`${site.url}/none.html`);
  const result = await page.evaluate(
    async (source, ...args) => {
      const settled = (request) =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const opening = indexedDB.open('unroll', 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('snapshots');
      const database = await settled(opening);
      const table = () => database.transaction('snapshots', 'readwrite').objectStore('snapshots');
      const kept = await settled(table().get('python'));
      const change = (record) =>
        new Promise((resolve) => {
          const request = table().put(record, 'python');
          request.transaction.oncomplete = resolve;
        });
      // biome-ignore lint/security/noGlobalEval: the function comes from the test
      const result = await eval(source)({ kept, change, args });
      database.close();
      return result;
    },
    `(${act})`,
    ...args,
  );
  await page.close();
  return result;
}

async function clearStorage() {
  const page = await newPage();
  const session = await page.createCDPSession();
  await session.send('Storage.clearDataForOrigin', { origin: site.url, storageTypes: 'indexeddb' });
  await page.close();
}

/** Version and checksum of what is kept. */
const keptRecord = () => withStorage(({ kept }) => kept && { version: kept.version, sum: kept.sum });

/** Waits until a visit has kept a snapshot that `isNew`. */
async function whenKept(isNew = () => true) {
  for (let i = 0; i < 100; ++i) {
    const record = await keptRecord();
    if (record && isNew(record)) return record;
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.fail('nothing was kept');
}

beforeEach(async () => {
  if (await keptRecord()) return;
  const { page } = await visit();
  await whenKept();
  await page.close();
});

test('a later visit starts from what the first one kept, with random numbers of its own', async () => {
  const second = await visit();
  const third = await visit();
  assert.deepEqual([second.fromScratch, third.fromScratch], [false, false]);
  assert.notEqual(second.stdout, third.stdout);
  const stopped = await third.page.evaluate(stopHere, 'print("go", flush=True)\nwhile True: pass');
  assert.equal(stopped.status, 'stopped');
  assert.equal((await runCode(third.page, 'print("again")')).stdout, 'again\n');
});

test('a snapshot of another version is not used, and replaced', async () => {
  const own = await keptRecord();
  await withStorage(({ kept, change }) => change({ ...kept, version: 'of last year' }));
  const { fromScratch } = await visit();
  assert.equal(fromScratch, true);
  const next = await whenKept(({ version }) => version !== 'of last year');
  assert.equal(next.version, own.version);
});

test('a damaged snapshot is not used', async () => {
  await withStorage(async ({ kept, change }) => {
    const bytes = new Uint8Array(await kept.memory.arrayBuffer());
    bytes[bytes.length >> 1] ^= 1;
    await change({ ...kept, memory: new Blob([bytes]) });
  });
  const { fromScratch } = await visit();
  assert.equal(fromScratch, true);
});

test('a snapshot that Pyodide refuses is replaced', async () => {
  const sum = await withStorage(async ({ kept, change }) => {
    const memory = new Blob([new Uint8Array(65536)]);
    let sum = memory.size;
    for (let i = 0; i < memory.size / 4; ++i) sum = Math.imul(sum, 31);
    await change({ ...kept, memory, sum });
    return sum;
  });
  const { fromScratch } = await visit();
  assert.equal(fromScratch, true);
  await whenKept((record) => record.sum !== sum);
});

test('where the storage has no room, a visit starts from scratch and says nothing of it', async () => {
  await clearStorage();
  const page = await newPage();
  const limits = await page.createCDPSession();
  await limits.send('Storage.overrideQuotaForOrigin', { origin: site.url, quotaSize: 1000 });
  const first = await visit();
  await new Promise((done) => setTimeout(done, 2500));
  const second = await visit();
  assert.deepEqual([first.fromScratch, second.fromScratch], [true, true]);
  await limits.send('Storage.overrideQuotaForOrigin', { origin: site.url });
  for (const each of [page, first.page, second.page]) await each.close();
  await clearStorage();
});

test('where the storage refuses, a visit starts from scratch and says nothing of it', async () => {
  await clearStorage();
  const page = await newPage();
  await page.goto(`${site.url}/none.html`);
  // A later version of the database: opening it as version 1 is an error.
  await page.evaluate(() => new Promise((done) => (indexedDB.open('unroll', 2).onsuccess = done)));
  const first = await visit();
  assert.equal(first.fromScratch, true);
  for (const each of [page, first.page]) await each.close();
  await clearStorage();
});

test('where the storage never answers, a visit starts from scratch', async () => {
  const page = await newPage();
  await page.goto(`${site.url}/none.html`);
  // A connection that stays open holds up the newer version, and that every later opening.
  await page.evaluate(
    () =>
      new Promise((done) => {
        indexedDB.open('unroll', 1).onsuccess = ({ target }) => {
          window.held = target.result;
          indexedDB.open('unroll', 2).onblocked = done;
        };
      }),
  );
  const { page: lesson, fromScratch } = await visit();
  assert.equal(fromScratch, true);
  for (const each of [lesson, page]) await each.close();
  await clearStorage();
});

test('a file that does not come says nothing about the snapshot, which stays', async () => {
  const before = await keptRecord();
  const empty = await newPage();
  await (await empty.createCDPSession()).send('Network.clearBrowserCache');
  await empty.close();
  site.broken.add('pyodide.asm.mjs');
  const { page } = await site.open('/lesson.html');
  const failed = await runPanel(page);
  site.broken.clear();
  assert.match(failed.stderr, /pyodide\.asm\.mjs could not be loaded/);
  assert.deepEqual(await keptRecord(), before);
});

test('a program does not find the storage', async () => {
  const { page } = await visit();
  const { stdout } = await runCode(page, 'import js\nprint(hasattr(js, "indexedDB"))');
  assert.equal(stdout, 'False\n');
});
