import type { Point } from '../worker/protocol';

/** Points of a line that are kept; from then on every second one goes. */
const keptPoints = 40_000;

/** A line of the live plot. `ys` has NaN where the line has a gap. */
export class Series {
  readonly xs: number[] = [];
  readonly ys: number[] = [];
  /** One in so many points is kept, so that a line of any length has room. */
  private every = 1;
  private seen = 0;

  constructor(
    readonly tag: string,
    readonly name: string,
  ) {}

  add(step: number | null, value: number | null): void {
    const x = step ?? this.seen;
    if (this.seen++ % this.every !== 0) {
      // The newest point is always there: the next one takes its place.
      this.replaceLast(x, value ?? Number.NaN);
      return;
    }
    this.xs.push(x);
    this.ys.push(value ?? Number.NaN);
    if (this.xs.length > keptPoints) this.halve();
  }

  /** Place of the last point at or before `x`; -1 where there is none. For steps that only grow. */
  indexAt(x: number): number {
    let low = 0;
    let high = this.xs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.xs[middle] <= x) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Place of the point nearest to `x`. */
  nearest(x: number): number {
    const before = this.indexAt(x);
    if (before < 0) return 0;
    const after = Math.min(before + 1, this.xs.length - 1);
    return this.xs[after] - x < x - this.xs[before] ? after : before;
  }

  private replaceLast(x: number, y: number): void {
    this.xs[this.xs.length - 1] = x;
    this.ys[this.ys.length - 1] = y;
  }

  private halve(): void {
    this.every *= 2;
    for (const list of [this.xs, this.ys]) {
      const half = list.filter((_, i) => i % 2 === 0);
      list.length = 0;
      for (const value of half) list.push(value);
    }
  }
}

/** Lines that share a chart. */
export interface Group {
  title: string;
  series: Series[];
}

/** The values of a run, by chart: what stands before a tag's last slash names the chart. */
export class LiveData {
  readonly groups: Group[] = [];
  private readonly byTag = new Map<string, Series>();

  add(points: Point[]): void {
    for (const [tag, step, value] of points) (this.byTag.get(tag) ?? this.open(tag)).add(step, value);
  }

  clear(): void {
    this.groups.length = 0;
    this.byTag.clear();
  }

  private open(tag: string): Series {
    const slash = tag.lastIndexOf('/');
    const title = slash > 0 ? tag.slice(0, slash) : tag;
    const series = new Series(tag, tag.slice(slash + 1) || tag);
    const group = this.groups.find((known) => known.title === title);
    if (group) group.series.push(series);
    else this.groups.push({ title, series: [series] });
    this.byTag.set(tag, series);
    return series;
  }
}

/** The lines' values as a table: a row for each step, at most about `most` of them, evenly taken. */
export function tableOf(series: Series[], most = Number.POSITIVE_INFINITY): { step: number; values: number[] }[] {
  const steps = [...new Set(series.flatMap(({ xs }) => xs))].sort((a, b) => a - b);
  const every = Math.max(1, Math.ceil(steps.length / most));
  const taken = steps.filter((_, i) => i % every === 0 || i === steps.length - 1);
  return taken.map((step) => ({
    step,
    values: series.map((line) => {
      const at = line.indexAt(step);
      return at >= 0 && line.xs[at] === step ? line.ys[at] : Number.NaN;
    }),
  }));
}
