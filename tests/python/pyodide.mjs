// A Pyodide in Node with the engine and the torch package in it; what all Python tests run on.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPyodide } from 'pyodide';

import { loadEngine } from '../../wasm-bindings/js/engine.mjs';
import { installTorch } from '../../wasm-bindings/js/python.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** The text of a file of this checkout. */
export const read = (path) => readFile(join(root, path), 'utf8');

/**
 * Starts Python with torch.
 * @param {{variant?: 'simd' | 'relaxed'}} [options]
 * @returns {Promise<{engine: import('../../wasm-bindings/js/engine.mjs').Engine, pyodide: object, run: Function, find: Function}>}
 *   run(code, globals): runs Python and gives its last value; globals are put into its fresh namespace.
 *   find(code): runs Python that puts what it finds into the list `found`, and gives that list
 */
export async function startPython({ variant = 'simd' } = {}) {
  const engine = await loadEngine({ variant });
  const pyodide = await loadPyodide();
  const archive = await readFile(join(root, 'build/generated/torch.zip'));
  installTorch(pyodide, engine, archive);
  const run = (code, globals = {}) => {
    const namespace = pyodide.toPy({ __name__: '__main__', ...globals });
    try {
      return pyodide.runPython(code, { globals: namespace });
    } finally {
      namespace.destroy();
    }
  };
  const find = (code) => JSON.parse(run(`import json, torch\nfound = []\n${code}\njson.dumps(found)`));
  return { engine, pyodide, run, find };
}

/**
 * Runs a program as `python main.py` would, with files beside it, and gives what it printed.
 * @param {{pyodide: object, run: Function}} python what startPython() gave
 * @param {string} code
 * @param {Record<string, string>} [files]
 */
export function runProgram({ pyodide, run }, code, files = {}) {
  for (const [name, text] of Object.entries(files)) pyodide.FS.writeFile(name, text);
  const lines = [];
  pyodide.setStdout({ batched: (line) => lines.push(line) });
  try {
    run(code);
  } finally {
    pyodide.setStdout();
  }
  return lines.join('\n');
}
