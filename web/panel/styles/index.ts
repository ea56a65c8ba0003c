import { css, unsafeCSS } from 'lit';
import { hideable } from '../options';
import { compactStyles } from './compact';
import { consoleStyles } from './console';
import { exercise } from './exercise';
import { figures } from './figure';
import { fileStyles } from './file';
import { menuStyles } from './menu';
import { notice } from './notice';
import { output } from './output';
import { splitStyles } from './split';
import { tabStyles } from './tab';
import { tokens } from './tokens';

const frame = css`
  /*
   * The page's text does not shape the program: what inherits begins anew here. All but what says whether the panel can be seen
   * and used; the direction stays too, see below.
   */
  :host {
    all: initial;
    visibility: inherit;
    interactivity: inherit;
    pointer-events: inherit;
    cursor: inherit;
    color-scheme: light dark;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
    -webkit-user-select: text;
    user-select: text;
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
    --_inset: 18px;
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
  .panel-title {
    padding: 10px var(--_inset) 2px;
    margin: 0;
    overflow: hidden;
    font: 650 15px/21px var(--_sans);
    text-overflow: ellipsis;
    white-space: nowrap;
    background: var(--_raised);
  }
  :host([layout='compact']) .panel-title {
    background: none;
  }
  .tab {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    align-self: flex-end;
    margin-bottom: -1px;
    padding-block: 9px 10px;
    padding-inline: 12px 16px;
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
    max-height: var(--_editor-most);
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

const layout = css`
  @container (max-width: 560px) {
    .panel {
      --_inset: 14px;
    }
    .bar {
      padding-inline: 6px;
    }
    .tab {
      padding-inline: 9px 12px;
    }
    .actions .ghost {
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
  }
  /* Programs, what they write and pictures run from left to right in every page. */
  .editor,
  .editor-tooltips,
  .output-area,
  .stdin textarea,
  .live-body,
  .chart,
  pre,
  kbd,
  .chip-name {
    direction: ltr;
  }
  /* Words go in the direction of their language, which need not be the page's. */
  p,
  button span {
    unicode-bidi: plaintext;
  }
  p:dir(rtl) {
    text-align: right;
  }
  .output-area p {
    text-align: left;
  }
  @container (max-width: 400px) {
    .bar {
      gap: 2px;
      padding-inline: 4px;
    }
    .actions {
      flex: 1;
      gap: 3px;
      justify-content: flex-end;
    }
    .tab > .icon,
    .figure-tools .icon:has(+ span) {
      display: none;
    }
    .actions .ghost {
      flex: 0 1 44px;
      min-width: 34px;
      padding: 0 6px;
    }
    .actions .primary {
      padding: 0 12px;
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
  @media (forced-colors: active) {
    .status::before,
    .divider::before,
    progress::-webkit-progress-value {
      forced-color-adjust: none;
      background: CanvasText;
    }
    progress::-moz-progress-bar {
      forced-color-adjust: none;
      background: CanvasText;
    }
    progress {
      border: 1px solid;
    }
    [aria-pressed='true'],
    [aria-selected='true'],
    .cm-selectionBackground,
    li[aria-selected] {
      forced-color-adjust: none;
      color: HighlightText !important;
      background: Highlight !important;
    }
    li[aria-selected] * {
      color: inherit !important;
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
  fileStyles,
  output,
  consoleStyles,
  figures,
  menuStyles,
  tabStyles,
  exercise,
  notice,
  splitStyles,
  compactStyles,
  layout,
  hiding,
];
