// What is measured outside of the benchmark's page: peak memory beside PyTorch's, and the first second.
import { join } from 'node:path';
import { root } from '../../wasm-bindings/setup/places.mjs';
import { serve } from '../../wasm-bindings/setup/serve.mjs';
import { forMemory } from '../pytorch.mjs';
import { openBrowser } from '../web/chromium.mjs';
import { startPyTorch } from './pytorch.mjs';
import { measureColdTraining, measureStart } from './start.mjs';

const mebi = 2 ** 20;

/**
 * The peak of memory over four training steps of L, in a fresh process and in a fresh page. PyTorch's is what its process has in memory at
 * most (VmHWM) beyond what it had after a step of a tiny model; ours is all of the engine's WebAssembly memory, which never shrinks.
 */
export async function memoryFigures(command, cells) {
  const figures = [];
  for (const cell of cells) {
    const request = { work: 'L', cell, repeats: 1, blocks: 3 };
    const ours = (await answerInPage(request)).memory / mebi;
    const peer = startPyTorch(command, forMemory);
    const theirs = (await peer.answer(request)).memory / mebi;
    peer.stop();
    figures.push({
      id: `memory ${cell}`,
      work: `L ${cell.toUpperCase()}, peak memory of training`,
      ...{ against: 'PyTorch', ours, theirs, unit: 'MiB' },
      ...{ value: ours / theirs, of: '× its memory', target: { atMost: 1.3 } },
    });
  }
  return figures;
}

async function answerInPage(request) {
  const server = await serve(join(root, 'dist'));
  const { browser, close } = await openBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}/bench.html`);
    await page.waitForFunction('window.unrollBench', { timeout: 60_000 });
    return await page.evaluate((request) => window.unrollAnswer(request), request);
  } finally {
    await close();
    await server.close();
  }
}

/** Bytes and times of a first visit and of later ones, and training while V8 still optimises. */
export async function startFigures() {
  const { bytes, cold, warm } = await measureStart({ visits: 3, returns: 2 });
  const training = await measureColdTraining({ visits: 3 });
  const alone = (work, value, unit, atMost) => ({
    id: 'start',
    work,
    ...{ against: '', ours: value, theirs: null, unit, value, of: unit, target: { atMost } },
  });
  return [
    alone('start, engine and panel (Brotli)', bytes.beforePython / 1000, 'KB', 600),
    alone('start, first run in all (Brotli)', bytes.all / 1e6, 'MB', 6),
    alone('start, first visit to the first line', cold, 's', 3),
    alone('start, later visit to the first line', warm, 's', 0.6),
    {
      id: 'start',
      work: 'M LSTM, first 2 seconds of training',
      ...{ against: 'the page warm', ours: training.cold, theirs: training.warm, unit: 'steps/s' },
      ...{ value: training.ratio, of: '× its speed', target: { atLeast: 0.5 } },
    },
  ];
}
