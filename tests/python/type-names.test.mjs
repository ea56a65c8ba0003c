// Messages of Python name types as they do where these are written in C.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameTypes } from '../../wasm-bindings/js/type-names.mjs';
import { startPython } from './pyodide.mjs';

const { pyodide, run } = await startPython();
run('import torch, numpy');
nameTypes(pyodide);

/** Expressions, and what real PyTorch and NumPy say to them. */
const messages = {
  '1 + torch.float32': "unsupported operand type(s) for +: 'int' and 'torch.dtype'",
  'torch.zeros(2).shape - 1': "unsupported operand type(s) for -: 'torch.Size' and 'int'",
  '"a" + torch.zeros(2).shape': 'can only concatenate str (not "torch.Size") to str',
  'range(torch.zeros(2).shape)': "'torch.Size' object cannot be interpreted as an integer",
  'torch.zeros(2).shape.foo': "'torch.Size' object has no attribute 'foo'",
  'torch.float32.foo': "'torch.dtype' object has no attribute 'foo'",
  'torch.float32()': "'torch.dtype' object is not callable",
  'torch.zeros(2).shape < 1': "'<' not supported between instances of 'torch.Size' and 'int'",
  'torch.device("cpu") + 1': "unsupported operand type(s) for +: 'torch.device' and 'int'",
  'torch.Generator() + 1': "unsupported operand type(s) for +: 'torch._C.Generator' and 'int'",
  'numpy.zeros(2).foo': "'numpy.ndarray' object has no attribute 'foo'",
  'numpy.zeros(2)()': "'numpy.ndarray' object is not callable",
  'hash(numpy.zeros(2))': "unhashable type: 'numpy.ndarray'",
  'numpy.float32(1).foo': "'numpy.float32' object has no attribute 'foo'",
  'numpy.int64(1)._foo': "'numpy.int64' object has no attribute '_foo'",
  'numpy.float32(1)()': "'numpy.float32' object is not callable",
  'range(numpy.float32(1))': "'numpy.float32' object cannot be interpreted as an integer",
  '"x".join([numpy.zeros(2)])': 'sequence item 0: expected str instance, numpy.ndarray found',
  'torch.zeros(2).foo': "'Tensor' object has no attribute 'foo'",
};

for (const [expression, message] of Object.entries(messages))
  test(`${expression} fails in the words of the libraries themselves`, () => {
    const code = `import torch, numpy
try:
    ${expression}
    said = "nothing"
except (TypeError, AttributeError) as error:
    said = str(error)
said`;
    assert.equal(run(code), message);
  });

test('the types keep their short names where programs ask for them', () => {
  const code = `import torch, numpy
str([type(torch.zeros(2).shape).__name__, torch.dtype.__name__, repr(numpy.ndarray), type(numpy.float32(1)).__name__])`;
  assert.equal(run(code), `['Size', 'dtype', "<class 'numpy.ndarray'>", 'float32']`);
});
