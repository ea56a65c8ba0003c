/** The functions behind the layers. Those of the op table come from there; the others are here. */
import * as ops from '../../../../build/generated/js/ops.ts';
import { RuntimeError, ValueError } from '../errors.ts';
import type { Tensor } from '../tensor.ts';

export * from '../../../../build/generated/js/activation-functions.ts';
export * from '../../../../build/generated/js/functional.ts';

type Reduction = 'none' | 'mean' | 'sum';

/** Rows of a table at the given indices. */
export function embedding(
  input: Tensor,
  weight: Tensor,
  { paddingIdx = null }: { paddingIdx?: number | null } = {},
): Tensor {
  return ops.embedding(weight, input, paddingIdx ?? -1);
}

/** Zeros each element with probability p, and scales the others by 1/(1−p), where training. */
export function dropout(input: Tensor, options: number | { p?: number; training?: boolean } = {}): Tensor {
  const { p = 0.5, training = true } = typeof options === 'number' ? { p: options } : options;
  if (p < 0 || p > 1) throw new ValueError(`dropout probability has to be between 0 and 1, but got ${p}`);
  return ops.dropout(input, p, training);
}

/** x Φ(x); approximate is 'none' or 'tanh'. */
export function gelu(input: Tensor, { approximate = 'none' }: { approximate?: 'none' | 'tanh' } = {}): Tensor {
  if (approximate !== 'none' && approximate !== 'tanh')
    throw new RuntimeError('approximate argument must be either none or tanh.');
  return ops.gelu(input, approximate === 'tanh');
}

/** The first half along dim, times the sigmoid of the second. */
export function glu(input: Tensor, dim = -1): Tensor {
  const [a, b] = ops.chunk(input, 2, dim);
  return ops.mul(a, ops.sigmoid(b));
}

/** target (log target − input) for log-probabilities; 'batchmean' divides by the batch. */
export function klDiv(
  input: Tensor,
  target: Tensor,
  { reduction = 'mean', logTarget = false }: { reduction?: Reduction | 'batchmean'; logTarget?: boolean } = {},
): Tensor {
  if (reduction !== 'batchmean') return ops.klDiv(input, target, reduction, logTarget);
  const total = ops.klDiv(input, target, 'sum', logTarget);
  return input.dim() ? ops.div(total, input.size(0)) : total;
}

/** Padded with one value; pad is [left, right] of the last dim, then of the one before, … */
export function pad(input: Tensor, pad: readonly number[], { value = 0 }: { value?: number } = {}): Tensor {
  return ops.pad(input, pad, value);
}

/** The cosine of the angle between vectors along dim. */
export function cosineSimilarity(
  x1: Tensor,
  x2: Tensor,
  { dim = 1, eps = 1e-8 }: { dim?: number; eps?: number } = {},
): Tensor {
  const product = ops.sum(ops.mul(x1, x2), dim);
  const sizes = [x1, x2].map((x) => ops.clamp(ops.norm(x, 2, dim), eps));
  return ops.div(product, ops.mul(sizes[0], sizes[1]));
}

/** Scaled so that the p-norm along dim is one. */
export function normalize(
  input: Tensor,
  { p = 2, dim = 1, eps = 1e-12 }: { p?: number; dim?: number; eps?: number } = {},
): Tensor {
  return ops.div(input, ops.clamp(ops.norm(input, p, dim, true), eps));
}

/** Options of convolutions. */
export interface ConvOptions {
  stride?: number;
  /** Zeros at each end. */
  padding?: number;
  dilation?: number;
  groups?: number;
}

/** Sums over a kernel that slides along the last dim. Shapes: input (N, C, L) or (C, L), weight (out, C / groups, k). */
export function conv1d(
  input: Tensor,
  weight: Tensor,
  { bias = null, stride = 1, padding = 0, dilation = 1, groups = 1 }: ConvOptions & { bias?: Tensor | null } = {},
): Tensor {
  const dims = input.dim();
  if (dims !== 2 && dims !== 3)
    throw new RuntimeError(
      `Expected 2D (unbatched) or 3D (batched) input to conv1d, but got input of size: [${input.shape.join(', ')}]`,
    );
  const batch = dims === 2 ? ops.unsqueeze(input, 0) : input;
  const made = ops.convolution(batch, weight, bias, [stride], [padding], [dilation], false, [0], groups);
  return dims === 2 ? ops.squeeze(made, 0) : made;
}
