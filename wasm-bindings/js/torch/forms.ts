// Functions of torch whose arguments have forms of their own, and those that are a few ops put together.
import * as ops from '../../../build/generated/js/ops.ts';
import { isTensor } from './core.ts';
import { IndexError, RuntimeError, typeName } from './errors.ts';
import { named } from './named.ts';
import type { ValuesAndIndices } from './pairs.ts';
import type { Tensor } from './tensor.ts';

type Sizes = number[] | [readonly number[]];
type Dim = number | { dim: number; keepdim?: boolean };
type Keep = boolean | { keepdim?: boolean };

/** Sizes given one by one or as one array. */
export function sizesOf(sizes: readonly unknown[], op: string): number[] {
  const list = sizes.length === 1 && Array.isArray(sizes[0]) ? sizes[0] : sizes;
  const wrong = list.findIndex((size: unknown) => typeof size !== 'number' || !Number.isInteger(size));
  if (wrong >= 0)
    throw new TypeError(
      `${op}(): argument 'size' (position 1) must be array of whole numbers, but found element of type ` +
        `${typeName(list[wrong])} at pos ${wrong}`,
    );
  return [...list] as number[];
}

/** Another shape over the same memory; one size may be -1. */
export function view(input: Tensor, ...sizes: Sizes): Tensor {
  return ops.view(input, sizesOf(sizes, 'view'));
}

/** Another shape; a view where possible. One size may be -1. */
export function reshape(input: Tensor, ...shape: Sizes): Tensor {
  return ops.reshape(input, sizesOf(shape, 'reshape'));
}

/** Dims in another order. */
export function permute(input: Tensor, ...dims: Sizes): Tensor {
  return ops.permute(input, sizesOf(dims, 'permute'));
}

/** Dims of size 1 repeated without a copy; -1 leaves a size as it is. */
export function expand(input: Tensor, ...sizes: Sizes): Tensor {
  return ops.expand(input, sizesOf(sizes, 'expand'));
}

/** Tiled so often along each dim. */
export function repeat(input: Tensor, ...repeats: Sizes): Tensor {
  return ops.repeat(input, sizesOf(repeats, 'repeat'));
}

/** Parts of one size (the last may be smaller), or of the sizes listed, as views. */
export function split(input: Tensor, sizes: number | readonly number[], dim = 0): Tensor[] {
  if (typeof sizes !== 'number') return ops.split(input, sizes, dim);
  const total = input.size(dim);
  if (sizes < 0) throw new RuntimeError(`split expects split_size be non-negative, but got split_size=${sizes}`);
  if (sizes === 0 && total)
    throw new RuntimeError(`split_size can only be 0 if dimension size is 0, but got dimension size of ${total}`);
  const parts = new Array(sizes ? Math.floor(total / sizes) : 0).fill(sizes);
  if (!total || total % sizes) parts.push(sizes ? total % sizes : 0);
  return ops.split(input, parts, dim);
}

const roundings = [null, 'trunc', 'floor'] as const;

/** The quotient; roundingMode is null, 'trunc' or 'floor'. */
export function div(
  input: Tensor | number,
  other: Tensor | number,
  { roundingMode = null }: { roundingMode?: 'trunc' | 'floor' | null } = {},
): Tensor {
  const rounding = roundings.indexOf(roundingMode);
  if (rounding < 0)
    throw new RuntimeError(
      `div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '${roundingMode}'`,
    );
  return ops.div(input, other, rounding);
}

/** The quotient, rounded down. */
export function floorDivide(input: Tensor | number, other: Tensor | number): Tensor {
  return ops.div(input, other, 2);
}

const along = { max: ops.max, min: ops.min, median: ops.median };

function extreme(
  op: keyof typeof along,
  input: Tensor,
  given: unknown[],
  whole: (input: Tensor) => Tensor,
): Tensor | ValuesAndIndices {
  if (given.length === 0) return whole(input);
  if (isTensor(given[0]) && op !== 'median')
    return op === 'max' ? ops.maximum(input, given[0]) : ops.minimum(input, given[0]);
  const [dim, keepdim] = named(op, ['dim', 'keepdim'], given) as [number, boolean | undefined];
  if (dim === undefined) return whole(input);
  return along[op](input, dim, keepdim);
}

function checkNotEmpty(op: string, input: Tensor): void {
  if (input.numel() > 0) return;
  throw new RuntimeError(
    `${op}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.`,
  );
}

/** The largest value; along dim with its index; or of two tensors, element by element. */
export function max(input: Tensor): Tensor;
export function max(input: Tensor, other: Tensor): Tensor;
export function max(input: Tensor, dim: Dim, keepdim?: Keep): ValuesAndIndices;
export function max(input: Tensor, ...given: unknown[]): Tensor | ValuesAndIndices {
  return extreme('max', input, given, (x) => {
    checkNotEmpty('max', x);
    return ops.amax(x);
  });
}

/** The smallest value; along dim with its index; or of two tensors, element by element. */
export function min(input: Tensor): Tensor;
export function min(input: Tensor, other: Tensor): Tensor;
export function min(input: Tensor, dim: Dim, keepdim?: Keep): ValuesAndIndices;
export function min(input: Tensor, ...given: unknown[]): Tensor | ValuesAndIndices {
  return extreme('min', input, given, (x) => {
    checkNotEmpty('min', x);
    return ops.amin(x);
  });
}

