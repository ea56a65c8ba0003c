// Hints that look at the program and at what the package has. See hints.ts.
import * as torch from '../../../wasm-bindings/js/torch/torch';
import type { Case } from './hints';

/** What programs write for what is called otherwise here. */
const otherwise: Record<string, string> = {
  print: 'In JavaScript `console.log(…)` prints.',
  len: 'In JavaScript the length of a list is `list.length`, that of a tensor `x.shape[0]`.',
  range: 'In JavaScript a loop counts with `for (let i = 0; i < 10; i++) { … }`.',
  self: 'In JavaScript the object itself is called `this`.',
  True: 'In JavaScript it is written `true`.',
  False: 'In JavaScript it is written `false`.',
  None: 'In JavaScript it is written `null`.',
  torch: "`torch` comes with the line `import * as torch from 'unroll';`.",
  nn: "`nn` comes with the line `import { nn } from 'unroll';`.",
  optim: "`optim` comes with the line `import { optim } from 'unroll';`.",
  F: '`F` is what programs call `nn.functional`: `const F = torch.nn.functional;`.',
  require: "Modules come with `import`: `import * as torch from 'unroll';`.",
  document: 'The program runs in a worker, which has no page. `console.log` and `unroll.figure` show things.',
  window: 'The program runs in a worker, which has no window. Its global object is `globalThis`.',
};

const places: [path: string, names: object][] = [
  ['torch', torch],
  ['torch.nn', torch.nn],
  ['torch.nn.functional', torch.nn.functional],
  ['torch.optim', torch.optim],
];

export function missingName({ found: [name], source }: Case): string | null {
  if (Object.hasOwn(otherwise, name)) return otherwise[name];
  const close = closest(name, namesIn(source, name));
  if (close) return `There is no \`${name}\`. Did you mean \`${close}\`?`;
  const place = placeOf(name);
  return place && `\`${name}\` is part of the package: write \`${place}\`, after \`import * as torch from 'unroll';\`.`;
}

export function missingExport({ found: [name] }: Case): string | null {
  const place = placeOf(name) ?? placeOf(camel(name)) ?? similar(name);
  return place && `The package has \`${place}\`: \`import * as torch from 'unroll';\`, then write \`${place}\`.`;
}

/** `object.name()` where there is no such function. */
export function missingCall({ found: [object, name], source }: Case): string | null {
  const owner = /(?:^|\.)(\w+)$/.exec(object)?.[1] ?? '';
  if (owner && isUnawaited(owner, source))
    return `\`${owner}\` is a promise of a value that has yet to come. Wait for it: \`${owner} = await …\`.`;
  if (owner && isRecurrent(owner, source))
    return `An RNN, LSTM or GRU gives an array of two: write \`const [output, hidden] = …\` in the place of \`${owner} = …\`.`;
  const part = partOf(owner);
  const names = part ? Object.keys(part) : tensorNames();
  const spelled = camel(name);
  const known = names.includes(spelled) ? spelled : closest(name, names);
  if (!known) return null;
  return part ? `It is called \`${object}.${known}\` here.` : `Tensors have \`${known}\`.`;
}

/** A part of undefined. */
export function missingMember({ text, source }: Case): string | null {
  const third = [...source.matchAll(/\[\s*\w+\s*,\s*\w+\s*,\s*(\w+)\s*\]\s*=/g)].map(([, name]) => name);
  if (third.some((name) => new RegExp(`\\b${name}\\b`).test(text)))
    return 'An LSTM gives the output and a pair: `const [output, [h, c]] = lstm(x);`.';
  return 'What stands before the dot has no value (`undefined`). Print it with `console.log` just before this line; perhaps a name or an index is wrong, or a function lacks its `return`.';
}

/** Whether a name was given the result of a call that has to be waited for. */
const isUnawaited = (name: string, source: string) =>
  new RegExp(`\\b${name}\\s*=\\s*(unroll\\.input|input|fetch)\\(`).test(source);

/** Whether a name was given all that a recurrent layer gives. */
function isRecurrent(name: string, source: string): boolean {
  const [, layer] = new RegExp(`\\b(?:const|let|var)\\s+${name}\\s*=\\s*(?:this\\.)?(\\w+)\\(`).exec(source) ?? [];
  return (
    layer !== undefined && new RegExp(`\\b${layer}\\s*=\\s*new\\s+(?:[\\w.]+\\.)?(?:RNN|LSTM|GRU)\\(`).test(source)
  );
}

/** The part of the package that a program calls by this name. */
const partOf = (owner: string) =>
  places.find(([path]) => path.split('.').at(-1) === (owner === 'F' ? 'functional' : owner))?.[1];

function tensorNames(): string[] {
  const names: string[] = [];
  for (let type = torch.Tensor.prototype; type && type !== Object.prototype; type = Object.getPrototypeOf(type))
    names.push(...Object.getOwnPropertyNames(type));
  return names;
}

function placeOf(name: string): string | null {
  const place = places.find(([, names]) => Object.hasOwn(names, name));
  return place ? `${place[0]}.${name}` : null;
}

/** Where the package has the name but for capitals. */
function similar(name: string): string | null {
  for (const [path, names] of places) {
    const found = Object.keys(names).find((one) => one.toLowerCase() === name.replaceAll('_', '').toLowerCase());
    if (found) return `${path}.${found}`;
  }
  return null;
}

const camel = (name: string) => name.replace(/(?<=.)_(\w)/g, (_, letter) => letter.toUpperCase());

/** What a program names besides. */
const namesIn = (source: string, name: string) =>
  [
    ...new Set(source.match(/\b[A-Za-z_$][\w$]*\b(?=\s*(?:=(?!=)|\())|(?<=\b(?:const|let|var|class|function)\s+)\w+/g)),
  ].filter((one) => one !== name);

/** The name that differs least, where that is little. */
function closest(name: string, names: string[]): string | null {
  const most = name.length < 4 ? 1 : 2;
  const ranked = names
    .map((other) => ({ other, far: distance(name.toLowerCase(), other.toLowerCase()) }))
    .filter(({ far }) => far <= most)
    .sort((a, b) => a.far - b.far);
  return name.length > 1 ? (ranked[0]?.other ?? null) : null;
}

/** How many letters have to change (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; ++i) {
    const next = [i];
    for (let j = 1; j <= b.length; ++j)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}
