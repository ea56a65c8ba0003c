// Programs that end, or leave things behind, in odd ways: an ordinary message, a panel that goes on, and a next program that is right.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onePanel, runCode } from './browser.mjs';

const { page, problems } = await onePanel();
const starts = () => page.$eval('unroll-panel', (panel) => panel.runtime.starts);

/** A program with what it prints, what stands in its errors, and how it ends (`[type, line, message]`; well where left out). */
const programs = {
  'a coroutine that is never awaited': {
    code: 'async def f(): pass\nf()\nprint("end")',
    prints: 'end\n',
    tells: /^main\.py:2: RuntimeWarning: coroutine 'f' was never awaited$/m,
  },
  'a coroutine that is kept and never awaited': { code: 'async def f(): pass\nx = f()\nprint("end")', prints: 'end\n' },
  'a generator that is not exhausted': {
    code: 'def g():\n    try: yield 1\n    finally: 1 / 0\nx = g()\nnext(x)\nprint("end")',
    prints: 'end\n',
  },
  'a generator that ignores its end': {
    code: 'def g():\n    while True:\n        try: yield 1\n        except GeneratorExit: pass\nx = g()\nnext(x)\ndel x\nprint("end")',
    prints: 'end\n',
    tells: /generator ignored GeneratorExit/,
  },
  'an asynchronous generator that is not exhausted': {
    code: 'async def g():\n    yield 1\n    yield 2\nx = g()\ntry: x.asend(None).send(None)\nexcept StopIteration as end: print(end.value)',
    prints: '1\n',
  },
  'a __del__ that raises': {
    code: 'class A:\n    def __del__(self): 1 / 0\nA()\nprint("end")',
    prints: 'end\n',
    tells: /Exception ignored .*__del__[\s\S]*File "main\.py", line 2, in __del__[\s\S]*ZeroDivisionError/,
  },
  'a callback of a weak reference that raises': {
    code: 'import weakref\nclass A: pass\na = A()\nr = weakref.ref(a, lambda _: 1 / 0)\ndel a\nprint("end")',
    prints: 'end\n',
    tells: /Exception ignored .*weakref callback[\s\S]*ZeroDivisionError/,
  },
  'functions for its end': {
    code: 'import atexit\natexit.register(print, "last")\natexit.register(print, "first", sep="")\natexit.unregister(len)\nprint("end")',
    prints: 'end\nfirst\nlast\n',
  },
  'functions for its end that raise and exit': {
    code: 'import atexit, sys\natexit.register(print, "last")\natexit.register(lambda: 1 / 0)\natexit.register(sys.exit, 3)\nprint("end")',
    prints: 'end\nlast\n',
    tells:
      /Exception ignored in atexit callback <built-in function exit>:[\s\S]*SystemExit: 3[\s\S]*in <lambda>[\s\S]*ZeroDivisionError/,
  },
  'a function for its end behind an error': {
    code: 'import atexit\natexit.register(print, "last")\n1 / 0',
    prints: 'last\n',
    ends: ['ZeroDivisionError', 3],
  },
  'a sys.unraisablehook of its own': {
    code: 'import sys\nsys.unraisablehook = lambda told: print("hook", told.exc_type.__name__)\nclass A:\n    def __del__(self): 1 / 0\nA()',
    prints: 'hook ZeroDivisionError\n',
  },
  'a sys.unraisablehook that raises': {
    code: 'import sys\ndef hook(_): raise OSError("mine")\nsys.unraisablehook = hook\nclass A:\n    def __del__(self): 1 / 0\nA()\nprint("end")',
    prints: 'end\n',
    tells: /OSError: mine/,
  },
  'a sys.excepthook that is none': { code: 'import sys\nsys.excepthook = None\n1 / 0', ends: ['ZeroDivisionError', 3] },
  'a thread': {
    code: 'import threading\nthreading.Thread(target=print).start()',
    ends: ['RuntimeError', 2, "can't start new thread"],
  },
  'a process of multiprocessing': {
    code: 'import multiprocessing\nmultiprocessing.Process(target=print).start()',
    ends: ['ModuleNotFoundError', 2],
  },
  'os.fork()': { code: 'import os\nos.fork()', ends: ['OSError', 2] },
  subprocess: { code: 'import subprocess\nsubprocess.run(["ls"])', ends: ['OSError', 2] },
  'signal.alarm()': { code: 'import signal\nsignal.alarm(1)', ends: ['AttributeError', 2] },
  'sys.exit() in a hook of backward()': {
    code: 'import sys, torch\nx = torch.ones(2, requires_grad=True)\nx.register_hook(lambda _: sys.exit(3))\nx.sum().backward()',
    ends: ['SystemExit', 3, 'the program exited with code 3'],
  },
  'sys.exit() in __del__': {
    code: 'import sys\nclass A:\n    def __del__(self): sys.exit(3)\nA()\nprint("end")',
    prints: 'end\n',
    tells: /Exception ignored .*[\s\S]*SystemExit: 3/,
  },
  'sys.exit() in a key of sorted()': {
    code: 'import sys\nsorted([2, 1], key=lambda _: sys.exit("words"))',
    ends: ['SystemExit', 2, 'words'],
  },
  'a null pointer of ctypes': {
    code: 'import ctypes\nctypes.cast(0, ctypes.POINTER(ctypes.c_int))[0]',
    ends: ['ValueError', 2, 'NULL pointer access'],
  },
};

