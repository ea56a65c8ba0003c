import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import {
  codeOf,
  newReader,
  openHost,
  openSite,
  pageOf,
  panelOf,
  panelPage,
  runCode,
  runPanel,
  strictPolicy,
  type,
  waitForCode,
  waitForText,
} from './browser.mjs';

// Whatever is not on this machine goes to the proxy, which writes it down.
const outside = [];
const proxy = createServer((request, response) => {
  outside.push(request.url);
  response.statusCode = 502;
  response.end();
}).on('connect', (request, socket) => {
  outside.push(request.url);
  socket.end();
});
await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
after(() => proxy.close());
const reader = await newReader({
  proxyServer: `http://127.0.0.1:${proxy.address().port}`,
  proxyBypassList: ['127.0.0.1'],
});

/** Opens a page of a site made from `options`; nothing may go wrong in it until `use` is through. */
async function withPage(options, path, use) {
  const site = await openSite(options);
  const { page, problems } = await site.open(path, { reader });
  await use({ page, site });
  assert.deepEqual(problems, []);
}

test('two panels of a page share one runtime and run one after the other', async () => {
  const code = 'import time\ntime.sleep(0.3)\nprint("done")';
  await withPage({ pages: { '/two.html': panelPage([code, code]) } }, '/two.html', async ({ page, site }) => {
    const results = await page.evaluate(async () => {
      const panels = [...document.querySelectorAll('unroll-panel')];
      const done = [];
      const note = async (panel, i) => done.push([i, (await panel.run()).stdout]);
      await Promise.all(panels.map(note));
      return done;
    });
    assert.deepEqual(results, [
      [0, 'done\n'],
      [1, 'done\n'],
    ]);
    assert.equal(site.asked.filter((path) => path.endsWith('pyodide.asm.wasm')).length, 1);
    assert.equal(page.workers().length, 1);
  });
});

test("Stop on one panel leaves the other's waiting program alone", async () => {
  const pages = { '/two.html': panelPage(['while True: pass', 'print("second")']) };
  await withPage({ pages }, '/two.html', async ({ page }) => {
    const statuses = await page.evaluate(async () => {
      const [first, second] = document.querySelectorAll('unroll-panel');
      await first.whenReady();
      const runs = [first.run(), second.run()];
      await new Promise((done) => setTimeout(done, 200));
      await first.stop();
      return (await Promise.all(runs)).map(({ status, stdout }) => [status, stdout]);
    });
    assert.deepEqual(statuses, [
      ['stopped', ''],
      ['ok', 'second\n'],
    ]);
  });
});

test('a program can be stopped while the runtime still loads', async () => {
  await withPage({ pages: { '/one.html': panelPage(['print(1)']) } }, '/one.html', async ({ page }) => {
    const [stopped, ran] = await page.evaluate(async () => {
      const panel = document.querySelector('unroll-panel');
      const run = panel.run();
      await panel.stop();
      return [await run, await panel.run()];
    });
    assert.deepEqual([stopped.status, ran.stdout], ['stopped', '1\n']);
  });
});

test('the playground works from a sub-folder of a host', async () => {
  await withPage({ base: '/some/where/' }, '/some/where/', async ({ page }) => {
    await waitForCode(page, 'class Adder');
    assert.equal((await runCode(page, 'print("sub")')).stdout, 'sub\n');
    await page.select('#example', 'bidirectional');
    await waitForCode(page, 'bilstm');
    await page.select('#example', 'char_language_model');
    await page.waitForFunction(() => 'input.txt' in document.querySelector('unroll-panel').files);
  });
});

test('an edit of an example is there again after a look at another one, and Reset takes it back', async () => {
  await withPage({}, '/#bidirectional', async ({ page }) => {
    await waitForCode(page, 'bilstm');
    await type(page, '# mine\n');
    await page.select('#example', 'gru_classifier');
    await waitForCode(page, 'GRUClassifier');
    await page.select('#example', 'bidirectional');
    await waitForCode(page, '# mine');
    await page.evaluate(() => document.querySelector('unroll-panel').reset());
    assert.ok(!(await codeOf(page)).includes('# mine'));
  });
});

