// The way to the engine: arguments become numbers, numbers become tensors, and errors become exceptions.
import { byCode, DType } from './dtypes.ts';
import { engineError, ProgramOver, RuntimeError, typeName, ValueError } from './errors.ts';
import { note } from './memory.ts';
import type { Tensor } from './tensor.ts';

/** What this package needs of wasm-bindings/js/engine.mjs. */
export interface Engine {
  readonly variant: string;
  readonly argumentsBase: number;
  /** Whether a fault inside has ended it: every call fails. */
  readonly isBroken: boolean;
  argumentsFor(count: number): Float64Array;
  run(op: number, count: number): number | undefined;
  result(i: number): number;
  text(): string;
  error(): { type: string; message: string };
  shape(handle: number): string | undefined;
  strides(handle: number): string | undefined;
  item(handle: number): number | bigint | undefined;
  toTyped(handle: number): Float32Array | Float64Array | Uint8Array | Int8Array | Int16Array | Int32Array | undefined;
  fromTyped(dtype: number, values: ArrayLike<number | bigint>, ...shape: number[]): number | undefined;
  toBytes(handle: number): Uint8Array<ArrayBuffer> | undefined;
  fromBytes(dtype: number, bytes: Uint8Array, ...shape: number[]): number | undefined;
  memoryBytes(): number;
  connectOutside(call: (id: number, ...numbers: number[]) => number, release: (id: number) => void): void;
}

let running: Engine | undefined;
const wire: number[] = [];

/** Gives the package its engine, once, before anything else of it is used. */
export function connect(engine: Engine): void {
  running = engine;
}

/** The engine. */
export function engine(): Engine {
  if (!running) throw new RuntimeError('the engine is not up yet');
  return running;
}

let TensorClass: new (handle: number) => Tensor;

/** Gives this module the class of tensors, which needs it. @internal */
export function connectTensor(given: new (handle: number) => Tensor): void {
  TensorClass = given;
}

/** Whether a value is a tensor. */
export function isTensor(value: unknown): value is Tensor {
  return value instanceof TensorClass;
}

let look = (): void => {};

/** Calls a function before each op: what it throws comes out of that call. @internal */
export function beforeOps(run: () => void): void {
  look = run;
}

/** Starts the arguments of a call. */
export function begin(): void {
  wire.length = 0;
}

/** Runs an op over the arguments that were put since begin(): its first result. Throws what PyTorch throws. */
export function run(op: number): number {
  look();
  const target = engine();
  const doubles = target.argumentsFor(wire.length);
  const base = target.argumentsBase;
  for (let i = 0; i < wire.length; ++i) doubles[base + i] = wire[i];
  const found = target.run(op, wire.length);
  if (found === undefined) throw failure();
  return found;
}

/** Functions of the program that failed inside a call, first the one that is the reason. */
export const thrown: unknown[] = [];

/** The exception for the call that has just failed. */
export function failure(): unknown {
  const report = engine().error();
  return report.type === 'Callback' ? thrown.pop() : engineError(report);
}

/** The result of a call of the engine's other than an op. */
export function checked<T>(found: T | undefined): T {
  if (found === undefined) throw failure();
  return found;
}

/** The tensor of a handle, which it owns. */
export function wrap(handle: number): Tensor {
  const tensor = new TensorClass(handle);
  note(tensor);
  return tensor;
}

/** The tensor of a handle; null for that of nothing. */
export function wrapOptional(handle: number): Tensor | null {
  return handle ? wrap(handle) : null;
}

/** All results of the last call as tensors; `first` is its first. */
export function wrapMany(first: number): Tensor[] {
  const count = engine().result(-1);
  return count === 0 ? [] : [wrap(first), ...Array.from({ length: count - 1 }, (_, i) => wrap(engine().result(i + 1)))];
}

/** A number of results of the last call that are no tensors. */
export function resultNumbers(): number[] {
  const target = engine();
  return Array.from({ length: target.result(-1) }, (_, i) => target.result(i));
}

function wrong(op: string, name: string, place: number, expected: string, value: unknown): Error {
  if (value === undefined) return new TypeError(`${op}() missing 1 required positional arguments: "${name}"`);
  return new TypeError(`${op}(): argument '${name}' (position ${place}) must be ${expected}, not ${typeName(value)}`);
}

/** The handle of a tensor that is there. */
export function handleOf(tensor: Tensor): number {
  if (tensor.handle === 0) {
    throw new RuntimeError(
      'this tensor was freed: by dispose(), by `using`, or at the end of the scope that it was made in. ' +
        'Return it from the scope, or keep it with torch.keep(tensor).',
    );
  }
  if (tensor.arena.isOver) throw new ProgramOver('this tensor belongs to a program that is over');
  return tensor.handle;
}

