import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serve } from '../../wasm-bindings/setup/serve.mjs';
import { newReader, runPanel, visit, waitForCode, waitForEditor } from './browser.mjs';

const dist = process.env.UNROLL_DIST ?? fileURLToPath(new URL('../../dist', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'unroll-offline-'));
after(() => rmSync(folder, { recursive: true, force: true }));
cpSync(dist, join(folder, 'unroll'), { recursive: true, preserveTimestamps: true });
let sent = [];

/** The site below /unroll/ of a host, so that what it keeps must not reach beyond. */
async function host() {
  const server = await serve(folder, { onSent: (path, bytes) => sent.push({ path, bytes }) });
  after(server.close);
  return server;
}

/** The playground on a host of its own, for a new reader who has made it available offline. */
async function takeAlong() {
  const server = await host();
  const { page, problems } = await visit(`${server.url}/unroll/`, { reader: await newReader() });
  await statusHas(page, 'Make available offline');
  await page.click('#status-line button');
  await statusHas(page, 'Works offline');
  return { server, page, problems };
}

const statusHas = (page, text) =>
  page.waitForFunction(
    (text) => document.querySelector('#status-line').innerText.includes(text),
    { timeout: 60_000 },
    text,
  );
const openExample = (page, name, text) =>
  page
    .evaluate((name) => {
      location.hash = name;
    }, name)
    .then(() => waitForCode(page, text));
const reload = async (page) => {
  await page.reload();
  await waitForEditor(page);
};
const caches = (page) =>
  page.evaluate(async () => {
    const names = await window.caches.keys();
    const kept = await Promise.all(names.map(async (name) => (await (await window.caches.open(name)).keys()).length));
    return names.map((name, i) => [name, kept[i]]);
  });
/** A file of the host's copy with other words in it. */
function change(path, from, to) {
  const full = join(folder, 'unroll', path);
  for (const ending of ['.br', '.gz']) rmSync(full + ending, { force: true });
  writeFileSync(full, readFileSync(full, 'utf8').replaceAll(from, to));
}

test('before the first run nothing is kept, and after it the page works when its host is gone: this example and another one', async () => {
  const server = await host();
  // In the browser's own profile: others keep no large files between requests.
  const { page } = await visit(`${server.url}/unroll/#rnn_by_hand`);
  await statusHas(page, 'Make available offline');
  await new Promise((done) => setTimeout(done, 500));
  assert.deepEqual(await caches(page), []);
  assert.ok(
    !sent.some(({ path }) => /offline\.js|\.wasm|\.zip/.test(path)),
    'nothing of the runtime before it is needed',
  );
  await openExample(page, 'rnn_by_hand', 'by_hand');
  assert.equal((await runPanel(page)).status, 'ok');
  sent = [];
  await statusHas(page, 'Works offline');
  const again = sent.filter(({ path }) => path.includes('/assets/') && !/\.(js|css|svg|html)$/.test(path));
  assert.deepEqual(again, [], 'what the run has loaded comes from the cache of the browser');
  await server.close();
  await page.setCacheEnabled(false);

  await reload(page);
  await statusHas(page, 'Works offline');
  await openExample(page, 'rnn_by_hand', 'by_hand');
  const { status, stdout } = await runPanel(page);
  assert.equal(status, 'ok');
  assert.match(stdout, /the same as by hand: True/);
  await openExample(page, 'name_classifier', 'names.txt');
  const other = await runPanel(page);
  assert.deepEqual([other.status, other.stderr], ['ok', '']);
  assert.match(other.stdout, /206 names in 4 languages/);
  await page
    .evaluate(() => navigator.serviceWorker.controller.scriptURL)
    .then((url) => assert.match(url, /\/unroll\/offline\.js$/));
  const gone = await page.evaluate(() =>
    fetch('../elsewhere.txt').then(
      () => 'answered',
      () => 'no answer',
    ),
  );
  assert.equal(gone, 'no answer');
});

test('a reader can make the page available before any run', async () => {
  const { server, page, problems } = await takeAlong();
  await server.close();
  await reload(page);
  await openExample(page, 'bidirectional', 'bilstm');
  assert.equal((await runPanel(page)).status, 'ok');
  assert.deepEqual(
    problems.filter((problem) => !problem.includes('ERR_CONNECTION_REFUSED')),
    [],
  );
});

