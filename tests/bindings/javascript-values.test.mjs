// Functions and methods of the JavaScript package: values of real PyTorch, gradients, arguments by place and by name.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as torch from '../../build/npm/unroll.js';

const golden = JSON.parse(readFileSync(new URL('../golden/data/javascript.json', import.meta.url), 'utf8'));
const F = torch.nn.functional;
const int64 = { dtype: torch.int64 };

const values = {
  softmax: (x) => x.softmax(1),
  logSoftmax: (x) => F.logSoftmax(x, { dim: -1 }),
  sum: (x) => x.sum(1, { keepdim: true }),
  std: (x) => x.std(0),
  max: (x) => x.max(1).values,
  argmax: (x) => x.argmax({ dim: 1 }),
  topk: (x) => x.topk(2, { dim: 1 }).values,
  sort: (x) => x.sort(1, { descending: true }).values,
  matmul: (x, y) => x.matmul(y.T),
  cat: (x, y) => torch.cat([x, y], 1),
  stack: (x, y) => torch.stack([x, y], { dim: 2 }),
  where: (x, y) => torch.where(x.gt(y), x, 0),
  clamp: (x) => x.clamp({ min: 0.1, max: 1 }),
  gather: (x) => x.gather(1, torch.tensor([[0], [2], [1]], int64)),
  div: (x, y) => torch.div(x, y, { roundingMode: 'floor' }),
  norm: (x) => x.norm({ p: 1, dim: 1 }),
  cumsum: (x) => x.cumsum(0),
  index: (x) => x.at(':', [2, 0]),
  slice: (x) => x.at('1:', '::2'),
  mask: (x) => x.at(x.gt(0)),
  gelu: (x) => F.gelu(x, { approximate: 'tanh' }),
  crossEntropy: (x) => F.crossEntropy(x, torch.tensor([0, 3, 1], int64), { reduction: 'none' }),
  klDiv: (x, y) => F.klDiv(x.logSoftmax(1), y.softmax(1), { reduction: 'batchmean' }),
  layerNorm: (x) => F.layerNorm(x, [4]),
  conv1d: (x, y) => F.conv1d(x.at(null), y.reshape(2, 3, 2), { padding: 1, dilation: 2 }),
  isclose: (x) => torch.isclose(x, x.round(), { atol: 0.2 }),
  tril: (x) => x.tril(-1),
  logsumexp: (x) => x.logsumexp(1),
  rand: () => torch.rand(2, 2),
  randperm: () => torch.randperm(7),
  multinomial: (x) => x.softmax(1).multinomial(2),
  roll: (x) => x.roll(1, 0),
  meshgrid: () => torch.stack(torch.meshgrid([torch.arange(2), torch.arange(3)], { indexing: 'xy' })),
};

test('functions and methods give the values of PyTorch', () => {
  assert.deepEqual(Object.keys(values), Object.keys(golden.values));
  for (const [name, make] of Object.entries(values)) {
    torch.manualSeed(3);
    const found = make(torch.randn(3, 4), torch.randn(3, 4));
    const expected = golden.values[name];
    assert.deepEqual(found.shape, expected.shape, name);
    const given = [...found.toTypedArray()];
    for (const [i, value] of expected.values.entries())
      assert.ok(Math.abs(given[i] - value) <= 1e-5, `${name}: value ${i} is ${given[i]}, PyTorch has ${value}`);
  }
});

test('a convolution starts with the weights of PyTorch', () => {
  torch.manualSeed(0);
  const layer = new torch.nn.Conv1d(2, 4, 3, { padding: 1, groups: 2 });
  assert.equal(String(layer), golden.layers.text);
  assert.ok(Math.abs(layer(torch.ones(2, 5)).sum().item() - golden.layers.sum) < 1e-5);
});

test('an argument may stand in its place or be named, and a wrong name is told', () => {
  const x = torch.arange(6).reshape(2, 3).float();
  for (const made of [
    x.sum(1, true),
    x.sum(1, { keepdim: true }),
    x.sum({ dim: 1, keepdim: true }),
    x.sum({ axis: 1, keepdims: true }),
  ])
    assert.deepEqual(made.tolist(), [[3], [12]]);
  assert.deepEqual(torch.sum(x, { dim: [0, 1] }).item(), 15);
  assert.throws(() => x.sum({ dimension: 1 }), {
    name: 'TypeError',
    message: "sum() got an unexpected option 'dimension'. Its arguments are dim, keepdim, dtype.",
  });
  assert.throws(() => x.sum(1, { dim: 0 }), /multiple values for argument 'dim'/);
  assert.throws(() => x.sum(1, true, null, 5), /sum\(\) takes 3 arguments, but 4 were given/);
});

