import { html, nothing, render, svg } from 'lit';
import { numberText, padded, ticks } from './scale';
import type { Group, Series } from './series';

const height = 168;
const margin = { top: 8, right: 12, bottom: 24, left: 46 };

/** Colours of the lines, in order: `.line-0` to `.line-7` in the styles. */
const colours = 8;

/** A chart of the live plot: lines over steps, with a legend that tells the values at the cursor, else the newest. */
export class LineChart {
  readonly element = document.createElement('section');
  private width = 0;
  /** The step under the pointer, or chosen by the arrow keys. */
  private cursor: number | null = null;

  constructor(private readonly group: Group) {
    this.element.className = 'chart';
    this.element.setAttribute('part', 'chart');
  }

  /** Draws the chart `width` pixels wide. */
  draw(width = this.width): void {
    this.width = width;
    const { title, series } = this.group;
    const only = series.length === 1;
    const name = only ? series[0].tag : title;
    const frame = this.frame();
    render(
      html`
        <header class="chart-head">
          <h4>${name}</h4>
          ${this.cursor === null ? nothing : html`<span class="chart-step">step ${numberText(this.cursor)}</span>`}
          <ul class="legend">
            ${series.map((line, i) => html`<li class="line-${i % colours}">${only ? nothing : html`<span class="legend-name">${line.name}</span>`}<span class="legend-value">${this.valueText(line)}</span></li>`)}
          </ul>
        </header>
        <div
          class="chart-area"
          tabindex="0"
          role="img"
          aria-label=${this.summary(name)}
          @pointermove=${(event: PointerEvent) => this.follow(event, frame)}
          @pointerdown=${(event: PointerEvent) => this.follow(event, frame)}
          @pointerleave=${() => this.moveTo(null)}
          @blur=${() => this.moveTo(null)}
          @keydown=${(event: KeyboardEvent) => this.step(event)}
        >
          ${svg`<svg viewBox="0 0 ${width} ${height}" width=${width} height=${height} aria-hidden="true">
            ${this.axes(frame)}
            ${series.map((line, i) => this.line(line, i, frame))}
            ${this.marks(frame)}
          </svg>`}
        </div>
      `,
      this.element,
    );
  }

  private frame(): Frame {
    const xs = extent(this.group.series.flatMap(({ xs }) => [extent(xs)]).flat());
    const ys = padded(extent(this.group.series.flatMap(({ ys }) => extent(ys))));
    const x: [number, number] = xs[0] === xs[1] ? [xs[0] - 0.5, xs[1] + 0.5] : xs;
    return {
      x,
      y: ys,
      toX: between(x, margin.left, this.width - margin.right),
      toY: between(ys, height - margin.bottom, margin.top),
    };
  }

  private axes({ x, y, toX, toY }: Frame) {
    const across = ticks(...x, Math.max(2, Math.min(8, this.width / 80))).filter((tick) => this.isStep(tick));
    return svg`
      ${ticks(...y, 4).map(
        (tick) => svg`
        <line class="grid" x1=${margin.left} x2=${this.width - margin.right} y1=${toY(tick)} y2=${toY(tick)} />
        <text class="tick" x=${margin.left - 7} y=${toY(tick)} dy="0.32em" text-anchor="end">${numberText(tick)}</text>`,
      )}
      ${across.map(
        (tick) => svg`
        <text class="tick" x=${toX(tick)} y=${height - 6} text-anchor="middle">${numberText(tick)}</text>`,
      )}
    `;
  }

  /** Steps are nearly always whole numbers: then no tick lies between two. */
  private isStep(tick: number): boolean {
    return Number.isInteger(tick) || this.group.series.some(({ xs }) => xs.length > 1 && !Number.isInteger(xs[1]));
  }

  private line(series: Series, i: number, { toX, toY }: Frame) {
    const kind = `line line-${i % colours}`;
    if (series.xs.length === 1) {
      const y = series.ys[0];
      return Number.isNaN(y) ? nothing : svg`<circle class=${kind} cx=${toX(series.xs[0])} cy=${toY(y)} r="2.5" />`;
    }
    return svg`<path class=${kind} d=${pathOf(series, toX, toY)} />`;
  }

