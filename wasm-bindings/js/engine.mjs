// The engine: picks the build for this machine, starts it, and calls ops in it. Arguments and results are plain numbers;
// tensors are integer handles (see table/wire.h for the format).
import { relaxedSimd, simd } from 'wasm-feature-detect';

/** Element types by their number on the wire, and the typed array that holds each; the halves as what they are in memory. */
const dtypes = [
  Uint8Array,
  BigInt64Array,
  Float32Array,
  Float64Array,
  Uint8Array,
  Int8Array,
  Int16Array,
  Int32Array,
  Uint16Array,
  Uint16Array,
];
const float32 = 2;
const isHalf = (dtype) => dtype >= 8;

/**
 * The best build that this browser runs: 'relaxed' (relaxed SIMD, fused multiply-add) or 'simd'.
 * @returns {Promise<'simd' | 'relaxed'>}
 * @throws {Error} where WebAssembly SIMD is missing
 */
export async function pickVariant() {
  if (!(await simd())) {
    throw new Error(
      'Unroll needs WebAssembly SIMD, which this browser or machine does not have. ' +
        'Chrome 91, Firefox 89, Safari 16.4, Node 16.4 and later have it on most processors.',
    );
  }
  return (await relaxedSimd()) ? 'relaxed' : 'simd';
}

/** The build in this checkout: for Node and tests. */
async function localBuild(variant) {
  return (await import(/* @vite-ignore */ `../../build/wasm-${variant}/wasm-bindings/unroll.mjs`)).default;
}

/**
 * Starts an engine of its own memory.
 * @param {object} [options]
 * @param {'simd' | 'relaxed'} [options.variant] the build; picked by pickVariant() where left out
 * @param {(variant: string) => Promise<Function>} [options.load] gives the Emscripten factory of a build; from build/ where left out
 * @param {object} [options.module] settings for the Emscripten module, such as locateFile or wasmBinary
 * @returns {Promise<Engine>}
 */
export async function loadEngine({ variant, load = localBuild, module = {} } = {}) {
  const picked = variant ?? (await pickVariant());
  const create = await load(picked);
  return new Engine(await create(module), picked);
}

/** One running engine. Made by loadEngine(). */
export class Engine {
  #module;
  #exports;
  #capacity = 0;
  #arguments = 0;
  #doubles = new Float64Array(0);
  #count = 0;
  /** Why a call outside the op table has failed. */
  #refusal = null;
  /** The trap that has ended this engine, and the op in which it came; null while all is well. */
  #trap = null;
  #trapped = -1;
  #ops = new Map();
  #rows;

