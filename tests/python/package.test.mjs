// The package as a package: names that are not here, the engine's comings and goings, what the generator writes.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { pythonOps } from '../../wasm-bindings/generate/python-ops.mjs';
import { zip } from '../../wasm-bindings/generate/zip.mjs';
import { loadEngine } from '../../wasm-bindings/js/engine.mjs';
import { connectEngine } from '../../wasm-bindings/js/python.mjs';
import { startPython } from './pyodide.mjs';

const python = await startPython();
const { find } = python;

test('a name that PyTorch has and Unroll has not says so, with its module', () => {
  const found = find(`
from torch import nn
for name in ["torch.fft", "torch.save", "nn.CrossMapLRN2d", "torch.zeros(1).refine_names", "torch.complex64.code"]:
    try:
        eval(name)() if name == "torch.save" else eval(name)
    except NotImplementedError as error:
        found.append(str(error).split(" is not part of Unroll")[0])
    except TypeError:
        found.append("callable")
`);
  assert.deepEqual(found, [
    'torch.fft',
    'callable',
    'torch.nn.CrossMapLRN2d',
    'torch.Tensor.refine_names',
    'torch.complex64',
  ]);
});

test('importing what is not here says so by name and can be caught as an ImportError', () => {
  const found = find(`
for line in ["import torch.fft", "from torch import fft", "from torch.nn import CrossMapLRN2d", "import torch.fx as d"]:
    try:
        exec(line)
    except ImportError as error:
        found.append([type(error).__name__, isinstance(error, NotImplementedError), str(error).split(" is")[0]])
`);
  assert.deepEqual(
    found,
    ['torch.fft', 'torch.fft', 'torch.nn.CrossMapLRN2d', 'torch.fx'].map((name) => ['NotImplementedError', true, name]),
  );
});

test('hasattr and getattr with a default go on working for names that are not here', () => {
  assert.deepEqual(
    find(
      'found += [hasattr(torch, "fft"), getattr(torch, "fft", 5), hasattr(torch.zeros(1), "refine_names"), hasattr(torch, "zeros")]',
    ),
    [false, 5, false, true],
  );
});

test('a name that PyTorch has not either is an AttributeError', () => {
  const found = find(`
for name in ["torch.zeross", "torch.nn.Linar", "torch.zeros(1).shapee"]:
    try:
        eval(name)
    except AttributeError as error:
        found.append([type(error).__name__, str(error)])
`);
  assert.deepEqual(found, [
    ['AttributeError', "module 'torch' has no attribute 'zeross'"],
    ['AttributeError', "module 'torch.nn' has no attribute 'Linar'"],
    ['AttributeError', "'Tensor' object has no attribute 'shapee'"],
  ]);
});

test('importing torch calls nothing in the engine, so that a memory snapshot can hold it', async () => {
  const { pyodide, run } = await startPython();
  pyodide.unregisterJsModule('_unroll_engine');
  assert.equal(run('import torch; torch.float32.is_floating_point'), true);
});

test('after unbind the next call finds the engine that is there then', async () => {
  const { pyodide, run, engine } = await startPython();
  assert.equal(run('import torch; kept = torch.ones(2); del kept; torch._C.unbind(); torch.ones(3).sum().item()'), 3);
  const other = await loadEngine({ variant: 'simd' });
  run('import torch; torch._C.unbind()');
  connectEngine(pyodide, other);
  run('import torch, builtins; builtins.kept = torch.ones(4)');
  assert.deepEqual([engine.live(), other.live()], [0, 1]);
});

test('without a seed two starts draw different numbers', async () => {
  const draw = async () => (await startPython()).run('import torch; str(torch.rand(4).tolist())');
  assert.notEqual(await draw(), await draw());
});

test('a failed op leaves the tensors it was given as they were', () => {
  assert.deepEqual(
    find(`
x = torch.arange(4.0)
for attempt in ("x.view(3)", "x.add_(torch.zeros(3))", "x[9]", "x.copy_(torch.zeros(5))"):
    try:
        eval(attempt)
    except (RuntimeError, IndexError):
        found.append(x.tolist())
`),
    Array(4).fill([0, 1, 2, 3]),
  );
});

test('every public row of the op table is a function or method of the package', () => {
  const missing = python.engine.table().filter(({ kind, name }) => {
    if (kind === 'internal') return false;
    const place = kind === 'method' ? 'torch.Tensor' : 'torch';
    return !python.run(`import torch; hasattr(${place}, "${name}")`);
  });
  assert.deepEqual(missing, []);
});

test('the generator refuses a parameter of a type that it does not know', () => {
  const row = { op: 0, name: 'free', params: [], returns: 'none', kind: 'internal', doc: '', results: '', facts: '' };
  const others = ['item', 'dtype', 'from_values'].map((name, i) => ({ ...row, op: i + 1, name }));
  const odd = { ...row, op: 4, name: 'odd', params: [{ name: 'x', type: 'quaternion', default: null }] };
  assert.throws(() => pythonOps([row, ...others, odd], []), /unknown type quaternion/);
});

test('the archive writer gives the same bytes for the same files, and Python reads them', () => {
  const files = [
    ['a/b.txt', Buffer.from('hello hello hello')],
    ['c.bin', Buffer.alloc(1000, 7)],
  ];
  const archive = zip(files);
  assert.deepEqual(archive, zip(files));
  python.pyodide.FS.writeFile('t.zip', new Uint8Array(archive));
  const read = `
import json, zipfile
archive = zipfile.ZipFile("t.zip")
json.dumps([archive.namelist(), archive.read("a/b.txt").decode(), len(archive.read("c.bin")), archive.testzip()])
`;
  assert.deepEqual(JSON.parse(python.run(read)), [['a/b.txt', 'c.bin'], 'hello hello hello', 1000, null]);
});

test('a fresh start forgets the settings of the program before', () => {
  assert.deepEqual(
    find(`
import unroll
torch.set_grad_enabled(False)
torch.set_default_dtype(torch.float64)
torch.set_printoptions(precision=1)
torch.manual_seed(0)
before = torch.rand(3).tolist()
torch.manual_seed(0)
unroll.fresh_start()
found += [torch.is_grad_enabled(), str(torch.zeros(1).dtype), str(torch.tensor(0.12345)), torch.rand(3).tolist() == before]
`),
    [true, 'torch.float32', 'tensor(0.1235)', false],
  );
});

test('a warning points at the line of the program', () => {
  const text = python.run(`
import contextlib, io, torch
errors = io.StringIO()
with contextlib.redirect_stderr(errors):
    exec(compile("import torch\\nmodel = torch.nn.LSTM(1, 2, dropout=0.5)", "main.py", "exec"), {"__name__": "__main__"})
errors.getvalue()
`);
  assert.match(text, /^main\.py:2: UserWarning: dropout option adds dropout after all but last recurrent layer/);
});

test('a function of the bridge that was taken before the first call connects once, not at each call', async () => {
  const { run } = await startPython();
  const drawn = run(`
import torch
early = torch._C.live
torch.manual_seed(0)
before = torch.rand(2).tolist()
torch.manual_seed(0)
early()
before == torch.rand(2).tolist()
`);
  assert.equal(drawn, true);
});
