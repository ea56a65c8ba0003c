import { css, unsafeCSS } from 'lit';
import { lineColours } from '../plots/line-colours';

const lineStyles = lineColours.map(([light, dark], i) => `.line-${i} { --line: light-dark(${light}, ${dark}); }`);

/** The live plot. */
export const plots = css`
  .live {
    flex: none;
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
  .live-body {
    max-height: min(420px, 58dvh);
    padding: 0 14px 10px;
    overflow: auto;
  }
  .charts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 290px), 1fr));
    gap: 6px 12px;
  }
  .chart {
    min-width: 0;
  }
  .chart-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 12px;
    min-height: 23px;
    padding-left: 4px;
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  h4 {
    margin: 0;
    overflow-wrap: anywhere;
    font: 600 13px/1.5 var(--_sans);
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
  .legend li::before {
    content: '';
    width: 14px;
    height: 3px;
    background: var(--line);
    border-radius: 2px;
  }
  .legend-name {
    color: var(--_muted);
  }
  .chart-area {
    position: relative;
    height: 168px;
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
    flex-direction: column;
    width: calc(100dvw - 50px);
    height: calc(100dvh - 96px);
  }
  .large .chart-area {
    flex: 1;
    min-height: 160px;
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
  path.line {
    stroke: var(--line);
  }
  circle.line,
  .dot {
    fill: var(--line);
  }
  .dot {
    stroke: var(--_output);
    stroke-width: 1.5;
  }
  ${unsafeCSS(lineStyles.join(''))}
  .values {
    margin: 10px 4px 4px;
    border-collapse: collapse;
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  .values caption {
    padding-bottom: 3px;
    font-weight: 600;
    text-align: left;
  }
  .values th,
  .values td {
    padding: 2px 14px 2px 0;
    font-weight: 400;
    text-align: right;
    border-bottom: 1px solid var(--_border);
  }
  .values thead th {
    color: var(--_muted);
  }
`;
