import * as ops from '../../../../build/generated/js/ops.ts';
import { ValueError } from '../errors.ts';
import type { Tensor } from '../tensor.ts';
import * as F from './functional.ts';
import { Module } from './module.ts';

/** How the losses of elements become one: their mean, their sum, or not at all. */
export type Reduction = 'none' | 'mean' | 'sum';

/** Options that all losses have. */
export interface LossOptions {
  reduction?: Reduction;
}

class Loss extends Module<[input: Tensor, target: Tensor], Tensor> {
  readonly reduction: Reduction;

  constructor({ reduction = 'mean' }: LossOptions = {}) {
    super();
    if (!['none', 'mean', 'sum'].includes(reduction))
      throw new ValueError(`${reduction} is not a valid value for reduction`);
    this.reduction = reduction;
  }
}

/** (x − y)². */
export class MSELoss extends Loss {
  override forward(input: Tensor, target: Tensor): Tensor {
    return ops.mseLoss(input, target, this.reduction);
  }
}

/** |x − y|. */
export class L1Loss extends Loss {
  override forward(input: Tensor, target: Tensor): Tensor {
    return ops.l1Loss(input, target, this.reduction);
  }
}

/** Squared below beta, absolute above. */
export class SmoothL1Loss extends Loss {
  readonly beta: number;

  constructor({ beta = 1, ...options }: LossOptions & { beta?: number } = {}) {
    super(options);
    this.beta = beta;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return ops.smoothL1Loss(input, target, this.reduction, this.beta);
  }
}

/** Squared below delta, linear above. */
export class HuberLoss extends Loss {
  readonly delta: number;

  constructor({ delta = 1, ...options }: LossOptions & { delta?: number } = {}) {
    super(options);
    this.delta = delta;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return ops.huberLoss(input, target, this.reduction, this.delta);
  }
}

interface ClassOptions extends LossOptions {
  /** A weight for each class. */
  weight?: Tensor | null;
  /** The target that counts for nothing. */
  ignoreIndex?: number;
}

/**
 * Minus the log-probability that softmax(input) gives the target: class indices (int64), or probabilities.
 * Shapes: input (C), (N, C) or (N, C, *), target without C or in the input's shape.
 */
export class CrossEntropyLoss extends Loss {
  private readonly options: Required<ClassOptions> & { labelSmoothing: number };

  constructor(options: ClassOptions & { labelSmoothing?: number } = {}) {
    super(options);
    const { weight = null, ignoreIndex = -100, labelSmoothing = 0 } = options;
    this.options = { weight, ignoreIndex, labelSmoothing, reduction: this.reduction };
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return F.crossEntropy(input, target, this.options);
  }
}

/** Minus the log-probability of the target class. Shapes: input (C), (N, C) or (N, C, *), target without C. */
export class NLLLoss extends Loss {
  private readonly options: Required<ClassOptions>;

  constructor(options: ClassOptions = {}) {
    super(options);
    const { weight = null, ignoreIndex = -100 } = options;
    this.options = { weight, ignoreIndex, reduction: this.reduction };
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return F.nllLoss(input, target, this.options);
  }
}

function checkSizes(input: Tensor, target: Tensor): void {
  const [given, wanted] = [target.shape.join(', '), input.shape.join(', ')];
  if (given !== wanted)
    throw new ValueError(
      `Target size (torch.Size([${given}])) must be the same as input size (torch.Size([${wanted}]))`,
    );
}

/** −(y log x + (1 − y) log(1 − x)) for probabilities x. */
export class BCELoss extends Loss {
  override forward(input: Tensor, target: Tensor): Tensor {
    checkSizes(input, target);
    return ops.binaryCrossEntropy(input, target, null, this.reduction);
  }
}

/** BCELoss of σ(x), computed so that large x do no harm. */
export class BCEWithLogitsLoss extends Loss {
  private readonly posWeight: Tensor | null;

  constructor({ posWeight = null, ...options }: LossOptions & { posWeight?: Tensor | null } = {}) {
    super(options);
    this.posWeight = posWeight;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    checkSizes(input, target);
    return ops.binaryCrossEntropyWithLogits(input, target, null, this.posWeight, this.reduction);
  }
}

/** target (log target − input) for log-probabilities. */
export class KLDivLoss extends Module<[input: Tensor, target: Tensor], Tensor> {
  constructor(private readonly options: { reduction?: Reduction | 'batchmean'; logTarget?: boolean } = {}) {
    super();
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return F.klDiv(input, target, this.options);
  }
}
