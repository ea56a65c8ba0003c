/** Checks that read Python files with Python's own parser. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPyodide } from 'pyodide';
import { root } from '../wasm-bindings/setup/places.mjs';

let python;

/**
 * A function of a Python file, to be called from here; all share one Pyodide.
 * @param {string} path the file, relative to the checkout
 * @param {string} name
 */
export async function pythonFunction(path, name) {
  python ??= loadPyodide();
  const pyodide = await python;
  const namespace = pyodide.toPy({});
  pyodide.runPython(readFileSync(join(root, path), 'utf8'), { globals: namespace });
  return namespace.get(name);
}
