// Charts on a phone: what is written can be read, what is tapped stays, and nothing is cut or covered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSite, panelOf, press, runCode } from './browser.mjs';

const site = await openSite();
const meta = '<meta name="viewport" content="width=device-width">';
const { page, problems } = await site.show(`${meta}${panelOf('print(1)')}`, { width: 375, height: 667 });
await page.setViewport({ width: 375, height: 667, hasTouch: true, isMobile: true });

const plots = `import matplotlib.pyplot as plt, unroll
for i in range(30): unroll.log({"loss/train": 1 / (i + 1), "loss/val": 2 / (i + 1)}, accuracy=i / 30)
plt.plot([1, 3, 2], label="a line")
plt.title("A plot")
plt.xlabel("epoch")
plt.show()`;

/** In the page: CSS pixels that the letters of each chart and figure are high at least. */
function leastLetters() {
  const { shadowRoot } = document.querySelector('unroll-panel');
  const least = (root) => {
    const texts = [...root.querySelectorAll('text, .legend li, .chart-step, h4')].filter((one) =>
      one.textContent.trim(),
    );
    return Math.min(
      ...texts.map((text) => {
        const size = Number.parseFloat(getComputedStyle(text).fontSize);
        return text.getScreenCTM ? size * text.getScreenCTM().a : size;
      }),
    );
  };
  const pictures = [...shadowRoot.querySelectorAll('.picture')].map((picture) => picture.shadowRoot);
  return [...shadowRoot.querySelectorAll('.chart'), ...pictures].map(least);
}

for (const width of [320, 375])
  test(`at ${width} px the letters of charts and figures are at least 11 px high, and the page does not scroll sideways`, async () => {
    await page.setViewport({ width, height: 667, hasTouch: true, isMobile: true });
    await runCode(page, plots);
    const letters = await page.evaluate(leastLetters);
    assert.equal(letters.length, 3);
    assert.ok(Math.min(...letters) >= 10.99, `${letters}`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
  });

test('a figure that is wider than a phone is scrolled by fingers and by keys', async () => {
  const [scrolls, tabIndex] = await page.evaluate(() => {
    const box = document.querySelector('unroll-panel').shadowRoot.querySelector('.picture');
    return [box.scrollWidth > box.clientWidth, box.tabIndex];
  });
  assert.deepEqual([scrolls, tabIndex], [true, 0]);
});

test('a chart has the word "step" at its axis and one row of buttons, in the row of its title', async () => {
  const rows = await page.evaluate(() =>
    [...document.querySelector('unroll-panel').shadowRoot.querySelectorAll('.chart')].map((chart) => {
      const tops = [...chart.querySelectorAll('button')].map((button) => button.getBoundingClientRect().top);
      const { top, bottom } = chart.querySelector('h4').getBoundingClientRect();
      return {
        buttons: tops.length,
        rows: new Set(tops).size,
        inTitle: tops[0] < bottom && tops[0] + 44 > top,
        step: chart.querySelector('.chart-area svg').textContent.includes('step'),
      };
    }),
  );
  assert.deepEqual(rows, Array(2).fill({ buttons: 3, rows: 1, inTitle: true, step: true }));
});

test('two charts below each other are whole, and their legends stand above them', async () => {
  const boxes = await page.evaluate(() => {
    const { shadowRoot } = document.querySelector('unroll-panel');
    const boxOf = (element) => element.getBoundingClientRect().toJSON();
    return {
      body: boxOf(shadowRoot.querySelector('.live-body')),
      charts: [...shadowRoot.querySelectorAll('.chart')].map(boxOf),
      legends: [...shadowRoot.querySelectorAll('.chart-key')].map(boxOf),
      areas: [...shadowRoot.querySelectorAll('.chart-area')].map(boxOf),
    };
  });
  assert.ok(boxes.charts[1].bottom <= boxes.body.bottom, JSON.stringify(boxes));
  for (const [i, { bottom }] of boxes.legends.entries()) assert.ok(bottom <= boxes.areas[i].top, JSON.stringify(boxes));
});

/** Where the first chart has a place, as a share of its area. */
const placeOf = async (share) => {
  const { left, top, width, height } = await page.evaluate(() => {
    const area = document.querySelector('unroll-panel').shadowRoot.querySelector('.chart-area');
    area.scrollIntoView({ block: 'center' });
    return area.getBoundingClientRect().toJSON();
  });
  return [left + width * share, top + height / 2];
};
const stepShown = () =>
  page.evaluate(
    () => document.querySelector('unroll-panel').shadowRoot.querySelector('.chart-step')?.innerText ?? null,
  );

test('a tapped value stays when the finger lifts, until another tap', async () => {
  await page.touchscreen.tap(...(await placeOf(0.5)));
  const first = await stepShown();
  assert.match(first ?? '', /^step \d+$/);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  assert.equal(await stepShown(), first);
  await page.touchscreen.tap(...(await placeOf(0.8)));
  assert.notEqual(await stepShown(), first);
  await page.mouse.move(...(await placeOf(0.3)));
  await page.mouse.move(2, 2);
  assert.equal(await stepShown(), null);
});

for (const [width, height] of [
  [375, 667],
  [667, 375],
])
  test(`an enlarged chart is whole at ${width} x ${height}`, async () => {
    await page.setViewport({ width, height, hasTouch: true, isMobile: true });
    await press(page, 'Enlarge loss');
    await page.waitForFunction(() =>
      document.querySelector('unroll-panel').shadowRoot.querySelector('dialog .chart-area svg'),
    );
    const hidden = await page.evaluate(() => {
      const content = document.querySelector('unroll-panel').shadowRoot.querySelector('.viewer-content');
      return [content.scrollWidth - content.clientWidth, content.scrollHeight - content.clientHeight];
    });
    assert.deepEqual(hidden, [0, 0]);
    await page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelector('dialog').close());
  });

/** In the page: whether the first figure's legend lies within its axes, and how high the picture is. */
function legendPlace() {
  const { shadowRoot } = document.querySelector('unroll-panel').shadowRoot.querySelector('.picture');
  const word = [...shadowRoot.querySelectorAll('text')].find((text) => text.textContent === 'noise');
  const { height } = shadowRoot.querySelector('svg').viewBox.baseVal;
  return { isBelow: Number(word.getAttribute('y')) > 480, height };
}

test('a legend that would cover data stands below the figure on the page, and where it belongs in a file', async () => {
  const covered = `import matplotlib.pyplot as plt
for k in range(12): plt.plot([k % 2, 1 - k % 2] * 40, label="noise" if k == 0 else f"line {k}")
plt.legend()
plt.savefig("covered.svg")
plt.show()`;
  const { status } = await runCode(page, covered);
  assert.equal(status, 'ok');
  const { isBelow, height } = await page.evaluate(legendPlace);
  assert.ok(isBelow && height > 480, `${height}`);
  const file = await page.evaluate(() =>
    new TextDecoder().decode(document.querySelector('unroll-panel').files['covered.svg']),
  );
  assert.match(file, /viewBox="0 0 640 480"/);
  await runCode(page, 'import matplotlib.pyplot as plt\nplt.plot([3, 2, 1], label="noise")\nplt.legend()\nplt.show()');
  assert.deepEqual(await page.evaluate(legendPlace), { isBelow: false, height: 480 });
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
