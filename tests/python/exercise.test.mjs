// unroll.exercise and unroll.sessions: hidden code around a program, and programs that share a namespace.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { startPython } from './pyodide.mjs';

let runner;

before(async () => {
  const python = await startPython();
  python.pyodide.setStdout({ write: (bytes) => bytes.length });
  python.pyodide.setStderr({ write: (bytes) => bytes.length });
  runner = python.pyodide.pyimport('unroll.runner');
});

/** How a program ends with `around` it: `setup`, `check`, `session`, `fresh`. */
const run = (code, around = {}, name = 'main.py') => JSON.parse(runner.run_main(code, name, JSON.stringify(around)));
const verdict = (code, check) => run(code, { check }).check;

test('a check passes when it ends, and may say its own words', () => {
  assert.deepEqual(verdict('total = 6', 'assert total == 6'), { status: 'passed', message: '', traceback: '' });
  assert.equal(verdict('total = 6', 'passed("Well summed.")').message, 'Well summed.');
});

test("a check that fails gives the author's words, from assert, check and failed alike", () => {
  for (const check of [
    'assert total == 6, "Add all three."',
    'check(total == 6, "Add all three.")',
    'failed("Add all three.")',
    'import unroll\nunroll.check(total == 6, "Add all three.")',
  ]) {
    assert.deepEqual(verdict('total = 5', check), { status: 'failed', message: 'Add all three.', traceback: '' });
  }
});

test('an assert without words says what is not true', () => {
  assert.equal(verdict('total = 5', 'assert (\n  total ==\n  6)').message, 'This is not true yet: total == 6');
});

test('a check knows what was printed and the text of the program, and a name of the program goes before', () => {
  const check = 'assert output == "six\\n", output\nassert "print" in source';
  assert.equal(verdict('print("six")', check).status, 'passed');
  const own = 'import unroll.exercise\nassert output == 3 and unroll.exercise.output == "a\\n"';
  assert.equal(verdict('output = 3\nprint("a")', own).status, 'passed');
  const bytes = 'import sys\nsys.stdout.buffer.write("ä".encode())';
  assert.equal(verdict(bytes, 'assert output == "ä", repr(output)').status, 'passed');
});

test('what setup prints is not the output of the program', () => {
  const check = 'assert output == "mine\\n", repr(output)';
  assert.equal(run('print("mine")', { setup: 'print("hidden")', check }).check.status, 'passed');
});

test("an exception in the program's function fails with its line, a name that is missing with its name", () => {
  const raised = verdict('def half(x):\n    return x / 0', 'assert half(2) == 1');
  assert.equal(raised.status, 'failed');
  assert.match(raised.message, /stopped on line 2: ZeroDivisionError: division by zero/);
  assert.match(raised.traceback, /File "main.py", line 2, in half/);
  assert.doesNotMatch(raised.traceback, /check\.py/);
  const missing = verdict('x = 1', 'assert model.hidden == 4');
  assert.deepEqual(
    [missing.status, missing.message],
    ['failed', 'The check looks for model, which your program does not define.'],
  );
  const asserted = verdict('def f():\n    assert False, "inner"', 'f()');
  assert.match(asserted.message, /line 2: AssertionError: inner/);
});

test('a check that is itself broken says so and gives no verdict', () => {
  for (const check of [
    '1 / 0',
    'assert total = 6',
    'total.none',
    'import none_such',
    'y = y + 1',
    'raise SystemExit',
  ]) {
    const { status, message } = verdict('total = 6', check);
    assert.equal(status, 'error', check);
    assert.match(message, /check of this exercise is broken, so nothing is said about your program/);
  }
  assert.match(verdict('x = 1', 'x = 1\n1 / 0').traceback, /File "check.py", line 2.*\n {4}1 \/ 0/);
});

test('a program that fails or is ended is not checked, one that exits well is', () => {
  assert.equal(run('1 / 0', { check: 'pass' }).check, undefined);
  assert.equal(run('raise SystemExit(2)', { check: 'pass' }).check, undefined);
  assert.equal(run('import sys\nsys.exit()', { check: 'pass' }).check.status, 'passed');
});

test("setup never moves the program's lines, and one that fails is told to be the author's", () => {
  const setup = 'import math\n\n\nvalues = [1, 2]';
  const failed = run('\nprint(values)\nvalues[9]', { setup });
  assert.deepEqual([failed.type, failed.line], ['IndexError', 3]);
  const broken = run('print(1)', { setup: 'a = 1\nb = c' });
  assert.deepEqual([broken.status, broken.type, broken.line], ['error', 'SetupError', null]);
  assert.match(broken.message, /not your program's fault: please tell the author/);
  assert.match(broken.traceback, /File "setup.py", line 2/);
  assert.equal(run('x', { setup: 'def' }).type, 'SetupError');
});

test('a check sees and may change globals, and nothing of it stays in a session', () => {
  const around = { session: 'a', check: 'data = [5]\nassert total() == 5\ndel names' };
  assert.equal(run('data = [1, 2]\nnames = 1\ndef total(): return sum(data)', around).check.status, 'passed');
  assert.equal(run('assert total() == 3 and names == 1', { session: 'a' }).status, 'ok');
});

test('programs of a session share names, others see nothing, and a fresh one begins anew', () => {
  run('x = 41', { session: 's' });
  assert.equal(run('x += 1\nassert x == 42 and __name__ == "__main__"', { session: 's' }).status, 'ok');
  assert.equal(run('x').type, 'NameError');
  assert.equal(run('x', { session: 'other' }).type, 'NameError');
  assert.equal(run('assert x == 42', { session: 's' }).status, 'ok');
  assert.equal(run('x', { session: 's', fresh: true }).type, 'NameError');
});

test("a session's random numbers and settings go on where its last program left them", () => {
  const whole = run(
    'import torch, random\ntorch.manual_seed(1); random.seed(1)\na = torch.rand(2); b = torch.rand(1)',
    {
      session: 'whole',
    },
  );
  assert.equal(whole.status, 'ok');
  const first =
    'import torch, random\ntorch.manual_seed(1); random.seed(1)\na = torch.rand(2)\n' +
    'torch.set_default_dtype(torch.float64); torch.set_default_dtype(torch.float32)\ntorch.set_grad_enabled(False)';
  run(first, { session: 'parts' });
  run('import torch\ntorch.manual_seed(99)\nassert torch.is_grad_enabled()');
  run('b = torch.rand(1)\nassert not torch.is_grad_enabled()', { session: 'parts' });
  const values = (session) => run('raise ValueError(f"{a} {b} {random.random()}")', { session }).message;
  assert.equal(values('parts'), values('whole'));
});

test('a traceback through another program of the session shows its name and its line', () => {
  run('def f(x):\n    return 1 / x', { session: 't' }, 'first.py');
  const { traceback, line } = run('print(1)\n\nf(0)', { session: 't' }, 'second.py');
  assert.match(traceback, /File "second.py", line 3.*\n {4}f\(0\)/);
  assert.match(traceback, /File "first.py", line 2, in f\n {4}return 1 \/ x/);
  assert.equal(line, 3);
});
