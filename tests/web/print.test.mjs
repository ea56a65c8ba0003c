// A panel on paper: its whole program and output, without controls, in light colours.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSite, panelOf, runPanel, waitForPart } from './browser.mjs';

const lines = Array.from({ length: 300 }, (_, i) => `x${i} = "${'word '.repeat(i === 7 ? 60 : 1)}"`).join('\n');
const code = `${lines}
import matplotlib.pyplot as plt, unroll
for i in range(400):
    print("line", i, "of the output")
    unroll.log(loss=1 / (i + 1))
plt.plot([1, 3, 2])
plt.title("A plot")
plt.show()
print("the end")
1 / 0`;

const site = await openSite();
const { page, problems } = await site.show(`<h1>Lesson</h1>${panelOf(code, 'theme="dark" title="A long program"')}`);
await runPanel(page);
await page.mouse.move(5, 5);
await waitForPart(page, '.paper');

/** In the page: what of the panel is to be seen, and where it ends. */
function onPaper() {
  const panel = document.querySelector('unroll-panel');
  const { shadowRoot } = panel;
  const seen = [...shadowRoot.children].filter((child) => child.checkVisibility());
  const { right } = panel.getBoundingClientRect();
  const parts = [...shadowRoot.querySelectorAll('.paper *')];
  return {
    seen: seen.map(({ className }) => className).filter((name) => name !== 'editor-tooltips'),
    text: shadowRoot.querySelector('.paper').innerText,
    buttons: shadowRoot.querySelector('.paper').querySelectorAll('button, input, textarea, [contenteditable]').length,
    charts: [...shadowRoot.querySelectorAll('.paper-output > svg, .paper-output > .picture')].map(
      (chart) => chart.getBoundingClientRect().width > 100,
    ),
    cut: parts.filter((part) => part.getBoundingClientRect().right > right + 1).length,
    scheme: getComputedStyle(panel).colorScheme,
    ink: getComputedStyle(shadowRoot.querySelector('.paper')).color,
  };
}

test('on paper stand the whole program, the charts and the whole output, and no control; nothing is cut', async () => {
  await page.emulateMediaType('print');
  await page.waitForFunction(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.paper-code'));
  const { seen, text, buttons, charts, cut, scheme, ink } = await page.evaluate(onPaper);
  assert.deepEqual(seen, ['paper']);
  for (const part of ['A long program', 'x0 =', 'x150 =', 'x299 =', '1 / 0', 'line 0 of', 'line 200 of', 'line 399 of'])
    assert.ok(text.includes(part), part);
  assert.match(text, /the end\n[\s\S]*ZeroDivisionError/);
  assert.deepEqual([buttons, charts, cut], [0, [true, true], 0]);
  assert.deepEqual([scheme, ink], ['light only', 'rgb(0, 0, 0)']);
});

test('on the screen nothing of it is to be seen, and the panel is as it was', async () => {
  await page.emulateMediaType();
  await page.waitForFunction(() => !document.querySelector('unroll-panel').shadowRoot.querySelector('.paper-code'));
  assert.deepEqual((await page.evaluate(onPaper)).seen, ['panel']);
});

test('printing itself makes as many pages as the program and its output need', async () => {
  const pdf = Buffer.from(await page.pdf({ format: 'A4' }));
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
  assert.ok(pages >= 9 && pages <= 16, `${pages} pages`);
});

test('of an output without end the last lines are printed, and a word says so', async () => {
  await page.$eval('unroll-panel', (panel) => {
    panel.code = 'for i in range(20_000): print("line", i)';
    return panel.run();
  });
  await page.emulateMediaType('print');
  await page.waitForFunction(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.paper-code'));
  const { text } = await page.evaluate(onPaper);
  assert.match(text, /Earlier output is not printed\./);
  assert.ok(text.includes('line 19999') && !text.includes('line 9999\n'));
  await page.emulateMediaType();
});

test('the playground prints its panel, not what stands around it', async () => {
  const { page: playground } = await site.open('/');
  await playground.mouse.move(5, 5);
  await waitForPart(playground, '.paper');
  await playground.emulateMediaType('print');
  await playground.waitForFunction(() =>
    document.querySelector('unroll-panel').shadowRoot.querySelector('.paper-code'),
  );
  const shown = await playground.evaluate(() => ({
    controls: [...document.querySelectorAll('button, select, footer')].filter((one) => one.checkVisibility()).length,
    whole: document.querySelector('unroll-panel').offsetHeight > 400,
  }));
  assert.deepEqual(shown, { controls: 0, whole: true });
});

test('the pages reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
