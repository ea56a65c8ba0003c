// Making tensors: from JavaScript values, filled or counted.
import * as ops from '../../../build/generated/js/ops.ts';
import { checked, dtypeOf, engine, isTensor, wrap } from './core.ts';
import { bool, type DType, float32, float64, int8, int16, int32, int64, uint8 } from './dtypes.ts';
import { RuntimeError, typeName, ValueError } from './errors.ts';
import { sizesOf } from './forms.ts';
import { isOptions } from './named.ts';
import type { Tensor } from './tensor.ts';

/** What a tensor can be made of: a number, nested arrays, a typed array, or a tensor. */
export type Data = number | bigint | boolean | Tensor | ArrayBufferView | readonly Data[];

/** What is common to all functions that make tensors. */
export interface TensorOptions {
  /** The type of the elements. Numbers become float32, booleans bool, bigints int64, and typed arrays keep their type. */
  dtype?: DType | string | null;
  /** Whether gradients are computed for the tensor. */
  requiresGrad?: boolean;
}

type Sizes = number[] | [readonly number[]] | [...number[], TensorOptions] | [readonly number[], TensorOptions];

const typed: [new (n: number) => ArrayBufferView, DType][] = [
  [Float32Array, float32],
  [Float64Array, float64],
  [BigInt64Array, int64],
  [Int32Array, int32],
  [Int16Array, int16],
  [Int8Array, int8],
  [Uint8Array, uint8],
  [Uint8ClampedArray, uint8],
  [Uint16Array, int32],
  [Uint32Array, int64],
];

/** The floating-point type of new tensors; see setDefaultDtype(). */
export function getDefaultDtype(): DType {
  return ops.defaultDtype() === float64.code ? float64 : float32;
}

/** Makes a floating-point type the one of new tensors: float32 (at the start) or float64. */
export function setDefaultDtype(dtype: DType): void {
  if (!dtypeOf(dtype).isFloatingPoint)
    throw new TypeError(`only floating-point types are supported as the default type, got ${dtype}`);
  ops.setDefaultDtype(dtype);
}

function finish(made: Tensor, options: TensorOptions): Tensor {
  if (!options.requiresGrad) return made;
  if (!made.dtype.isFloatingPoint)
    throw new RuntimeError('Only Tensors of floating point and complex dtype can require gradients');
  return made.requiresGrad_();
}

type Leaf = number | bigint | boolean;

/** The values of nested arrays in one list, and the shape. */
function flatten(data: readonly Data[]): { flat: Leaf[]; shape: number[] } {
  const shape: number[] = [];
  let level: readonly unknown[] = [data];
  const isList = (item: unknown) => Array.isArray(item) || (ArrayBuffer.isView(item) && 'length' in item);
  while (level.length > 0 && isList(level[0])) {
    const size = (level[0] as unknown[]).length;
    for (const item of level) {
      if (!isList(item))
        throw new ValueError(`expected sequence of length ${size} at dim ${shape.length} (got a ${typeName(item)})`);
      const { length } = item as unknown[];
      if (length !== size)
        throw new ValueError(`expected sequence of length ${size} at dim ${shape.length} (got ${length})`);
    }
    shape.push(size);
    level = (level as Leaf[][]).flatMap((item) => Array.from(item));
  }
  return { flat: level.map((item, i) => leaf(item, i)), shape };
}

function leaf(item: unknown, place: number): Leaf {
  const value = isTensor(item) ? item.item() : item;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return value;
  if (isListed(value)) throw new ValueError(`expected a number at place ${place}, got an array: rows differ in length`);
  throw new TypeError(`a tensor holds numbers and booleans, not ${typeName(value)} (at place ${place})`);
}

const isListed = (value: unknown) => Array.isArray(value) || ArrayBuffer.isView(value);

function inferred(flat: readonly Leaf[]): DType {
  if (flat.length > 0 && flat.every((value) => typeof value === 'boolean')) return bool;
  return flat.length > 0 && flat.every((value) => typeof value === 'bigint') ? int64 : getDefaultDtype();
}

/** A tensor of values in row-major order. */
export function fromValues(values: ArrayLike<number | bigint>, shape: readonly number[], dtype: DType): Tensor {
  const exact = dtype === int64 && typeof values[0] === 'bigint' && Array.isArray(values);
  const sent = exact ? BigInt64Array.from(values, BigInt) : values;
  return wrap(checked(engine().fromTyped(dtype.code, sent, ...shape)));
}

/** A new tensor with a copy of the data: a number, nested arrays, a typed array or a tensor. */
export function tensor(data: Data, options: TensorOptions = {}): Tensor {
  const dtype = options.dtype ? dtypeOf(options.dtype) : null;
  if (isTensor(data)) {
    const copy = ops.clone(ops.detach(data));
    return finish(dtype ? copy.to(dtype) : copy, options);
  }
  const own = ArrayBuffer.isView(data) ? typed.find(([kind]) => data instanceof kind)?.[1] : undefined;
  if (own) {
    const values = data as unknown as ArrayLike<number>;
    return finish(fromValues(values, [values.length], dtype ?? own), options);
  }
  if (data === null || data === undefined || typeof data === 'string' || isOptions(data))
    throw new TypeError(`tensor() takes a number, arrays of numbers, a typed array or a tensor, not ${typeName(data)}`);
  const { flat, shape } = Array.isArray(data) ? flatten(data) : { flat: [leaf(data, 0)], shape: [] };
  return finish(fromValues(flat.map(asNumber), shape, dtype ?? inferred(flat)), options);
}

