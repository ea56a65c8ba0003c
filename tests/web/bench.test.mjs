import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readmeText } from '../bench/publish.mjs';
import { startPyTorch } from '../bench/pytorch.mjs';
import { forTimes, forValues } from '../pytorch.mjs';
import { newPage, openSite } from './browser.mjs';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'";

const site = await openSite({ headers: { 'content-security-policy': policy } });

/** The benchmark's page at a width, and what went wrong on it. */
async function openBench(query, width = 1280) {
  const page = await newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.setViewport({ width, height: 800 });
  await page.goto(`${site.url}/bench.html?${query}`);
  await page.waitForFunction('window.unrollBench');
  return { page, problems };
}

const texts = (page, selector) =>
  page.$$eval(selector, (found) => found.map((one) => one.textContent.replace(/\s+/g, ' ').trim()));

test('the benchmark measures beside TensorFlow.js and draws what it found, under a strict policy', async () => {
  const { page, problems } = await openBench('only=S+gru,sum,growth+steps+lstm&rounds=1');
  assert.ok(!site.asked.some((path) => /tensorflow|tfjs|pyodide/.test(path)), 'nothing is loaded before Run');
  const height = await page.evaluate(() => document.body.scrollHeight);
  await page.click('#run');
  await page.waitForFunction(() => /Done|ended/.test(document.querySelector('#status').textContent), {
    timeout: 240_000,
  });
  assert.match((await texts(page, '#status'))[0], /^Done in \d+ s\.$/);

  const bars = await page.$eval('#bars svg', (svg) => svg.ariaLabel);
  assert.match(bars, /^Bar chart\. S GRU, training step: [\d.]+ × faster$/);
  assert.equal((await page.$$('#bars .bar')).length, 1);

  const rows = await page.$$eval('#table tbody tr', (all) =>
    all.map((row) => [...row.children].map((cell) => cell.textContent)),
  );
  assert.deepEqual(
    rows.map(([work]) => work),
    ['S GRU, training step', 'sum, one a + b'],
  );
  assert.match(rows[0].join('|'), /\|[\d.]+ (ms|µs)\|[\d.]+ ms\|[\d.]+ (ms|µs)\|–$/);

  const [overSteps] = await page.$$eval('#growth svg', (all) =>
    all.map((svg) => svg.ariaLabel).filter((label) => label.includes('ms over time steps')),
  );
  assert.match(overSteps, /LSTM: [\d.]+ ms at 10, .* at 1000; GRU: not measured yet\.$/);
  assert.equal(
    await page.evaluate(() => document.body.scrollHeight),
    height,
    'results take the places that were kept for them',
  );

  const { environment, figures, curves } = await page.evaluate(async () => {
    const made = new Promise((done) => {
      URL.createObjectURL = (blob) => {
        done(blob.text());
        return '#';
      };
    });
    document.querySelector('#save').click();
    return JSON.parse(await made);
  });
  assert.equal(environment.rounds, 1);
  assert.ok(figures.some(({ id, against, value }) => id === 'S gru' && against === 'TensorFlow.js' && value > 0));
  assert.equal(curves[0].points.length, 5);
  assert.deepEqual(problems, []);
});

test('the page opens on the figures of another machine, says so, and gives them as JSON', async () => {
  const { page, problems } = await openBench('');
  const stored = JSON.parse(read('web/bench/stored.json'));
  assert.equal(
    (await page.$$('#bars .bar')).length,
    stored.figures.filter((one) => one.against === 'TensorFlow.js').length,
  );
  assert.ok((await page.$$('#bars .bar')).length >= 6);
  const [origin] = await texts(page, '#origin');
  assert.ok(origin.includes(stored.environment.processor) && origin.includes('not on your device'), origin);
  const heads = await texts(page, '#table thead th');
  assert.deepEqual(heads, ['Work', 'Unroll', 'PyTorch', '× PyTorch', 'TensorFlow.js', 'Baseline', 'Of the peak']);
  assert.match((await texts(page, '#targets'))[0], /^\d+ of \d+ targets are met\./);
  assert.equal((await page.$$('#growth path.curve')).length, 2 * stored.curves.length);
  assert.deepEqual(problems, []);
});

test("the README's figures are those that the page opens with", () => {
  assert.ok(read('README.md').includes(readmeText(JSON.parse(read('web/bench/stored.json')))));
});

test('PyTorch is timed with its memory kept and its own kernels, and values are compared with AVX2', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-peer-'));
  const command = join(folder, 'peer');
  writeFileSync(
    command,
    `#!${process.execPath}\nprocess.stdin.once('data', () => console.log(JSON.stringify(process.env)));\n`,
  );
  chmodSync(command, 0o755);
  const environmentOf = async (env) => {
    const peer = startPyTorch(command, { ...env, PATH: process.env.PATH });
    const found = await peer.answer({});
    peer.stop();
    return found;
  };
  const times = await environmentOf(forTimes);
  assert.deepEqual([times.MALLOC_MMAP_MAX_, times.ONEDNN_MAX_CPU_ISA, times.OMP_NUM_THREADS], ['0', 'ALL', '1']);
  assert.ok(
    Number(times.MALLOC_TRIM_THRESHOLD_) > 2 ** 30 && !('OPENBLAS_CORETYPE' in times) && !('OPENBLAS_L2_SIZE' in times),
  );
  assert.equal((await environmentOf(forValues)).ONEDNN_MAX_CPU_ISA, 'AVX2');
  assert.match(read('web/bench/workloads.py'), /set_flush_denormal\(True\)/);
  rmSync(folder, { recursive: true });
});

test('no test and no document names a path of one machine', () => {
  const pattern = new RegExp(['shared', 'tools'].join('/'));
  const files = ['tests', 'docs'].flatMap((room) =>
    readdirSync(new URL(`../../${room}`, import.meta.url), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(mjs|py|md|txt)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  assert.ok(files.length > 100);
  assert.deepEqual(
    files.filter((file) => pattern.test(readFileSync(file, 'utf8'))),
    [],
  );
});

test('Stop ends the benchmark behind the measurement that runs, and Run starts it anew', async () => {
  const { page, problems } = await openBench('only=sum&rounds=1000');
  await page.click('#run');
  await page.waitForFunction(() => document.querySelector('#status').textContent.startsWith('Measuring'));
  await page.click('#run');
  await page.waitForFunction(() => document.querySelector('#status').textContent === 'Stopped.', { timeout: 60_000 });
  assert.deepEqual(await texts(page, '#run'), ['Run']);
  assert.deepEqual(problems, []);
});

test('the page fits narrow screens', async () => {
  for (const width of [320, 375, 768]) {
    const { page } = await openBench('', width);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    await page.close();
  }
});

test('the playground leads to the benchmark and back', async () => {
  const { page } = await openBench('');
  await page.click('nav a');
  await page.waitForSelector('footer a[href$="bench.html"]');
});
