/** Programs on PATH and their versions. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { output } from './steps.mjs';

/** Full path of a program on PATH, or undefined. */
export function onPath(name, path = process.env.PATH ?? '') {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const candidate = join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      if (statSync(candidate).isFile()) return candidate;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

/** Whether a dotted version is at least another. */
export function atLeast(version, wanted) {
  const [a, b] = [version, wanted].map((text) => text.split('.').map(Number));
  for (let i = 0; i < b.length; i++) {
    if ((a[i] ?? 0) !== b[i]) return (a[i] ?? 0) > b[i];
  }
  return true;
}

/** The version that a program prints, or undefined where the program is missing or does not run. */
export async function versionOf(name, pattern = /(\d+\.\d+(\.\d+)?)/) {
  if (!onPath(name)) return undefined;
  try {
    return pattern.exec(await output([name, '--version']))?.[1];
  } catch {
    return undefined;
  }
}