  constructor(module, variant) {
    this.#module = module;
    this.#exports = module.wasmExports;
    this.variant = variant;
    this.#rows = JSON.parse(this.#string(this.#exports.unroll_table()));
    for (const row of this.#rows) this.#ops.set(row.name, row.op);
    // Python keeps these as plain functions.
    for (const name of [
      'call',
      'result',
      'text',
      'error',
      'shape',
      'strides',
      'dtype',
      'item',
      'toTyped',
      'fromTyped',
      'toBytes',
      'fromBytes',
      'live',
    ]) {
      this[name] = this[name].bind(this);
    }
  }

  /** The op table: one entry a row, see table/row.h. */
  table() {
    return this.#rows;
  }

  /** The number of an op by name. */
  op(name) {
    const op = this.#ops.get(name);
    if (op === undefined) throw new Error(`[engine] the op table has no row ${name}`);
    return op;
  }

  /**
   * Runs an op. Returns its first result (0 where it has none), or undefined where it failed: error() then says why.
   * @param {number} op
   * @param {...any} args numbers, booleans and bigints
   */
  call(op, ...args) {
    const count = args.length;
    const doubles = this.argumentsFor(count);
    const base = this.#arguments;
    for (let i = 0; i < count; ++i) {
      const value = args[i];
      doubles[base + i] = typeof value === 'bigint' ? this.wide(i, value) : value;
    }
    return this.run(op, count);
  }

  /** Says argument i of the next call exactly, where a double cannot: an integer beyond 2^53. Returns the double for its place. */
  wide(i, integer) {
    if (!this.isBroken && BigInt.asIntN(64, integer) === integer) {
      this.#exports.unroll_wide_argument(i, Number(integer >> 32n), Number(integer & 0xffffffffn));
    }
    return Number(integer);
  }

  /** All memory as doubles; arguments of a call belong at argumentsBase and behind it. Good until the next call. */
  argumentsFor(count) {
    if (count > this.#capacity || this.#doubles.length === 0) this.#refresh(count);
    return this.#doubles;
  }

  get argumentsBase() {
    return this.#arguments;
  }

  /** As call(), with arguments that are in their place already. */
  run(op, count) {
    // After a trap the memory may hold anything: nothing of the module runs again.
    if (this.#trap !== null) return undefined;
    try {
      this.#count = this.#exports.unroll_call(op, count);
      if (this.#count < 0) return undefined;
      if (this.#count === 0) return 0;
      // Memory that grew has taken the old view away.
      if (this.#doubles.length === 0) this.#refresh(count);
      return this.#doubles[this.#arguments];
    } catch (trap) {
      // No more than this: the stack may be full.
      this.#trap = trap;
      this.#trapped = op;
      return undefined;
    }
  }

  /** Whether a fault inside has ended this engine: every call fails, and only a new engine helps. */
  get isBroken() {
    return this.#trap !== null;
  }

  /** What every call fails with since a trap. */
  #fault() {
    const type = this.#trap instanceof RangeError ? 'RecursionError' : 'RuntimeError';
    const name = this.#rows[this.#trapped]?.name ?? this.#trapped;
    const message =
      `[engine] ${name} failed inside the engine: ${this.#trap.message ?? this.#trap}. ` +
      'The engine cannot go on after that: the next run, or a new process, has a fresh one.';
    return { type, message };
  }

  /** Result i of the last call; how many there are for i = -1. */
  result(i) {
    return i < 0 ? this.#count : this.#exports.unroll_result(i);
  }

  /** Result i of the last call as a BigInt, where it is an integer that a double only comes near to. */
  wideResult(i) {
    const address = this.#exports.unroll_wide_result(i);
    return address ? new BigInt64Array(this.#exports.memory.buffer, address, 1)[0] : undefined;
  }

  /** The text that the last call left. */
  text() {
    return this.#string(this.#exports.unroll_text());
  }

  /** Why the last call failed: `{type, message}`; type names a Python exception. */
  error() {
    if (this.isBroken) return this.#fault();
    if (this.#refusal) {
      const message = `[engine] ${this.#refusal}`;
      this.#refusal = null;
      return { type: 'RuntimeError', message };
    }
    const text = this.text();
    const end = text.indexOf('\n');
    return { type: text.slice(0, end), message: text.slice(end + 1) };
  }

  /**
   * Lets the engine call functions outside, which have a number each: the gradients and hooks of a program.
   * @param {(id: number, ...numbers: number[]) => number} call runs function id; negative where it failed. Tensors come as
   *   handles, which are the function's own, and go back through the row callback_results
   * @param {(id: number) => void} release function id will not be called again
   */
  connectOutside(call, release) {
    this.#module.outside = { call, release };
    this.#exports.unroll_connect_outside();
  }

  /** Sizes of a tensor as "2,3"; "" for a zero-dim one. */
  shape(handle) {
    return this.#list(this.op('shape'), handle);
  }

  /** Strides of a tensor, in elements, in the form of shape(). */
  strides(handle) {
    return this.#list(this.op('strides'), handle);
  }

  /** Element type: 0 bool, 1 int64, 2 float32, 3 float64, 4 uint8, 5 int8, 6 int16, 7 int32, 8 float16, 9 bfloat16. */
  dtype(handle) {
    return this.call(this.op('dtype'), handle);
  }

  /** The value of a one-element tensor; a BigInt for an int64 that a double cannot hold. Undefined where it failed. */
  item(handle) {
    const value = this.call(this.op('item'), handle);
    if (value === undefined || Math.abs(value) <= Number.MAX_SAFE_INTEGER || this.dtype(handle) !== 1) return value;
    return this.#view(1, this.call(this.op('data_ptr'), handle), 1)[0];
  }

  /**
   * All values in row-major order, as a copy: Uint8Array for bool, Float64Array for int64, Float32Array for the halves, else the
   * type's own array.
   */
  toTyped(handle) {
    const dtype = this.dtype(handle);
    const dense = this.call(this.op(isHalf(dtype) ? 'widened' : 'contiguous'), handle);
    if (dense === undefined) return undefined;
    if (isHalf(dtype)) {
      const copy = this.toTyped(dense);
      this.call(this.op('free'), dense);
      return copy;
    }
    const shape = this.shape(dense);
    const count = shape === '' ? 1 : shape.split(',').reduce((n, size) => n * Number(size), 1);
    const view = this.#view(dtype, this.call(this.op('data_ptr'), dense), count);
    const copy = dtype === 1 ? Float64Array.from(view, Number) : view.slice();
    this.call(this.op('free'), dense);
    return copy;
  }

  /**
   * A new tensor of these values, cast to dtype. Returns its handle, or undefined where it failed.
   * @param {number} dtype
   * @param {ArrayLike<number | bigint>} values in row-major order
   * @param {...number} shape
   */
  fromTyped(dtype, values, ...shape) {
    if (isHalf(dtype)) {
      const wide = this.fromTyped(float32, values, ...shape);
      if (wide === undefined) return undefined;
      const narrow = this.call(this.op('to'), wide, dtype);
      this.call(this.op('free'), wide);
      return narrow;
    }
    const count = shape.reduce((n, size) => n * size, 1);
    if (values.length !== count) {
      this.#refusal = `got ${values.length} values, the shape needs ${count}`;
      return undefined;
    }
    const handle = this.call(this.op('empty'), shape.length, ...shape, dtype);
    if (handle === undefined) return undefined;
    const target = this.#view(dtype, this.call(this.op('data_ptr'), handle), values.length);
    if (dtype === 1 && !(values instanceof BigInt64Array)) {
      for (let i = 0; i < values.length; ++i) target[i] = BigInt(Math.trunc(Number(values[i])));
    } else if (dtype === 0) {
      for (let i = 0; i < values.length; ++i) target[i] = Number(values[i]) !== 0 ? 1 : 0;
    } else {
      target.set(values);
    }
    return handle;
  }

  /**
   * The bytes of all values in row-major order, as a copy. Undefined where it failed.
   * @returns {Uint8Array<ArrayBuffer> | undefined}
   */
  toBytes(handle) {
    const dense = this.call(this.op('contiguous'), handle);
    if (dense === undefined) return undefined;
    const shape = this.shape(dense);
    const count = shape === '' ? 1 : shape.split(',').reduce((n, size) => n * Number(size), 1);
    const size = dtypes[this.dtype(dense)].BYTES_PER_ELEMENT;
    const copy = this.#view(0, this.call(this.op('data_ptr'), dense), count * size).slice();
    this.call(this.op('free'), dense);
    return copy;
  }

  /**
   * A new tensor whose values have these bytes. Returns its handle, or undefined where it failed.
   * @param {number} dtype
   * @param {Uint8Array} bytes in row-major order, as many as the shape needs
   * @param {...number} shape
   */
  fromBytes(dtype, bytes, ...shape) {
    if (!shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
      this.#refusal = `got the shape [${shape}], expected sizes`;
      return undefined;
    }
    const count = shape.reduce((n, size) => n * size, 1);
    const expected = count * dtypes[dtype].BYTES_PER_ELEMENT;
    if (bytes.length !== expected) {
      this.#refusal = `got ${bytes.length} bytes, the shape needs ${expected}`;
      return undefined;
    }
    const handle = this.call(this.op('empty'), shape.length, ...shape, dtype);
    if (handle === undefined) return undefined;
    const target = this.#view(0, this.call(this.op('data_ptr'), handle), expected);
    // A C++ bool that is neither 0 nor 1 is no bool.
    target.set(dtype === 0 ? bytes.map((byte) => (byte ? 1 : 0)) : bytes);
    return handle;
  }

  /** Handles in use. */
  live() {
    return this.call(this.op('live_tensors'));
  }

  /** Bytes of WebAssembly memory; it grows and never shrinks. */
  memoryBytes() {
    return this.#exports.memory.buffer.byteLength;
  }

  /** @returns {any} an array of the type, over the engine's memory */
  #view(dtype, address, count) {
    return new dtypes[dtype](this.#exports.memory.buffer, address, count);
  }

  #list(op, handle) {
    const first = this.call(op, handle);
    if (first === undefined || this.#count === 0) return first === undefined ? undefined : '';
    const whole = (value, i) => (Math.abs(value) < 2 ** 53 ? value : (this.wideResult(i) ?? value));
    let text = `${whole(first, 0)}`;
    for (let d = 1; d < this.#count; ++d) text += `,${whole(this.result(d), d)}`;
    return text;
  }

  #refresh(count) {
    if (this.isBroken) return;
    this.#arguments = this.#exports.unroll_arguments(count) / 8;
    this.#capacity = Math.max(count, 64);
    this.#doubles = new Float64Array(this.#exports.memory.buffer);
  }

  #string(address) {
    return this.#module.UTF8ToString(address);
  }
}
