/**
 * The compilers and libraries to build with. An emcc on PATH (an activated emsdk) is used as it is; everything else comes
 * from the private prefix where apt can make one, and from PATH on other systems.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { haveApt } from './apt.mjs';
import { cache, root } from './places.mjs';
import { ensurePrefix } from './prefix.mjs';
import { atLeast, onPath, versionOf } from './programs.mjs';
import { StepError } from './steps.mjs';

const emccWanted = '3.1.69';

/**
 * @typedef {object} Toolchain
 * @property {string} key changes when anything that decides over compiled code changes
 * @property {Record<string, string>} env environment to run CMake, Ninja and the built programs in
 * @property {string[]} nativeArgs arguments for CMake, native presets
 * @property {string[]} wasmArgs arguments for CMake, WASM presets
 */

/** @returns {Promise<Toolchain>} */
export async function findToolchain() {
  const version = await versionOf('emcc');
  const ownEmcc = version && atLeast(version, emccWanted) ? `${onPath('emcc')} ${version}` : undefined;
  if (!haveApt()) return fromPath(version, ownEmcc);
  const prefix = await ensurePrefix({ emscripten: !ownEmcc });
  const key = keyOf([prefix, ownEmcc]);
  const catch2 = `-DUNROLL_CATCH2=${join(prefix, 'catch2')}`;
  return {
    key,
    env: {
      ...environment(key),
      PATH: `${join(prefix, 'bin')}:${process.env.PATH}`,
      CC: join(prefix, 'bin/clang'),
      CXX: join(prefix, 'bin/clang++'),
      ASAN_SYMBOLIZER_PATH: join(prefix, 'bin/llvm-symbolizer'),
    },
    nativeArgs: [`-DCMAKE_PREFIX_PATH=${join(prefix, 'libs')}`, catch2],
    wasmArgs: [`-DCMAKE_FIND_ROOT_PATH=${join(prefix, 'libs')}`, catch2],
  };
}

/** A system without apt: its own tools, and libraries that CMake finds or fetches. */
async function fromPath(emcc, ownEmcc) {
  const missing = [];
  if (!ownEmcc)
    missing.push(
      `Emscripten ${emccWanted} or newer${emcc ? ` (emcc on PATH is ${emcc})` : ''}: install and activate an emsdk`,
    );
  if (!atLeast((await versionOf('cmake')) ?? '0', '3.25')) missing.push('CMake 3.25 or newer');
  if (!onPath('ninja')) missing.push('Ninja');
  if (!['c++', 'g++', 'clang++'].some((name) => onPath(name))) missing.push('a C++20 compiler');
  if (missing.length > 0) {
    throw new StepError(`tools are missing, and there is no apt-get to bring them:\n  ${missing.join('\n  ')}`, {
      advice: 'Install these, put them on PATH, and run the same command again.',
    });
  }
  const key = keyOf([ownEmcc, process.env.CXX, onPath('c++')]);
  return { key, env: environment(key), nativeArgs: [], wasmArgs: [] };
}

const keyOf = (parts) => createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);

/** This process's environment without what would change compiled code behind the build's back, with ccache set up. */
function environment(key) {
  const env = { ...process.env };
  for (const name of ['CFLAGS', 'CXXFLAGS', 'LDFLAGS', 'CPATH', 'C_INCLUDE_PATH', 'CPLUS_INCLUDE_PATH', 'LIBRARY_PATH'])
    delete env[name];
  return {
    ...env,
    CCACHE_DIR: join(cache, 'ccache'),
    CCACHE_MAXSIZE: '2G',
    // A clone in another folder finds the same objects; the key stands for the compiler.
    CCACHE_BASEDIR: root,
    CCACHE_NOHASHDIR: '1',
    CCACHE_COMPILERCHECK: `string:${key}`,
    // Without these it leaves files with precompiled headers alone.
    CCACHE_SLOPPINESS: 'pch_defines,time_macros',
  };
}

/** clang-format of the toolchain, whose version the sources are formatted with. */
export function clangFormat(toolchain) {
  const path = onPath('clang-format', toolchain.env.PATH);
  if (path && existsSync(path)) return path;
  throw new StepError('clang-format is missing', { advice: 'Install clang-format 19 and put it on PATH.' });
}
