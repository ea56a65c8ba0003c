/** Learning rates that change while training. */
import { RuntimeError, ValueError } from '../errors.ts';
import type { Optimizer } from './optimizer.ts';

/** Base class: a subclass defines `rates()`, one rate a group, from `lastEpoch`. */
export abstract class LRScheduler {
  /** The rates at the start, one a group. */
  readonly baseLrs: number[];
  /** How many steps have been taken. */
  lastEpoch = -1;

  // biome-ignore lint/suspicious/noExplicitAny: of an optimizer with whatever options
  constructor(readonly optimizer: Optimizer<any>) {
    for (const group of optimizer.paramGroups) group.initialLr ??= group.lr;
    this.baseLrs = optimizer.paramGroups.map((group) => group.initialLr as number);
  }

  /** Sets the first rates; at the end of each constructor. */
  protected begin(): void {
    this.step();
  }

  /** The rates for `lastEpoch`. */
  protected abstract rates(): number[];

  /** The rates in force, one a group. */
  getLastLr(): number[] {
    return this.optimizer.paramGroups.map((group) => group.lr);
  }

  /** Goes to the next epoch and sets its rates. */
  step(): void {
    this.lastEpoch += 1;
    for (const [i, rate] of this.rates().entries()) this.optimizer.paramGroups[i].lr = rate;
  }

  /** Everything but the optimizer. */
  stateDict(): Record<string, unknown> {
    const { optimizer: _, ...state } = this;
    return state;
  }

  /** Takes over a state. */
  loadStateDict(state: Record<string, unknown>): void {
    Object.assign(this, state);
  }
}

// biome-ignore lint/suspicious/noExplicitAny: of an optimizer with whatever options
type AnyOptimizer = Optimizer<any>;

/** The first rate times a function of the epoch. */
export class LambdaLR extends LRScheduler {
  constructor(
    optimizer: AnyOptimizer,
    readonly lrLambda: (epoch: number) => number,
  ) {
    super(optimizer);
    this.begin();
  }

  protected override rates(): number[] {
    return this.baseLrs.map((rate) => rate * this.lrLambda(this.lastEpoch));
  }
}

/** The rate times gamma every stepSize epochs. */
export class StepLR extends LRScheduler {
  readonly gamma: number;

  constructor(
    optimizer: AnyOptimizer,
    readonly stepSize: number,
    { gamma = 0.1 }: { gamma?: number } = {},
  ) {
    super(optimizer);
    this.gamma = gamma;
    this.begin();
  }

  protected override rates(): number[] {
    const now = this.getLastLr();
    if (this.lastEpoch === 0 || this.lastEpoch % this.stepSize !== 0) return now;
    return now.map((rate) => rate * this.gamma);
  }
}

/** The rate times gamma at each milestone. */
export class MultiStepLR extends LRScheduler {
  readonly gamma: number;

  constructor(
    optimizer: AnyOptimizer,
    readonly milestones: readonly number[],
    { gamma = 0.1 }: { gamma?: number } = {},
  ) {
    super(optimizer);
    this.gamma = gamma;
    this.begin();
  }

  protected override rates(): number[] {
    const times = this.milestones.filter((epoch) => epoch === this.lastEpoch).length;
    return this.getLastLr().map((rate) => (times ? rate * this.gamma ** times : rate));
  }
}

/** The rate times gamma every epoch. */
export class ExponentialLR extends LRScheduler {
  constructor(
    optimizer: AnyOptimizer,
    readonly gamma: number,
  ) {
    super(optimizer);
    this.begin();
  }

  protected override rates(): number[] {
    const now = this.getLastLr();
    return this.lastEpoch === 0 ? now : now.map((rate) => rate * this.gamma);
  }
}

/** The rate times a factor that goes in a line from startFactor to endFactor. */
export class LinearLR extends LRScheduler {
  readonly startFactor: number;
  readonly endFactor: number;
  readonly totalIters: number;

  constructor(
    optimizer: AnyOptimizer,
    {
      startFactor = 1 / 3,
      endFactor = 1,
      totalIters = 5,
    }: Partial<Record<'startFactor' | 'endFactor' | 'totalIters', number>> = {},
  ) {
    super(optimizer);
    if (startFactor > 1 || startFactor <= 0)
      throw new ValueError('Starting multiplicative factor expected to be greater than 0 and less or equal to 1.');
    if (endFactor > 1 || endFactor < 0)
      throw new ValueError('Ending multiplicative factor expected to be between 0 and 1.');
    this.startFactor = startFactor;
    this.endFactor = endFactor;
    this.totalIters = totalIters;
    this.begin();
  }

  protected override rates(): number[] {
    const now = this.getLastLr();
    if (this.lastEpoch === 0) return now.map((rate) => rate * this.startFactor);
    if (this.lastEpoch > this.totalIters) return now;
    const way = this.endFactor - this.startFactor;
    const before = this.totalIters * this.startFactor + (this.lastEpoch - 1) * way;
    return now.map((rate) => rate * (1 + way / before));
  }
}

