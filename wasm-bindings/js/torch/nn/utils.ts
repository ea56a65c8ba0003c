/** Helpers around modules: keeping gradients small, packing sequences, parameters as one vector. */
import * as ops from '../../../../build/generated/js/ops.ts';
import { noGrad } from '../autograd.ts';
import { tensor } from '../creation.ts';
import { Tensor } from '../tensor.ts';

/** Sequences of different lengths in one batch: packed and padded. */
export * as rnn from './packing.ts';

const withGrad = (parameters: Tensor | Iterable<Tensor>) =>
  (parameters instanceof Tensor ? [parameters] : [...parameters]).filter((parameter) => ops.hasGrad(parameter));

/** Scales all gradients so that their norm, taken together, is at most maxNorm; returns the norm before. */
export function clipGradNorm_(
  parameters: Tensor | Iterable<Tensor>,
  maxNorm: number,
  { normType = 2, errorIfNonfinite = false }: { normType?: number; errorIfNonfinite?: boolean } = {},
): Tensor {
  const list = withGrad(parameters);
  return list.length === 0 ? tensor(0) : ops.clipGradNorm(list, maxNorm, normType, errorIfNonfinite);
}

/** Cuts each element of all gradients to [−clipValue, clipValue]. */
export function clipGradValue_(parameters: Tensor | Iterable<Tensor>, clipValue: number): void {
  for (const parameter of withGrad(parameters)) parameter.grad?.clamp_(-clipValue, clipValue);
}

/** The values of all parameters in one vector. */
export function parametersToVector(parameters: Iterable<Tensor>): Tensor {
  return ops.cat([...parameters].map((parameter) => ops.reshape(parameter, [-1])));
}

/** Writes a vector's values over the parameters. */
export function vectorToParameters(vector: Tensor, parameters: Iterable<Tensor>): void {
  let start = 0;
  noGrad(() => {
    for (const parameter of parameters) {
      const count = parameter.numel();
      ops.copy_(parameter, ops.reshape(ops.narrow(vector, 0, start, count), parameter.shape));
      start += count;
    }
  });
}
