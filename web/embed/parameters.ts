/** What the address of embed.html says of its panel: parameters are named as the attributes, code is in the hash. */

import { isAddress } from '../panel/author-parts';
import { attributeNames, wordsIn } from '../panel/options';
import { addressesIn } from '../panel/panel-files';

/** Attributes that make no sense in an address: a frame has one panel, and whose code it is decides where it runs. */
const pagesOnly: string[] = ['id', 'depends-on', 'isolated'];

/** Attributes of the panel that an address may set. */
export const frameAttributes: string[] = Object.values(attributeNames).filter((name) => !pagesOnly.includes(name));

/** Parameters that are not the panel's. */
const own = ['id', 'title', 'parent'];

/** The attributes that an address sets, by name. Names that it does not know are told to the author. */
export function attributesIn(query: URLSearchParams): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of query) {
    if (frameAttributes.includes(name)) found.set(name, value);
    else if (!own.includes(name)) console.warn(`embed.html: there is no parameter "${name}".`);
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
