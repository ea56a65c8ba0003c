// What a program leaves outside of Python, or never stops to do, does not meet the next one. See python/clean-state.test.mjs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onePanel, openSite, panelPage, runCode } from './browser.mjs';
import { importSource } from './source.mjs';

const { page } = await onePanel();
const javascript = (code) => `from pyodide.code import run_js\nrun_js(${JSON.stringify(code)})\n`;

/** Runs a program that leaves something, then another one. */
async function runAfter(leave, code) {
  assert.equal((await runCode(page, leave)).status, 'ok');
  const { status, stdout, stderr } = await runCode(page, code);
  assert.deepEqual([status, stderr], ['ok', '']);
  return stdout;
}

test('a program that closes all files leaves the next one its streams', async () => {
  const leave = 'import os\nfor number in range(64):\n  try: os.close(number)\n  except OSError: pass';
  const code = 'import sys, os\nprint("out")\nopen("a.txt", "w").write("b")\nprint(open("a.txt").read(), os.listdir())';
  assert.equal(await runAfter(leave, code), "out\nb ['main.py', 'a.txt']\n");
});

test('files that a program keeps open are closed', async () => {
  const leave = 'import os\nkept = [os.open("main.py", os.O_RDONLY) for _ in range(9)]\nprint(max(kept))';
  const first = (await runCode(page, leave)).stdout;
  assert.equal((await runCode(page, leave)).stdout, first);
});

test("a program cannot cut the worker off from its page, nor speak in the worker's place", async () => {
  const forged = { type: 'done', id: 1, outcome: null };
  const cut = `self.onmessage = null; self.postMessage(${JSON.stringify(forged)});
    for (let id = 0; id < 99; ++id) self.postMessage({ type: 'done', id, outcome: null });
    self.postMessage = () => { throw new Error('cut') };
    self.dispatchEvent(new MessageEvent('message', { data: { type: 'run', id: 7, code: 'print(7)', files: [], around: {} } }))`;
  const { status, stdout } = await runCode(page, `${javascript(cut)}print("on")`);
  assert.deepEqual([status, stdout], ['ok', 'on\n']);
  assert.equal((await runCode(page, 'print("next")')).stdout, 'next\n');
});

test('names of JavaScript that a program sets, and what it does to built-in objects, are gone', async () => {
  const leave = javascript(
    `self.left = 1; Array.prototype.left = 1; Array.prototype.map = null; JSON.stringify = () => 'left';
     Object.defineProperty(Object.prototype, 'kind', { get: () => 'left', configurable: true });`,
  );
  const code = `from pyodide.code import run_js
print(run_js("[typeof left, [].left, [1].map((x) => x + 1)[0], JSON.stringify({}), ({}).kind].join()"))`;
  // It may well harm itself.
  await runCode(page, leave);
  assert.equal((await runCode(page, code)).stdout, 'undefined,,2,{},\n');
});

test('where a program has made that impossible, the next one gets another worker', async () => {
  const leave = javascript("Object.defineProperty(self, 'left', { value: 1, configurable: false })");
  assert.equal(await runAfter(leave, 'from pyodide.code import run_js\nprint(run_js("typeof left"))'), 'undefined\n');
});

test('timers of a program end with it', async () => {
  const leave = javascript('setInterval(() => { URL.ticks = (URL.ticks ?? 0) + 1 }, 5)');
  const code = `import time\nfrom pyodide.code import run_js\nrun_js("URL.ticks = 0")\ntime.sleep(0.1)\nprint(run_js("URL.ticks"))`;
  assert.equal(await runAfter(leave, code), '0\n');
});

test('a __del__ without end keeps no other program from running', async () => {
  const leave = 'class Endless:\n  def __del__(self):\n    while True: pass\nendless = Endless()';
  assert.equal(await runAfter(leave, 'print("next")'), 'next\n');
});

test('programs in JavaScript do not meet what others did to built-in objects', async () => {
  await page.$eval('unroll-panel', (panel) => {
    panel.lang = 'javascript';
  });
  await runCode(page, 'Array.prototype.sum = () => 7; Math.max = null; globalThis.left = 1;');
  const { stdout } = await runCode(page, 'console.log([].sum, Math.max(1, 2), typeof left)');
  assert.equal(stdout, 'undefined 2 undefined\n');
});

test('two strangers on one page never share a worker; panels that depend on each other do', async () => {
  const isolated = 'isolated lang="python"';
  const body = `<unroll-panel id="a" ${isolated}><pre>x = 1</pre></unroll-panel>
    <unroll-panel id="b" ${isolated}><pre>print(1)</pre></unroll-panel>
    <unroll-panel id="c" ${isolated} depends-on="a"><pre>print(x + 1)</pre></unroll-panel>`;
  const site = await openSite({ pages: { '/unused.html': panelPage(['']) } });
  const { page } = await site.show(body);
  const run = (id, code) =>
    page.evaluate(
      async (id, code) => {
        const panel = document.querySelector(`#${id}`);
        if (code) panel.edit(code);
        return (await panel.run()).stdout;
      },
      id,
      code,
    );
  const show = 'from pyodide.code import run_js\nprint(run_js("String(URL.left)"))';
  await run('a', `x = 1\n${javascript('URL.left = "of the first"')}`);
  assert.equal(await run('c', `${show}\nprint(x + 1)`), 'of the first\n2\n');
  assert.equal(await run('b', show), 'undefined\n');
  assert.equal(await run('b', `${javascript('URL.left = "of the second"')}${show}`), 'of the second\n');
  assert.equal(await run('a', `x = 4\n${show}`), 'undefined\n');
  assert.equal(await run('c', 'print(x + 1)'), '5\n');
});

test('what a worker says is believed only in the form that workers have', async () => {
  const { isFromWorker } = await importSource('protocol/message-form.ts');
  const outcome = { status: 'ok', error: null, seconds: 1, changed: [['a', 'b']], removed: ['c'] };
  const sound = [
    { type: 'done', id: 1, outcome },
    { type: 'done', id: 1, outcome: { ...outcome, check: { status: 'passed', message: '', traceback: '' } } },
    {
      type: 'output',
      id: 1,
      parts: [
        { kind: 'stdout', text: 'a' },
        { kind: 'points', points: [['a', 1, null]] },
        { kind: 'gap', stdout: 1, stderr: 0, figures: 0, points: 0 },
      ],
      size: 301,
    },
    { type: 'ready', keepsake: null, packages: null },
    { type: 'answer', id: 1, answer: { json: null, bytes: [new Uint8Array(1)] } },
  ];
  for (const message of sound) assert.ok(isFromWorker(message), JSON.stringify(message));
  const unsound = [
    null,
    'done',
    {},
    { type: '__proto__' },
    { type: 'toString' },
    { type: 'done', id: 1, outcome: null },
    { type: 'done', id: 1, outcome: { ...outcome, changed: [['a', 7]] } },
    { type: 'done', id: 1, outcome: { ...outcome, status: 'fine' } },
    { type: 'output', id: 1, parts: [{ kind: 'stdout' }], size: 1 },
    { type: 'output', id: 1, parts: [{ kind: 'html', text: '<b>' }], size: 1 },
    { type: 'output', id: 1, parts: [{ kind: 'gap', stdout: '<b>', stderr: 0, figures: 0, points: 0 }], size: 1 },
    { type: 'output', id: 1, parts: {}, size: 1 },
    { type: 'output', id: 1, parts: [] },
    { type: 'needs', id: 1, needs: [{ package: 7 }] },
    { type: 'failed' },
  ];
  for (const message of unsound) assert.ok(!isFromWorker(message), JSON.stringify(message));
});
