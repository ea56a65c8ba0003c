/** Where set-up and build keep things: the checkout, the cache outside it, the build folders. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** The only folder outside the checkout that set-up writes to. */
export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'unroll');

/** Logs of this checkout's steps; several checkouts may work at once. */
export const logs = join(cache, 'logs', basename(root));

/** Build folder of a CMake preset. */
export const buildFolder = (preset) => join(root, 'build', preset);

/** @typedef {'simd' | 'relaxed'} WasmVariant */

/**
 * The WASM builds that ship, the first to be made first.
 * @type {WasmVariant[]}
 */
export const wasmVariants = ['simd', 'relaxed'];

/**
 * Folder of an engine's files (unroll.mjs, unroll.wasm). While a first build still makes the later variant, the first one
 * stands in for it, so that a site can be served early.
 * @param {string} variant one of wasmVariants
 */
export function engineFolder(variant) {
  const folder = (name) => join(buildFolder(`wasm-${name}`), 'wasm-bindings');
  return folder(existsSync(join(folder(variant), 'unroll.wasm')) ? variant : wasmVariants[0]);
}
