import type { FileEntry } from '../../protocol/messages';

const encode = (text: string) => new TextEncoder().encode(text);

/** The files that a program sees, and what it does to them. */
export class Files {
  private readonly present = new Map<string, Uint8Array>();
  private readonly written = new Set<string>();

  constructor(private readonly given: FileEntry[]) {
    for (const [name, data] of given) this.present.set(name, typeof data === 'string' ? encode(data) : data);
  }

  get names(): string[] {
    return [...this.present.keys()];
  }

  has(name: string): boolean {
    return this.present.has(plain(name));
  }

  /** The bytes of a file, as a copy. */
  read(name: string): Uint8Array {
    const found = this.present.get(plain(name));
    if (found) return found.slice();
    const names = this.names.length > 0 ? `There are ${this.names.join(', ')}.` : 'The panel has no files.';
    throw Object.assign(new Error(`No such file: '${name}'. ${names}`), { name: 'FileNotFoundError' });
  }

  text(name: string): string {
    return new TextDecoder().decode(this.read(name));
  }

  write(name: string, data: unknown): void {
    const path = plain(name);
    if (!path || typeof name !== 'string') throw new TypeError('writeFile() takes a name and the data');
    if (!isInside(path))
      throw new RangeError(
        `writeFile('${name}', …): files lie in the program's own folder, in 'out.csv' or 'results/out.csv', with no '..' and no '//'`,
      );
    const folder = this.names.find((other) => other.startsWith(`${path}/`));
    if (folder) throw new RangeError(`writeFile('${name}', …): ${path} is a folder, with ${folder} in it`);
    const file = this.names.find((other) => path.startsWith(`${other}/`));
    if (file) throw new RangeError(`writeFile('${name}', …): ${file} is a file, not a folder`);
    let bytes: Uint8Array;
    if (typeof data === 'string') bytes = encode(data);
    else if (data instanceof ArrayBuffer) bytes = new Uint8Array(data.slice(0));
    else if (ArrayBuffer.isView(data)) bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
    else
      throw new TypeError(`writeFile('${name}', …) takes text or bytes, not ${data === null ? 'null' : typeof data}`);
    this.present.set(path, bytes);
    this.written.add(path);
  }

  remove(name: string): void {
    this.read(name);
    this.present.delete(plain(name));
    this.written.delete(plain(name));
  }

  /** Files made or changed, and names of given ones that are gone. */
  changes(): { changed: FileEntry[]; removed: string[] } {
    const changed = [...this.written].map((name): FileEntry => [name, this.present.get(name) as Uint8Array]);
    const removed = this.given.map(([name]) => name).filter((name) => !this.present.has(name));
    return { changed, removed };
  }
}

/** Whether a name is one of the program's folder, as panels and links take it. */
const isInside = (name: string) => name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

/** A name without what means "here". */
const plain = (name: string) => String(name).replace(/^(\.?\/)+/, '');
