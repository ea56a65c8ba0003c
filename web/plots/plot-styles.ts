import { css, unsafeCSS } from 'lit';
import { lineColours } from './line-looks';

const lineStyles = lineColours.map(([light, dark], i) => `.line-${i} { --line: light-dark(${light}, ${dark}); }`);

/** The live plot, with which they come. */
export const plots = css`
  .live {
    display: flex;
    flex: 0 1 auto;
    flex-direction: column;
    min-height: 0;
    border-bottom: 1px solid var(--_border);
  }
  .live-bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding-inline: var(--_inset) 5px;
  }
  .live-bar h3 {
    color: var(--_muted);
    font-size: 12px;
    letter-spacing: 0.09em;
  }
  /* Two charts have room below each other. */
  .live-body {
    max-height: max(540px, 58dvh);
    padding: 0 14px 10px;
    overflow: auto;
  }
  @container (min-width: 900px) {
    :host([layout='side']) .live-body {
      max-height: none;
    }
    :host([layout='side']) .charts {
      --_chart-least: 180px;
    }
    :host([layout='side']) .live:not([hidden]) ~ .output-area {
      min-height: max(140px, 30%);
    }
  }
  .charts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, var(--_chart-least, 250px)), 1fr));
    gap: 6px 12px;
  }
  .chart {
    min-width: 0;
  }
  .chart-head,
  .chart-key {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 12px;
    padding-left: 4px;
    font-size: 13px;
  }
  .chart-key {
    min-height: 21px;
    font-variant-numeric: tabular-nums;
  }
  h4 {
    flex: 1;
    margin: 0;
    overflow-wrap: anywhere;
    font: 600 13px/1.5 var(--_sans);
  }
  /* One row: what enlarges is an icon, what saves a word. */
  .chart-head button {
    padding: 0 7px;
  }
  .chart-head button:first-child span,
  .chart-head button ~ button .icon {
    display: none;
  }
  .chart-head button:first-child .icon {
    display: block;
  }
  .chart-step {
    color: var(--_muted);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    margin: 0 0 0 auto;
    padding: 0;
    list-style: none;
  }
  .legend li {
    display: inline-flex;
    align-items: center;
    gap: 5px;
  }
  .legend-key {
    flex: none;
  }
  .legend-name {
    color: var(--_muted);
  }
  .chart-area {
    position: relative;
    height: 180px;
    border-radius: 6px;
    touch-action: pan-y;
  }
  .chart-area svg {
    position: absolute;
    inset: 0;
    font-family: var(--_sans);
    font-variant-numeric: tabular-nums;
  }
  .live-lack {
    margin: 6px 4px;
    color: var(--_muted);
    font-size: 13px;
    font-style: italic;
  }
  .chart.large {
    display: flex;
    flex: 1;
    flex-direction: column;
  }
  .viewer:has(.large) {
    width: calc(100dvw - 24px);
    height: calc(100dvh - 24px);
  }
  .viewer-content:has(.large) {
    display: flex;
    flex: 1;
    min-height: 0;
  }
  .large .chart-area {
    flex: 1;
    min-height: 120px;
  }
  .grid {
    stroke: var(--_border);
  }
  .tick {
    fill: var(--_muted);
  }
  .rule {
    stroke: var(--_border-strong);
  }
  .line,
  .sample {
    stroke: var(--line);
  }
  .mark,
  .dot {
    fill: var(--line);
  }
  .dot {
    stroke: var(--_output);
    stroke-width: 1.5;
  }
  ${unsafeCSS(lineStyles.join(''))}
  @container (max-width: 560px) {
    .live-body {
      padding-inline: 10px;
    }
  }
`;