test('a new version waits until the reader reloads, fetches only what has changed, and removes the old one', async () => {
  const { page } = await takeAlong();
  const [[old]] = await caches(page);
  const version = old.split(' ').at(-1);

  change('index.html', '<title>', '<meta name="build" content="2"><title>');
  change('offline.js', version, 'newversion00');
  sent = [];
  await reload(page);
  const build = () => page.evaluate(() => document.querySelector('meta[name=build]')?.content ?? '1');
  assert.equal(await build(), '1');
  await statusHas(page, 'A new version is available');
  assert.ok(!sent.some(({ path }) => path.includes('/assets/')), 'what has not changed is copied');
  assert.equal((await caches(page)).length, 2);
  await Promise.all([page.waitForNavigation(), page.click('#status-line button')]);
  await statusHas(page, 'Works offline');
  assert.equal(await build(), '2');
  const names = (await caches(page)).map(([name]) => name);
  assert.deepEqual(names, [old.replace(version, 'newversion00')]);
});

test('pages of the old version that are still open find their files, and then the old ones go', async () => {
  const { server, page } = await takeAlong();
  const [[current]] = await caches(page);
  const version = current.split(' ').at(-1);
  const other = await page.browserContext().newPage();
  await other.goto(`${server.url}/unroll/`);
  await statusHas(other, 'Works offline');
  await page.bringToFront();

  const [, file] = /(assets\/embed-dialog-[\w-]+\.js)/.exec(readFileSync(join(folder, 'unroll/offline.js'), 'utf8'));
  const renamed = 'assets/embed-dialog-renamed0.js';
  renameSync(join(folder, 'unroll', file), join(folder, 'unroll', renamed));
  change('offline.js', file, renamed);
  change('offline.js', version, 'newversion01');
  await reload(page);
  await statusHas(page, 'A new version is available');
  await Promise.all([page.waitForNavigation(), page.click('#status-line button')]);
  await statusHas(page, 'Works offline');
  const status = (page) =>
    page.evaluate(async (file) => (await fetch(`./${file}`, { cache: 'no-store' })).status, file);
  assert.equal(await status(other), 200);
  assert.equal((await caches(page)).length, 2);
  await other.close();
  await reload(page);
  await statusHas(page, 'Works offline');
  await page.waitForFunction(async () => (await window.caches.keys()).length === 1);
  assert.equal(await status(page), 404);
  change('offline.js', renamed, file);
  renameSync(join(folder, 'unroll', renamed), join(folder, 'unroll', file));
});

test('a file that arrives is given to the page, also where the storage has no room for it', async () => {
  const { server, page } = await takeAlong();
  await reload(page);
  const devtools = await page.createCDPSession();
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: server.url, quotaSize: 1 });
  const got = await page.evaluate(async () => {
    const [name] = await window.caches.keys();
    const cache = await window.caches.open(name);
    const address = new URL('./lessons/bidirectional/main.py', document.baseURI).href;
    await cache.delete(address);
    const refused = await cache.put('./x', new Response('x'.repeat(100_000))).catch((error) => error.name);
    const answer = await fetch(address);
    return [refused, answer.status, (await answer.text()).slice(0, 6)];
  });
  assert.deepEqual(got, ['QuotaExceededError', 200, 'import']);
});

test('unroll.js, other pages and parts of files go to the network as if there was no worker', async () => {
  writeFileSync(
    join(folder, 'unroll', 'course.html'),
    '<!doctype html><title>Course</title><link rel="icon" href="data:,"><script type="module" src="./unroll.js"></script><unroll-panel><pre>print(6 * 7)</pre></unroll-panel>',
  );
  const { server, page } = await takeAlong();
  await page.goto(`${server.url}/unroll/course.html`);
  await waitForEditor(page);
  assert.equal((await runPanel(page)).stdout, '42\n');
  change('course.html', '6 * 7', '6 * 8');
  change('unroll.js', 'import', '/* second */import');
  sent = [];
  await reload(page);
  assert.equal((await runPanel(page)).stdout, '48\n');
  assert.ok(
    sent.some(({ path }) => path === '/unroll/unroll.js'),
    'unroll.js is asked for anew',
  );
  const part = await page.evaluate(async () => {
    const answer = await fetch('./lessons/bidirectional/main.py', { headers: { range: 'bytes=0-5' } });
    return (await answer.text()).slice(0, 6);
  });
  assert.equal(part, 'import');
});

test('browsers take the page as an app that can be installed', async () => {
  const server = await host();
  const { page } = await visit(`${server.url}/unroll/`, { reader: await newReader() });
  const devtools = await page.createCDPSession();
  const { errors, data } = await devtools.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
  const { name, display, start_url, icons } = JSON.parse(data);
  assert.deepEqual([name, display, start_url], ['Unroll playground', 'standalone', './']);
  assert.ok(icons.some(({ purpose }) => purpose === 'maskable'));
  for (const { src, sizes } of icons) {
    const size = await page.evaluate(async (src) => {
      const picture = new Image();
      picture.src = src;
      await picture.decode();
      return `${picture.naturalWidth}x${picture.naturalHeight}`;
    }, src);
    if (sizes !== 'any') assert.equal(size, sizes);
  }
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  const reasons = installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito');
  assert.deepEqual(reasons, []);
});
