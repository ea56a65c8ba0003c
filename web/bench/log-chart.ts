import { html, svg, type TemplateResult } from 'lit';
import { markOf } from '../plots/line-looks';
import { numberText } from '../plots/scale';

const height = 220;
const margin = { top: 12, right: 44, bottom: 26, left: 50 };

/** A line through points of positive numbers. */
export interface LogLine {
  name: string;
  points: [x: number, y: number][];
}

/** What an axis covers, and where it has ticks. */
interface Axis {
  range: [number, number];
  ticks: number[];
}

/** Lines on two logarithmic axes. `xs` are the ticks below; the other axis opens as far as the points need. */
export function logChart(title: string, unit: string, xs: number[], lines: LogLine[], width: number): TemplateResult {
  const x: Axis = { range: [xs[0], xs[xs.length - 1]], ticks: xs };
  const y = decades(lines.flatMap(({ points }) => points.map(([, value]) => value)));
  const toX = along(x.range, margin.left, width - margin.right);
  const toY = along(y.range, height - margin.bottom, margin.top);
  return html`<svg role="img" aria-label=${summary(title, unit, lines)} viewBox="0 0 ${width} ${height}" height=${height}>
    ${y.ticks.map(
      (tick) => svg`
      <line class="grid" x1=${margin.left} x2=${width - margin.right} y1=${toY(tick)} y2=${toY(tick)} />
      <text class="tick" x=${margin.left - 7} y=${toY(tick)} dy="0.32em" text-anchor="end">${numberText(tick)}</text>`,
    )}
    ${x.ticks.map(
      (tick) => svg`
      <line class="grid" x1=${toX(tick)} x2=${toX(tick)} y1=${margin.top} y2=${height - margin.bottom} />
      <text class="tick" x=${toX(tick)} y=${height - 8} text-anchor="middle">${tick}</text>`,
    )}
    ${lines.filter(({ points }) => points.length > 0).map((line, i) => drawn(line, i, lines, toX, toY))}
  </svg>`;
}

function drawn(line: LogLine, i: number, lines: LogLine[], toX: Scale, toY: Scale) {
  const kind = line.name.toLowerCase();
  const [endX, endY] = line.points[line.points.length - 1];
  // Names of lines that end together stand above and below their ends.
  const above = endY >= Math.max(...lines.flatMap(({ points }) => points.slice(-1).map(([, y]) => y)));
  const shift = above && (lines.length === 1 || i === 0 || endY > (lines[0].points.at(-1)?.[1] ?? 0)) ? -4 : 12;
  return svg`
    <path class="curve ${kind}" d=${`M${line.points.map(([x, y]) => `${toX(x)},${toY(y)}`).join('L')}`} />
    ${line.points.map(([x, y]) => svg`<path class="dot ${kind}" d=${markOf(lines.indexOf(line), toX(x), toY(y))} />`)}
    <text class="end ${kind}" x=${toX(endX) + 7} y=${toY(endY) + shift}>${line.name}</text>`;
}

type Scale = (value: number) => number;

const along =
  ([low, high]: [number, number], from: number, to: number): Scale =>
  (value) =>
    Math.round((from + (Math.log(value / low) / Math.log(high / low)) * (to - from)) * 10) / 10;

/** Powers of ten around the values, and where they span one or two decades also 2 and 5 times these. */
function decades(values: number[]): Axis {
  const low = Math.min(...values, values.length > 0 ? Number.POSITIVE_INFINITY : 1);
  const high = Math.max(...values, values.length > 0 ? 0 : 100);
  const steps = Math.log10(high / low) > 2 ? [1] : [1, 2, 5];
  const all = Array.from({ length: 16 }, (_, i) => 10 ** (i - 6)).flatMap((power) => steps.map((step) => step * power));
  const below = all.findLast((tick) => tick <= low * 1.001) ?? low;
  const above = all.find((tick) => tick >= high * 0.999 && tick > below) ?? high;
  return { range: [below, above], ticks: all.filter((tick) => tick >= below && tick <= above) };
}

function summary(title: string, unit: string, lines: LogLine[]): string {
  const texts = lines.map(({ name, points }) => {
    if (points.length === 0) return `${name}: not measured yet`;
    return `${name}: ${points.map(([x, y]) => `${numberText(y)} ${unit} at ${x}`).join(', ')}`;
  });
  return `Line chart with logarithmic axes, ${title}. ${texts.join('; ')}.`;
}
