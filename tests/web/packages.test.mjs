// Real packages on demand, from an index that this test makes and serves; nothing leaves this machine.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { openSite, panelPage, press, runCode, textOf, waitForText } from './browser.mjs';
import { makeIndex, makeWheel, realPackages } from './package-index.mjs';

const ownList = new URL('../../node_modules/pyodide/pyodide-lock.json', import.meta.url);

let asked = [];
/** Milliseconds that each wheel takes. */
let delay = 0;

const { info } = JSON.parse(readFileSync(ownList));
const addressed = makeWheel('by-address', '3.0', { 'by_address.py': 'value = "addressed"\n' });
const files = { ...makeIndex(info, realPackages), [addressed.file]: addressed.bytes };
const index = createServer(async (request, response) => {
  asked.push(request.url);
  const bytes = files[request.url.slice(1)];
  if (request.url.endsWith('.whl')) await new Promise((done) => setTimeout(done, delay));
  response.setHeader('access-control-allow-origin', '*');
  response.statusCode = bytes ? 200 : 404;
  response.end(bytes);
});
await new Promise((resolve) => index.listen(0, '127.0.0.1', resolve));
after(() => index.close());
const site = await openSite({ pages: { '/lesson.html': panelPage(['print(1)', 'print(2)']) } });
const { page, problems } = await site.open('/lesson.html');

const host = () => `http://127.0.0.1:${index.address().port}`;

/** Sets the first panel's index and packages. */
function setUp({ url, packages = null }) {
  asked = [];
  return page.evaluate(
    ({ url, packages }) => {
      const panel = document.querySelector('unroll-panel');
      panel.setAttribute('packages-url', url);
      panel.packages = packages;
    },
    { url, packages },
  );
}

await setUp({ url: `${host()}/` });

const real = 'import tqdm as t\nprint(t.only_in_the_real_one(), t.__version__)';

test('a program that uses what the small package lacks gets the real one, and the output says so', async () => {
  const { status, stdout, stderr } = await runCode(page, real);
  assert.deepEqual([status, stdout, stderr], ['ok', '42 9.9.1\n', '']);
  const [note, answer] = (await textOf(page, '.output')).split('\n');
  const from = host().slice(7);
  assert.equal(note, `Using tqdm 9.9.1 from ${from}: the program uses tqdm.only_in_the_real_one.`);
  assert.equal(answer, '42 9.9.1');
  assert.deepEqual(asked.sort(), [
    '/pyodide-lock.json',
    '/tqdm-9.9.1-py3-none-any.whl',
    '/tqdm_parts-1.0-py3-none-any.whl',
  ]);
});

test('the next run of the same kind has it already, and a program without such needs has the small one again', async () => {
  asked = [];
  assert.equal((await runCode(page, `# once more\n${real}`)).stdout, '42 9.9.1\n');
  assert.deepEqual(asked, []);
  const { stdout } = await runCode(page, 'import sys, torch\nprint([m for m in sys.modules if m == "tqdm_parts"])');
  assert.equal(stdout, '[]\n');
});

test('the program in a PEP 723 block and the panel in its packages ask for packages', async () => {
  const block = '# /// script\n# dependencies = ["pandas"]\n# ///\n';
  assert.equal((await runCode(page, `${block}import pandas\nprint(pandas.read([1]))`)).stdout, "['real', 1]\n");
  assert.doesNotMatch(await textOf(page, '.output'), /Using/);
  const wheel = 'by_address-3.0-py3-none-any.whl';
  await setUp({ url: `${host()}/`, packages: `tqdm, ${host()}/${wheel} on-pypi` });
  const code = 'import tqdm, by_address, on_pypi\nprint(tqdm.array([2]), by_address.value, on_pypi.value)';
  const { stdout, stderr } = await runCode(page, code);
  assert.deepEqual([stdout, stderr], ["['real', 2] addressed 7\n", '']);
});

test('while a package is on its way the panel says which and how much, and Stop works', async () => {
  delay = 1500;
  await setUp({ url: `${host()}/` });
  const run = runCode(page, `# slow\n${real}`);
  await waitForText(page, '.placeholder', 'tqdm');
  assert.match(await textOf(page, '.placeholder'), /^Loading\.\.\. tqdm/);
  assert.equal(await textOf(page, '.status'), 'Loading packages');
  await press(page, 'Stop');
  assert.equal((await run).status, 'stopped');
  delay = 0;
  assert.equal((await runCode(page, 'print("free")')).stdout, 'free\n');
});

test('a package that is asked for and out of reach ends the run with what was tried and what to do', async () => {
  await setUp({ url: `${host()}/`, packages: 'not-anywhere' });
  const { status, error, stderr } = await runCode(page, 'print("never")');
  assert.deepEqual([status, error.type], ['error', 'LoadError']);
  assert.match(
    error.message,
    /^The package not-anywhere could not be loaded: it is not in the index at 127.*, and micropip could not get it: Can't find a pure Python 3 wheel for: 'not-anywhere'\. Check the connection/,
  );
  assert.ok(stderr.startsWith(error.message));
  // On the author's own machine the console says it, too.
  assert.deepEqual(problems.splice(0), [`warn: ${error.message}`]);
});

test('where the index is out of reach the program runs with the small package and says so', async () => {
  assert.deepEqual(problems, []);
  await setUp({ url: `${host()}/nowhere/` });
  const { error } = await runCode(page, real);
  const note = (await textOf(page, '.output')).split('\n')[0];
  assert.match(
    note,
    /^The program uses tqdm\.only_in_the_real_one, which the small tqdm of Unroll lacks\. tqdm itself could not be loaded: http:\S+pyodide-lock\.json answered 404\. The program runs with the small one\. Check the connection/,
  );
  assert.ok(error, 'the small package has no such name');
  await setUp({ url: 'http://127.0.0.1:9/' });
  await runCode(page, real);
  assert.match(await textOf(page, '.output'), /http:\/\/127\.0\.0\.1:9\/pyodide-lock\.json did not answer/);
  problems.length = 0;
});

test('a wheel that does not come is told by its address, and the next run tries again', async () => {
  const wheel = 'tqdm_parts-1.0-py3-none-any.whl';
  const { [wheel]: bytes } = files;
  await setUp({ url: `${host()}/` });
  await runCode(page, 'print("small again")');
  delete files[wheel];
  await runCode(page, `# another\n${real}`);
  assert.match(
    await textOf(page, '.output'),
    /tqdm itself could not be loaded: http:\S+tqdm_parts-1\.0-py3-none-any\.whl answered 404\. The program runs/,
  );
  files[wheel] = Buffer.concat([bytes, Buffer.from('!')]);
  await runCode(page, `# changed\n${real}`);
  assert.match(
    await textOf(page, '.output'),
    /tqdm_parts-1\.0-py3-none-any\.whl is not the file that its checksum means\. /,
  );
  files[wheel] = bytes;
  problems.length = 0;
  assert.equal((await runCode(page, real)).stdout, '42 9.9.1\n');
});

test('all the while other panels have the small packages, and no page error was left', async () => {
  const { stdout } = await page.evaluate(() => document.querySelectorAll('unroll-panel')[1].run());
  assert.equal(stdout, '2\n');
  assert.deepEqual(problems, []);
});
