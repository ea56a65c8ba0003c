/** The lines that put a panel into a page, for each kind of page. */

import { codeOf, hintsOf, isAddress } from '../panel/author-parts';
import type { PanelHost } from '../panel/host';
import { attributeNames } from '../panel/options';
import { addressesIn } from '../panel/panel-files';
import { siteUrl } from '../runtime/make-worker';
import { biggest, type HiddenPart, LinkError, longestLink, packHash, type Shared } from '../share/link';
import { frameAttributes } from './parameters';

export type Way = 'html' | 'frame' | 'sphinx' | 'mkdocs' | 'quarto';

/** What is to be embedded. */
export interface Piece {
  code: string;
  attributes: Map<string, string>;
  parts: HiddenPart[];
  /** What the program printed last, to be shown until the reader runs it; empty for none. */
  output: string;
}

/** What of a panel an author would write down, with addresses that are good on any page. */
export async function pieceOf(panel: PanelHost): Promise<Omit<Piece, 'output'>> {
  const attributes = attributesOf(panel);
  const parts: HiddenPart[] = panel.stdin === null ? [] : [['stdin', panel.stdin]];
  for (const name of ['setup', 'check', 'solution'] as const) {
    const given = panel[name];
    if (given && isAddress(given)) attributes.set(name, absolute(given));
    else parts.push([name, await codeOf(panel, name, given)]);
  }
  for (const hint of hintsOf(panel)) parts.push(['hint', hint]);
  return { code: panel.code.trimEnd(), attributes, parts: parts.filter(([, text]) => text !== '') };
}

/** Names of the files of a panel that lines with the element do not name: those that have no address. */
export function filesLeftOut(panel: PanelHost): string[] {
  const named = addressesIn(panel.fileAddresses ?? '');
  return Object.keys(panel.files).filter((name) => !named.has(name));
}

/** What is not written as an attribute: the program is there as text, and parts are. */
const otherwise = ['src', 'setup', 'check', 'solution', 'hint', 'stdin'];

/** The attributes that differ from those of a panel of which nothing is said. */
function attributesOf(panel: PanelHost): Map<string, string> {
  const found = new Map<string, string>();
  const standard = document.createElement('unroll-panel');
  const packages = panel.packageRequest();
  const values: Record<string, unknown> = {
    files: addressList(panel.fileAddresses),
    packages: packages.names.join(' ') || null,
    packagesUrl: packages.index,
  };
  for (const [name, attribute] of Object.entries(attributeNames)) {
    if (otherwise.includes(name)) continue;
    const value = name in values ? values[name] : panel[name as keyof PanelHost];
    const usual = name in values ? null : standard[name as keyof PanelHost];
    if (value === usual || value === null || value === undefined) continue;
    found.set(attribute, value === true ? '' : String(value));
  }
  // A name is shared by all panels of an origin that have it, and this is another one.
  if (found.has('persist')) found.set('persist', '');
  return found;
}

/** The addresses in `files`, each with the name that programs open it by where its last part is another. */
function addressList(list: string | null): string | null {
  const entries = [...addressesIn(list ?? '')];
  const written = entries.map(([name, address]) => (addressesIn(address).has(name) ? address : `${name}=${address}`));
  return written.join(' ') || null;
}

const absolute = (address: string) => new URL(address, document.baseURI).href;

/** The text to paste for a way; `address` is what `frameAddress` gives for the piece. */
export function snippet(way: Way, piece: Piece, address: string): string {
  if (way === 'html') return element(piece);
  if (way === 'frame') return frame(piece, address);
  return fence(way, piece);
}

/**
 * Address of embed.html with a panel like this one and its files: what programs and checks say goes behind the `#`, which no browser
 * sends to a host. Rejects with a LinkError where it would be too long.
 */
export async function frameAddress({ code, attributes, parts }: Piece, files: Shared['files']): Promise<string> {
  const url = new URL('embed.html', siteUrl());
  // Files are in the hash, and of what comes in an address nothing is kept.
  for (const [name, value] of attributes)
    if (frameAttributes.includes(name) && name !== 'files' && name !== 'persist') url.searchParams.set(name, value);
  const shared = { code, files, settings: {}, parts };
  url.hash = await packHash(shared);
  const { length } = url.href;
  if (length <= longestLink) return url.href;
  const [got, most] = [length, longestLink].map((number) => number.toLocaleString('en'));
  throw new LinkError(
    `This program is too long for a frame: its address would have ${got} characters, and more than ${most} are not taken everywhere. ${biggest(shared)}Or put the program and its files on a host and name them in the address (src=…&files=…), or take the lines for HTML.`,
  );
}

function element(piece: Piece): string {
  const site = siteUrl();
  const attributes = new Map(piece.attributes);
  for (const [name, text] of piece.parts) if (name === 'stdin') attributes.set(name, text);
  const parts = piece.parts.flatMap(([name, text]) => (name === 'stdin' ? [] : part(name, text)));
  if (piece.output) parts.push(pre(piece.output, ' class="output"'));
  return [
    `<link rel="stylesheet" href="${site}unroll.css">`,
    `<script type="module" src="${site}unroll.js"></script>`,
    '',
    `<unroll-panel${written(attributes)}>`,
    pre(piece.code),
    ...parts,
    '</unroll-panel>',
    '',
  ].join('\n');
}

function frame({ code, attributes }: Piece, address: string): string {
  const lines = code.split('\n').length;
  // With room for the output of a run.
  const height = Math.min(860, 260 + lines * 23 + 28);
  const title = attributes.get('title') ?? 'A program to run';
  return [
    `<iframe src="${escaped(address)}"`,
    `  title="${escaped(title)}" width="100%" height="${height}" loading="lazy" style="border: 0; border-radius: 14px"></iframe>`,
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
    const options = [...attributes].map(([name, value]) => `:${name}: ${option(value)}`.trimEnd());
    return [`${ticks}{unroll}`, ...options, ...(options.length ? [''] : []), body, ticks, ''].join('\n');
  }
  const words = list.map(([name, value]) => quoted(way === 'mkdocs' ? name.replaceAll('-', '_') : name, value));
  const all = [`.unroll`, ...(id ? [`#${id}`] : []), ...words].join(' ');
  const space = way === 'mkdocs' ? ' ' : '';
  return [`${ticks}${space}{${space}${all}${space}}`, body, ticks, ''].join('\n');
}

function part(name: HiddenPart[0], text: string): string {
  if (name === 'setup' || name === 'check') return pre(text, ` class="${name}" hidden`);
  const title = name === 'hint' ? 'Hint' : 'Solution';
  const inside = name === 'hint' ? escaped(text) : pre(text);
  return `<details class="${name}"><summary>${title}</summary>${inside}</details>`;
}

/** MyST reads options as YAML: there a `#` or a `:` may mean something else. */
const option = (value: string) =>
  /^[\w./]?[\w./=?&~+,% :-]*$/.test(value) && !/: |:$/.test(value) ? value : JSON.stringify(value);
const pre = (text: string, given = '') => `<pre${given}>\n${escaped(text)}\n</pre>`;
const written = (attributes: Map<string, string>) =>
  [...attributes].map(([name, value]) => (value === '' ? ` ${name}` : ` ${name}="${escaped(value)}"`)).join('');
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
