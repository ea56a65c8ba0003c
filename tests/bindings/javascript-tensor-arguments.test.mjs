// Tensors of one element in the place of numbers: reading them does not disturb the call that they are given to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as torch from '../../build/npm/unroll.js';

const F = torch.nn.functional;
const x = torch.arange(6, { dtype: torch.float32 }).reshape(2, 3).sub(2);
const real = (value) => torch.tensor(value);
const whole = (value) => torch.tensor(value, { dtype: torch.int64 });

const calls = {
  'a number': (number) => F.leakyRelu(x, number(0.5)),
  'a whole number': (_, integer) => torch.select(x, integer(1), integer(2)),
  'several whole numbers': (_, integer) => x.narrow(integer(1), integer(1), integer(2)),
  'an optional number': (number) => x.clamp(number(-1), number(0.5)),
  'an optional whole number': (_, integer) => x.argmax(integer(1)),
  dims: (_, integer) => x.flip([integer(1), integer(0)]),
  'optional dims': (_, integer) => x.sum(integer(1)),
  'an operand': (number) => x.mul(number(2)),
  'an optional operand': (number) => torch.clamp(x, { min: number(-1), max: number(1) }),
  'a name': (number) => F.leakyRelu(x, { negativeSlope: number(0.5) }),
};
for (const [name, call] of Object.entries(calls))
  test(`${name} may be a tensor`, () => {
    const plain = call(
      (value) => value,
      (value) => value,
    );
    assert.deepEqual(call(real, whole).tolist(), plain.tolist());
    assert.deepEqual(call(torch.tensor, real).tolist(), plain.tolist());
  });

test('a tensor of many elements is no number, and the next call is well', () => {
  assert.throws(() => F.leakyRelu(x, torch.ones(2)), /2 elements/);
  assert.throws(() => x.select(0, torch.tensor(0.5)), /must be a whole number, not 0\.5/);
  assert.equal(x.sum().item(), 3);
});
