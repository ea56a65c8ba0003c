// Python functions that the engine calls: gradients and hooks.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { startPython } from './pyodide.mjs';

const python = await startPython();

const program = `
import torch
from torch import nn

class Double(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        y = x * 2
        ctx.save_for_backward(x, y)
        return y
    @staticmethod
    def backward(ctx, g):
        x, y = ctx.saved_tensors
        return g * y / x

def main():
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    x.register_hook(lambda g: x.detach() * 0 + g)
    y = Double.apply(x)
    y.register_hook(lambda g: g * 2)
    y.grad_fn.register_hook(lambda *grads: None)
    with torch.autograd.graph.saved_tensors_hooks(lambda t: t * 1, lambda t: t):
        z = (y * y).sum()
    z.backward()
    model = nn.Sequential(nn.Linear(2, 3), nn.Tanh())
    model.register_full_backward_hook(lambda *grads: None)
    model(x).sum().backward()
    try:
        w = x * 2
        w.register_hook(lambda g: 1 / 0)
        w.sum().backward()
    except ZeroDivisionError:
        pass

main()
`;

test('functions that the engine called are forgotten with the graph, and no tensor stays', () => {
  for (let i = 0; i < 3; ++i) python.run(program);
  const left = python.run('import gc, torch; gc.collect(); gc.collect(); len(torch._callbacks._functions)');
  assert.equal(left, 0);
  assert.equal(python.engine.live(), 0);
});

test('an exception in a hook comes out of backward as the same object, with the line that raised it', () => {
  const found = python.run(`
import torch, traceback
thrown = ValueError("mine")
def hook(grad):
    raise thrown
x = torch.ones(2, requires_grad=True)
y = x * 2
y.register_hook(hook)
try:
    y.sum().backward()
    text = "nothing"
except ValueError as error:
    text = f"{error is thrown} {traceback.extract_tb(error.__traceback__)[-1].name}"
text
`);
  assert.equal(found, 'True hook');
});

test('backward runs inside backward, and a call with many arguments in a hook leaves the outer call its results', () => {
  const found = python.run(`
import torch
x = torch.ones(2, requires_grad=True)
def hook(grad):
    inner = torch.ones(300, requires_grad=True)
    with torch.enable_grad():
        torch.cat([inner * i for i in range(200)]).sum().backward()
    return grad * inner.grad[0]
y = x * 3
y.register_hook(hook)
a, b = torch.autograd.grad([y.sum(), (x * x).sum()], [x, y], allow_unused=True)
[a.tolist(), b.tolist()]
`);
  assert.deepEqual(found.toJs(), [
    [3 * 19900 + 2, 3 * 19900 + 2],
    [19900, 19900],
  ]);
});
