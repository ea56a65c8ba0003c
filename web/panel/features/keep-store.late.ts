/** Where the work of readers is kept in their browser. */

import { Table } from '../../storage/database';

const programs = new Table('unroll-work', 'programs', true);

/** A reader's version of a program. */
export interface Kept {
  code: string;
  /** Files that are not the author's as given, by name; null for one that the reader removed. */
  files: [name: string, content: string | Uint8Array | null][];
  /** The author's program that the reader began with. */
  author: string;
  /** When, in milliseconds since 1970. */
  time: number;
}

/** Whether two versions are one work. */
export const isSame = (a: Kept | null, b: Kept | null) =>
  a?.code === b?.code && (!a || !b || inOneText(a.files) === inOneText(b.files));

const inOneText = (files: Kept['files']) =>
  JSON.stringify(
    files.map(([name, content]) => [name, content instanceof Uint8Array ? latin.decode(content) : content]),
  );
const latin = new TextDecoder('latin1');

/** A version in the storage, by its place there. */
export interface Version extends Kept {
  place: string;
}

/** Versions of one program stand side by side, each at a place of its own below the program's key. */
const mark = '\n';

/** A place for a version that nobody else writes to, so that two tabs never write over each other's work. */
export const newPlace = (key: string) => `${key}${mark}${crypto.randomUUID?.() ?? Math.random()}`;

/** What is kept of a program, the latest first. Rejects where the browser keeps nothing for this page. */
export async function readVersions(key: string): Promise<Version[]> {
  return sorted(await programs.transact('readonly', (all) => all.getAll(placesOf(key))), key);
}

/**
 * Puts a version in its place, or nothing where that is null, and removes others; gives what is kept then. All is asked for at
 * once: a page that is going away still gets it done.
 */
export async function writeVersion(
  key: string,
  place: string,
  kept: Kept | null,
  removed: string[],
): Promise<Version[]> {
  const versions = await programs.transact('readwrite', (all) => {
    for (const one of removed) all.delete(one);
    if (kept) all.put({ ...kept, place }, place);
    else all.delete(place);
    return all.getAll(placesOf(key));
  });
  return sorted(versions, key);
}

/** The places of a key; earlier releases kept one version at the key itself. */
const placesOf = (key: string) => IDBKeyRange.bound(key, `${key}${mark}\uffff`);

const sorted = (versions: Version[], key: string): Version[] =>
  versions.map((version) => ({ ...version, place: version.place ?? key })).sort((a, b) => b.time - a.time);