test('a gradient is that of finite differences', () => {
  const functions = {
    tanh: (x) => x.tanh().sum(),
    lstm: (() => {
      torch.manualSeed(4);
      const lstm = new torch.nn.LSTM(3, 4, { dtype: torch.float64, bidirectional: true });
      return (x) =>
        lstm(x.reshape(2, 1, 3))[0]
          .pow(2)
          .sum();
    })(),
    matmul: (x) => x.reshape(2, 3).matmul(x.reshape(3, 2)).sin().sum(),
    at: (x) => x.at('1::2').mul(x.at(0)).exp().sum(),
  };
  for (const [name, f] of Object.entries(functions)) {
    const start = [0.3, -0.2, 0.5, 0.9, -0.7, 0.1];
    const x = torch.tensor(start, { dtype: 'float64', requiresGrad: true });
    f(x).backward();
    const grads = x.grad.tolist();
    for (const [i, value] of start.entries()) {
      const at = (v) => f(torch.tensor(start.with(i, v), { dtype: 'float64' })).item();
      const slope = (at(value + 1e-6) - at(value - 1e-6)) / 2e-6;
      assert.ok(Math.abs(slope - grads[i]) < 1e-6, `${name}: gradient ${i} is ${grads[i]}, differences say ${slope}`);
    }
  }
});

test('noGrad stops recording, also after an error, and grad() gives gradients without touching leaves', () => {
  const x = torch.tensor([2], { requiresGrad: true });
  assert.equal(torch.noGrad(() => x.mul(3)).requiresGrad, false);
  assert.throws(() => torch.noGrad(() => x.matmul(torch.zeros(2, 2))));
  assert.equal(torch.isGradEnabled(), true);
  const guard = torch.noGrad();
  assert.equal(torch.isGradEnabled(), false);
  guard[Symbol.dispose]();
  assert.equal(torch.isGradEnabled(), true);
  const [first] = torch.autograd.grad(x.pow(3), x, { createGraph: true });
  const [second] = torch.autograd.grad(first, x);
  assert.deepEqual([first.item(), second.item(), x.grad], [12, 12, null]);
});

test('a hook sees the gradient and may change it, and its error is thrown by backward()', () => {
  const x = torch.tensor([1, 2], { requiresGrad: true });
  x.mul(3).sum().backward();
  x.grad = null;
  x.registerHook((grad) => grad.mul(2));
  x.mul(3).sum().backward();
  assert.deepEqual(x.grad.tolist(), [6, 6]);
  x.registerHook(() => {
    throw new Error('mine');
  });
  assert.throws(() => x.sum().backward(), /^Error: mine$/);
});

test('what a tensor is made of decides its dtype', () => {
  const dtypeOf = (data) => torch.tensor(data).dtype.name;
  assert.deepEqual(
    [[1, 2], [1.5], [true], [1n], new Int32Array(2), new Float64Array(2), new Uint8Array(2), 3].map(dtypeOf),
    ['float32', 'float32', 'bool', 'int64', 'int32', 'float64', 'uint8', 'float32'],
  );
  assert.deepEqual(torch.tensor([new Float32Array([1, 2]), [3, 4]]).tolist(), [
    [1, 2],
    [3, 4],
  ]);
  assert.equal(torch.arange(3).dtype, torch.int64);
  assert.equal(torch.arange(0, 1, 0.5).dtype, torch.float32);
  assert.equal(torch.tensor([2n ** 62n + 1n]).item(), 2n ** 62n + 1n);
});

test('at() and setAt() read and write what Python reads and writes in brackets', () => {
  const x = torch.arange(24).reshape(2, 3, 4);
  assert.equal(x.at(1, -1, 0).item(), 20);
  assert.deepEqual(x.at('...', 0).tolist(), [
    [0, 4, 8],
    [12, 16, 20],
  ]);
  assert.deepEqual(x.at(0, torch.slice(1, 3), '2:').tolist(), [
    [6, 7],
    [10, 11],
  ]);
  assert.deepEqual(x.at(null).shape, [1, 2, 3, 4]);
  assert.deepEqual(x.at(0, [0, 2], [1, 3]).tolist(), [1, 11]);
  const y = torch.zeros(2, 3);
  y.setAt([':', 1], 5)
    .setAt(0, torch.tensor([1, 2, 3]))
    .setAt(
      [
        torch.tensor([
          [false, false, true],
          [true, false, false],
        ]),
      ],
      9,
    );
  assert.deepEqual(y.tolist(), [
    [1, 2, 9],
    [9, 5, 0],
  ]);
  y.at(0).fill_(7);
  assert.deepEqual(y.at(0).tolist(), [7, 7, 7]);
  assert.throws(() => x.at(5), { name: 'IndexError', message: 'index 5 is out of bounds for dimension 0 with size 2' });
  assert.throws(() => x.at('1.5:'), /'1.5:' is no index/);
});

