import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { openBrowser, openPage, panelPage, runCode, serveSite, waitForText } from './browser.mjs';

let chromium;
let context;
let proxy;
const outside = [];

before(async () => {
  // Whatever is not on this machine goes to the proxy, which writes it down.
  proxy = createServer((request, response) => {
    outside.push(request.url);
    response.statusCode = 502;
    response.end();
  }).on('connect', (request, socket) => {
    outside.push(request.url);
    socket.end();
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  chromium = await openBrowser();
  context = await chromium.browser.createBrowserContext({
    proxyServer: `http://127.0.0.1:${proxy.address().port}`,
    proxyBypassList: ['127.0.0.1'],
  });
});

after(async () => {
  await chromium?.close();
  proxy?.close();
});

/** Opens a page of a server made from `options` and closes both when `use` is through. */
async function withPage(options, path, use) {
  const server = await serveSite(options);
  const { page, problems } = await openPage(context, server.url + path);
  try {
    await use({ page, server });
    assert.deepEqual(problems, []);
  } finally {
    await page.close();
    await server.close();
  }
}

test('two panels of a page share one runtime and run one after the other', async () => {
  const code = 'import time\ntime.sleep(0.3)\nprint("done")';
  await withPage({ pages: { '/two.html': panelPage([code, code]) } }, '/two.html', async ({ page, server }) => {
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
    assert.equal(server.asked.filter((path) => path.endsWith('pyodide.asm.wasm')).length, 1);
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
    await page.waitForFunction(() => document.querySelector('unroll-panel').code.includes('class LSTMClassifier'));
    assert.equal((await runCode(page, 'print("sub")')).stdout, 'sub\n');
    await page.select('#example', 'bidirectional');
    await page.waitForFunction(() => document.querySelector('unroll-panel').code.includes('bilstm'));
    await page.select('#example', 'char_language_model');
    await page.waitForFunction(() => 'input.txt' in document.querySelector('unroll-panel').files);
  });
});

test('an edit of an example is there again after a look at another one, and Reset takes it back', async () => {
  await withPage({}, '/#bidirectional', async ({ page }) => {
    const shows = (text) =>
      page.waitForFunction((text) => document.querySelector('unroll-panel').code.includes(text), {}, text);
    await shows('bilstm');
    await page.evaluate(() => document.querySelector('unroll-panel').focus());
    await page.keyboard.type('# mine\n');
    await page.select('#example', 'gru_classifier');
    await shows('GRUClassifier');
    await page.select('#example', 'bidirectional');
    await shows('# mine');
    await page.evaluate(() => document.querySelector('unroll-panel').reset());
    assert.ok(!(await page.evaluate(() => document.querySelector('unroll-panel').code)).includes('# mine'));
  });
});

test('a page of another origin can include the element, under a strict content policy', async () => {
  const host = await serveSite({ base: '/unroll/', headers: { 'access-control-allow-origin': '*' } });
  const headers = {
    'content-security-policy': `default-src 'none'; img-src data:; script-src ${host.url} 'wasm-unsafe-eval'; worker-src blob:; connect-src ${host.url}`,
  };
  const pages = { '/course.html': panelPage(['print("from afar")\nwhile True: pass'], `${host.url}/unroll`) };
  try {
    await withPage({ pages, headers }, '/course.html', async ({ page }) => {
      const run = page.evaluate(() => document.querySelector('unroll-panel').run());
      await waitForText(page, '.output', 'from afar');
      await page.evaluate(() => document.querySelector('unroll-panel').stop());
      assert.equal((await run).status, 'stopped');
      assert.equal((await runCode(page, 'print("again")')).stdout, 'again\n');
    });
  } finally {
    await host.close();
  }
});

test('on its own origin the panel needs no more of a strict content policy', async () => {
  const policy =
    "default-src 'none'; img-src data:; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";
  const headers = { 'content-security-policy': policy };
  await withPage({ pages: { '/one.html': panelPage(['print("strict")']) }, headers }, '/one.html', async ({ page }) => {
    assert.equal((await page.evaluate(() => document.querySelector('unroll-panel').run())).stdout, 'strict\n');
  });
});

test('on an isolated page Stop interrupts the program and keeps the worker', async () => {
  const headers = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
  const code = 'print("go")\nwhile True: pass';
  await withPage({ headers, pages: { '/one.html': panelPage([code]) } }, '/one.html', async ({ page, server }) => {
    const stop = () => page.evaluate(() => document.querySelector('unroll-panel').stop());
    const run = page.evaluate(() => document.querySelector('unroll-panel').run());
    await waitForText(page, '.output', 'go');
    await stop();
    assert.equal((await run).status, 'stopped');
    assert.equal(server.asked.filter((path) => path.includes('worker')).length, 1);
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
  const head = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="unroll.js"></script>';
  await withPage({ pages: { '/src.html': head + element } }, '/src.html', async ({ page }) => {
    await page.evaluate(() => customElements.whenDefined('unroll-panel'));
    const result = await page.evaluate(() => {
      const panel = document.querySelector('unroll-panel');
      panel.src = 'lessons/gru_classifier/main.py';
      panel.src = 'lessons/bidirectional/main.py';
      return panel.run();
    });
    assert.match(result.stdout, /^LSTM\(128, 256, batch_first=True, bidirectional=True\)\n/);
  });
  const server = await serveSite({ pages: { '/src.html': head + element.replace('main', 'none') } });
  const { page } = await openPage(context, `${server.url}/src.html`);
  await waitForText(page, '.output', 'The program lessons/bidirectional/none.py could not be loaded.');
  await page.close();
  await server.close();
});

test('properties set before the element is defined are kept', async () => {
  const early = `<!doctype html><link rel="icon" href="data:,"><unroll-panel></unroll-panel><script type="module">
    const panel = document.querySelector('unroll-panel');
    panel.code = 'print(open("a.txt").read())';
    panel.files = { 'a.txt': 'early' };
    await import('./unroll.js');
  </script>`;
  await withPage({ pages: { '/early.html': early } }, '/early.html', async ({ page }) => {
    const result = await page.evaluate(() => document.querySelector('unroll-panel').run());
    assert.equal(result.stdout, 'early\n');
  });
});

test('a runtime that cannot be loaded is an error that says so, and the next run tries again', async () => {
  const server = await serveSite({ pages: { '/one.html': panelPage(['print("late")']) } });
  const { page } = await openPage(context, `${server.url}/one.html`);
  server.broken.add('pyodide.asm.wasm');
  const failed = await page.evaluate(() => document.querySelector('unroll-panel').run());
  assert.deepEqual([failed.status, failed.error.type], ['error', 'LoadError']);
  assert.match(failed.stderr, /Python could not be loaded: .*pyodide\.asm\.wasm answered 404/);
  server.broken.clear();
  assert.equal((await page.evaluate(() => document.querySelector('unroll-panel').run())).stdout, 'late\n');
  await page.close();
  await server.close();
});

test("nothing was asked from outside of the machine's own servers", () => {
  assert.deepEqual(outside, []);
});
