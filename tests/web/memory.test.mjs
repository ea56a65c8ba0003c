// A program that takes all memory that Python may have (2 GB) gets an error, and the panel goes on.
import assert from 'node:assert/strict';
import { openSite, panelPage } from './browser.mjs';
import { inEachBrowser } from './browsers.mjs';
import { runHere } from './in-page.mjs';

/** Programs that fill the memory, and the line at which it ends. */
const greedy = {
  'a bytearray that grows': ['data = bytearray()\nwhile True: data.extend(bytes(50_000_000))', 2],
  'a list of blocks': ['blocks = []\nwhile True: blocks.append(bytes(20_000_000))', 2],
  'a string that doubles': ['text = "ab"\nwhile True: text += text', 2],
  'a list that doubles': ['numbers = [1]\nwhile True: numbers += numbers', 2],
  'a number that doubles': ['n = 10 ** 1_000_000\nwhile True: n = n << 100_000_000', 2],
  'a tensor in Python lists': [
    'import torch\nrows = []\nwhile True: rows.append(torch.zeros(5_000_000).numpy().tobytes())',
    3,
  ],
};

const pages = { '/lesson.html': panelPage(['print(1)']) };

inEachBrowser('programs that fill the memory leave the panel usable', async (browser, t) => {
  const site = await openSite({ pages });
  const page = await browser.open(`${site.url}/lesson.html`);
  const run = async (code) => {
    await page.waitFor(() => Boolean(document.querySelector('unroll-panel')?.run));
    return page.evaluate(runHere, code);
  };
  // All of them take two minutes in the slower browsers.
  const names = browser.name === 'chromium' ? Object.keys(greedy) : ['a list of blocks', 'a string that doubles'];
  for (const name of names)
    await t.test(name, async () => {
      const [code, line] = greedy[name];
      const { status, error } = await run(code);
      assert.equal(status, 'error');
      assert.deepEqual([error.type, error.line], ['MemoryError', line], error.message);
      const { stdout, seconds } = await run('import torch\nprint(torch.ones(1000).sum().item())');
      assert.equal(stdout, '1000.0\n');
      assert.ok(seconds < 5, `${seconds} s`);
    });
  await t.test('recursion without end under a limit of a million calls', async () => {
    const { status, error } = await run(
      'import sys\nsys.setrecursionlimit(10**6)\ndef f(n):\n    return [f(n + 1)]\nf(0)',
    );
    assert.deepEqual([status, error.line], ['error', 4]);
    assert.ok(['MemoryError', 'RecursionError'].includes(error.type), error.type);
    assert.equal((await run('print("again")')).stdout, 'again\n');
  });
});