for (const [what, { code, prints = '', tells, ends }] of Object.entries(programs))
  test(`${what} is nothing that the next program meets`, async () => {
    await runCode(page, 'print("before")');
    const before = await starts();
    const { status, stdout, stderr, error } = await runCode(page, code);
    assert.equal(stdout, prints, stderr);
    assert.equal(status, ends ? 'error' : 'ok', stderr);
    if (ends) assert.deepEqual([error.type, error.line, error.message].slice(0, ends.length), ends);
    else assert.match(stderr, tells ?? /^$/);
    const next = await runCode(page, 'import torch\nprint(torch.ones(2).sum().item())');
    assert.deepEqual([next.stdout, next.stderr], ['2.0\n', '']);
    assert.equal(await starts(), before, 'Python was not started again');
  });

/** Ends of Python itself, with the code that a shell tells. */
const codes = {
  'os._exit(1)': 1,
  'os._exit(0)': 0,
  'os.abort()': 134,
  'os.kill(os.getpid(), 15)': 143,
  'signal.raise_signal(9)': 137,
};

for (const [call, code] of Object.entries(codes))
  test(`${call} ends the program with its code, and the next one has a Python of its own`, async () => {
    const { status, stdout, stderr, error } = await runCode(
      page,
      `import os, signal\nprint("begin")\n${call}\nprint("never")`,
    );
    assert.deepEqual([status, stdout, stderr], [code ? 'error' : 'ok', 'begin\n', '']);
    if (code) assert.deepEqual([error.type, error.message], ['SystemExit', `the program exited with code ${code}`]);
    const next = await runCode(page, 'import torch\nprint(torch.ones(2).sum().item())');
    assert.deepEqual([next.stdout, next.stderr], ['2.0\n', '']);
  });

test('memory that is not there ends Python with a message, and the next program runs', async () => {
  const { status, error } = await runCode(page, 'import ctypes\nctypes.memset(-8, 1, 100)');
  assert.deepEqual([status, error.type], ['error', 'RuntimeCrash']);
  assert.equal((await runCode(page, 'print("next")')).stdout, 'next\n');
});

test('the page reported no error', () =>
  assert.deepEqual(
    problems.filter((problem) => !/Pyodide|fatal error|memory access|Aborted|JSHandle@error/.test(problem)),
    [],
  ));
