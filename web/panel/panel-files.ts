import type { FileEntry } from '../protocol/messages';
import { fetchFile } from './author-files';

/** What a course author or a learner may give as a file. */
export type FileContent = string | Uint8Array | ArrayBuffer | Blob;

interface PanelFile {
  /** null where it has not been fetched yet. */
  content: FileContent | null;
  /** null where it has not been counted yet. */
  size: number | null;
  /** Where it comes from. */
  address?: string;
}

/** The files of one panel: what its programs can open by name. */
export class PanelFiles {
  /** What the author gave; `reset` comes back to it. */
  private given = new Map<string, PanelFile>();
  private files = new Map<string, PanelFile>();

  /** Takes the author's files in place of all there are. Throws TypeError for a name outside the program's folder. */
  setAll(given: Record<string, FileContent> | Map<string, FileContent>): void {
    const entries = given instanceof Map ? [...given] : Object.entries(given);
    this.given = new Map(entries.map(([name, content]) => [checkedName(name), fileOf(name, content)]));
    this.reset();
  }

  /** Adds the author's files that are fetched when they are needed, by name. Throws as `setAll`. */
  setAddresses(addresses: Map<string, string>): void {
    for (const [name, address] of addresses) this.given.set(checkedName(name), { content: null, size: null, address });
    this.reset();
  }

  /** All files with their content; without those that have not been fetched. */
  getAll(): Record<string, FileContent> {
    const here = [...this.files].flatMap(([name, { content }]) => (content === null ? [] : [[name, content] as const]));
    return Object.fromEntries(here);
  }

  /** Fetches what has not been fetched. Rejects with a sentence for a file that does not come. */
  async fetchAll(): Promise<void> {
    const waiting = [...this.given].filter(([, { content }]) => content === null);
    await Promise.all(waiting.map(([name, file]) => this.fetch(name, file)));
  }

  private async fetch(name: string, file: PanelFile): Promise<void> {
    const content = await fetchFile(`The file ${name}`, file.address ?? '');
    Object.assign(file, { content, size: content.size });
  }

  /** Names and sizes in bytes where they are known, in the order in which they came. */
  list(): { name: string; size: number | null }[] {
    return [...this.files].map(([name, file]) => {
      file.size ??= file.content === null ? null : sizeOf(file.content);
      return { name, size: file.size };
    });
  }

  has(name: string): boolean {
    return this.files.has(name);
  }

  /** A file's content where it is here. */
  peek(name: string): FileContent | undefined {
    return this.files.get(name)?.content ?? undefined;
  }

  /** A file's content, fetched where need be; undefined where there is no such file. */
  async get(name: string): Promise<FileContent | undefined> {
    if (this.files.get(name)?.content === null) await this.fetchAll();
    return this.files.get(name)?.content ?? undefined;
  }

  /** Texts of the Python files, by name. */
  modules(): Record<string, string> {
    const texts = [...this.files].flatMap(([name, { content }]) => {
      if (!name.endsWith('.py')) return [];
      if (typeof content === 'string') return [[name, content]];
      return content instanceof Uint8Array ? [[name, new TextDecoder().decode(content)]] : [];
    });
    return Object.fromEntries(texts);
  }

  /** Adds or replaces a file until the next reset. */
  set(name: string, content: FileContent): void {
    this.files.set(checkedName(name), fileOf(name, content));
  }

  delete(name: string): void {
    this.files.delete(name);
  }

  /** Back to the author's files, as they were given. */
  reset(): void {
    this.files = new Map(this.given);
  }

  /** Whether files are other than the author gave them. */
  get isChanged(): boolean {
    return this.differences().length > 0;
  }

  /** Files that are not as the author gave them, as the worker takes them; null for one that is gone. */
  changed(): Promise<[name: string, content: Uint8Array | string | null][]> {
    return Promise.all(
      this.differences().map(async (name) => {
        const content = this.files.get(name)?.content ?? null;
        return [name, content === null ? null : await toBytes(content)] as [string, Uint8Array | string | null];
      }),
    );
  }

  private differences(): string[] {
    const names = new Set([...this.given.keys(), ...this.files.keys()]);
    return [...names].filter((name) => this.files.get(name) !== this.given.get(name));
  }

  /** Takes over what a program did to its folder. Gives a sentence for each file that it cannot take. */
  apply({ changed, removed }: { changed: FileEntry[]; removed: string[] }): string[] {
    const refused: string[] = [];
    for (const [name, data] of changed) {
      try {
        this.set(name, data);
      } catch {
        refused.push(`The program's file "${name}" is not kept: its name leads out of the program's folder.`);
      }
    }
    for (const name of removed) this.delete(name);
    return refused;
  }

  /** Everything as the worker takes it. */
  async read(): Promise<FileEntry[]> {
    await this.fetchAll();
    const entries = Object.entries(this.getAll());
    return Promise.all(entries.map(async ([name, content]) => [name, await toBytes(content)] as FileEntry));
  }
}

async function toBytes(content: FileContent): Promise<Uint8Array | string> {
  if (content instanceof Blob) return new Uint8Array(await content.arrayBuffer());
  return content instanceof ArrayBuffer ? new Uint8Array(content) : content;
}

function fileOf(name: string, content: FileContent): PanelFile {
  const kinds = [Blob, Uint8Array, ArrayBuffer];
  if (typeof content === 'string' || kinds.some((kind) => content instanceof kind)) return { content, size: null };
  throw new TypeError(`files: "${name}" must be a string, bytes or a File`);
}

function sizeOf(content: FileContent): number {
  if (typeof content === 'string') return new TextEncoder().encode(content).length;
  return content instanceof Blob ? content.size : content.byteLength;
}

function checkedName(name: string): string {
  const inside = name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
  if (!inside) throw new TypeError(`files: "${name}" is not a name inside the program's folder`);
  return name;
}

/** `a/b.txt other.txt=c/d.txt`: addresses of files by the names that programs open them by, the last part where none is given. */
export function addressesIn(list: string): Map<string, string> {
  const entries = list.split(/[\s,]+/).filter(Boolean);
  return new Map(
    entries.map((entry) => {
      const [, given, address] = /^(?:([^=:?#]+)=)?(.*)$/.exec(entry) as RegExpExecArray;
      const url = new URL(address, document.baseURI);
      return [given ?? decodeURIComponent(url.pathname.split('/').at(-1) ?? ''), url.href];
    }),
  );
}
