// Short programs: a panel is as high as what is in it, and a compact one is a snippet.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSite, panelOf, press, runAction, runPanel, textOf, type, waitForPart, waitForText } from './browser.mjs';

const site = await openSite();
const three = 'import torch\nx = torch.ones(2)\nprint(x)';

const heights = (page) => page.$$eval('unroll-panel', (panels) => panels.map(({ offsetHeight }) => offsetHeight));
const inPanel = (page, work, index = 0) =>
  page.evaluate(
    (index, work) =>
      new Function('root', `return ${work}`)(document.querySelectorAll('unroll-panel')[index].shadowRoot),
    index,
    work,
  );

test('a panel is as high as its program and a line of output', async () => {
  const { page } = await site.show(panelOf('print(1)') + panelOf(three));
  const [one, more] = await heights(page);
  assert.ok(one < 200, `${one} px for a line`);
  assert.ok(Math.abs(more - one - 2 * 22.4) < 2, `${more} px for three lines`);
  await runPanel(page);
  assert.deepEqual(await heights(page), [one, more], 'a line of output needs no more room');
});

test('six snippets take the height of their lines and a row of buttons, and show their output below', async () => {
  const { page, problems } = await site.show(panelOf(three, 'layout="compact"').repeat(6));
  for (const height of await heights(page)) assert.ok(height < 3 * 22.4 + 28 + 50, `${height} px`);
  const before = (await heights(page))[0];
  await press(page, 'Run');
  await waitForText(page, '.output', 'tensor([1., 1.])');
  await waitForText(page, '.status', 'Finished');
  const after = (await heights(page))[0];
  assert.ok(after - before < 60, `${after - before} px for a line of output`);
  assert.equal(await inPanel(page, "root.querySelector('.reset')"), null);
  await type(page, '# ');
  await waitForPart(page, '.reset');
  const order = await inPanel(
    page,
    "[...root.querySelectorAll('.cm-content, .run, .output')].map(({ className }) => className.split(' ')[0])",
  );
  assert.deepEqual(order, ['cm-content', 'primary', 'output']);
  assert.deepEqual(problems, []);
});

test('what stands below a panel does not jump while its program runs again', async () => {
  const { page } = await site.show(panelOf('for i in range(12): print(i)'));
  await runPanel(page);
  const [height] = await heights(page);
  const least = await page.evaluate(async () => {
    const panel = document.querySelector('unroll-panel');
    let least = panel.offsetHeight;
    const done = panel.run();
    const look = () => {
      least = Math.min(least, panel.offsetHeight);
      return new Promise(requestAnimationFrame).then(look);
    };
    await Promise.race([done, look()]);
    return least;
  });
  assert.deepEqual([least, ...(await heights(page))], [height, height]);
  await page.$eval('unroll-panel', (panel) => panel.edit('print(1)'));
  await runPanel(page);
  assert.ok((await heights(page))[0] < height);
});

test('the row of files is there where files matter, and the menu has what it offers', async () => {
  const { page } = await site.show(
    panelOf('open("a.txt")') + panelOf('1', 'layout="side"') + panelOf('1', 'files="a.txt"'),
  );
  const rows = () =>
    page.$$eval('unroll-panel', (all) => all.map((one) => !one.shadowRoot.querySelector('.files').hidden));
  assert.deepEqual(await rows(), [false, true, true]);
  await runPanel(page);
  assert.deepEqual(await rows(), [true, true, true], 'a file was missed');
  await page.$eval('unroll-panel', (panel) => panel.reset());
  const [chooser] = await Promise.all([page.waitForFileChooser(), runAction(page, 'add-files')]);
  await chooser.accept([new URL(import.meta.url).pathname]);
  await page.waitForFunction(() => Object.keys(document.querySelector('unroll-panel').files).length === 1);
});

test('a program that shows nothing says so, and one that shows a picture or a curve does not', async () => {
  const { page } = await site.show(panelOf('x = 1') + panelOf('const x = 1;', 'lang="javascript"') + panelOf('1 / 0'));
  const result = await runPanel(page);
  assert.deepEqual([result.stdout, result.stderr], ['', '']);
  assert.match(
    await textOf(page, '.output'),
    /^The program ended without any output\. To see a value, write print\(…\)\.\n?$/,
  );
  await runPanel(page, 1);
  assert.match(await textOf(page, '.output', 1), /without any output\. To see a value, write console\.log\(…\)\.\n?$/);
  await runPanel(page, 2);
  assert.doesNotMatch(await textOf(page, '.output', 2), /without any output/);
  for (const code of [
    'import unroll\nunroll.log(loss=1)',
    'import matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()',
  ]) {
    await page.$eval('unroll-panel', (panel, code) => panel.edit(code), code);
    await runPanel(page);
    assert.doesNotMatch(await textOf(page, '.output'), /without any output/);
  }
});

test('a run that is stopped before it begins was stopped, not after 0 ms', async () => {
  const { page } = await site.show(panelOf('1'));
  const status = await page.evaluate(async () => {
    const panel = document.querySelector('unroll-panel');
    const run = panel.run();
    void panel.stop();
    await run;
    await panel.updateComplete;
    return panel.shadowRoot.querySelector('.status').innerText;
  });
  assert.equal(status, 'Stopped');
});

test('the tab says what tracebacks call the program, and places in them lead there', async () => {
  const { page } = await site.show(
    `${panelOf('x = 1', 'id="data"')}${panelOf('pass\nx / 0', 'id="model" depends-on="data"')}${panelOf('1')}`,
  );
  const tabs = await page.$$eval('unroll-panel', (all) =>
    all.map((one) => one.shadowRoot.querySelector('.tab').innerText.trim()),
  );
  assert.deepEqual(tabs, ['data.py', 'model.py', 'main.py']);
  await runPanel(page, 1);
  const place = await inPanel(page, "root.querySelector('.place').innerText", 1);
  assert.equal(place, 'File "model.py", line 2');
  assert.ok(await inPanel(page, "root.querySelector('.cm-squiggle') !== null", 1));
  await inPanel(page, "root.querySelector('.place').click()", 1);
  await page.waitForFunction(() => document.querySelector('#model').shadowRoot.querySelector('.cm-focused'));
});

test('a title stands over the panel and names it, and no tooltip covers the program', async () => {
  const { page } = await site.show('<unroll-panel title="Count to three"><pre>1</pre></unroll-panel>');
  const seen = await page.$eval('unroll-panel', (panel) => [
    panel.shadowRoot.querySelector('.panel-title').innerText,
    panel.shadowRoot.querySelector('.panel').ariaLabel,
    panel.hasAttribute('title'),
    panel.title,
  ]);
  assert.deepEqual(seen, ['Count to three', 'Count to three', false, 'Count to three']);
});
