import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assetName, onePanel, openHost, openSite, panelOf, runCode, runPanel, strictPolicy } from './browser.mjs';
import { stopHere } from './in-page.mjs';

const { page, problems, site } = await onePanel();
await page.evaluate(() => {
  document.querySelector('unroll-panel').isolated = true;
});

const isolated = panelOf('print(1)', 'isolated');
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
  const stubborn = 'print("go", flush=True)\nwhile True:\n  try:\n    while True: pass\n  except BaseException: pass';
  assert.equal((await page.evaluate(stopHere, stubborn)).status, 'stopped');
  assert.equal((await runCode(page, 'print("again")')).stdout, 'again\n');
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
  assert.equal((await runCode(page, origin)).stdout, `${site.url}\n`);
});

test("it works on a page of another origin, under a strict content policy that names the frame's host", async () => {
  const host = await openHost();
  const course = await openSite({ headers: strictPolicy({ host: host.url, more: [`frame-src ${host.url}`] }) });
  const { page, problems } = await course.show(isolated, { base: `${host.url}/unroll` });
  assert.equal((await runCode(page, `${origin}\nimport xmlrpc.client`)).stdout, 'null\n');
  assert.deepEqual(problems, []);
});

test('where the frame may not open, the run says so', async () => {
  const strict = await openSite({ headers: strictPolicy() });
  const { page } = await strict.show(isolated);
  const { status, stderr } = await runPanel(page);
  assert.equal(status, 'error');
  assert.match(stderr, /did not open in a frame.*content policy/);
});

test("where the frame's page does not come, the frame is made without it", async () => {
  const host = await openSite();
  host.broken.add(assetName(/^sandbox-.*html$/));
  const { page } = await host.show(isolated);
  assert.equal((await runCode(page, origin)).stdout, 'null\n');
});
