import { css } from 'lit';

/** `layout="compact"`: a snippet, with its buttons and its status in one row below the program. */
export const compactStyles = css`
  .bar.compact {
    justify-content: flex-start;
    gap: 4px;
    min-height: 40px;
    padding: 3px 6px;
    background: var(--_surface);
    border-top: 1px solid var(--_border);
    border-bottom: 0;
  }
  .compact button {
    min-height: 32px;
  }
  .compact .run :is(.long, kbd),
  .compact .stop[aria-disabled='true']:not(:focus) {
    display: none;
  }
  .compact .status {
    flex: 1;
    padding-inline: 8px;
  }
  .compact .leave-hint {
    flex: none;
    padding-bottom: 0;
  }
  .compact .tabs {
    align-self: center;
    margin-bottom: 0;
  }
  .compact .tabs .tab {
    border-radius: 8px;
  }
  :host([layout='compact']) .result-bar {
    position: absolute;
    clip-path: inset(50%);
  }
  :host([layout='compact']) .output {
    padding-block: 9px;
  }
  @container (max-width: 560px) {
    .compact .console-tools {
      display: none;
    }
  }
  @media (pointer: coarse) {
    .compact button {
      min-height: 44px;
    }
  }
`;
