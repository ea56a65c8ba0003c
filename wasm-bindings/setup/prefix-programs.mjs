/** Makes unpacked packages run on any Debian: by their own loader and C library, through wrappers, wherever they lie. */
import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { output, StepError } from './steps.mjs';

/** What stays of LLVM's many programs. */
const llvmPrograms =
  /^(clang|clang\+\+|clang-19|clang-format|lld|ld\.lld|wasm-ld|llvm-(ar|ranlib|nm|objcopy|strip|symbolizer|dwarfdump|dwp|profdata|readelf|readobj))$/;

/**
 * @param {string} work where the packages are unpacked
 * @param {string} prefix where they will lie in the end
 * @param {{triple: string, loader: string}} machine
 */
export async function makePrivate(work, prefix, { triple, loader }) {
  for (const folder of ['lib', 'lib64']) {
    if (!existsSync(join(work, folder)) && existsSync(join(work, 'usr', folder)))
      symlinkSync(`usr/${folder}`, join(work, folder));
  }
  const llvm = join(work, 'usr/lib/llvm-19/bin');
  for (const name of readdirSync(llvm)) if (!llvmPrograms.test(name)) rmSync(join(llvm, name));
  const programs = join(work, 'usr/bin');
  for (const name of readdirSync(programs)) if (!existsSync(join(programs, name))) rmSync(join(programs, name));
  await patchPrograms(work, prefix, { triple, loader });
  linkHeaders(work);
  writeWrappers(work, prefix, { triple, loader });
}

/** Points every program at the prefix's own loader and libraries. */
async function patchPrograms(work, prefix, { triple, loader }) {
  const lib = (root) => join(root, 'usr/lib', triple);
  const patchelf = join(work, 'usr/bin/patchelf');
  const run = (...args) => output([join(lib(work), loader), '--library-path', lib(work), patchelf, ...args]);
  // A running program cannot be rewritten, so patchelf is the one that stays as it is.
  const programs = elfFiles(join(work, 'usr/bin'), join(work, 'usr/lib/llvm-19/bin')).filter(
    (path) => path !== patchelf,
  );
  const rpath = [lib(prefix), join(prefix, 'usr/lib/llvm-19/lib')].join(':');
  // Sorting the section headers breaks programs that are not position independent, Python among them.
  const interpreter = ['--no-sort', '--set-interpreter', join(lib(prefix), loader)];
  await run(...interpreter, '--force-rpath', '--set-rpath', rpath, ...programs);
  // A library with a search path of its own would look for its needs there and on the system, not where the program says.
  await run('--remove-rpath', ...elfFiles(lib(work)).filter((path) => /\/lib(LLVM|clang-cpp)[^/]*$/.test(path)));
}

const elfFiles = (...folders) =>
  folders.flatMap((folder) =>
    readdirSync(folder)
      .map((name) => join(folder, name))
      .filter(isElf),
  );

/**
 * Starts each tool once, and sees that none of them takes a library from the system.
 * @param {string} prefix
 * @param {{triple: string, loader: string}} machine
 */
export async function tryOut(prefix, { triple, loader }) {
  for (const name of ['clang++', 'cmake', 'ninja', 'ccache', 'clang-format', 'em++']) {
    if (existsSync(join(prefix, 'bin', name))) await output([join(prefix, 'bin', name), '--version']);
  }
  const start = join(prefix, 'usr/lib', triple, loader);
  for (const program of elfFiles(join(prefix, 'usr/bin'), join(prefix, 'usr/lib/llvm-19/bin'))) {
    if (program.endsWith('/patchelf')) continue;
    const loaded = await output([start, '--list', program]);
    const foreign = loaded.split('\n').filter((line) => line.includes('=>') && !line.includes(` ${prefix}/`));
    const unresolved = foreign.filter((line) => !line.includes(loader));
    if (unresolved.length > 0) throw new StepError(`${program} would take from the system:\n${unresolved.join('\n')}`);
  }
}

