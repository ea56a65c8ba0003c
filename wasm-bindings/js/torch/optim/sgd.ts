import * as ops from '../../../../build/generated/js/ops.ts';
import { ValueError } from '../errors.ts';
import { keep } from '../memory.ts';
import type { Tensor } from '../tensor.ts';
import { checkOptions, Optimizer, type ParamGroup, type Params, type StepOptions } from './optimizer.ts';

/** Options of SGD. */
export interface SGDOptions extends StepOptions {
  momentum: number;
  dampening: number;
  weightDecay: number;
  nesterov: boolean;
}

/** Stochastic gradient descent, with momentum. */
export class SGD extends Optimizer<SGDOptions> {
  constructor(params: Params<SGDOptions>, options: Partial<SGDOptions> = {}) {
    const all = {
      ...{ lr: 1e-3, momentum: 0, dampening: 0, weightDecay: 0, nesterov: false, maximize: false },
      ...options,
    };
    checkOptions({ lr: all.lr, momentum: all.momentum, weightDecay: all.weightDecay });
    if (all.nesterov && (all.momentum <= 0 || all.dampening !== 0))
      throw new ValueError('Nesterov momentum requires a momentum and zero dampening');
    super(params, all);
  }

  protected override update(group: ParamGroup<SGDOptions>, params: Tensor[]): void {
    const { lr, momentum, dampening, weightDecay, nesterov, maximize } = group;
    const step = (some: Tensor[], buffers: Tensor[], first: boolean) =>
      ops.sgd(some, buffers, lr, momentum, dampening, weightDecay, nesterov, maximize, first);
    if (!momentum) {
      step(params, [], true);
      return;
    }
    const known = params.filter((param) => this.state.has(param));
    const fresh = params.filter((param) => !this.state.has(param));
    const buffers = (some: Tensor[]) =>
      some.map(
        (param) =>
          this.stateOf(param, () => ({ momentumBuffer: keep(ops.empty(param.shape, param.dtype)) })).momentumBuffer,
      );
    if (known.length > 0) step(known, buffers(known), false);
    if (fresh.length > 0) step(fresh, buffers(fresh), true);
  }
}
