/** Which C++ file may include which. npm run lint refuses an include that runs up from one room to another, and any circle. */
import { circlesIn, includeGraph } from './circles.mjs';

/** What a kernel may know of the public headers: memory and its types, but no op and no graph. */
const memory = ['dtype', 'error', 'half', 'sizes', 'tensor'].map((name) => `core/include/unroll/${name}.h`);
/** The ops are called by their public headers only; core/src/ops is their inside. */
const publicHeaders = ['core/include'];

/** The rooms, and what their files may include beside files of their own room. A path starts with one of these texts. */
const rooms = {
  'core/include': [],
  'core/src/kernels': memory,
  'core/src/tensor': [...publicHeaders, 'core/src/kernels'],
  'core/src/autograd': [...publicHeaders, 'core/src/kernels', 'core/src/tensor'],
  'core/src/optim': [...publicHeaders, 'core/src/kernels', 'core/src/tensor'],
  'core/src/rnn': [...publicHeaders, 'core/src/kernels', 'core/src/tensor'],
  'core/src/ops': [...publicHeaders, 'core/src/kernels', 'core/src/tensor'],
  'core/src/nn': publicHeaders,
  'core/src/io': publicHeaders,
  'core/src': publicHeaders,
  'core/example': publicHeaders,
  'wasm-bindings/table': publicHeaders,
  'tests/core': ['core', 'wasm-bindings/table'],
};

const inside = (path, folder) => path === folder || path.startsWith(`${folder}/`);
/** The most exact room that a file is in. */
const roomOf = (path) =>
  Object.keys(rooms)
    .filter((room) => inside(path, room))
    .sort((a, b) => b.length - a.length)[0];

/**
 * What is wrong with these includes, a line each.
 * @param {Map<string, string[]>} graph path → the paths that it includes
 */
export function faultsOf(graph) {
  const faults = circlesIn(graph).map((circle) => `a circle of includes: ${circle.join(', ')}`);
  for (const [path, targets] of graph) {
    const room = roomOf(path);
    if (!room) faults.push(`${path} is in no room of tests/includes.mjs`);
    else
      for (const target of targets)
        if (roomOf(target) !== room && !rooms[room].some((allowed) => inside(target, allowed)))
          faults.push(`${path} includes ${target}: ${room} may not know of it`);
  }
  return faults;
}

/** Complaints about the checkout, for npm run lint. */
export const includeFaults = () => faultsOf(includeGraph()).join('\n');
