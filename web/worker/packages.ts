/** Real packages: from Pyodide's index, from a copy of it that a site hosts, from an address, from PyPI. */

import { type PyodideAPI, version } from 'pyodide';
import { Downloads } from '../loading/downloads';
import type { KeptFiles } from '../protocol/kept-files';
import type { PackageReport, PackageRequest, Progress } from '../protocol/messages';
import { isWheelAddress as isAddress, listName, type PackageList, withDependencies } from '../protocol/package-list';

const pyodideIndex = `https://cdn.jsdelivr.net/pyodide/v${version}/full/`;

/** A request with the list of the index that it goes to. */
export interface PackagePlan {
  request: PackageRequest;
  /** Folder of the wheels. */
  base: string;
  list: PackageList | null;
  /** Why there is no list. */
  problem: string;
}

const host = (url: string) => new URL(url).host;

/** Reads the list of an index. `ownList` is the one that came with Pyodide. */
export async function planPackages(request: PackageRequest, ownList: () => Promise<Uint8Array>): Promise<PackagePlan> {
  const base = request.index ?? pyodideIndex;
  const plan = { request, base, list: null, problem: '' };
  try {
    const text = request.index ? await textAt(request.index + listName) : new TextDecoder().decode(await ownList());
    const list = JSON.parse(text) as PackageList;
    if (typeof list?.packages !== 'object') throw new SyntaxError();
    return { ...plan, list };
  } catch (error) {
    const reason = error instanceof SyntaxError ? `${base}${listName} is no package list` : (error as Error).message;
    return { ...plan, problem: reason };
  }
}

/** What `loadPyodide` is told, so that it installs from the plan's index. */
export function indexOptions({ list, base }: PackagePlan): { lockFileContents?: string; packageBaseUrl?: string } {
  return list ? { lockFileContents: JSON.stringify(list), packageBaseUrl: base } : {};
}

/** Downloads and installs what a plan asks for, as far as it can be had and is not among `files`. Never rejects. */
export async function installPackages(
  pyodide: PyodideAPI,
  { request, base, list, problem }: PackagePlan,
  report: (progress: Progress) => void,
  files: KeptFiles,
): Promise<PackageReport> {
  const result: PackageReport = { from: host(base), loaded: [], missing: [] };
  const listed = list?.packages ?? {};
  const problems: string[] = [];
  const load = (names: string[]) =>
    pyodide.loadPackage(names, { messageCallback: () => {}, errorCallback: (text) => problems.push(text) });
  const progress = { stage: 'packages', names: request.names.map(shortName) } as const;
  report({ ...progress, loaded: 0, total: 0 });
  const downloads = new Downloads(new Map(files), (bytes) => report({ ...progress, ...bytes }), { advice: '' });
  const release = downloads.intercept();
  try {
    const fromIndex = request.names.filter((name) => name in listed);
    for (const { file_name, sha256 } of withDependencies(fromIndex, listed)) {
      downloads.add(new URL(file_name, base).href, { sha256 });
    }
    for (const name of request.names.filter(isAddress)) downloads.add(name);
    for (const name of request.names) {
      try {
        if (problem) throw new Error(problem);
        if (name in listed || isAddress(name)) {
          await Promise.race([load([name]), downloads.failure]);
          if (!((listed[name]?.name ?? shortName(name)) in pyodide.loadedPackages))
            throw new Error('it could not be installed');
        } else await fromPyPI(pyodide, name, listed, base, load);
        result.loaded.push({ name, version: listed[name]?.version ?? '' });
      } catch (error) {
        result.missing.push({ name, reason: (problems[0] ?? firstLine(error)).replace(/\.$/, '') });
      }
    }
  } finally {
    release();
  }
  return result;
}

/** A package of pure Python that is not in the index: by micropip, which is. */
async function fromPyPI(
  pyodide: PyodideAPI,
  name: string,
  listed: PackageList['packages'],
  base: string,
  load: (names: string[]) => Promise<unknown>,
): Promise<void> {
  if (!('micropip' in listed)) throw new Error(`it is not in the index at ${base}`);
  await load(['micropip']);
  try {
    await pyodide.runPythonAsync(`import micropip\nawait micropip.install(${JSON.stringify(name)})`);
  } catch (error) {
    const reason = lastLine(error).replace(/^\w+(\.\w+)*: /, '');
    throw new Error(`it is not in the index at ${host(base)}, and micropip could not get it: ${reason}`);
  }
}

/** `tiny` of `https://host/tiny-1.0-py3-none-any.whl`. */
function shortName(name: string): string {
  return isAddress(name) ? (name.split('/').at(-1) ?? name).split('-')[0] : name;
}

async function textAt(url: string): Promise<string> {
  const answer = await fetch(url).catch(() => null);
  if (!answer?.ok) throw new Error(`${url} ${answer ? `answered ${answer.status}` : 'did not answer'}`);
  return answer.text();
}

const lines = (error: unknown) => (error instanceof Error ? error.message : String(error)).trim().split('\n');
const firstLine = (error: unknown) => lines(error)[0];
const lastLine = (error: unknown) => lines(error).at(-1) ?? '';
