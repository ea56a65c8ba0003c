import { css } from 'lit';

/** The strip over the editor, hints and the solution, and what a check found. */
export const exercise = css`
  .exercise,
  .session {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 6px;
    min-height: 44px;
    padding-block: 4px;
    padding-inline: var(--_inset) 8px;
    border-bottom: 1px solid var(--_border);
    font-size: 14px;
  }
  .exercise p,
  .session p {
    flex: 1;
    margin: 0;
    color: var(--_muted);
  }
  .exercise-title {
    font: 600 12px/1.6 var(--_sans);
    letter-spacing: 0.09em;
    text-transform: uppercase;
  }
  @container (max-width: 460px) {
    .exercise-title {
      display: none;
    }
    .exercise {
      justify-content: end;
    }
  }
  .session a {
    color: var(--_accent);
    font-family: var(--_mono);
    font-size: 13px;
  }
  .help {
    font-size: 13px;
  }
  .help .icon {
    color: var(--_accent);
  }
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
  .outlined {
    border-color: var(--_border-strong);
  }
  .outlined:hover {
    border-color: var(--_accent);
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
  .editor.bounded {
    --_bound: calc(var(--_max-lines) * 1.6 * var(--_code-size) + 28px);
    min-height: min(190px, var(--_bound));
    max-height: var(--_bound);
  }
  .editor.bounded:has(.cm-search) {
    max-height: calc(var(--_bound) + 190px);
  }
  :host([editable='false']) :is(.add, .chip button:last-child, .reset) {
    display: none;
  }
  :host([editable='false']) .files:not(:has(.chip)) {
    display: none;
  }
`;
