import {
  engineFiles,
  pyodideFolder,
  pyodideScript,
  rareModules,
  standardLibrary,
  torchArchive,
} from 'virtual:runtime-files';
import { loadPyodide, type PyodideAPI } from 'pyodide';
import { type Engine, loadEngine, pickVariant } from '../../wasm-bindings/js/engine.mjs';
import { connectEngine } from '../../wasm-bindings/js/python.mjs';
import { nameTypes } from '../../wasm-bindings/js/type-names.mjs';
import { Downloads } from '../loading/downloads';
import { fetchedFiles, preparation, snapshotVersion, torchPath } from '../loading/site-files';
import type { KeptFiles } from '../protocol/kept-files';
import type { Keepsake, PackageReport, PackageRequest, Progress, Variant } from '../protocol/messages';
import { findSnapshot, forgetSnapshot, type StoredSnapshot } from '../storage/snapshot-store';
import { withGuardedWaits } from './guarded-waits';
import { indexOptions, installPackages, type PackagePlan, planPackages } from './packages';
import { offerRareModules } from './rare-modules';

type Report = (progress: Progress) => void;

interface Request {
  /** Address of the site's folder. */
  site: string;
  variant: Variant | null;
  /** What an earlier start left. */
  keepsake: Keepsake | null;
  packages: PackageRequest | null;
}

export interface Started {
  pyodide: PyodideAPI;
  engine: Engine;
  /** What the page keeps for the next start; null where it has it already. */
  keepsake: Keepsake | null;
  /** What became of the real packages that were asked for. */
  packages: PackageReport | null;
}

/** Brings up Python with torch, and real packages: from what an earlier start or visit left, else from scratch. */
export async function start({ site, keepsake: kept, packages, ...asked }: Request, report: Report): Promise<Started> {
  const address = (path: string) => site + path;
  const files: KeptFiles = new Map(kept?.files);
  const stored = kept ? Promise.resolve(null) : findSnapshot(snapshotVersion);
  const downloads = new Downloads(
    files,
    (load) => report({ stage: load.loaded < load.total ? 'download' : 'python', ...load }),
    // Who was here before has the files in the browser's cache.
    { inSteps: stored.then((found) => found === null) },
  );
  const variant = asked.variant ?? (await pickVariant());
  for (const file of fetchedFiles(variant)) downloads.add(address(file.path), file);
  const release = downloads.intercept();
  const python = downloads.script(address(pyodideScript.path));
  python.catch(() => {});
  const parts: Parts = {
    address,
    downloads,
    report,
    python,
    engine: startEngine(variant, downloads, address),
    torch: downloads.bytes(address(torchArchive.path)),
    plan:
      packages && (await planPackages(packages, () => downloads.bytes(address(`${pyodideFolder}pyodide-lock.json`)))),
  };
  try {
    const { pyodide, snapshot, isNew } = await Promise.race([load(kept, await stored, parts), downloads.failure]);
    const engine = await parts.engine;
    connectEngine(pyodide, engine);
    nameTypes(pyodide);
    const rare = address(rareModules.path);
    offerRareModules(pyodide, rare, kept?.files.get(rare));
    const isMore = isNew || [...files].some(([url, file]) => kept?.files.get(url) !== file);
    const keepsake = isMore ? { snapshot, files, version: isNew ? snapshotVersion : null } : null;
    release();
    return { pyodide, engine, keepsake, packages: parts.plan && (await install(pyodide, parts.plan, report, files)) };
  } catch (error) {
    // What was stored may be the reason.
    if (!downloads.failed) await forgetSnapshot();
    throw error;
  } finally {
    release();
  }
}

/** Real packages go before the small ones, of which nothing may be loaded. */
async function install(
  pyodide: PyodideAPI,
  plan: PackagePlan,
  report: Report,
  files: KeptFiles,
): Promise<PackageReport> {
  const done = await installPackages(pyodide, plan, report, files);
  pyodide.runPython('import unroll.imports; unroll.imports.forget_small_ones()');
  return done;
}

interface Parts {
  /** Of a file in the site. */
  address: (path: string) => string;
  /** Pyodide's own script. */
  python: Promise<{ default: NonNullable<Parameters<typeof loadPyodide>[0]>['createPyodideModule'] }>;
  downloads: Downloads;
  report: Report;
  engine: Promise<Engine>;
  torch: Promise<Uint8Array>;
  plan: PackagePlan | null;
}

interface Loaded {
  pyodide: PyodideAPI;
  /** Python's memory after the start; null where Pyodide would not make one. */
  snapshot: Uint8Array<ArrayBuffer> | null;
  /** Whether this start has made it. */
  isNew: boolean;
}

async function load(kept: Keepsake | null, stored: StoredSnapshot | null, parts: Parts): Promise<Loaded> {
  const snapshot = kept?.snapshot ?? (await stored?.read());
  return snapshot ? restore(snapshot, parts) : scratch(parts);
}

/** An ordinary start. */
async function scratch(parts: Parts): Promise<Loaded> {
  const { torch, report } = parts;
  const pyodide = await loadPython(parts, { _makeSnapshot: true });
  pyodide.FS.writeFile(torchPath, await torch);
  report({ stage: 'torch', loaded: 1, total: 1 });
  pyodide.runPython(preparation);
  const snapshot = takeSnapshot(pyodide);
  return { pyodide, snapshot, isNew: snapshot !== null };
}

/** A start from an earlier one's memory. Where that fails (Pyodide's names for it are private), an ordinary start. */
async function restore(snapshot: Uint8Array<ArrayBuffer>, parts: Parts): Promise<Loaded> {
  try {
    const pyodide = await loadPython(parts, { _loadSnapshot: snapshot });
    // Memory comes back, files do not.
    pyodide.FS.writeFile(torchPath, await parts.torch);
    return { pyodide, snapshot, isNew: false };
  } catch {
    // Then it is not the snapshot's fault.
    if (parts.downloads.failed) return parts.downloads.failure;
    await forgetSnapshot();
    return scratch(parts);
  }
}

async function loadPython(
  { address, python, plan }: Parts,
  snapshot: { _makeSnapshot: true } | { _loadSnapshot: Uint8Array },
): Promise<PyodideAPI> {
  const places = { indexURL: address(pyodideFolder), stdLibURL: address(standardLibrary.path) };
  const createPyodideModule = (await python).default;
  const options = { ...places, createPyodideModule, ...(plan && indexOptions(plan)), ...snapshot };
  return withGuardedWaits(() => loadPyodide(options));
}

function startEngine(variant: Variant, downloads: Downloads, address: Parts['address']): Promise<Engine> {
  const { js, wasm } = engineFiles[variant];
  return loadEngine({
    variant,
    load: async () => (await downloads.script(address(js.path))).default,
    module: { locateFile: () => address(wasm.path) },
  });
}

function takeSnapshot(pyodide: PyodideAPI): Uint8Array<ArrayBuffer> | null {
  try {
    return pyodide.makeMemorySnapshot() as Uint8Array<ArrayBuffer>;
  } catch (error) {
    console.info('Unroll: no memory snapshot, Stop will take longer.', error);
    return null;
  }
}
