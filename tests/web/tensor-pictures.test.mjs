// Tensors as pictures: heat maps in files.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onePanel, press, runAction, runCode } from './browser.mjs';
import { keepSaved, looksOf } from './saved-files.mjs';
import { chooseSlice, openTensor } from './tensor-table.mjs';

const { page, problems } = await onePanel();
const saved = await keepSaved(page);

const [blue, orange, grey] = ['#2166ac', '#c85014', '#c4c4c4'];

await runCode(
  page,
  `import torch
deep = torch.arange(24).view(2, 3, 4) - 14
large = torch.linspace(-1, 1, 300 * 250).view(300, 250)
bad = torch.tensor([1.0, float("nan"), float("-inf")])
zeros = torch.zeros(2, 2)
none = torch.zeros(0, 3)
text = {"a<b": torch.ones(2)}`,
);

/** Opens the table of a tensor, whatever is open. */
async function show(name) {
  await page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelector('dialog[open]')?.close());
  await runAction(page, 'tensors');
  await page.waitForFunction(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.tensor-name'));
  await openTensor(page, name);
}

/** Its picture: the words in it, in order, and the number of cells. */
async function drawnOf(name) {
  await show(name);
  await press(page, `Save ${name} as SVG`);
  const [[file, bytes]] = Object.entries(await saved(1));
  return page.evaluate(
    (file, text) => {
      const picture = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
      const paths = [...picture.querySelectorAll('path.cells')];
      return {
        file,
        title: picture.querySelector('title').textContent,
        description: picture.querySelector('desc').textContent,
        words: [...picture.querySelectorAll('text')].map((one) => one.textContent),
        cells: paths.reduce((sum, path) => sum + path.getAttribute('d').split('M').length - 1, 0),
      };
    },
    file,
    Buffer.from(bytes).toString(),
  );
}

test('a slice is a heat map with name, shape, numbers of rows and columns, values and a scale', async () => {
  await show('deep');
  await chooseSlice(page, 1, '-2');
  await press(page, 'Save deep as SVG');
  await press(page, 'Save deep as PNG');
  const files = await saved(2);
  assert.deepEqual(Object.keys(files).sort(), ['deep-1.png', 'deep-1.svg']);
  const text = Buffer.from(files['deep-1.svg']).toString();
  assert.match(text, /<title>deep: 2 × 3 × 4, int64, slice \[1, :, :\]<\/title><desc>Heat map\. Values from -2 to 9\./);
  const words = [...text.matchAll(/<text[^>]*>([^<]*)</g)].map(([, word]) => word);
  assert.deepEqual(words, [
    ...['deep', '2 × 3 × 4, int64, slice [1, :, :]'],
    ...['0', '1', '2', '3', '0', '1', '2'],
    ...['-2', '-1', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    ...['-9', '0', '9'],
  ]);
  const drawing = await looksOf(page, files['deep-1.svg'], 'image/svg+xml', [blue]);
  const pixels = await looksOf(page, files['deep-1.png'], 'image/png', [blue]);
  assert.deepEqual([drawing.corner, pixels.corner], ['#ffffff', '#ffffff']);
  assert.ok(drawing.counts[0] > 200 && pixels.counts[0] > 800, `${drawing.counts} and ${pixels.counts} blue pixels`);
});

test('a large tensor shows its beginning, small enough for a mail, and says in the picture what is left out', async () => {
  await show('large');
  await press(page, 'Save large as SVG');
  const { 'large.svg': bytes } = await saved(1);
  assert.ok(bytes.length < 900_000, `${bytes.length} bytes`);
  const { cells, words } = await drawnOf('large');
  assert.equal(cells, 200 * 200);
  assert.deepEqual(words.slice(-2), [
    'The first 200 of 300 rows and 200 of 250 columns.',
    'A dash: a negative number.',
  ]);
  assert.ok(words.length < 80, `${words.length} words`);
  const { width, height, counts } = await looksOf(page, bytes, 'image/svg+xml', [orange]);
  assert.ok(Math.max(width, height) < 1300, `${width} x ${height}`);
  assert.ok(counts[0] > 500, `${counts} orange pixels`);
});

test('what is no finite number is grey and said; without values there are no cells', async () => {
  const bad = await drawnOf('bad');
  assert.deepEqual(bad.words.slice(-3), ['0', '1', 'Grey: not a finite number.']);
  assert.ok(bad.words.includes('NaN') && bad.words.includes('-Infinity'), bad.words.join());
  assert.match(bad.description, /Values from 1 to 1\./);
  await press(page, 'Save bad as PNG');
  const { counts } = await looksOf(page, (await saved(1))['bad.png'], 'image/png', [grey]);
  assert.ok(counts[0] > 1000, `${counts} grey pixels`);
  assert.deepEqual((await drawnOf('zeros')).words.slice(-6), ['0', '0', '0', '0', '0', '1']);
  const { cells, words } = await drawnOf('none');
  assert.equal(cells, 0);
  assert.ok(words.includes('0 × 3, float32'), words.join());
});

test('names are written as they are, and files by letters that every disk takes', async () => {
  const { file, title } = await drawnOf("text['a<b']");
  assert.deepEqual([file, title], ['text-a-b.svg', "text['a<b']: 2, float32"]);
});

test('at 320 px the buttons wrap and nothing is wider than the dialog', async () => {
  await page.setViewport({ width: 320, height: 640 });
  const outside = await page.evaluate(() => {
    const dialog = document.querySelector('unroll-panel').shadowRoot.querySelector('dialog');
    const { right } = dialog.getBoundingClientRect();
    const buttons = [...dialog.querySelectorAll('button')];
    return [dialog, ...buttons].filter(
      (one) => one.getBoundingClientRect().right > Math.min(right, 320) || one.scrollWidth > one.clientWidth + 1,
    ).length;
  });
  assert.equal(outside, 0);
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
