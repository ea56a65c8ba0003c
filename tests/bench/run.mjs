// npm run bench: everything that the project wants to reach, in one table. The browser's part is dist/bench.html in Chromium with PyTorch
// beside it; first visits and memory are measured here. ONLY="S,L lstm,growth batch,memory,start" picks rows by the first words of their ids, ROUNDS how many pairs.
// It prints; it never fails on a figure.
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { ensureBrowsers } from '../../wasm-bindings/setup/browsers.mjs';
import { build } from '../../wasm-bindings/setup/build.mjs';
import { root } from '../../wasm-bindings/setup/places.mjs';
import { serve } from '../../wasm-bindings/setup/serve.mjs';
import { forTimes, pytorch } from '../pytorch.mjs';
import { openBrowser } from '../web/chromium.mjs';
import { memoryFigures, startFigures } from './figures.mjs';
import { machine } from './machine.mjs';
import { startPyTorch, versionOf } from './pytorch.mjs';
import { growthText, headText, linesOf, summaryText } from './table.mjs';

const rounds = Number(process.env.ROUNDS ?? 5);
const only = process.env.ONLY?.split(',').filter(Boolean) ?? [];
/** As the page picks its own rows. */
const isChosen = (id) => only.length === 0 || only.some((words) => `${id} `.startsWith(`${words} `));

const figures = [];
function show(added) {
  figures.push(...added);
  for (const line of linesOf(added)) console.log(line);
}

/** The page's own benchmark, with PyTorch as one more side of it. */
async function runPage() {
  const server = await serve(join(root, 'dist'));
  const { browser, close } = await openBrowser();
  const peer = pytorch && startPyTorch(pytorch, forTimes);
  try {
    const page = await browser.newPage();
    await page.exposeFunction('unrollReport', show);
    if (peer) await page.exposeFunction('unrollPyTorch', async (request) => (await peer.answer(request)).time);
    await page.goto(`${server.url}/bench.html`);
    await page.waitForFunction('window.unrollBench', { timeout: 60_000 });
    return { browser: await browser.version(), ...(await report(page)) };
  } finally {
    peer?.stop();
    await close();
    await server.close();
  }
}

/** The page's report. It comes by a call of its own: Puppeteer waits three minutes for an answer, no longer. */
function report(page) {
  return new Promise((resolve, reject) => {
    page.once('error', reject);
    page.browser().once('disconnected', () => reject(new Error('Chromium ended while it was measured')));
    page
      .exposeFunction('unrollDone', (error, found) => (error ? reject(new Error(error)) : resolve(found)))
      .then(() =>
        page.evaluate(
          (options) => {
            window.unrollBench(options).then(
              (found) => window.unrollDone('', found),
              (error) => window.unrollDone(String(error), null),
            );
          },
          { only, rounds },
        ),
      )
      .catch(reject);
  });
}

const [load] = loadavg();
const version = pytorch ? await versionOf(pytorch) : null;
await build();
Object.assign(process.env, await ensureBrowsers());
const began = performance.now();
console.log(headText({ rounds, version, load }));
const page = await runPage();
const cells = ['lstm', 'gru'].filter((cell) => isChosen(`memory ${cell}`));
if (pytorch) show(await memoryFigures(pytorch, cells));
if (isChosen('start')) show(await startFigures());
const seconds = Math.round((performance.now() - began) / 1000);
console.log(growthText(page));
console.log(summaryText(figures, page.problems, seconds));
const { browser, curves, cliffs, problems } = page;
const environment = {
  date: new Date().toISOString(),
  browser,
  ...machine(),
  pytorch: version,
  ...{ load, rounds, seconds, only },
};
mkdirSync(join(root, 'build'), { recursive: true });
writeFileSync(
  join(root, 'build/bench.json'),
  `${JSON.stringify({ environment, figures, curves, cliffs, problems }, null, 2)}\n`,
);
