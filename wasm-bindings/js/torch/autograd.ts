import * as ops from '../../../build/generated/js/ops.ts';
import { isTensor } from './core.ts';
import { RuntimeError } from './errors.ts';
import { dispose } from './symbols.ts';
import type { Tensor } from './tensor.ts';

const list = (tensors: Tensor | Tensor[]) => (isTensor(tensors) ? [tensors] : [...tensors]);

function gradients(roots: Tensor[], given: Tensor | (Tensor | null)[] | null | undefined): (Tensor | null)[] {
  if (!given) return roots.map(() => null);
  const grads = isTensor(given) ? [given] : [...given];
  if (grads.length !== roots.length)
    throw new RuntimeError(`got ${roots.length} tensors and ${grads.length} gradients`);
  for (const [i, grad] of grads.entries()) {
    if (grad && String(grad.shape) !== String(roots[i].shape))
      throw new RuntimeError(
        `Mismatch in shape: grad_output[${i}] has a shape of torch.Size([${grad.shape.join(', ')}]) and output[${i}] has ` +
          `a shape of torch.Size([${roots[i].shape.join(', ')}]).`,
      );
  }
  return grads;
}

/** Options of backward(). */
export interface BackwardOptions {
  /** The gradients of the tensors; ones where left out, for tensors of one element. */
  gradient?: Tensor | (Tensor | null)[];
  /** Keeps the graph for another backward(). */
  retainGraph?: boolean;
  /** Records the computation of the gradients, so that they have gradients of their own. */
  createGraph?: boolean;
  /** Accumulates into these tensors only. */
  inputs?: Tensor[];
}

/** Accumulates the gradients of tensors into the leaves that they were computed from. */
export function backward(tensors: Tensor | Tensor[], options: BackwardOptions = {}): void {
  const { gradient, createGraph = false, retainGraph = createGraph, inputs } = options;
  if (inputs?.length === 0) throw new RuntimeError('`inputs` argument to `backward()` cannot be empty.');
  const roots = list(tensors);
  ops.backward(roots, gradients(roots, gradient), retainGraph, createGraph, inputs ?? []);
}

/** Options of grad(). */
export interface GradOptions {
  gradOutputs?: Tensor | (Tensor | null)[];
  retainGraph?: boolean;
  createGraph?: boolean;
  /** Gives null for an input that the outputs do not depend on, instead of an error. */
  allowUnused?: boolean;
}

/** The gradients of outputs at inputs; no leaf is touched. */
export function grad(outputs: Tensor | Tensor[], inputs: Tensor | Tensor[], options: GradOptions = {}): Tensor[] {
  const { gradOutputs, createGraph = false, retainGraph = createGraph, allowUnused = false } = options;
  const roots = list(outputs);
  return ops.autogradGrad(roots, list(inputs), gradients(roots, gradOutputs), retainGraph, createGraph, allowUnused);
}

/** Puts recording back to what it was: at the end of a block with `using`. */
export class GradMode {
  private readonly before: boolean = ops.gradEnabled();

  constructor(on: boolean) {
    ops.setGradEnabled(on);
  }

  [dispose](): void {
    ops.setGradEnabled(this.before);
  }
}

function mode<T>(on: boolean, run?: () => T): T | GradMode {
  const guard = new GradMode(on);
  if (!run) return guard;
  let result: T | undefined;
  try {
    result = run();
    return result;
  } finally {
    // An async function goes on when this one has ended.
    if (result instanceof Promise) void result.finally(() => guard[dispose]()).catch(() => {});
    else guard[dispose]();
  }
}

/** Runs a function without recording for gradients; or `using _ = torch.noGrad()` for the rest of a block. */
export function noGrad(): GradMode;
export function noGrad<T>(run: () => T): T;
export function noGrad<T>(run?: () => T): T | GradMode {
  return mode(false, run);
}

/** The same as noGrad(). */
export { noGrad as inferenceMode };

/** Runs a function with recording for gradients, also inside noGrad(). */
export function enableGrad(): GradMode;
export function enableGrad<T>(run: () => T): T;
export function enableGrad<T>(run?: () => T): T | GradMode {
  return mode(true, run);
}

/** Whether ops are recorded for gradients. */
export function isGradEnabled(): boolean {
  return ops.gradEnabled();
}

/** Turns recording on or off. */
export function setGradEnabled(on: boolean): void {
  ops.setGradEnabled(on);
}
