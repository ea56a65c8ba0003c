/**
 * npm run dev: the playground from the sources, on 127.0.0.1. A saved change of TypeScript, CSS or Python is in the page at once, one
 * of C++ after an incremental compilation of one engine. PORT names another port than 5173.
 */
import { join } from 'node:path';
import { createServer } from 'vite';
import { build, hasSite } from './build.mjs';
import { root } from './places.mjs';
import { main } from './steps.mjs';

await main(async () => {
  if (!hasSite()) await build({ early: true });
  // Sizes of files are those on the disk; Python's files come from the sources.
  process.env.UNROLL_EARLY = '1';
  process.env.UNROLL_LIVE = '1';
  const server = await createServer({
    configFile: join(root, 'web/vite.config.ts'),
    // Only a worker imports it: found late, it would reload the page in the middle of a run.
    optimizeDeps: { include: ['pyodide'] },
    server: { port: Number(process.env.PORT ?? 5173), host: '127.0.0.1', fs: { allow: [root] } },
  });
  await server.listen();
  console.log(`\nUnroll is at ${server.resolvedUrls?.local[0]}  (sources; Ctrl+C ends it)`);
});
