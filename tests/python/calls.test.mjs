// The two ways from Python to the engine: builtin functions that read Python's memory, and Pyodide's proxies.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadPyodide } from 'pyodide';

import { loadEngine } from '../../wasm-bindings/js/engine.mjs';
import { connectEngine } from '../../wasm-bindings/js/python.mjs';
import { startPython } from './pyodide.mjs';

const program = `
import json, sys, torch
x = torch.arange(6.0).reshape(2, 3).requires_grad_()
y = (x * 2.5 + 1 * True).exp().sum()
y.backward()
found = [x.grad.tolist(), list(x.shape), list(y.shape), y.item(), torch.tensor(2**60 + 1).item(), torch.tensor([True]).item()]
for wrong in (lambda: x @ x, lambda: torch.full((2,), "a"), lambda: x.sum(5)):
    try:
        wrong()
    except Exception as error:
        found.append(type(error).__name__ + str(error))
json.dumps(found)
`;

test('the short way and the way through proxies give the same results and errors', async () => {
  const python = await startPython();
  assert.equal(python.run('import sys, torch; torch.ones(1); "_unroll_call" in sys.modules'), true);
  const short = python.run(program);
  // After unbind Python finds no builtins, and takes the proxies.
  python.run('import torch; torch._C.unbind(); import sys; sys.modules.pop("_unroll_call", None)');
  assert.equal(python.run(program), short);
  assert.equal(python.run('import sys; "_unroll_call" in sys.modules'), false);
});

test('a Pyodide without the inner names that the short way needs has none', async () => {
  const pyodide = await loadPyodide();
  const engine = await loadEngine({ variant: 'simd' });
  pyodide._module.addFunction = undefined;
  connectEngine(pyodide, engine);
  assert.equal(pyodide.runPython('import sys; "_unroll_call" in sys.modules'), false);
});
