import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onePanel, press, runCode } from './browser.mjs';

const { page, problems } = await onePanel();

test('a pyplot figure has the values that it was drawn from in a table', async () => {
  await runCode(
    page,
    `import matplotlib.pyplot as plt
plt.plot([1, 2, 3], [4, 5.5, 7], label="loss")
plt.scatter([1], [2], label="points")
plt.bar(["a", "b"], [3, 4], label="counts")
plt.plot(range(5000), range(5000), label="long")
plt.show()`,
  );
  await press(page, 'Data of');
  const tables = await page.evaluate(() =>
    [...document.querySelector('unroll-panel').shadowRoot.querySelectorAll('.figure-data table')].map((table) => ({
      caption: table.caption.innerText,
      rows: [...table.querySelectorAll('tbody tr')].map((row) => row.innerText.split('\t').map(Number)),
    })),
  );
  const byName = Object.fromEntries(tables.map(({ caption, rows }) => [caption.split(':')[0], { caption, rows }]));
  assert.deepEqual(byName.loss.rows, [
    [1, 4],
    [2, 5.5],
    [3, 7],
  ]);
  assert.deepEqual(byName.points.rows, [[1, 2]]);
  assert.deepEqual(
    byName.counts.rows.map(([, y]) => y),
    [3, 4],
  );
  assert.match(byName.long.caption, /the first 200 of 1667 values/);
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
