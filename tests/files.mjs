/** The files of the checkout, for checks over all of them. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../wasm-bindings/setup/places.mjs';

const skipped = /(^|\/)(node_modules|__pycache__)\//;

/**
 * The files below folders of the checkout whose names end in one of these, relative to the checkout.
 * @param {string[]} folders
 * @param {string[]} endings
 */
export function filesIn(folders, endings) {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((path) => `${folder}/${path}`))
    .filter((path) => endings.some((ending) => path.endsWith(ending)) && !skipped.test(path))
    .sort();
}
