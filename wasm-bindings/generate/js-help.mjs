// build/generated/js/help.json: what the editor offers in JavaScript programs, [name, signature, text], read out of the package
// and its types.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A declaration with the comment above it; a class has its constructor's parameters. */
const declaration =
  /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(export declare )?(?:(?:function|const|get|class|abstract class) )?(\w+)(?=((?:<[^(]*)?\((?:[^{};]|\{[^{}]*\})*;\n|[^;{]*\{[\s\S]*?\n\}|))/g;

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

/**
 * The names of the package by what stands before their dot.
 * @param {string} folder build/npm
 */
export async function jsHelp(folder) {
  const torch = await import(pathToFileURL(join(folder, 'unroll.js')).href);
  const all = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.d.ts')).sort();
  const methods = [];
  const first = (pattern) => [...all].sort((a, b) => pattern.test(b) - pattern.test(a));
  const list = async (names, pattern) => {
    const known = await described(folder, first(pattern), names === methods);
    return names
      .filter(
        (name, i) =>
          names.indexOf(name) === i &&
          /^[a-z]\w*$/i.test(name) &&
          !['constructor', 'default', 'handle', 'arena'].includes(name),
      )
      .sort()
      .map((name) => [name, ...(known.get(name) ?? ['', ''])]);
  };
  for (let type = torch.Tensor.prototype; type !== Object.prototype; type = Object.getPrototypeOf(type))
    methods.push(...Object.getOwnPropertyNames(type));
  return {
    torch: await list(Object.keys(torch), /functions\.d|creation|random\.d/),
    nn: await list(Object.keys(torch.nn), /torch\/nn\//),
    functional: await list(Object.keys(torch.nn.functional), /functional\.d/),
    optim: await list(Object.keys(torch.optim), /torch\/optim\//),
    tensor: await list(methods, /tensor[\w-]*\.d/),
  };
}
