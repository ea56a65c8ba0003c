import { css } from 'lit';

/** Pictures in the output, their buttons, and the dialog that shows one large. */
export const figures = css`
  :host {
    --unroll-paper: light-dark(#ffffff, #171a1e);
    --_ink: light-dark(#000000, #dfe3e7);
  }
  .output.pictures {
    max-height: var(--unroll-output-height, min(620px, 82dvh));
  }
  .figure {
    width: fit-content;
    max-width: 100%;
    margin: 8px 0 10px;
    font-family: var(--_sans);
    white-space: normal;
  }
  .picture {
    max-width: 100%;
    overflow: auto hidden;
    color: var(--_ink);
    background: var(--unroll-paper);
    border: 1px solid var(--_border);
    border-radius: 8px;
  }
  .figure-tools {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 2px;
  }
  .figure-tools button {
    gap: 5px;
    min-height: 30px;
    padding: 0 9px;
    color: var(--_muted);
    font-size: 12.5px;
    border-radius: 7px;
  }
  .figure-tools button:hover {
    color: var(--_text);
    background: var(--_border);
  }
  .figure-tools .icon {
    width: 14px;
    height: 14px;
  }
  .figure-data {
    max-height: 320px;
    overflow: auto;
  }
  .values {
    margin: 10px 4px 4px;
    border-collapse: collapse;
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  .values caption {
    padding-bottom: 3px;
    font-weight: 600;
    text-align: left;
  }
  .values th,
  .values td {
    padding: 2px 14px 2px 0;
    font-weight: 400;
    text-align: right;
    border-bottom: 1px solid var(--_border);
  }
  .values thead th {
    color: var(--_muted);
  }
  .save-problem {
    flex-basis: 100%;
    text-align: end;
  }
  .save-problem:empty {
    display: none;
  }
  .figure-problem,
  .save-problem {
    margin: 4px 0;
    color: var(--_error);
    font-size: 13px;
  }
  .viewer {
    max-width: calc(100dvw - 24px);
    max-height: calc(100dvh - 24px);
    padding: 0;
    color: var(--_text);
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    box-shadow: 0 18px 60px rgb(0 0 0 / 30%);
  }
  .viewer[open] {
    display: flex;
    flex-direction: column;
  }
  .viewer::backdrop {
    background: rgb(10 14 16 / 55%);
  }
  .viewer-bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    padding-block: 6px;
    padding-inline: 16px 8px;
    border-bottom: 1px solid var(--_border);
  }
  .viewer-bar .figure-tools {
    flex: none;
  }
  h3 {
    margin: 0;
    overflow-wrap: anywhere;
    font: 600 14px/1.4 var(--_sans);
  }
  .viewer-content {
    padding: 12px;
    overflow: auto;
  }
  .viewer-content .picture {
    max-width: none;
    border: 0;
    border-radius: 4px;
  }
  @media (forced-colors: active) {
    :host {
      --unroll-paper: Canvas;
      --_ink: CanvasText;
    }
  }
  @media (pointer: coarse) {
    .figure-tools button {
      min-height: 44px;
    }
  }
`;
