// What the names of a JavaScript program stand for in the package, as far as its text tells, and what there is to say of them.

/** A name, how it is called, and what it is. */
export type Entry = [name: string, signature: string, text: string];

/** Names by what stands before their dot: a namespace of the package, or the class of an object. */
type Places = Record<string, Entry[]>;

/** Written by wasm-bindings/generate/js-help.mjs; loaded when it is asked for. */
const places = async () => (await import('../../build/generated/js/help.json')).default as unknown as Places;

/** What programs call it mostly, also before the line is written that says so. */
const usual: [string, string][] = [
  ['torch', 'torch'],
  ['nn', 'torch.nn'],
  ['F', 'torch.nn.functional'],
  ['functional', 'torch.nn.functional'],
  ['optim', 'torch.optim'],
  ['unroll', 'unroll'],
];

/** Names of the language, whose methods the package does not know. */
const others = /^(console|Math|JSON|Object|Array|Number|String|Promise|this|performance|Date)$/;
const other = '';

const modules: Record<string, string> = { unroll: 'torch', 'unroll/page': 'unroll' };

const name = '[\\p{L}$_][\\p{L}\\d$_]*';
const path = `${name}(?:\\s*\\.\\s*${name})*`;
const patterns = {
  whole: `\\bimport\\s+(?:\\*\\s*as\\s+)?(?<whole>${name})\\s+from\\s*['"](?<module>[^'"]+)['"]`,
  parts: `(?:\\bimport|\\b(?:const|let|var))\\s*\\{(?<parts>[^{}]*)\\}\\s*(?:from\\s*['"](?<from>[^'"]+)['"]|=\\s*(?<of>${path})\\s*[;\\n])`,
  alias: `\\b(?:const|let|var)\\s+(?<alias>${name})\\s*=\\s*(?<target>${path})\\s*(?:[;\\n]|$)`,
  child: `\\bclass\\s+(?<child>${name})\\s+extends\\s+(?<parent>${path})`,
  object: `(?<object>${name})\\s*=\\s*new\\s+(?<type>${path})`,
  value: `\\b(?:const|let|var)\\s+(?<value>${name})\\s*=\\s*(?:[\\[{'"\`\\d]|function\\b|\\(|async\\b)`,
};
const declarations = new RegExp(Object.values(patterns).join('|'), 'gu');

/** The paths of the names in a program: `F` may be `torch.nn.functional`, a model `Module`. */
function namesIn(text: string): Map<string, string> {
  const found = new Map(usual);
  const put = (name: string, path: string | null) => path !== null && found.set(name, path);
  for (const { groups = {} } of text.matchAll(declarations)) {
    const { whole, module, parts, from, of, alias, target, child, parent, object, type, value } = groups;
    if (whole) put(whole, modules[module] ?? other);
    else if (parts !== undefined) {
      const owner = from ? (modules[from] ?? other) : resolve(of, found);
      for (const part of parts.split(',')) {
        const [outside, inside] = part.trim().split(/\s*(?:\bas\b|:)\s*/);
        if (owner !== null && outside) put((inside ?? outside).split('=')[0].trim(), owner && `${owner}.${outside}`);
      }
    } else if (alias) put(alias, resolve(target, found));
    else if (child) put(child, classOf(resolve(parent, found)) && `own ${classOf(resolve(parent, found))}`);
    else if (object) put(object, classOf(resolve(type, found)) ?? other);
    else if (value && !found.has(value)) put(value, other);
  }
  return found;
}

/** What a dotted path stands for; null where nobody knows. */
function resolve(path: string, names: Map<string, string>): string | null {
  const [head, ...rest] = path.split('.').map((part) => part.trim());
  const start = names.get(head);
  if (start === undefined) return others.test(head) ? other : null;
  return start && [start, ...rest].join('.');
}

/** The class whose methods an object of a class has. */
function classOf(path: string | null): string | null {
  if (path?.startsWith('own ')) return path.slice('own '.length);
  if (/^torch\.nn\.[A-Z]/.test(path ?? '')) return 'Module';
  return /^torch\.optim\.[A-Z]/.test(path ?? '') ? 'Optimizer' : null;
}

/** What stands before a dot: a path of names, or something that nobody can tell. */
const ownerOf = (before: string) =>
  new RegExp(`(?<![\\p{L}\\d$_.)\\]]\\s*)(${path})\\s*\\.\\s*$`, 'u').exec(before)?.[1];

/** The names behind the dot that `before` ends with; none where what stands before it is not the package's. */
export async function namesBehind(before: string, text: string): Promise<Entry[]> {
  const all = await places();
  return placesBehind(before, text).flatMap((place) => all[place] ?? []);
}

/** The first place is the likeliest one. */
function placesBehind(before: string, text: string): string[] {
  if (/\d\s*\.\s*$/.test(before) && !/[\p{L}$_]\w*\s*\.\s*$/u.test(before)) return [];
  const owner = ownerOf(before);
  if (!owner) return ['Tensor'];
  const names = namesIn(text);
  const found = resolve(owner, names) ?? names.get(owner.split('.').at(-1) ?? '');
  if (found === undefined || found === null) return ['Tensor'];
  // A property of an object can be anything.
  return /^(Module|Optimizer|Tensor)\./.test(found) ? ['Tensor'] : [found];
}
