import { type SVGTemplateResult, svg } from 'lit';

const icon = (body: SVGTemplateResult) => svg`
  <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="none"
    stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">${body}</svg>`;

export const icons = {
  run: icon(svg`<path d="M5 3.2v9.6l7.6-4.8z" fill="currentColor"/>`),
  stop: icon(svg`<rect x="4" y="4" width="8" height="8" rx="1.4" fill="currentColor"/>`),
  reset: icon(svg`<path d="M3.2 6.2A5.2 5.2 0 1 1 2.8 9"/><path d="M2.6 2.8v3.6h3.6"/>`),
  file: icon(svg`<path d="M4 1.8h5l3 3v9.4H4z"/><path d="M9 1.8v3h3"/>`),
  add: icon(svg`<path d="M8 3.5v9M3.5 8h9"/>`),
  remove: icon(svg`<path d="m4.8 4.8 6.4 6.4m0-6.4-6.4 6.4"/>`),
  enlarge: icon(svg`<path d="M9.5 2.5h4v4M13.3 2.7 9.2 6.8M6.5 13.5h-4v-4M2.7 13.3l4.1-4.1"/>`),
  table: icon(svg`<path d="M2.5 3h11v10h-11zM2.5 6.4h11M2.5 9.7h11M6.6 6.4V13"/>`),
  more: icon(svg`<path d="M3.2 8h.01M8 8h.01M12.8 8h.01" stroke-width="2.4"/>`),
  hint: icon(svg`<path d="M5.6 10.6a4.2 4.2 0 1 1 4.8 0v1.2H5.6zM6.4 14.2h3.2"/>`),
  solution: icon(
    svg`<path d="M10.4 6.6a3 3 0 1 0-2.8 2.2l1 .2v1.6h1.8v1.8h1.8v1.8h1.6v-2.2L10.2 8.2"/><path d="M7.2 5.4h.01" stroke-width="2"/>`,
  ),
  passed: icon(svg`<circle cx="8" cy="8" r="6.2"/><path d="m5.2 8.2 2 2 3.6-4"/>`),
  failed: icon(svg`<circle cx="8" cy="8" r="6.2"/><path d="M8 4.8v3.8M8 11h.01" stroke-width="2"/>`),
  error: icon(svg`<path d="M8 2.2 14.4 13H1.6zM8 6.4v3M8 11.2h.01" stroke-width="1.8"/>`),
  copy: icon(svg`<path d="M5.5 5.5h8v8h-8z"/><path d="M3 10.5H2.5v-8h8V3"/>`),
  done: icon(svg`<path d="m2.8 8.4 3.4 3.4 7-7.4"/>`),
  clear: icon(svg`<path d="M3 4.5h10M6.3 4.2V2.6h3.4v1.6M4.3 4.7l.6 8.7h6.2l.6-8.7M6.8 7.2v3.6M9.2 7.2v3.6"/>`),
  wrap: icon(
    svg`<path d="M2.5 3.5h11M2.5 8h9a2.2 2.2 0 0 1 0 4.5H8.2M2.5 12.5h2.2"/><path d="m9.6 10.9-1.7 1.6 1.7 1.6"/>`,
  ),
  drop: icon(svg`<path d="M8 2.5v7.5M4.8 7 8 10.2 11.2 7M2.8 13.2h10.4"/>`),
};
