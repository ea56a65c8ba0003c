/** The files of a start of Python, by their paths in the site, and what a memory snapshot has to fit. */

import {
  engineFiles,
  pyodideFiles,
  pyodideFolder,
  pyodideScript,
  rareNames,
  standardLibrary,
  torchArchive,
} from 'virtual:runtime-files';
import type { Variant } from '../protocol/messages';

/** Where the torch package lies in Python's file system. Python imports from it as it is. */
export const torchPath = '/lib/torch.zip';

/** What every later start should not do again: it happens before the snapshot. */
export const preparation = `import sys; sys.path.append(${JSON.stringify(torchPath)})
import unroll.rare_modules, unroll.runner
unroll.rare_modules.install(${JSON.stringify(rareNames)}.split())
unroll.runner.settle()`;

/** What a snapshot has to fit. Other browsers may give Pyodide other ways to do the same. */
export const snapshotVersion = [
  pyodideFolder,
  standardLibrary.path,
  torchArchive.path,
  preparation,
  navigator.userAgent,
].join(' ');

/** What a start fetches. */
export const fetchedFiles = (variant: Variant) => [
  ...pyodideFiles,
  standardLibrary,
  torchArchive,
  engineFiles[variant].wasm,
];

/** All that an isolated start of Python is given. */
export const filesOfPython = (variant: Variant) => [...fetchedFiles(variant), pyodideScript, engineFiles[variant].js];

/** The same for the engine alone. */
export const filesOfEngine = (variant: Variant) => [engineFiles[variant].wasm, engineFiles[variant].js];
