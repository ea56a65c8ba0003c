import { css } from 'lit';

/** What stands in the output, the bar over it, and where the reader types for the program. */
export const consoleStyles = css`
  .output.unwrapped {
    white-space: pre;
    overflow-wrap: normal;
  }
  .unwrapped > .block {
    width: max-content;
    min-width: 100%;
  }
  .stderr {
    color: var(--_error);
  }
  .progress {
    color: var(--_muted);
  }
  .output:not(.unwrapped) .frame {
    white-space: break-spaces;
    line-break: anywhere;
  }
  .note,
  .dropped {
    color: var(--_muted);
    font-style: italic;
  }
  .input {
    font-weight: 600;
  }
  .place {
    color: inherit;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 3px;
    border-radius: 3px;
    cursor: pointer;
  }
  .place:hover {
    text-decoration-thickness: 2px;
  }
  .error-hint {
    max-width: 72ch;
    margin: 8px 0 4px;
    padding: 9px 13px 10px;
    font: 14px/1.55 var(--_sans);
    white-space: normal;
    background: var(--_raised);
    border: 1px solid var(--_border);
    border-inline-start: 4px solid var(--_accent);
    border-radius: 8px;
  }
  .error-hint strong {
    display: block;
    color: var(--_accent);
    font-size: 13px;
  }
  .error-hint code {
    padding: 1px 4px;
    font: 0.93em var(--_mono);
    overflow-wrap: anywhere;
    background: var(--_output);
    border: 1px solid var(--_border);
    border-radius: 5px;
  }
  .ask {
    display: inline-flex;
    gap: 6px;
    width: min(24em, 100%);
    margin-block: 3px;
    vertical-align: middle;
  }
  .ask-line {
    flex: 1;
    min-width: 6em;
    padding: 1px 7px;
    color: var(--_text);
    font: 600 max(16px, var(--_code-size)) / 1.5 var(--_mono);
    background: var(--_surface);
    border: 1px solid var(--_border-strong);
    border-radius: 6px;
  }
  .ask-send {
    min-height: 28px;
    padding: 0 10px;
    color: var(--_muted);
    font-size: 13px;
    border-color: var(--_border-strong);
    border-radius: 6px;
  }
  .stdin {
    padding: 6px var(--_inset) 8px;
    font-size: 13px;
    border-bottom: 1px solid var(--_border);
  }
  .stdin label {
    font-weight: 600;
  }
  .stdin code {
    font-family: var(--_mono);
  }
  .stdin p {
    margin: 2px 0 4px;
    color: var(--_muted);
  }
  .stdin textarea {
    display: block;
    box-sizing: border-box;
    width: 100%;
    margin-top: 5px;
    padding: 6px 9px;
    color: var(--_text);
    font: max(16px, var(--_code-size)) / 1.5 var(--_mono);
    background: var(--_surface);
    border: 1px solid var(--_border-strong);
    border-radius: 8px;
    resize: vertical;
  }
  .result-bar > .status {
    flex: 1;
  }
  @container (max-width: 420px) {
    .result-bar {
      gap: 2px;
      padding-inline-end: 7px;
    }
    /* The status takes the heading's place, in two lines where it is long: nothing below moves. */
    .result-bar:has(.status:not(:empty)) h2 {
      position: absolute;
      clip-path: inset(50%);
    }
    .result-bar > .status {
      line-height: 1.25;
      overflow-wrap: anywhere;
      white-space: normal;
    }
  }
  .console-tools {
    display: flex;
    flex: none;
    align-items: center;
    gap: 2px;
  }
  .console-tools button {
    min-height: 30px;
    padding: 0 7px;
    color: var(--_muted);
    border-radius: 7px;
  }
  .console-tools button:hover {
    color: var(--_text);
    background: var(--_border);
  }
  .console-tools [aria-pressed='true'] {
    color: var(--_accent);
    background: var(--_line);
    border-color: var(--_border);
  }
  .console-tools .icon {
    width: 15px;
    height: 15px;
  }
  .tensors-open {
    flex: none;
    min-height: 30px;
    padding: 0 7px;
    color: var(--_muted);
    border-radius: 7px;
  }
  .tensors-open .icon {
    width: 15px;
    height: 15px;
  }
  .said {
    padding-inline-end: 4px;
    color: var(--_muted);
    font-size: 13px;
  }
  .unseen {
    position: fixed;
    opacity: 0;
  }
  @media (pointer: coarse) {
    .tensors-open,
    .console-tools button {
      min-width: 44px;
      min-height: 44px;
    }
    .ask-send {
      min-height: 44px;
    }
  }
`;
