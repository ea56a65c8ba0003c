/**
 * The private toolchain: Debian 13's Emscripten, Clang, CMake, Ninja, ccache, xtensor, xsimd and Catch2's source in one
 * folder, made to run on any Debian by its own loader and C library. Nothing outside the folder changes.
 */
import { createHash } from 'node:crypto';
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
import { PrivateApt } from './apt.mjs';
import { withLock } from './lock.mjs';
import { cache } from './places.mjs';
import { output, StepError, step } from './steps.mjs';

/** Goes up when the prefix is laid out differently, so that an older one is not taken for this one. */
const layout = 1;

const libraries = ['libxtensor-dev', 'libxsimd-dev', 'nlohmann-json3-dev'];
const native = ['clang-19', 'lld-19', 'libclang-rt-19-dev', 'libstdc++-14-dev', 'libc6-dev', 'clang-format-19'];
const builders = ['cmake', 'ninja-build', 'ccache', 'patchelf'];
const toWasm = ['emscripten'];

/** Dependencies that only matter to an installed system; Node is the one that runs this. */
const unwanted = [
  /^nodejs$/,
  /^libnode/,
  /^node-(?!acorn)/,
  /^(dpkg|tar|tzdata|debconf|netbase|media-types|procps|python3|python3-minimal)$/,
  /^(init-system-helpers|rpcsvc-proto|libproc2-0|libpython3-stdlib|libc-dev-bin|readline-common|openssl-provider-legacy)$/,
  /^lib32/,
  /^libc6-i386$/,
  /^libclang1-/,
  /binutils/,
  /^lib(ctf|gprofng|sframe|objc|tsan|hwasan|lsan|itm|quadmath|gc1)/,
];

/** Never unpacked: what only people read, and Emscripten's libraries for threads, sanitizers and dynamic linking. */
const leftOut = [
  './etc',
  './var',
  './usr/share/doc',
  './usr/share/man',
  './usr/share/locale',
  './usr/share/lintian',
  './usr/share/perl5',
  './usr/share/vim',
  './usr/share/info',
  './usr/share/bash-completion',
  './usr/share/emscripten/test',
  './usr/share/emscripten/docs',
  './usr/share/emscripten/media',
  './usr/share/emscripten/ChangeLog*',
  '*/wasm32-emscripten/pic',
  '*/wasm32-emscripten/lto-pic',
  '*/wasm32-emscripten/*-mt*',
  '*/wasm32-emscripten/*-ww*',
  '*/wasm32-emscripten/*asan*',
  '*/wasm32-emscripten/*libwasmfs*',
  '*/wasm32-emscripten/*sanitizer*',
  '*/clang/19/lib/linux/*i386*',
  '*/clang/19/lib/linux/*[mt]san*',
  '*/clang/19/lib/linux/*memprof*',
  '*/clang/19/lib/linux/*fuzzer*',
  '*/clang/19/lib/linux/*dfsan*',
  '*/x86_64-linux-gnu/gconv',
  '*/lib/libc++*-pic*',
];

/** What stays of LLVM's many programs. */
const llvmPrograms =
  /^(clang|clang\+\+|clang-19|clang-format|lld|ld\.lld|wasm-ld|llvm-(ar|ranlib|nm|objcopy|strip|symbolizer|dwarfdump|dwp|profdata|readelf|readobj))$/;

