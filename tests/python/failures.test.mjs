// What is told of programs whose exceptions misbehave: they are ordinary errors.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startPython } from './pyodide.mjs';

const python = await startPython();
const runner = python.pyodide.pyimport('unroll.runner');
after(() => runner?.destroy());

/** Runs a program: how it ended, and what it wrote. */
function run(code) {
  const lines = [];
  python.pyodide.setStdout({ batched: (line) => lines.push(line) });
  python.pyodide.setStderr({ batched: (line) => lines.push(line) });
  const report = JSON.parse(runner.run_main(code));
  python.pyodide.setStdout();
  python.pyodide.setStderr();
  return { ...report, written: lines.join('\n') };
}

/** Programs, the type of error that the page hears of, and its line. */
const programs = {
  'a __str__ that raises': ['class E(Exception):\n    def __str__(self): raise ValueError(1)\nraise E', 'E', 3],
  'a __str__ that interrupts': ['class E(Exception):\n    def __str__(self): raise KeyboardInterrupt\nraise E', 'E', 3],
  'a __str__ that gives no text': ['class E(Exception):\n    def __str__(self): return 3\nraise E', 'E', 3],
  'a __str__ without an end': ['class E(Exception):\n    def __str__(self): return self.__str__()\nraise E', 'E', 3],
  'a __repr__ without an end': [
    'class A:\n    def __repr__(self): return self.__repr__()\nraise ValueError(A())',
    'ValueError',
    3,
  ],
  'a __format__ that raises': ['class A:\n    def __format__(self, spec): raise OSError\nf"{A()}"', 'OSError', 2],
  'a __hash__ that raises': ['class A:\n    def __hash__(self): raise OSError\n{A()}', 'OSError', 2],
  'an exception that is equal to all': [
    'class E(Exception):\n    def __eq__(self, other): raise OSError\n    __hash__ = None\nraise E from E()',
    'E',
    4,
  ],
  'args that are replaced': ['e = KeyError(1)\ne.args = ()\nraise e', 'KeyError', 3],
  'a circle of causes': ['a, b = KeyError(1), KeyError(2)\na.__cause__, b.__cause__ = b, a\nraise a', 'KeyError', 3],
  'notes that are none': ['e = KeyError(1)\ne.__notes__ = 3\nraise e', 'KeyError', 3],
  'a group of errors': ['raise ExceptionGroup("both", [KeyError(1), OSError(2)])', 'ExceptionGroup', 1],
  'wrong syntax without a place': ['e = SyntaxError("mine")\ne.lineno = "x"\nraise e', 'SyntaxError', null],
  'wrong syntax of nothing': ['raise SyntaxError(None)', 'SyntaxError', 1],
  'an interrupt of its own': ['raise KeyboardInterrupt', 'KeyboardInterrupt', 1],
  'an end of a generator': ['raise GeneratorExit', 'GeneratorExit', 1],
  'an exit with a text': ['import sys\nsys.exit("words")', 'SystemExit', 2],
  'an exit with a number': ['raise SystemExit(3)', 'SystemExit', 1],
  'an exit with 0.0, which is no number of the system': ['raise SystemExit(0.0)', 'SystemExit', 1],
  'an exit with an object that cannot be written': [
    'class A:\n    def __str__(self): raise OSError\nraise SystemExit(A())',
    'SystemExit',
    3,
  ],
};

for (const [what, [code, type, line]] of Object.entries(programs))
  test(`${what} is an ordinary error`, () => {
    const report = run(code);
    assert.deepEqual([report.status, report.type], ['error', type], report.traceback);
    if (line !== null && type !== 'SyntaxError') assert.equal(report.line, line);
    assert.equal(typeof report.message, 'string');
    assert.equal(run('print("again")').written, 'again');
  });

test('exits with nothing, 0 and False end well', () => {
  for (const code of ['', '0', 'None', 'False']) assert.equal(run(`raise SystemExit(${code})`).status, 'ok', code);
});

test("a program's own sys.excepthook prints the error in place of Python, in this run only", () => {
  const hook =
    'import sys\nsys.excepthook = lambda kind, error, steps: print("mine", kind.__name__, steps.tb_lineno)\n';
  const own = run(`${hook}1 / 0`);
  assert.deepEqual(
    [own.type, own.line, own.traceback, own.written],
    ['ZeroDivisionError', 3, '', 'mine ZeroDivisionError 3'],
  );
  assert.match(run('1 / 0').traceback, /ZeroDivisionError: division by zero/);
  const broken = run('import sys\nsys.excepthook = lambda *_: 1 / 0\n[][1]');
  assert.match(broken.written, /^Error in sys\.excepthook:\n.*ZeroDivisionError.*Original exception was:$/s);
  assert.match(broken.traceback, /IndexError/);
});
