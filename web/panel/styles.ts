import { css, unsafeCSS } from 'lit';
import { consoleStyles } from './console-styles';
import { exercise } from './exercise-styles';
import { figures } from './figure-styles';
import { menuStyles } from './menu-styles';
import { notice } from './notice-styles';
import { hideable } from './options';
import { output } from './output-styles';
import { plots } from './plot-styles';
import { splitStyles } from './split';
import { tabStyles } from './tab-styles';
import { tokens } from './tokens';

const frame = css`
  :host {
    display: flex;
    flex-direction: column;
    container-type: inline-size;
    color: var(--_text);
    font: 15px/1.5 var(--_sans);
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  .panel {
    position: relative;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-height: 0;
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    overflow: hidden;
    box-shadow: 0 1px 2px rgb(0 0 0 / 5%), 0 8px 28px rgb(0 0 0 / 6%);
  }
  .bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    padding: 8px 10px 0;
    background: var(--_raised);
    border-bottom: 1px solid var(--_border);
  }
  .tab {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    align-self: flex-end;
    margin-bottom: -1px;
    padding: 9px 16px 10px 12px;
    font: 500 13px/1.4 var(--_mono);
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-bottom-color: var(--_surface);
    border-radius: 9px 9px 0 0;
  }
  .tab .icon {
    color: var(--_accent);
  }
  .actions {
    display: flex;
    gap: 6px;
    padding-bottom: 8px;
  }
  .icon {
    flex: none;
  }
  .source {
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  .document {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-height: 0;
  }
  .editor {
    position: relative;
    min-height: 190px;
    max-height: var(--unroll-editor-height, min(460px, 62dvh));
    overflow: hidden;
    display: flex;
    flex-direction: column;
  }
  .editor > .cm-editor {
    flex: 1;
    min-height: 0;
  }
`;

const buttons = css`
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 7px;
    min-height: 36px;
    padding: 0 13px;
    color: inherit;
    font: 500 14px/1 var(--_sans);
    white-space: nowrap;
    background: none;
    border: 1px solid transparent;
    border-radius: 9px;
    cursor: pointer;
    transition: background-color 120ms, border-color 120ms, color 120ms;
  }
  .ghost {
    color: var(--_muted);
  }
  .ghost:not([aria-disabled='true']):hover {
    color: var(--_text);
    background: var(--_border);
  }
  .stop:not([aria-disabled='true']) {
    color: var(--_error);
    border-color: currentcolor;
  }
  .primary {
    color: var(--_on-accent);
    font-weight: 600;
    background: var(--_accent);
  }
  .primary:not([aria-disabled='true']):hover {
    background: var(--_accent-hover);
  }
  button[aria-disabled='true'] {
    cursor: default;
    opacity: 0.5;
  }
  kbd {
    padding-left: 2px;
    font: 500 12px/1 var(--_sans);
    opacity: 0.92;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .output:focus-visible {
    outline-offset: -2px;
  }
  .editor > .plain {
    flex: 1 1 auto;
    box-sizing: border-box;
    min-height: 0;
    padding: 14px 18px 14px 0;
    border: 0;
    outline: 0;
    resize: none;
    overflow: auto;
    color: inherit;
    background: transparent;
    font: var(--_code-size) / 1.6 var(--_mono);
    tab-size: 4;
    white-space: pre;
  }
  .editor:focus-within::after {
    content: '';
    position: absolute;
    inset: 0 auto 0 0;
    z-index: 3;
    width: 2px;
    background: var(--_accent);
  }
`;

const files = css`
  .files {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    min-height: 45px;
    padding: 6px 10px;
    border-top: 1px solid var(--_border);
    font-size: 13px;
  }
  .files ul {
    display: contents;
    list-style: none;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    max-width: 100%;
    background: var(--_raised);
    border: 1px solid var(--_border);
    border-radius: 8px;
  }
  .chip-name {
    overflow: hidden;
    font-family: var(--_mono);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chip-size {
    color: var(--_muted);
    white-space: nowrap;
  }
  .chip button {
    min-height: 30px;
    padding: 0 7px;
    color: var(--_muted);
    border-radius: 7px;
  }
  .chip button:last-child:hover {
    color: var(--_error);
  }
  .chip .chip-open {
    min-width: 0;
    padding: 0 0 0 10px;
    color: inherit;
    font: inherit;
    font-weight: 400;
  }
  .chip-open:hover .chip-name {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .add {
    min-height: 32px;
    padding: 0 11px 0 8px;
    color: var(--_muted);
    font-size: 13px;
    border: 1px dashed var(--_border-strong);
  }
  .add:hover {
    color: var(--_text);
    border-color: var(--_accent);
  }
  .leave-hint {
    flex: 1;
    padding: 0 8px 10px;
    color: var(--_muted);
    font-size: 12px;
    line-height: 1.3;
    opacity: 0;
    transition: opacity 120ms;
  }
  .panel:has(.editor:focus-within) .leave-hint {
    opacity: 1;
  }
  .leave-hint.active {
    color: var(--_accent);
  }
  .drop {
    position: absolute;
    inset: 8px;
    z-index: 5;
    display: grid;
    place-items: center;
    padding: 20px;
    color: var(--_accent);
    font-weight: 600;
    text-align: center;
    background: color-mix(in srgb, var(--_surface) 90%, transparent);
    border: 2px dashed var(--_accent);
    border-radius: calc(var(--_radius) - 4px);
    pointer-events: none;
  }
  .drop .icon {
    display: block;
    width: 28px;
    height: 28px;
    margin: 0 auto 8px;
  }
`;

const layout = css`
  @container (max-width: 560px) {
    .bar {
      padding-inline: 6px;
    }
    .tab {
      padding: 9px 12px 10px 9px;
    }
    .ghost {
      min-width: 40px;
      padding: 0 10px;
    }
    .label {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .result-bar,
    .output {
      padding-inline: 14px;
    }
    .live-bar {
      padding-inline: 14px 5px;
    }
    .live-body {
      padding-inline: 10px;
    }
    .placeholder {
      inset-inline: 14px;
    }
  }
  /* Programs, what they write and pictures run from left to right in every page. */
  .editor,
  .output,
  .live-body,
  pre,
  .chip-name {
    direction: ltr;
  }
  @container (max-width: 400px) {
    .bar {
      gap: 2px;
      padding-inline: 4px;
    }
    .actions {
      gap: 0;
    }
    .tab .icon {
      display: none;
    }
    .ghost {
      min-width: 36px;
      padding: 0 6px;
    }
    .primary {
      padding: 0 12px;
    }
    .result-bar:has(.status:not(:empty)) h2 {
      position: absolute;
      clip-path: inset(50%);
    }
    .long {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  @container (max-width: 700px) {
    kbd,
    .leave-hint {
      display: none;
    }
  }
  @media (pointer: coarse) {
    button,
    .add,
    .chip button {
      min-height: 44px;
    }
    .leave-hint,
    kbd {
      display: none;
    }
  }
  @container (min-width: 900px) {
    :host([layout='side']) .output,
    :host([layout='side']) .output.pictures {
      max-height: none;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      transition: none !important;
      animation: none !important;
    }
  }
`;

/** What `hide` names. */
const hiding = unsafeCSS(
  Object.entries(hideable)
    .map(([name, part]) => `:host([hide~='${name}']) ${part} { display: none; }`)
    .join('\n'),
);

/** The panel's look. */
export const styles = [
  tokens,
  frame,
  buttons,
  files,
  output,
  consoleStyles,
  figures,
  plots,
  menuStyles,
  tabStyles,
  exercise,
  notice,
  splitStyles,
  layout,
  hiding,
];
