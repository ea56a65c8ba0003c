// unroll.clean_state: what a program leaves in Python does not meet the next one.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { startPython } from './pyodide.mjs';

let runner;
let printed;

before(async () => {
  const { pyodide } = await startPython();
  const decoder = new TextDecoder();
  const write = (bytes) => {
    printed += decoder.decode(bytes);
    return bytes.length;
  };
  pyodide.setStdout({ write });
  pyodide.setStderr({ write });
  runner = pyodide.pyimport('unroll.runner');
  runner.settle();
});

/** Runs a program: how it ended, and what it printed. */
function run(code, around = {}, name = 'main.py') {
  printed = '';
  return { ...JSON.parse(runner.run_main(code, name, JSON.stringify(around))), printed };
}

/** What a program prints that runs before, and then behind one that leaves something. */
function beforeAndAfter(leave, show) {
  const first = run(show).printed;
  const left = run(leave);
  assert.equal(left.status, 'ok', left.traceback);
  return [first, run(show).printed];
}

const leaves = [
  ['functions of torch', 'torch.add = None', 'print(torch.add)'],
  [
    'methods of classes',
    'torch.Tensor.sum = lambda self: 7\ntorch.Tensor.item = 3',
    'print(torch.ones(2).sum().item())',
  ],
  ['methods that were not there', 'torch.Tensor.shout = print', 'print(hasattr(torch.Tensor, "shout"))'],
  ['methods that are taken away', 'del torch.Tensor.__len__', 'print(len(torch.ones(3)))'],
  ['names of modules', 'torch.extra = 1', 'print(hasattr(torch, "extra"))'],
  ['functions of the standard library', 'import glob\nglob.glob = None', 'import glob\nprint(glob.glob)'],
  [
    'the code of a function',
    'import os.path\nos.path.join.__code__ = (lambda a, *p: "x").__code__',
    'import os.path\nprint(os.path.join("a", "b"))',
  ],
  [
    'defaults of a function',
    'import json\njson.dumps.__kwdefaults__["indent"] = 7',
    'import json\nprint(json.dumps({"a": 1}))',
  ],
  [
    'modules that it takes out',
    'import sys\nsys.modules.clear()',
    'import sys, json, torch\nprint(len(sys.modules) > 100, torch.ones(1))',
  ],
  [
    'modules that it puts in',
    'import sys, types\nsys.modules["fake"] = types.ModuleType("fake")',
    'import sys\nprint("fake" in sys.modules)',
  ],
  [
    'builtins',
    'import builtins\nbuiltins.len = None\nbuiltins.extra = 1',
    'import builtins\nprint(len([1]), hasattr(builtins, "extra"))',
  ],
  [
    'the environment',
    'import os\nos.environ["LEFT"] = "1"\nos.environ.pop("HOME", 0)',
    'import os\nprint(os.environ.get("LEFT"), os.environ.get("HOME"), os.getenv("LEFT"))',
  ],
  [
    'search paths',
    'import sys\nsys.path.append("/tmp")\nsys.meta_path.pop()',
    'import sys\nprint("/tmp" in sys.path, len(sys.meta_path))',
  ],
  ['streams', 'import sys\nsys.stdout = None', 'print("here")'],
  [
    'hooks',
    'import sys\nsys.excepthook = sys.displayhook = sys.unraisablehook = None',
    'import sys\nprint(sys.excepthook, sys.displayhook, sys.unraisablehook)',
  ],
  ['the limit of recursion', 'import sys\nsys.setrecursionlimit(100)', 'import sys\nprint(sys.getrecursionlimit())'],
  [
    'tracing',
    'import sys\nsys.setprofile(lambda *a: None)\nsys.settrace(lambda *a: None)',
    'import sys\nprint(sys.getprofile(), sys.gettrace())',
  ],
  [
    'filters of warnings',
    'import warnings\nwarnings.simplefilter("error")',
    'import warnings\nprint(warnings.filters)',
  ],
  ['random numbers of Python', 'import random\nrandom.random = lambda: 4', 'import random\nprint(random.random() < 1)'],
  [
    'logging',
    'import logging\nlogging.basicConfig(level=10)\nlogging.getLogger("x").disabled = True',
    'import logging\nprint(logging.root.handlers, logging.root.level, logging.getLogger("x").disabled)',
  ],
  [
    'precision of decimals',
    'import decimal\ndecimal.getcontext().prec = 3',
    'import decimal\nprint(decimal.Decimal(1) / 3)',
  ],
  [
    'the collector of garbage',
    'import gc\ngc.disable()\ngc.set_threshold(1)\ngc.callbacks.append(print)',
    'import gc\nprint(gc.isenabled(), gc.get_threshold(), gc.callbacks)',
  ],
  [
    'signals',
    'import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)',
    'import signal\nprint(signal.getsignal(signal.SIGTERM))',
  ],
  ['the mask of new files', 'import os\nos.umask(0o77)', 'import os\nprint(os.umask(0o22))'],
  ['switches of torch', 'torch.backends.cudnn.enabled = False', 'print(torch.backends.cudnn.enabled)'],
  [
    'dtype and gradients',
    'torch.set_default_dtype(torch.float64)\ntorch.set_grad_enabled(False)',
    'print(torch.zeros(1).dtype, torch.is_grad_enabled())',
  ],
  ['how tensors are printed', 'torch.set_printoptions(precision=1, sci_mode=True)', 'print(torch.tensor([1.25]))'],
  ['lists of modules', 'import string\nstring.__all__.clear()', 'from string import *\nprint(digits)'],
  [
    'plots',
    'import matplotlib.pyplot as plt\nplt.rcParams["lines.linewidth"] = 9\nplt.plot = None',
    'import matplotlib.pyplot as plt\nprint(plt.rcParams["lines.linewidth"], callable(plt.plot))',
  ],
];

