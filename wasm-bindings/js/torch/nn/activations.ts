import * as ops from '../../../../build/generated/js/ops.ts';
import { ValueError } from '../errors.ts';
import type { Tensor } from '../tensor.ts';
import * as F from './functional.ts';
import { Module } from './module.ts';

/** A layer without weights: one tensor in, one out. */
class Plain extends Module<[input: Tensor], Tensor> {}

/** max(x, 0). */
export class ReLU extends Plain {
  override forward(input: Tensor): Tensor {
    return ops.relu(input);
  }
}

/** Hyperbolic tangent. */
export class Tanh extends Plain {
  override forward(input: Tensor): Tensor {
    return ops.tanh(input);
  }
}

/** 1 / (1 + exp(−x)). */
export class Sigmoid extends Plain {
  override forward(input: Tensor): Tensor {
    return ops.sigmoid(input);
  }
}

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

/** x σ(x). */
export class SiLU extends Plain {
  override forward(input: Tensor): Tensor {
    return ops.silu(input);
  }
}

/** x tanh(softplus(x)). */
export class Mish extends Plain {
  override forward(input: Tensor): Tensor {
    return F.mish(input);
  }
}

/** A scaled elu that keeps mean and variance. */
export class SELU extends Plain {
  override forward(input: Tensor): Tensor {
    return F.selu(input);
  }
}

/** x, alpha (exp(x) − 1) where below 0. */
export class ELU extends Plain {
  readonly alpha: number;

  constructor({ alpha = 1 }: { alpha?: number } = {}) {
    super();
    this.alpha = alpha;
  }

  override forward(input: Tensor): Tensor {
    return ops.elu(input, this.alpha);
  }

  override extraRepr(): string {
    return `alpha=${Number.isInteger(this.alpha) ? `${this.alpha}.0` : this.alpha}`;
  }
}

/** x, times negativeSlope where below 0. */
export class LeakyReLU extends Plain {
  readonly negativeSlope: number;

  constructor({ negativeSlope = 0.01 }: { negativeSlope?: number } = {}) {
    super();
    this.negativeSlope = negativeSlope;
  }

  override forward(input: Tensor): Tensor {
    return ops.leakyRelu(input, this.negativeSlope);
  }

  override extraRepr(): string {
    return `negative_slope=${this.negativeSlope}`;
  }
}

/** log(1 + exp(x)). */
export class Softplus extends Plain {
  override forward(input: Tensor): Tensor {
    return ops.softplus(input);
  }

  override extraRepr(): string {
    return 'beta=1.0, threshold=20.0';
  }
}

/** log(sigmoid(x)). */
export class LogSigmoid extends Plain {
  override forward(input: Tensor): Tensor {
    return ops.logsigmoid(input);
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
