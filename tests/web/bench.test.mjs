import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPage, openSite } from './browser.mjs';

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
