import * as ops from '../../../../build/generated/js/ops.ts';
import { ValueError } from '../errors.ts';
import type { Tensor } from '../tensor.ts';
import * as F from './functional.ts';
import { Plain } from './plain.ts';

export * from '../../../../build/generated/js/activation-layers.ts';

/** x Φ(x). */
export class GELU extends Plain {
  constructor(private readonly options: { approximate?: 'none' | 'tanh' } = {}) {
    super();
  }

  override forward(input: Tensor): Tensor {
    return F.gelu(input, this.options);
  }

  override extraRepr(): string {
    return `approximate='${this.options.approximate ?? 'none'}'`;
  }
}

/** exp(x), scaled to sum to one along dim. */
export class Softmax extends Plain {
  constructor(readonly dim: number) {
    super();
    checkDim('Softmax', dim);
  }

  override forward(input: Tensor): Tensor {
    return ops.softmax(input, this.dim);
  }

  override extraRepr(): string {
    return `dim=${this.dim}`;
  }
}

/** log of softmax along dim. */
export class LogSoftmax extends Plain {
  constructor(readonly dim: number) {
    super();
    checkDim('LogSoftmax', dim);
  }

  override forward(input: Tensor): Tensor {
    return ops.logSoftmax(input, this.dim);
  }

  override extraRepr(): string {
    return `dim=${this.dim}`;
  }
}

function checkDim(kind: string, dim: unknown): void {
  if (typeof dim !== 'number')
    throw new TypeError(`new ${kind}(dim) needs the dim to sum over, as in new nn.${kind}(-1)`);
}

/** Dims startDim to endDim as one. */
export class Flatten extends Plain {
  readonly startDim: number;
  readonly endDim: number;

  constructor({ startDim = 1, endDim = -1 }: { startDim?: number; endDim?: number } = {}) {
    super();
    this.startDim = startDim;
    this.endDim = endDim;
  }

  override forward(input: Tensor): Tensor {
    return ops.flatten(input, this.startDim, this.endDim);
  }

  override extraRepr(): string {
    return `start_dim=${this.startDim}, end_dim=${this.endDim}`;
  }
}

/** Zeros each element with probability p in training, and scales the others by 1/(1−p). */
export class Dropout extends Plain {
  constructor(readonly p: number = 0.5) {
    super();
    if (!(p >= 0 && p <= 1)) throw new ValueError(`dropout probability has to be between 0 and 1, but got ${p}`);
  }

  override forward(input: Tensor): Tensor {
    return ops.dropout(input, this.p, this.training);
  }

  override extraRepr(): string {
    return `p=${this.p}, inplace=False`;
  }
}
