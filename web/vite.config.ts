import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { lessonFiles } from './lesson-files.ts';
import { oembed } from './oembed.mjs';
import { offlineFiles } from './offline/offline-files.ts';
import { plainFiles } from './plain-files.ts';
import { runtimeFiles } from './runtime-files.ts';
import { sitePages } from './site-pages.ts';

const web = dirname(fileURLToPath(import.meta.url));

/** Builds dist/: `index.html`, the playground, and `unroll.js`, the element. Every address in it is relative. */
export default defineConfig({
  root: web,
  base: './',
  publicDir: false,
  plugins: [runtimeFiles({ emit: true }), lessonFiles(), plainFiles(), oembed(), sitePages(), offlineFiles()],
  worker: {
    format: 'es',
    plugins: () => [runtimeFiles({ emit: false })],
    rolldownOptions: {
      // Pyodide imports these in Node only.
      external: [/^node:/, 'ws'],
      checks: { pluginTimings: false },
      // One file: a worker for code of strangers gets its script as text.
      output: { entryFileNames: 'assets/[name]-[hash].js', codeSplitting: false },
    },
  },
  build: {
    outDir: join(web, '../dist'),
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      input: {
        index: join(web, 'index.html'),
        bench: join(web, 'bench.html'),
        embed: join(web, 'embed.html'),
        unroll: join(web, 'panel/index.ts'),
      },
      preserveEntrySignatures: 'exports-only',
      checks: { pluginTimings: false },
      output: {
        entryFileNames: ({ name }) => (name === 'unroll' ? 'unroll.js' : 'assets/[name]-[hash].js'),
        // One file for a panel, also what other pages use of it: an import of an import is a round trip more.
        codeSplitting: {
          groups: [
            {
              name: 'panel',
              test: /\/web\/(panel|console|plots|worker(?!\/(isolation\/isolate\.|downloads|site-files)))\/|\/(@lit|lit|lit-html|lit-element)\//,
            },
          ],
        },
      },
    },
  },
});
