// Graphs of thousands of steps end without deep recursion, and leave nothing that the next program would meet.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startPython } from './pyodide.mjs';

const { engine, find } = await startPython();

/** What the code finds; after it the engine is sound and holds no more tensors than before. */
function findAndLeaveNothing(code) {
  const before = engine.live();
  const found = find(`def program():\n    ${code.trim().replaceAll('\n', '\n    ')}\nprogram()`);
  assert.equal(engine.isBroken, false);
  assert.equal(engine.live(), before);
  return found;
}

test('the error after a deep graph was freed is that of its own line', () => {
  const found = findAndLeaveNothing(`
y = torch.ones(3, requires_grad=True)
for _ in range(10_000):
    y = y + 1e-5 * y
del y
try:
    torch.zeros(2) + torch.zeros(3)
except Exception as error:
    found.append(type(error).__name__)
found.append(torch.ones(3).sum().item())
`);
  assert.deepEqual(found, ['RuntimeError', 3]);
});

test('deep chains of views, writes in place and hooks are differentiated twice and freed', () => {
  const found = findAndLeaveNothing(`
x = torch.ones(2, requires_grad=True)
y = x * 1
for i in range(3_000):
    before, y = y, y.view(2)[:]
    y.register_hook(lambda g, held=before: None)
    if i % 10 == 0:
        y = y.clone()
        y[0] *= 1
before = None
y.sum().backward(retain_graph=True)
y.sum().backward()
found.append(x.grad.tolist())
`);
  assert.deepEqual(found, [[2, 2]]);
});

test('deep chains of functions of the program that hold tensors are differentiated and freed', () => {
  const found = findAndLeaveNothing(`
class Hold(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.held = x
        ctx.save_for_backward(x)
        return x * 1
    @staticmethod
    def backward(ctx, g):
        return g
x = torch.ones(2, requires_grad=True)
for backward in (True, False):
    y = x
    for _ in range(3_000):
        y = Hold.apply(y)
    if backward:
        y.sum().backward()
    del y
found.append(x.grad.tolist())
`);
  assert.deepEqual(found, [[1, 1]]);
});

test('gradients of gradients of a deep chain are freed', () => {
  const found = findAndLeaveNothing(`
x = torch.ones(1, dtype=torch.float64, requires_grad=True)
y = x
for _ in range(2_000):
    y = y * x
(g,) = torch.autograd.grad(y, x, create_graph=True)
(h,) = torch.autograd.grad(g, x)
found.extend([g.item(), h.item()])
`);
  assert.deepEqual(found, [2001, 2001 * 2000]);
});

test('chains of gradients that are tensors with gradients are freed', () => {
  const found = findAndLeaveNothing(`
last = torch.ones(1)
for _ in range(100_000):
    x = torch.ones(1)
    x.grad, last = last, x
del x, last
found.append(torch.ones(3).sum().item())
`);
  assert.deepEqual(found, [3]);
});
