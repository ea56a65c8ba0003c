// What a program shows and which files it sees: in a panel by the panel, elsewhere on the console.

/** A text or bytes. */
export type FileData = string | Uint8Array;

/** What a panel offers to its programs. */
export interface Page {
  log(values: Record<string, number>, options?: { step?: number }): void;
  figure(svg: string, title?: string, id?: string | null): void;
  readFile(name: string): Uint8Array;
  writeFile(name: string, data: FileData): void;
  listFiles(): string[];
}

const key = Symbol.for('unroll.page');
const files = new Map<string, Uint8Array>();

/** Outside of a panel: lines on the console, and files in memory. */
const plain: Page = {
  log(values) {
    console.log(
      Object.entries(values)
        .map(([name, value]) => `${name} ${Number(value)}`)
        .join('  '),
    );
  },
  figure() {},
  readFile(name) {
    const found = files.get(name);
    if (!found) throw new Error(`No such file: '${name}'`);
    return found;
  },
  writeFile(name, data) {
    files.set(name, typeof data === 'string' ? new TextEncoder().encode(data) : data);
  },
  listFiles() {
    return [...files.keys()];
  },
};

const page = (): Page => (globalThis as unknown as Record<symbol, Page | undefined>)[key] ?? plain;

/** Draws points of the live plot: `log({ loss })`. Names with one beginning (`loss/train`, `loss/val`) share a chart. */
export function log(values: Record<string, number>, options: { step?: number } = {}): void {
  page().log(values, options);
}

/** Shows a picture; one with the id of an earlier one takes its place. */
export function figure(svg: string, title = '', id: string | null = null): void {
  page().figure(svg, title, id);
}

/** The bytes of a file of the panel. */
export function readFile(name: string): Uint8Array {
  return page().readFile(name);
}

/** The text of a file of the panel. */
export function readText(name: string): string {
  return new TextDecoder().decode(readFile(name));
}

/** Writes a file, which the reader can then save. */
export function writeFile(name: string, data: FileData): void {
  page().writeFile(name, data);
}

/** The names of all files. */
export function listFiles(): string[] {
  return page().listFiles();
}
