// What the JavaScript package says to bad input, what it prints, and that its memory comes back.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as torch from '../../build/npm/unroll.js';

const { nn } = torch;

test('bad input is told in the words of PyTorch, by the error classes of JavaScript, at the line of the program', () => {
  const x = torch.zeros(2, 3);
  const cases = [
    [() => x.matmul(x), 'RuntimeError', 'mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)'],
    [() => x.softmax(), 'TypeError', 'softmax() missing 1 required positional arguments: "dim"'],
    [() => torch.tanh([1]), 'TypeError', "tanh(): argument 'input' (position 1) must be Tensor, not Array"],
    [() => x.add('1'), 'TypeError', "add(): argument 'other' (position 2) must be Tensor or number, not string"],
    [() => x.sum(0.5), 'TypeError', "sum(): argument 'dim' (position 2) must be a whole number, not 0.5"],
    [() => x.sum(2), 'IndexError', /^Dimension out of range \(expected to be in range of \[-2, 1\], but got 2\)$/],
    [() => torch.cat([x, 1]), 'TypeError', 'expected Tensor as element 1 in argument 0, but got number'],
    [() => torch.tensor([[1, 2], [3]]), 'ValueError', 'expected sequence of length 2 at dim 1 (got 1)'],
    [() => torch.tensor('1'), 'TypeError', /not string$/],
    [() => torch.zeros(2, -1), 'RuntimeError', 'Trying to create tensor with negative dimension -1: [2, -1]'],
    [() => torch.zeros(2, 1.5), 'TypeError', /found element of type number at pos 1$/],
    [() => new nn.GRU(1, 0), 'ValueError', 'hidden_size must be greater than zero'],
    [() => new nn.Dropout(2), 'ValueError', 'dropout probability has to be between 0 and 1, but got 2'],
    [() => new nn.Module()(x), 'NotImplementedError', 'Module [Module] is missing the required "forward" function'],
    [() => new torch.optim.Adam([]), 'ValueError', 'optimizer got an empty parameter list'],
    [() => new torch.optim.SGD([torch.zeros(1)], { lr: -1 }), 'ValueError', 'Invalid learning rate: -1'],
    [() => x.backward(), 'RuntimeError', /does not require grad/],
    [() => nn.functional.mseLoss(x, x, { reduction: 'avg' }), 'ValueError', 'avg is not a valid value for reduction'],
    [() => new nn.Linear(4, 1)(x), 'RuntimeError', 'mat1 and mat2 shapes cannot be multiplied (2x3 and 4x1)'],
    [() => new torch.Tensor([1]), 'TypeError', /torch\.tensor\(\[1, 2, 3\]\)/],
    [() => x.to('float31'), 'TypeError', /^dtype must be a torch\.DType/],
    [() => Number(x), 'ValueError', 'only one element tensors can be converted to JavaScript numbers'],
  ];
  for (const [run, name, message] of cases) {
    assert.throws(run, { name, message }, String(run));
    try {
      run();
    } catch (error) {
      assert.ok(error instanceof Error && error.stack.includes('javascript-errors.test.mjs'), String(run));
    }
  }
  assert.throws(() => x.sum(2), RangeError);
});

/** Python's text of a golden case in JavaScript; null for one that is more than a tensor of values. */
function translated(code) {
  const [, data, dtype, grad] =
    /^torch\.tensor\(([^a-zA-Z]*(?:(?:True|False|e[-+]?\d|float\("(?:inf|nan)"\))[^a-zA-Z]*)*?)(?:, dtype=(torch\.\w+))?(, requires_grad=True)?\)$/.exec(
      code,
    ) ?? [];
  if (data === undefined || /[()]/.test(data.replace(/float\("\w+"\)/g, ''))) return null;
  const floating = /\.|float|\de/.test(data) || data.replace(/[[\], ]/g, '') === '';
  const values = data
    .replace(/float\("inf"\)/g, 'Infinity')
    .replace(/float\("nan"\)/g, 'NaN')
    .replace(/True/g, 'true')
    .replace(/False/g, 'false');
  const plain = floating || dtype ? values : values.replace(/\d+/g, '$&n');
  return `torch.tensor(${plain}, { dtype: ${dtype ?? 'null'}, requiresGrad: ${grad !== undefined} })`;
}

test('tensors print as those of PyTorch, in the cases that the Python package is held to', () => {
  const cases = JSON.parse(readFileSync(new URL('../golden/data/cases/printing.json', import.meta.url), 'utf8'));
  let count = 0;
  for (const { code, text } of cases) {
    const own = translated(code);
    if (!own || !text?.startsWith('tensor(')) continue;
    count += 1;
    assert.equal(String(new Function('torch', `return ${own}`)(torch)), text, `${code} as ${own}`);
  }
  assert.ok(count >= 30, `only ${count} cases could be read`);
});

