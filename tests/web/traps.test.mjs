// A fault inside the engine: the program that met it is told, and the next one has a fresh worker.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSite } from './browser.mjs';

// Programs cannot make the engine fault by what they ask of it. They can by throwing JavaScript's exceptions through it.
const python = `import torch, _unroll_engine
from pyodide.ffi import create_proxy
def fault(*_):
    raise ValueError("through the engine")
x = torch.ones(3, requires_grad=True)
x.register_hook(print)
_unroll_engine.connect_outside(create_proxy(fault), create_proxy(fault))
print("before")
x.sum().backward()`;

const javascript = `import * as torch from 'unroll';
console.log('before');
// The engine asks for more memory by way of this function.
const { min } = Math;
Math.min = (...numbers) => {
  if (numbers.some((number) => number > 2 ** 27)) throw new Error('through the engine');
  return min(...numbers);
};
torch.zeros(64e6);`;

const body = `<unroll-panel id="python"><pre>${python}</pre></unroll-panel>
<unroll-panel id="next"><pre>import torch
print(torch.ones(3).sum())</pre></unroll-panel>
<unroll-panel id="javascript" lang="javascript"><pre>${javascript.replaceAll('&', '&amp;').replaceAll('>', '&gt;')}</pre></unroll-panel>
<unroll-panel id="second" lang="javascript"><pre>import * as torch from 'unroll';
console.log(torch.ones(3).sum().item());</pre></unroll-panel>`;

const site = await openSite();
const { page } = await site.show(body);
const run = (id) => page.evaluate((id) => document.getElementById(id).run(), id);

test('a Python program in which the engine fails gets the error with the op, and the next one runs', async () => {
  const failed = await run('python');
  assert.equal(failed.status, 'error');
  assert.match(failed.error.message, /^\[engine\] backward failed inside the engine: /);
  assert.match(failed.stdout, /before/);
  for (let i = 0; i < 2; ++i) {
    const next = await run('next');
    assert.equal(next.status, 'ok', next.stderr);
    assert.equal(next.stdout, 'tensor(3.)\n');
  }
});

test('a JavaScript program in which the engine fails gets the error with the op, and the next one runs', async () => {
  const failed = await run('javascript');
  assert.equal(failed.status, 'error');
  assert.match(failed.error.message, /\[engine\] \w+ failed inside the engine: /);
  for (let i = 0; i < 2; ++i) {
    const next = await run('second');
    assert.equal(next.status, 'ok', next.stderr);
    assert.equal(next.stdout, '3\n');
  }
});
