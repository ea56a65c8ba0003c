import { css } from 'lit';

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
    padding: 2px 12px 0 18px;
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
    border-radius: 6px;
    touch-action: pan-y;
  }
  .chart svg {
    display: block;
    max-width: 100%;
    font: 11px var(--_sans);
    font-variant-numeric: tabular-nums;
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
    fill: none;
    stroke: var(--line);
    stroke-width: 1.8;
    stroke-linejoin: round;
    stroke-linecap: round;
  }
  circle.line,
  .dot {
    fill: var(--line);
  }
  .dot {
    stroke: var(--_output);
    stroke-width: 1.5;
  }
  .line-0 {
    --line: light-dark(#1f6fb2, #6cb2ee);
  }
  .line-1 {
    --line: light-dark(#c2570c, #f2a25c);
  }
  .line-2 {
    --line: light-dark(#2c7d3d, #77cf88);
  }
  .line-3 {
    --line: light-dark(#b3262f, #f58b8b);
  }
  .line-4 {
    --line: light-dark(#7a4fae, #bfa0ea);
  }
  .line-5 {
    --line: light-dark(#80543f, #c9a18d);
  }
  .line-6 {
    --line: light-dark(#b83280, #f29bcb);
  }
  .line-7 {
    --line: light-dark(#5b6670, #aeb8c2);
  }
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