const asNumber = (value: Leaf) => (typeof value === 'boolean' ? Number(value) : value);

/** The data as a tensor; a tensor of the right dtype is returned as it is. */
export function asTensor(data: Data, options: TensorOptions = {}): Tensor {
  if (!isTensor(data)) return tensor(data, options);
  return options.dtype ? data.to(dtypeOf(options.dtype)) : data;
}

/** Sizes given one by one or as one array, and the options behind them. */
export function sizesAndOptions<O>(given: readonly unknown[], op: string): { size: number[]; options: O } {
  const last = given.at(-1);
  const options = (isOptions(last) ? last : {}) as O;
  const size = sizesOf(isOptions(last) ? given.slice(0, -1) : given, op);
  const negative = size.find((n) => n < 0);
  if (negative !== undefined)
    throw new RuntimeError(`Trying to create tensor with negative dimension ${negative}: [${size.join(', ')}]`);
  return { size, options };
}

const floating = (options: TensorOptions) => (options.dtype ? dtypeOf(options.dtype) : getDefaultDtype());

/** Zeros: `torch.zeros(2, 3)` or `torch.zeros([2, 3], {dtype})`. */
export function zeros(...given: Sizes): Tensor {
  const { size, options } = sizesAndOptions<TensorOptions>(given, 'zeros');
  return finish(ops.full(size, 0, floating(options)), options);
}

/** Ones: `torch.ones(2, 3)` or `torch.ones([2, 3], {dtype})`. */
export function ones(...given: Sizes): Tensor {
  const { size, options } = sizesAndOptions<TensorOptions>(given, 'ones');
  return finish(ops.full(size, 1, floating(options)), options);
}

/** A tensor whose values are not set. */
export function empty(...given: Sizes): Tensor {
  const { size, options } = sizesAndOptions<TensorOptions>(given, 'empty');
  return finish(ops.empty(size, floating(options)), options);
}

/** A tensor filled with one value. */
export function full(size: readonly number[], value: number | boolean, options: TensorOptions = {}): Tensor {
  const dtype = options.dtype ? dtypeOf(options.dtype) : typeof value === 'boolean' ? bool : getDefaultDtype();
  return finish(ops.full(sizesAndOptions([size], 'full').size, Number(value), dtype), options);
}

const likeDtype = (input: Tensor, options: TensorOptions) => (options.dtype ? dtypeOf(options.dtype) : input.dtype);

/** Zeros of the input's shape and dtype. */
export function zerosLike(input: Tensor, options: TensorOptions = {}): Tensor {
  return finish(ops.full(input.shape, 0, likeDtype(input, options)), options);
}

/** Ones of the input's shape and dtype. */
export function onesLike(input: Tensor, options: TensorOptions = {}): Tensor {
  return finish(ops.full(input.shape, 1, likeDtype(input, options)), options);
}

/** An unset tensor of the input's shape and dtype. */
export function emptyLike(input: Tensor, options: TensorOptions = {}): Tensor {
  return finish(ops.empty(input.shape, likeDtype(input, options)), options);
}

/** One value in the input's shape and dtype. */
export function fullLike(input: Tensor, value: number, options: TensorOptions = {}): Tensor {
  return finish(ops.full(input.shape, value, likeDtype(input, options)), options);
}

/** Values from start up to, not including, end: `arange(5)`, `arange(1, 5)`, `arange(0, 1, 0.1)`. int64 where all are whole. */
export function arange(
  ...given: [number, (number | TensorOptions)?, (number | TensorOptions)?, TensorOptions?]
): Tensor {
  const last = given.at(-1);
  const options = (isOptions(last) ? last : {}) as TensorOptions;
  const numbers = given.filter((value) => !isOptions(value)) as number[];
  const [start, end, step = 1] = numbers.length === 1 ? [0, numbers[0]] : numbers;
  if (numbers.length === 0 || numbers.some((value) => typeof value !== 'number'))
    throw new TypeError('arange() takes numbers: the end, or start, end and step');
  if (step === 0) throw new RuntimeError('step must be nonzero');
  if ((end - start) * step < 0) throw new RuntimeError('upper bound and larger bound inconsistent with step sign');
  const whole = [start, end, step].every(Number.isInteger);
  const dtype = options.dtype ? dtypeOf(options.dtype) : whole ? int64 : getDefaultDtype();
  return finish(ops.arange(start, end, step, dtype), options);
}

/** `steps` values from start to end, evenly spaced. */
export function linspace(start: number, end: number, steps: number, options: TensorOptions = {}): Tensor {
  if (steps < 0) throw new RuntimeError('number of steps must be non-negative');
  return finish(ops.linspace(start, end, steps, floating(options)), options);
}

/** Ones on the diagonal, zeros elsewhere. */
export function eye(n: number, m: number = n, options: TensorOptions = {}): Tensor {
  return finish(ops.eye(n, m, floating(options)), options);
}
