// The charts of the live plot large, and as files.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onePanel, press, runCode, waitForText } from './browser.mjs';
import { keepSaved, looksOf } from './saved-files.mjs';

const { page, problems } = await onePanel();
const saved = await keepSaved(page);

const training = `import unroll
for epoch in range(30):
    unroll.log({"loss/train": 1 / (epoch + 1), "loss/val": 2 / (epoch + 1)}, accuracy=epoch / 30)
`;
const [blue, orange] = ['#1f6fb2', '#c2570c'];

/** The chart in the dialog: its size in pixels, what stands over it, and of how many points each line is. */
const large = () =>
  page.evaluate(() => {
    const dialog = document.querySelector('unroll-panel').shadowRoot.querySelector('dialog');
    const chart = dialog?.open ? dialog.querySelector('.chart') : null;
    const picture = chart?.querySelector('.chart-area svg');
    if (!picture) return null;
    return {
      title: dialog.querySelector('h3').textContent,
      head: chart.querySelector('.chart-key').innerText.replace(/\s+/g, ' '),
      width: picture.clientWidth,
      height: picture.clientHeight,
      points: [...picture.querySelectorAll('path.line')].map((line) => line.getAttribute('d').split(/[ML]/).length - 1),
    };
  });

/** What has the focus in the panel: its name. */
const focused = () => page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.activeElement?.ariaLabel);

