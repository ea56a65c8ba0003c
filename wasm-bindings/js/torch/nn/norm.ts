import * as ops from '../../../../build/generated/js/ops.ts';
import { ones, type TensorOptions, tensor, zeros } from '../creation.ts';
import { int64 } from '../dtypes.ts';
import { ValueError } from '../errors.ts';
import { Parameter } from '../parameter.ts';
import type { Tensor } from '../tensor.ts';
import { Module } from './module.ts';

/** `1e-05`, as Python prints it. */
const small = (value: number) => (value < 1e-4 ? value.toExponential().replace(/e-(\d)$/, 'e-0$1') : String(value));
const word = (value: boolean) => (value ? 'True' : 'False');

/** Options of LayerNorm. */
export interface LayerNormOptions extends Pick<TensorOptions, 'dtype'> {
  eps?: number;
  /** Whether there are a weight and a bias to learn. */
  elementwiseAffine?: boolean;
  bias?: boolean;
}

/** Mean 0 and variance 1 over the last dims, which have the given sizes. */
export class LayerNorm extends Module<[input: Tensor], Tensor> {
  readonly normalizedShape: number[];
  readonly eps: number;
  weight: Parameter | null;
  bias: Parameter | null;

  constructor(
    normalizedShape: number | readonly number[],
    { eps = 1e-5, elementwiseAffine = true, bias = true, dtype }: LayerNormOptions = {},
  ) {
    super();
    this.normalizedShape = [normalizedShape].flat() as number[];
    this.eps = eps;
    this.weight = elementwiseAffine ? new Parameter(ones(this.normalizedShape, { dtype })) : null;
    this.bias = elementwiseAffine && bias ? new Parameter(zeros(this.normalizedShape, { dtype })) : null;
  }

  override forward(input: Tensor): Tensor {
    return ops.layerNorm(input, this.normalizedShape, this.weight, this.bias, this.eps);
  }

  override extraRepr(): string {
    const shape = `(${this.normalizedShape.join(', ')}${this.normalizedShape.length === 1 ? ',' : ''})`;
    return `${shape}, eps=${small(this.eps)}, elementwise_affine=${word(this.weight !== null)}`;
  }
}

/** Options of BatchNorm1d. */
export interface BatchNormOptions extends Pick<TensorOptions, 'dtype'> {
  eps?: number;
  momentum?: number;
  affine?: boolean;
  trackRunningStats?: boolean;
}

/** Mean 0 and variance 1 for each channel of (N, C) or (N, C, L); in eval() by what was seen in training. */
export class BatchNorm1d extends Module<[input: Tensor], Tensor> {
  readonly eps: number;
  readonly momentum: number;
  weight: Parameter | null;
  bias: Parameter | null;
  declare running_mean: Tensor | null;
  declare running_var: Tensor | null;
  declare num_batches_tracked: Tensor | null;

  constructor(
    readonly numFeatures: number,
    { eps = 1e-5, momentum = 0.1, affine = true, trackRunningStats = true, dtype }: BatchNormOptions = {},
  ) {
    super();
    this.eps = eps;
    this.momentum = momentum;
    this.weight = affine ? new Parameter(ones([numFeatures], { dtype })) : null;
    this.bias = affine ? new Parameter(zeros([numFeatures], { dtype })) : null;
    this.registerBuffer('running_mean', trackRunningStats ? zeros([numFeatures], { dtype }) : null);
    this.registerBuffer('running_var', trackRunningStats ? ones([numFeatures], { dtype }) : null);
    this.registerBuffer('num_batches_tracked', trackRunningStats ? tensor(0, { dtype: int64 }) : null);
  }

  override forward(input: Tensor): Tensor {
    const dims = input.dim();
    if (dims !== 2 && dims !== 3) throw new ValueError(`expected 2D or 3D input (got ${dims}D input)`);
    if (this.training && this.num_batches_tracked) ops.add_(this.num_batches_tracked, 1);
    const training = this.training || this.running_mean === null;
    const { weight, bias, running_mean: mean, running_var: variance } = this;
    return ops.batchNorm(input, weight, bias, mean, variance, training, this.momentum, this.eps);
  }

  override extraRepr(): string {
    return (
      `${this.numFeatures}, eps=${small(this.eps)}, momentum=${this.momentum}, affine=${word(this.weight !== null)}, ` +
      `track_running_stats=${word(this.running_mean !== null)}`
    );
  }
}
