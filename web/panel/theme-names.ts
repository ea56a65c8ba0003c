/** How pages say that they are light or dark. unroll-frame.js, which is a script of its own, has the same lists. */

export type Scheme = 'light' | 'dark';

/** Attributes by which pages say it: Sphinx themes, Docusaurus, Starlight; Bootstrap; Material for MkDocs. */
export const attributes = ['data-theme', 'data-bs-theme', 'data-mode', 'data-color-scheme', 'data-md-color-scheme'];
export const words: Record<string, Scheme> = { light: 'light', dark: 'dark', slate: 'dark', black: 'dark' };
/** Classes of <html> or <body> that say it: Tailwind, VitePress; Quarto. */
export const classes: Record<string, Scheme> = {
  dark: 'dark',
  light: 'light',
  'theme-dark': 'dark',
  'theme-light': 'light',
  'quarto-dark': 'dark',
  'quarto-light': 'light',
};
