/** Where the work of readers is kept in their browser. */

import { Table } from '../worker/database';

const programs = new Table('unroll-work', 'programs');

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
export const readKept = (key: string): Promise<Kept | undefined> =>
  programs.transact('readonly', (all) => all.get(key));

export const writeKept = (key: string, kept: Kept): Promise<unknown> =>
  programs.transact('readwrite', (all) => all.put(kept, key));

export const deleteKept = (key: string): Promise<unknown> => programs.transact('readwrite', (all) => all.delete(key));
