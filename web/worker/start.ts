import { engineFiles, pyodideFiles, pyodideFolder, torchArchive } from 'virtual:runtime-files';
import { loadPyodide, type PyodideAPI } from 'pyodide';
import { type Engine, loadEngine } from '../../wasm-bindings/js/engine.mjs';
import { installTorch } from '../../wasm-bindings/js/python.mjs';
import { Downloads } from './downloads';
import type { Keepsake, Progress } from './protocol';

/** The site's folder: worker chunks lie in assets/, one level below it. */
const site = new URL(/* @vite-ignore */ '../', import.meta.url).href;
const address = (path: string) => site + path;

type Report = (progress: Progress) => void;

export interface Started {
  pyodide: PyodideAPI;
  /** What the page keeps for the next start; null where this start came from one. */
  keepsake: Keepsake | null;
}

/** Brings up Python with torch: from what an earlier start left, else from scratch. */
export async function start(kept: Keepsake | null, report: Report): Promise<Started> {
  const modules = new Map(kept?.modules);
  const downloads = new Downloads(modules, (load) =>
    report({ stage: load.loaded < load.total ? 'download' : 'python', ...load }),
  );
  for (const { path, bytes } of [...Object.values(pyodideFiles), torchArchive]) downloads.add(address(path), bytes);
  const release = downloads.intercept();
  try {
    const loading = kept?.snapshot ? restore(kept.snapshot, downloads, report) : scratch(downloads, report);
    const { pyodide, snapshot } = await Promise.race([loading, downloads.failure]);
    return { pyodide, keepsake: kept?.snapshot && !snapshot ? null : { snapshot, modules } };
  } finally {
    release();
  }
}

interface Loaded {
  pyodide: PyodideAPI;
  /** Python's memory, where this start made it. */
  snapshot: Uint8Array | null;
}

/** An ordinary start. Everything that later starts should not do again happens before the snapshot. */
async function scratch(downloads: Downloads, report: Report): Promise<Loaded> {
  const engine = startEngine();
  const archive = downloads.bytes(address(torchArchive.path));
  const python = loadPython({ _makeSnapshot: true });
  void Promise.all([python, archive]).then(() => report({ stage: 'torch', loaded: 1, total: 1 }));
  const pyodide = await python;
  pyodide.unpackArchive(await archive, 'zip', { extractDir: pyodide._api.sitepackages });
  pyodide.runPython('import torch, unroll.runner');
  const snapshot = takeSnapshot(pyodide);
  installTorch(pyodide, await engine, await archive);
  return { pyodide, snapshot };
}

/** A start from an earlier one's memory. Where Pyodide refuses it (its names are private), an ordinary start. */
async function restore(snapshot: Uint8Array, downloads: Downloads, report: Report): Promise<Loaded> {
  try {
    const [pyodide, engine, archive] = await Promise.all([
      loadPython({ _loadSnapshot: snapshot }),
      startEngine(),
      downloads.bytes(address(torchArchive.path)),
    ]);
    // Memory comes back, files do not.
    installTorch(pyodide, engine, archive);
    pyodide.runPython('import unroll.runner; unroll.runner.after_restore()');
    return { pyodide, snapshot: null };
  } catch {
    return scratch(downloads, report);
  }
}

function loadPython(snapshot: { _makeSnapshot: true } | { _loadSnapshot: Uint8Array }): Promise<PyodideAPI> {
  return loadPyodide({ indexURL: address(pyodideFolder), ...snapshot });
}

function startEngine(): Promise<Engine> {
  const urls = (variant: 'simd' | 'relaxed') => ({
    js: address(engineFiles[variant].js.path),
    wasm: address(engineFiles[variant].wasm.path),
  });
  return loadEngine({ urls: { simd: urls('simd'), relaxed: urls('relaxed') } });
}

function takeSnapshot(pyodide: PyodideAPI): Uint8Array | null {
  try {
    return pyodide.makeMemorySnapshot();
  } catch (error) {
    console.info('Unroll: no memory snapshot, Stop will take longer.', error);
    return null;
  }
}
