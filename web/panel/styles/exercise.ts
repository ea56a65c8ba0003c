import { css } from 'lit';

/** The strip over the editor; what opens from it is in exercise-box-styles.ts. */
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
  .outlined {
    border-color: var(--_border-strong);
  }
  .outlined:hover {
    border-color: var(--_accent);
  }
  .editor.bounded {
    --_bound: calc(var(--_max-lines) * 1.6 * var(--_code-size) + 28px);
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
