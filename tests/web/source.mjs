/** Modules of web/ for tests that need no browser: bundled in memory, imported by Node. */

import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** What a module such as `share/link.ts` exports. */
export async function importSource(path) {
  const input = fileURLToPath(new URL(`../../web/${path}`, import.meta.url));
  const bundle = await rolldown({ input, preserveEntrySignatures: 'strict' });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  return import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
}
