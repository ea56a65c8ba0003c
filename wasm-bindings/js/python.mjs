// Puts the torch package into a Pyodide.
import { connectFastCall } from './fast-call.mjs';

/**
 * Connects the engine and unpacks the package, so that `import torch` works.
 * @param {import('pyodide').PyodideAPI} pyodide what loadPyodide() gave
 * @param {import('./engine.mjs').Engine} engine
 * @param {ArrayBuffer | Uint8Array} [archive] build/generated/torch.zip; leave it out where the interpreter has the package already
 */
export function installTorch(pyodide, engine, archive) {
  connectEngine(pyodide, engine);
  if (!archive) return;
  const site = pyodide.runPython('import site; site.getsitepackages()[0]');
  // A copy: Pyodide does not take a Node Buffer.
  pyodide.unpackArchive(new Uint8Array(archive), 'zip', { extractDir: site });
  pyodide.runPython('import importlib; importlib.invalidate_caches()');
}

/**
 * Registers the module `_unroll_engine` that the package imports. Once more after a memory snapshot was loaded, with
 * torch._C.bind() behind it.
 */
export function connectEngine(pyodide, engine) {
  pyodide.registerJsModule('_unroll_engine', {
    call: engine.call,
    result: engine.result,
    text: engine.text,
    error: () => JSON.stringify(engine.error()),
    shape: engine.shape,
    strides: engine.strides,
    dtype: engine.dtype,
    item: engine.item,
    grad_fn_name: (handle) => {
      const found = engine.call(engine.op('grad_fn_name'), handle);
      return found === undefined ? undefined : engine.text();
    },
    to_array: engine.toTyped,
    from_array: engine.fromTyped,
    bytes_of: engine.toBytes,
    // A bytes-like object arrives as a proxy, which lends its memory.
    made_of_bytes: (dtype, data, ...shape) => {
      const buffer = data.getBuffer('u8');
      try {
        return engine.fromBytes(dtype, buffer.data, ...shape);
      } finally {
        buffer.release();
      }
    },
    // Copies, because Python's functions are lent for the time of a call.
    connect_outside: (call, release) => engine.connectOutside(call.copy(), release.copy()),
    live: engine.live,
    memory_bytes: () => engine.memoryBytes(),
    table: () => JSON.stringify(engine.table()),
  });
  connectFastCall(pyodide, engine);
}
