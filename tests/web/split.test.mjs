import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newReader, openSite, panelPage, waitForEditor } from './browser.mjs';

const lesson = panelPage(['print(1)\n'.repeat(40)], { attributes: 'layout="side"' });
const site = await openSite({
  pages: { '/side.html': lesson, '/rtl.html': lesson.replace('<html', '<html dir="rtl"') },
});

/** Opens a page for a reader who has moved no divider yet. */
const open = async (path, size) => site.open(path, { reader: await newReader(), ...size });

/** Where things are, and what the divider says. */
const state = (page) =>
  page.evaluate(() => {
    const root = document.querySelector('unroll-panel').shadowRoot;
    const divider = root.querySelector('.divider');
    const box = (selector) => root.querySelector(selector).getBoundingClientRect().toJSON();
    return {
      editor: box('.editor'),
      source: box('.source'),
      result: box('.result'),
      divider: box('.divider'),
      now: Number(divider.ariaValueNow),
      text: divider.ariaValueText,
      orientation: divider.ariaOrientation,
      limits: [divider.ariaValueMin, divider.ariaValueMax].map(Number),
    };
  });

const focusDivider = (page) =>
  page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.divider').focus());

async function drag(page, dx, dy) {
  const { divider } = await state(page);
  const [x, y] = [divider.left + divider.width / 2, divider.top + divider.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx, y + dy, { steps: 4 });
  await page.mouse.up();
}

async function doubleClick(page) {
  const { divider } = await state(page);
  await page.mouse.click(divider.left + divider.width / 2, divider.top + divider.height / 2, { count: 2 });
}

const near = (a, b, what) => assert.ok(Math.abs(a - b) < 3, `${what}: ${a}, expected ${b}`);

test('side by side the divider is dragged, remembers its place, and a double click takes it back', async () => {
  const { page, problems } = await open('/side.html');
  const usual = await state(page);
  assert.equal(usual.orientation, 'vertical');
  near(usual.divider.left, usual.source.right, 'divider at the edge');
  assert.ok(usual.divider.width >= 24, 'wide enough for a finger');
  await drag(page, -200, 0);
  const moved = await state(page);
  near(moved.source.width, usual.source.width - 200, 'editor');
  near(moved.result.width, usual.result.width + 200, 'output');
  assert.ok(moved.now < usual.now && moved.text === `${moved.now} percent of the width`, moved.text);
  await page.reload();
  await waitForEditor(page);
  near((await state(page)).source.width, moved.source.width, 'editor after a reload');
  await doubleClick(page);
  near((await state(page)).source.width, usual.source.width, 'editor after a double click');
  await drag(page, -2000, 0);
  near((await state(page)).source.width, 260, 'the least of the editor');
  await drag(page, 3000, 0);
  near((await state(page)).result.width, 260, 'the least of the output');
  assert.deepEqual(problems, []);
});

test('keys move the divider: arrows, page keys, Home, End, and Enter for the usual size', async () => {
  const { page } = await open('/side.html');
  const usual = await state(page);
  await focusDivider(page);
  const press = async (key) => {
    await page.keyboard.press(key);
    return state(page);
  };
  assert.equal((await press('ArrowLeft')).now, usual.now - 2);
  assert.equal((await press('ArrowRight')).now, usual.now);
  assert.equal((await press('PageUp')).now, usual.now - 10);
  const home = await press('Home');
  assert.equal(home.now, home.limits[0]);
  const end = await press('End');
  assert.equal(end.now, end.limits[1]);
  near((await press('Enter')).source.width, usual.source.width, 'usual');
});

test('where text runs from right to left the editor is at the right, and arrows and pointer go the way they point', async () => {
  const { page } = await open('/rtl.html');
  const usual = await state(page);
  assert.ok(usual.source.left > usual.result.left, 'editor at the right');
  near(usual.divider.right, usual.source.left, 'divider at the edge');
  await drag(page, 100, 0);
  near((await state(page)).source.width, usual.source.width - 100, 'editor');
  await focusDivider(page);
  const { now } = await state(page);
  await page.keyboard.press('ArrowLeft');
  assert.equal((await state(page)).now, now + 2);
});

test('stacked the divider changes the height of the editor', async () => {
  const { page, problems } = await open('/side.html', { width: 600, height: 800 });
  const usual = await state(page);
  assert.equal(usual.orientation, 'horizontal');
  assert.ok(usual.divider.height >= 24);
  await drag(page, 0, -150);
  near((await state(page)).editor.height, usual.editor.height - 150, 'editor');
  await focusDivider(page);
  await page.keyboard.press('ArrowDown');
  near((await state(page)).editor.height, usual.editor.height - 150 + 16, 'editor by key');
  await page.keyboard.press('Home');
  near((await state(page)).editor.height, 96, 'the least');
  await doubleClick(page);
  near((await state(page)).editor.height, usual.editor.height, 'usual');
  assert.deepEqual(problems, []);
});

test('a panel without layout="side" has no divider', async () => {
  const { page } = await open('/side.html');
  await page.evaluate(() => document.querySelector('unroll-panel').removeAttribute('layout'));
  assert.equal((await state(page)).divider.height, 0);
});
