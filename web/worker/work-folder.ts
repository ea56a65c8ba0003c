import type { FileEntry } from '../protocol/messages';

/** The part of Emscripten's file system that this module needs. */
export interface FileSystem {
  /** By their numbers. */
  streams: (OpenFile | null)[];
  close(file: OpenFile): void;
  readdir(path: string): string[];
  stat(path: string): { mode: number; mtime: Date };
  isDir(mode: number): boolean;
  isFile(mode: number): boolean;
  mkdirTree(path: string): void;
  rmdir(path: string): void;
  unlink(path: string): void;
  readFile(path: string): Uint8Array;
  writeFile(path: string, data: Uint8Array | string): void;
  utime(path: string, atime: number, mtime: number): void;
  chdir(path: string): void;
}

/** `fd` is its number, null once it is closed. */
export interface OpenFile {
  fd: number | null;
}

/** Where programs run. `open('input.txt')` finds the panel's files here. */
export const workFolder = '/home/pyodide';

/** A time that no write of a program has, so that a changed file is told from a given one. */
const givenTime = Date.UTC(2000, 0, 1);

/** Empties the working folder and puts the program and its files there. */
export function prepareFolder(fs: FileSystem, code: string, files: FileEntry[]): void {
  fs.mkdirTree(workFolder);
  fs.chdir(workFolder);
  clear(fs, workFolder);
  for (const [name, data] of [['main.py', code] as FileEntry, ...files]) {
    const path = `${workFolder}/${name}`;
    fs.mkdirTree(path.slice(0, path.lastIndexOf('/')));
    fs.writeFile(path, data);
    fs.utime(path, givenTime, givenTime);
  }
}

/** What a program did to the folder: files made or changed, names of given files that are gone. */
export function collectChanges(fs: FileSystem, files: FileEntry[]): { changed: FileEntry[]; removed: string[] } {
  const present = new Set<string>();
  const changed: FileEntry[] = [];
  for (const path of walk(fs, workFolder)) {
    const name = path.slice(workFolder.length + 1);
    present.add(name);
    if (name !== 'main.py' && fs.stat(path).mtime.getTime() !== givenTime) changed.push([name, fs.readFile(path)]);
  }
  const removed = files.map(([name]) => name).filter((name) => !present.has(name));
  return { changed, removed };
}

function entries(fs: FileSystem, folder: string): string[] {
  const names = fs.readdir(folder).filter((name) => name !== '.' && name !== '..');
  return names.map((name) => `${folder}/${name}`);
}

function* walk(fs: FileSystem, folder: string): Generator<string> {
  for (const path of entries(fs, folder)) {
    const { mode } = fs.stat(path);
    if (fs.isDir(mode)) yield* walk(fs, path);
    else if (fs.isFile(mode)) yield path;
  }
}

function clear(fs: FileSystem, folder: string): void {
  for (const path of entries(fs, folder)) {
    if (fs.isDir(fs.stat(path).mode)) {
      clear(fs, path);
      fs.rmdir(path);
    } else {
      fs.unlink(path);
    }
  }
}
