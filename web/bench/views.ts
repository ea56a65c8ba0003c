/** What the page shows of the results, with everything in its place before there are any. */

import { html, nothing, type TemplateResult } from 'lit';
import { barChart } from './bar-chart';
import { amountText, type Figure, shortNumber } from './figures.mjs';
import { type Axis, axes, base, type Cliff, type Curve } from './growth';
import { logChart } from './log-chart';
import { groups, type Work } from './plan';

const peer = 'TensorFlow.js';

export function barsView(works: Work[], figures: Figure[]): TemplateResult {
  const names = works.filter(({ tensorflow }) => tensorflow).map(({ name }) => name);
  return barChart(
    names,
    figures.filter(({ against }) => against === peer),
  );
}

const heads = ['Unroll', 'PyTorch', '× PyTorch', peer, 'Baseline', 'Of the peak'];
/** Those of PyTorch, which no page can measure. */
const nativeHeads = heads.slice(1, 3);

/** A row for each work: our time, the peers', the other build's, and the share of the machine's peak. */
export function tableView(works: Work[], figures: Figure[]): TemplateResult {
  const isBesidePyTorch = figures.some(({ against }) => against === 'PyTorch');
  const row = ({ name, tensorflow, flops }: Work) => {
    const of = (against: string) => figures.find((figure) => figure.work === name && figure.against === against);
    const ours = figures.find((figure) => figure.work === name);
    const theirs = (figure?: Figure) => (figure?.theirs ? amountText(figure.theirs, figure.unit) : '–');
    const peak = of('multiply-add peak');
    const native = of('PyTorch');
    const cell = (label: string, text: string, applies = true) =>
      html`<td data-label=${label} class=${applies ? '' : 'none'}>${text}</td>`;
    return html`<tr>
      <th scope="row">${name}</th>
      ${cell(heads[0], ours ? amountText(ours.ours, ours.unit) : '–')}
      ${
        isBesidePyTorch
          ? html`${cell(heads[1], theirs(native))} ${cell(heads[2], native ? `${shortNumber(native.value)} ×` : '–')}`
          : nothing
      }
      ${cell(heads[3], theirs(of(peer)), tensorflow)}
      ${cell(heads[4], theirs(of('baseline SIMD')))}
      ${cell(heads[5], peak ? `${shortNumber(peak.value)} %` : '–', flops !== undefined)}
    </tr>`;
  };
  const shown = new Set(works.map(({ id }) => id.split(' ')[0]));
  return html`<table>
      <thead>
        <tr>
          <th scope="col">Work</th>
          ${heads
            .filter((head) => isBesidePyTorch || !nativeHeads.includes(head))
            .map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${works.map(row)}
      </tbody>
    </table>
    <dl>
      <dt>× PyTorch</dt>
      <dd>How many times as long Unroll takes as PyTorch, which runs outside of the browser and cannot be measured here.</dd>
      <dt>Baseline</dt>
      <dd>Unroll's build for browsers without relaxed SIMD and its fused multiply-add.</dd>
      <dt>Of the peak</dt>
      <dd>The multiplications and additions of the matrix products, out of what this processor does in registers alone.</dd>
      ${[...shown].map((group) => html`<dt>${group}</dt><dd>${groups[group]}.</dd>`)}
    </dl>`;
}

const words: Record<Axis, string> = { hidden: 'hidden size', steps: 'time steps', batch: 'batch size' };

/** Time and memory over each size, as plots `width` pixels wide, with a table of the values. */
export function growthView(curves: Curve[], width: number): TemplateResult {
  const plot = (axis: Axis, what: 'time' | 'memory') => {
    const unit = what === 'time' ? 'ms' : 'MiB';
    const title = `${what === 'time' ? 'Time of a training step' : 'Memory of the engine'} in ${unit} over ${words[axis]}`;
    const lines = (['lstm', 'gru'] as const).map((cell) => ({
      name: cell.toUpperCase(),
      points: pointsOf(curves, axis, cell).map((point): [number, number] => [
        point.size,
        what === 'time' ? point.time : point.memory / 2 ** 20,
      ]),
    }));
    return html`<div class="plot"><h3>${title}</h3>${logChart(title, unit, axes[axis], lines, width)}</div>`;
  };
  const all = Object.keys(axes) as Axis[];
  return html`
    <div class="plots">
      ${all.map((axis) => plot(axis, 'time'))} ${all.map((axis) => plot(axis, 'memory'))}
    </div>
    <details>
      <summary>The values in a table</summary>
      <div class="values" tabindex="0" role="region" aria-label="Values of the plots">${valuesTable(all, curves)}</div>
    </details>`;
}

const pointsOf = (curves: Curve[], axis: Axis, cell: string) =>
  curves.find((curve) => curve.axis === axis && curve.cell === cell)?.points ?? [];

function valuesTable(all: Axis[], curves: Curve[]): TemplateResult {
  const cells = (axis: Axis, size: number) =>
    ['lstm', 'gru'].map((cell) => {
      const point = pointsOf(curves, axis, cell).find((one) => one.size === size);
      return html`<td>${point ? amountText(point.time, 'ms') : '–'}</td>
        <td>${point ? `${Math.round(point.memory / 2 ** 20)} MiB` : '–'}</td>`;
    });
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Size</th>
        ${['LSTM', 'GRU'].map((cell) => html`<th scope="col">${cell} time</th><th scope="col">${cell} memory</th>`)}
      </tr>
    </thead>
    <tbody>
      ${all.flatMap((axis) => axes[axis].map((size) => html`<tr><th scope="row">${words[axis]} ${size}</th>${cells(axis, size)}</tr>`))}
    </tbody>
  </table>`;
}

/** What the plots show, in words, with the jumps that were found. */
export function growthWords(curves: Curve[], found: Cliff[]): string {
  const { inputs, hidden, batch, steps } = base;
  const what = `One layer ${inputs} → ${hidden}, batch ${batch} × ${steps} steps, one size growing at a time. `;
  if (curves.length === 0) return `${what}Both axes are logarithmic: steady growth is a straight line.`;
  const isWhole = curves.every(({ axis, points }) => points.length === axes[axis].length);
  if (found.length === 0)
    return `${what}${isWhole ? 'No cliff' : 'No cliff so far'}: nowhere does a unit of work cost more than twice what it cost one size before.`;
  const each = found.map(
    ({ axis, cell, what, from, to, factor }) =>
      `${cell.toUpperCase()} ${what} a unit of work from ${words[axis]} ${from} to ${to}: × ${shortNumber(factor)}`,
  );
  return `${what}Jumps: ${each.join('; ')}.`;
}
