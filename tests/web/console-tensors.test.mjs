import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onePanel, press, runCode, waitForText } from './browser.mjs';
import { chooseSlice, openTensor, openTensors, tableOf } from './tensor-table.mjs';

const { page, problems } = await onePanel();

const program = `import numpy as np, torch, torch.nn as nn
torch.manual_seed(0)
x = torch.arange(12.).view(3, 4) - 4
deep = torch.arange(24).view(2, 3, 4)
state = (torch.zeros(1, 2), torch.ones(2))
table = np.array([[1.5, 2.5]])
model = nn.GRU(3, 5)
big = torch.randn(5000, 80)
scalar = torch.tensor(2.5)
bad = torch.tensor([1.0, float("nan")])
_hidden = torch.zeros(2)
words = "no tensor"`;

test('after a run the tensors, arrays and parameters stand in a table', async () => {
  await runCode(page, program);
  await openTensors(page);
  const { rows } = await tableOf(page);
  const byName = Object.fromEntries(rows.map(([name, ...rest]) => [name, rest]));
  assert.deepEqual(byName.x, ['3 × 4', 'float32', '-4', '1.5', '7']);
  assert.deepEqual(byName.deep, ['2 × 3 × 4', 'int64', '0', '11.5', '23']);
  assert.deepEqual(byName['state[1]'], ['2', 'float32', '1', '1', '1']);
  assert.deepEqual(byName.table, ['1 × 2', 'float64', '1.5', '2', '2.5']);
  assert.deepEqual(byName['model.weight_ih_l0'].slice(0, 2), ['15 × 3', 'float32']);
  assert.equal(byName.scalar[0], 'one number');
  assert.equal(byName.bad[3], 'nan');
  assert.ok(!('_hidden' in byName) && !('words' in byName));
});

test('the list opens with its content, and nothing in it moves then', async () => {
  await page.keyboard.press('Escape');
  await page.evaluate(() => {
    const { showModal } = HTMLDialogElement.prototype;
    HTMLDialogElement.prototype.showModal = function () {
      showModal.call(this);
      window.opened = [this.querySelectorAll('tbody tr').length, this.getBoundingClientRect().toJSON()];
    };
  });
  await openTensors(page, 'model');
  const [[rows, box], now] = await page.evaluate(() => {
    const { shadowRoot } = document.querySelector('unroll-panel');
    return [window.opened, shadowRoot.querySelector('dialog').getBoundingClientRect().toJSON()];
  });
  assert.equal(rows, (await tableOf(page)).rows.length);
  assert.deepEqual(box, now);
});

test('a name opens the values, with heads for rows and columns, and a slice for each further dimension', async () => {
  await openTensor(page, 'deep');
  const { caption, rows } = await tableOf(page);
  assert.match(caption, /^deep: 2 × 3 × 4, int64/);
  assert.deepEqual(rows[2], ['2', '8', '9', '10', '11']);
  await chooseSlice(page, 1, '12');
  await press(page, 'All tensors');
  await page.waitForFunction(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.tensor-name'));
});

test('a large tensor shows its beginning and says so', async () => {
  await openTensor(page, 'big');
  const { caption, rows } = await tableOf(page);
  assert.match(caption, /The first 200 of 5000 rows and 50 of 80 columns/);
  assert.deepEqual([rows.length, rows[0].length], [200, 51]);
  await page.keyboard.press('Escape');
});

test('a program without tensors says so', async () => {
  await runCode(page, 'print(1)');
  await openTensors(page, 'no tensors');
  await page.keyboard.press('Escape');
});

test('the tensors of a stopped program are there', async () => {
  const run = runCode(
    page,
    'import torch\nweights = torch.ones(2, 2)\nprint("going")\nwhile True: weights = weights + 1',
  );
  await waitForText(page, '.output', 'going');
  await press(page, 'Stop');
  assert.equal((await run).status, 'stopped');
  await openTensors(page, 'weights');
  await page.keyboard.press('Escape');
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
