// A swipe that moves something in a panel turns no slide. The page listens as reveal.js does, in other words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSite, panelOf, runPanel } from './browser.mjs';

const site = await openSite();
const code = `wide = "${'word '.repeat(60)}"\nimport unroll\nfor i in range(9): unroll.log(loss=i)`;
const { page } = await site.show(panelOf(code), {
  width: 375,
  height: 667,
  prepare: async (page) => {
    await page.setViewport({ width: 375, height: 667, hasTouch: true, isMobile: true });
    await page.evaluateOnNewDocument(listenAsSlidesDo);
  },
});
await runPanel(page);

/** In the page: notes a turn for each swipe sideways that nothing prevents. */
function listenAsSlidesDo() {
  window.turns = 0;
  const isPrevented = (target) => {
    for (let at = target; at && typeof at.hasAttribute === 'function'; at = at.parentNode)
      if (at.hasAttribute('data-prevent-swipe')) return true;
    return false;
  };
  let from = null;
  const begin = ({ target, touches: [{ clientX }] }) => {
    from = isPrevented(target) ? null : clientX;
  };
  const move = ({ target, touches: [{ clientX }] }) => {
    if (from === null || isPrevented(target) || Math.abs(clientX - from) < 40) return;
    window.turns++;
    from = null;
  };
  addEventListener('touchstart', begin);
  addEventListener('touchmove', move);
  const asTouch = (hear) => (event) =>
    event.pointerType === 'touch' && hear({ target: event.target, touches: [{ clientX: event.clientX }] });
  addEventListener('pointerdown', asTouch(begin));
  addEventListener('pointermove', asTouch(move));
}

/** Swipes to the left over a part of the panel; gives how many slides turned. */
async function swipe(selector) {
  const [x, y] = await page.evaluate((selector) => {
    window.turns = 0;
    const part = document.querySelector('unroll-panel').shadowRoot.querySelector(selector);
    part.scrollIntoView({ block: 'center' });
    const { left, top, width, height } = part.getBoundingClientRect();
    return [left + width - 20, top + Math.min(height / 2, 30)];
  }, selector);
  await page.touchscreen.touchStart(x, y);
  for (let moved = 10; moved <= 120; moved += 10) await page.touchscreen.touchMove(x - moved, y);
  await page.touchscreen.touchEnd();
  return page.evaluate(() => window.turns);
}

test('a swipe over long lines of the editor, or over a chart, turns no slide', async () => {
  assert.equal(await swipe('.cm-scroller'), 0);
  assert.equal(await swipe('.chart-area'), 0);
});

test('a swipe over what does not move turns the slide', async () => {
  assert.ok((await swipe('.result-bar')) > 0);
});

test("an author's own mark stays", async () => {
  await page.$eval('unroll-panel', (panel) => panel.setAttribute('data-prevent-swipe', ''));
  assert.equal(await swipe('.result-bar'), 0);
  assert.equal(await page.$eval('unroll-panel', (panel) => panel.hasAttribute('data-prevent-swipe')), true);
});
