import { nothing, type SVGTemplateResult, svg } from 'lit';
import { dashOf, lineColours, markOf } from './line-looks';
import { numberText, padded, ticks } from './scale';
import type { Group, Series } from './series';

/** The rectangle of a chart between its axes, in pixels of the picture. */
interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Where values stand in a chart. */
export interface Frame extends Box {
  x: [number, number];
  y: [number, number];
  toX: (x: number) => number;
  toY: (y: number) => number;
}

/** The number of a line's colour. */
export const colourOf = (i: number) => i % lineColours.length;

/** What stands over a chart. */
export const titleOf = ({ title, series }: Group) => (series.length === 1 ? series[0].tag : title);

/** A value of a line in its legend. */
export const valueText = (value: number) => (Number.isNaN(value) ? 'no number' : numberText(value));

/** The chart in words. */
export function summaryOf(group: Group): string {
  const { series } = group;
  const parts = series.map((line) => {
    const values = line.ys.filter((y) => !Number.isNaN(y));
    const what = series.length === 1 ? '' : `${line.name}: `;
    if (values.length === 0) return `${what}no values`;
    return `${what}${values.length} values, from ${numberText(values[0])} to ${numberText(values[values.length - 1])}`;
  });
  return `Line chart of ${titleOf(group)}. ${parts.join('; ')}.`;
}

/** The lines' values fill the box. */
export function frameOf({ series }: Group, box: Box): Frame {
  const xs = extent(series.flatMap(({ xs }) => extent(xs)));
  const y = padded(extent(series.flatMap(({ ys }) => extent(ys))));
  const x: [number, number] = xs[0] === xs[1] ? [xs[0] - 0.5, xs[1] + 0.5] : xs;
  return { ...box, x, y, toX: between(x, box.left, box.right), toY: between(y, box.bottom, box.top) };
}

/** Axes and lines. The attributes have the colours of paper; on the page the panel's styles stand above them. */
export function drawing(group: Group, frame: Frame): SVGTemplateResult {
  const { series } = group;
  return svg`
    ${axes(group, frame)} ${series.map((one, i) => line(one, i, frame))}
    ${series.map((one, i) => endMark(one, i, frame))}
  `;
}

/** What stands for line number `i` in a legend: 28 pixels of it from (x, y), with its mark. */
export function legendKey(i: number, x: number, y: number): SVGTemplateResult {
  return svg`${stroke(i, 'sample', `M${x},${y}h28`)}${mark(i, x + 14, y)}`;
}

/** A path that looks as line number `i` does. */
function stroke(i: number, kind: string, path: string) {
  const at = colourOf(i);
  return svg`<path class="${kind} line-${at}" fill="none" stroke=${lineColours[at][0]} stroke-width="1.8"
    stroke-linejoin="round" stroke-dasharray=${dashOf(i)} d=${path} />`;
}

/** The mark of line number `i`. */
function mark(i: number, x: number, y: number) {
  const at = colourOf(i);
  return svg`<path class="mark line-${at}" fill=${lineColours[at][0]} d=${markOf(i, x, y)} />`;
}

/** At the newest value that is a number. */
function endMark({ xs, ys }: Series, i: number, { toX, toY }: Frame) {
  const at = ys.findLastIndex((y) => !Number.isNaN(y));
  return at < 0 ? nothing : mark(i, toX(xs[at]), toY(ys[at]));
}

function axes(group: Group, { x, y, toX, toY, left, right, top, bottom }: Frame) {
  const up = ticks(...y, Math.max(2, Math.min(8, (bottom - top) / 34)));
  const across = ticks(...x, Math.max(2, Math.min(10, (right - left) / 75))).filter((tick) => isStep(tick, group));
  return svg`
    ${up.map(
      (tick) => svg`
      <line class="grid" stroke="#d5d9d7" x1=${left} x2=${right} y1=${toY(tick)} y2=${toY(tick)} />
      <text class="tick" fill="#444" x=${left - 7} y=${toY(tick)} dy="0.32em" text-anchor="end">${numberText(tick)}</text>`,
    )}
    ${across.map(
      (tick) => svg`
      <text class="tick" fill="#444" x=${toX(tick)} y=${bottom + 7} dy="1em" text-anchor="middle">${numberText(tick)}</text>`,
    )}
    <text class="tick" fill="#444" x=${(left + right) / 2} y=${bottom + 7} dy="2.25em" text-anchor="middle">step</text>
  `;
}

/** Steps are nearly always whole numbers: then no tick lies between two. */
function isStep(tick: number, { series }: Group): boolean {
  return Number.isInteger(tick) || series.some(({ xs }) => xs.length > 1 && !Number.isInteger(xs[1]));
}

function line(series: Series, i: number, { toX, toY }: Frame) {
  return series.xs.length === 1 ? nothing : stroke(i, 'line', pathOf(series, toX, toY));
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
