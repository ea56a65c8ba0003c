// A program and its files as modules that the browser can import: blobs, in which the names of other modules are replaced.
import { init, parse } from 'es-module-lexer/js';
import type { Files } from './files';
import type { Names } from './names';
import { LearnerError } from './stack';
import { outline } from './syntax';

type Imports = ReturnType<typeof parse>[0];

/** What a program gives its top-level names to. */
const namesKey = 'unroll.names';

const javascript = 'text/javascript';

/** Makes modules of a program and of the files beside it. */
export class Linker {
  /** The names of files by the addresses of their blobs, as stacks have them. */
  readonly names = new Map<string, string>();
  /** The texts of the files that were made into modules. */
  readonly sources = new Map<string, string>();
  /** How many characters stand before the first line of a file. */
  readonly ahead = new Map<string, number>();
  private readonly made = new Map<string, string>();
  private readonly open: string[] = [];
  private readonly packages: Record<string, string>;

  constructor(
    torch: object,
    private readonly files: Files,
  ) {
    const page = (self as unknown as Record<symbol, object>)[Symbol.for('unroll.page')];
    this.packages = {
      unroll: this.namespace('unroll.module', torch),
      'unroll/page': this.namespace('unroll.page', page),
    };
  }

  /**
   * Runs a program; `after` is code that comes behind it and sees its names. Gives its top-level names, looked up when they
   * are used, and shows them to `begin` before its first line.
   */
  async run(name: string, code: string, after = '', begin = (_names: Names): void => {}): Promise<Names> {
    await init;
    const { names, line } = outline(code);
    const getters = names.map((word) => `get ${word}(){return ${word}}`).join(',');
    const ahead = line === null ? `globalThis[Symbol.for('${namesKey}')]({${getters}});` : '';
    const url = this.module(name, code, ahead, after);
    let made: Names = {};
    const value = (names: Names) => begin((made = names));
    Object.defineProperty(self, Symbol.for(namesKey), { value, configurable: true });
    await import(/* @vite-ignore */ url).catch((error) => {
      throw this.names.has(/blob:\S+/.exec(error?.message)?.[0] ?? '') && error instanceof TypeError
        ? notLoaded(name)
        : error;
    });
    return made;
  }

  /** Frees the blobs; stacks can still be read. */
  release(): void {
    for (const url of [...this.names.keys(), ...Object.values(this.packages)]) URL.revokeObjectURL(url);
  }

  /** The address of a module with this text, with something before it on its first line, and behind it. */
  private module(name: string, code: string, ahead = '', behind = ''): string {
    this.sources.set(name, code);
    this.ahead.set(name, ahead.length);
    this.open.push(name);
    // The line that names a script's interpreter may stand nowhere but at the very beginning.
    const url = blob(`${ahead}${this.linked(name, code).replace(/^#!/, '//')}\n;${behind}`, javascript);
    this.open.pop();
    this.names.set(url, name);
    return url;
  }

  /** The text with addresses in the place of names; lines stay where they are. */
  private linked(name: string, code: string): string {
    let imports: Imports;
    try {
      [imports] = parse(code, name);
    } catch {
      // The browser says what is wrong.
      return code;
    }
    let text = '';
    let done = 0;
    for (const item of imports) {
      if (!('specifier' in item) || typeof item.specifier !== 'string') continue;
      if ('glob' in item && item.glob) continue;
      const asJson =
        'attributes' in item && item.attributes?.some(([key, value]) => key === 'type' && value === 'json');
      const url = this.resolve(item.specifier, name, lineOf(code, item.start), asJson ?? false);
      // A dynamic import's name has its quotes around it.
      text += code.slice(done, item.start) + (item.type === 'dynamic' ? JSON.stringify(url) : url);
      done = item.end;
    }
    return text + code.slice(done);
  }

  private resolve(specifier: string, from: string, line: number, asJson: boolean): string {
    if (specifier in this.packages) return this.packages[specifier];
    if (/^(https?|blob|data):/.test(specifier)) return specifier;
    if (!/^\.{0,2}\//.test(specifier))
      throw new LearnerError('ModuleNotFoundError', `Cannot find module '${specifier}'. ${allowed}`, from, line);
    const path = resolvePath(specifier, from);
    if (!this.files.has(path))
      throw new LearnerError(
        'ModuleNotFoundError',
        `Cannot find the file '${path}'. ${this.whatThereIs()}`,
        from,
        line,
      );
    return this.file(path, from, line, asJson);
  }

  private file(path: string, from: string, line: number, asJson: boolean): string {
    const key = asJson ? `${path} as JSON` : path;
    const known = this.made.get(key);
    if (known) return known;
    if (this.open.includes(path))
      throw new LearnerError(
        'ImportError',
        `${from} and ${path} import each other, which files of a panel cannot.`,
        from,
        line,
      );
    const text = this.files.text(path);
    const url = asJson
      ? blob(text, 'application/json')
      : this.module(path, path.endsWith('.json') ? `export default ${text}` : text);
    this.made.set(key, url);
    return url;
  }

  private whatThereIs(): string {
    const { names } = this.files;
    return names.length > 0 ? `The panel has ${names.join(', ')}.` : 'The panel has no files beside the program.';
  }

  /** A module that exports what an object holds. */
  private namespace(key: string, value: object): string {
    const symbol = `Symbol.for('${key}')`;
    if (!(Symbol.for(key) in self)) Object.defineProperty(self, Symbol.for(key), { value });
    const names = Object.keys(value).filter((name) => name !== 'default');
    const constants = names.map((name, i) => `const v${i}=all[${JSON.stringify(name)}];`).join('');
    const list = names.map((name, i) => `v${i} as ${name}`).join(',');
    return blob(`const all=globalThis[${symbol}];${constants}export{${list}};export default all;`, javascript);
  }
}

const allowed =
  "A program imports 'unroll', 'unroll/page', files of the panel ('./data.js'), and full addresses ('https://…').";

const notLoaded = (name: string) =>
  new Error(
    `${name} could not be loaded: an address that it imports did not answer, or the page's content policy has no blob: in script-src.`,
  );

const blob = (text: string, type: string) => URL.createObjectURL(new Blob([text], { type }));

export const lineOf = (code: string, place: number): number => code.slice(0, place).split('\n').length;

/** `./b.js` in `folder/a.js` is `folder/b.js`. */
function resolvePath(specifier: string, from: string): string {
  const { pathname } = new URL(specifier, `file:///${from}`);
  return decodeURIComponent(pathname.slice(1));
}
