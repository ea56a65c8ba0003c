/**
 * npm start: sets up and builds what is missing, then serves the site on 127.0.0.1 and prints the address. The first time it
 * serves as soon as there is one engine, and makes the other while the page is in use.
 */
import { join } from 'node:path';
import { build, hasSite } from './build.mjs';
import { root } from './places.mjs';
import { serve } from './serve.mjs';
import { formatSeconds, main, StepError } from './steps.mjs';

await main(async () => {
  const started = performance.now();
  const early = !hasSite();
  await build({ early });
  const { url } = await serveSite();
  console.log(`\nUnroll is at ${url}/  (ready in ${formatSeconds(performance.now() - started)}; Ctrl+C ends it)`);
  if (!early) return;
  console.log('The page works already. What follows makes it faster; it takes about as long again.\n');
  await build();
  console.log(`\nAll is built: reload ${url}/`);
});

/** On PORT, or else on the first free port from 8080 on. */
async function serveSite() {
  const wanted = Number(process.env.PORT);
  const ports = wanted ? [wanted] : Array.from({ length: 100 }, (_, i) => 8080 + i);
  for (const port of ports) {
    try {
      return await serve(join(root, 'dist'), { port });
    } catch (error) {
      if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    }
  }
  throw new StepError(`no free port (${ports[0]}${ports.length > 1 ? ` to ${ports.at(-1)}` : ''})`, {
    advice: 'Name another one: PORT=9000 npm start',
  });
}
