// torch.utils.tensorboard: what a training loop measures goes to the live plot.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { startPython } from './pyodide.mjs';

let points;
let figures;

const python = await startPython();
const page = {
  figure: (id, svg, title) => figures.push({ id, svg, title }),
  scalars: (json) => points.push(...JSON.parse(json)),
};
python.pyodide.pyimport('unroll.page').connect(page);

beforeEach(() => {
  points = [];
  figures = [];
});

test('SummaryWriter sends scalars to the live plot', () => {
  python.run(`
import torch
from torch.utils.tensorboard import SummaryWriter
with SummaryWriter("runs/one") as writer:
    assert writer.get_logdir() == writer.log_dir == "runs/one"
    for step in range(3):
        writer.add_scalar("loss/train", torch.tensor(0.5) / (step + 1), step)
    writer.add_scalars("accuracy", {"train": 0.5, "test": torch.tensor([0.25])}, 7)
    writer.add_scalar("counted", 1)
    writer.add_scalar("counted", 2)
    writer.add_hparams({"lr": 0.1}, {"hparam/loss": 3})
`);
  assert.deepEqual(
    points.map(([tag, step, value]) => [tag, step, Math.round(value * 1e4) / 1e4]),
    [
      ['loss/train', 0, 0.5],
      ['loss/train', 1, 0.25],
      ['loss/train', 2, 0.1667],
      ['accuracy/train', 7, 0.5],
      ['accuracy/test', 7, 0.25],
      ['counted', 0, 1],
      ['counted', 1, 2],
      ['hparam/loss', 0, 3],
    ],
  );
});

test('what the page cannot show is taken, and nothing is written to disk', () => {
  const files = python.run(`
import os, torch
from tensorboardX import SummaryWriter
before = set(os.listdir("."))
writer = SummaryWriter(comment="_lstm")
model = torch.nn.Linear(2, 2)
writer.add_histogram("weights", model.weight, 0)
writer.add_graph(model, torch.zeros(1, 2))
writer.add_text("note", "hello", 0)
writer.add_embedding(torch.zeros(3, 2), metadata=["a", "b", "c"])
writer.flush()
writer.close()
assert writer.log_dir.startswith("runs/") and writer.log_dir.endswith("_lstm"), writer.log_dir
len(set(os.listdir(".")) - before)
`);
  assert.equal(files, 0);
});

test('a value that is not a scalar is refused', () => {
  const message = python.run(`
import torch
from torch.utils.tensorboard import SummaryWriter
try:
    SummaryWriter().add_scalar("loss", torch.zeros(3), 0)
except AssertionError as error:
    message = str(error)
message
`);
  assert.equal(message, 'scalar should be 0D');
});
