import { css } from 'lit';

/** Words to the reader between the header and the editor. */
export const notice = css`
  .notice {
    margin: 0;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 10px;
    padding-block: 8px;
    padding-inline: var(--_inset) 8px;
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
  .notice .choices {
    display: flex;
    flex: 1 1 100%;
    flex-wrap: wrap;
    order: 1;
    gap: 6px;
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
  .quiet {
    margin: 0;
    padding: 5px var(--_inset);
    color: var(--_muted);
    font-size: 12px;
    border-bottom: 1px solid var(--_border);
  }
  .stranger {
    flex-wrap: nowrap;
    align-items: flex-start;
    border-inline-start: 4px solid var(--_accent);
    padding-inline: 14px;
  }
  .stranger .icon {
    margin-top: 2px;
    color: var(--_accent);
  }
`;
