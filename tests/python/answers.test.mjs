// What a page cannot do says so by name; what changes nothing here gives the model back.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { startPython } from './pyodide.mjs';

const { find } = await startPython();

test('scripted, traced and compiled modules and functions are those that were given', () => {
  const found = find(`
model = torch.nn.Linear(1, 1)
@torch.jit.script
def twice(x): return x * 2
class Net(torch.jit.ScriptModule):
    @torch.jit.script_method
    def forward(self, x): return x + 1
found += [torch.jit.script(model) is model, torch.compile(model) is model, torch.jit.trace(model, torch.ones(1, 1)) is model]
found += [twice(torch.ones(1)).item(), Net()(torch.ones(1)).item(), torch.jit.freeze(model) is model]
`);
  assert.deepEqual(found, [true, true, true, 2, 2, true]);
});

test('exporting, scripted files, other processes, the hub and measuring say by name what to do instead', () => {
  const found = find(`
import torch.distributed as dist, torch.multiprocessing as mp, torch.onnx
for call in (
    lambda: torch.onnx.export(torch.nn.Linear(1, 1), torch.ones(1, 1), "m.onnx"),
    lambda: torch.jit.save(None, "m.pt"),
    lambda: torch.jit.load("m.pt"),
    lambda: mp.spawn(print),
    lambda: dist.init_process_group("gloo"),
    lambda: torch.hub.load("a/b", "c"),
    lambda: torch.autocast("cpu"),
    lambda: torch.profiler.profile().key_averages(),
    lambda: torch.optim.Adam([torch.zeros(1)], differentiable=True),
):
    try:
        call()
    except NotImplementedError as error:
        found.append(str(error).split(" is not part")[0])
`);
  assert.deepEqual(found, [
    'torch.onnx.export',
    'torch.jit.save',
    'torch.jit.load',
    'torch.multiprocessing.spawn',
    'torch.distributed.init_process_group',
    'torch.hub.load',
    "torch.autocast('cpu')",
    'torch.profiler.profile.key_averages',
    'torch.optim.Adam(differentiable=True)',
  ]);
});

test('import torch leaves rare modules to their first use', async () => {
  const { run } = await startPython();
  const loaded = run(`
import json, sys, torch
rare = ("amp", "distributions", "jit", "onnx", "profiler", "serialization")
json.dumps([name for name in rare if "torch." + name in sys.modules] + [torch.jit.__name__])
`);
  assert.deepEqual(JSON.parse(loaded), ['torch.jit']);
});
