// The coverage page. `node tests/python/coverage.mjs` writes docs/coverage.md; coverage.test.mjs fails when it is stale.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { read, startPython } from './pyodide.mjs';

export const pagePath = 'docs/coverage.md';

/** The page as the package of this checkout gives it. */
export async function coveragePage() {
  const { pyodide, run } = await startPython();
  pyodide.FS.writeFile('coverage.py', await read('tests/python/coverage.py'));
  const uses = await read('tests/golden/data/uses.json');
  return run('import sys, json\nsys.path.insert(0, ".")\nimport coverage\ncoverage.page(json.loads(uses))', { uses });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = join(dirname(fileURLToPath(import.meta.url)), '../..', pagePath);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, await coveragePage());
}
