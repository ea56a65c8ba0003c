// npm run lint says which C++ file may include which.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { includeGraph } from '../circles.mjs';
import { faultsOf } from '../includes.mjs';

/** The faults of the checkout with one include more. */
function faultsWith(path, target) {
  const graph = includeGraph();
  assert.ok(graph.has(target) && graph.has(path), `${path} and ${target} are there`);
  graph.get(path).push(target);
  return faultsOf(graph);
}

test('no C++ file includes what its room may not know', () => assert.deepEqual(faultsOf(includeGraph()), []));

for (const [path, target] of [
  ['core/src/kernels/walk.h', 'core/src/ops/operand.h'],
  ['core/src/kernels/map.h', 'core/include/unroll/ops.h'],
  ['core/src/kernels/gemm.cpp', 'core/include/unroll/autograd.h'],
  ['core/src/tensor/tensor.cpp', 'core/src/ops/view.h'],
  ['core/src/autograd/engine.cpp', 'core/src/ops/operand.h'],
  ['core/src/optim/adam.cpp', 'core/src/ops/view.h'],
  ['core/src/rnn/plan.h', 'core/src/ops/view.h'],
  ['core/include/unroll/tensor.h', 'core/src/kernels/simd.h'],
])
  test(`lint refuses an include of ${target} in ${path}`, () => {
    const room = path.slice(0, path.lastIndexOf('/')).replace('/unroll', '');
    assert.ok(faultsWith(path, target).includes(`${path} includes ${target}: ${room} may not know of it`));
  });

test('lint refuses a circle of includes of any length', () => {
  const [circle] = faultsWith('core/src/kernels/simd.h', 'core/src/kernels/simd_exp.h');
  assert.equal(circle, 'a circle of includes: core/src/kernels/simd.h, core/src/kernels/simd_exp.h');
});

test('lint refuses a file in no room', () => {
  const faults = faultsOf(new Map([['core/source/new.cpp', []]]));
  assert.deepEqual(faults, ['core/source/new.cpp is in no room of tests/includes.mjs']);
});
