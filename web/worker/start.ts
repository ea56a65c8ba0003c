import {
  engineFiles,
  pyodideFiles,
  pyodideFolder,
  pyodideScript,
  rareModules,
  rareNames,
  standardLibrary,
  torchArchive,
} from 'virtual:runtime-files';
import { loadPyodide, type PyodideAPI } from 'pyodide';
import { type Engine, loadEngine, pickVariant } from '../../wasm-bindings/js/engine.mjs';
import { connectEngine } from '../../wasm-bindings/js/python.mjs';
import { Downloads, type KeptFiles } from './downloads';
import { indexOptions, installPackages, type PackagePlan, planPackages } from './packages';
import type { Keepsake, PackageReport, PackageRequest, Progress, Variant } from './protocol';
import { offerRareModules } from './rare-modules';
import { findSnapshot, forgetSnapshot, type StoredSnapshot } from './snapshot-store';

/** The site's folder: worker chunks lie in assets/, one level below it. */
const site = new URL(/* @vite-ignore */ '../', import.meta.url).href;
const address = (path: string) => site + path;

type Report = (progress: Progress) => void;

interface Request {
  variant: Variant | null;
  /** What an earlier start left. */
  keepsake: Keepsake | null;
  packages: PackageRequest | null;
}

export interface Started {
  pyodide: PyodideAPI;
  /** What the page keeps for the next start; null where it has it already. */
  keepsake: Keepsake | null;
  /** What became of the real packages that were asked for. */
  packages: PackageReport | null;
}

/** The list of the packages that there are for this Pyodide. */
const ownList = address(`${pyodideFolder}pyodide-lock.json`);

/** Where the torch package lies in Python's file system. Python imports from it as it is. */
const torchPath = '/lib/torch.zip';

/** What every later start should not do again: it happens before the snapshot. */
const preparation = `import sys; sys.path.append(${JSON.stringify(torchPath)})
import unroll.rare_modules, unroll.runner
unroll.rare_modules.install(${JSON.stringify(rareNames)}.split())
unroll.runner.settle()`;

/** What a snapshot has to fit. Other browsers may give Pyodide other ways to do the same. */
const snapshotVersion = [pyodideFolder, standardLibrary.path, torchArchive.path, preparation, navigator.userAgent].join(
  ' ',
);

/** Brings up Python with torch, and real packages: from what an earlier start or visit left, else from scratch. */
export async function start({ keepsake: kept, packages, ...asked }: Request, report: Report): Promise<Started> {
  const files: KeptFiles = new Map(kept?.files);
  const stored = kept ? Promise.resolve(null) : findSnapshot(snapshotVersion);
  const downloads = new Downloads(
    files,
    (load) => report({ stage: load.loaded < load.total ? 'download' : 'python', ...load }),
    // Who was here before has the files in the browser's cache.
    { inSteps: stored.then((found) => found === null) },
  );
  const variant = asked.variant ?? (await pickVariant());
  const engineFile = engineFiles[variant].wasm;
  for (const { path, bytes } of [...pyodideFiles, standardLibrary, torchArchive, engineFile])
    downloads.add(address(path), bytes);
  // Pyodide imports it later on.
  downloads.script(address(pyodideScript.path)).catch(() => {});
  const release = downloads.intercept();
  const parts: Parts = {
    downloads,
    report,
    engine: startEngine(variant, downloads),
    torch: downloads.bytes(address(torchArchive.path)),
    plan: packages && (await planPackages(packages, () => downloads.bytes(ownList))),
  };
  try {
    const { pyodide, snapshot, isNew } = await Promise.race([load(kept, await stored, parts), downloads.failure]);
    connectEngine(pyodide, await parts.engine);
    offerRareModules(pyodide, address(rareModules.path));
    const keepsake = kept && !isNew ? null : { snapshot, files, version: isNew ? snapshotVersion : null };
    release();
    return { pyodide, keepsake, packages: parts.plan && (await install(pyodide, parts.plan, report)) };
  } catch (error) {
    // What was stored may be the reason.
    if (!downloads.failed) await forgetSnapshot();
    throw error;
  } finally {
    release();
  }
}

/** Real packages go before the small ones, of which nothing may be loaded. */
async function install(pyodide: PyodideAPI, plan: PackagePlan, report: Report): Promise<PackageReport> {
  const done = await installPackages(pyodide, plan, report);
  pyodide.runPython('import unroll.imports; unroll.imports.forget_small_ones()');
  return done;
}

interface Parts {
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
async function scratch({ torch, plan, report }: Parts): Promise<Loaded> {
  const pyodide = await loadPython(plan, { _makeSnapshot: true });
  pyodide.FS.writeFile(torchPath, await torch);
  report({ stage: 'torch', loaded: 1, total: 1 });
  pyodide.runPython(preparation);
  const snapshot = takeSnapshot(pyodide);
  return { pyodide, snapshot, isNew: snapshot !== null };
}

/** A start from an earlier one's memory. Where that fails (Pyodide's names for it are private), an ordinary start. */
async function restore(snapshot: Uint8Array<ArrayBuffer>, parts: Parts): Promise<Loaded> {
  try {
    const pyodide = await loadPython(parts.plan, { _loadSnapshot: snapshot });
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

function loadPython(
  plan: PackagePlan | null,
  snapshot: { _makeSnapshot: true } | { _loadSnapshot: Uint8Array },
): Promise<PyodideAPI> {
  const places = { indexURL: address(pyodideFolder), stdLibURL: address(standardLibrary.path) };
  return loadPyodide({ ...places, ...(plan && indexOptions(plan)), ...snapshot });
}

function startEngine(variant: Variant, downloads: Downloads): Promise<Engine> {
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
