/** What an index of packages says: its pyodide-lock.json. */

export const listName = 'pyodide-lock.json';

/** An entry, as far as we need it. */
export interface ListedPackage {
  name: string;
  version: string;
  file_name: string;
  sha256: string;
  depends: string[];
}

export interface PackageList {
  packages: Record<string, ListedPackage>;
}

/** Packages and all that they need. */
export function withDependencies(names: string[], listed: PackageList['packages']): ListedPackage[] {
  const found = new Map<string, ListedPackage>();
  const visit = (name: string) => {
    const entry = listed[name];
    if (!entry || found.has(name)) return;
    found.set(name, entry);
    entry.depends.forEach(visit);
  };
  names.forEach(visit);
  return [...found.values()];
}

/** Whether a package is named by the address of its wheel. */
export const isWheelAddress = (name: string) => name.includes('/') || name.endsWith('.whl');
