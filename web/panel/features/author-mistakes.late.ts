/** What authors get wrong in HTML, which a browser takes without a word. */

import type { AuthorNote } from '../author-notes';
import { isPart, partsInside } from '../author-parts';
import { attributeNames } from '../options';

const own: string[] = Object.values(attributeNames);

/** Attributes that any element may have, and those of frameworks, which have a sign or a prefix of theirs. */
const common = new RegExp(
  `^(accesskey|auto(capitalize|correct|focus)|class|contenteditable|dir|draggable|enterkeyhint|exportparts|hidden|inert
  |inputmode|is|item\\w+|nonce|on\\w+|part|popover|role|slot|spellcheck|style|tabindex|translate|writingsuggestions|xmlns)$
  |[^a-z-]|^(aria|data|v|x|hx|ng|q|astro|client)-`.replace(/\s+/g, ''),
);

/** The attributes that a panel does not know. */
export function unknownAttributes(panel: Element): AuthorNote[] {
  const unknown = panel.getAttributeNames().filter((name) => !own.includes(name) && !common.test(name));
  return unknown.map((name) => ({
    words: `<unroll-panel ${name}>: there is no such attribute.`,
    written: name,
    known: own,
  }));
}

/** A sentence on what has swallowed a part of the panel's code, whose raw `<` was read as HTML; null where all is there. */
export function swallowedCode(host: HTMLElement): string | null {
  const parts = (['setup', 'check', 'solution'] as const).flatMap((name) => partsInside(host, name));
  return swallowed(host, [programsInside(host)[0] ?? host, ...parts]);
}

/** The same of the output that the author has recorded. */
export function swallowedOutput(host: HTMLElement): string | null {
  return swallowed(host, partsInside(host, 'output'));
}

function swallowed(host: HTMLElement, roots: HTMLElement[]): string | null {
  for (const root of roots) {
    const content = root instanceof HTMLTemplateElement ? root.content : root;
    const inside = [...content.querySelectorAll<HTMLElement>('*')];
    const culprit = inside.find((element) => isProgram(element) && (root !== host || !isPart(element, host)));
    if (culprit) return sentence(culprit, content, isPart(root, host) ? `the part "${root.className}"` : 'the program');
  }
  return null;
}

/** A sentence on programs that nobody sees, since a panel has one; null where there is none. */
export function programTooMany(host: HTMLElement): string | null {
  const count = programsInside(host).length;
  if (count < 2) return null;
  return `A panel has ${count} <pre> without a class that names a part: the first is its program, and the others are not shown.`;
}

/** The elements that a panel's program may stand in, of which the first counts. */
function programsInside(host: HTMLElement): HTMLElement[] {
  return [...host.querySelectorAll('pre')].filter((pre) => !isPart(pre, host) && !pre.parentElement?.closest('pre'));
}

/** Whether an element was written as a part of a program: it has a name or attributes that nobody gives to text that is set in colours. */
function isProgram(element: Element): boolean {
  if (element instanceof HTMLUnknownElement) return true;
  if (element.localName.includes('-') && !customElements.get(element.localName)) return true;
  return element.getAttributeNames().some((name) => {
    if (/[^a-z0-9:._@-]/i.test(name)) return true;
    return element.getAttribute(name) === '' && !/[-:._@]/.test(name) && !known.test(name);
  });
}

const known = /^(class|style|id|hidden|title|download|inert|disabled|href|name|alt|dir|lang|tabindex|translate)$/;

function sentence(culprit: Element, content: Node, what: string): string {
  const before = document.createRange();
  before.setStart(content, 0);
  before.setEndBefore(culprit);
  const text = before.toString().replace(/^[ \t]*\r?\n/, '');
  const start = `<${[culprit.localName, ...culprit.getAttributeNames()].join(' ')}`.slice(0, 40);
  return `HTML took "${start}", near line ${text.split('\n').length} of ${what} of a panel, for a tag, and what belongs to it is lost. Write "<" as "&lt;" and "&" as "&amp;".`;
}

/** A sentence on what a content policy has kept a panel from; null where it was something else of the page. */
export function violation(
  { effectiveDirective, blockedURI }: SecurityPolicyViolationEvent,
  site: string,
): string | null {
  const { origin } = new URL(site);
  const isBlob = blockedURI === 'blob' && effectiveDirective === 'worker-src';
  if (!isBlob && !blockedURI.startsWith(origin)) return null;
  return `This page's content policy blocks ${blockedURI}, which a panel needs: its ${effectiveDirective} lacks ${isBlob ? 'blob:' : origin}.`;
}
