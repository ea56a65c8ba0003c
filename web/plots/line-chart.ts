import { html, nothing, render, svg } from 'lit';
import { fileName } from '../ui/save-file';
import { colourOf, drawing, type Frame, frameOf, legendKey, summaryOf, titleOf, valueText } from './chart-drawing';
import { chartPicture } from './chart-picture';
import { markOf } from './line-looks';
import { type Enlarge, type LargePicture, pictureTools } from './picture-tools';
import { numberText } from './scale';
import type { Group, Series } from './series';

/** A chart of the live plot: lines over steps, with a legend that tells the values at the cursor, else the newest. */
export class LineChart implements LargePicture {
  readonly element = document.createElement('section');
  private readonly area: HTMLElement;
  /** The same lines in the panel's dialog. */
  private copy: LineChart | undefined;
  /** The step under the pointer, or chosen by the arrow keys. */
  private cursor: number | null = null;
  private width = 0;
  private height = 0;

  /** @param enlarge shows it in the panel's dialog; without it the chart has no buttons */
  constructor(
    private readonly group: Group,
    private readonly enlarge?: Enlarge,
  ) {
    this.element.className = enlarge ? 'chart' : 'chart large';
    this.element.setAttribute('part', 'chart');
    this.render();
    this.area = this.element.querySelector('.chart-area') as HTMLElement;
    new ResizeObserver(() => this.resize()).observe(this.area);
  }

  get title(): string {
    return titleOf(this.group);
  }

  get file(): string {
    return fileName(this.title);
  }

  svg(): SVGSVGElement {
    return chartPicture(this.group);
  }

  /** A chart of its own, which grows as this one does. */
  large(): HTMLElement {
    this.copy = new LineChart(this.group);
    return this.copy.element;
  }

  /** Draws what there is now, as large as there is room. */
  draw(): void {
    this.render();
    const { clientWidth, clientHeight } = this.area;
    if (clientWidth !== this.width || clientHeight !== this.height) {
      this.width = clientWidth;
      this.height = clientHeight;
      this.render();
    }
    if (this.copy?.element.isConnected) this.copy.draw();
    else this.copy = undefined;
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.area;
    if (clientWidth !== this.width || clientHeight !== this.height) this.draw();
  }

  private render(): void {
    const { title, group, width, height } = this;
    const { series } = group;
    const letters = this.enlarge ? 11 : 13;
    // Below it are the ticks and the name of the axis.
    const bottom = height - 12 - 2.25 * letters;
    const frame = frameOf(group, { left: 4.2 * letters, right: width - 12, top: 8, bottom });
    render(
      html`
        ${this.enlarge ? html`<header class="chart-head"><h4>${title}</h4>${pictureTools(this, this.enlarge)}</header>` : nothing}
        <div class="chart-key">
          ${this.cursor === null ? nothing : html`<span class="chart-step">step ${numberText(this.cursor)}</span>`}
          <ul class="legend">${series.map((line, i) => this.legendItem(line, i))}</ul>
        </div>
        <div
          class="chart-area"
          tabindex="0"
          role="slider"
          aria-roledescription="line chart"
          aria-readonly="true"
          aria-valuemin=${frame.x[0]}
          aria-valuemax=${frame.x[1]}
          aria-valuenow=${this.cursor ?? frame.x[0]}
          aria-valuetext=${this.spoken()}
          aria-label="${summaryOf(group)} Arrow keys read values."
          @pointermove=${(event: PointerEvent) => this.follow(event, frame)}
          @click=${(event: MouseEvent) => this.follow(event, frame)}
          @pointerleave=${({ pointerType }: PointerEvent) => pointerType !== 'touch' && this.moveTo(null)}
          @blur=${() => this.moveTo(null)}
          @keydown=${(event: KeyboardEvent) => this.step(event)}
        >
          ${
            width > 0
              ? svg`<svg viewBox="0 0 ${width} ${height}" width=${width} height=${height} font-size=${letters} aria-hidden="true">
                  ${drawing(group, frame)}${this.marks(frame)}
                </svg>`
              : nothing
          }
        </div>
      `,
      this.element,
    );
  }

  private legendItem(line: Series, i: number) {
    const value = html`<span class="legend-value">${this.valueText(line)}</span>`;
    if (this.group.series.length === 1) return html`<li>${value}</li>`;
    const key = html`<svg class="legend-key" width="28" height="10" aria-hidden="true">${legendKey(i, 0, 5)}</svg>`;
    return html`<li>${key}<span class="legend-name">${line.name}</span>${value}</li>`;
  }

  private marks({ toX, toY, top, bottom }: Frame) {
    const { cursor } = this;
    if (cursor === null) return nothing;
    const dots = this.group.series.map((line, i) => {
      const at = line.nearest(cursor);
      const y = line.ys[at];
      if (line.xs[at] !== cursor || Number.isNaN(y)) return nothing;
      return svg`<path class="dot line-${colourOf(i)}" d=${markOf(i, toX(cursor), toY(y))} />`;
    });
    const x = toX(cursor);
    return svg`<line class="rule" x1=${x} x2=${x} y1=${top} y2=${bottom} />${dots}`;
  }

  /** What a screen reader says when the cursor moves; without one nothing, however fast the chart grows. */
  private spoken(): string {
    const { series } = this.group;
    if (this.cursor === null) return 'no step chosen';
    const values = series.map((line) => `${series.length === 1 ? '' : `${line.name} `}${this.valueText(line)}`);
    return `step ${numberText(this.cursor)}: ${values.join(', ')}`;
  }

  private valueText(line: Series): string {
    const at = this.cursor === null ? line.ys.length - 1 : line.nearest(this.cursor);
    if (this.cursor !== null && line.xs[at] !== this.cursor) return '–';
    return valueText(line.ys[at]);
  }

  private follow(event: MouseEvent, { x, toX }: Frame): void {
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
