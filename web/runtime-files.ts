import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { buildFolder, root } from '../wasm-bindings/setup/places.mjs';

const pyodide = join(root, 'node_modules/pyodide');
const pyodideFetches = ['pyodide.asm.wasm', 'python_stdlib.zip', 'pyodide-lock.json'];
const pyodideScript = 'pyodide.asm.mjs';
const moduleId = 'virtual:runtime-files';

interface SiteFile {
  path: string;
  source: Buffer;
}

/** Pyodide finds its files by their names, so they keep them; the folder carries the version for caches. */
function pyodideSite(): { folder: string; files: SiteFile[]; script: SiteFile } {
  const { version } = JSON.parse(readFileSync(join(pyodide, 'package.json'), 'utf8'));
  const folder = `assets/pyodide-${version}/`;
  const read = (name: string) => ({ path: folder + name, source: readFileSync(join(pyodide, name)) });
  return { folder, files: pyodideFetches.map(read), script: read(pyodideScript) };
}

/** A file of the build under a name that changes with its content. */
function hashed(path: string, name: string): SiteFile {
  const source = readFileSync(path);
  const hash = createHash('sha256').update(source).digest('hex').slice(0, 8);
  return { path: `assets/${name.replace(/\.(\w+)$/, `-${hash}.$1`)}`, source };
}

function engineSite(variant: 'simd' | 'relaxed'): { js: SiteFile; wasm: SiteFile } {
  const folder = join(buildFolder(`wasm-${variant}`), 'wasm-bindings');
  return {
    js: hashed(join(folder, 'unroll.mjs'), `unroll-${variant}.mjs`),
    wasm: hashed(join(folder, 'unroll.wasm'), `unroll-${variant}.wasm`),
  };
}

/** Keeps `path` and the size, in any nesting: what the page needs to know of the files. */
function describe(value: unknown): unknown {
  const file = value as SiteFile;
  if (file.source) return { path: file.path, bytes: file.source.length };
  if (Array.isArray(value)) return value.map(describe);
  return Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, describe(inner)]));
}

function allFiles(value: unknown): SiteFile[] {
  const file = value as SiteFile;
  return file.source ? [file] : Object.values(value as object).flatMap(allFiles);
}

/**
 * Puts Pyodide, both engine builds and the torch package into the site and tells the worker where they are
 * (`virtual:runtime-files`). With `emit` false it only tells: the worker is a build of its own inside the site's.
 */
export function runtimeFiles({ emit }: { emit: boolean }): Plugin {
  const python = pyodideSite();
  const engine = { simd: engineSite('simd'), relaxed: engineSite('relaxed') };
  const torch = hashed(join(root, 'build/generated/torch.zip'), 'torch.zip');
  return {
    name: 'unroll-runtime-files',
    resolveId: (id) => (id === moduleId ? `\0${moduleId}` : null),
    load: (id) =>
      id === `\0${moduleId}`
        ? [
            `export const pyodideFolder = ${JSON.stringify(python.folder)};`,
            `export const pyodideFiles = ${JSON.stringify(describe(python.files))};`,
            `export const engineFiles = ${JSON.stringify(describe(engine))};`,
            `export const torchArchive = ${JSON.stringify(describe(torch))};`,
          ].join('\n')
        : null,
    generateBundle() {
      if (!emit) return;
      for (const { path, source } of [python.files, python.script, engine, torch].flatMap(allFiles)) {
        this.emitFile({ type: 'asset', fileName: path, source });
      }
    },
  };
}
