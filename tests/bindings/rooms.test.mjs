// npm run lint says which file may name which: includes of C++, imports of web/.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { includeGraph } from '../circles.mjs';
import { faultsOfMap, foldersOf } from '../map.mjs';
import { faultsOf, includeFaults, webGraph } from '../rooms.mjs';

/** The faults of the checkout with one include or import more. */
function faultsWith(graph, path, target) {
  assert.ok(graph.has(target) && graph.has(path), `${path} and ${target} are there`);
  graph.get(path).push(target);
  return includeFaults(graph);
}

test('no C++ file includes what its room may not know', () => assert.deepEqual(includeFaults(includeGraph()), []));

test('no file of web/ imports what its room may not know', () => assert.deepEqual(faultsOf(webGraph()), []));

const breaches = [
  ['core/src/kernels/walk.h', 'core/src/ops/operand.h'],
  ['core/src/kernels/map.h', 'core/include/unroll/ops.h'],
  ['core/src/kernels/gemm.cpp', 'core/include/unroll/autograd.h'],
  ['core/src/tensor/tensor.cpp', 'core/src/ops/view.h'],
  ['core/src/autograd/engine.cpp', 'core/src/ops/operand.h'],
  ['core/src/optim/adam.cpp', 'core/src/ops/view.h'],
  ['core/src/rnn/plan.h', 'core/src/ops/view.h'],
  ['core/include/unroll/tensor.h', 'core/src/kernels/simd.h'],
  ['web/worker/output.ts', 'web/runtime/runtime.ts'],
  ['web/worker/start.ts', 'web/plots/csv.ts'],
  ['web/protocol/job.ts', 'web/worker/output.ts'],
  ['web/panel/features/exercise.ts', 'web/panel/unroll-panel.ts'],
  ['web/plots/figure-card.ts', 'web/panel/panel-files.ts'],
];
for (const [path, target] of breaches)
  test(`lint refuses ${target} in ${path}`, () => {
    const room = path.slice(0, path.lastIndexOf('/')).replace('/unroll', '');
    const graph = path.startsWith('core') ? includeGraph() : webGraph();
    assert.ok(faultsWith(graph, path, target).includes(`${path} needs ${target}: ${room} may not know of it`));
  });

test('lint refuses a circle of includes of any length', () => {
  const [circle] = faultsWith(includeGraph(), 'core/src/kernels/simd.h', 'core/src/kernels/simd_exp.h');
  assert.equal(circle, 'a circle of includes: core/src/kernels/simd.h, core/src/kernels/simd_exp.h');
});

test('lint refuses a file in no room', () => {
  const faults = faultsOf(new Map([['core/source/new.cpp', []]]));
  assert.deepEqual(faults, ['core/source/new.cpp is in no room of tests/rooms.mjs']);
});

test('lint refuses a map that names a folder which is gone, or lacks one', () => {
  const map = 'web/       all of it\n  panel/    the element, with features/\n  gone/   nothing\ndocs/   words\n';
  assert.deepEqual(foldersOf(map), ['web', 'web/panel', 'web/gone', 'docs']);
  const faults = faultsOfMap(map);
  assert.ok(faults.includes('web/gone/ is in the map and not in the tree'));
  assert.ok(faults.includes('web/plots/ is in the tree and not in the map'));
  assert.ok(!faults.some((fault) => /web\/panel|docs/.test(fault)));
});
