import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { onePanel, openPage, panelPage, runCode, serveSite } from './browser.mjs';

const { page, problems, server, chromium } = await onePanel();
await page.evaluate(() => {
  document.querySelector('unroll-panel').isolated = true;
});

const origin = 'from pyodide.code import run_js\nprint(run_js("self.origin"))';

test("an isolated panel runs programs as others do, in an origin that is nobody's", async () => {
  const code = `${origin}\nimport torch\nprint(torch.ones(2).sum().item())\nopen("out.txt", "w").write(open("in.txt").read() * 2)`;
  const { stdout, stderr } = await runCode(page, code, { 'in.txt': 'ab' });
  assert.equal(stdout, 'null\n2.0\n', stderr);
  const written = await page.evaluate(() =>
    new TextDecoder().decode(document.querySelector('unroll-panel').files['out.txt']),
  );
  assert.equal(written, 'abab');
  assert.deepEqual(problems, []);
});

test('it has all modules of Python from a host that answers no foreign origin', async () => {
  const { stdout, stderr } = await runCode(page, 'import xmlrpc.client\nprint(xmlrpc.client.__name__)');
  assert.equal(stdout, 'xmlrpc.client\n', stderr);
});

test('Stop ends an isolated program, and the next one runs', async () => {
  const [status, stdout] = await page.evaluate(async () => {
    const panel = document.querySelector('unroll-panel');
    panel.code = 'print("go", flush=True)\nwhile True:\n  try:\n    while True: pass\n  except BaseException: pass';
    panel.addEventListener('unroll-output', () => panel.stop(), { once: true });
    const { status } = await panel.run();
    panel.code = 'print("again")';
    return [status, (await panel.run()).stdout];
  });
  assert.deepEqual([status, stdout], ['stopped', 'again\n']);
  assert.equal(await page.evaluate(() => document.querySelectorAll('iframe').length), 1);
});

test('what an isolated start leaves does not go into the storage of the site', async () => {
  await new Promise((done) => setTimeout(done, 2500));
  const count = await page.evaluate(
    () =>
      new Promise((done) => {
        indexedDB.open('unroll').onsuccess = ({ target }) => {
          const request = target.result.transaction('snapshots').objectStore('snapshots').count();
          request.onsuccess = () => done(request.result);
        };
      }),
  );
  assert.equal(count, 0);
});

test("a panel that is isolated no longer runs in the page's own origin", async () => {
  await page.evaluate(() => {
    document.querySelector('unroll-panel').isolated = false;
  });
  assert.equal((await runCode(page, origin)).stdout, `${server.url}\n`);
});

test("it works on a page of another origin, under a strict content policy that names the frame's host", async () => {
  const host = await serveSite({ base: '/unroll/', headers: { 'access-control-allow-origin': '*' } });
  const policy = `default-src 'none'; img-src data:; script-src ${host.url} 'wasm-unsafe-eval'; worker-src blob:; connect-src ${host.url}; frame-src ${host.url}`;
  const course = await serveSite({
    pages: {
      '/course.html': panelPage(['print(1)'], `${host.url}/unroll`).replace('<unroll-panel', '<unroll-panel isolated'),
    },
    headers: { 'content-security-policy': policy },
  });
  try {
    const { page, problems } = await openPage(chromium.browser, `${course.url}/course.html`);
    assert.equal((await runCode(page, `${origin}\nimport xmlrpc.client`)).stdout, 'null\n');
    assert.deepEqual(problems, []);
    await page.close();
  } finally {
    await course.close();
    await host.close();
  }
});

test('where the frame may not open, the run says so', async () => {
  const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";
  const pages = { '/one.html': panelPage(['print(1)']).replace('<unroll-panel', '<unroll-panel isolated') };
  const strict = await serveSite({ pages, headers: { 'content-security-policy': policy } });
  try {
    const { page } = await openPage(chromium.browser, `${strict.url}/one.html`);
    const { status, stderr } = await page.evaluate(() => document.querySelector('unroll-panel').run());
    assert.equal(status, 'error');
    assert.match(stderr, /did not open in a frame.*content policy/);
    await page.close();
  } finally {
    await strict.close();
  }
});

test("where the frame's page does not come, the frame is made without it", async () => {
  const name = readdirSync(new URL('../../dist/assets/', import.meta.url)).find((name) =>
    /^sandbox-.*html$/.test(name),
  );
  const pages = { '/one.html': panelPage(['print(1)']).replace('<unroll-panel', '<unroll-panel isolated') };
  const host = await serveSite({ pages });
  host.broken.add(name);
  try {
    const { page } = await openPage(chromium.browser, `${host.url}/one.html`);
    assert.equal((await runCode(page, origin)).stdout, 'null\n');
    await page.close();
  } finally {
    await host.close();
  }
});
