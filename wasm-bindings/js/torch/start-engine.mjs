// Starts the engine of the npm package: the WebAssembly builds lie beside the package's own file.
import createModule from '../../../build/wasm-simd/wasm-bindings/unroll.mjs';
import { Engine, pickVariant } from '../engine.mjs';
import { connect } from './core.ts';
import { defaultGenerator } from './random.ts';

// Written out, because bundlers look for these words to take the files along.
const builds = {
  simd: () => new URL('./unroll-simd.wasm', import.meta.url),
  relaxed: () => new URL('./unroll-relaxed.wasm', import.meta.url),
};

async function compile(url) {
  if (url.protocol === 'file:') {
    const { readFile } = await import(/* @vite-ignore */ /* webpackIgnore: true */ ['node:fs', 'promises'].join('/'));
    return WebAssembly.compile(await readFile(url));
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`Unroll's engine could not be loaded: ${url} answered ${response.status}.`);
  const streams = response.headers.get('content-type')?.startsWith('application/wasm');
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** Brings up the engine that fits this machine. */
export async function startEngine() {
  const variant = await pickVariant();
  const compiled = await compile(builds[variant]());
  const instantiateWasm = (imports, receive) => {
    WebAssembly.instantiate(compiled, imports).then((instance) => receive(instance, compiled));
    return {};
  };
  connect(new Engine(await createModule({ instantiateWasm }), variant));
  defaultGenerator.seed();
}