export function putTensor(value: unknown, op: string, name: string, place: number): void {
  if (!isTensor(value)) throw wrong(op, name, place, 'Tensor', value);
  wire.push(handleOf(value));
}

export function putOptionalTensor(value: unknown, op: string, name: string, place: number): void {
  if (value === null || value === undefined) wire.push(0);
  else putTensor(value, op, name, place);
}

export function putTensors(value: unknown, op: string, name: string, place: number): void {
  if (isTensor(value) || !Array.isArray(value)) throw wrong(op, name, place, 'array of Tensors', value);
  wire.push(value.length);
  for (const [i, item] of value.entries()) {
    if (item === null || item === undefined) wire.push(0);
    else if (isTensor(item)) wire.push(handleOf(item));
    else throw new TypeError(`expected Tensor as element ${i} in argument ${place - 1}, but got ${typeName(item)}`);
  }
}

export function putOperand(value: unknown, op: string, name: string, place: number): void {
  if (isTensor(value)) wire.push(handleOf(value));
  else if (typeof value === 'number') wire.push(Number.isSafeInteger(value) ? -1 : -2, value);
  else if (typeof value === 'boolean') wire.push(-3, value ? 1 : 0);
  else if (typeof value === 'bigint') wire.push(-1, Number(value));
  else throw wrong(op, name, place, 'Tensor or number', value);
}

export function putOptionalOperand(value: unknown, op: string, name: string, place: number): void {
  if (value === null || value === undefined) wire.push(0);
  else putOperand(value, op, name, place);
}

/** The value of a tensor in a number's place. Reading it calls ops, which leave what was put so far as it is. */
function readNumber(tensor: Tensor): number {
  const put = wire.slice();
  const value = Number(tensor.item());
  wire.splice(0, wire.length, ...put);
  return value;
}

function whole(given: unknown, op: string, name: string, place: number): number {
  const value = isTensor(given) ? readNumber(given) : given;
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number')
    throw new TypeError(`${op}(): argument '${name}' (position ${place}) must be a whole number, not ${value}`);
  throw wrong(op, name, place, 'a whole number', value);
}

export function putInteger(value: unknown, op: string, name: string, place: number): void {
  wire.push(whole(value, op, name, place));
}

export function putOptionalInteger(value: unknown, op: string, name: string, place: number): void {
  if (value === null || value === undefined) wire.push(0);
  else wire.push(1, whole(value, op, name, place));
}

function real(value: unknown, op: string, name: string, place: number): number {
  if (typeof value === 'number') return value;
  if (isTensor(value)) return readNumber(value);
  if (typeof value === 'bigint') return Number(value);
  throw wrong(op, name, place, 'number', value);
}

export function putNumber(value: unknown, op: string, name: string, place: number): void {
  wire.push(real(value, op, name, place));
}

export function putOptionalNumber(value: unknown, op: string, name: string, place: number): void {
  if (value === null || value === undefined) wire.push(0);
  else wire.push(1, real(value, op, name, place));
}

export function putBoolean(value: unknown): void {
  wire.push(value ? 1 : 0);
}

export function putDims(value: unknown, op: string, name: string, place: number): void {
  const list = Array.isArray(value) ? value : [value];
  const numbers = list.map((item) => whole(item, op, name, place));
  wire.push(numbers.length, ...numbers);
}

export function putOptionalDims(value: unknown, op: string, name: string, place: number): void {
  if (value === null || value === undefined) {
    wire.push(0);
  } else {
    wire.push(1);
    putDims(value, op, name, place);
  }
}

export function putNumbers(value: readonly number[]): void {
  wire.push(value.length, ...value);
}

/** The dtype of an argument: a DType or its name. */
export function dtypeOf(value: unknown): DType {
  const found = typeof value === 'string' ? byCode.find(({ name }) => name === value.replace('torch.', '')) : value;
  if (!(found instanceof DType))
    throw new TypeError(`dtype must be a torch.DType such as torch.float32, not ${typeName(value)}`);
  return found;
}

export function putDtype(value: unknown): void {
  wire.push(dtypeOf(value).code);
}

export function putOptionalDtype(value: unknown): void {
  if (value === null || value === undefined) wire.push(0);
  else wire.push(1, dtypeOf(value).code);
}

const reductions = ['none', 'mean', 'sum'];

export function putReduction(value: unknown): void {
  const code = reductions.indexOf(value as string);
  if (code < 0) throw new ValueError(`${value} is not a valid value for reduction`);
  wire.push(code);
}
