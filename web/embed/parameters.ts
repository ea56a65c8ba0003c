/** What the address of embed.html says of its panel: parameters are named as the attributes, code is in the hash. */

import { pyodideFolder } from 'virtual:runtime-files';
import type { AuthorNote } from '../panel/author-notes';
import { isAddress } from '../panel/author-parts';
import { attributeNames, wordsIn } from '../panel/options';
import { addressesIn } from '../panel/panel-files';
import { isWheelAddress, listName, type PackageList } from '../protocol/package-list';
import { siteUrl } from '../runtime/make-worker';

/** Attributes that make no sense in an address: a frame has one panel, and whose code it is decides where it runs. */
const pagesOnly: string[] = ['id', 'depends-on', 'isolated'];

/** Attributes of the panel that an address may set. */
export const frameAttributes: string[] = Object.values(attributeNames).filter((name) => !pagesOnly.includes(name));

/** Parameters that are not the panel's. */
const own = ['id', 'parent'];

/** The attributes that an address sets, by name. `tell` hears of names that there are not. */
export function attributesIn(query: URLSearchParams, tell: (note: AuthorNote) => void): Map<string, string> {
  const found = new Map<string, string>();
  const all = [...frameAttributes, ...own];
  for (const [name, value] of query) {
    if (frameAttributes.includes(name)) found.set(name, value);
    else if (!own.includes(name))
      tell({ words: `embed.html: there is no parameter "${name}".`, written: name, known: all });
  }
  return found;
}

/** The program that is written out in a hash, `#code=…`; null where there is none. Throws with a sentence for what cannot be read. */
export function codeIn(hash: string): string | null {
  if (!hash.startsWith('#code=')) return null;
  try {
    return decodeURIComponent(hash.slice('#code='.length).replaceAll('+', '%20'));
  } catch {
    throw new Error(
      'The program in this address cannot be read: behind "#code=" stands a "%" that encodeURIComponent would not write there. A "%" of the program is written "%25".',
    );
  }
}

/**
 * Whether all code that an address brings lies on this page's own origin, whose owner put it there. Anybody can write
 * an address, so what it spells out, fetches from elsewhere, or takes from PyPI, where anybody may put a package, is a
 * stranger's. Also what the origin redirects, which may be anywhere.
 */
export async function isOwnCode(given: Map<string, string>): Promise<boolean> {
  const programs = ['src', 'setup', 'check', 'solution'].flatMap((name) => given.get(name) ?? []);
  const packages = wordsIn(given.get('packages') ?? null);
  const wheels = packages.filter(isWheelAddress);
  const names = packages.filter((name) => !isWheelAddress(name));
  const files = [...addressesIn(given.get('files') ?? '').values()];
  const folder = given.get('packages-url')?.replace(/\/?$/, '/');
  const list = folder ? folder + listName : siteUrl() + pyodideFolder + listName;
  const addresses = [...programs, ...wheels, ...files, ...(folder ? [list] : [])];
  if (!programs.every(isAddress) || !addresses.every(isOwnAddress)) return false;
  const answers = await Promise.all(addresses.map(liesThere));
  return answers.every(Boolean) && (names.length === 0 || areListed(names, list));
}

function isOwnAddress(address: string): boolean {
  return URL.canParse(address, document.baseURI) && new URL(address, document.baseURI).origin === location.origin;
}

/** Whether an address answers itself. One that does not answer brings no code. */
async function liesThere(address: string): Promise<boolean> {
  const answer = await fetch(address, { redirect: 'manual' }).catch(() => null);
  // Read to its end: an answer that is given up counts as one that failed.
  await answer?.arrayBuffer().catch(() => {});
  return answer?.type !== 'opaqueredirect';
}

/** Whether an index has all these packages. The others would come from PyPI. */
async function areListed(names: string[], list: string): Promise<boolean> {
  const index = await fetch(list)
    .then(
      (answer) => answer.json() as Promise<PackageList>,
      () => null,
    )
    .catch(() => null);
  return names.every((name) => Object.hasOwn(index?.packages ?? {}, name.toLowerCase().replace(/[-_.]+/g, '-')));
}