  private marks({ toX, toY }: Frame) {
    const { cursor } = this;
    if (cursor === null) return nothing;
    const dots = this.group.series.map((line, i) => {
      const at = line.nearest(cursor);
      const y = line.ys[at];
      if (line.xs[at] !== cursor || Number.isNaN(y)) return nothing;
      return svg`<circle class="dot line-${i % colours}" cx=${toX(cursor)} cy=${toY(y)} r="3.5" />`;
    });
    const x = toX(cursor);
    return svg`<line class="rule" x1=${x} x2=${x} y1=${margin.top} y2=${height - margin.bottom} />${dots}`;
  }

  private valueText(line: Series): string {
    const at = this.cursor === null ? line.ys.length - 1 : line.nearest(this.cursor);
    if (this.cursor !== null && line.xs[at] !== this.cursor) return '–';
    const value = line.ys[at];
    return Number.isNaN(value) ? 'no number' : numberText(value);
  }

  private summary(name: string): string {
    const parts = this.group.series.map((line) => {
      const values = line.ys.filter((y) => !Number.isNaN(y));
      const what = this.group.series.length === 1 ? '' : `${line.name}: `;
      if (values.length === 0) return `${what}no values`;
      return `${what}${values.length} values, from ${numberText(values[0])} to ${numberText(values[values.length - 1])}`;
    });
    return `Line chart of ${name}. ${parts.join('; ')}. Arrow keys read values.`;
  }

  private follow(event: PointerEvent, { x, toX }: Frame): void {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const share = (event.clientX - box.left - toX(x[0])) / (toX(x[1]) - toX(x[0]));
    this.moveTo(this.nearestStep(x[0] + share * (x[1] - x[0])));
  }

  private nearestStep(x: number): number {
    const steps = this.group.series.map((line) => line.xs[line.nearest(x)]);
    return steps.reduce((best, step) => (Math.abs(step - x) < Math.abs(best - x) ? step : best));
  }

  private step(event: KeyboardEvent): void {
    const moves: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 };
    const [first] = this.group.series;
    const last = first.xs.length - 1;
    const at = this.cursor === null ? last + 1 : first.nearest(this.cursor);
    if (event.key === 'Home') this.moveTo(first.xs[0]);
    else if (event.key === 'End') this.moveTo(first.xs[last]);
    else if (event.key in moves) this.moveTo(first.xs[Math.max(0, Math.min(last, at + moves[event.key]))]);
    else return;
    event.preventDefault();
  }

  private moveTo(cursor: number | null): void {
    if (cursor === this.cursor) return;
    this.cursor = cursor;
    this.draw();
  }
}

interface Frame {
  x: [number, number];
  y: [number, number];
  toX: (x: number) => number;
  toY: (y: number) => number;
}

/** Least and greatest number; NaN counts for nothing. */
function extent(values: number[]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}

const between =
  ([low, high]: [number, number], from: number, to: number) =>
  (value: number) =>
    Math.round((from + ((value - low) / (high - low)) * (to - from)) * 10) / 10;

/** The line as a path. Of the points in one column of pixels first, least, greatest and last are enough. */
function pathOf({ xs, ys }: Series, toX: (x: number) => number, toY: (y: number) => number): string {
  const parts: string[] = [];
  let pen = 'M';
  for (let from = 0; from < xs.length; ) {
    const column = Math.round(toX(xs[from]));
    let to = from + 1;
    while (to < xs.length && Math.round(toX(xs[to])) === column) to++;
    for (const at of to - from > 4 ? outline(ys, from, to) : range(from, to)) {
      if (Number.isNaN(ys[at])) pen = 'M';
      else {
        parts.push(`${pen}${toX(xs[at])},${toY(ys[at])}`);
        pen = 'L';
      }
    }
    from = to;
  }
  return parts.join('');
}

function outline(ys: number[], from: number, to: number): number[] {
  let low = from;
  let high = from;
  for (let at = from; at < to; at++) {
    if (ys[at] < ys[low] || Number.isNaN(ys[low])) low = at;
    if (ys[at] > ys[high] || Number.isNaN(ys[high])) high = at;
  }
  return [...new Set([from, low, high, to - 1])].sort((a, b) => a - b);
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
