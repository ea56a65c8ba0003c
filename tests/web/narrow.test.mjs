import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSite, panelPage, runAction, waitForPart } from './browser.mjs';

const lesson = panelPage(['print(1)']).replace('<head>', '<head><meta name="viewport" content="width=device-width">');
const site = await openSite({
  pages: {
    '/ltr.html': lesson,
    '/rtl.html': lesson.replace('<html', '<html dir="rtl"'),
  },
});

const program = `import torch.nn as nn, matplotlib.pyplot as plt
first, second = nn.GRU(2, 3), nn.Linear(3, 1)
plt.plot([1, 3, 2])
plt.show()
raise NotImplementedError("a long name of an error")`;

/** Buttons that lie outside of the panel or on another button, icons of theirs that are not there, and a page that is too wide. */
function faults() {
  const panel = document.querySelector('unroll-panel');
  const outer = panel.getBoundingClientRect();
  const boxes = [...panel.shadowRoot.querySelectorAll('button, .tab-close, .status')]
    .filter((element) => element.checkVisibility() && !element.closest('.tabs'))
    .map((element) => ({
      element,
      name: element.ariaLabel ?? element.innerText,
      box: element.getBoundingClientRect(),
    }));
  const outside = boxes.filter(({ box }) => box.left < outer.left - 1 || box.right > outer.right + 1);
  const covered = boxes.filter(({ element, box }) =>
    boxes.some(
      (other) =>
        other.element !== element &&
        box.left < other.box.right - 1 &&
        other.box.left < box.right - 1 &&
        box.top < other.box.bottom - 1 &&
        other.box.top < box.bottom - 1,
    ),
  );
  const blank = [...panel.shadowRoot.querySelectorAll('.tab-close, .chip button[aria-label]')].filter(
    (element) => element.querySelector('.icon').getBoundingClientRect().width === 0,
  );
  return [
    ...(document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : []),
    ...outside.map(({ name }) => `outside: ${name}`),
    ...covered.map(({ name }) => `covered: ${name}`),
    ...blank.map(({ className }) => `blank: ${className}`),
  ];
}

for (const direction of ['ltr', 'rtl'])
  test(`at 320 px everything of a panel is in its place (${direction})`, async () => {
    const { page } = await site.open(`/${direction}.html`, { width: 320 });
    assert.deepEqual(await page.evaluate(faults), []);
    const status = await page.evaluate(async (program) => {
      const panel = document.querySelector('unroll-panel');
      panel.files = { 'names.csv': 'a,b' };
      panel.edit(program);
      const { status } = await panel.run();
      panel.shadowRoot.querySelector('.chip-open').click();
      await panel.updateComplete;
      return status;
    }, program);
    assert.equal(status, 'error');
    await waitForPart(page, '.figure-tools');
    await runAction(page, 'download-pt');
    await waitForPart(page, '.choices');
    assert.deepEqual(await page.evaluate(faults), []);
    const places = await page.evaluate(() => {
      const { shadowRoot } = document.querySelector('unroll-panel');
      const boxOf = (selector) => shadowRoot.querySelector(selector).getBoundingClientRect().toJSON();
      return {
        status: boxOf('.status'),
        tools: boxOf('.console-tools'),
        close: boxOf('.notice > button'),
        text: boxOf('.notice p'),
      };
    });
    assert.ok(
      places.status.bottom > places.tools.top && places.tools.bottom > places.status.top,
      'status beside the tools',
    );
    assert.ok(places.close.top < places.text.bottom, 'the button that closes a notice beside its words');
    await page.close();
  });

test('sizes of files, keys and sentences read from left to right in a page from right to left', async () => {
  const { page } = await site.open('/rtl.html');
  const x = await page.evaluate(async () => {
    const panel = document.querySelector('unroll-panel');
    panel.files = { 'names.csv': 'a,b' };
    await panel.updateComplete;
    const text = [...panel.shadowRoot.querySelector('.chip-size').childNodes].find(
      (node) => node.nodeType === Node.TEXT_NODE,
    );
    const at = (index) => {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + 1);
      return range.getBoundingClientRect().left;
    };
    return { number: at(0), unit: at(text.data.length - 1), text: text.data };
  });
  assert.equal(x.text, '3 B');
  assert.ok(x.number < x.unit, JSON.stringify(x));
  await page.close();
});
