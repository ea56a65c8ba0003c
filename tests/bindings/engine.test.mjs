// The engine as JavaScript sees it, in both builds: values in and out, errors, memory.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { relaxedSimd } from 'wasm-feature-detect';

import { loadEngine, pickVariant } from '../../wasm-bindings/js/engine.mjs';

const float32 = 2;
const int64 = 1;
const bool = 0;
const none = 0;

/** Results differ by the rounding of a fused multiply-add. */
const close = (got, expected) =>
  assert.ok(Math.abs(got - expected) <= 1e-6 * Math.max(1, Math.abs(expected)), `${got} is not ${expected}`);

test('the engine picks the relaxed build where the machine has relaxed SIMD', async () => {
  assert.equal(await pickVariant(), (await relaxedSimd()) ? 'relaxed' : 'simd');
});

for (const variant of ['simd', 'relaxed']) {
  describe(variant, {
    skip: variant === 'relaxed' && !(await relaxedSimd()) && 'this Node has no relaxed SIMD',
  }, () => {
    const start = () => loadEngine({ variant });
    const run = (engine, name, ...args) => engine.call(engine.op(name), ...args);

    test('values go in and come back with their shape, type and strides', async () => {
      const engine = await start();
      const x = engine.fromTyped(float32, [1, 2, 3, 4, 5, 6], 2, 3);
      assert.equal(engine.shape(x), '2,3');
      assert.equal(engine.strides(x), '3,1');
      assert.equal(engine.dtype(x), float32);
      assert.deepEqual(engine.toTyped(x), Float32Array.of(1, 2, 3, 4, 5, 6));
      assert.deepEqual(engine.toTyped(engine.fromTyped(int64, [-1, 2 ** 40], 2)), Float64Array.of(-1, 2 ** 40));
      assert.deepEqual(engine.toTyped(engine.fromTyped(bool, [0, 3, 1], 3)), Uint8Array.of(0, 1, 1));
    });

    test('an int64 beyond what a double holds comes back exactly', async () => {
      const engine = await start();
      const value = 2n ** 62n + 1n;
      assert.equal(engine.item(engine.fromTyped(int64, BigInt64Array.of(value))), value);
    });

    test('a matrix product and its gradient', async () => {
      const engine = await start();
      const a = engine.fromTyped(float32, [1, 2, 3, 4], 2, 2);
      run(engine, 'set_requires_grad', a, 1);
      const b = engine.fromTyped(float32, [5, 6, 7, 8], 2, 2);
      const product = run(engine, 'matmul', a, b);
      assert.deepEqual(engine.toTyped(product), Float32Array.of(19, 22, 43, 50));
      const total = run(engine, 'sum', product, none, 0, none);
      close(engine.item(total), 134);
      assert.equal(run(engine, 'backward', 1, total, 0, 0, 0, 0), 0);
    });

    test('a failed call says why with the type of the exception, and the next call works', async () => {
      const engine = await start();
      const a = engine.fromTyped(float32, new Float32Array(6), 2, 3);
      assert.equal(run(engine, 'matmul', a, a), undefined);
      assert.deepEqual(engine.error(), {
        type: 'RuntimeError',
        message: 'mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)',
      });
      assert.equal(run(engine, 'embedding', a, engine.fromTyped(int64, [7], 1), -1), undefined);
      assert.equal(engine.error().type, 'IndexError');
      assert.deepEqual(engine.toTyped(run(engine, 'add', a, -1, 1, 1)), new Float32Array(6).fill(1));
    });

    test('an op that is not there and a handle that is not there are errors, not crashes', async () => {
      const engine = await start();
      assert.equal(engine.call(100000), undefined);
      assert.match(engine.error().message, /^\[call\] got op 100000/);
      assert.equal(run(engine, 'relu', 123456), undefined);
      assert.match(engine.error().type, /Error$/);
      assert.throws(() => engine.op('no_such_op'), /the op table has no row no_such_op/);
    });

    test('out of memory is an error, and the next call works', async () => {
      const engine = await start();
      assert.equal(run(engine, 'empty', 1, 2 ** 33, float32), undefined);
      assert.match(engine.error().message, /can't allocate memory/);
      const before = engine.memoryBytes();
      const kept = [];
      for (let i = 0; i < 40; ++i) {
        const handle = run(engine, 'empty', 1, 2 ** 26, float32);
        if (handle === undefined) break;
        kept.push(handle);
      }
      assert.ok(kept.length > 0 && kept.length < 40, `${kept.length} tensors of 256 MiB fitted into 4 GiB`);
      assert.match(engine.error().message, /can't allocate memory/);
      for (const handle of kept) run(engine, 'free', handle);
      assert.ok(engine.memoryBytes() > before);
      assert.deepEqual(engine.toTyped(engine.fromTyped(float32, [1, 2], 2)), Float32Array.of(1, 2));
    });

    test('the live tensors come back to where they were', async () => {
      const engine = await start();
      const before = engine.live();
      const x = engine.fromTyped(float32, [1, 2, 3], 3);
      const y = run(engine, 'relu', x);
      assert.equal(engine.live(), before + 2);
      run(engine, 'free', x);
      run(engine, 'free', y);
      assert.equal(engine.live(), before);
    });

    test('two engines have a memory each', async () => {
      const [one, other] = [await start(), await start()];
      const before = other.live();
      one.fromTyped(float32, [1], 1);
      assert.equal(other.live(), before);
    });
  });
}
