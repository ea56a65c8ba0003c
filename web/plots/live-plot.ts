import { html, nothing, render } from 'lit';
import type { Point } from '../protocol/messages';
import { addStyles } from '../ui/add-styles';
import { icons } from '../ui/icons';
import { titleOf } from './chart-drawing';
import { chartPicture } from './chart-picture';
import { saveCsv } from './csv';
import { LineChart } from './line-chart';
import type { Enlarge } from './picture-tools';
import { plots } from './plot-styles';
import { numberText } from './scale';
import { type Group, LiveData, tableOf } from './series';

/** Rows of a table on the page, and cells of all tables; the file has all. */
const tableRows = 200;
const tableCells = 4000;
/** Milliseconds between two drawings: more often nobody sees. */
const drawTime = 60;
/** Milliseconds after which the charts that are left wait, and how long. */
const [atOnce, pause] = [40, 10];

/** The live plot of a panel: a chart for each group of tags, drawn as the values come, and a table of the same. */
export class LivePlot {
  private readonly data = new LiveData();
  private charts = new Map<Group, LineChart>();
  /** Those whose chart does not show the newest values. */
  private readonly due = new Set<Group>();
  private isStale = false;
  /** Whoever waits until all is drawn. */
  private waiting: (() => void)[] = [];
  private readonly chartArea = document.createElement('div');
  private tableShown = false;
  private timer = 0;

  /** `container` belongs to the plot; it is hidden while there is nothing to show. */
  constructor(
    private readonly container: HTMLElement,
    private readonly enlarge: Enlarge,
  ) {
    this.chartArea.className = 'charts';
    addStyles({ renderRoot: container.getRootNode() as ShadowRoot }, plots);
  }

  add(points: Point[]): void {
    this.data.add(points);
    this.isStale = true;
    this.later(this.container.hidden ? 0 : drawTime);
  }

  /** Its charts, each as the file of it. */
  get pictures(): SVGSVGElement[] {
    return this.data.groups.map(chartPicture);
  }

  /** Shows what came now; of very many charts the rest comes after that. */
  flush(): void {
    if (this.timer) this.draw();
  }

  /** Resolves when all is drawn. */
  shown(): Promise<void> {
    return this.timer ? new Promise((resolve) => this.waiting.push(resolve)) : Promise.resolve();
  }

  clear(): void {
    this.rest();
    this.due.clear();
    this.data.clear();
    this.charts.clear();
    this.chartArea.replaceChildren();
    this.tableShown = false;
    this.container.hidden = true;
    render(nothing, this.container);
  }

  private later(time: number): void {
    this.timer ||= window.setTimeout(() => this.draw(), time);
  }

  /** Nothing is to be drawn. */
  private rest(): void {
    clearTimeout(this.timer);
    this.timer = 0;
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  private draw(): void {
    if (this.isStale) this.drawFrame(this.data.groups);
    this.isStale = false;
    this.drawCharts(performance.now() + atOnce);
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.due.size > 0) this.later(pause);
    else this.rest();
  }

  /** What is around the charts, which are due from now on. */
  private drawFrame(groups: Group[]): void {
    if (groups.length === 0) return;
    this.container.hidden = false;
    render(this.template(groups), this.container);
    for (const group of groups) this.due.add(group);
  }

  /** Draws the charts that have waited longest, until the clock says `end`. */
  private drawCharts(end: number): void {
    for (const group of this.due) {
      const chart = this.charts.get(group) ?? this.newChart(group);
      chart.draw();
      this.due.delete(group);
      if (performance.now() > end) break;
    }
  }

  private newChart(group: Group): LineChart {
    const chart = new LineChart(group, this.enlarge);
    this.charts.set(group, chart);
    this.chartArea.append(chart.element);
    return chart;
  }

  private template(groups: Group[]) {
    const toggle = () => {
      this.tableShown = !this.tableShown;
      this.isStale = true;
      this.draw();
    };
    const { lack } = this.data;
    return html`
      <div class="live-bar">
        <h3 id="live-title">LIVE PLOT</h3>
        <div class="figure-tools">
          <button type="button" aria-expanded=${this.tableShown} @click=${toggle}>${icons.table}<span>Table</span></button>
          <button type="button" aria-label="Save the values as CSV" @click=${() => this.saveCsv()}>
            ${icons.drop}<span>CSV</span>
          </button>
        </div>
      </div>
      <div class="live-body">
        ${this.chartArea} ${lack ? html`<p class="live-lack">${lack}</p>` : nothing}
        ${this.tableShown ? tables(groups) : nothing}
      </div>
    `;
  }

  private saveCsv(): void {
    const series = this.data.groups.flatMap((group) => group.series);
    const rows = tableOf(series).map(({ step, values }) => [step, ...values.map((y) => (Number.isNaN(y) ? '' : y))]);
    saveCsv('values.csv', [['step', ...series.map(({ tag }) => tag)], ...rows]);
  }
}

function tables(groups: Group[]) {
  const lines = groups.reduce((sum, { series }) => sum + series.length, 0);
  const rows = Math.max(10, Math.min(tableRows, Math.floor(tableCells / lines)));
  return groups.map((group) => table(group, rows));
}

function table(group: Group, rows: number) {
  const { series } = group;
  return html`
    <table class="values">
      <caption>${titleOf(group)}</caption>
      <thead>
        <tr>
          <th scope="col">step</th>
          ${series.map((line) => html`<th scope="col">${series.length === 1 ? 'value' : line.name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${tableOf(series, rows).map(
          ({ step, values }) => html`<tr>
            <th scope="row">${numberText(step)}</th>
            ${values.map((y) => html`<td>${Number.isNaN(y) ? '' : numberText(y)}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>
  `;
}