test('a file of torch.save is read, and one for torch.load is written', () => {
  const file = readFileSync(new URL('../golden/data/javascript.pt', import.meta.url));
  const state = torch.load(file);
  const found = Object.entries(state).map(([name, value]) => [name, value.tolist()]);
  assert.deepEqual(Object.fromEntries(found), golden.saved);
  const again = torch.load(torch.save({ ...state, empty: torch.zeros(0, 2) }, { format: 'pt' }));
  assert.deepEqual(again.empty.shape, [0, 2]);
  for (const [name, value] of Object.entries(state)) assert.ok(torch.equal(value, again[name]), name);
  assert.throws(() => torch.save({ a: 1 }), /'a' is number/);
  assert.throws(() => torch.save({}, { format: 'npz' }), /save\(\) writes 'safetensors' and 'pt', not 'npz'/);
});

test('packed sequences of different lengths run as each of them alone', () => {
  torch.manualSeed(0);
  const { packPaddedSequence, padPackedSequence, padSequence } = torch.nn.utils.rnn;
  const gru = new torch.nn.GRU(2, 3, { batchFirst: true });
  const sequences = [2, 4, 3].map((length) => torch.randn(length, 2));
  const padded = padSequence(sequences, { batchFirst: true });
  const packed = packPaddedSequence(padded, [2, 4, 3], { batchFirst: true, enforceSorted: false });
  const [output, hidden] = gru(packed);
  const [together, lengths] = padPackedSequence(output, { batchFirst: true });
  assert.deepEqual(lengths.tolist(), [2, 4, 3]);
  for (const [i, sequence] of sequences.entries()) {
    const [alone, last] = gru(sequence);
    assert.ok(torch.allclose(together.at(i, `:${sequence.size(0)}`), alone, { atol: 1e-6 }));
    assert.ok(torch.allclose(hidden.at(0, i), last.at(0), { atol: 1e-6 }));
  }
});

test('cells step as the layers do, with and without a batch', () => {
  torch.manualSeed(0);
  const lstm = new torch.nn.LSTM(2, 3);
  const cell = new torch.nn.LSTMCell(2, 3);
  const weights = Object.fromEntries(
    Object.entries(lstm.stateDict()).map(([name, value]) => [name.replace('_l0', ''), value]),
  );
  cell.loadStateDict(weights);
  const x = torch.randn(4, 1, 2);
  let state = null;
  for (const step of x) state = cell(step, state);
  const [, [h, c]] = lstm(x);
  assert.ok(torch.allclose(state[0], h.at(0)) && torch.allclose(state[1], c.at(0)));
  assert.deepEqual(new torch.nn.GRUCell(2, 3)(torch.randn(2)).shape, [3]);
});

test('a state goes out as safetensors and comes back, and what does not fit says so in the words of PyTorch', () => {
  const make = () =>
    new torch.nn.Sequential({ hiddenLayer: new torch.nn.Linear(2, 3), norm: new torch.nn.BatchNorm1d(3) });
  const [one, other] = [make(), make()];
  const bytes = torch.save(one.stateDict());
  other.loadStateDict(torch.load(bytes));
  const state = other.stateDict();
  assert.deepEqual(Object.keys(state).slice(0, 2), ['hidden_layer.weight', 'hidden_layer.bias']);
  assert.ok(Object.entries(one.stateDict()).every(([name, value]) => torch.equal(value, state[name])));
  assert.equal(state['norm.num_batches_tracked'].dtype, torch.int64);
  const { 'hidden_layer.bias': _, ...rest } = state;
  assert.throws(
    () => other.loadStateDict({ ...rest, more: torch.zeros(1), 'hidden_layer.weight': torch.zeros(1, 2) }),
    {
      name: 'RuntimeError',
      message:
        'Error(s) in loading state_dict for Sequential:\n\tUnexpected key(s) in state_dict: "more". ' +
        '\n\tMissing key(s) in state_dict: "hidden_layer.bias". ' +
        '\n\tsize mismatch for hidden_layer.weight: copying a param with shape torch.Size([1, 2]) from checkpoint, ' +
        'the shape in current model is torch.Size([3, 2]).',
    },
  );
  assert.throws(() => torch.load(new Uint8Array([80, 75, 3, 4, 0, 0, 0, 0, 0])), /failed finding central directory/);
  assert.throws(() => torch.load(new Uint8Array(4)), /got 4 bytes/);
});
