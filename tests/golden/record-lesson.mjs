// Records what a lesson's program shows, for the playground to open with: node tests/golden/record-lesson.mjs NAME, after a build.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../wasm-bindings/setup/places.mjs';
import { openBrowser } from '../web/chromium.mjs';
import { partsHere } from '../web/in-page.mjs';
import { serveSite } from '../web/site.mjs';

/** How many points stand in a part: a replay shows a part at a time. */
const batch = 14;

/** The parts with their points in even batches of four digits. */
export function evened(parts) {
  const found = [];
  for (const part of parts) {
    if (part.kind !== 'points') {
      const last = found.at(-1);
      if (last?.kind === part.kind && 'text' in part) last.text += part.text;
      else found.push({ ...part });
      continue;
    }
    for (const [tag, step, value] of part.points) {
      if (found.at(-1)?.kind !== 'points' || found.at(-1).points.length === batch) found.push({ kind: 'points', points: [] });
      found.at(-1).points.push([tag, step, Number(value.toPrecision(4))]);
    }
  }
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name] = process.argv.slice(2);
  const server = await serveSite();
  const { browser, close } = await openBrowser();
  const page = await browser.newPage();
  await page.goto(`${server.url}/#${name}`);
  await page.waitForFunction(() => document.querySelector('unroll-panel')?.code);
  const parts = evened(await page.evaluate(partsHere));
  const lines = parts.map((part) => `  ${JSON.stringify(part)}`).join(',\n');
  writeFileSync(join(root, `web/lessons/${name}/recorded.json`), `[\n${lines}\n]\n`);
  await close();
  await server.close();
}
