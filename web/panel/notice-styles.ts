import { css } from 'lit';

/** Words to the reader between the header and the editor. */
export const notice = css`
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 10px;
    padding: 8px 8px 8px 18px;
    border-bottom: 1px solid var(--_border);
    background: var(--_raised);
    font-size: 14px;
    line-height: 1.5;
  }
  .notice p {
    flex: 1 1 190px;
    margin: 0;
    overflow-wrap: anywhere;
  }
  .notice .icon {
    flex: none;
  }
  .notice code {
    font: 13px / 1.4 var(--_mono);
  }
  .notice input {
    width: min(100%, 26em);
    padding: 5px 8px;
    color: inherit;
    font: 13px / 1.4 var(--_mono);
    background: var(--_surface);
    border: 1px solid var(--_border-strong);
    border-radius: 6px;
  }
  .stranger {
    padding-inline-end: 18px;
    flex-wrap: nowrap;
    align-items: flex-start;
    border-inline-start: 4px solid var(--_accent);
    padding-inline-start: 14px;
  }
  .stranger .icon {
    margin-top: 2px;
    color: var(--_accent);
  }
`;
