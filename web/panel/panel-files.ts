import type { FileEntry } from '../worker/protocol';

/** What a course author or a learner may give as a file. */
export type FileContent = string | Uint8Array | ArrayBuffer | Blob;

interface PanelFile {
  content: FileContent;
  size: number;
}

/** The files of one panel: what its programs can open by name. */
export class PanelFiles {
  /** What the author gave; `reset` comes back to it. */
  private given = new Map<string, PanelFile>();
  private files = new Map<string, PanelFile>();

  /** Takes the author's files in place of all there are. Throws TypeError for a name outside the program's folder. */
  setAll(given: Record<string, FileContent> | Map<string, FileContent>): void {
    const entries = given instanceof Map ? [...given] : Object.entries(given);
    this.given = new Map(entries.map(([name, content]) => [checkedName(name), measured(name, content)]));
    this.reset();
  }

  /** All files with their content. */
  getAll(): Record<string, FileContent> {
    return Object.fromEntries([...this.files].map(([name, { content }]) => [name, content]));
  }

  /** Names and sizes in bytes, in the order in which they came. */
  list(): { name: string; size: number }[] {
    return [...this.files].map(([name, { size }]) => ({ name, size }));
  }

  /** Adds or replaces a file until the next reset. */
  set(name: string, content: FileContent): void {
    this.files.set(checkedName(name), measured(name, content));
  }

  delete(name: string): void {
    this.files.delete(name);
  }

  /** Back to the author's files, as they were given. */
  reset(): void {
    this.files = new Map(this.given);
  }

  /** Takes over what a program did to its folder. */
  apply({ changed, removed }: { changed: FileEntry[]; removed: string[] }): void {
    for (const [name, data] of changed) this.set(name, data);
    for (const name of removed) this.delete(name);
  }

  /** Everything as the worker takes it. */
  async read(): Promise<FileEntry[]> {
    return Promise.all([...this.files].map(async ([name, { content }]) => [name, await toBytes(content)] as FileEntry));
  }
}

async function toBytes(content: FileContent): Promise<Uint8Array | string> {
  if (content instanceof Blob) return new Uint8Array(await content.arrayBuffer());
  return content instanceof ArrayBuffer ? new Uint8Array(content) : content;
}

function measured(name: string, content: FileContent): PanelFile {
  if (typeof content === 'string') return { content, size: new TextEncoder().encode(content).length };
  if (content instanceof Blob) return { content, size: content.size };
  if (content instanceof Uint8Array || content instanceof ArrayBuffer) return { content, size: content.byteLength };
  throw new TypeError(`files: "${name}" must be a string, bytes or a File`);
}

function checkedName(name: string): string {
  const inside = name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
  if (!inside) throw new TypeError(`files: "${name}" is not a name inside the program's folder`);
  return name;
}
