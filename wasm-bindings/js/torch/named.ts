// Arguments by place or by name, and what generated methods share.
import * as ops from '../../../build/generated/js/ops.ts';
import { release } from './memory.ts';
import type { Tensor } from './tensor.ts';

const aliases: Record<string, string> = { axis: 'dim', keepdims: 'keepdim', other: 'other' };

/** Whether a value is an object of options: a plain `{…}`. */
export function isOptions(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  // Options may come from another realm, as from a page into a worker's module.
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/**
 * The arguments of a call in the order of `names`; those that were not given are undefined. The last one given may be an
 * object that names further ones.
 */
export function named(op: string, names: readonly string[], given: readonly unknown[]): unknown[] {
  const last = given.at(-1);
  if (!isOptions(last)) {
    if (given.length > names.length) throw tooMany(op, names.length, given.length);
    return [...given];
  }
  const values = given.slice(0, -1);
  if (values.length > names.length) throw tooMany(op, names.length, values.length);
  for (const [key, value] of Object.entries(last)) {
    const place = names.indexOf(names.includes(key) ? key : (aliases[key] ?? key));
    if (place < 0)
      throw new TypeError(`${op}() got an unexpected option '${key}'. Its arguments are ${names.join(', ')}.`);
    if (place < given.length - 1) throw new TypeError(`${op}() got multiple values for argument '${key}'`);
    values[place] = value;
  }
  return values;
}

function tooMany(op: string, takes: number, given: number): Error {
  return new TypeError(`${op}() takes ${takes} arguments, but ${given} were given`);
}

/** The tensor that a method of a class below Tensor belongs to. */
export function self(methods: object): Tensor {
  return methods as Tensor;
}

/** Writes a result over a tensor, in the graph. */
export function overwrite<T extends object>(target: T, result: Tensor): T {
  ops.assign(self(target), result);
  release(result);
  return target;
}
