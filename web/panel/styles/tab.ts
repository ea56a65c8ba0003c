import { css } from 'lit';

/** The tabs of a panel with several open files, and files that are no text. */
export const tabStyles = css`
  .tabs {
    display: flex;
    flex: 0 1 auto;
    align-items: flex-end;
    align-self: flex-end;
    min-width: 0;
    margin-bottom: -1px;
    overflow: auto hidden;
    scrollbar-width: thin;
  }
  .tab-list {
    display: flex;
    gap: 2px;
  }
  .tabs .tab {
    min-height: 0;
    margin: 0;
    padding-inline-end: 8px;
    white-space: nowrap;
  }
  .tabs .tab:not([aria-selected='true']) {
    color: var(--_muted);
    background: transparent;
    border-color: transparent transparent var(--_border);
  }
  .tabs .tab:not([aria-selected='true']) .icon {
    color: inherit;
  }
  .tabs .tab:focus-visible {
    outline-offset: -3px;
  }
  .tab-label {
    max-width: 22ch;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .tab-close {
    display: grid;
    place-items: center;
    width: 24px;
    height: 24px;
    margin-block: -4px;
    border-radius: 6px;
  }
  .tab-close:hover {
    background: var(--_border);
  }
  .tab-name {
    flex: none;
    width: 18ch;
    margin: 4px;
    padding: 4px 8px;
    color: inherit;
    font: 500 13px/1.4 var(--_mono);
    background: var(--_surface);
    border: 1px solid var(--_accent);
    border-radius: 7px;
  }
  .tab-name:focus-visible {
    outline-offset: -2px;
  }
  .file-view {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: 12px;
    align-items: flex-start;
    min-height: min(190px, var(--_editor-most));
    max-height: var(--_editor-most);
    padding: 18px;
    overflow: auto;
  }
  .file-view > .picture {
    max-width: 100%;
    object-fit: contain;
    align-self: center;
  }
  .file-view > .save {
    flex: none;
    border-color: var(--_border-strong);
  }
  .bar:has(.tabs) .leave-hint {
    flex: 1 0 auto;
    white-space: nowrap;
  }
  @container (max-width: 900px) {
    .bar:has(.tabs) {
      flex-wrap: wrap;
      row-gap: 0;
    }
    .bar:has(.tabs) .actions {
      flex: 1;
      justify-content: flex-end;
    }
    .tabs {
      flex: 1 0 100%;
      order: 2;
    }
  }
`;
