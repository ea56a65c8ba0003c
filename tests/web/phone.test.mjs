// On a phone, and in any low window, the reader who presses Run sees what happens.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keys, openSite, panelOf, press, type, waitForText } from './browser.mjs';

const long = Array.from({ length: 40 }, (_, i) => `x${i} = ${i}`).join('\n');
const lines = 'for i in range(30): print("line", i)';
const site = await openSite();

/** A page with a panel around a long program, between paragraphs, in a window of this size. */
async function open(size, { code = `${long}\n${lines}`, attributes = '', style = '', prepare } = {}) {
  const around = '<p>A paragraph of the lesson.</p>'.repeat(12);
  const meta = '<meta name="viewport" content="width=device-width">';
  const { page } = await site.show(`${meta}<style>${style}</style>${around}${panelOf(code, attributes)}${around}`, {
    ...size,
    prepare,
  });
  await page.evaluate(() => document.querySelector('unroll-panel').scrollIntoView());
  return page;
}

/** In the page: how much of a part of the panel shows in the window, in pixels of its height. */
const shown = (selector) => {
  const { shadowRoot } = document.querySelector('unroll-panel');
  const { top, bottom } = shadowRoot.querySelector(selector).getBoundingClientRect();
  return Math.min(bottom, innerHeight) - Math.max(top, 0);
};
const waitUntilShown = (page, selector, pixels) =>
  page.waitForFunction(`(${shown})(${JSON.stringify(selector)}) >= ${pixels}`, { polling: 50 });

const phones = { 'a phone': { width: 375, height: 667 }, 'a phone on its side': { width: 667, height: 375 } };

for (const [name, size] of Object.entries(phones)) {
  test(`on ${name} Run brings the status and the output into view, and an error too`, async () => {
    const page = await open(size);
    await page.evaluate(() => scrollBy(0, -200));
    await press(page, 'Run');
    await waitUntilShown(page, '.status', 15);
    await waitForText(page, '.status', 'Finished');
    await waitUntilShown(page, '.output', 60);
    await page.evaluate(() => document.querySelector('unroll-panel').scrollIntoView());
    await page.$eval('unroll-panel', (panel) => panel.edit(`${panel.code}\n1 / 0`));
    await press(page, 'Run');
    await waitForText(page, '.status', 'ZeroDivisionError');
    await waitUntilShown(page, '.status', 15);
    await waitUntilShown(page, '.output', 60);
  });

  test(`on ${name} a panel leaves room for its output below the editor`, async () => {
    const page = await open(size);
    const heights = await page.evaluate(() => {
      const height = (selector) =>
        document.querySelector('unroll-panel').shadowRoot.querySelector(selector).offsetHeight;
      return { editor: height('.editor'), panel: height('.panel'), window: innerHeight };
    });
    assert.ok(heights.editor <= heights.window / 2, JSON.stringify(heights));
    if (size.height > 500) assert.ok(heights.panel <= heights.window, JSON.stringify(heights));
  });
}

test('the page follows a plot that grows, until the reader scrolls', async () => {
  const page = await open(phones['a phone'], {
    code: `${long}\nimport unroll, time\nfor i in range(40):\n    unroll.log(loss=1 / (i + 1), other=i)\n    print(i)\n    time.sleep(0.05)`,
  });
  await press(page, 'Run');
  await waitUntilShown(page, '.live', 100);
  // Beside the panel, whose boxes would scroll.
  await page.mouse.move(2, 300);
  // A turn of the wheel while the page still moves counts for nothing.
  for (let i = 0; i < 100 && (await page.evaluate(() => scrollY)) > 0; i++) {
    await page.mouse.wheel({ deltaY: -3000 });
    await new Promise((done) => setTimeout(done, 50));
  }
  await waitForText(page, '.status', 'Finished');
  assert.equal(await page.evaluate(() => scrollY), 0);
});

test('the page moves at once for readers who want less motion, and not for a run that is not theirs', async () => {
  const page = await open(phones['a phone'], {
    prepare: (page) => page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]),
  });
  const moves = await page.evaluate(async () => {
    window.moves = [];
    const scrollBy = Element.prototype.scrollBy;
    Element.prototype.scrollBy = function (options) {
      window.moves.push(options.behavior);
      return scrollBy.call(this, options);
    };
    scrollTo(0, 0);
    await document.querySelector('unroll-panel').run();
    return [window.moves.length, scrollY];
  });
  assert.deepEqual(moves, [0, 0]);
  await press(page, 'Run');
  await waitForText(page, '.status', 'Finished');
  await waitUntilShown(page, '.output', 60);
  assert.deepEqual([...new Set(await page.evaluate(() => window.moves))], ['instant']);
});

test('in a window that shows all of a panel nothing moves, and what the reader cannot scroll stays', async () => {
  const large = await open({ width: 1280, height: 1000 });
  const before = await large.evaluate(() => scrollY);
  await type(large, '');
  await keys(large, 'Control', 'Enter');
  await waitForText(large, '.status', 'Finished');
  assert.equal(await large.evaluate(() => scrollY), before);
  const style = 'html, body { height: 100%; overflow: hidden; margin: 0 } p { display: none }';
  const slide = await open(phones['a phone on its side'], { style });
  await press(slide, 'Run');
  await waitForText(slide, '.status', 'Finished');
  const places = await slide.evaluate(() => [document.documentElement.scrollTop, document.body.scrollTop]);
  assert.deepEqual(places, [0, 0]);
});
