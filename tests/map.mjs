/** The map of folders in CONTRIBUTING.md ("The rooms") and the tree: npm run lint refuses a folder that one of them lacks. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../wasm-bindings/setup/places.mjs';

/** Folders that nobody looks for. */
const unseen = new Set(['build', 'dist', 'node_modules', '__pycache__']);

/**
 * The folders of a map, by their indentation: `web/` and below it `panel/` is web/panel.
 * @param {string} text lines of a folder and what lives there
 * @returns {string[]}
 */
export function foldersOf(text) {
  const open = [];
  return text.split('\n').flatMap((line) => {
    const [, indent, name] = /^( *)([\w.-][\w./-]*)\/(?: |$)/.exec(line) ?? [];
    if (name === undefined) return [];
    while (open.length > 0 && open.at(-1).indent >= indent.length) open.pop();
    const path = open.length > 0 ? `${open.at(-1).path}/${name}` : name;
    open.push({ indent: indent.length, path });
    return [path];
  });
}

/**
 * What a map says wrong, a line each: folders that are not there, and folders beside those of the map that it does not name.
 * @param {string} text
 */
export function faultsOfMap(text) {
  const folders = foldersOf(text);
  const gone = folders
    .filter((path) => !existsSync(join(root, path)))
    .map((path) => `${path}/ is in the map and not in the tree`);
  const parents = new Set(folders.map((path) => path.split('/').slice(0, -1).join('/')).filter(Boolean));
  const missing = [...parents]
    .filter((parent) => existsSync(join(root, parent)))
    .flatMap((parent) =>
      readdirSync(join(root, parent), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !unseen.has(entry.name))
        .map((entry) => `${parent}/${entry.name}`)
        .filter(
          (path) =>
            !folders.some((one) => one === path || one.startsWith(`${path}/`)) &&
            !text.includes(`${path.split('/').at(-1)}/`),
        ),
    )
    .map((path) => `${path}/ is in the tree and not in the map`);
  return [...gone, ...missing];
}

/** Complaints about the map of CONTRIBUTING.md, for npm run lint. */
export function mapFaults() {
  const [, text] = /## The rooms\s+```\n([\s\S]*?)```/.exec(readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')) ?? [];
  return text ? faultsOfMap(text).join('\n') : 'CONTRIBUTING.md has no map under "The rooms"';
}
