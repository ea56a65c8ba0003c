/** What one core of this machine can do at most: multiply-adds in registers, nothing read from or written to memory. */

import type { Variant } from '../protocol/messages';

/** Sums that do not wait for one another: enough to fill the pipes, few enough for the registers. */
const chains = 10;
/** Turns of the loop in a call: short calls, so that the browser's optimised code takes over early. */
const turns = 20_000;
const flopsOfCall = turns * chains * 4 * 2;

const number = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...number(value >> 7)]);
const list = (items: number[][]) => [...number(items.length), ...items.flat()];
const section = (id: number, content: number[]) => [id, ...number(content.length), ...content];

const i32 = 0x7f;
const f32 = 0x7d;
const v128 = 0x7b;
const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const vector = (op: number) => [0xfd, ...number(op)];

/** Multiply-add of the two vectors on the stack below a sum: one instruction, or two where the build has no other. */
const multiplyAdd: Record<Variant, (sum: number) => number[]> = {
  relaxed: (sum) => [...get(1), ...get(2), ...get(sum), ...vector(0x105)],
  // Another sum as a factor: a product of the same two in every turn would be taken out of the loop.
  simd: (sum) => [...get(3 + ((sum - 2) % chains)), ...get(2), ...vector(0xe6), ...get(sum), ...vector(0xe4)],
};

/** A module with one function: `(turns: i32, x: v128 = 1, y: v128 = 1e-3)` adds x·y to each of the sums in each turn. */
function assemble(variant: Variant): Uint8Array<ArrayBuffer> {
  const sums = Array.from({ length: chains }, (_, i) => 3 + i);
  const splat = (bits: number[], local: number) => [0x43, ...bits, ...vector(0x13), ...set(local)];
  const body = [
    ...splat([0x00, 0x00, 0x80, 0x3f], 1),
    ...splat([0x6f, 0x12, 0x83, 0x3a], 2),
    ...[0x03, 0x40],
    ...sums.flatMap((sum) => [...multiplyAdd[variant](sum), ...set(sum)]),
    ...[...get(0), 0x41, 0x01, 0x6b, 0x22, 0x00],
    ...[0x0d, 0x00, 0x0b],
    ...get(sums[0]),
    ...sums.slice(1).flatMap((sum) => [...get(sum), ...vector(0xe4)]),
    ...[...vector(0x1f), 0x00, 0x0b],
  ];
  const code = [...list([[...number(2 + chains), v128]]), ...body];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, list([[0x60, 1, i32, 1, f32]])),
    ...section(3, list([[0]])),
    ...section(7, list([[1, 'p'.charCodeAt(0), 0, 0]])),
    ...section(10, list([[...number(code.length), ...code]])),
  ]);
}

/** Gives a function that measures the peak, in flops a millisecond. */
export async function peakMeter(variant: Variant): Promise<() => number> {
  const { instance } = await WebAssembly.instantiate(assemble(variant));
  const run = instance.exports.p as (turns: number) => number;
  const measure = (milliseconds: number) => {
    const began = performance.now();
    let calls = 0;
    for (; performance.now() - began < milliseconds; ++calls) run(turns);
    return (calls * flopsOfCall) / (performance.now() - began);
  };
  measure(300);
  return () => Math.max(...[1, 2, 3].map(() => measure(30)));
}
