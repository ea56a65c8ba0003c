import type { Tensor } from '../tensor.ts';
import { Module } from './module.ts';

/** A layer without weights: one tensor in, one out. */
export class Plain extends Module<[input: Tensor], Tensor> {}

/** A number as Python prints a float. */
export const floatText = (value: number): string => (Number.isInteger(value) ? `${value}.0` : `${value}`);
