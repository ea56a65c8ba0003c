import { html, type TemplateResult } from 'lit';
import type { Series } from '../protocol/messages';
import { saveCsv } from './csv';
import { numberText } from './scale';

/** Rows of a series on the page; the file has all that came. */
const most = 200;

const shown = (value: number | string | null) => (typeof value === 'number' ? numberText(value) : (value ?? ''));

/** The values behind a figure, a table for each of its series. */
export function dataTables(data: Series[]): TemplateResult {
  return html`<div class="figure-data">${data.map(
    ({ name, x, y }) => html`
      <table class="values">
        <caption>${name}${x.length > most ? `: the first ${most} of ${x.length} values` : ''}</caption>
        <thead><tr><th scope="col">x</th><th scope="col">y</th></tr></thead>
        <tbody>
          ${x.slice(0, most).map((at, i) => html`<tr><th scope="row">${shown(at)}</th><td>${shown(y[i])}</td></tr>`)}
        </tbody>
      </table>
    `,
  )}</div>`;
}

/** The same as a file. */
export function saveData(name: string, data: Series[]): void {
  const rows = data.flatMap(({ name, x, y }) => x.map((at, i) => [name, at, y[i]]));
  saveCsv(name, [['series', 'x', 'y'], ...rows]);
}
