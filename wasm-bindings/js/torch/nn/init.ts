/** Filling weights. The same seed gives the same weights as PyTorch. */
import * as ops from '../../../../build/generated/js/ops.ts';
import { noGrad } from '../autograd.ts';
import { ValueError } from '../errors.ts';
import type { Generator } from '../random.ts';
import type { Tensor } from '../tensor.ts';

/** An activation, by which weights are scaled. */
export type Nonlinearity = 'linear' | 'sigmoid' | 'tanh' | 'relu' | 'leaky_relu' | 'selu';
type Drawn = { generator?: Generator };
type Kaiming = Drawn & { a?: number; mode?: 'fan_in' | 'fan_out'; nonlinearity?: Nonlinearity };

const stream = (options: Drawn) => options.generator?.id ?? 0;

/** By how much to scale weights for an activation. */
export function calculateGain(nonlinearity: Nonlinearity, param = 0.01): number {
  if (nonlinearity === 'linear' || nonlinearity === 'sigmoid') return 1;
  if (nonlinearity === 'tanh') return 5 / 3;
  if (nonlinearity === 'relu') return Math.sqrt(2);
  if (nonlinearity === 'leaky_relu') return Math.sqrt(2 / (1 + param ** 2));
  if (nonlinearity === 'selu') return 3 / 4;
  throw new ValueError(`Unsupported nonlinearity ${nonlinearity}`);
}

/** Fills from U(a, b). */
export function uniform_(tensor: Tensor, a = 0, b = 1, options: Drawn = {}): Tensor {
  noGrad(() => ops.uniform_(tensor, a, b, stream(options)));
  return tensor;
}

/** Fills from N(mean, std²). */
export function normal_(tensor: Tensor, mean = 0, std = 1, options: Drawn = {}): Tensor {
  noGrad(() => ops.normal_(tensor, mean, std, stream(options)));
  return tensor;
}

/** Fills with one value. */
export function constant_(tensor: Tensor, value: number): Tensor {
  noGrad(() => ops.fill_(tensor, value));
  return tensor;
}

/** Fills with ones. */
export function ones_(tensor: Tensor): Tensor {
  return constant_(tensor, 1);
}

/** Fills with zeros. */
export function zeros_(tensor: Tensor): Tensor {
  return constant_(tensor, 0);
}

/** Inputs and outputs of a layer with this weight. */
function fans(tensor: Tensor): [number, number] {
  const { shape } = tensor;
  if (shape.length < 2)
    throw new ValueError('Fan in and fan out can not be computed for tensor with fewer than 2 dimensions');
  const field = shape.slice(2).reduce((product, size) => product * size, 1);
  return [shape[1] * field, shape[0] * field];
}

/** Fills from U(−a, a) with a = gain √(6 / (fan_in + fan_out)).  [Glorot & Bengio 2010] */
export function xavierUniform_(tensor: Tensor, gain = 1, options: Drawn = {}): Tensor {
  const [fanIn, fanOut] = fans(tensor);
  const bound = Math.sqrt(3) * (gain * Math.sqrt(2 / (fanIn + fanOut)));
  return uniform_(tensor, -bound, bound, options);
}

/** Fills from N(0, gain² 2 / (fan_in + fan_out)).  [Glorot & Bengio 2010] */
export function xavierNormal_(tensor: Tensor, gain = 1, options: Drawn = {}): Tensor {
  const [fanIn, fanOut] = fans(tensor);
  return normal_(tensor, 0, gain * Math.sqrt(2 / (fanIn + fanOut)), options);
}

function kaimingStd(tensor: Tensor, { a = 0, mode = 'fan_in', nonlinearity = 'leaky_relu' }: Kaiming): number {
  const [fanIn, fanOut] = fans(tensor);
  return calculateGain(nonlinearity, a) / Math.sqrt(mode === 'fan_in' ? fanIn : fanOut);
}

/** Fills from U(−b, b) with b = gain √(3 / fan).  [He et al. 2015] */
export function kaimingUniform_(tensor: Tensor, options: Kaiming = {}): Tensor {
  const bound = Math.sqrt(3) * kaimingStd(tensor, options);
  return uniform_(tensor, -bound, bound, options);
}

/** Fills from N(0, gain² / fan).  [He et al. 2015] */
export function kaimingNormal_(tensor: Tensor, options: Kaiming = {}): Tensor {
  return normal_(tensor, 0, kaimingStd(tensor, options), options);
}

/** The columns made orthonormal one after the other, twice for exactness. */
function orthonormal(matrix: Tensor): Tensor {
  const columns: Tensor[] = [];
  for (const start of ops.unbind(matrix, 1)) {
    let column = start;
    for (let again = 0; again < 2 && columns.length > 0; ++again) {
      const before = ops.stack(columns, 1);
      column = ops.sub(column, ops.mv(before, ops.mv(before.t(), column)));
    }
    columns.push(ops.div(column, ops.norm(column)));
  }
  return ops.stack(columns, 1);
}

/** Fills with a matrix whose rows, or columns, are orthonormal.  [Saxe et al. 2013] */
export function orthogonal_(tensor: Tensor, gain = 1, options: Drawn = {}): Tensor {
  const { shape } = tensor;
  if (shape.length < 2) throw new ValueError('Only tensors with 2 or more dimensions are supported');
  noGrad(() => {
    const flat = ops.full([shape[0], tensor.numel() / shape[0]], 0, tensor.dtype);
    ops.normal_(flat, 0, 1, stream(options));
    const wide = flat.size(0) < flat.size(1);
    const made = orthonormal((wide ? flat.t() : flat).double());
    ops.copy_(tensor, (wide ? made.t() : made).reshape(shape).to(tensor.dtype));
    ops.mul_(tensor, gain);
  });
  return tensor;
}
