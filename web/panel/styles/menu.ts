import { css } from 'lit';

/** The menu behind ⋯. */
export const menuStyles = css`
  .menu {
    position: fixed;
    inset: auto;
    min-width: 200px;
    max-width: calc(100vw - 16px);
    margin: 0;
    padding: 5px;
    overflow: auto;
    color: var(--_text);
    background: var(--_surface);
    border: 1px solid var(--_border-strong);
    border-radius: 11px;
    box-shadow: 0 4px 24px rgb(0 0 0 / 18%);
  }
  .menu [role='menuitem'] {
    display: flex;
    justify-content: space-between;
    gap: 24px;
    width: 100%;
    padding-inline: 11px;
    font-weight: 400;
    text-align: start;
    border-radius: 7px;
  }
  .menu [role='menuitem']:is(:hover, :focus-visible) {
    background: var(--_raised);
  }
  .menu [role='menuitem']:focus-visible {
    outline-offset: -2px;
  }
  .menu hr {
    margin: 5px 0;
    border: 0;
    border-top: 1px solid var(--_border);
  }
  .more {
    min-width: 40px;
    padding: 0 10px;
  }
`;
