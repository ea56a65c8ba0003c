// Optimizers that step one parameter at a time, by a few ops of the engine.
import * as ops from '../../../../build/generated/js/ops.ts';
import { noGrad } from '../autograd.ts';
import { keep, scope } from '../memory.ts';
import type { Tensor } from '../tensor.ts';
import {
  checkOptions,
  counter,
  Optimizer,
  type ParamGroup,
  type ParamState,
  type Params,
  type StepOptions,
  zerosFor,
} from './optimizer.ts';

interface Decayed extends StepOptions {
  weightDecay: number;
  eps: number;
}

/** One parameter after the other: a subclass makes its state and changes it. */
abstract class Steps<O extends Decayed> extends Optimizer<O> {
  protected abstract start(param: Tensor, group: ParamGroup<O>): ParamState;
  protected abstract change(param: Tensor, grad: Tensor, state: ParamState, group: ParamGroup<O>): void;

  protected override update(group: ParamGroup<O>, params: Tensor[]): void {
    const { maximize, weightDecay } = group;
    noGrad(() => {
      for (const param of params) {
        scope(() => {
          const state = this.stateOf(param, () => ({ step: counter(), ...this.start(param, group) }));
          ops.add_(state.step, 1);
          let grad = param.grad as Tensor;
          if (maximize) grad = ops.neg(grad);
          if (weightDecay) grad = ops.add(grad, param, weightDecay);
          this.change(param, grad, state, group);
        });
      }
    });
  }
}

/** Options of RMSprop. */
export interface RMSpropOptions extends Decayed {
  alpha: number;
  momentum: number;
  centered: boolean;
}

/** Steps scaled by the root of a running mean of the gradient's square.  [Hinton 2012, Graves 2013] */
export class RMSprop extends Steps<RMSpropOptions> {
  constructor(params: Params<RMSpropOptions>, options: Partial<RMSpropOptions> = {}) {
    const all = {
      ...{ lr: 1e-2, alpha: 0.99, eps: 1e-8, weightDecay: 0, momentum: 0, centered: false, maximize: false },
      ...options,
    };
    const { centered: _, maximize: __, ...numbers } = all;
    checkOptions(numbers);
    super(params, all);
  }

  protected override start(param: Tensor, { momentum, centered }: ParamGroup<RMSpropOptions>): ParamState {
    return {
      squareAvg: zerosFor(param),
      ...(momentum > 0 && { momentumBuffer: zerosFor(param) }),
      ...(centered && { gradAvg: zerosFor(param) }),
    };
  }

  protected override change(
    param: Tensor,
    grad: Tensor,
    { squareAvg, gradAvg, momentumBuffer }: ParamState,
    { alpha, lr, eps, momentum, centered }: ParamGroup<RMSpropOptions>,
  ): void {
    squareAvg.mul_(alpha).addcmul_(grad, grad, { value: 1 - alpha });
    let root = squareAvg;
    if (centered) {
      gradAvg.lerp_(grad, 1 - alpha);
      root = ops.addcmul(squareAvg, gradAvg, gradAvg, -1);
    }
    root = ops.sqrt(root).add_(eps);
    if (momentum > 0) {
      momentumBuffer.mul_(momentum).addcdiv_(grad, root);
      param.add_(momentumBuffer, { alpha: -lr });
    } else {
      param.addcdiv_(grad, root, { value: -lr });
    }
  }
}

/** Options of Adagrad. */
export interface AdagradOptions extends Decayed {
  lrDecay: number;
  initialAccumulatorValue: number;
}

/** Steps scaled by the root of the sum of all squares of the gradient so far.  [Duchi et al. 2011] */
export class Adagrad extends Steps<AdagradOptions> {
  constructor(params: Params<AdagradOptions>, options: Partial<AdagradOptions> = {}) {
    const all = {
      ...{ lr: 1e-2, lrDecay: 0, weightDecay: 0, initialAccumulatorValue: 0, eps: 1e-10, maximize: false },
      ...options,
    };
    const { maximize: _, ...numbers } = all;
    checkOptions(numbers);
    super(params, all);
  }

  protected override start(param: Tensor, group: ParamGroup<AdagradOptions>): ParamState {
    return { sum: keep(ops.full(param.shape, group.initialAccumulatorValue, param.dtype)) };
  }

  protected override change(
    param: Tensor,
    grad: Tensor,
    { step, sum }: ParamState,
    { lr, lrDecay, eps }: ParamGroup<AdagradOptions>,
  ): void {
    const rate = lr / (1 + (step.item() - 1) * lrDecay);
    const root = ops.sqrt(sum.addcmul_(grad, grad)).add_(eps);
    param.addcdiv_(grad, root, { value: -rate });
  }
}

/** Options of NAdam. */
export interface NAdamOptions extends Decayed {
  betas: [number, number];
  momentumDecay: number;
}

/** Adam with Nesterov's momentum.  [Dozat 2016] */
export class NAdam extends Steps<NAdamOptions> {
  constructor(params: Params<NAdamOptions>, options: Partial<NAdamOptions> = {}) {
    const betas: [number, number] = [0.9, 0.999];
    const all = {
      ...{ lr: 2e-3, betas, eps: 1e-8, weightDecay: 0, momentumDecay: 4e-3, maximize: false },
      ...options,
    };
    const { maximize: _, ...numbers } = all;
    checkOptions(numbers);
    super(params, all);
  }

  protected override start(param: Tensor): ParamState {
    return { muProduct: counter(1), expAvg: zerosFor(param), expAvgSq: zerosFor(param) };
  }

  protected override change(
    param: Tensor,
    grad: Tensor,
    { step, muProduct, expAvg, expAvgSq }: ParamState,
    { lr, betas: [beta1, beta2], eps, momentumDecay }: ParamGroup<NAdamOptions>,
  ): void {
    const count = step.item();
    const momentum = (n: number) => beta1 * (1 - 0.5 * 0.96 ** (n * momentumDecay));
    const [now, then] = [momentum(count), momentum(count + 1)];
    const product = muProduct.mul_(now).item();
    expAvg.lerp_(grad, 1 - beta1);
    expAvgSq.mul_(beta2).addcmul_(grad, grad, { value: 1 - beta2 });
    const root = ops.sqrt(ops.div(expAvgSq, 1 - beta2 ** count)).add_(eps);
    param.addcdiv_(grad, root, { value: (-lr * (1 - now)) / (1 - product) });
    param.addcdiv_(expAvg, root, { value: (-lr * then) / (1 - product * then) });
  }
}
