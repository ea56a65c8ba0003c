// What the names of a JavaScript program stand for in the package, as far as its text tells: no program runs for it.

/** `F` may be `torch.nn.functional`, a model `Module`; '' is what the package knows nothing of. */
type Scope = Map<string, string>;

/** What programs call it mostly, also before the line is written that says so. */
const usual: Record<string, string> = {
  torch: 'torch',
  nn: 'torch.nn',
  F: 'torch.nn.functional',
  functional: 'torch.nn.functional',
  optim: 'torch.optim',
  unroll: 'unroll',
};

const foreign = '';
const language = 'console Math JSON Object Array Number String Promise Symbol this performance Date self globalThis';
const modules: Record<string, string> = { unroll: 'torch', 'unroll/page': 'unroll' };

const name = String.raw`[\p{L}$_][\p{L}\d$_]*`;
const path = String.raw`${name}(?:\s*\.\s*${name})*`;
const declare = String.raw`\b(?:const|let|var|using)\s+`;
const declarations = new RegExp(
  [
    // import * as torch from 'unroll'
    String.raw`\bimport\s+(?:\*\s*as\s+)?(?<whole>${name})\s+from\s*['"](?<module>[^'"]+)['"]`,
    // import { nn, optim as o } from 'unroll'
    String.raw`\bimport\s*\{(?<imported>[^{}]*)\}\s*from\s*['"](?<from>[^'"]+)['"]`,
    // const { GRU, Linear: Dense } = torch.nn;
    String.raw`${declare}\{(?<taken>[^{}]*)\}\s*=\s*(?<of>${path})\s*(?:[;\n]|$)`,
    // const F = nn.functional;
    String.raw`${declare}(?<alias>${name})\s*=\s*(?<target>${path})\s*(?:[;\n]|$)`,
    // class Forecast extends nn.Module
    String.raw`\bclass\s+(?<child>${name})\s+extends\s+(?<parent>${path})`,
    // const model = new nn.GRU(1, 2), also as a field of a class
    String.raw`(?<object>${name})\s*=\s*new\s+(?<type>${path})`,
    // const rows = [1, 2]
    String.raw`${declare}(?<value>${name})\s*=\s*(?:[[{'"\x60\d(]|function\b|async\b)`,
  ].join('|'),
  'gu',
);

/** What the names of a program stand for. */
function scopeOf(text: string): Scope {
  const scope: Scope = new Map(language.split(' ').map((name) => [name, foreign]));
  for (const [name, path] of Object.entries(usual)) scope.set(name, path);
  for (const { groups = {} } of text.matchAll(declarations)) {
    const { whole, imported, taken, alias, child, object, value } = groups;
    if (whole) scope.set(whole, modules[groups.module] ?? foreign);
    if (imported !== undefined) take(imported, modules[groups.from] ?? foreign, scope);
    if (taken !== undefined) take(taken, pathIn(groups.of, scope) ?? foreign, scope);
    const target = alias && pathIn(groups.target, scope);
    if (alias && target) scope.set(alias, target);
    if (child) scope.set(child, ownClass[classOf(pathIn(groups.parent, scope))] ?? foreign);
    if (object) scope.set(object, classOf(pathIn(groups.type, scope)));
    if (value) scope.set(value, foreign);
  }
  return scope;
}

/** Parts of a namespace, `GRU, Linear as Dense` or `GRU, Linear: Dense`. */
function take(parts: string, owner: string, scope: Scope): void {
  for (const part of parts.split(',')) {
    const [outside, inside = outside] = part.trim().split(/\s*(?:\bas\b|:)\s*/);
    if (outside) scope.set(inside, owner && `${owner}.${outside}`);
  }
}

/** A class of the program's own is none that has a text. */
const ownClass: Record<string, string> = { Module: 'torch.nn.Own', Optimizer: 'torch.optim.Own' };

/** The class whose methods the objects of a class have. */
function classOf(path: string | null): string {
  if (/^torch\.nn\.[A-Z]/.test(path ?? '')) return 'Module';
  return /^torch\.optim\.[A-Z]/.test(path ?? '') ? 'Optimizer' : foreign;
}

/** What a dotted path stands for; null where the text does not tell. */
function pathIn(text: string, scope: Scope): string | null {
  const [head, ...rest] = text.replace(/^this\s*\.\s*/, '').split(/\s*\.\s*/);
  const start = scope.get(head) ?? null;
  return start && [start, ...rest].join('.');
}

/** What a name of a program is: a path in the package, or a class; null where the text does not tell. */
export const meaningOf = (name: string, text: string): string | null => pathIn(name, scopeOf(text));

/**
 * What stands before the dot that `before` ends with: a namespace of the package, or a class. Null where the text does not
 * tell, '' where it is nothing of the package.
 */
export function ownerOf(before: string, text: string): string | null {
  const [, expression] = new RegExp(String.raw`(?:^|[^\p{L}\d$_.)\]?])\s*(${path})\s*\.\s*$`, 'u').exec(before) ?? [];
  if (!expression) return /(^|[^\p{L}\d$_])\d+\s*\.\s*$/u.test(before) ? foreign : null;
  const found = pathIn(expression, scopeOf(text));
  // A property of an object can be anything.
  return found && /^(Module|Optimizer)\./.test(found) ? null : found;
}
