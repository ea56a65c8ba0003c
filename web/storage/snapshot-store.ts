/**
 * Python's memory between visits, in the browser's storage. Everything here may fail (no storage, none left, another
 * site's data in its place) and then says no more than that there is nothing: a start without it only takes longer.
 */

import { Table } from './database';

const table = new Table('unroll', 'snapshots');
/** One at a time: a new version takes the place of the old one. */
const place = 'python';
/** Milliseconds that a start waits for the storage, which may never answer: another page can hold it up. */
const patience = 2000;

interface Kept {
  version: string;
  /** A Blob is read only when it is asked for; bytes stand there in private windows of WebKit, which keep no Blob. */
  memory: Blob | Uint8Array<ArrayBuffer>;
  sum: number;
}

/** A snapshot that is there; `read` gives null where it is not whole. */
export interface StoredSnapshot {
  read: () => Promise<Uint8Array<ArrayBuffer> | null>;
}

/** What was kept for this version, if anything. */
export async function findSnapshot(version: string): Promise<StoredSnapshot | null> {
  const kept: Kept | null = await inTime(table.transact('readonly', (snapshots) => snapshots.get(place))).catch(
    () => null,
  );
  return kept?.version === version ? { read: () => read(kept) } : null;
}

async function read({ memory, sum }: Kept): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const bytes = memory instanceof Blob ? new Uint8Array(await inTime(memory.arrayBuffer())) : memory;
    return checksum(bytes) === sum ? bytes : null;
  } catch {
    return null;
  }
}

/** Keeps a snapshot for the next visit, where there is room. */
export async function writeSnapshot(version: string, memory: Uint8Array<ArrayBuffer>): Promise<void> {
  const sum = checksum(memory);
  const keep = (kept: Kept) => table.transact('readwrite', (snapshots) => snapshots.put(kept, place));
  try {
    await keep({ version, memory: new Blob([memory]), sum }).catch(() => keep({ version, memory, sum }));
  } catch {
    // The next visit starts from scratch.
  }
}

export async function forgetSnapshot(): Promise<void> {
  await inTime(table.transact('readwrite', (snapshots) => snapshots.delete(place))).catch(() => {});
}

function inTime<T>(work: Promise<T>): Promise<T> {
  return Promise.race([work, new Promise<never>((_, late) => setTimeout(late, patience))]);
}

/** Takes the storage away from the programs of this worker, once it has no more use for it itself. */
export function hideStorage(): void {
  for (let holder: object | null = self; holder; holder = Object.getPrototypeOf(holder)) {
    Reflect.deleteProperty(holder, 'indexedDB');
  }
}

/** Tells a damaged copy from a whole one; a quarter of what SHA-256 takes over 31 MB. */
function checksum(bytes: Uint8Array<ArrayBuffer>): number {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2);
  let sum = bytes.byteLength;
  for (let i = 0; i < words.length; ++i) sum = (Math.imul(sum, 31) + words[i]) | 0;
  return sum;
}
