import { css } from 'lit';

/** The row of files below the editor, the hint how to leave it, and what stands over a panel while files are dragged. */
export const fileStyles = css`
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
    padding: 0;
    padding-inline-start: 10px;
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
    padding: 0;
    padding-inline: 8px 11px;
    color: var(--_muted);
    font-size: 13px;
    border: 1px dashed var(--_border-strong);
  }
  .add:hover {
    color: var(--_text);
    border-color: var(--_accent);
  }
  @container (max-width: 400px) {
    .add {
      padding-inline: 10px;
    }
    .add span {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
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
    background: color-mix(in srgb, var(--_surface) 95%, transparent);
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