/** Half a cosine from the first rate to etaMin in tMax epochs.  [Loshchilov & Hutter 2017] */
export class CosineAnnealingLR extends LRScheduler {
  readonly etaMin: number;

  constructor(
    optimizer: AnyOptimizer,
    readonly tMax: number,
    { etaMin = 0 }: { etaMin?: number } = {},
  ) {
    super(optimizer);
    this.etaMin = etaMin;
    this.begin();
  }

  protected override rates(): number[] {
    const now = this.getLastLr();
    const { lastEpoch: epoch, tMax, etaMin } = this;
    if (epoch === 0) return now;
    if ((epoch - 1 - tMax) % (2 * tMax) === 0)
      return now.map((rate, i) => rate + ((this.baseLrs[i] - etaMin) * (1 - Math.cos(Math.PI / tMax))) / 2);
    const ratio = (1 + Math.cos((Math.PI * epoch) / tMax)) / (1 + Math.cos((Math.PI * (epoch - 1)) / tMax));
    return now.map((rate) => ratio * (rate - etaMin) + etaMin);
  }
}

const cosine = (start: number, end: number, part: number) => end + ((start - end) / 2) * (Math.cos(Math.PI * part) + 1);

/** Options of OneCycleLR. */
export interface OneCycleOptions {
  maxLr: number;
  totalSteps: number;
  /** The part of the cycle in which the rate goes up. */
  pctStart?: number;
  divFactor?: number;
  finalDivFactor?: number;
}

/** One cycle over the whole training, up and then far down, along cosines.  [Smith & Topin 2018] */
export class OneCycleLR extends LRScheduler {
  private readonly options: Required<OneCycleOptions>;

  constructor(optimizer: AnyOptimizer, options: OneCycleOptions) {
    super(optimizer);
    this.options = { pctStart: 0.3, divFactor: 25, finalDivFactor: 1e4, ...options };
    const { totalSteps, pctStart } = this.options;
    if (!Number.isInteger(totalSteps) || totalSteps <= 0)
      throw new ValueError(`Expected positive integer total_steps, but got ${totalSteps}`);
    if (pctStart < 0 || pctStart > 1)
      throw new ValueError(`Expected float between 0 and 1 pct_start, but got ${pctStart}`);
    this.begin();
  }

  protected override rates(): number[] {
    const { maxLr, totalSteps, pctStart, divFactor, finalDivFactor } = this.options;
    const step = this.lastEpoch;
    if (step > totalSteps)
      throw new ValueError(`Tried to step ${step} times. The specified number of total steps is ${totalSteps}`);
    const first = maxLr / divFactor;
    const top = pctStart * totalSteps - 1;
    const rate =
      step <= top
        ? cosine(first, maxLr, step / top)
        : cosine(maxLr, first / finalDivFactor, (step - top) / (totalSteps - 1 - top));
    return this.baseLrs.map(() => rate);
  }
}

/** Options of ReduceLROnPlateau. */
export interface PlateauOptions {
  mode?: 'min' | 'max';
  factor?: number;
  patience?: number;
  threshold?: number;
  cooldown?: number;
  minLr?: number;
  eps?: number;
}

/** The rate times factor when a metric has not got better for `patience` epochs. */
export class ReduceLROnPlateau {
  private readonly options: Required<PlateauOptions>;
  private best: number;
  private bad = 0;
  private cooling = 0;

  constructor(
    readonly optimizer: AnyOptimizer,
    options: PlateauOptions = {},
  ) {
    this.options = {
      mode: 'min',
      factor: 0.1,
      patience: 10,
      threshold: 1e-4,
      cooldown: 0,
      minLr: 0,
      eps: 1e-8,
      ...options,
    };
    if (this.options.factor >= 1) throw new ValueError('Factor should be < 1.0.');
    this.best = this.options.mode === 'min' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  }

  /** Takes the metric of an epoch, a number or a tensor of one. */
  step(metric: number | { item(): number }): void {
    const value = typeof metric === 'number' ? metric : metric?.item();
    if (typeof value !== 'number') throw new RuntimeError('step() takes the metric, as in scheduler.step(loss)');
    const { mode, threshold, patience, cooldown } = this.options;
    const better = mode === 'min' ? value < this.best * (1 - threshold) : value > this.best * (1 + threshold);
    if (better) {
      this.best = value;
      this.bad = 0;
    } else {
      this.bad += 1;
    }
    if (this.cooling > 0) {
      this.cooling -= 1;
      this.bad = 0;
    }
    if (this.bad <= patience) return;
    this.reduce();
    this.cooling = cooldown;
    this.bad = 0;
  }

  private reduce(): void {
    const { factor, minLr, eps } = this.options;
    for (const group of this.optimizer.paramGroups) {
      const rate = Math.max(group.lr * factor, minLr);
      if (group.lr - rate > eps) group.lr = rate;
    }
  }

  /** The rates in force, one a group. */
  getLastLr(): number[] {
    return this.optimizer.paramGroups.map((group) => group.lr);
  }
}
