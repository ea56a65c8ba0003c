import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPyodide } from 'pyodide';
import { root } from '../wasm-bindings/setup/places.mjs';

const own = join(root, 'web/precompile.ts');
const script = join(root, 'web/precompile.py');
const standardLibrary = join(root, 'node_modules/pyodide/python_stdlib.zip');
const torch = join(root, 'build/generated/torch.zip');
const folder = join(root, 'build/precompiled');

/** Paths of zips: the standard library, our packages, and what is rare of both, with bytecode of what a start loads. */
export interface Precompiled {
  standardLibrary: string;
  /** What programs seldom import. */
  rareModules: string;
  torch: string;
  /** A text file with the names of the rare modules, apart by spaces. */
  rareNames: string;
}

/**
 * Compiles what a start imports, which halves the time of a start and more: without it Python compiles 200 modules on
 * the reader's machine. Takes some seconds in Pyodide itself, once for the same input.
 */
export async function precompile(): Promise<Precompiled> {
  const hash = createHash('sha256');
  for (const input of [own, script, standardLibrary, torch]) hash.update(readFileSync(input));
  const key = hash.digest('hex').slice(0, 16);
  const made = {
    standardLibrary: join(folder, `python-${key}.zip`),
    rareModules: join(folder, `python-rare-${key}.zip`),
    torch: join(folder, `torch-${key}.zip`),
    rareNames: join(folder, `rare-names-${key}.txt`),
  };
  if (Object.values(made).every(existsSync)) return made;

  const pyodide = await loadPyodide();
  pyodide.FS.writeFile('/lib/torch.zip', readFileSync(torch));
  pyodide.runPython(`import sys; sys.path.append("/lib/torch.zip"); import unroll.runner; unroll.runner.settle()`);
  pyodide.runPython(readFileSync(script, 'utf8'));
  const names = [
    pyodide.runPython('split_standard_library("/lib/python314.zip", "/tmp/python.zip", "/tmp/python-rare.zip")'),
    pyodide.runPython('split_own_packages("/lib/torch.zip", "/tmp/torch.zip", "/tmp/python-rare.zip")'),
  ].join(' ');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(made.standardLibrary, pyodide.FS.readFile('/tmp/python.zip'));
  writeFileSync(made.rareModules, pyodide.FS.readFile('/tmp/python-rare.zip'));
  writeFileSync(made.torch, pyodide.FS.readFile('/tmp/torch.zip'));
  writeFileSync(made.rareNames, names);
  return made;
}
