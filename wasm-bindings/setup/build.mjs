/** npm run build: sets up what is missing and writes the site to dist/. Does nothing when nothing has changed. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from './compile.mjs';
import { withLock } from './lock.mjs';
import { buildFolder, root, wasmVariants } from './places.mjs';
import { buildSite, compress, generate, installPackages } from './site.mjs';
import { formatSeconds, main, StepError } from './steps.mjs';
import { findToolchain } from './toolchain.mjs';

const inputs = [
  'core',
  'wasm-bindings',
  'web',
  'CMakeLists.txt',
  'CMakePresets.json',
  'package.json',
  'package-lock.json',
];
const stampFile = join(root, 'build', 'site-stamp');
const results = ['dist/index.html', 'dist/unroll.js', 'node_modules/.package-lock.json'].map((path) =>
  join(root, path),
);

const engine = (variant) => join(buildFolder(`wasm-${variant}`), 'wasm-bindings/unroll.wasm');

/** Whether dist/ holds a site already, be it of an earlier state of the checkout. */
export const hasSite = () => [...results, ...wasmVariants.map(engine)].every(existsSync);

/**
 * Builds everything that the site needs.
 * @param {{early?: boolean}} [options] early: only what a browser on this machine needs to show the site: one engine, which
 *   stands in for the other, and no compressed copies; build() then makes the rest
 * @returns {Promise<import("./toolchain.mjs").Toolchain>}
 */
export async function build({ early = false } = {}) {
  checkNode();
  const toolchain = await findToolchain();
  await withLock(join(root, 'build', 'lock'), async () => {
    const stamp = fingerprint(toolchain);
    if (read(stampFile) === stamp && hasSite()) return;
    await installPackages();
    for (const variant of early ? wasmVariants.slice(0, 1) : wasmVariants)
      await compile(toolchain, `wasm-${variant}`, 'unroll');
    await generate();
    await buildSite({ early });
    if (early) return;
    await compress();
    writeFileSync(stampFile, stamp);
  });
  return toolchain;
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new StepError(`Node ${process.versions.node} is too old`, { advice: 'Install Node 20.19 or newer.' });
}

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/** One hash over the toolchain and the content of every file that the site is made from. */
function fingerprint(toolchain) {
  const hash = createHash('sha256').update(`${toolchain.key} ${process.version} ${process.env.CI ?? ''}\n`);
  const visit = (path) => {
    hash.update(`${path}\n`).update(readFileSync(join(root, path)));
  };
  for (const input of inputs) {
    if (/\.json$|\.txt$/.test(input)) visit(input);
    else for (const path of filesUnder(input)) visit(path);
  }
  return hash.digest('hex');
}

function filesUnder(folder) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('__pycache__'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    const started = performance.now();
    await build();
    console.log(`The site is in dist/ (${formatSeconds(performance.now() - started)}).`);
  });
}
