import * as ops from '../../../../build/generated/js/ops.ts';
import type { Tensor } from '../tensor.ts';
import {
  checkOptions,
  counter,
  Optimizer,
  type ParamGroup,
  type Params,
  type StepOptions,
  zerosFor,
} from './optimizer.ts';

/** Options of Adam and AdamW. */
export interface AdamOptions extends StepOptions {
  /** How long the running means of the gradient and of its square remember. */
  betas: [number, number];
  eps: number;
  weightDecay: number;
  amsgrad: boolean;
}

const defaults: AdamOptions = {
  lr: 1e-3,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weightDecay: 0,
  amsgrad: false,
  maximize: false,
};

/** What Adam and AdamW share: one call of the engine steps all parameters of a group. */
class AdamSteps extends Optimizer<AdamOptions> {
  protected readonly decoupled: boolean = false;

  constructor(params: Params<AdamOptions>, options: AdamOptions) {
    const { lr, betas, eps, weightDecay } = options;
    checkOptions({ lr, betas, eps, weightDecay });
    super(params, options);
  }

  protected override update(group: ParamGroup<AdamOptions>, params: Tensor[]): void {
    const { lr, betas, eps, weightDecay, amsgrad, maximize } = group;
    const states = params.map((param) =>
      this.stateOf(param, () => ({
        step: counter(),
        expAvg: zerosFor(param),
        expAvgSq: zerosFor(param),
        ...(amsgrad && { maxExpAvgSq: zerosFor(param) }),
      })),
    );
    const each = (name: string) => states.map((state) => state[name]);
    ops.adam(
      params,
      each('expAvg'),
      each('expAvgSq'),
      amsgrad ? each('maxExpAvgSq') : [],
      each('step'),
      lr,
      ...betas,
      eps,
      weightDecay,
      this.decoupled,
      amsgrad,
      maximize,
    );
  }
}

/** Steps scaled by running means of the gradient and of its square.  [Kingma & Ba 2015] */
export class Adam extends AdamSteps {
  constructor(params: Params<AdamOptions>, options: Partial<AdamOptions> = {}) {
    super(params, { ...defaults, ...options });
  }
}

/** Adam with weight decay apart from the gradient.  [Loshchilov & Hutter 2019] */
export class AdamW extends AdamSteps {
  protected override readonly decoupled: boolean = true;

  constructor(params: Params<AdamOptions>, options: Partial<AdamOptions> = {}) {
    super(params, { ...defaults, weightDecay: 1e-2, ...options });
  }
}
