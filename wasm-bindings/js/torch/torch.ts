// Everything that `import * as torch from 'unroll'` has, but for the start of the engine.

import { liveTensors as live } from '../../../build/generated/js/ops.ts';
import { engine as running } from './core.ts';

export * from '../../../build/generated/js/functions.ts';
/** Linear algebra: decompositions, norms, solvers. */
export * as linalg from '../../../build/generated/js/linalg.ts';
export * from './autograd.ts';
/** Gradients: backward(), grad(), noGrad(). */
export * as autograd from './autograd.ts';
export { isTensor } from './core.ts';
export {
  arange,
  asTensor,
  type Data,
  empty,
  emptyLike,
  eye,
  full,
  fullLike,
  getDefaultDtype,
  linspace,
  ones,
  onesLike,
  setDefaultDtype,
  type TensorOptions,
  tensor,
  zeros,
  zerosLike,
} from './creation.ts';
/** Datasets, and loaders that give batches of them. */
export * as data from './data/index.ts';
export {
  bfloat16,
  bool,
  DType,
  double,
  float,
  float16,
  float32,
  float64,
  half,
  int,
  int8,
  int16,
  int32,
  int64,
  long,
  uint8,
} from './dtypes.ts';
export { IndexError, NotImplementedError, RuntimeError, ValueError } from './errors.ts';
export {
  clip,
  concat,
  diag,
  div,
  expand,
  floorDivide,
  hstack,
  isclose,
  max,
  median,
  meshgrid,
  min,
  movedim,
  nonzero,
  numel,
  permute,
  repeat,
  reshape,
  split,
  trace,
  view,
  vstack,
} from './forms.ts';
export { type Index, Slice, slice } from './indexing.ts';
export { keep, scope } from './memory.ts';
export { dropout } from './nn/functional.ts';
/** Modules: layers, losses, and what belongs to them. */
export * as nn from './nn/index.ts';
/** Optimizers, and schedules of their learning rates. */
export * as optim from './optim/index.ts';
export { ValuesAndIndices } from './pairs.ts';
export { type PrintOptions, setPrintoptions } from './printing.ts';
export {
  bernoulli,
  defaultGenerator,
  Generator,
  manualSeed,
  multinomial,
  normal,
  rand,
  randint,
  randLike,
  randn,
  randnLike,
  randperm,
} from './random.ts';
export { load, save } from './saved/index.ts';
export { Tensor } from './tensor.ts';

/** How many tensors are alive, and how much memory the engine has. */
export function memory(): { tensors: number; bytes: number } {
  return { tensors: live(), bytes: running().memoryBytes() };
}