function isElf(path) {
  if (!lstatSync(path).isFile()) return false;
  const head = Buffer.alloc(20);
  const file = openSync(path, 'r');
  readSync(file, head, 0, 20, 0);
  closeSync(file);
  return head.toString('latin1', 0, 4) === '\x7fELF';
}

/** A folder with xtensor, xtl, xsimd and nlohmann only: the rest of /usr/include must stay off a WASM compiler's path. */
function linkHeaders(work) {
  for (const [from, into] of [
    ['usr/include', 'libs/include'],
    ['usr/share/cmake', 'libs/share/cmake'],
  ]) {
    mkdirSync(join(work, into), { recursive: true });
    for (const name of ['xtensor', 'xtl', 'xsimd', 'nlohmann', 'nlohmann_json']) {
      const source = join(work, from, name);
      // Moved, not linked: the CMake files find the headers relative to where they really are.
      if (existsSync(source)) renameSync(source, join(work, into, name));
    }
  }
}

function writeScript(path, lines) {
  rmSync(path, { force: true });
  writeFileSync(path, `#!/bin/sh\n${lines.join('\n')}\n`);
  chmodSync(path, 0o755);
}

function writeWrappers(work, prefix, { triple, loader }) {
  const bin = join(work, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const name of ['cmake', 'ctest', 'ninja', 'ccache']) symlinkSync(`../usr/bin/${name}`, join(bin, name));
  for (const name of ['clang-format', 'llvm-symbolizer', 'llvm-ar', 'llvm-ranlib'])
    symlinkSync(`../usr/lib/llvm-19/bin/${name}`, join(bin, name));
  writeFileSync(
    join(work, 'native.cfg'),
    [
      `--sysroot=${prefix}`,
      '-fuse-ld=lld',
      `-Wl,--dynamic-linker=${prefix}/usr/lib/${triple}/${loader}`,
      `-Wl,-rpath,${prefix}/usr/lib/${triple}`,
      '',
    ].join('\n'),
  );
  for (const name of ['clang', 'clang++']) {
    writeScript(join(bin, name), [`exec ${prefix}/usr/lib/llvm-19/bin/${name} --config=${prefix}/native.cfg "$@"`]);
  }
  if (existsSync(join(work, 'usr/share/emscripten'))) writeEmscripten(work, prefix);
}

/** Emscripten started by the prefix's own Python, with the libraries that Debian has already built for it. */
function writeEmscripten(work, prefix) {
  const emscripten = join(work, 'usr/share/emscripten');
  writeFileSync(
    join(work, 'emscripten.py'),
    [
      'import shutil',
      `LLVM_ROOT = '${prefix}/usr/lib/llvm-19/bin'`,
      `BINARYEN_ROOT = '${prefix}/usr'`,
      `CACHE = '${prefix}/usr/share/emscripten/cache'`,
      `NODE_JS = shutil.which('node') or '${process.execPath}'`,
      'FROZEN_CACHE = True',
      '',
    ].join('\n'),
  );
  const python = readdirSync(join(work, 'usr/bin')).find((name) => /^python3\.\d+$/.test(name));
  for (const name of ['emcc', 'em++', 'emar', 'emranlib', 'emcmake', 'emstrip', 'emnm', 'em-config']) {
    const script = existsSync(join(emscripten, `${name}.py`)) ? `${name}.py` : `tools/${name}.py`;
    if (!existsSync(join(emscripten, script))) continue;
    writeScript(join(emscripten, name), [
      'unset _PYTHON_SYSCONFIGDATA_NAME PYTHONHOME PYTHONPATH EM_CACHE',
      `EM_CONFIG=${prefix}/emscripten.py`,
      'export EM_CONFIG',
      `exec ${prefix}/usr/bin/${python} -E ${prefix}/usr/share/emscripten/${script} "$@"`,
    ]);
    symlinkSync(`../usr/share/emscripten/${name}`, join(work, 'bin', name));
  }
  // Debian's Node looks there for acorn; the Node that runs here does not.
  symlinkSync('../nodejs', join(emscripten, 'node_modules'));
}