/** The lower middle; along dim with its index. */
export function median(input: Tensor): Tensor;
export function median(input: Tensor, dim: Dim, keepdim?: Keep): ValuesAndIndices;
export function median(input: Tensor, ...given: unknown[]): Tensor | ValuesAndIndices {
  return extreme('median', input, given, (x) => ops.median(ops.reshape(x, [-1]), 0).values);
}

/** The indices of all elements that are not zero, one a row; or one tensor a dimension. */
export function nonzero(input: Tensor): Tensor;
export function nonzero(input: Tensor, options: { asTuple: true }): Tensor[];
export function nonzero(input: Tensor, { asTuple = false }: { asTuple?: boolean } = {}): Tensor | Tensor[] {
  const found = ops.nonzero(input);
  return asTuple ? ops.unbind(found, 1) : found;
}

/** Values limited to [min, max], as clamp. */
export function clip(input: Tensor, limits: { min?: number | Tensor | null; max?: number | Tensor | null }): Tensor {
  return ops.clamp(input, limits.min ?? null, limits.max ?? null);
}

/** Where values are within atol + rtol · |other| of each other. */
export function isclose(
  input: Tensor,
  other: Tensor,
  { rtol = 1e-5, atol = 1e-8 }: { rtol?: number; atol?: number } = {},
): Tensor {
  const distance = ops.abs(ops.sub(input, other));
  return ops.logicalOr(ops.eq(input, other), ops.le(distance, ops.add(ops.mul(ops.abs(other), rtol), atol)));
}

/** The number of elements. */
export function numel(input: Tensor): number {
  return input.numel();
}

/** Joined along dim, as cat. */
export function concat(tensors: readonly Tensor[], dim = 0): Tensor {
  return ops.cat(tensors, dim);
}

/** Put side by side: along dim 1, or dim 0 for one-dimensional tensors. */
export function hstack(tensors: readonly Tensor[]): Tensor {
  const parts = tensors.map((part) => (part.dim() ? part : part.reshape(1)));
  return ops.cat(parts, parts[0].dim() === 1 ? 0 : 1);
}

/** Put one below the other. */
export function vstack(tensors: readonly Tensor[]): Tensor {
  return ops.cat(
    tensors.map((part) => (part.dim() < 2 ? part.reshape(1, -1) : part)),
    0,
  );
}

/** The matrix with a vector on its diagonal, or the diagonal of a matrix. */
export function diag(input: Tensor, diagonal = 0): Tensor {
  if (input.dim() === 2) return ops.clone(ops.diagonal(input, diagonal));
  if (input.dim() !== 1) throw new RuntimeError(`diag(): Supports 1D or 2D tensors. Got ${input.dim()}D`);
  const size = input.size(0) + Math.abs(diagonal);
  const made = ops.full([size, size], 0, input.dtype);
  ops.copy_(ops.diagonal(made, diagonal), input);
  return made;
}

/** The sum of a matrix's diagonal. */
export function trace(input: Tensor): Tensor {
  if (input.dim() !== 2) throw new RuntimeError(`trace: expected a matrix, but got tensor with dim ${input.dim()}`);
  return ops.sum(ops.diagonal(input));
}

/** Coordinate grids of one-dimensional tensors. */
export function meshgrid(tensors: readonly Tensor[], { indexing = 'ij' }: { indexing?: 'ij' | 'xy' } = {}): Tensor[] {
  const sizes = tensors.map((tensor) => tensor.numel());
  const grids = tensors.map((tensor, place) => {
    const shape = sizes.map((size, d) => (d === place ? size : 1));
    return ops.expand(tensor.reshape(shape), sizes);
  });
  return indexing === 'xy' && grids.length > 1 ? grids.map((grid) => ops.transpose(grid, 0, 1)) : grids;
}

/** A dimension counted from the front. Throws IndexError where it is not there. */
export function frontDim(dim: number, dims: number): number {
  if (dim < -dims || dim >= dims)
    throw new IndexError(`Dimension out of range (expected to be in range of [${-dims}, ${dims - 1}], but got ${dim})`);
  return dim < 0 ? dim + dims : dim;
}

/** Dimensions moved to other places. */
export function movedim(input: Tensor, source: number | number[], destination: number | number[]): Tensor {
  const dims = input.dim();
  const from = [source].flat().map((dim) => frontDim(dim, dims));
  const to = [destination].flat().map((dim) => frontDim(dim, dims));
  if (from.length !== to.length)
    throw new RuntimeError(
      `movedim: Invalid source or destination dims: source ([${from}] dims) should contain the same number of dims as ` +
        `destination ([${to}] dims)`,
    );
  const order = input.shape.map((_, dim) => dim).filter((dim) => !from.includes(dim));
  const moves = to.map((place, i) => [place, from[i]]).sort((a, b) => a[0] - b[0]);
  for (const [place, dim] of moves) order.splice(place, 0, dim);
  return ops.permute(input, order);
}
