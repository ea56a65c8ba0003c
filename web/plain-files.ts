import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const web = dirname(fileURLToPath(import.meta.url));

/** Folders of web/ whose files are in the site as they are, and where they are there. */
const folders = { examples: 'examples/', 'embed/plain': '' };

/** Puts files into the site that readers may want to read, under their own names. */
export function plainFiles(): Plugin {
  return {
    name: 'unroll-plain-files',
    generateBundle() {
      for (const [folder, place] of Object.entries(folders)) {
        for (const name of readdirSync(join(web, folder), { recursive: true, encoding: 'utf8' })) {
          const path = join(web, folder, name);
          if (!statSync(path).isFile()) continue;
          this.emitFile({ type: 'asset', fileName: place + name, source: readFileSync(path) });
        }
      }
    },
  };
}
