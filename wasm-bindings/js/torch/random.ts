// Random numbers: those of PyTorch's CPU stream, so that the same seed gives the same numbers.
import * as ops from '../../../build/generated/js/ops.ts';
import { dtypeOf } from './core.ts';
import { getDefaultDtype, sizesAndOptions, type TensorOptions } from './creation.ts';
import { int64 } from './dtypes.ts';
import { RuntimeError } from './errors.ts';
import { isOptions, named } from './named.ts';
import type { Tensor } from './tensor.ts';

const collected = new FinalizationRegistry<number>((id) => ops.freeGenerator(id));

/** A random stream of its own: `new torch.Generator().manualSeed(0)`. */
export class Generator {
  /** The engine's number. @internal */
  readonly id: number;

  /** @internal */
  constructor(id?: number) {
    this.id = id ?? ops.newGenerator();
    if (id === undefined) collected.register(this, this.id);
  }

  /** Starts the stream anew from a seed. */
  manualSeed(seed: number | bigint): this {
    const wide = BigInt.asUintN(64, BigInt(seed));
    ops.manualSeed(this.id, Number(wide >> 32n), Number(wide & 0xffff_ffffn));
    return this;
  }

  /** The seed that the stream was started from. */
  initialSeed(): number {
    return Number(ops.initialSeed(this.id));
  }

  /** Starts the stream from a seed that nobody chose, and returns it. */
  seed(): number {
    const [low, high] = crypto.getRandomValues(new Uint32Array(2));
    const seed = (high & 0x1f_ffff) * 2 ** 32 + low;
    this.manualSeed(seed);
    return seed;
  }

  /** Everything that decides what comes next. */
  getState(): Tensor {
    return ops.generatorState(this.id);
  }

  /** Goes on from a state of getState(). */
  setState(state: Tensor): this {
    ops.setGeneratorState(this.id, state);
    return this;
  }
}

/** The stream that is drawn from where no generator is given. */
export const defaultGenerator: Generator = new Generator(0);

/** Seeds the default stream. The same seed gives PyTorch's numbers. */
export function manualSeed(seed: number | bigint): Generator {
  return defaultGenerator.manualSeed(seed);
}

/** Options of functions that draw. */
export interface RandomOptions extends TensorOptions {
  /** The stream to draw from; the default one where left out. */
  generator?: Generator;
}

type Sizes = number[] | [readonly number[]] | [...number[], RandomOptions] | [readonly number[], RandomOptions];

const stream = (generator?: Generator) => generator?.id ?? 0;
const finish = (made: Tensor, options: RandomOptions) => (options.requiresGrad ? made.requiresGrad_() : made);
const floating = (options: TensorOptions) => (options.dtype ? dtypeOf(options.dtype) : getDefaultDtype());

/** Uniform random values in [0, 1): `torch.rand(2, 3)`. */
export function rand(...given: Sizes): Tensor {
  const { size, options } = sizesAndOptions<RandomOptions>(given, 'rand');
  return finish(ops.rand(size, floating(options), stream(options.generator)), options);
}

/** Standard normal random values: `torch.randn(2, 3)`. */
export function randn(...given: Sizes): Tensor {
  const { size, options } = sizesAndOptions<RandomOptions>(given, 'randn');
  return finish(ops.randn(size, floating(options), stream(options.generator)), options);
}

/** Uniform random values in the input's shape. */
export function randLike(input: Tensor, options: RandomOptions = {}): Tensor {
  const dtype = options.dtype ? dtypeOf(options.dtype) : input.dtype;
  return finish(ops.rand(input.shape, dtype, stream(options.generator)), options);
}

/** Standard normal random values in the input's shape. */
export function randnLike(input: Tensor, options: RandomOptions = {}): Tensor {
  const dtype = options.dtype ? dtypeOf(options.dtype) : input.dtype;
  return finish(ops.randn(input.shape, dtype, stream(options.generator)), options);
}

/** Random integers in [low, high): `randint(10, [3])` starts at zero, `randint(1, 7, [3])` at one. */
export function randint(high: number, size: readonly number[], options?: RandomOptions): Tensor;
export function randint(low: number, high: number, size: readonly number[], options?: RandomOptions): Tensor;
export function randint(...given: unknown[]): Tensor {
  const options = (isOptions(given.at(-1)) ? given.pop() : {}) as RandomOptions;
  const [low, high, size] = (given.length === 2 ? [0, ...given] : given) as [number, number, number[]];
  if (size === undefined)
    throw new TypeError('randint() takes the end, or start and end, and then the size, as [2, 3]');
  if (low >= high)
    throw new RuntimeError(`random_ expects 'from' to be less than 'to', but got from=${low} >= to=${high}`);
  const dtype = options.dtype ? dtypeOf(options.dtype) : int64;
  return ops.randint(low, high, sizesAndOptions([size], 'randint').size, dtype, stream(options.generator));
}

/** The numbers from 0 to n − 1 in random order. */
export function randperm(n: number, options: RandomOptions = {}): Tensor {
  return ops.randperm(n, options.dtype ? dtypeOf(options.dtype) : int64, stream(options.generator));
}

/** 1 with the probability that the input holds at each place, 0 otherwise. */
export function bernoulli(input: Tensor, options: RandomOptions = {}): Tensor {
  return ops.bernoulli(input, stream(options.generator));
}

/** Normal random values; mean and std are tensors or numbers, and a size belongs to two numbers. */
export function normal(
  mean: Tensor | number,
  std: Tensor | number = 1,
  size: readonly number[] | RandomOptions = {},
  options: RandomOptions = {},
): Tensor {
  if (!Array.isArray(size)) return ops.normal(mean, std, stream((size as RandomOptions).generator));
  const made = ops.empty(size as number[], floating(options));
  fillNormal(made, Number(mean), Number(std), options.generator);
  return finish(made, options);
}

/** Indices drawn from the rows of the input, which holds weights. */
export function multinomial(
  input: Tensor,
  numSamples: number,
  replacement: boolean | { replacement?: boolean; generator?: Generator } = false,
): Tensor {
  const [picked, generator] = named('multinomial', ['replacement', 'generator'], [replacement]);
  return ops.multinomial(input, numSamples, Boolean(picked), stream(generator as Generator | undefined));
}

/** Fills with uniform random numbers. */
export function fillUniform(input: Tensor, from: number, to: number, generator?: Generator): void {
  ops.uniform_(input, from, to, stream(generator));
}

/** Fills with normal random numbers. */
export function fillNormal(input: Tensor, mean: number, std: number, generator?: Generator): void {
  if (std < 0) throw new RuntimeError(`normal expects std >= 0.0, but found std ${std}`);
  ops.normal_(input, mean, std, stream(generator));
}

/** Fills with 1 (probability p) and 0. */
export function fillBernoulli(input: Tensor, p: number, generator?: Generator): void {
  ops.bernoulli_(input, p, stream(generator));
}

/** Fills with random integers of [from, to). */
export function fillIntegers(input: Tensor, from: number, to: number, generator?: Generator): void {
  ops.random_(input, from, to, stream(generator));
}

/** Draws what PyTorch draws to seed another stream. @internal */
export function drawSeed(generator?: Generator): number {
  return ops.randint(0, 2 ** 32, [], int64, stream(generator)).item();
}
