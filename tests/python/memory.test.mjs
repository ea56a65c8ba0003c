// Memory: what a program made is gone when it ends.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { startPython } from './pyodide.mjs';

const program = `
import torch
import torch.nn as nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 1))
rnn = nn.LSTM(3, 4, 2, bidirectional=True)
optimizer = torch.optim.Adam([*model.parameters(), *rnn.parameters()])
for _ in range(2):
    out, (h, c) = rnn(torch.randn(5, 2, 3))
    loss = model(torch.randn(6, 4)).pow(2).mean() + out[-1].sum() + torch.stack([h, c]).norm()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
x = torch.zeros(3, 3)
x[torch.tensor([0, 1])] = torch.ones(3)
try:
    x @ torch.zeros(2, 2)
except RuntimeError:
    pass
`;

const python = await startPython();

test('live tensors come back to zero when their names are gone', () => {
  const { engine, run } = python;
  run(program);
  run('import gc; gc.collect()');
  assert.equal(engine.live(), 0);
});

test('a thousand runs of a small program grow neither live tensors nor WebAssembly memory', () => {
  const { engine, run } = python;
  for (let i = 0; i < 20; ++i) run(program);
  run('import gc; gc.collect()');
  const bytes = engine.memoryBytes();
  for (let i = 0; i < 1000; ++i) run(program);
  run('import gc; gc.collect()');
  assert.equal(engine.live(), 0);
  assert.equal(engine.memoryBytes(), bytes);
});

test('a tensor too large for memory is a RuntimeError, and the next call works', () => {
  const result = python.run(`
import torch
try:
    torch.zeros(1 << 20, 1 << 12)
    text = "no error"
except RuntimeError as error:
    text = "RuntimeError"
text + " " + str(torch.ones(3).sum().item())
`);
  assert.equal(result, 'RuntimeError 3.0');
});
