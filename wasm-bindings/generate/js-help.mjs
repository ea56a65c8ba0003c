// build/generated/js/help.json: what the editor offers in JavaScript programs, [name, signature, text], read out of the package
// and its types.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A declaration with the comment above it; a class has its constructor's parameters. */
const declaration =
  /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(export (?:declare |\* as ))?(?:(?:function|const|get|class|abstract class) )?(\w+)(?=((?:<[^(]*)?\((?:[^{};]|\{[^{}]*\})*;\n|[^;{]*\{[\s\S]*?\n\}|))/g;

const plainText = (comment) =>
  comment
    .replace(/^\s*\* ?/gm, '')
    .replace(/\s+/g, ' ')
    .trim();

/** How a thing is called, on one line; empty for a value. */
function signatureOf(name, rest) {
  const isClass = /^[A-Z]/.test(name);
  const text = isClass ? (/\n {4}constructor(\([\s\S]*?\));/.exec(rest)?.[1] ?? '') : rest.replace(/;\s*$/, '');
  const line = text.replace(/\s+/g, ' ');
  if (!line.startsWith('(')) return '';
  return `${isClass ? 'new ' : ''}${name}${line.length > 160 ? '(…)' : line}`;
}

/** What the types say of each name, of exports or of methods; the first file has the word. */
async function described(folder, paths, ofMethods) {
  const found = new Map();
  for (const path of paths) {
    const text = await readFile(join(folder, path), 'utf8');
    for (const [, comment, exported, name, rest] of text.matchAll(declaration))
      if (!found.has(name) && ofMethods === !exported) found.set(name, [signatureOf(name, rest), plainText(comment)]);
  }
  return found;
}

/** Names of methods and properties, also of the classes below. */
function methodsOf(type) {
  const names = [];
  for (; type !== Object.prototype; type = Object.getPrototypeOf(type)) names.push(...Object.getOwnPropertyNames(type));
  return names;
}

/** Not for programs. */
const inner = ['constructor', 'default', 'handle', 'arena', 'own', 'update', 'stateOf', 'toString'];

/** What panels have and the module 'unroll/page' of the npm package has not. */
const panelOnly = [
  [
    'input',
    'input(prompt?: string): Promise<string | null>',
    'A line of the reader, with await; null at the end of the input.',
  ],
  ['removeFile', 'removeFile(name: string): void', 'Removes a file of the panel.'],
];

/**
 * The names of the package by what stands before their dot: a namespace as programs write it, or the class of an object.
 * @param {string} folder build/npm
 */
export async function jsHelp(folder) {
  const load = (name) => import(pathToFileURL(join(folder, name)).href);
  const [torch, page] = await Promise.all([load('unroll.js'), load('page.js')]);
  const { nn, optim } = torch;
  const all = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.d.ts')).sort();
  const list = async (names, pattern, ofMethods) => {
    const paths = [...all].sort((a, b) => pattern.test(b) - pattern.test(a));
    const known = await described(folder, paths, ofMethods);
    return [...new Set(names)]
      .filter((name) => /^[a-z]\w*$/i.test(name) && !inner.includes(name))
      .sort()
      .map((name) => [name, ...(known.get(name) ?? ['', ''])]);
  };
  const exports = (module, pattern) => list(Object.keys(module), pattern, false);
  const methods = (type, pattern) => list(methodsOf(type.prototype), pattern, true);
  return {
    torch: await exports(torch, /functions\.d|creation|random\.d|torch\/torch\.d/),
    'torch.nn': await exports(nn, /torch\/nn\//),
    'torch.nn.functional': await exports(nn.functional, /functional\.d/),
    'torch.nn.init': await exports(nn.init, /nn\/init\.d/),
    'torch.nn.utils': await exports(nn.utils, /nn\/utils\.d/),
    'torch.nn.utils.rnn': await exports(nn.utils.rnn, /nn\/packing\.d/),
    'torch.optim': await exports(optim, /torch\/optim\//),
    'torch.optim.lrScheduler': await exports(optim.lrScheduler, /lr-scheduler\.d/),
    'torch.data': await exports(torch.data, /torch\/data\//),
    'torch.linalg': await exports(torch.linalg, /linalg\.d/),
    unroll: [...(await exports(page, /js\/page\.d/)), ...panelOnly],
    Tensor: await methods(torch.Tensor, /tensor[\w-]*\.d/),
    Module: await methods(nn.Module, /nn\/module\.d/),
    Optimizer: await methods(optim.Optimizer, /optim\/optimizer\.d/),
  };
}
