import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onePanel, runCode, textOf } from './browser.mjs';
import { tryUntil } from './tries.mjs';

const { page, problems } = await onePanel();
await page.evaluate(() => {
  window.starts = 0;
  document.addEventListener('unroll-ready', () => window.starts++);
});
await runCode(page, 'print("up")');

/**
 * Starts a program, presses Stop once its output says "going", and gives the result with the milliseconds that Stop took,
 * and whether Python was started again. Tries again where a busy machine kept the program from hearing of Stop in time.
 */
function stopped(code, { most = 1000, mayRestart = false } = {}) {
  const attempt = () =>
    page.evaluate(async (code) => {
      const panel = document.querySelector('unroll-panel');
      await panel.whenReady();
      const before = window.starts;
      panel.code = code;
      const run = panel.run();
      while (!panel.output.text.includes('going')) await new Promise((done) => setTimeout(done, 10));
      const stop = [...panel.shadowRoot.querySelectorAll('button')].find(({ innerText }) => innerText.includes('Stop'));
      const began = performance.now();
      stop.click();
      const result = await run;
      const took = performance.now() - began;
      while (panel.runtime.state !== 'ready') await new Promise((done) => setTimeout(done, 10));
      return { ...result, took, restarted: window.starts > before };
    }, code);
  return tryUntil(({ took, restarted }) => took < most && (mayRestart || !restarted), attempt);
}

const programs = {
  'an endless loop': 'print("going")\nwhile True: pass',
  'a long loop of small ops': 'import torch\nx = torch.ones(8)\nprint("going")\nwhile True: x = x * 0.5 + 1',
  'a training': `import torch, torch.nn as nn
lstm = nn.LSTM(8, 64)
optimizer = torch.optim.Adam(lstm.parameters())
print("going")
while True:
    optimizer.zero_grad()
    lstm(torch.randn(50, 16, 8))[0].pow(2).mean().backward()
    optimizer.step()`,
  'a long sleep': 'import time\nprint("going")\ntime.sleep(1000)',
  'a program that prints without end': 'while True: print("going")',
  'an endless recursion of generators': 'def spin():\n    while True: yield 1\nprint("going")\nsum(x for x in spin())',
};

for (const [name, code] of Object.entries(programs)) {
  test(`Stop ends ${name} within a second, and Python goes on`, async () => {
    const { status, error, took, stderr, restarted } = await stopped(code);
    assert.deepEqual([status, error, stderr], ['stopped', null, '']);
    assert.ok(took < 1000, `${took} ms`);
    assert.match(await textOf(page, '.output'), /Stopped\.\s*$/);
    assert.ok(!restarted, 'Python was not started again');
    assert.equal((await runCode(page, 'print("again")')).stdout, 'again\n');
  });
}

test('what a stopped program made is there: its names, its files, its output', async () => {
  const code = `import torch, torch.nn as nn
model = nn.GRU(3, 4)
with open("log.txt", "w") as log:
    log.write("kept")
print("going")
while True:
    model(torch.randn(5, 2, 3))`;
  await stopped(code);
  const files = await page.evaluate(() => Object.keys(document.querySelector('unroll-panel').files));
  assert.deepEqual(files, ['log.txt']);
  const answer = await page.evaluate(() => document.querySelector('unroll-panel').runtime.ask({ kind: 'kinds' }));
  assert.ok(Array.isArray(answer.json), 'Python answers questions about the stopped program');
});

test('a program may save its model when it is stopped', async () => {
  const code = `print("going")
try:
    while True: pass
except KeyboardInterrupt:
    print("saving")
    raise`;
  assert.equal((await stopped(code)).stdout, 'going\nsaving\n');
  const handler = `import signal
def on_stop(number, frame):
    print("heard", number)
    raise SystemExit
signal.signal(signal.SIGINT, on_stop)
print("going")
while True: pass`;
  assert.equal((await stopped(handler)).stdout, 'going\nheard 2\n');
});

test('a program that does not let itself be stopped is ended all the same', async () => {
  const swallows = `print("going")
while True:
    try:
        while True: pass
    except BaseException: pass`;
  const { status, took, restarted } = await stopped(swallows, { most: 1500, mayRestart: true });
  assert.equal(status, 'stopped');
  assert.ok(took < 1500, `${took} ms`);
  assert.ok(restarted);
});

test('a sleep lasts as long as it says, and the program stays where it is', async () => {
  const sleep =
    'import time\nbegan = time.perf_counter()\ntime.sleep(0.5)\ntime.sleep(0)\nprint(time.perf_counter() - began < 0.8)\ntime.sleep(-1)';
  const { stdout, seconds } = await tryUntil(
    ({ stdout }) => stdout === 'True\n',
    () => runCode(page, sleep),
  );
  assert.equal(stdout, 'True\n');
  assert.ok(seconds > 0.49);
  const { error } = await runCode(page, 'import time\ntime.sleep(-1)');
  assert.deepEqual([error.type, error.message], ['ValueError', 'sleep length must be non-negative']);
});

test('a Stop inside of a gradient that is written in Python is heard behind it', async () => {
  const { status, took } = await stopped(`import torch, time
class Slow(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): return x * 2
    @staticmethod
    def backward(ctx, grad):
        began = time.perf_counter()
        while time.perf_counter() - began < 0.1: pass
        return grad * 2
x = torch.ones(3, requires_grad=True)
print("going")
while True: Slow.apply(x).sum().backward()`);
  assert.equal(status, 'stopped');
  assert.ok(took < 1000, `${took} ms`);
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
