import * as ops from '../../../build/generated/js/ops.ts';
import { disown, keep, note } from './memory.ts';
import { Tensor } from './tensor.ts';

/** A tensor that a module trains. Scopes do not free it. */
export class Parameter extends Tensor {
  constructor(data: Tensor, requiresGrad = true) {
    super(disown(ops.detach(data)));
    note(this);
    keep(this);
    if (requiresGrad) ops.setRequiresGrad(this, true);
  }

  override toString(): string {
    return `Parameter containing:\n${super.toString()}`;
  }
}
