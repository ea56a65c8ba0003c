// x.at(…) and x.setAt(…): numbers, text with colons, null, '...', arrays and tensors, in any mix, as PyTorch reads them.
import * as ops from '../../../build/generated/js/ops.ts';
import { isTensor } from './core.ts';
import { tensor as make } from './creation.ts';
import { bool, int64, scalarNames } from './dtypes.ts';
import { IndexError, RuntimeError, typeName, ValueError } from './errors.ts';
import type { Tensor } from './tensor.ts';

/** A range of places: `torch.slice(1, 5)` is Python's `1:5`. */
export class Slice {
  constructor(
    readonly start: number | null,
    readonly stop: number | null,
    readonly step: number,
  ) {}
}

/** What stands at one place of an index: see Tensor.at(). */
export type Index = number | string | null | boolean | Slice | Tensor | number[] | boolean[];

/** A range of places for at() and setAt(): from start to before stop. Null means from the first, or to the last. */
export function slice(start: number | null, stop: number | null = null, step = 1): Slice {
  return new Slice(start, stop, step);
}

function parse(item: string): Slice {
  const parts = item.split(':').map((part) => part.trim());
  if (parts.length < 2 || parts.length > 3 || parts.some((part) => !/^(-?\d+)?$/.test(part)))
    throw new IndexError(
      `'${item}' is no index: text has to be '...' or places apart by colons, such as ':', '1:3' or '::2'`,
    );
  const [start, stop, step] = parts.map((part) => (part === '' ? null : Number(part)));
  return new Slice(start, stop, step ?? 1);
}

/** How many dimensions an item of the index speaks for. */
function taken(item: Index): number {
  if (item === null || item === '...' || typeof item === 'boolean') return 0;
  return isTensor(item) && item.dtype === bool ? item.dim() : 1;
}

function select(view: Tensor, dim: number, index: number, place: number): Tensor {
  const { shape } = view;
  if (shape.length === 0)
    throw new IndexError('invalid index of a 0-dim tensor. Use `tensor.item()` to convert a 0-dim tensor to a number');
  const size = shape[dim];
  if (index < -size || index >= size)
    throw new IndexError(`index ${index} is out of bounds for dimension ${place} with size ${size}`);
  return ops.select(view, dim, index);
}

function cut(view: Tensor, dim: number, { start, stop, step }: Slice): Tensor {
  if (step <= 0) throw new ValueError('step must be greater than zero');
  if (start === null && stop === null && step === 1) return view;
  return ops.slice(view, dim, start, stop, step);
}

/** The view that numbers, slices and null give, and the tensors that are left to index it with. */
function viewOf(self: Tensor, index: readonly Index[]): { view: Tensor; tensors: (Tensor | null)[] } {
  const wanted = index.reduce<number>((count, item) => count + taken(item), 0);
  const dims = self.dim();
  if (wanted > dims) {
    if (dims === 0) select(self, 0, 0, 0);
    throw new IndexError(`too many indices for tensor of dimension ${dims}`);
  }
  let view = self;
  let dim = 0;
  const tensors: (Tensor | null)[] = [];
  const put = (item: Tensor) => {
    while (tensors.length < dim) tensors.push(null);
    tensors.push(item);
    dim += 1;
  };
  for (const [place, item] of index.entries()) {
    if (item === null) {
      view = ops.unsqueeze(view, dim);
      dim += 1;
    } else if (item === '...') {
      dim += dims - wanted;
    } else if (typeof item === 'string' || item instanceof Slice) {
      view = cut(view, dim, typeof item === 'string' ? parse(item) : item);
      dim += 1;
    } else if (typeof item === 'number' && Number.isInteger(item)) {
      view = select(view, dim, item, place);
    } else if (typeof item === 'boolean') {
      view = ops.unsqueeze(view, dim);
      put(make([item]));
    } else if (isTensor(item) || Array.isArray(item)) {
      const picked = isTensor(item) ? item : indexTensor(item);
      if (picked.dim() === 0 && picked.dtype === int64) {
        view = select(view, dim, picked.item(), place);
      } else {
        if (picked.dtype.isFloatingPoint)
          throw new IndexError('tensors used as indices must be long, int, byte or bool tensors');
        put(picked);
        dim += Math.max(0, taken(picked) - 1);
      }
    } else {
      throw new IndexError(
        "only whole numbers, text with colons (':', '1:3'), '...', null, arrays and long or bool tensors are valid indices " +
          `(got ${typeof item === 'number' ? item : typeName(item)})`,
      );
    }
  }
  return { view, tensors };
}

function indexTensor(item: number[] | boolean[]): Tensor {
  return make(item, { dtype: typeof item[0] === 'boolean' ? bool : int64 });
}

/** The value of `self[index]`: a view where only numbers and slices are used. */
export function at(self: Tensor, index: readonly Index[]): Tensor {
  const { view, tensors } = viewOf(self, index);
  if (tensors.length > 0) return ops.index(view, tensors);
  return view === self ? ops.view(view, view.shape) : view;
}

/** `self[index] = value`, in place. */
export function setAt(self: Tensor, index: readonly Index[], value: Tensor | number | boolean): void {
  if (!isTensor(value) && typeof value !== 'number' && typeof value !== 'boolean')
    throw new TypeError(`can't assign a ${typeName(value)} to a torch.${scalarNames[self.dtype.code]}Tensor`);
  const { view, tensors } = viewOf(self, index);
  if (tensors.length > 0) ops.indexPut_(view, tensors, fitting(value, self));
  else if (isTensor(value)) ops.copy_(view, broadcast(value, view));
  else ops.fill_(view, value);
}

function fitting(value: Tensor | number | boolean, self: Tensor): Tensor {
  if (!isTensor(value)) return ops.full([], Number(value), self.dtype);
  if (value.dtype === self.dtype) return value;
  if (value.dim() === 0) return value.to(self.dtype);
  throw new RuntimeError(
    'Index put requires the source and destination dtypes match, ' +
      `got ${scalarNames[self.dtype.code]} for the destination and ${scalarNames[value.dtype.code]} for the source.`,
  );
}

/** The value in the view's shape. Throws PyTorch's error where it does not broadcast to it. */
function broadcast(value: Tensor, view: Tensor): Tensor {
  let source = value;
  while (source.dim() > view.dim() && source.size(0) === 1) source = ops.select(source, 0, 0);
  const { shape } = view;
  return String(source.shape) === String(shape) ? source : ops.expand(source, shape);
}
