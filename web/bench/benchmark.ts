/** The benchmark: every work on every side, in rounds. The page and npm run bench call it alike. */

import { pickVariant } from '../../wasm-bindings/js/engine.mjs';
import type { Variant } from '../protocol/messages';
import { type Figure, median, type Target } from './figures.mjs';
import { type Cliff, type Curve, cliffs, curves, grow } from './growth';
import { peakMeter } from './peak';
import { type Request, type Work, works } from './plan';
import { TensorFlow } from './tensorflow';
import { Unroll } from './unroll';

export interface Options {
  /** Works and curves by their ids or the first words of these, such as "S", "L lstm", "growth batch"; empty for all. */
  only: string[];
  rounds: number;
  /** The milliseconds that PyTorch takes; npm run bench has one. */
  pytorch?: (request: Request) => Promise<number>;
  signal: AbortSignal;
  /** Hears of what comes next, with the share of all that is done. */
  onProgress(text: string, share: number): void;
  /** Hears of the figures of each work when it is through, and of each point of a curve. */
  onFigures(figures: Figure[]): void;
  onCurves(curves: Curve[]): void;
}

export interface Report {
  build: Variant;
  figures: Figure[];
  curves: Curve[];
  cliffs: Cliff[];
  /** Works that could not be measured, and why. */
  problems: string[];
}

type Name = Variant | 'pytorch' | 'tensorflow' | 'peak';

/** One side of a comparison: the milliseconds of one call of a work. */
interface Side {
  name: Name;
  takesPart(work: Work): boolean;
  time(work: Work): Promise<number>;
  /** Gives back what a work needed. */
  release?(): void;
  close?(): void;
}

/** Milliseconds of a work in each round. */
type Rounds = Partial<Record<Name, number[]>>;

export const isChosen = (only: string[], id: string) =>
  only.length === 0 || only.some((words) => `${id} `.startsWith(`${words} `));

/** Measures what is chosen. Rejects only when `signal` ends it; a work that fails is a problem in the report. */
export async function runBenchmark(options: Options): Promise<Report> {
  const { only, signal } = options;
  const build = await pickVariant();
  const report: Report = { build, figures: [], curves: [], cliffs: [], problems: [] };
  const chosen = works.filter(({ id }) => isChosen(only, id));
  const growing = curves
    .filter(({ axis, cell }) => isChosen(only, `growth ${axis} ${cell}`))
    .map((curve) => ({ ...curve, points: [] }));
  const tasks = chosen.length + growing.length;
  let done = 0;
  const attempt = async (name: string, task: () => Promise<void>) => {
    signal.throwIfAborted();
    options.onProgress(name, done++ / tasks);
    try {
      await task();
    } catch (error) {
      signal.throwIfAborted();
      report.problems.push(`${name}: ${error instanceof Error ? error.message : error}`);
    }
  };
  if (chosen.length > 0) {
    const sides = await openSides(build, options);
    try {
      for (const work of chosen) {
        await attempt(work.name, async () => {
          const figures = figuresOf(work, build, await measure(work, sides, options, report.problems));
          report.figures.push(...figures);
          options.onFigures(figures);
        });
      }
    } finally {
      for (const side of sides) side.close?.();
    }
  }
  for (const curve of growing) {
    await attempt(`growth: ${curve.cell.toUpperCase()} with ${curve.axis}`, async () => {
      report.curves.push(curve);
      await grow(curve, signal, () => options.onCurves(report.curves));
    });
  }
  report.cliffs = cliffs(report.curves);
  options.onProgress('', 1);
  return report;
}

async function openSides(build: Variant, { pytorch }: Options): Promise<Side[]> {
  const builds: Variant[] = build === 'relaxed' ? ['relaxed', 'simd'] : ['simd'];
  const sides = builds.map((name): Side => {
    const unroll = new Unroll(name);
    const time = async (work: Work) => (await unroll.answer(work.request)).time;
    return { name, takesPart: () => true, time, close: () => unroll.close() };
  });
  if (pytorch) sides.push({ name: 'pytorch', takesPart: () => true, time: (work) => pytorch(work.request) });
  const tensorflow = new TensorFlow();
  sides.push({
    name: 'tensorflow',
    takesPart: (work) => work.tensorflow,
    time: ({ request }) => tensorflow.time(request),
    release: () => tensorflow.close(),
  });
  const peak = await peakMeter(build);
  sides.push({
    name: 'peak',
    takesPart: ({ flops }) => flops !== undefined,
    time: async ({ flops = 0 }) => flops / peak(),
  });
  return sides;
}

/** One round that nobody counts, then all sides in turn, and the other way round in every second round. */
async function measure(work: Work, all: Side[], { rounds, signal }: Options, problems: string[]): Promise<Rounds> {
  const sides: Side[] = [];
  const times: Rounds = {};
  try {
    for (const side of all.filter((one) => one.takesPart(work))) {
      await side.time(work).then(
        () => sides.push(side),
        (error) => problems.push(`${work.name}, ${side.name}: ${error.message}`),
      );
    }
    for (let round = 0; round < rounds; ++round) {
      for (const side of round % 2 === 0 ? sides : [...sides].reverse()) {
        signal.throwIfAborted();
        (times[side.name] ??= []).push(await side.time(work));
      }
    }
  } finally {
    for (const side of all) side.release?.();
  }
  return times;
}

/** What a work took against each peer: medians, and as the value the median of the rounds' own ratios. */
function figuresOf({ id, name: work, targets }: Work, build: Variant, rounds: Rounds): Figure[] {
  const ours = rounds[build];
  if (!ours) return [];
  const against = (name: Name, words: string, of: string, target: Target | null, ratio: Ratio): Figure[] => {
    const theirs = rounds[name];
    if (!theirs) return [];
    const value = median(theirs.map((time, round) => ratio(ours[round], time)));
    const figure = { id, work, against: words, unit: 'ms', of, value, target };
    return [{ ...figure, ours: median(ours), theirs: median(theirs) }];
  };
  const alone = { id, work, against: '', ours: median(ours), theirs: null, unit: 'ms', of: 'ms', target: null };
  const compared = [
    ...against('pytorch', 'PyTorch', '× its time', targets.pytorch ?? null, (our, their) => our / their),
    ...against('tensorflow', 'TensorFlow.js', '× faster', targets.tensorflow ?? null, (our, their) => their / our),
    ...against('peak', 'multiply-add peak', '% of it', targets.peak ?? null, (our, their) => (100 * their) / our),
    ...(build === 'relaxed'
      ? against('simd', 'baseline SIMD', '× our speed', { atLeast: 0.7 }, (our, their) => our / their)
      : []),
  ];
  return compared.length > 0 ? compared : [{ ...alone, value: alone.ours }];
}

type Ratio = (ours: number, theirs: number) => number;
