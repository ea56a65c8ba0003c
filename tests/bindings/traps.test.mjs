// A fault inside the engine: WebAssembly ends the call, and what its memory holds then is anybody's guess.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import create from '../../build/wasm-simd/wasm-bindings/unroll.mjs';
import { loadEngine } from '../../wasm-bindings/js/engine.mjs';

const float32 = 2;

/** An engine, and the calls that reached its module since relu ended in this trap. */
async function engineThatTraps(trap) {
  const reached = [];
  let relu;
  const load = async () => async (settings) => {
    const module = await create(settings);
    const exports = { ...module.wasmExports };
    exports.unroll_call = (op, count) => {
      if (op === relu) throw trap;
      if (reached.armed) reached.push(op);
      return module.wasmExports.unroll_call(op, count);
    };
    return { wasmExports: exports, UTF8ToString: module.UTF8ToString };
  };
  const engine = await loadEngine({ variant: 'simd', load });
  relu = engine.op('relu');
  const x = engine.fromTyped(float32, [1, 2], 2);
  reached.armed = true;
  assert.equal(engine.isBroken, false);
  assert.equal(engine.call(relu, x), undefined);
  return { engine, reached, x };
}

test('a trap is told with the op that it happened in, and nothing of the module runs after it', async () => {
  const { engine, reached, x } = await engineThatTraps(new WebAssembly.RuntimeError('memory access out of bounds'));
  const { type, message } = engine.error();
  assert.equal(engine.isBroken, true);
  assert.equal(type, 'RuntimeError');
  assert.match(message, /^\[engine\] relu failed inside the engine: memory access out of bounds\./);
  assert.equal(engine.call(engine.op('empty'), 1, 3, float32), undefined);
  assert.equal(engine.error().message, message);
  assert.equal(engine.fromTyped(float32, new Float32Array(500), 500), undefined);
  assert.equal(engine.error().message, message);
  assert.equal(engine.toTyped(x), undefined);
  assert.equal(engine.item(x), undefined);
  engine.call(engine.op('free'), x);
  assert.equal(reached.length, 0);
});

test('a stack overflow inside the engine is a RecursionError', async () => {
  const { engine } = await engineThatTraps(new RangeError('Maximum call stack size exceeded'));
  assert.equal(engine.error().type, 'RecursionError');
});

test('an integer beyond 2^53 reaches the engine exactly, and comes back so', async () => {
  const engine = await loadEngine({ variant: 'simd' });
  const big = 2n ** 60n + 1n;
  const int64 = 1;
  const number = engine.call(engine.op('empty'), 0, int64);
  engine.call(engine.op('fill_'), number, -1, big);
  assert.equal(engine.item(number), big);
  const one = engine.fromTyped(float32, [1], 1);
  const wide = engine.call(engine.op('expand'), one, 1, big);
  engine.call(engine.op('shape'), wide);
  assert.equal(engine.wideResult(0), big);
  assert.equal(engine.call(engine.op('select'), one, 0, 2n ** 70n), undefined);
  assert.deepEqual(engine.error(), { type: 'RuntimeError', message: 'Overflow when unpacking long' });
  assert.equal(engine.call(engine.op('select'), one, 0, Number.NaN), undefined);
});

test('values that do not fit their shape are refused before memory is written', async () => {
  const engine = await loadEngine({ variant: 'simd' });
  assert.equal(engine.fromTyped(float32, new Float32Array(9), 2), undefined);
  assert.match(engine.error().message, /got 9 values, the shape needs 2/);
});
