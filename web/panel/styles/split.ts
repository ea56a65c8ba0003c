import { css } from 'lit';

/** The divider, and the panes on its sides. */
export const splitStyles = css`
  .panes {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-height: 0;
  }
  .divider {
    display: none;
    flex: none;
    place-items: center;
    height: 24px;
    cursor: row-resize;
    touch-action: none;
  }
  .divider::before {
    width: 40px;
    height: 4px;
    background: var(--_border-strong);
    border-radius: 2px;
    transition: background-color 120ms;
    content: '';
  }
  .divider:is(:hover, :active, :focus-visible)::before {
    background: var(--_accent);
  }
  .divider:focus-visible {
    outline-offset: -2px;
  }
  :host([layout='side']) .divider {
    display: grid;
  }
  :host([layout='side']) .editor {
    height: var(--_editor-height, auto);
    min-height: min(190px, var(--_editor-height, var(--_editor-most)));
    max-height: var(--_editor-height, var(--_editor-most));
  }
  @media (pointer: coarse) {
    .divider {
      height: 44px;
    }
  }
  @container (min-width: 900px) {
    :host([layout='side']) .panes {
      display: grid;
      grid-template: minmax(0, 1fr) / clamp(260px, var(--_editor-share, 55%), calc(100% - 260px)) minmax(0, 1fr);
    }
    :host([layout='side']) .editor {
      flex: 1;
      height: auto;
      max-height: none;
    }
    /* The divider lies over the space before the output, so that it takes none and covers no scroll bar. */
    :host([layout='side']) .result {
      position: relative;
      padding-inline-start: 12px;
      border-top: 0;
      border-inline-start: 1px solid var(--_border);
    }
    :host([layout='side']) .divider {
      position: absolute;
      inset: 0 auto 0 0;
      inset-inline: 0 auto;
      z-index: 4;
      place-items: center start;
      width: 24px;
      height: auto;
      cursor: col-resize;
    }
    .divider::before {
      width: 4px;
      height: 40px;
      margin-inline-start: 5px;
    }
  }
`;
