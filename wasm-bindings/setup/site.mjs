/** What is built without a compiler: Node packages, generated files, the site. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compressSite } from './compress.mjs';
import { root } from './places.mjs';
import { runLogged, step } from './steps.mjs';

const readJson = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));

/** Whether every package of package-lock.json is installed in its version. */
function packagesAreCurrent() {
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return false;
  const installed = readJson('node_modules/.package-lock.json').packages;
  return Object.entries(readJson('package-lock.json').packages).every(
    ([path, { version, optional }]) =>
      path === '' || installed[path]?.version === version || (optional && !installed[path]),
  );
}

/** npm ci, where node_modules is not what package-lock.json says. */
export async function installPackages() {
  if (packagesAreCurrent()) return;
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  await step('Node packages', 'npm ci from package-lock.json', () =>
    runLogged('npm-ci', [...npm, 'ci'], {
      cwd: root,
      advice: 'Check that npm can reach its registry (npm ping), then run the same command again.',
    }),
  );
}

/** Python, TypeScript and zip files made from the op table, in build/generated. */
export async function generate() {
  await step('Generate', 'Python ops, types and torch.zip from the op table', () =>
    runLogged('generate', [process.execPath, 'wasm-bindings/generate.mjs'], { cwd: root }),
  );
}

/** The site in dist/; `early` says that no compressed copies will follow. */
export async function buildSite({ early = false } = {}) {
  await step('Build the site', 'web/ into dist/', () =>
    runLogged('site', [process.execPath, 'node_modules/vite/bin/vite.js', 'build', '-c', 'web/vite.config.ts'], {
      cwd: root,
      env: { ...process.env, ...(early && { UNROLL_EARLY: '1' }) },
    }),
  );
}

/** Compressed copies of what buildSite() wrote. */
export async function compress() {
  await step('Compress', 'Brotli and gzip copies beside the files in dist/', () => compressSite(join(root, 'dist')));
}
