import { html, nothing, svg, type TemplateResult } from 'lit';
import { type Figure, valueText } from './figures.mjs';

const rowHeight = 46;

/** A bar for each work: how many times faster than the peer. A work without a figure keeps its place. */
export function barChart(works: string[], figures: Figure[]): TemplateResult {
  const longest = Math.max(10, ...figures.map(({ value }) => value));
  const texts = works.map((work) => {
    const figure = figures.find((one) => one.work === work);
    return { work, figure, text: figure ? valueText(figure) : '–' };
  });
  const summary = texts.map(({ work, text }) => `${work}: ${text}`).join('; ');
  return html`<svg role="img" aria-label="Bar chart. ${summary}" height=${works.length * rowHeight}>
    ${texts.map(({ work, figure, text }, i) => {
      const y = i * rowHeight;
      const width = figure ? Math.max(0.5, (100 * figure.value) / longest) : 0;
      return svg`
        <text y=${y + 14}>${work}</text>
        <text x="100%" y=${y + 14} text-anchor="end">${text}</text>
        <rect class="slot" y=${y + 21} width="100%" height="12" rx="3" />
        ${figure ? svg`<rect class="bar" y=${y + 21} width="${width}%" height="12" rx="3" />` : nothing}`;
    })}
  </svg>`;
}
