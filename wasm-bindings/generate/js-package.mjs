// build/npm: the npm package `unroll`, one module with both engine builds beside it, and its types.
import { execFile } from 'node:child_process';
import { copyFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';

import { engineFolder, root, wasmVariants } from '../setup/places.mjs';

const folder = join(root, 'build/npm');
const source = join(root, 'wasm-bindings/js');

/** What in Emscripten's module is for other ways of starting it; bundlers would look for files by it. */
const unused = [
  ['new URL("unroll.wasm",import.meta.url).href', '"unroll.wasm"'],
  [
    'typeof process=="object"&&typeof process.versions=="object"&&typeof process.versions.node=="string"&&process.type!="renderer"',
    'false',
  ],
  ['await import("module")', '{}'],
];

/** Takes them out. Throws where another Emscripten writes them in another way. */
const withoutUnused = {
  name: 'unroll-engine-script',
  transform(code, id) {
    if (!id.endsWith('wasm-bindings/unroll.mjs')) return null;
    for (const [text] of unused)
      if (!code.includes(text)) throw new Error(`generate: unroll.mjs no longer holds ${text}`);
    return unused.reduce((made, [text, other]) => made.replace(text, other), code);
  },
};

async function bundle(name, entry) {
  await build({
    configFile: false,
    root: source,
    logLevel: 'error',
    publicDir: false,
    plugins: [withoutUnused],
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'es2022',
      minify: false,
      lib: { entry: { [name]: join(source, entry) }, formats: ['es'] },
      rolldownOptions: { checks: { pluginTimings: false } },
    },
  });
}

/** Vite writes the addresses of files that are not there yet so that other bundlers no longer see them. */
async function plainAddresses() {
  const path = join(folder, 'unroll.js');
  const text = await readFile(path, 'utf8');
  const plain = text.replaceAll('.wasm", "" + import.meta.url)', '.wasm", import.meta.url)');
  if (plain.split('.wasm", import.meta.url)').length !== 3)
    throw new Error('generate: unroll.js names no engine builds');
  await writeFile(path, plain);
}

async function types() {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  try {
    await promisify(execFile)(process.execPath, [compiler, '-p', join(source, 'tsconfig.json')]);
  } catch (error) {
    throw new Error(`generate: the types of the npm package\n${error.stdout}`);
  }
}

async function manifest() {
  const { version, description, license, engines } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const typed = './types/wasm-bindings/js';
  return {
    name: 'unroll',
    version,
    description,
    license,
    type: 'module',
    engines,
    exports: {
      '.': { types: `${typed}/torch/torch.d.ts`, default: './unroll.js' },
      './page': { types: `${typed}/page.d.ts`, default: './page.js' },
      './package.json': './package.json',
    },
    types: `${typed}/torch/torch.d.ts`,
    // Importing it starts the engine.
    sideEffects: true,
    keywords: ['rnn', 'lstm', 'gru', 'neural network', 'pytorch', 'webassembly', 'autograd'],
  };
}

/** Writes the package anew; `npm pack build/npm` makes its tarball. */
export async function jsPackage() {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await Promise.all([bundle('unroll', 'torch/index.ts'), bundle('page', 'page.ts'), types()]);
  await plainAddresses();
  for (const variant of wasmVariants)
    await copyFile(join(engineFolder(variant), 'unroll.wasm'), join(folder, `unroll-${variant}.wasm`));
  await copyFile(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  await cp(join(root, 'docs/javascript.md'), join(folder, 'README.md')).catch(() => {});
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(await manifest(), null, 2)}\n`);
}