const machines = {
  x64: { triple: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { triple: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
};

/**
 * Makes the prefix unless it is there, and returns its path.
 * @param {{emscripten: boolean}} parts without Emscripten where the machine has one of its own
 * @returns {Promise<string>}
 */
export async function ensurePrefix({ emscripten }) {
  const machine = machines[process.arch];
  if (!machine)
    throw new StepError(`no toolchain is known for ${process.arch}`, {
      advice: 'Install an emsdk and put it on PATH.',
    });
  const packages = [...builders, ...native, ...libraries, ...(emscripten ? toWasm : [])];
  const key = createHash('sha256')
    .update(JSON.stringify([layout, process.arch, packages]))
    .digest('hex')
    .slice(0, 10);
  const prefix = join(cache, `toolchain-${key}`);
  const make = () => (existsSync(prefix) ? undefined : makePrefix(prefix, { packages, machine, emscripten }));
  if (!existsSync(prefix)) await withLock(`${prefix}.lock`, make);
  return prefix;
}

async function makePrefix(prefix, { packages, machine, emscripten }) {
  const work = `${prefix}.part`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(join(work, 'apt'), { recursive: true });
  const apt = new PrivateApt(join(work, 'apt'));
  const debs = await step(
    'Toolchain: download',
    "Debian 13 packages from this machine's apt mirror, 370 MB",
    async () => {
      await apt.update();
      const wanted = (await apt.resolve(packages)).filter(
        (entry) => !unwanted.some((pattern) => pattern.test(entry.split('=')[0])),
      );
      return { files: await apt.download(wanted), catch2: await apt.source('catch2') };
    },
  );
  await step('Toolchain: unpack', `${debs.files.length} packages into ${prefix}`, async () => {
    await unpackAll(debs.files, work);
    await unpackCatch2(debs.catch2, join(work, 'catch2'));
    rmSync(join(work, 'apt'), { recursive: true });
  });
  await step(
    'Toolchain: make it private',
    "own loader and libraries, compiler wrappers, Emscripten's configuration",
    async () => {
      await makePrivate(work, prefix, machine);
      renameSync(work, prefix);
      await tryOut(prefix, emscripten);
    },
  );
}

/** Starts each tool once; a prefix whose tools do not start is not kept. */
async function tryOut(prefix, emscripten) {
  try {
    for (const name of ['clang++', 'cmake', 'ninja', 'ccache', 'clang-format', ...(emscripten ? ['em++'] : [])]) {
      await output([join(prefix, 'bin', name), '--version']);
    }
  } catch (error) {
    rmSync(`${prefix}.broken`, { recursive: true, force: true });
    renameSync(prefix, `${prefix}.broken`);
    throw error;
  }
}

async function unpackAll(files, into) {
  const waiting = [...files];
  const worker = async () => {
    for (let file = waiting.pop(); file; file = waiting.pop()) await unpack(file, into);
  };
  await Promise.all([worker(), worker(), worker()]);
}

/** One package, without what is left out; the parts never touch the disk. */
async function unpack(file, into) {
  const excludes = leftOut.map((pattern) => `--exclude=${pattern}`);
  const pipe = 'deb=$1 into=$2; shift 2; dpkg-deb --fsys-tarfile "$deb" | tar -x --no-same-owner -C "$into" "$@"';
  await output(['bash', '-o', 'pipefail', '-c', pipe, 'unpack', file, into, ...excludes], {
    advice: `Free some disk space (about 1.5 GB is needed in ${cache}), then run the same command again.`,
  });
}

/** Catch2's two amalgamated files. */
async function unpackCatch2(tarball, into) {
  mkdirSync(into, { recursive: true });
  await output([
    'tar',
    '-xzf',
    tarball,
    '-C',
    into,
    '--strip-components=2',
    '--wildcards',
    '*/extras/catch_amalgamated.*',
  ]);
}

async function makePrivate(work, prefix, { triple, loader }) {
  for (const folder of ['bin', 'lib'])
    if (!existsSync(join(work, folder)) && folder !== 'bin') symlinkSync(`usr/${folder}`, join(work, folder));
  if (!existsSync(join(work, 'lib64')) && existsSync(join(work, 'usr/lib64')))
    symlinkSync('usr/lib64', join(work, 'lib64'));
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
  const programs = [join(work, 'usr/bin'), join(work, 'usr/lib/llvm-19/bin')].flatMap((folder) =>
    readdirSync(folder)
      .map((name) => join(folder, name))
      .filter(isProgram),
  );
  const patchelf = join(work, 'usr/bin/patchelf');
  // A running program cannot be rewritten, so patchelf is the one that stays as it is.
  const targets = programs.filter((path) => path !== patchelf);
  const start = [join(lib(work), loader), '--library-path', lib(work), patchelf];
  const rpath = [lib(prefix), join(prefix, 'usr/lib/llvm-19/lib')].join(':');
  // Sorting the section headers breaks programs that are not position independent, Python among them.
  await output([
    ...start,
    '--no-sort',
    '--set-interpreter',
    join(lib(prefix), loader),
    '--force-rpath',
    '--set-rpath',
    rpath,
    ...targets,
  ]);
}

function isProgram(path) {
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
