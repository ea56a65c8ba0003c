/** Light or dark: what the panel's `theme` says, else what the page around it says, else the reader's system. */

import { attributes, classes, type Scheme, words } from './theme-names';

/** What the page around an element says; null where it says nothing. */
export function pageTheme(element: Element): Scheme | null {
  for (let at: Element | null = element.parentElement; at; at = parentOf(at)) {
    for (const name of attributes) {
      const said = words[at.getAttribute(name)?.toLowerCase() ?? ''];
      if (said) return said;
    }
  }
  for (const root of [document.body, document.documentElement]) {
    for (const name of root?.classList ?? []) if (classes[name]) return classes[name];
  }
  // 'light dark' leaves it to the system, 'normal' is what a page has that says nothing.
  const scheme = getComputedStyle(element.parentElement ?? element)
    .colorScheme.replace('only', '')
    .trim();
  return scheme === 'light' || scheme === 'dark' ? scheme : null;
}

const parentOf = (element: Element) => element.parentElement ?? (element.getRootNode() as ShadowRoot).host ?? null;

const sheets = { light: sheet('light'), dark: sheet('dark') };

/** A style sheet of the page's own beats these, so that authors keep the last word. */
function sheet(scheme: Scheme): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(`:host { color-scheme: ${scheme}; }`);
  return made;
}

/** Shows a panel in a scheme; null is the reader's system. */
export function applyTheme(root: ShadowRoot, scheme: Scheme | null): void {
  const others = root.adoptedStyleSheets.filter((one) => one !== sheets.light && one !== sheets.dark);
  root.adoptedStyleSheets = scheme ? [...others, sheets[scheme]] : others;
}

const listeners = new Set<() => void>();
let observer: MutationObserver | undefined;

/** Calls `listener` whenever <html> or <body> may say something else. Returns what ends it. */
export function onPageTheme(listener: () => void): () => void {
  listeners.add(listener);
  if (!observer) {
    observer = new MutationObserver(() => {
      for (const one of listeners) one();
    });
    const watched = { attributeFilter: [...attributes, 'class', 'style'] };
    observer.observe(document.documentElement, watched);
    if (document.body) observer.observe(document.body, watched);
  }
  return () => void listeners.delete(listener);
}
