import { shortName } from '../protocol/limits';
import type { Point } from '../protocol/messages';

/** Points of a line that are kept, and of all lines together; from then on every second one of a line goes. */
const keptPoints = 40_000;
const keptInAll = 400_000;
/** Charts, lines of a chart, and lines in all. */
const mostCharts = 40;
const mostOfChart = 24;
const mostLines = 200;
/** Tags without a line that are counted. */
const mostCounted = 10_000;

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

  /** Adds a point to the `room` points that are kept. */
  add(step: number | null, value: number | null, room: number): void {
    const x = step ?? this.seen;
    if (this.seen++ % this.every !== 0) {
      // The newest point is always there: the next one takes its place.
      this.replaceLast(x, value ?? Number.NaN);
      return;
    }
    this.xs.push(x);
    this.ys.push(value ?? Number.NaN);
    if (this.xs.length > room) this.halve();
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
  /** Tags that have no line. */
  private readonly leftOut = new Set<string>();

  add(points: Point[]): void {
    for (const [tag, step, value] of points) {
      const room = Math.min(keptPoints, Math.floor(keptInAll / (this.byTag.size + 1)));
      (this.byTag.get(tag) ?? this.open(tag))?.add(step, value, room);
    }
  }

  clear(): void {
    this.groups.length = 0;
    this.byTag.clear();
    this.leftOut.clear();
  }

  /** What is not shown, in a sentence; '' where all is. */
  get lack(): string {
    const { size } = this.leftOut;
    if (size === 0) return '';
    const count = `${size === mostCounted ? 'more than ' : ''}${size.toLocaleString('en')}`;
    return `Without ${count} more ${size === 1 ? 'tag' : 'tags'}: the plot has room for ${mostCharts} charts, ${mostOfChart} lines in each and ${mostLines} in all.`;
  }

  /** A new line, where there is room for one. */
  private open(tag: string): Series | null {
    const slash = tag.lastIndexOf('/');
    const title = shortName(slash > 0 ? tag.slice(0, slash) : tag);
    const group = this.groups.find((known) => known.title === title) ?? { title, series: [] };
    const isNew = group.series.length === 0;
    if (
      this.byTag.size >= mostLines ||
      group.series.length >= mostOfChart ||
      (isNew && this.groups.length >= mostCharts)
    ) {
      if (this.leftOut.size < mostCounted) this.leftOut.add(shortName(tag));
      return null;
    }
    const series = new Series(shortName(tag), shortName(tag.slice(slash + 1) || tag));
    group.series.push(series);
    if (isNew) this.groups.push(group);
    this.byTag.set(tag, series);
    return series;
  }
}

/** The lines' values as a table: a row for each step, at most about `most` of them, evenly taken. */
export function tableOf(series: Series[], most = Number.POSITIVE_INFINITY): { step: number; values: number[] }[] {
  const steps = [...new Set(series.flatMap(({ xs }) => evenly(xs, most)))].sort((a, b) => a - b);
  return evenly(steps, most).map((step) => ({
    step,
    values: series.map((line) => {
      const at = line.indexAt(step);
      return at >= 0 && line.xs[at] === step ? line.ys[at] : Number.NaN;
    }),
  }));
}

/** About `most` of the values, the last one among them. */
function evenly(values: number[], most: number): number[] {
  const every = Math.max(1, Math.ceil(values.length / most));
  return values.filter((_, i) => i % every === 0 || i === values.length - 1);
}
