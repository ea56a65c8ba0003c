import * as ops from '../../../build/generated/js/ops.ts';
import { backward } from './autograd.ts';
import { checked, connectTensor, dtypeOf, engine, handleOf } from './core.ts';
import { bool, byCode, type DType, float32, float64, int32, int64 } from './dtypes.ts';
import { IndexError, RuntimeError, ValueError } from './errors.ts';
import { addHook } from './hooks.ts';
import { at, type Index, setAt } from './indexing.ts';
import { type Arena, adopt, currentArena, release } from './memory.ts';
import { text } from './printing.ts';
import { dispose, inspect } from './symbols.ts';
import { TensorForms } from './tensor-forms.ts';

/** Numbers in nested arrays, as `tolist()` gives them. */
export type Nested = number | bigint | boolean | Nested[];

/** A typed array that holds a tensor's values. */
export type Values = Float32Array | Float64Array | Uint8Array | Int8Array | Int16Array | Int32Array;

/**
 * A tensor: elements of one type over memory of the engine, with a place in the graph of gradients. torch.tensor(),
 * torch.zeros(), torch.randn() and others make them.
 */
export class Tensor extends TensorForms implements Iterable<Tensor> {
  /** The engine's number; 0 when freed. @internal */
  handle: number;
  readonly #arena = currentArena();

  /** @internal */
  constructor(handle: number) {
    super();
    if (typeof handle !== 'number')
      throw new TypeError('a tensor of values is made by torch.tensor([1, 2, 3]), not by new torch.Tensor()');
    this.handle = handle;
    Object.defineProperty(this, 'handle', { enumerable: false });
  }

  /** To whom it belongs. @internal */
  get arena(): Arena {
    return this.#arena;
  }

  /** The sizes of all dimensions. */
  get shape(): number[] {
    const found = checked(engine().shape(handleOf(this)));
    return found === '' ? [] : found.split(',').map(Number);
  }

  /** The type of the elements. */
  get dtype(): DType {
    return byCode[ops.dtype(this)];
  }

  /** The number of dimensions. */
  get ndim(): number {
    return this.shape.length;
  }

  /** The number of dimensions. */
  dim(): number {
    return this.shape.length;
  }

  /** The sizes of all dimensions, or of one. */
  size(): number[];
  size(dim: number): number;
  size(dim?: number): number | number[] {
    const { shape } = this;
    if (dim === undefined) return shape;
    const n = shape.length;
    if (dim >= -n && dim < n) return shape.at(dim) as number;
    if (n === 0) throw new IndexError(`Dimension specified as ${dim} but tensor has no dimensions`);
    throw new IndexError(`Dimension out of range (expected to be in range of [${-n}, ${n - 1}], but got ${dim})`);
  }

  /** The number of elements. */
  numel(): number {
    return this.shape.reduce((count, size) => count * size, 1);
  }

  /** How many elements of memory lie between neighbours of each dimension. */
  stride(): number[] {
    const found = checked(engine().strides(handleOf(this)));
    return found === '' ? [] : found.split(',').map(Number);
  }

  /** The size of the first dimension. */
  get length(): number {
    return this.shape[0] ?? 0;
  }

  /** The tensors along the first dimension. */
  [Symbol.iterator](): Iterator<Tensor> {
    if (this.dim() === 0) throw new TypeError('iteration over a 0-d tensor');
    return this.unbind(0)[Symbol.iterator]();
  }

  /**
   * Part of the tensor: `x.at(0)`, `x.at(':', -1)`, `x.at('1:3', null)`, `x.at(mask)`. Each place takes a number, text
   * with a colon as in Python (`'::2'`), `null` for a new dimension, `'...'`, an array of numbers or a tensor.
   */
  at(...index: Index[]): Tensor {
    return at(this, index);
  }

  /** Writes values over part of the tensor: `x.setAt([':', 0], 5)` is Python's `x[:, 0] = 5`. */
  setAt(index: Index | Index[], value: Tensor | number | boolean): this {
    setAt(this, Array.isArray(index) ? index : [index], value);
    return this;
  }

  /** The value of a one-element tensor; a bigint only where a number cannot hold it. */
  item(): number;
  item(): number | bigint | boolean {
    const value = checked(engine().item(handleOf(this)));
    return this.dtype === bool ? value !== 0 : value;
  }

  /** All values as nested arrays, or one value for a zero-dim tensor. */
  tolist(): Nested {
    const { shape } = this;
    if (shape.length === 0) return this.item();
    const values = Array.from<number, number | boolean>(
      this.toTypedArray(),
      this.dtype === bool ? (value) => value !== 0 : (value) => value,
    );
    return nest(values, shape);
  }

