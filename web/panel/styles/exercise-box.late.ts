import { css } from 'lit';

/** Hints, the solution, and what a check found: for panels with an exercise. */
export const exerciseBoxes = css`
  .help-box {
    padding: 12px var(--_inset) 14px;
    background: var(--_raised);
    border-bottom: 1px solid var(--_border);
    overflow-wrap: anywhere;
  }
  .help-box p {
    margin: 0 0 8px;
  }
  .help-box p:last-child {
    margin-bottom: 0;
  }
  .help-box pre {
    max-height: min(340px, 50dvh);
    margin: 0 0 10px;
    padding: 10px 12px;
    overflow: auto;
    font: var(--_code-size) / 1.55 var(--_mono);
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: 8px;
    tab-size: 4;
  }
  .help-actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .help-note {
    color: var(--_muted);
    font-size: 13px;
  }
  .verdict {
    display: flex;
    gap: 10px;
    margin: 8px var(--_inset) 10px;
    padding: 11px 14px 12px;
    background: var(--_surface);
    border: 1px solid var(--_border-strong);
    border-inline-start: 4px solid var(--_muted);
    border-radius: 9px;
  }
  .verdict > div {
    flex: 1;
    min-width: 0;
  }
  .verdict > .icon {
    width: 20px;
    height: 20px;
    margin-top: 1px;
  }
  .verdict.passed {
    border-inline-start-color: var(--_accent);
  }
  .verdict.passed > .icon {
    color: var(--_accent);
  }
  .verdict.failed,
  .verdict.error {
    border-inline-start-color: var(--_error);
  }
  .verdict.failed > .icon,
  .verdict.error > .icon {
    color: var(--_error);
  }
  .verdict p {
    margin: 0;
    overflow-wrap: anywhere;
    white-space: pre-line;
  }
  .verdict-title {
    font-weight: 650;
  }
  .verdict-title span {
    margin-inline-start: 10px;
    color: var(--_muted);
    font-size: 13px;
    font-weight: 400;
  }
  .verdict summary {
    min-height: 28px;
    color: var(--_muted);
    font-size: 13px;
    line-height: 28px;
    cursor: pointer;
  }
  .verdict pre {
    margin: 4px 0 0;
    overflow: auto;
    font: 13px/1.5 var(--_mono);
  }
`;
