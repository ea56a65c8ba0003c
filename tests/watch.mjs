/** npm test -- … --watch: runs again after each change of the sources. */
import { watch } from 'node:fs';
import { join } from 'node:path';
import { root } from '../wasm-bindings/setup/places.mjs';

const rooms = ['core', 'wasm-bindings', 'web', 'tests', 'docs'];
/** A save of several files is one change. */
const pause = 200;

/** Never returns: Ctrl+C ends it. @param {() => Promise<void>} run */
export async function afterEachChange(run) {
  let changed = () => {};
  for (const room of rooms)
    watch(join(root, room), { recursive: true }, (_event, path) => {
      if (!path?.includes('__pycache__')) changed();
    });
  for (;;) {
    console.log('Watching for changes …');
    await new Promise((resolve) => (changed = () => resolve(undefined)));
    await new Promise((resolve) => setTimeout(resolve, pause));
    await run();
  }
}
