// Where the reader's colours stand in the place of the page's: lines differ by dashes and marks, values by bars.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onePanel, runCode } from './browser.mjs';
import { openTensor, openTensors } from './tensor-table.mjs';

const { page, problems } = await onePanel();
// Puppeteer knows the feature by no name.
const devtools = await page.createCDPSession();
const force = (value) => devtools.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value }] });

/** How the lines of the chart, and what stands for them in its legend, are drawn: their dashes and their marks. */
const looks = () =>
  page.evaluate(() => {
    const chart = document.querySelector('unroll-panel').shadowRoot.querySelector('.live .chart');
    const shapes = (selector) =>
      [...chart.querySelectorAll(selector)].map((mark) => mark.getAttribute('d').replace(/^M[\d.,-]+/, ''));
    const styles = (selector, name) => [...chart.querySelectorAll(selector)].map((one) => getComputedStyle(one)[name]);
    return {
      lines: styles('.chart-area .line', 'strokeDasharray'),
      keys: styles('.legend .sample', 'strokeDasharray'),
      marks: shapes('.chart-area .mark'),
      keyMarks: shapes('.legend .mark'),
      colours: [styles('.chart-area .line', 'stroke'), styles('.legend .sample', 'stroke')],
    };
  });

test('lines of the live plot differ by dashes and marks, and the legend has the same, with forced colours and without', async () => {
  await runCode(
    page,
    'import unroll\nfor i in range(9): unroll.log({f"loss/{name}": i * k for k, name in enumerate(["RNN", "LSTM", "GRU"])})',
  );
  for (const value of ['active', 'none']) {
    await force(value);
    const { lines, keys, marks, keyMarks, colours } = await looks();
    assert.deepEqual([lines.length, new Set(lines).size, new Set(marks).size], [3, 3, 3]);
    assert.deepEqual([keys, keyMarks, colours[1]], [lines, marks, colours[0]]);
  }
});

test('a chart of single points tells them apart by their marks', async () => {
  await runCode(page, 'import unroll\nunroll.log({"loss/RNN": 1, "loss/LSTM": 2})');
  const { marks } = await looks();
  assert.equal(new Set(marks).size, 2);
});

/** The dashes of the lines of the output's figures, by the order in which they are drawn. */
const figureDashes = () =>
  page.evaluate(() =>
    [...document.querySelector('unroll-panel').shadowRoot.querySelectorAll('.picture')].map(({ shadowRoot }) =>
      [...shadowRoot.querySelectorAll('path[class]')].map((path) => getComputedStyle(path).strokeDasharray),
    ),
  );

test("with forced colours pyplot's lines that only colours tell apart have dashes; styles that a program chose stay", async () => {
  await force('active');
  const { figures } = await runCode(
    page,
    `import matplotlib.pyplot as plt
plt.plot([1, 2], label="RNN")
plt.plot([2, 1], label="LSTM")
plt.legend()
plt.show()
plt.plot([1, 2], "r-")
plt.plot([2, 1], "b--")
plt.plot([2, 2], "go")
plt.show()
plt.plot([1, 2])
plt.savefig("alone.svg")
plt.show()`,
  );
  assert.equal(figures.length, 3);
  const [several, chosen, alone] = await figureDashes();
  assert.equal(several.length, 4);
  assert.deepEqual([several[0], several[2]], ['none', 'none']);
  assert.notEqual(several[1], 'none');
  assert.equal(several[1], several[3]);
  assert.deepEqual([chosen, alone], [[], []]);
  await force('none');
  assert.deepEqual((await figureDashes())[0], ['none', 'none', 'none', 'none']);
});

test('with forced colours the values of a tensor have bars as long as they are large, broken below zero', async () => {
  await runCode(page, 'import torch\nx = torch.tensor([[4.0, 2.0, -4.0]])');
  await force('active');
  await openTensors(page, 'x');
  await openTensor(page, 'x');
  const cells = await page.evaluate(() =>
    [...document.querySelector('unroll-panel').shadowRoot.querySelectorAll('.heat td')].slice(1).map((cell) => {
      const { backgroundSize, backgroundImage } = getComputedStyle(cell);
      return [Number.parseFloat(backgroundSize), backgroundImage.split('-gradient')[0]];
    }),
  );
  assert.deepEqual(cells, [
    [100, 'linear'],
    [50, 'linear'],
    [100, 'repeating-linear'],
  ]);
  await page.keyboard.press('Escape');
  await force('none');
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