/** Presses Tab until the panel's element with this name has the focus. */
async function tabTo(name) {
  for (let i = 0; i < 20; i++) {
    if ((await focused()) === name) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not reach ${name}`);
}

/** Waits until the chart in the dialog is as `isSo` wants it. */
async function whenLarge(isSo) {
  for (let i = 0; i < 300; i++) {
    const chart = await large();
    if (chart && isSo(chart)) return chart;
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.fail(`the chart stays ${JSON.stringify(await large())}`);
}

test('each chart is enlarged by the keyboard, drawn anew, and Escape gives the focus back', async () => {
  await runCode(page, training);
  await page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.live button').focus());
  await tabTo('Enlarge loss');
  await page.keyboard.press('Enter');
  const chart = await whenLarge(({ width }) => width > 0);
  assert.ok(chart.width > 1150 && chart.height > 550, `${chart.width} x ${chart.height}`);
  assert.deepEqual([chart.title, chart.points], ['loss', [30, 30]]);
  await page.keyboard.press('Escape');
  assert.equal(await large(), null);
  assert.equal(await focused(), 'Enlarge loss');
  assert.equal(
    await page.evaluate(
      () => document.querySelector('unroll-panel').shadowRoot.querySelectorAll('.live .chart svg path.line').length,
    ),
    3,
  );
});

test('pointer and arrow keys read the values of the enlarged chart', async () => {
  await press(page, 'Enlarge loss');
  await whenLarge(({ width }) => width > 0);
  await page.evaluate(() =>
    document.querySelector('unroll-panel').shadowRoot.querySelector('dialog .chart-area').focus(),
  );
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  assert.equal((await large()).head, 'step 1 train 0.5 val 1');
  const spoken = await page.evaluate(() => {
    const area = document.querySelector('unroll-panel').shadowRoot.activeElement;
    return [area.role, area.ariaValueMin, area.ariaValueMax, area.ariaValueNow, area.ariaValueText];
  });
  assert.deepEqual(spoken, ['slider', '0', '29', '1', 'step 1: train 0.5, val 1']);
  const { left, right, top } = await page.evaluate(() => {
    const grid = document.querySelector('unroll-panel').shadowRoot.querySelector('dialog .grid');
    const { left, right, top } = grid.getBoundingClientRect();
    return { left, right, top };
  });
  await page.mouse.move(right, top - 20);
  assert.equal((await large()).head, 'step 29 train 0.03333 val 0.06667');
  await page.mouse.move(left + 1, top - 20);
  assert.equal((await large()).head, 'step 0 train 1 val 2');
});

test('a window of another size has another chart, not the same one scaled', async () => {
  await page.setViewport({ width: 700, height: 500 });
  const chart = await whenLarge(({ width }) => width < 700);
  assert.ok(chart.width > 580 && chart.height < 450, `${chart.width} x ${chart.height}`);
  const box = await page.evaluate(() =>
    document
      .querySelector('unroll-panel')
      .shadowRoot.querySelector('dialog .chart-area svg')
      .getAttribute('viewBox')
      .split(' ')
      .map(Number),
  );
  assert.deepEqual(box, [0, 0, chart.width, chart.height]);
  await page.keyboard.press('Escape');
  await page.setViewport({ width: 1280, height: 800 });
});

test('an enlarged chart goes on growing while the program runs', async () => {
  const run = runCode(
    page,
    'import time, unroll\nfor step in range(6000):\n    unroll.log(growing=step)\n    time.sleep(0.01)',
  );
  await waitForText(page, '.live', 'growing', 30_000);
  await press(page, 'Enlarge growing');
  const { points } = await whenLarge((chart) => chart.points[0] > 3);
  await whenLarge((chart) => chart.points[0] > points[0] + 10);
  await page.keyboard.press('Escape');
  await page.evaluate(() => document.querySelector('unroll-panel').stop());
  assert.equal((await run).status, 'stopped');
});

test('a chart is saved as SVG and PNG that say what they show and look alike on white paper, from a dark page too', async () => {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  await runCode(page, `${training}unroll.log({"x/y z": 3})`);
  await press(page, 'Save loss as SVG');
  await press(page, 'Save loss as PNG');
  await press(page, 'Save x/y z as SVG');
  const files = await saved(3);
  assert.deepEqual(Object.keys(files).sort(), ['loss.png', 'loss.svg', 'x-y-z.svg']);

  const text = Buffer.from(files['loss.svg']).toString();
  assert.match(text, /<title>loss<\/title><desc>Line chart of loss\. train: 30 values, from 1 to 0\.03333;/);
  assert.doesNotMatch(text, /<!--|var\(--_|light-dark|<style/);
  for (const words of ['>loss</text>', '>train: 0.03333<', '>val: 0.06667<', '>step<', '>value<']) {
    assert.ok(text.includes(words), words);
  }

  const drawing = await looksOf(page, files['loss.svg'], 'image/svg+xml', [blue, orange, '#000000']);
  const pixels = await looksOf(page, files['loss.png'], 'image/png', [blue, orange, '#000000']);
  assert.equal(drawing.corner, '#ffffff');
  assert.equal(pixels.corner, '#ffffff');
  assert.equal(drawing.width * 2, pixels.width);
  for (const { counts } of [drawing, pixels]) assert.ok(Math.min(...counts) > 40, `${counts} pixels of the colours`);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
});

test('the enlarged chart is saved from the dialog as well', async () => {
  await press(page, 'Enlarge accuracy');
  await page.evaluate(() =>
    document
      .querySelector('unroll-panel')
      .shadowRoot.querySelector('dialog [aria-label="Save accuracy as SVG"]')
      .click(),
  );
  assert.deepEqual(Object.keys(await saved(1)), ['accuracy.svg']);
  await page.keyboard.press('Escape');
});

test('at 320 px the buttons wrap and nothing is wider than the page, enlarged or not', async () => {
  await page.setViewport({ width: 320, height: 640 });
  const overflow = () =>
    page.evaluate(() => {
      const root = document.querySelector('unroll-panel').shadowRoot;
      const right = (element) => Math.ceil(element.getBoundingClientRect().right);
      const shown = [...root.querySelectorAll('.figure-tools button, dialog[open] .chart')];
      return [document.documentElement.scrollWidth, ...shown.map(right)].filter((edge) => edge > 320);
    });
  assert.deepEqual(await overflow(), []);
  await press(page, 'Enlarge loss');
  await whenLarge(({ width }) => width > 200 && width < 320);
  assert.deepEqual(await overflow(), []);
  await page.keyboard.press('Escape');
});

test('a page that allows no images says why there is no PNG', async () => {
  await page.evaluate(() => {
    Image.prototype.decode = () => Promise.reject(new Error('refused'));
  });
  await press(page, 'Save loss as PNG');
  await waitForText(page, '.chart .save-problem', 'allows no images: save as SVG');
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
