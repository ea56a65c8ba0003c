/** npm run build: sets up what is missing and writes the site to dist/. Does nothing when nothing has changed. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from './compile.mjs';
import { withLock } from './lock.mjs';
import { buildFolder, root } from './places.mjs';
import { buildSite, generate, installPackages } from './site.mjs';
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

/** The WASM builds that ship. */
export const wasmPresets = ['wasm-simd', 'wasm-relaxed'];

/**
 * Builds everything that the site needs.
 * @returns {Promise<import("./toolchain.mjs").Toolchain>}
 */
export async function build() {
  checkNode();
  const toolchain = await findToolchain();
  await withLock(join(root, 'build', 'lock'), async () => {
    const stamp = fingerprint(toolchain);
    const wasm = wasmPresets.map((preset) => join(buildFolder(preset), 'wasm-bindings/unroll.wasm'));
    if (read(stampFile) === stamp && [...results, ...wasm].every(existsSync)) return;
    await installPackages();
    for (const preset of wasmPresets) await compile(toolchain, preset, 'unroll');
    await generate();
    await buildSite();
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
