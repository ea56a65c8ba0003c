// Writes everything that follows from the op table, and packs the Python package:
//   build/generated/python/torch/_ops.py (+ .pyi), build/generated/table.json, build/generated/torch.zip,
//   build/generated/js (help.json: 16 KB compressed, the editor loads it with the first dot), and the npm package in build/npm
// Runs in Node after the WASM build: node wasm-bindings/generate.mjs
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { jsActivationFunctions, jsActivationLayers, pythonActivations } from './generate/activations.mjs';
import { jsFunctions, jsMethods } from './generate/js-functions.mjs';
import { jsHelp } from './generate/js-help.mjs';
import { jsOps } from './generate/js-ops.mjs';
import { jsPackage } from './generate/js-package.mjs';
import { pythonOps } from './generate/python-ops.mjs';
import { pythonPlaces } from './generate/python-places.mjs';
import { pythonStubs } from './generate/python-stubs.mjs';
import { torchArchive } from './generate/torch-archive.mjs';
import { loadEngine } from './js/engine.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const generated = join(root, 'build/generated');

/** Writes a file where its content is new, so that nothing downstream is rebuilt in vain. */
async function put(path, content) {
  const bytes = Buffer.from(content);
  const old = await readFile(path).catch(() => null);
  if (old?.equals(bytes)) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}

const engine = await loadEngine({ variant: 'simd' });
const table = engine.table();
engine.call(engine.op('recurrent_cells'));
const cells = JSON.parse(engine.text());
await put(join(generated, 'table.json'), `${JSON.stringify(table, null, 1)}\n`);
await put(join(generated, 'python/torch/_ops.py'), pythonOps(table, cells));
await put(join(generated, 'python/torch/_ops.pyi'), pythonStubs(table));
await put(join(generated, 'python/torch/nn/_places.py'), await pythonPlaces(join(root, 'wasm-bindings/python/torch')));
await put(join(generated, 'python/torch/nn/_activation_table.py'), pythonActivations(table));
await put(join(generated, 'js/ops.ts'), jsOps(table, cells));
await put(join(generated, 'js/functions.ts'), jsFunctions(table));
await put(join(generated, 'js/functional.ts'), jsFunctions(table, 'functional'));
await put(join(generated, 'js/linalg.ts'), jsFunctions(table, 'linalg'));
await put(join(generated, 'js/tensor-methods.ts'), jsMethods(table));
await put(join(generated, 'js/activation-functions.ts'), jsActivationFunctions(table));
await put(join(generated, 'js/activation-layers.ts'), jsActivationLayers(table));

const archive = await torchArchive();
await put(join(generated, 'torch.zip'), archive);
await jsPackage();
await put(join(generated, 'js/help.json'), JSON.stringify(await jsHelp(join(root, 'build/npm'))));
console.log(`op table: ${table.length} rows; torch.zip: ${archive.length} bytes`);
