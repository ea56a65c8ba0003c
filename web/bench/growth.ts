/** How time and memory grow with each size of a model, and where they jump. */

import { type Cell, type Sizes, shapeRequest, trainingFlops } from './plan';
import { Unroll } from './unroll';

export type Axis = 'hidden' | 'steps' | 'batch';

export const axes: Record<Axis, number[]> = {
  hidden: [32, 64, 128, 256, 512, 1024],
  steps: [10, 30, 100, 300, 1000],
  batch: [1, 2, 4, 8, 16, 32, 64, 128, 256],
};

/** What the sizes are where they do not grow. */
export const base: Sizes = { inputs: 32, hidden: 128, batch: 16, steps: 50 };

export interface Point {
  size: number;
  /** Milliseconds of a training step. */
  time: number;
  /** Bytes of WebAssembly memory that the engine holds; it starts with 32 MiB. */
  memory: number;
}

/** One line of the plot: a training step of `cell` while `axis` grows. */
export interface Curve {
  axis: Axis;
  cell: Cell;
  points: Point[];
}

/** A step between neighbours where a unit of work costs more than twice as much. */
export interface Cliff {
  axis: Axis;
  cell: Cell;
  what: 'time' | 'memory';
  from: number;
  to: number;
  factor: number;
}

const jump = 2;

/** The curves that are measured, without their points. */
export const curves = (Object.keys(axes) as Axis[]).flatMap((axis) =>
  (['lstm', 'gru'] as const).map((cell): Curve => ({ axis, cell, points: [] })),
);

/** Adds the points of a curve, from small to large in an engine of its own: its memory never shrinks. `done` hears of each. */
export async function grow(curve: Curve, signal: AbortSignal, done: () => void): Promise<void> {
  const unroll = new Unroll();
  const measure = (size: number) => {
    signal.throwIfAborted();
    return unroll.answer(shapeRequest(curve.cell, { ...base, [curve.axis]: size }));
  };
  try {
    for (const size of axes[curve.axis]) {
      curve.points.push({ size, ...(await measure(size)) });
      done();
    }
    // Another program's burst looks like a cliff as well, but only once.
    const suspects = cliffs([curve]).flatMap(({ what, from, to }) => (what === 'time' ? [from, to] : []));
    for (const point of curve.points.filter(({ size }) => suspects.includes(size))) {
      point.time = Math.min(point.time, (await measure(point.size)).time);
      done();
    }
  } finally {
    unroll.close();
  }
}

/** Where time or memory for a unit of work more than doubles from one point to the next. */
export function cliffs(measured: Curve[]): Cliff[] {
  return measured.flatMap(({ axis, cell, points }) =>
    points.slice(1).flatMap((point, i) => {
      const before = points[i];
      return (['time', 'memory'] as const).flatMap((what) => {
        const perUnit = (at: Point) => at[what] / units(what, cell, { ...base, [axis]: at.size });
        const factor = perUnit(point) / perUnit(before);
        return factor > jump ? [{ axis, cell, what, from: before.size, to: point.size, factor }] : [];
      });
    }),
  );
}

/** What a training step has to do, and what it has to hold: weights with gradients and Adam's two averages, gates and states. */
function units(what: 'time' | 'memory', cell: Cell, sizes: Sizes): number {
  if (what === 'time') return trainingFlops(cell, sizes);
  const { inputs, hidden, batch, steps } = sizes;
  const gates = cell === 'lstm' ? 4 : 3;
  return 4 * gates * hidden * (inputs + hidden) + batch * steps * (inputs + (gates + 2) * hidden);
}
