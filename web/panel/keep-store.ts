/** Where the work of readers is kept in their browser: a database of this page's origin. */

const database = 'unroll-work';
const table = 'programs';

/** A reader's version of a program. */
export interface Kept {
  code: string;
  /** Files that are not the author's as given, by name; null for one that the reader removed. */
  files: [name: string, content: string | Uint8Array | null][];
  /** The author's program that the reader began with. */
  author: string;
  /** When, in milliseconds since 1970. */
  time: number;
  /** A version from before that the reader has not chosen against. */
  earlier?: Kept;
}

/** Undefined where nothing is kept. These reject where the browser keeps nothing for this page. */
export const readKept = (key: string): Promise<Kept | undefined> => transact('readonly', (all) => all.get(key));

export const writeKept = (key: string, kept: Kept): Promise<unknown> =>
  transact('readwrite', (all) => all.put(kept, key));

export const deleteKept = (key: string): Promise<unknown> => transact('readwrite', (all) => all.delete(key));

async function transact<T>(mode: IDBTransactionMode, act: (all: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(database, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(table);
  const opened = await settled(opening);
  try {
    const transaction = opened.transaction(table, mode);
    const request = act(transaction.objectStore(table));
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    return request.result;
  } finally {
    opened.close();
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
