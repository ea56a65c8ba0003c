import { textAt } from './author-files';

/** What an author may put beside the program: children with these classes, or attributes of these names. */
export type PartName = 'setup' | 'check' | 'solution' | 'hint' | 'output';

const selectors: Record<PartName, string> = {
  setup: '.setup',
  check: '.check',
  solution: '.solution',
  hint: '.hint',
  output: '.output, samp',
};
const anyPart = Object.values(selectors).join(', ');

/** Calls when the children of the page's elements are there: a parser that is not yet through has not yet put them in. */
export function whenParsed(call: () => void): void {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', call, { once: true });
  else call();
}

/** Whether an element in a panel is, or is in, something else than the program. */
export function isPart(element: HTMLElement, host: HTMLElement): boolean {
  const part = element.closest(anyPart);
  return part !== null && part !== host && host.contains(part);
}

/** The elements with a part, in the page's order. */
export function partsInside(host: HTMLElement, name: PartName): HTMLElement[] {
  const found = [...host.querySelectorAll<HTMLElement>(selectors[name])];
  return found.filter((element) => !element.parentElement || !isPart(element.parentElement, host));
}

/** The text of an element with code: of the `<pre>` inside it, else its own; of a `<template>` what it holds. */
export function textOf(element: HTMLElement): string {
  const content = element instanceof HTMLTemplateElement ? element.content : element;
  return tidyText((content.querySelector('pre') ?? content).textContent ?? '');
}

/**
 * The code of a part: `given` is its attribute, which holds code, `#id` of an element, or an address; without it the
 * child counts. Empty where there is none. Rejects with a sentence for an id or an address that gives none.
 */
export async function codeOf(host: HTMLElement, name: PartName, given: string | null): Promise<string> {
  if (!given) return partsInside(host, name).map(textOf).join('\n');
  if (/^#[\w-]+$/.test(given)) {
    const element = (host.getRootNode() as Document | ShadowRoot).querySelector<HTMLElement>(given);
    if (!element) throw new Error(`${name}="${given}": the page has no element with this id.`);
    return textOf(element);
  }
  if (!isAddress(given)) return given;
  return textAt(`The ${name} of this panel`, given);
}

/** The hints of a panel, each in plain words: its attribute `hint`, or `#id` in it, or its children. */
export function hintsOf(host: HTMLElement & { hint: string | null }): string[] {
  const given = host.hint;
  if (given && !/^#[\w-]+$/.test(given)) return [given];
  const root = host.getRootNode() as Document | ShadowRoot;
  const elements = given ? [...root.querySelectorAll<HTMLElement>(given)] : partsInside(host, 'hint');
  return elements.map(hintText).filter(Boolean);
}

/** The words of a hint; of a `<details>` without its summary. */
function hintText(element: HTMLElement): string {
  const nodes = element instanceof HTMLTemplateElement ? element.content.childNodes : element.childNodes;
  const own = [...nodes].filter((node) => node.nodeName !== 'SUMMARY');
  const text = own.map((node) => node.textContent ?? '').join('');
  return text.replace(/\s+/g, ' ').trim();
}

/** Whether a value is an address, not code. */
export function isAddress(value: string): boolean {
  return !/\s/.test(value) && (/^(https?:|\.{0,2}\/)/.test(value) || /\.(py|js|mjs|txt)$/.test(value));
}

/** HTML has a line break after `<pre>` and an author's indentation that are not meant. */
export function tidyText(text: string): string {
  const lines = text
    .replace(/^[ \t]*\r?\n/, '')
    .trimEnd()
    .split(/\r?\n/);
  const indents = lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length);
  const common = Math.min(...indents, Number.MAX_SAFE_INTEGER);
  return lines.map((line) => (line.trim() ? line.slice(common) : '')).join('\n');
}
