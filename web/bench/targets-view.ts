import { html, type TemplateResult } from 'lit';
import { type Figure, isMet, targetText, valueText } from './figures.mjs';

/** What the project wants to reach, beside what was measured. */
export function targetsView(figures: Figure[]): TemplateResult {
  const judged = figures.filter(({ target }) => target);
  const met = judged.filter(isMet).length;
  const row = (figure: Figure) => html`<tr>
    <th scope="row">${figure.work}</th>
    <td>${figure.against}</td>
    <td>${valueText(figure)}</td>
    <td>${targetText(figure)}</td>
    <td>${isMet(figure) ? '✓ met' : '✗ missed'}</td>
  </tr>`;
  return html`<p>${met} of ${judged.length} targets are met.</p>
    <details>
      <summary>Each of them</summary>
      <div class="values" tabindex="0" role="region" aria-label="Targets">
        <table>
          <thead>
            <tr>
              ${['Work', 'Against', 'Measured', 'Target', ''].map((head) => html`<th scope="col">${head}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${judged.map(row)}
          </tbody>
        </table>
      </div>
    </details>`;
}
