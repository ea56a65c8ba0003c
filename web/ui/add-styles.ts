import type { CSSResult } from 'lit';

/** Gives a panel the look of a part that came late. */
export function addStyles(
  { renderRoot }: { renderRoot: HTMLElement | DocumentFragment },
  { styleSheet }: CSSResult,
): void {
  const root = renderRoot as ShadowRoot;
  if (styleSheet && !root.adoptedStyleSheets.includes(styleSheet))
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet];
}
