// The small NumPy beside what golden cases can tell: memory, warnings, what it lacks, copies, speed of its streams.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { startPython } from './pyodide.mjs';

const run = (code) => JSON.parse(python.run(`import json, numpy as np, torch\n${code}`));

const python = await startPython();

test('a missing name says by name how to get the real NumPy', () => {
  const message = run(`
try:
    np.fft.rfft([1.0])
except AttributeError as error:
    message = str(error)
json.dumps(message)`);
  assert.match(message, /^numpy\.fft is not part of the small NumPy that is built in; .* dependencies = \["numpy"\]/);
});

test('a division by zero, a logarithm of 0 and an overflow warn in the words of NumPy', () => {
  const warned = run(`
import warnings
with warnings.catch_warnings(record=True) as found:
    warnings.simplefilter("always")
    np.array([1.0, -1.0]) / 0
    np.array([0.0]) / 0
    np.log(np.array([0.0]))
    np.sqrt(np.array([-1.0]))
    np.exp(np.array([1000.0]))
    np.array([1]) // np.array([0])
    np.float64(1) / 0
    np.mean([])
    with np.errstate(all="ignore"):
        np.array([1.0]) / 0
json.dumps([f"{w.category.__name__}: {w.message}" for w in found])`);
  assert.deepEqual(warned, [
    'RuntimeWarning: divide by zero encountered in divide',
    'RuntimeWarning: invalid value encountered in divide',
    'RuntimeWarning: divide by zero encountered in log',
    'RuntimeWarning: invalid value encountered in sqrt',
    'RuntimeWarning: overflow encountered in exp',
    'RuntimeWarning: divide by zero encountered in floor_divide',
    'RuntimeWarning: divide by zero encountered in scalar divide',
    'RuntimeWarning: Mean of empty slice.',
    'RuntimeWarning: invalid value encountered in scalar divide',
  ]);
});

test('arrays and tensors give all their memory back', () => {
  const [before, after] = run(`
import gc
from torch import _C
def work():
    a = np.random.rand(20, 3)
    b = (a[:, 1:] * 2 + 1).T @ a
    t = torch.from_numpy(b).float()
    np.concatenate([a, a]).mean(0), np.sort(a), t.numpy()[0], a[a > 0.5], np.unique([1, 2, 1])
work()
gc.collect()
before = _C.live()
for _ in range(20):
    work()
gc.collect()
json.dumps([before, _C.live()])`);
  assert.equal(after, before);
});

test('arrays survive pickle, copy, deepcopy and files of every element type', () => {
  const same = run(`
import copy, pickle
same = []
for kind in "? i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8 U3".split():
    a = np.array([[0, 1], [1, 0]]).astype(kind)
    np.save("kept.npy", a)
    for b in (pickle.loads(pickle.dumps(a)), copy.copy(a), copy.deepcopy(a), np.load("kept.npy")):
        same.append(a.dtype == b.dtype and np.array_equal(a, b) and b is not a)
json.dumps(same)`);
  assert.equal(same.length, 13 * 4);
  assert.ok(same.every(Boolean));
});

test('a .npy file is the one that NumPy writes', () => {
  const bytes = run(`
np.save("plain.npy", np.array([[1, 2]], dtype=np.int16))
json.dumps(list(open("plain.npy", "rb").read()))`);
  const header = "{'descr': '<i2', 'fortran_order': False, 'shape': (1, 2), }";
  const text = Buffer.from(bytes).toString('latin1');
  assert.equal(text.slice(0, 6), '\x93NUMPY');
  assert.equal(text.slice(10, 10 + header.length), header);
  assert.equal(bytes.length, 128 + 4);
});

test('numbers of 64 bits keep every digit', () => {
  const texts = run(`
a = np.array([2**62 + 1] * 20)
json.dumps([str(a[3]), str(a.tolist()[0]), str(np.uint64(2**64 - 1)), str(a.sum()), str(np.array([2**64 - 1], dtype=np.uint64))])`);
  assert.deepEqual(texts, [
    '4611686018427387905',
    '4611686018427387905',
    '18446744073709551615',
    '20',
    '[18446744073709551615]',
  ]);
});
