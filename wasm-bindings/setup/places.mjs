/** Where set-up and build keep things: the checkout, the cache outside it, the build folders. */
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
