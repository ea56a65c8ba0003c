/** Checks of our Python packages whose finds may only become fewer: a JSON file beside the check says how many each package may have. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../wasm-bindings/setup/places.mjs';
import { filesIn } from './files.mjs';

const packages = 'wasm-bindings/python';

/** The names of our Python packages. */
export const packageNames = () => readdirSync(join(root, packages)).sort();

/**
 * The text of each file of a package, by its path.
 * @param {string} name
 */
export const sourcesOf = (name) =>
  new Map(filesIn([`${packages}/${name}`], ['.py']).map((path) => [path, readFileSync(join(root, path), 'utf8')]));

/**
 * Complaints about packages in which more was found than may be.
 * @param {string} file the JSON file of the check, relative to the checkout
 * @param {Record<string, string[]>} found what was found, by package
 * @param {string} what what was found, in words
 * @param {boolean} fix lowers what a package may have to what it has
 */
export function aboveFloors(file, found, what, fix) {
  const allowed = JSON.parse(readFileSync(join(root, file), 'utf8'));
  const complaints = [];
  for (const [name, places] of Object.entries(found)) {
    const most = allowed[name] ?? 0;
    if (places.length > most) complaints.push(`${name}: ${places.length} ${what}, ${most} may. They are:`, ...places);
    else allowed[name] = places.length;
  }
  if (fix) writeFileSync(join(root, file), `${JSON.stringify(allowed, null, 2)}\n`);
  return complaints.join('\n');
}
