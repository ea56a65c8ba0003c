import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Plugin } from 'vite';
import { changedArchive } from '../wasm-bindings/generate/torch-archive.mjs';
import { compressedCopy } from '../wasm-bindings/setup/compress.mjs';
import { engineFolder, root } from '../wasm-bindings/setup/places.mjs';
import { growFrames } from './deep-calls.ts';
import { type Precompiled, precompile } from './precompile.ts';

const pyodide = join(root, 'node_modules/pyodide');
/** What the page and its workers import to learn where the runtime's files are. */
export const moduleId = 'virtual:runtime-files';

interface SiteFile {
  path: string;
  source: Buffer;
}

const shortHash = (...contents: Buffer[]) => {
  const hash = createHash('sha256');
  for (const content of contents) hash.update(content);
  return hash.digest('hex').slice(0, 8);
};

/** Pyodide finds these by their names, so they keep them; the folder carries the hash for caches. */
function pyodideSite() {
  const { version } = JSON.parse(readFileSync(join(pyodide, 'package.json'), 'utf8'));
  const names = ['pyodide.asm.mjs', 'pyodide.asm.wasm', 'pyodide-lock.json'];
  const sources = names.map((name) => {
    const source = readFileSync(join(pyodide, name));
    return name.endsWith('.wasm') ? growFrames(source) : source;
  });
  const folder = `assets/pyodide-${version}-${shortHash(...sources)}/`;
  const [script, ...fetched] = names.map((name, i): SiteFile => ({ path: folder + name, source: sources[i] }));
  return { folder, script, fetched };
}

/** A file under a name that changes with its content. */
function hashed(path: string, name: string): SiteFile {
  const source = readFileSync(path);
  return { path: `assets/${name.replace(/\.(\w+)$/, `-${shortHash(source)}.$1`)}`, source };
}

function engineSite(variant: 'simd' | 'relaxed'): { js: SiteFile; wasm: SiteFile } {
  const folder = engineFolder(variant);
  return {
    js: hashed(join(folder, 'unroll.mjs'), `unroll-${variant}.mjs`),
    wasm: hashed(join(folder, 'unroll.wasm'), `unroll-${variant}.wasm`),
  };
}

/** The frame for code of strangers, and its script. */
function sandboxSite(): { script: SiteFile; page: SiteFile } {
  const folder = join(root, 'web/isolation');
  const script = hashed(join(folder, 'sandbox.js'), 'sandbox.js');
  const html = readFileSync(join(folder, 'sandbox.html'), 'utf8').replace('sandbox.js', basename(script.path));
  const source = Buffer.from(html);
  return { script, page: { path: `assets/sandbox-${shortHash(source)}.html`, source } };
}

/** The packages as they stand in the sources now. */
async function liveTorch(zips: Precompiled): Promise<{ torch: SiteFile; rareNames: string }> {
  const [built, compiled] = [join(root, 'build/generated/torch.zip'), zips.torch].map((path) => readFileSync(path));
  const rare = readFileSync(zips.rareNames, 'utf8').split(' ');
  const { archive, rare: rareNow } = await changedArchive(built, compiled, rare);
  return { torch: { path: `assets/torch-${shortHash(archive)}.zip`, source: archive }, rareNames: rareNow.join(' ') };
}

async function collect() {
  const zips = await precompile();
  return {
    pyodide: pyodideSite(),
    standardLibrary: hashed(zips.standardLibrary, 'python.zip'),
    rareModules: hashed(zips.rareModules, 'python-rare.zip'),
    rareNames: readFileSync(zips.rareNames, 'utf8'),
    engine: { simd: engineSite('simd'), relaxed: engineSite('relaxed') },
    torch: hashed(zips.torch, 'torch.zip'),
    sandbox: sandboxSite(),
    ...(process.env.UNROLL_LIVE && (await liveTorch(zips))),
  };
}

/** Every file in `value`, in any nesting. */
function allFiles(value: unknown): SiteFile[] {
  if (typeof value !== 'object' || value === null) return [];
  return 'source' in value ? [value as SiteFile] : Object.values(value).flatMap(allFiles);
}

/** What travels of each file where its host compresses. In an early build, which writes no compressed copies, all of it. */
async function packedSizes(files: SiteFile[]): Promise<Map<Buffer, number>> {
  const size = async (source: Buffer) =>
    process.env.UNROLL_EARLY ? source.length : (await compressedCopy(source, '.br')).length;
  return new Map(await Promise.all(files.map(async ({ source }) => [source, await size(source)] as const)));
}

/** `value` as JSON with each file's path, its size, and what travels of it, in place of its content. */
const describe = (value: unknown, packed: Map<Buffer, number>) =>
  JSON.stringify(value, (_key, inner) =>
    Buffer.isBuffer(inner?.source)
      ? { path: inner.path, bytes: inner.source.length, packed: packed.get(inner.source) }
      : inner,
  );

let collected: ReturnType<typeof collect> | undefined;

const files = () => {
  collected ??= collect();
  return collected;
};

/** The content of a file of the runtime, by its path in the site, or undefined. */
export const fileAt = async (path: string): Promise<Buffer | undefined> =>
  path.startsWith('assets/') ? allFiles(await files()).find((file) => file.path === path)?.source : undefined;

/** What a file of the runtime is made of has changed. */
export function forgetRuntimeFiles(): void {
  collected = undefined;
}

/**
 * Puts Pyodide, both engine builds and the torch package into the site and tells the page and its worker where they are
 * (`virtual:runtime-files`). With `emit` false it only tells: the worker is a build of its own inside the site's.
 */
export function runtimeFiles({ emit }: { emit: boolean }): Plugin {
  return {
    name: 'unroll-runtime-files',
    resolveId: (id) => (id === moduleId ? `\0${moduleId}` : null),
    async load(id) {
      if (id !== `\0${moduleId}`) return null;
      const all = await files();
      const { pyodide, standardLibrary, rareModules, rareNames, engine, torch, sandbox } = all;
      const sizes = await packedSizes(allFiles(all));
      return `export const pyodideFolder = ${JSON.stringify(pyodide.folder)};
        export const pyodideScript = ${describe(pyodide.script, sizes)};
        export const pyodideFiles = ${describe(pyodide.fetched, sizes)};
        export const standardLibrary = ${describe(standardLibrary, sizes)};
        export const rareModules = ${describe(rareModules, sizes)};
        export const rareNames = ${JSON.stringify(rareNames)};
        export const engineFiles = ${describe(engine, sizes)};
        export const torchArchive = ${describe(torch, sizes)};
        export const sandboxPage = ${describe(sandbox.page, sizes)};`;
    },
    async generateBundle() {
      if (!emit) return;
      for (const { path, source } of allFiles(await files())) {
        this.emitFile({ type: 'asset', fileName: path, source });
      }
    },
  };
}
