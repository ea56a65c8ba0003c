import { empty, type TensorOptions } from '../creation.ts';
import { ValueError } from '../errors.ts';
import { Parameter } from '../parameter.ts';
import type { Tensor } from '../tensor.ts';
import { type ConvOptions, conv1d } from './functional.ts';
import * as init from './init.ts';
import { Module } from './module.ts';

/** Sums over a kernel that slides along the last dim. Shapes: (N, C, L) or (C, L) → (N, outChannels, L'). */
export class Conv1d extends Module<[input: Tensor], Tensor> {
  weight: Parameter;
  bias: Parameter | null;
  private readonly options: Required<ConvOptions>;

  constructor(
    readonly inChannels: number,
    readonly outChannels: number,
    readonly kernelSize: number,
    { bias = true, dtype, ...options }: ConvOptions & Pick<TensorOptions, 'dtype'> & { bias?: boolean } = {},
  ) {
    super();
    this.options = { stride: 1, padding: 0, dilation: 1, groups: 1, ...options };
    const { groups } = this.options;
    if (inChannels % groups !== 0) throw new ValueError('in_channels must be divisible by groups');
    if (outChannels % groups !== 0) throw new ValueError('out_channels must be divisible by groups');
    this.weight = new Parameter(empty([outChannels, inChannels / groups, kernelSize], { dtype }));
    this.bias = bias ? new Parameter(empty([outChannels], { dtype })) : null;
    this.resetParameters();
  }

  /** Draws weight and bias from U(−1/√fan_in, 1/√fan_in). */
  resetParameters(): void {
    init.kaimingUniform_(this.weight, { a: Math.sqrt(5) });
    const bound = 1 / Math.sqrt(this.weight.size(1) * this.kernelSize);
    if (this.bias) init.uniform_(this.bias, -bound, bound);
  }

  override forward(input: Tensor): Tensor {
    return conv1d(input, this.weight, { bias: this.bias, ...this.options });
  }

  override extraRepr(): string {
    const { stride, padding, dilation, groups } = this.options;
    let text = `${this.inChannels}, ${this.outChannels}, kernel_size=(${this.kernelSize},), stride=(${stride},)`;
    if (padding) text += `, padding=(${padding},)`;
    if (dilation !== 1) text += `, dilation=(${dilation},)`;
    if (groups !== 1) text += `, groups=${groups}`;
    return text + (this.bias ? '' : ', bias=False');
  }
}