  /** All values in row-major order, as a copy. int64 comes as Float64Array, bool as Uint8Array, the halves as Float32Array. */
  toTypedArray(): Values {
    return checked(engine().toTyped(handleOf(this)));
  }

  toString(): string {
    return text(this);
  }

  [inspect](): string {
    return this.toString();
  }

  /** The value of a one-element tensor, so that `Number(loss)`, `loss < 0.1` and `loss.toFixed` of it work. */
  [Symbol.toPrimitive](hint: string): string | number {
    if (hint === 'string') return this.toString();
    if (this.numel() !== 1) {
      if (hint === 'default') return this.toString();
      throw new ValueError('only one element tensors can be converted to JavaScript numbers');
    }
    return Number(this.item());
  }

  /** The tensor as another dtype; itself where it has that dtype already. */
  to(dtype: DType | string | Tensor): Tensor {
    const wanted = dtype instanceof Tensor ? dtype.dtype : dtype === 'cpu' ? this.dtype : dtypeOf(dtype);
    return wanted === this.dtype ? this : ops.to(this, wanted);
  }

  /** The tensor as float32. */
  float(): Tensor {
    return this.to(float32);
  }

  /** The tensor as float64. */
  double(): Tensor {
    return this.to(float64);
  }

  /** The tensor as int64. */
  long(): Tensor {
    return this.to(int64);
  }

  /** The tensor as int32. */
  int(): Tensor {
    return this.to(int32);
  }

  /** The tensor as bool: true where it is not zero. */
  bool(): Tensor {
    return this.to(bool);
  }

  /** The tensor with row-major memory; itself where it is so already. */
  contiguous(): Tensor {
    return this.isContiguous() ? this : ops.contiguous(this);
  }

  /** Whether gradients are computed for this tensor. */
  get requiresGrad(): boolean {
    return ops.requiresGrad(this);
  }

  set requiresGrad(on: boolean) {
    ops.setRequiresGrad(this, on);
  }

  /** Sets `requiresGrad`, in place. */
  requiresGrad_(on = true): this {
    ops.setRequiresGrad(this, on);
    return this;
  }

  /** Whether no recorded op made this tensor. */
  get isLeaf(): boolean {
    return ops.isLeaf(this);
  }

  /** The gradient that backward() accumulated, or null. */
  get grad(): Tensor | null {
    return ops.getGrad(this);
  }

  set grad(grad: Tensor | null) {
    ops.setGrad(this, grad);
  }

  /** The name of the op that made this tensor, or null. */
  get gradFn(): string | null {
    return ops.gradFnName(this) || null;
  }

  /** The same values without a graph; writing to it writes to this tensor. */
  get data(): Tensor {
    return ops.dataAlias(this);
  }

  set data(source: Tensor) {
    ops.setData(this, source);
  }

  /** The same values without a graph; the memory is shared. */
  detach(): Tensor {
    return ops.detach(this);
  }

  /** Cuts this tensor off from its graph, in place. */
  detach_(): this {
    adopt(this, ops.detach(this));
    return this;
  }

  /** Keeps the gradient of a result of an op in `grad`. */
  retainGrad(): void {
    if (!this.requiresGrad) throw new RuntimeError("can't retain_grad on Tensor that has requires_grad=False");
    if (!this.isLeaf) ops.retainGrad(this);
  }

  /** Computes the gradients of all leaves that this tensor was computed from. */
  backward(options: { gradient?: Tensor; retainGraph?: boolean; createGraph?: boolean; inputs?: Tensor[] } = {}): void {
    backward(this, options);
  }

  /** Calls a function with each gradient of this tensor; what it returns takes the gradient's place. */
  registerHook(hook: (grad: Tensor) => Tensor | undefined | null): void {
    addHook(this, hook);
  }

  /** Frees the memory now. The tensor cannot be used afterwards. */
  dispose(): void {
    release(this);
  }

  /** Frees the tensor at the end of the block: `using x = torch.randn(3)`. */
  [dispose](): void {
    release(this);
  }
}

connectTensor(Tensor);

function nest(values: Nested[], shape: number[]): Nested {
  if (shape.length === 1) return values;
  const size = values.length / (shape[0] || 1);
  return Array.from({ length: shape[0] }, (_, i) => nest(values.slice(i * size, (i + 1) * size), shape.slice(1)));
}
