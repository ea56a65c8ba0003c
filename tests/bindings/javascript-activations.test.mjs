// Layers of activations in the JavaScript package: generated from wasm-bindings/table/activations.mjs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as torch from '../../build/npm/unroll.js';
import { activations } from '../../wasm-bindings/table/activations.mjs';

const { nn } = torch;

test('a layer gives what its function gives, and prints its options as PyTorch does', () => {
  const x = torch.tensor([-2, -0.5, 0, 0.5, 2]);
  for (const { name, layer, options = {} } of activations.filter(({ javascript }) => javascript === true)) {
    const made = new nn[layer]();
    const spelled = name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
    assert.ok(made.forward(x).equal(nn.functional[spelled](x)), name);
    const shown = Object.entries(options).map(([option, value]) => `${option}=${value}`);
    assert.equal(String(made), `${layer}(${shown.join(', ')})`);
  }
});

test('options of a layer reach its function', () => {
  const x = torch.tensor([-1, 1]);
  assert.ok(new nn.Softplus({ beta: 2 }).forward(x).equal(nn.functional.softplus(x, { beta: 2 })));
  assert.ok(new nn.LeakyReLU({ negativeSlope: 0.5 }).forward(x).equal(torch.tensor([-0.5, 1])));
  assert.equal(String(new nn.ELU({ alpha: 1.5 })), 'ELU(alpha=1.5)');
});
