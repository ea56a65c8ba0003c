// Memory of training: blocks that a step gave back serve the next one.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { startPython } from './pyodide.mjs';

const training = `
import torch
import torch.nn as nn


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(20000, 100)
        self.rnn = nn.LSTM(100, 64, num_layers=2, bidirectional=True, dropout=0.5, batch_first=True)
        self.fc = nn.Linear(128, 2)

    def forward(self, text):
        _, (hidden, _) = self.rnn(self.embedding(text))
        return self.fc(torch.cat((hidden[-2], hidden[-1]), dim=1))


torch.manual_seed(0)
model = Classifier()
optimizer = torch.optim.Adam(model.parameters())


def steps(count, batch=16, length=40):
    for _ in range(count):
        text, target = torch.randint(0, 20000, (batch, length)), torch.randint(0, 2, (batch,))
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(text), target)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
`;

test('a hundred training steps of one shape need no more memory than the first three', async () => {
  const { engine, run } = await startPython();
  run(`${training}
import sys
sys.modules["training"] = type(sys)("training")
sys.modules["training"].steps = steps
steps(3)`);
  const bytes = engine.memoryBytes();
  run('from training import steps; steps(97)');
  assert.equal(engine.memoryBytes(), bytes);
});

test('training on batches of changing sizes stays close to what the largest needs', async () => {
  const { engine, run } = await startPython();
  run(`${training}
steps(3, 16, 60)
import sys
sys.modules["training"] = type(sys)("training")
sys.modules["training"].steps = steps`);
  const bytes = engine.memoryBytes();
  run(`from training import steps
for i in range(60):
    steps(1, 16 - i % 5, 60 - 7 * i % 50)`);
  assert.ok(engine.memoryBytes() <= 1.25 * bytes, `${engine.memoryBytes()} bytes after ${bytes}`);
});
