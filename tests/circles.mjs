/**
 * Circles of imports: files of one language of which each needs all the others. node tests/circles.mjs prints them, npm run lint
 * refuses those of more than 5 files. What import_module() is given is not seen.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'es-module-lexer';
import { root } from '../wasm-bindings/setup/places.mjs';
import { main } from '../wasm-bindings/setup/steps.mjs';
import { filesIn } from './files.mjs';
import { pythonFunction } from './python-reader.mjs';

/** How many files a circle may have. */
const most = 5;

/** @typedef {Map<string, string[]>} Graph the files that each file imports */

/** @type {Record<string, () => Graph | Promise<Graph>>} */
const graphs = { Python: pythonGraph, 'JavaScript and TypeScript': scriptGraph, 'C++': includeGraph };

const read = (path) => readFileSync(join(root, path), 'utf8');

/** A folder that the build writes: without it imports of its files would be left out in silence. */
function built(folder) {
  if (!existsSync(join(root, folder))) throw new Error(`${folder} is not there: npm run build writes it`);
  return folder;
}

const edges = (path, targets) => [...new Set(targets)].filter((target) => target && target !== path);

/** Imports anywhere in a file, in functions too. `import a.b` counts for a.b: an __init__ is needed where a name is taken from it. */
async function pythonGraph() {
  const modules = new Map();
  for (const folder of ['wasm-bindings/python', built('build/generated/python')]) {
    for (const path of filesIn([folder], ['.py'])) {
      const name = path.slice(folder.length + 1, -'.py'.length).replaceAll('/', '.');
      modules.set(name.replace(/\.__init__$/, ''), path);
    }
  }
  const imports = await pythonFunction('tests/circles.py', 'imports');
  const graph = new Map();
  for (const [name, path] of modules) {
    const pairs = imports(read(path), name, path.endsWith('/__init__.py')).toJs();
    // `from a import b` is the module a.b, or a name in the module a.
    const targets = pairs.map(([module, member]) => modules.get(`${module}.${member}`) ?? modules.get(module));
    graph.set(path, edges(path, targets));
  }
  return graph;
}

/**
 * Imports by value, `import()` too. Addresses (`?worker&url`) and texts (`?raw`) are left out.
 * @param {{types?: boolean}} [options] types: also what only types need
 */
export function scriptGraph({ types = false } = {}) {
  const folders = ['wasm-bindings', built('build/generated/js'), 'web', 'tests'];
  const files = filesIn(folders, ['.ts', '.mjs', '.js']).filter((path) => !path.startsWith('web/lessons/'));
  const known = new Set(files);
  const fileOf = (path, specifier) => {
    const target = join(dirname(path), specifier);
    return [target, `${target}.ts`, `${target}/index.ts`].find((candidate) => known.has(candidate));
  };
  /** @param {any} found an import; those that are values have what the parser's own types leave out */
  const isNeeded = ({ specifier, typeOnly, probablyTypeOnly }) =>
    specifier?.startsWith('.') && (types || (!typeOnly && !probablyTypeOnly));
  return new Map(
    files.map((path) => {
      const [imports] = parse(read(path), path);
      const targets = imports.filter(isNeeded).map(({ specifier }) => fileOf(path, specifier));
      return [path, edges(path, targets)];
    }),
  );
}

/** Includes of files of the engine, its bindings and its tests. */
export function includeGraph() {
  const files = filesIn(['core', 'wasm-bindings', 'tests/core'], ['.h', '.cpp']);
  const known = new Set(files);
  const fileOf = (path, name) =>
    [dirname(path), 'core/include', 'core/src', 'wasm-bindings/table', 'tests/core']
      .map((folder) => join(folder, name))
      .find((candidate) => known.has(candidate));
  return new Map(
    files.map((path) => {
      const includes = [...read(path).matchAll(/^\s*#\s*include\s*["<]([^">]+)[">]/gm)];
      const targets = includes.map(([, name]) => fileOf(path, name));
      return [path, edges(path, targets)];
    }),
  );
}

/**
 * The circles of a graph, the longest first: Tarjan's strongly connected components of more than one file.
 * @param {Graph} graph
 * @returns {string[][]}
 */
export function circlesIn(graph) {
  const order = new Map();
  const low = new Map();
  const stack = [];
  const circles = [];
  const visit = (path) => {
    order.set(path, order.size);
    low.set(path, order.get(path));
    stack.push(path);
    for (const target of graph.get(path) ?? []) {
      if (!order.has(target)) visit(target);
      if (stack.includes(target)) low.set(path, Math.min(low.get(path), low.get(target)));
    }
    if (low.get(path) !== order.get(path)) return;
    const circle = stack.splice(stack.indexOf(path));
    if (circle.length > 1) circles.push(circle.sort());
  };
  for (const path of graph.keys()) if (!order.has(path)) visit(path);
  return circles.sort((a, b) => b.length - a.length);
}

/** A circle in words: its files, each with what it imports of the circle. */
function describe(graph, circle) {
  const lines = circle.map((path) => {
    const targets = graph.get(path).filter((target) => circle.includes(target));
    return `    ${path} → ${targets.join(', ')}`;
  });
  return [`  a circle of ${circle.length} files`, ...lines].join('\n');
}

/** Each language's circles of at least so many files, in words; an empty text where there are none. */
async function circlesFrom(size, heading) {
  const lines = [];
  for (const [language, graphOf] of Object.entries(graphs)) {
    const graph = await graphOf();
    const circles = circlesIn(graph);
    const long = circles.filter((circle) => circle.length >= size);
    if (long.length > 0 || heading) lines.push(heading?.(language, graph, circles) ?? `${language}:`);
    lines.push(...long.map((circle) => describe(graph, circle)));
  }
  return lines.join('\n');
}

/** Complaints about the circles that are too long, for npm run lint. */
export const longCircles = () => circlesFrom(most + 1);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    const heading = (language, graph, circles) => {
      const sizes = circles.map(({ length }) => length).join(', ');
      return `${language}: ${graph.size} files, ${sizes ? `circles of ${sizes} files` : 'no circle'}`;
    };
    console.log(await circlesFrom(2, heading));
  });
}
