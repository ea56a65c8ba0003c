/** The look of the dialogue; it comes with it. */
export const dialogStyles = `
  .embed {
    box-sizing: border-box;
    width: min(1080px, calc(100vw - 20px));
    max-width: none;
    max-height: calc(100dvh - 20px);
    padding: 0;
    overflow: auto;
    color: var(--_text);
    font: 15px/1.5 var(--_sans);
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
  }
  .embed::backdrop {
    background: rgb(0 0 0 / 45%);
  }
  .embed-bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding-block: 10px;
    padding-inline: 20px 10px;
    border-bottom: 1px solid var(--_border);
  }
  .embed-bar h2 {
    color: inherit;
    font: 650 17px/1.4 var(--_sans);
    letter-spacing: 0;
  }
  .embed-body {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 18px 24px;
    padding: 16px 20px 20px;
  }
  .embed-body.wide {
    grid-template-columns: minmax(0, 1fr);
  }
  .embed [role=tablist] {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin-bottom: 10px;
  }
  .embed [role=tab] {
    border-color: var(--_border);
  }
  .embed [role=tab][aria-selected=true] {
    color: var(--_accent);
    border-color: currentcolor;
    background: var(--_raised);
  }
  .embed-help {
    margin: 0 0 10px;
    color: var(--_muted);
    font-size: 14px;
  }
  .embed-help a {
    color: var(--_accent);
  }
  .embed textarea {
    direction: ltr;
    box-sizing: border-box;
    width: 100%;
    height: 230px;
    padding: 10px 12px;
    color: inherit;
    font: 13px/1.5 var(--_mono);
    white-space: pre;
    background: var(--_output);
    border: 1px solid var(--_border-strong);
    border-radius: 9px;
    resize: vertical;
  }
  .embed-copy {
    display: flex;
    align-items: center;
    gap: 12px;
    margin-top: 8px;
  }
  .embed-copy p,
  .embed-preview p {
    margin: 0;
    color: var(--_muted);
    font-size: 14px;
  }
  .embed fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 18px;
    margin: 0 0 14px;
    padding: 0;
    border: 0;
  }
  .embed legend,
  .embed-preview h3 {
    margin: 0 0 6px;
    padding: 0;
    color: var(--_muted);
    font: 600 13px/1.6 var(--_sans);
  }
  .embed label {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    min-height: 32px;
    font-size: 14px;
  }
  .embed :is(select, input[type=number]) {
    min-height: 32px;
    padding: 2px 8px;
    color: inherit;
    font: inherit;
    background: var(--_surface);
    border: 1px solid var(--_border-strong);
    border-radius: 7px;
  }
  .embed input[type=number] {
    width: 76px;
  }
  .embed input[type=checkbox] {
    width: 18px;
    height: 18px;
    margin: 0;
    accent-color: var(--_accent);
  }
  .embed iframe {
    display: block;
    width: 100%;
    height: 460px;
    border: 1px solid var(--_border);
    border-radius: 9px;
  }
  @media (max-width: 820px) {
    .embed-body {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (max-width: 480px) {
    .embed-bar,
    .embed-body {
      padding-inline: 6px;
    }
  }
  @media (pointer: coarse) {
    .embed :is(label, select, input[type=number]) {
      min-height: 44px;
    }
  }
`;
