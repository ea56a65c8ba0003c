/** The Python packages of the site as one archive: the sources of wasm-bindings/python and what is generated beside them. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { crc32 } from 'node:zlib';
import { root } from '../setup/places.mjs';
import { unzip, zip } from './zip.mjs';

const folders = ['wasm-bindings/python', 'build/generated/python'];

/**
 * The files below a folder as [path with slashes, bytes], sorted by path.
 * @returns {Promise<[string, Buffer][]>}
 */
async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('__pycache__'))
    .map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths
      .sort()
      .map(
        async (path) =>
          /** @type {[string, Buffer]} */ ([relative(folder, path).split(sep).join('/'), await readFile(path)]),
      ),
  );
}

const sources = async () => (await Promise.all(folders.map((folder) => filesIn(join(root, folder))))).flat();

/** torch.zip, with the sources of all modules. The same sources give the same bytes. */
export const torchArchive = async () => zip(await sources());

const moduleOf = (path) => path.replace(/\.pyc?$/, '');

/**
 * An earlier build's archive in which the sources of modules that have changed since stand in place of their bytecode.
 * @param {Buffer} built torch.zip of that build
 * @param {Buffer} compiled the same with bytecode, without the rare modules
 * @param {string[]} rare names of packages and modules that are an archive of their own
 * @returns {Promise<{archive: Buffer, rare: string[]}>} rare: those that are it still, because nothing of them has changed
 */
export async function changedArchive(built, compiled, rare) {
  const before = unzip(built);
  const files = await sources();
  const changed = new Set(files.filter(([path, text]) => before.get(path)?.crc !== crc32(text)).map(([path]) => path));
  const isOf = (path, name) => `${moduleOf(path).replaceAll('/', '.')}.`.startsWith(`${name}.`);
  const isStale = (name) => [...changed].some((path) => isOf(path, name));
  const stale = rare.filter(isStale);
  const current = files.filter(([path]) => changed.has(path) || stale.some((name) => isOf(path, name)));
  const replaced = new Set(current.map(([path]) => moduleOf(path)));
  const there = new Set(files.map(([path]) => moduleOf(path)));
  const kept = [...unzip(compiled)].filter(([path]) => there.has(moduleOf(path)) && !replaced.has(moduleOf(path)));
  const entries = [...kept.map(([path, { read }]) => /** @type {[string, Buffer]} */ ([path, read()])), ...current];
  const archive = zip(entries, { level: 1 });
  return { archive, rare: rare.filter((name) => !stale.includes(name)) };
}