for (const [what, leave, show] of leaves)
  test(`a program does not meet what another one did to ${what}`, () => {
    const [first, second] = beforeAndAfter(`import torch\n${leave}`, `import torch\n${show}`);
    // Addresses of objects are their own.
    assert.equal(second, first);
    assert.notEqual(second, '');
  });

test('a program ends in its own words although it changed what writes them', () => {
  for (const leave of [
    'import json\njson.dumps = None',
    'import traceback\ntraceback.TracebackException.format = None',
  ]) {
    const { status, type, line, traceback } = run(`${leave}\n1 / 0`);
    assert.deepEqual([status, type, line], ['error', 'ZeroDivisionError', 3]);
    assert.match(traceback, /line 3, in <module>/);
  }
  assert.equal(run('import json\njson.dumps = json.JSONEncoder.encode = None').status, 'ok');
});

test('a module that a program imports stays loaded, as it was behind its import', () => {
  run('import colorsys\nprint(id(colorsys))');
  const first = run('import colorsys\nprint(id(colorsys))').printed;
  run('import colorsys\ncolorsys.rgb_to_hsv = None');
  assert.equal(run('import colorsys\nprint(id(colorsys))').printed, first);
  assert.equal(run('import colorsys\nprint(colorsys.rgb_to_hsv(1, 1, 1))').printed, '(0.0, 0.0, 1)\n');
});

test('what one import does to another module stays', () => {
  run('import xml.etree.ElementTree');
  assert.equal(run('import xml.etree.ElementTree\nprint(xml.etree.ElementTree.Element("a").tag)').printed, 'a\n');
});

test('programs of a session go on from what the others changed, also when another program ran between', () => {
  const session = { session: 'a' };
  run('import torch, glob\ntorch.Tensor.shout = lambda self: "A"\nglob.glob = 5\nx = torch.ones(2)', session, 'one.py');
  const show = 'import glob\nprint(x.shout(), glob.glob)';
  assert.equal(run(show, session, 'two.py').printed, 'A 5\n');
  assert.equal(
    run('import torch, glob\nprint(hasattr(torch.Tensor, "shout"), glob.glob == 5)').printed,
    'False False\n',
  );
  assert.equal(run(show, session, 'two.py').printed, 'A 5\n');
  assert.equal(run('import torch\nprint(hasattr(torch.Tensor, "shout"))', { session: 'b' }).printed, 'False\n');
  assert.equal(run(show, { ...session, fresh: true }, 'two.py').type, 'NameError');
});

test('hooks of gradients live in a session while another program runs', () => {
  const session = { session: 'hooks' };
  run('import torch\nx = torch.ones(2, requires_grad=True)\ny = x * 2\ny.register_hook(lambda g: g * 10)', session);
  run('import torch\nz = torch.ones(1, requires_grad=True)\nz.register_hook(lambda g: g)\nz.sum().backward()');
  assert.equal(run('y.sum().backward()\nprint(x.grad)', session).printed, 'tensor([20., 20.])\n');
});
