/**
 * The private toolchain: Debian 13's Emscripten, Clang, CMake, Ninja, ccache, xtensor, xsimd and Catch2's source in one
 * folder, made to run on any Debian by its own loader and C library. Nothing outside the folder changes.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { PrivateApt } from './apt.mjs';
import { withLock } from './lock.mjs';
import { cache } from './places.mjs';
import { builders, leftOut, libraries, native, toWasm, unwanted } from './prefix-contents.mjs';
import { makePrivate, tryOut } from './prefix-programs.mjs';
import { output, StepError, step } from './steps.mjs';

/** Goes up when the prefix is laid out differently, so that an older one is not taken for this one. */
const layout = 2;

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
  const make = () => (existsSync(prefix) ? undefined : makePrefix(prefix, { packages, machine }));
  if (!existsSync(prefix)) {
    await withLock(`${prefix}.lock`, make);
    removeUnused();
  }
  utimesSync(prefix, new Date(), new Date());
  return prefix;
}

/** Earlier versions' prefixes that no checkout has used for a month. */
function removeUnused() {
  for (const name of readdirSync(cache).filter((name) => name.startsWith('toolchain-'))) {
    const path = join(cache, name);
    if (Date.now() - statSync(path).mtimeMs > 30 * 24 * 3600_000) rmSync(path, { recursive: true });
  }
}

async function makePrefix(prefix, { packages, machine }) {
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
      await tryOut(prefix, machine).catch((error) => {
        rmSync(prefix, { recursive: true });
        throw error;
      });
    },
  );
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
