import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onePanel, press, runCode, textOf, waitForText } from './browser.mjs';
import { keepSaved } from './saved-files.mjs';

const { page, problems } = await onePanel();

/** The charts: title, legend, and of how many points each line is. */
const charts = () =>
  page.evaluate(() =>
    [...document.querySelector('unroll-panel').shadowRoot.querySelectorAll('.chart')].map((chart) => ({
      title: chart.querySelector('h4').textContent,
      legend: [...chart.querySelectorAll('.legend li')].map((item) => item.textContent),
      points: [...chart.querySelectorAll('path.line')].map((path) => path.getAttribute('d').split(/[ML]/).length - 1),
    })),
  );

const training = `import unroll
for epoch in range(30):
    unroll.log({"loss/train": 1 / (epoch + 1), "loss/val": 2 / (epoch + 1)}, accuracy=epoch / 30)
`;

test('values are lines of charts, one chart for the tags that share a name before the slash', async () => {
  await runCode(page, training);
  assert.deepEqual(await charts(), [
    { title: 'loss', legend: ['train0.03333', 'val0.06667'], points: [30, 30] },
    { title: 'accuracy', legend: ['0.9667'], points: [30] },
  ]);
  const name = await page.evaluate(
    () => document.querySelector('unroll-panel').shadowRoot.querySelector('.chart-area').ariaLabel,
  );
  assert.equal(
    name,
    'Line chart of loss. train: 30 values, from 1 to 0.03333; val: 30 values, from 2 to 0.06667. Arrow keys read values.',
  );
});

test('the plot grows while the program runs', async () => {
  const run = runCode(
    page,
    'import time, unroll\nfor step in range(6000):\n    unroll.log(growing=step)\n    time.sleep(0.01)',
  );
  await waitForText(page, '.live', 'growing', 30_000);
  await page.evaluate(() => document.querySelector('unroll-panel').stop());
  assert.equal((await run).status, 'stopped');
});

test('the pointer and the arrow keys read the values of a step', async () => {
  await runCode(page, training);
  const box = await page.evaluate(() => {
    const area = document.querySelector('unroll-panel').shadowRoot.querySelector('.chart-area');
    const { left, top, width } = area.getBoundingClientRect();
    return { left, top, width };
  });
  const head = () => textOf(page, '.chart-key').then((text) => text.replace(/\s+/g, ' '));
  await page.mouse.move(box.left + 46 + (box.width - 58) / 29 + 1, box.top + 60);
  assert.equal(await head(), 'step 1 train 0.5 val 1');
  await page.mouse.move(2, 2);
  assert.equal(await head(), 'train 0.03333 val 0.06667');
  await page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.chart-area').focus());
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  assert.equal(await head(), 'step 2 train 0.3333 val 0.6667');
  await page.keyboard.press('Tab');
});

test('the same values stand in a table and in a CSV file', async () => {
  const saved = await keepSaved(page);
  await runCode(
    page,
    'import unroll\nunroll.log(a=1)\nunroll.log(a=float("nan"), b=2)\nunroll.log({"x/y,z": 3}, step=7)',
  );
  await press(page, 'Table');
  const rows = await page.evaluate(() =>
    [...document.querySelector('unroll-panel').shadowRoot.querySelectorAll('table.values')].map((table) => [
      table.caption.textContent,
      ...[...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent).join(' ')),
    ]),
  );
  assert.deepEqual(rows, [
    ['a', '0 1', '1 '],
    ['b', '1 2'],
    ['x/y,z', '7 3'],
  ]);
  await press(page, 'CSV');
  const { 'values.csv': csv } = await saved(1);
  assert.equal(Buffer.from(csv).toString(), 'step,a,b,"x/y,z"\n0,1,,\n1,,2,\n7,,,3\n');
});

test('a hundred thousand values are drawn without delay, and thinned out', async () => {
  const { seconds } = await runCode(page, 'import unroll\nfor i in range(100_000): unroll.log(loss=i % 7)');
  const [{ points, legend }] = await charts();
  assert.deepEqual(legend, [`${99_999 % 7}`]);
  assert.ok(points[0] > 500 && points[0] < 6000, `${points[0]} points`);
  assert.ok(seconds < 4, `${seconds} s`);
});

test('the next run begins without a plot, and a narrow panel has the charts below each other', async () => {
  await runCode(page, 'print("none")');
  assert.equal(await textOf(page, '.live'), '');
  await page.setViewport({ width: 320, height: 700 });
  await runCode(page, training);
  const lefts = await page.evaluate(() => {
    const root = document.querySelector('unroll-panel').shadowRoot;
    return [...root.querySelectorAll('.chart')].map((chart) => Math.round(chart.getBoundingClientRect().left));
  });
  assert.equal(new Set(lefts).size, 1);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
