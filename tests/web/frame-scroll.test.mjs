// A panel in a frame that is as high as it: the page around shows the output where the reader presses Run.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPage, openSite, waitForEditor } from './browser.mjs';

const code = `${Array.from({ length: 30 }, (_, i) => `x${i} = ${i}`).join('\n')}\nfor i in range(20): print("line", i)`;
const host = await openSite({ headers: { 'access-control-allow-origin': '*' } });
const pages = {};
const site = await openSite({ pages });

/** A page of another origin on a phone, with the frame between paragraphs of `around`; and the frame. */
async function open({ style = '', prepare = () => {}, scroller = '' } = {}) {
  const around = '<p>A paragraph of the lesson.</p>'.repeat(20);
  pages['/lms.html'] =
    `<!doctype html><link rel="icon" href="data:,"><meta name="viewport" content="width=device-width">
    <style>iframe { width: 100%; border: 0 } ${style}</style><div id="scroller" style="${scroller}">${around}
    <iframe src="${host.url}/embed.html#code=${encodeURIComponent(code)}"></iframe>${around}</div>
    <script src="${host.url}/unroll-frame.js"></script>`;
  const page = await newPage({ width: 375, height: 667 });
  await prepare(page);
  await page.goto(`${site.url}/lms.html`);
  const frame = await (await page.$('iframe')).contentFrame();
  await page.$eval('iframe', (frame) => frame.scrollIntoView());
  await waitForEditor(frame);
  await page.waitForFunction(() => Number.parseFloat(document.querySelector('iframe').style.height) > 400);
  await page.$eval('iframe', (frame) => frame.scrollIntoView());
  return { page, frame };
}

/** Pixels of the output that show in the window of the page around. */
async function shownOf({ page, frame }) {
  const { top, bottom } = await frame.$eval('unroll-panel', ({ shadowRoot }) =>
    shadowRoot.querySelector('.result').getBoundingClientRect().toJSON(),
  );
  const from = await page.$eval('iframe', (frame) => frame.getBoundingClientRect().top);
  const height = await page.evaluate(() => innerHeight);
  return Math.min(from + bottom, height) - Math.max(from + top, 0);
}

async function waitUntilShown(places, pixels) {
  for (let i = 0; i < 300; i++) {
    if ((await shownOf(places)) >= pixels) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail(`${await shownOf(places)} pixels of the output show`);
}

const pressRun = async (frame) => {
  const run = await frame.evaluateHandle(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.run'));
  await run.click();
};
const finished = (frame) =>
  frame.waitForFunction(
    () => document.querySelector('unroll-panel').shadowRoot.querySelector('.status').innerText.includes('Finished'),
    { polling: 50 },
  );

test('the page moves to the output where the reader presses Run, and as it grows', async () => {
  const places = await open();
  assert.ok((await shownOf(places)) < 150, `${await shownOf(places)}`);
  await pressRun(places.frame);
  await finished(places.frame);
  await waitUntilShown(places, 300);
});

test('so does a box of the page that scrolls', async () => {
  const places = await open({
    style: 'html, body { height: 100%; overflow: hidden; margin: 0 }',
    scroller: 'height: 100%; overflow-y: auto',
  });
  await pressRun(places.frame);
  await finished(places.frame);
  await waitUntilShown(places, 300);
  assert.equal(await places.page.evaluate(() => scrollY), 0);
});

test('it moves at once for readers who want less motion, and not for a run or a message that is not theirs', async () => {
  const { page, frame } = await open({
    prepare: async (page) => {
      await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
      await page.evaluateOnNewDocument(() => {
        window.moves = [];
        const { scrollBy } = Element.prototype;
        Element.prototype.scrollBy = function (options) {
          window.moves.push(options.behavior);
          return scrollBy.call(this, options);
        };
      });
    },
  });
  await page.evaluate(() => document.activeElement.blur());
  await frame.$eval('unroll-panel', (panel) => panel.run());
  await frame.evaluate(() =>
    parent.postMessage({ source: 'unroll', type: 'show', top: 5000, height: 300, isFirst: true }, '*'),
  );
  await frame.evaluate(() => new Promise((done) => setTimeout(done, 200)));
  assert.deepEqual(await page.evaluate(() => window.moves), []);
  await pressRun(frame);
  await finished(frame);
  await waitUntilShown({ page, frame }, 300);
  assert.deepEqual([...new Set(await page.evaluate(() => window.moves))], ['instant']);
});

test('the page stays where the reader scrolled to, however the output grows', async () => {
  const places = await open();
  await places.frame.$eval('unroll-panel', (panel) => {
    panel.edit('import time\nfor i in range(30):\n    print(i)\n    time.sleep(0.05)');
  });
  await pressRun(places.frame);
  await waitUntilShown(places, 40);
  await places.page.mouse.move(200, 5);
  for (let i = 0; i < 100 && (await places.page.evaluate(() => scrollY)) > 0; i++) {
    await places.page.mouse.wheel({ deltaY: -3000 });
    await new Promise((done) => setTimeout(done, 50));
  }
  await finished(places.frame);
  assert.equal(await places.page.evaluate(() => scrollY), 0);
});
