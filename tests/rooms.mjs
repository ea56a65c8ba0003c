/**
 * Which room may know of which: the includes of C++ and the imports of web/, types too. npm run lint refuses what runs up from one room to
 * another, and any circle of includes. CONTRIBUTING says what lives in each room.
 */
import { circlesIn, includeGraph, scriptGraph } from './circles.mjs';

/** What a kernel may know of the public headers: memory and its types, but no op and no graph. */
const memory = ['dtype', 'error', 'half', 'sizes', 'tensor'].map((name) => `core/include/unroll/${name}.h`);
/** The ops are called by their public headers only; core/src/ops is their inside. */
const publicHeaders = ['core/include'];
const aboveKernels = [...publicHeaders, 'core/src/kernels', 'core/src/tensor'];

const core = {
  'core/include': [],
  'core/src/kernels': memory,
  'core/src/tensor': aboveKernels,
  'core/src/autograd': aboveKernels,
  'core/src/optim': aboveKernels,
  'core/src/rnn': aboveKernels,
  'core/src/ops': aboveKernels,
  'core/src/nn': publicHeaders,
  'core/src/io': publicHeaders,
  'core/src': publicHeaders,
  'core/example': publicHeaders,
  'wasm-bindings/table': publicHeaders,
};

/** Rooms of web/ that a panel is made of. */
const page = [
  'web/console',
  'web/editor',
  'web/plots',
  'web/protocol',
  'web/runtime',
  'web/share',
  'web/storage',
  'web/ui',
];
const panel = ['web/panel', 'web/panel/styles', 'web/panel/unroll-panel.ts'];

const web = {
  'web/protocol': [],
  'web/storage': [],
  'web/loading': ['web/protocol'],
  'web/ui': ['web/protocol'],
  // What runs in a worker never touches the page.
  'web/worker': ['web/protocol', 'web/loading', 'web/storage', 'wasm-bindings/js', 'build/generated'],
  'web/isolation': ['web/protocol', 'web/loading', 'web/storage', 'web/runtime', 'wasm-bindings/js'],
  'web/runtime': ['web/protocol', 'web/storage', 'web/isolation'],
  'web/plots': ['web/protocol', 'web/ui'],
  'web/console': ['web/protocol', 'web/ui', 'web/plots'],
  'web/editor': ['web/protocol', 'build/generated'],
  'web/share': ['web/protocol', 'web/runtime', 'web/plots', 'web/ui', ...panel],
  'web/panel': [...page, ...panel, 'web/panel/features'],
  'web/panel/styles': ['web/panel', 'web/plots'],
  // A feature sees the interface of its panel, host.ts, and not the class.
  'web/panel/features': [...page, 'web/embed', 'web/panel', 'web/panel/styles'],
  'web/panel/unroll-panel.ts': [...page, ...panel, 'web/panel/features'],
  'web/embed': ['web/protocol', 'web/ui', 'web/runtime', 'web/share', ...panel, 'web/panel/features'],
  'web/playground': ['web/protocol', 'web/ui', 'web/share', 'web/offline', 'wasm-bindings/js', ...panel],
  'web/offline': ['web/loading', 'wasm-bindings/js', 'wasm-bindings/setup'],
  'web/bench': ['web/protocol', 'web/plots', 'web/runtime', 'web/ui', 'wasm-bindings/js'],
  // deep-calls.ts writes WebAssembly as the worker does.
  web: ['web/offline', 'web/worker', 'wasm-bindings/setup', 'wasm-bindings/generate'],
};

/** The rooms, and what their files may know of beside files of their own room: rooms, or single files. */
const rooms = { ...core, 'tests/core': Object.keys(core), ...web };

const inside = (path, folder) => path === folder || path.startsWith(`${folder}/`);
const names = [
  ...Object.keys(rooms),
  'build/generated',
  'wasm-bindings/generate',
  'wasm-bindings/js',
  'wasm-bindings/setup',
];
/** The most exact room that a file is in. */
const roomOf = (path) => names.filter((room) => inside(path, room)).sort((a, b) => b.length - a.length)[0];

/**
 * What is wrong with these includes or imports, a line each.
 * @param {Map<string, string[]>} graph path → the paths that it names
 */
export function faultsOf(graph) {
  const faults = [];
  for (const [path, targets] of graph) {
    const room = roomOf(path);
    if (!rooms[room]) faults.push(`${path} is in no room of tests/rooms.mjs`);
    else
      for (const target of targets)
        if (roomOf(target) !== room && ![target, roomOf(target)].some((one) => rooms[room].includes(one)))
          faults.push(`${path} needs ${target}: ${room} may not know of it`);
  }
  return faults;
}

/** The imports of web/, with those for types, but not the lessons' programs. */
export const webGraph = () =>
  new Map([...scriptGraph({ types: true })].filter(([path]) => /^web\/(?!lessons\/|examples\/)/.test(path)));

/** The same for the includes of C++, which may have no circle. */
export const includeFaults = (graph) => [
  ...circlesIn(graph).map((circle) => `a circle of includes: ${circle.join(', ')}`),
  ...faultsOf(graph),
];

/** Complaints about the checkout, for npm run lint. */
export const roomFaults = () => [...includeFaults(includeGraph()), ...faultsOf(webGraph())].join('\n');
