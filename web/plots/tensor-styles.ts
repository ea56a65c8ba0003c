import { css } from 'lit';

/** The tables of tensors. */
export const tensorStyles = css`
  .tensors {
    min-width: min(560px, 80dvw);
    font-size: 14px;
  }
  .tensors p {
    margin: 4px 0;
  }
  .tensors .values {
    margin-top: 0;
  }
  .tensors caption {
    max-width: min(100%, 100dvw - 60px);
  }
  .tensors td,
  .tensors th[scope='col'] {
    white-space: nowrap;
  }
  .tensors thead th:first-child,
  .tensors .values tbody th {
    text-align: left;
  }
  .tensor-name {
    min-height: 28px;
    padding: 0;
    color: var(--_accent);
    font: 14px var(--_mono);
    text-decoration: underline;
    text-underline-offset: 5px;
  }
  .tensor-bar {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 14px;
    align-items: center;
    margin-bottom: 8px;
  }
  .tensor-bar button {
    border-color: var(--_border-strong);
  }
  .tensor-bar input {
    width: 5.5em;
    min-height: 32px;
    padding: 0 6px;
    color: var(--_text);
    font: inherit;
    background: var(--_surface);
    border: 1px solid var(--_border-strong);
    border-radius: 7px;
  }
  .tensor-scroll {
    max-width: 100%;
    max-height: 70dvh;
    overflow: auto;
  }
  .heat td {
    padding: 2px 8px;
    background: color-mix(in srgb, #2a7de1 var(--heat, 0%), transparent);
  }
  .heat .negative {
    background: color-mix(in srgb, #d9480f var(--heat, 0%), transparent);
  }
  /* Without tints: the size of a value is a bar below it, that of a negative one a broken bar. */
  @media (forced-colors: active) {
    .heat tr td,
    .heat tr .negative {
      forced-color-adjust: none;
      color: CanvasText;
      background: linear-gradient(CanvasText 0 0) left bottom / calc(var(--heat, 0%) * 10 / 3) 4px no-repeat;
      border-color: CanvasText;
    }
    .heat tr .negative {
      background-image: repeating-linear-gradient(90deg, CanvasText 0 3px, transparent 3px 6px);
    }
  }
  @media (pointer: coarse) {
    .tensor-name {
      min-width: 44px;
      min-height: 44px;
    }
  }
`;
