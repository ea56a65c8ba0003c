// npm run bench: times a training step of S, M and L and the small ops of hand-written cells (workloads.py) in Chromium with both builds, TensorFlow.js beside it,
// and real PyTorch where there is one, in interleaved rounds, and prints the ratios. It prints; it never fails on a figure.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from '../../wasm-bindings/setup/build.mjs';
import { serve } from '../../wasm-bindings/setup/serve.mjs';
import { openBrowser } from '../web/browser.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rounds = Number(process.env.ROUNDS ?? 5);
/** Only workloads of these names, such as "small hand". */
const only = process.env.ONLY?.split(' ');

// [workload, cell, kind, repeats a round of Unroll and PyTorch, TensorFlow.js takes part]
const plan = [
  ['S', 'lstm', 'train', 20, true],
  ['S', 'gru', 'train', 20, true],
  ['S', 'rnn', 'train', 20, false],
  ['M', 'lstm', 'train', 5, true],
  ['M', 'gru', 'train', 5, false],
  ['M', 'rnn', 'train', 5, false],
  ['L', 'lstm', 'forward', 1, true],
  ['L', 'gru', 'forward', 1, false],
  ['L', 'lstm', 'train', 1, false],
  ['L', 'gru', 'train', 1, false],
  ['small', 'a+b', 'x1000', 20, false],
  ['hand', 'lstm', 'cell', 5, false],
];

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** The command that runs a script under PyTorch, or null. UNROLL_PYTORCH names one. */
function findPyTorch() {
  const candidates = [process.env.UNROLL_PYTORCH, `${root}../shared/tools/pytorch`, 'python3'].filter(Boolean);
  return candidates.find(
    (command) =>
      (command.includes('/') ? existsSync(command) : true) &&
      spawnSync(command, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0,
  );
}

/** A PyTorch process that answers measurements one after the other. */
function startPyTorch(command) {
  const child = spawn(command, [`${root}tests/bench/workloads.py`], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async time(...request) {
      child.stdin.write(`${request.join(' ')}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('PyTorch stopped while it was measured');
      return value.split(' ').map(Number);
    },
    stop: () => child.kill(),
  };
}

async function measure(page, pytorch) {
  const results = [];
  for (const [name, cell, kind, repeats, withTensorflow] of plan.filter(([name]) => !only || only.includes(name))) {
    const times = { relaxed: [], simd: [], pytorch: [], tensorflow: [] };
    let memory = 0;
    for (let round = 0; round < rounds; ++round) {
      for (const variant of ['relaxed', 'simd']) {
        const timed = await page.evaluate((...a) => window.unrollTime(...a), variant, name, cell, kind, repeats);
        times[variant].push(...timed.times);
        memory = Math.max(memory, timed.memory);
      }
      if (pytorch) times.pytorch.push(...(await pytorch.time(name, cell, kind, repeats)));
      if (withTensorflow && round < 3)
        times.tensorflow.push(...(await page.evaluate((...a) => window.tensorflowTime(...a), name, cell, kind, 2)));
    }
    const result = { name, cell, kind, memoryMiB: Math.round(memory / 2 ** 20) };
    for (const [peer, values] of Object.entries(times)) result[peer] = values.length ? median(values) : null;
    results.push(result);
    print(result);
  }
  return results;
}

const cellText = (value, digits = 1) => (value === null ? '-' : value.toFixed(digits)).padStart(11);

function print(r) {
  const against = (peer, digits) =>
    cellText(r[peer] === null ? null : peer === 'tensorflow' ? r[peer] / r.relaxed : r.relaxed / r[peer], digits);
  console.log(
    `${`${r.name} ${r.cell} ${r.kind}`.padEnd(16)}${cellText(r.relaxed)}${cellText(r.simd)}${cellText(r.pytorch)}${cellText(r.tensorflow)}` +
      `${against('pytorch', 2)}${against('tensorflow', 1)}${cellText(r.relaxed / r.simd, 2)}${String(r.memoryMiB).padStart(9)}`,
  );
}

await build();
const server = await serve(root, { port: 0 });
const { browser, close } = await openBrowser();
const command = findPyTorch();
const pytorch = command ? startPyTorch(command) : null;
try {
  const page = await browser.newPage();
  await page.goto(`${server.url}/tests/bench/page.html`);
  await page.waitForFunction('window.benchReady', { timeout: 60_000 });
  for (const variant of ['relaxed', 'simd']) await page.evaluate((v) => window.startUnroll(v), variant);
  console.log(
    `\nMilliseconds a step, median over ${rounds} interleaved rounds, one thread, ${await browser.version()}${pytorch ? '' : '; no PyTorch found'}\n`,
  );
  console.log(
    `${''.padEnd(16)}${['relaxed', 'simd', 'PyTorch', 'TF.js'].map((t) => t.padStart(11)).join('')}${' ×PyTorch'.padStart(11)}${'TF.js/ours'.padStart(11)}${'rel/simd'.padStart(11)}${'MiB'.padStart(9)}`,
  );
  const results = await measure(page, pytorch);
  mkdirSync(`${root}build`, { recursive: true });
  writeFileSync(`${root}build/bench.json`, JSON.stringify(results, null, 2));
  console.log(
    '\n×PyTorch: our time over its time, smaller is better. TF.js/ours: how many times faster. Written to build/bench.json.',
  );
} finally {
  pytorch?.stop();
  await close();
  await server.close();
}