test('a page of another origin can include the element, under a strict content policy', async () => {
  const host = await openHost();
  const headers = strictPolicy({ host: host.url });
  const pages = { '/course.html': panelPage(['print("from afar")\nwhile True: pass'], { base: `${host.url}/unroll` }) };
  await withPage({ pages, headers }, '/course.html', async ({ page }) => {
    const run = runPanel(page);
    await waitForText(page, '.output', 'from afar');
    await page.evaluate(() => document.querySelector('unroll-panel').stop());
    assert.equal((await run).status, 'stopped');
    assert.equal((await runCode(page, 'print("again")')).stdout, 'again\n');
  });
});

test('on its own origin the panel needs no more of a strict content policy', async () => {
  const headers = strictPolicy();
  await withPage({ pages: { '/one.html': panelPage(['print("strict")']) }, headers }, '/one.html', async ({ page }) => {
    assert.equal((await runPanel(page)).stdout, 'strict\n');
  });
});

test('on an isolated page Stop interrupts the program and keeps the worker', async () => {
  const headers = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
  const code = 'print("go")\nwhile True: pass';
  await withPage({ headers, pages: { '/one.html': panelPage([code]) } }, '/one.html', async ({ page, site }) => {
    const stop = () => page.evaluate(() => document.querySelector('unroll-panel').stop());
    const run = runPanel(page);
    await waitForText(page, '.output', 'go');
    await stop();
    assert.equal((await run).status, 'stopped');
    assert.equal(site.asked.filter((path) => path.includes('worker')).length, 1);
    const stubborn = runCode(
      page,
      'print("stay")\nwhile True:\n  try:\n    while True: pass\n  except BaseException: pass',
    );
    await waitForText(page, '.output', 'stay');
    await stop();
    assert.equal((await stubborn).status, 'stopped');
    assert.equal((await runCode(page, 'print("again")')).stdout, 'again\n');
  });
});

test('src names the program, and one that is not there says so', async () => {
  const element = '<unroll-panel src="lessons/bidirectional/main.py"></unroll-panel>';
  await withPage({ pages: { '/src.html': pageOf(element) } }, '/src.html', async ({ page }) => {
    await page.evaluate(() => customElements.whenDefined('unroll-panel'));
    const result = await page.evaluate(() => {
      const panel = document.querySelector('unroll-panel');
      panel.src = 'lessons/gru_classifier/main.py';
      panel.src = 'lessons/bidirectional/main.py';
      return panel.run();
    });
    assert.match(result.stdout, /^LSTM\(128, 256, batch_first=True, bidirectional=True\)\n/);
  });
  const site = await openSite();
  const { page } = await site.show(element.replace('main', 'none'), { reader });
  await waitForText(page, '.output', 'lessons/bidirectional/none.py answered 404 Not Found.');
});

test('properties set before the element is defined are kept', async () => {
  const early = `<!doctype html><link rel="icon" href="data:,"><unroll-panel></unroll-panel><script type="module">
    const panel = document.querySelector('unroll-panel');
    panel.code = 'print(open("a.txt").read())';
    panel.files = { 'a.txt': 'early' };
    await import('./unroll.js');
  </script>`;
  await withPage({ pages: { '/early.html': early } }, '/early.html', async ({ page }) => {
    const result = await runPanel(page);
    assert.equal(result.stdout, 'early\n');
  });
});

test('a runtime that cannot be loaded is an error that says so, and the next run tries again', async () => {
  const site = await openSite();
  const { page } = await site.show(panelOf('print("late")'), { reader });
  site.broken.add('pyodide.asm.wasm');
  const failed = await runPanel(page);
  assert.deepEqual([failed.status, failed.error.type], ['error', 'LoadError']);
  assert.match(failed.stderr, /Python could not be loaded: .*pyodide\.asm\.wasm answered 404/);
  site.broken.clear();
  assert.equal((await runPanel(page)).stdout, 'late\n');
});

test("nothing was asked from outside of the machine's own servers", () => {
  assert.deepEqual(outside, []);
});