test('a long tensor is summarised, a result shows how it was made, and a number in the middle rounds to even', () => {
  assert.equal(String(torch.arange(2000)), 'tensor([   0,    1,    2,  ..., 1997, 1998, 1999])');
  const x = torch.tensor([0.03125, -0.09375, 0.5], { requiresGrad: true });
  assert.equal(String(x), 'tensor([ 0.0312, -0.0938,  0.5000], requires_grad=True)');
  assert.equal(inspect(x.mul(2)), 'tensor([ 0.0625, -0.1875,  1.0000], grad_fn=<MulBackward0>)');
  assert.equal(`${torch.zeros(0, 3)}`, 'tensor([], size=(0, 3))');
  assert.match(
    String(new nn.Linear(1, 1).bias),
    /^Parameter containing:\ntensor\(\[-?0\.\d{4}\], requires_grad=True\)$/,
  );
  assert.equal(x.sum() > 0, true);
});

test('a scope frees what was made in it, but for what it returns, parameters and what is kept', () => {
  const before = torch.memory().tensors;
  let kept;
  const { result, layer } = torch.scope(() => {
    const x = torch.randn(4, 4);
    kept = torch.keep(x.mul(2));
    return { result: [x.matmul(x).sum()], layer: new nn.Linear(2, 2) };
  });
  assert.equal(torch.memory().tensors, before + 4);
  assert.equal(Number.isFinite(result[0].item()), true);
  assert.equal(kept.shape.length, 2);
  for (const tensor of [...result, kept, ...layer.parameters()]) tensor.dispose();
  assert.equal(torch.memory().tensors, before);
  assert.throws(() => kept.add(1), /this tensor was freed/);
  assert.throws(() => torch.scope(async () => {}), /scope\(\) takes a plain function/);
});

test('modules keep their tensors out of a scope that they are returned from, cast, and print alike neighbours once', () => {
  class Counter extends nn.Module {
    layer = new nn.Linear(2, 2);
    last = torch.ones(2);
  }
  const counter = torch.scope(() => new Counter());
  assert.deepEqual(counter.last.tolist(), [1, 1]);
  assert.equal(counter.double().layer.weight.dtype, torch.float64);
  assert.ok(counter.layer.weight.requiresGrad && counter.layer.weight.isLeaf);
  const list = new nn.ModuleList([new nn.ReLU(), new nn.Tanh(), new nn.Tanh(), new nn.Tanh()]);
  assert.equal(String(list), 'ModuleList(\n  (0): ReLU()\n  (1-3): 3 x Tanh()\n)');
});

test('a training loop in scopes leaves no tensor behind, however long it runs', () => {
  const model = new nn.GRU(2, 4);
  const optimizer = new torch.optim.RMSprop(model.parameters());
  const step = () =>
    torch.scope(() => {
      const [output, hidden] = model(torch.randn(5, 1, 2));
      const loss = output.pow(2).sum().add(hidden.sum());
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
      return loss.item();
    });
  step();
  const before = torch.memory().tensors;
  for (let i = 0; i < 100; ++i) step();
  assert.equal(torch.memory().tensors, before);
});

test('a tensor is freed at the end of its block by `using`', () => {
  const before = torch.memory().tensors;
  const x = torch.zeros(3);
  x[Symbol.dispose]();
  assert.equal(torch.memory().tensors, before);
  x.dispose();
});

test('what nothing refers to any more is freed by the garbage collector', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const before = torch.memory().tensors;
  for (let i = 0; i < 100; ++i) torch.zeros(10);
  assert.equal(torch.memory().tensors, before + 100);
  for (let i = 0; i < 50 && torch.memory().tensors > before; ++i) {
    collect();
    await new Promise((done) => setTimeout(done, 20));
  }
  assert.ok(torch.memory().tensors <= before);
});

test('an in-place change of a view writes to the tensor, and one of a leaf is refused', () => {
  const x = torch.zeros(2, 2);
  x.at(0).add_(1);
  x.view(4).at('3:').fill_(5);
  assert.deepEqual(x.tolist(), [
    [1, 1],
    [0, 5],
  ]);
  const leaf = torch.ones(1, { requiresGrad: true });
  assert.throws(() => leaf.add_(1), /a leaf Variable that requires grad is being used in an in-place operation/);
});
