import { html, nothing, render, type TemplateResult } from 'lit';
import type { Answer, Question } from '../protocol/messages';
import { icons } from '../ui/icons';
import { fileName } from '../ui/save-file';
import { saveCsv } from './csv';
import { heatMap } from './heat-map';
import { type Picture, saveTools } from './picture-tools';
import { numberText } from './scale';

export { tensorStyles } from './tensor-styles';

/** Rows and columns of a table on the page; the file has more. */
const most = { rows: 200, columns: 50 };

interface Summary {
  name: string;
  kind: 'tensor' | 'parameter' | 'buffer' | 'array';
  shape: number[];
  dtype: string;
  min: number | string | null;
  mean: number | string | null;
  max: number | string | null;
}

interface Table extends Summary {
  /** Where the table lies along the dimensions before the last two. */
  at: number[];
  rows: number;
  columns: number;
  ofRows: number;
  ofColumns: number;
}

/** What asks the program's Python; see unroll/tensor_views.py. */
export type Ask = (question: Question) => Promise<Answer | null>;

/** Tables of the tensors that the last program left: all of them by name, and one with its values. */
export class TensorView {
  readonly element = document.createElement('div');

  /** @param why says why there is no answer */
  constructor(
    private readonly ask: Ask,
    private readonly why: () => string,
  ) {
    this.element.className = 'tensors';
  }

  /** Makes the list. */
  async load(): Promise<void> {
    const answer = await this.ask({ kind: 'tensors' });
    const found = answer?.json as Summary[] | null | undefined;
    if (!found) this.say(this.why());
    else if (found.length === 0) this.say('The last program has left no tensors or arrays in its global names.');
    else render(this.list(found), this.element);
  }

  /** Puts the focus on what comes first. */
  focus(): void {
    this.element.querySelector<HTMLElement>('button')?.focus();
  }

  private async back(): Promise<void> {
    await this.load();
    this.focus();
  }

  private say(words: string): void {
    render(html`<p>${words}</p>`, this.element);
  }

  private list(found: Summary[]): TemplateResult {
    const value = (number: Summary['min']) => (typeof number === 'number' ? numberText(number) : (number ?? ''));
    return html`
      <table class="values">
        <caption>Tensors, arrays and parameters that the last program left. Press a name to see its values.</caption>
        <thead>
          <tr>${['name', 'shape', 'dtype', 'min', 'mean', 'max'].map((word) => html`<th scope="col">${word}</th>`)}</tr>
        </thead>
        <tbody>
          ${found.map(
            (one) => html`<tr>
              <th scope="row"><button type="button" class="tensor-name" @click=${() => void this.show(one.name)}>${one.name}</button></th>
              <td>${one.shape.join(' × ') || 'one number'}</td><td>${one.dtype}</td>
              <td>${value(one.min)}</td><td>${value(one.mean)}</td><td>${value(one.max)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    `;
  }

  private async show(name: string, at: number[] = []): Promise<void> {
    const answer = await this.ask({ kind: 'tensor', name, at });
    const table = answer?.json as Table | null | undefined;
    if (!answer || !table) {
      this.say(`The values of ${name} cannot be shown. Run the program again, then open this again.`);
      return;
    }
    const values = new Float64Array(answer.bytes[0].slice().buffer);
    const focused = (this.element.getRootNode() as ShadowRoot).activeElement?.id;
    render(this.one(table, values), this.element);
    this.tint(values, table.columns);
    const field = focused ? this.element.querySelector<HTMLElement>(`#${focused}`) : null;
    (field ?? this.element.querySelector<HTMLElement>('.tensor-back'))?.focus();
  }

  private one(table: Table, values: Float64Array): TemplateResult {
    const { name, rows, columns, ofRows, ofColumns } = table;
    const [shownRows, shownColumns] = [Math.min(rows, most.rows), Math.min(columns, most.columns)];
    const isAll = shownRows === ofRows && shownColumns === ofColumns;
    const part = `The first ${shownRows} of ${ofRows} rows and ${shownColumns} of ${ofColumns} columns; the file has more.`;
    return html`
      <div class="tensor-bar">
        <button type="button" class="tensor-back" @click=${() => void this.back()}>All tensors</button>
        ${table.at.map((index, dimension) => this.slice(table, index, dimension))}
        <button type="button" aria-label="Save the values as CSV" @click=${() => save(table, values)}>${icons.drop}<span>CSV</span></button>
        ${saveTools(pictureOf(table, values))}
      </div>
      <div class="tensor-scroll" tabindex="0" role="group" aria-label="Values of ${name}">
        <table class="values heat">
          <caption>${name}: ${kindOf(table)}${isAll ? nothing : html`<br />${part}`}</caption>
          <thead>
            <tr><td></td>${range(shownColumns).map((column) => html`<th scope="col">${column}</th>`)}</tr>
          </thead>
          <tbody>
            ${range(shownRows).map(
              (row) => html`<tr>
                <th scope="row">${row}</th>
                ${range(shownColumns).map((column) => html`<td>${numberText(values[row * columns + column])}</td>`)}
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    `;
  }

  /** A field for the index along a dimension before the last two. */
  private slice({ name, at, shape }: Table, index: number, dimension: number): TemplateResult {
    const choose = (event: Event) => {
      const chosen = at.with(dimension, Number((event.target as HTMLInputElement).value));
      void this.show(name, chosen);
    };
    const last = shape[dimension] - 1;
    return html`
      <label>dimension ${dimension}
        <input id="slice-${dimension}" type="number" min="0" max=${last} .value=${String(index)} @change=${choose} />
        of 0 to ${last}
      </label>
    `;
  }

  /** The size of a value as a tint, positive and negative apart; the numbers can be read without. */
  private tint(values: Float64Array, columns: number): void {
    const size = (value: number) => (Number.isFinite(value) ? Math.abs(value) : 0);
    const largest = values.reduce((top, value) => Math.max(top, size(value)), 0) || 1;
    this.element.querySelectorAll<HTMLTableRowElement>('.heat tbody tr').forEach((line, row) => {
      line.querySelectorAll('td').forEach((cell, column) => {
        const value = values[row * columns + column];
        cell.style.setProperty('--heat', `${Math.round((30 * size(value)) / largest)}%`);
        cell.classList.toggle('negative', value < 0);
      });
    });
  }
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

const kindOf = ({ shape, dtype }: Table) => `${shape.join(' × ') || 'one number'}, ${dtype}`;

/** Its files are named by tensor and slice. */
const fileOf = ({ name, at }: Table) => fileName([name, ...at].join('-'));

/** What is shown, as a heat map. */
function pictureOf(table: Table, values: Float64Array): Picture {
  const { name, at } = table;
  const slice = at.length > 0 ? `, slice [${at.join(', ')}, :, :]` : '';
  return { title: name, file: fileOf(table), svg: () => heatMap(name, kindOf(table) + slice, { ...table, values }) };
}

function save(table: Table, values: Float64Array): void {
  const { rows, columns } = table;
  const lines = range(rows).map((row) => [...values.subarray(row * columns, (row + 1) * columns)]);
  saveCsv(`${fileOf(table)}.csv`, [range(columns), ...lines]);
}
