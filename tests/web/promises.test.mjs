// Programs that wait for promises, and functions of theirs that JavaScript calls: right, or an ordinary error with its line.
import assert from 'node:assert/strict';
import { openSite, panelPage } from './browser.mjs';
import { inEachBrowser } from './browsers.mjs';
import { runHere } from './in-page.mjs';

/** `busy` computes longer than the time after which a running program listens to its page. */
const head = `import asyncio, js, time
from pyodide.ffi import create_proxy, run_sync
def busy(seconds=0.2):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end: pass
def later(ms):
    return js.Promise.new(lambda resolve, reject: js.setTimeout(resolve, ms))
`;
const from = head.split('\n').length;

/** Programs, and what each prints; `line` is where it fails in a browser in which nothing can wait. */
const programs = {
  'run_sync() on a promise of a second': {
    code: 'began = time.time()\nrun_sync(later(1000))\nprint(time.time() - began > 0.99)',
    prints: 'True\n',
    line: 2,
  },
  'run_sync() on a coroutine': { code: 'print(run_sync(asyncio.sleep(1, "slept")))', prints: 'slept\n', line: 1 },
  'run_sync() on a promise with work between': {
    code: 'for i in range(5):\n    busy(0.06)\n    run_sync(later(60))\nprint("all")',
    prints: 'all\n',
    line: 3,
  },
  'run_sync() on a promise that fails': {
    code: 'try: run_sync(js.Promise.reject(js.Error.new("no")))\nexcept Exception as error: print(type(error).__name__, error)',
    prints: 'JsException Error: no\n',
    line: null,
  },
  'asyncio.run()': {
    code: 'async def main():\n    await asyncio.sleep(0.3)\n    busy()\n    return 7\nprint(asyncio.run(main()))',
    prints: '7\n',
    line: 5,
  },
  'tasks that compute for long beside each other': {
    code: `async def work(name):
    for i in range(3):
        busy(0.08)
        await asyncio.sleep(0.01)
    return name
async def main():
    task = asyncio.create_task(work("task"))
    busy()
    print(await asyncio.gather(work("a"), work("b")), await task)
asyncio.run(main())`,
    prints: "['a', 'b'] task\n",
    line: 10,
  },
  'tasks that compute while the program sleeps': {
    code: `async def work():
    busy(0.3)
    print("worked")
task = asyncio.ensure_future(work())
time.sleep(0.6)
busy()
print("slept", task.done())`,
    prints: 'worked\nslept True\n',
    without: 'slept False\n',
  },
  'a function that a timer calls': {
    code: 'def f():\n    busy()\n    print("called")\njs.setTimeout(create_proxy(f), 10)\ntime.sleep(0.5)\nbusy()\nprint("end")',
    prints: 'called\nend\n',
    without: 'end\n',
  },
  'a function that a promise calls': {
    code: `def f(x):
    busy()
    time.sleep(0.06)
    busy()
    return x + 1
print(run_sync(js.Promise.resolve(1).then(f)))`,
    prints: '2\n',
    line: 6,
  },
  'a function that a promise calls while the program computes and sleeps': {
    code: `def f(x):
    busy()
    print("called")
later(10).then(f)
later(20).then(f)
time.sleep(0.1)
busy()
time.sleep(0.6)
print("end")`,
    prints: 'called\ncalled\nend\n',
    without: 'end\n',
  },
  'a function that listens to an event': {
    code: `def f(event):
    busy()
    time.sleep(0.06)
    print("heard", event.type)
js.globalThis.addEventListener("news", create_proxy(f))
js.globalThis.dispatchEvent(js.Event.new("news"))
busy()
print("end")`,
    prints: 'heard news\nend\n',
  },
  'waiting in a function that JavaScript calls': {
    code: `def f(*_):
    try: run_sync(later(10))
    except RuntimeError as error: print(type(error).__name__)
js.Array.of(1).map(create_proxy(f))
busy()
print("end")`,
    prints: 'RuntimeError\nend\n',
  },
  'waiting in a function that a promise calls': {
    code: `def f(*_):
    run_sync(later(10))
async def main():
    try: print(await later(10).then(f))
    except RuntimeError as error: print(type(error).__name__)
asyncio.run(main())
busy()
print("end")`,
    // Pyodide drops the exceptions of such functions.
    prints: 'Unexpected error:\n-1\nend\n',
    tells: /RuntimeError: run_sync\(\) cannot wait in a function that a promise calls/,
    line: 6,
  },
  'an error in a function that a timer calls': {
    code: 'def f():\n    1 / 0\njs.setTimeout(create_proxy(f), 10)\ntime.sleep(0.3)\nprint("end")',
    prints: 'end\n',
    tells: /ZeroDivisionError: division by zero/,
  },
};

const pages = { '/lesson.html': panelPage(['print(1)']) };

inEachBrowser('waiting and being called', async (browser, t) => {
  const site = await openSite({ pages });
  const page = await browser.open(`${site.url}/lesson.html`);
  await page.waitFor(() => Boolean(document.querySelector('unroll-panel')?.run));
  const run = (code) => page.evaluate(runHere, code);
  const starts = () => page.evaluate(() => document.querySelector('unroll-panel').runtime.starts);
  await run('print(1)');
  const before = await starts();
  const waits = await page.evaluate(() => document.querySelector('unroll-panel').runtime.canAsk);
  for (const [what, { code, prints, line, without, tells }] of Object.entries(programs))
    await t.test(`${what} ${waits ? 'where programs can wait' : 'where nothing can wait'}`, async () => {
      const { status, stdout, stderr, error } = await run(head + code);
      if (!waits && line) {
        assert.deepEqual([error?.type, error?.line], ['RuntimeError', from + line - 1], stderr);
      } else if (waits || line !== null) {
        assert.equal(stdout, waits ? prints : (without ?? prints), stderr);
        assert.equal(status, 'ok', stderr);
        if (tells && waits) assert.match(stderr, tells);
        else assert.equal(stderr, '');
      }
      assert.equal((await run('print("next")')).stdout, 'next\n');
      assert.equal(await starts(), before, 'Python was not started again');
    });
});
