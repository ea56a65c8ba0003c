import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { devServer } from './dev-server.ts';
import { lessonFiles } from './lesson-files.ts';
import { oembed } from './oembed.mjs';
import { offlineFiles } from './offline/offline-files.ts';
import { plainFiles } from './plain-files.ts';
import { runtimeFiles } from './runtime-files.ts';
import { sitePages } from './site-pages.ts';
import { workerTexts } from './worker-texts.ts';

const web = dirname(fileURLToPath(import.meta.url));

/** What a panel needs at once: files called *.late.ts and the rooms that are not named here come when they are asked for. */
const isOfPanel = (id: string) =>
  /\/web\/(panel|console|runtime|protocol|storage|ui)\/|\/(@lit|lit|lit-html|lit-element)\//.test(id) &&
  !id.includes('.late.');

/** Builds dist/: `index.html`, the playground, and `unroll.js`, the element. Every address in it is relative. */
export default defineConfig({
  root: web,
  base: './',
  publicDir: false,
  plugins: [
    runtimeFiles({ emit: true }),
    lessonFiles(),
    plainFiles(),
    oembed(),
    sitePages(),
    workerTexts(),
    offlineFiles(),
    devServer(),
  ],
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
        about: join(web, 'about.html'),
        bench: join(web, 'bench.html'),
        embed: join(web, 'embed.html'),
        unroll: join(web, 'panel/index.ts'),
      },
      preserveEntrySignatures: 'exports-only',
      checks: { pluginTimings: false },
      output: {
        entryFileNames: ({ name }) => (name === 'unroll' ? 'unroll.js' : 'assets/[name]-[hash].js'),
        codeSplitting: {
          groups: [
            // One file for a panel, also what other pages use of it: an import of an import is a round trip more.
            { name: 'panel', test: isOfPanel },
            // Changes seldom, so that a later visit has it; one file compresses better than three.
            {
              name: 'codemirror',
              test: /\/(@codemirror\/(view|state|language|commands)|@lezer\/(common|highlight|lr|python)|style-mod|crelt|w3c-keyname|find-cluster-break)\//,
            },
          ],
        },
      },
    },
  },
});
