/** The lines that put a panel into a page, for each kind of page. */

import { codeOf, hintsOf, isAddress, type PartName } from '../panel/author-parts';
import type { UnrollPanel } from '../panel/unroll-panel';
import { packHash } from '../share/link';
import { siteUrl } from '../worker/make-worker';

export type Way = 'html' | 'frame' | 'sphinx' | 'mkdocs' | 'quarto';

/** What is to be embedded. */
export interface Piece {
  code: string;
  attributes: Map<string, string>;
  parts: [name: PartName, text: string][];
  /** Text files that go along in a frame's address; pages have to keep them beside themselves. */
  files: Record<string, string | Uint8Array>;
  /** What the program printed last, to be shown until the reader runs it; empty for none. */
  output: string;
}

/** What of a panel an author would write down. */
export async function pieceOf(panel: UnrollPanel): Promise<Omit<Piece, 'output' | 'files'>> {
  const attributes = new Map<string, string>();
  for (const name of ['id', 'lang', 'packages', 'packages-url', 'timeout', 'hide', 'files']) {
    const value = panel.getAttribute(name);
    if (value !== null) attributes.set(name, value);
  }
  const parts: Piece['parts'] = [];
  for (const name of ['setup', 'check', 'solution'] as const) {
    const given = panel[name];
    if (given && isAddress(given)) attributes.set(name, given);
    else parts.push([name, await codeOf(panel, name, given)]);
  }
  for (const hint of hintsOf(panel)) parts.push(['hint', hint]);
  return { code: panel.code.trimEnd(), attributes, parts: parts.filter(([, text]) => text !== '') };
}

/** The text to paste for a way. */
export async function snippet(way: Way, piece: Piece): Promise<string> {
  if (way === 'html') return element(piece);
  if (way === 'frame') return frame(piece);
  return fence(way, piece);
}

/** Address of embed.html with a panel like this one. */
export async function frameAddress({ code, attributes, parts, files }: Piece): Promise<string> {
  const url = new URL('embed.html', siteUrl());
  for (const [name, value] of attributes) if (name !== 'id') url.searchParams.set(name, value);
  for (const [name, text] of parts) {
    const before = url.searchParams.get(name);
    url.searchParams.set(name, before ? `${before} ${text}` : text);
  }
  url.searchParams.delete('files');
  url.hash = await packHash({ code, files, settings: {} });
  return url.href;
}

function element(piece: Piece): string {
  const site = siteUrl();
  const parts = piece.parts.map(([name, text]) => part(name, text));
  if (piece.output) parts.push(pre(piece.output, ' class="output"'));
  return [
    `<link rel="stylesheet" href="${site}unroll.css">`,
    `<script type="module" src="${site}unroll.js"></script>`,
    '',
    `<unroll-panel${written(piece.attributes)}>`,
    pre(piece.code),
    ...parts,
    '</unroll-panel>',
    '',
  ].join('\n');
}

async function frame(piece: Piece): Promise<string> {
  const address = escaped(await frameAddress(piece));
  const lines = piece.code.split('\n').length;
  const height = Math.min(860, 290 + Math.max(190, lines * 23 + 28));
  return [
    `<iframe src="${address}"`,
    `  title="A program to run" width="100%" height="${height}" loading="lazy" style="border: 0"></iframe>`,
    '<!-- Where scripts are allowed, this gives the frame the height of its panel: -->',
    `<script src="${siteUrl()}unroll-frame.js" defer></script>`,
    '',
  ].join('\n');
}

/** A block for Markdown, as docs/sphinx, docs/mkdocs and docs/quarto read it. */
function fence(way: 'sphinx' | 'mkdocs' | 'quarto', { code, attributes, parts, output }: Piece): string {
  const pieces = [...parts, ...(output ? [['output', output] as const] : [])];
  const body = [code, ...pieces.map(([name, text]) => `---- ${name}\n${text}`)].join('\n');
  const ticks = '`'.repeat(Math.max(3, 1 + Math.max(0, ...[...body.matchAll(/`{3,}/g)].map(([run]) => run.length))));
  const list = [...attributes].filter(([name]) => name !== 'id');
  const id = attributes.get('id');
  const quoted = (name: string, value: string) => `${name}="${value.replaceAll('"', "'")}"`;
  if (way === 'sphinx') {
    const options = [...attributes].map(([name, value]) => `:${name}: ${value}`.trimEnd());
    return [`${ticks}{unroll}`, ...options, ...(options.length ? [''] : []), body, ticks, ''].join('\n');
  }
  const words = list.map(([name, value]) => quoted(way === 'mkdocs' ? name.replaceAll('-', '_') : name, value));
  const all = [`.unroll`, ...(id ? [`#${id}`] : []), ...words].join(' ');
  const space = way === 'mkdocs' ? ' ' : '';
  return [`${ticks}${space}{${space}${all}${space}}`, body, ticks, ''].join('\n');
}

function part(name: PartName, text: string): string {
  if (name === 'setup' || name === 'check') return pre(text, ` class="${name}" hidden`);
  const title = name === 'hint' ? 'Hint' : 'Solution';
  const inside = name === 'hint' ? escaped(text) : pre(text);
  return `<details class="${name}"><summary>${title}</summary>${inside}</details>`;
}

const pre = (text: string, given = '') => `<pre${given}>\n${escaped(text)}\n</pre>`;
const written = (attributes: Map<string, string>) =>
  [...attributes].map(([name, value]) => (value === '' ? ` ${name}` : ` ${name}="${escaped(value)}"`)).join('');
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
