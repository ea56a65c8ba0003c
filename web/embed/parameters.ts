/** What the address of embed.html says of its panel: parameters are named as the attributes, code is in the hash. */

import { isAddress } from '../panel/author-parts';
import { wordsIn } from '../panel/options';
import { addressesIn } from '../panel/panel-files';

/** Attributes of the panel that an address may set. */
export const attributes = [
  'src',
  'lang',
  'files',
  'packages',
  'packages-url',
  'editable',
  'autorun',
  'loading',
  'theme',
  'layout',
  'max-lines',
  'timeout',
  'hide',
  'setup',
  'check',
  'solution',
  'hint',
  'persist',
] as const;

/** Parameters that are not the panel's. */
const own = ['id', 'title', 'parent'];

/** The attributes that an address sets, by name. Names that it does not know are told to the author. */
export function attributesIn(query: URLSearchParams): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of query) {
    if ((attributes as readonly string[]).includes(name)) found.set(name, value);
    else if (!own.includes(name)) console.warn(`embed.html: there is no parameter "${name}".`);
  }
  return found;
}

/** The program that is written out in a hash, `#code=…`; null where there is none. */
export function codeIn(hash: string): string | null {
  return hash.startsWith('#code=') ? decodeURIComponent(hash.slice('#code='.length).replaceAll('+', '%20')) : null;
}

/**
 * Whether all code that an address brings lies on this page's own origin, whose owner put it there. Anybody can write
 * an address, so what it spells out, or fetches from elsewhere, is a stranger's.
 */
export function isOwnCode(given: Map<string, string>): boolean {
  const programs = ['src', 'setup', 'check', 'solution'].flatMap((name) => given.get(name) ?? []);
  const wheels = wordsIn(given.get('packages') ?? null).filter((name) => /[/:]|\.whl$/.test(name));
  const folders = [given.get('packages-url') ?? []].flat();
  const files = [...addressesIn(given.get('files') ?? '').values()];
  return programs.every(isAddress) && [...programs, ...wheels, ...folders, ...files].every(isOwnAddress);
}

function isOwnAddress(address: string): boolean {
  return new URL(address, document.baseURI).origin === location.origin;
}
