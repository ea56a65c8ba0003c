import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  assetName,
  keys,
  newPage,
  openSite,
  panelPage,
  press,
  runAction,
  runPanel,
  waitForPart,
  waitForText,
} from './browser.mjs';
import { importSource } from './source.mjs';

const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Where and how each state is looked at: everything in two, colours in a third. */
const views = [
  { width: 1280, scheme: 'light' },
  { width: 320, scheme: 'dark' },
  { width: 1280, scheme: 'dark', rules: ['color-contrast', 'link-in-text-block'] },
];

const steps = panelPage(['print(1)'])
  .replace('<body>', '<body><main><h1>Lesson</h1>')
  .replace('</body>', '</main></body>');
const mirrored = steps
  .replace('lang="en"', 'lang="ar" dir="rtl"')
  .replace('<unroll-panel>', '<unroll-panel persist hint="Look." stdin="1">');
const site = await openSite({ pages: { '/lesson.html': steps, '/mirrored.html': mirrored } });

/** What axe finds on the page as it is, in words. */
async function findings(page, rules) {
  // A frame is a part of a page that has its heading.
  const options = page.url().includes('/embed.html') ? { 'page-has-heading-one': { enabled: false } } : {};
  const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags };
  const violations = await page.evaluate(
    async (runOnly, rules) => (await window.axe.run(document, { runOnly, rules })).violations,
    runOnly,
    options,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id} at ${target.flat().join(' ')}: ${failureSummary.split('\n').slice(1, 3).join(' ')}`,
    ),
  );
}

/** Looks at the page in every view. */
async function isClean(page) {
  await page.evaluate(axe);
  const found = [];
  for (const { width, scheme, rules } of views) {
    await page.setViewport({ width, height: 800 });
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    for (const finding of await findings(page, rules)) found.push(`${width} px, ${scheme}: ${finding}`);
  }
  assert.deepEqual(found, []);
  await page.setViewport({ width: 1280, height: 800 });
}

/** A page to bring into one state after another. */
async function open(path) {
  const { page } = await site.open(path);
  return page;
}

const runs = (page, code, files) =>
  page.evaluate(
    ({ code, files }) => {
      const panel = document.querySelector('unroll-panel');
      if (files) panel.files = files;
      panel.edit(code);
      return panel.run().then(({ status }) => status);
    },
    { code, files },
  );

/** Starts a program that goes on, and waits for its first line. */
async function starts(page, code) {
  await page.evaluate((code) => {
    const panel = document.querySelector('unroll-panel');
    panel.edit(code);
    void panel.run();
  }, code);
  await waitForText(page, '.output', 'go');
}

/** Presses keys in the editor, which show something. */
async function opens(page, selector, ...names) {
  await page.$eval('unroll-panel', (panel) => panel.focus());
  await keys(page, ...names);
  await waitForPart(page, selector);
}

const plots = `import matplotlib.pyplot as plt, unroll
for step in range(20): unroll.log(loss=1 / (step + 1), accuracy=step / 20)
plt.plot([1, 3, 2], label="a line")
plt.title("A plot")
plt.show()`;

test('the playground: fresh, loading, running, stopped', async () => {
  const page = await open('/');
  await isClean(page);
  const release = site.hold(assetName(/^torch-.{8}\.zip$/));
  await page.evaluate(() => void document.querySelector('unroll-panel').run());
  await waitForText(page, '.placeholder', 'Loading');
  await isClean(page);
  release();
  await starts(page, 'print("go")\nwhile True: pass');
  await isClean(page);
  await page.evaluate(() => document.querySelector('unroll-panel').stop());
  await waitForText(page, '.status', 'Stopped');
  await isClean(page);
});

test('the playground: output, figures, the live plot and its table, an enlarged chart and figure, files, an error', async () => {
  const page = await open('/');
  assert.equal(await runs(page, plots, { 'a.txt': 'one\ntwo\n' }), 'ok');
  await isClean(page);
  await press(page, 'Table');
  await isClean(page);
  for (const title of ['loss', 'A plot']) {
    await press(page, `Enlarge ${title}`);
    await isClean(page);
    await page.keyboard.press('Escape');
  }
  assert.equal(
    await runs(page, 'import torch\nprint("\\x1b[31mred\\x1b[0m")\ntorch.ones(2, 3) @ torch.ones(2, 3)'),
    'error',
  );
  await isClean(page);
});

test('the playground: a file in a tab, the table of tensors and the values of one', async () => {
  const page = await open('/');
  await runs(page, 'import torch\nweights = torch.arange(12.0).reshape(3, 4)', { 'a.txt': 'one\ntwo\n' });
  await page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.chip-open').click());
  await isClean(page);
  await runAction(page, 'tensors');
  await page.waitForFunction(() => document.querySelector('unroll-panel').shadowRoot.querySelector('dialog[open]'));
  await isClean(page);
  await page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.tensor-name').click());
  await page.waitForFunction(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.heat'));
  await isClean(page);
});

test('the playground: palette, also with nothing found, keyboard map and menu', async () => {
  const page = await open('/');
  await page.click('#palette');
  await page.waitForSelector('.palette[open]');
  await isClean(page);
  await page.keyboard.type('zzzz');
  await isClean(page);
  await page.keyboard.press('Escape');
  await page.focus('#theme');
  await page.keyboard.press('?');
  await page.waitForSelector('.keyboard-map[open]');
  await isClean(page);
  await page.keyboard.press('Escape');
  await page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.more')?.click());
  await isClean(page);
});

test("the playground: the program of a link, and its output; a beginner's error with its hint; asking for input", async () => {
  const { packHash } = await importSource('share/link.ts');
  const page = await open(
    `/${await packHash({ code: 'print(1)\nprint(x)', files: { 'a.txt': 'one' }, settings: {} })}`,
  );
  await page.waitForFunction(() => document.querySelector('unroll-panel').isolated);
  await isClean(page);
  assert.equal((await runPanel(page)).status, 'error');
  await isClean(page);
  await page.evaluate(() => {
    const panel = document.querySelector('unroll-panel');
    panel.edit('name = input("Name? ")');
    void panel.run();
  });
  await waitForText(page, '.output-area', 'Name?');
  await isClean(page);
});

test('a panel in a page: fresh, with output, without a host to load from', async () => {
  const page = await open('/lesson.html');
  await isClean(page);
  assert.equal(await runs(page, 'print(1)'), 'ok');
  await isClean(page);
});

test('a panel in a page: search, names offered, the link copied, the choice of weights, the question before Reset', async () => {
  const page = await open('/lesson.html');
  const program = 'import torch.nn as nn\nmodel = nn.GRU(2, 3)\nhead = nn.Linear(3, 1)\n';
  assert.equal(await runs(page, program), 'ok');
  await opens(page, '.cm-search', 'Control', 'f');
  await isClean(page);
  await page.keyboard.press('Escape');
  await keys(page, 'Control', 'End');
  await page.keyboard.type('nn.L');
  await opens(page, '.cm-tooltip-autocomplete', 'Control', ' ');
  await isClean(page);
  await page.keyboard.press('Escape');
  await runAction(page, 'copy-link');
  await waitForPart(page, '.notice');
  await isClean(page);
  await runAction(page, 'download-pt');
  await waitForPart(page, '.choices');
  await isClean(page);
  await press(page, 'Reset');
  await waitForPart(page, '.reset-question');
  await isClean(page);
  await page.close();
});

test('a panel in a page from right to left: a hint, input before the run, work kept, an open file, an error', async () => {
  const page = await open('/mirrored.html');
  await press(page, 'Hint');
  await isClean(page);
  assert.equal(await runs(page, 'print(x)', { 'a.txt': 'one' }), 'error');
  await page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.chip-open').click());
  await isClean(page);
  await new Promise((done) => setTimeout(done, 1000));
  await page.reload();
  await waitForPart(page, '.kept');
  await isClean(page);
  await page.close();
});

test('an exercise: failed, hints, solution asked for and shown, passed', async () => {
  const page = await open('/examples/exercise.html');
  await isClean(page);
  assert.equal((await runPanel(page)).status, 'ok');
  await isClean(page);
  const pressPart = (part) =>
    page.evaluate((part) => document.querySelector('unroll-panel').shadowRoot.querySelector(part).click(), part);
  await pressPart('[part~=hint-button]');
  await isClean(page);
  await pressPart('[part~=solution-button]');
  await isClean(page);
  const solution =
    'def count_weights(layer):\n    return sum(weight.numel() for weight in layer.parameters())\n\ncount = count_weights(gru)\nprint(count)\n';
  assert.equal(await runs(page, solution), 'ok');
  await isClean(page);
  // The verdict is out, so the solution comes without a question.
  await pressPart('[part~=solution-button]');
  await isClean(page);
});

for (const path of [
  '/examples/element.html',
  '/examples/session.html',
  '/examples/mount.html',
  '/embed.html?code=print(1)',
]) {
  test(`the page ${path}`, async () => {
    const page = await open(path);
    await isClean(page);
  });
}

test('the dialogue Embed…, with its preview', async () => {
  const page = await open('/lesson.html');
  await runAction(page, 'embed');
  await page.waitForFunction(() => {
    const { shadowRoot } = document.querySelector('unroll-panel');
    return shadowRoot.querySelector('.embed unroll-panel')?.shadowRoot?.querySelector('.cm-content');
  });
  await isClean(page);
});

test('the benchmark page and the page about the site', async () => {
  const page = await newPage();
  for (const name of ['bench.html', 'about.html']) {
    await page.goto(`${site.url}/${name}`);
    await isClean(page);
  }
});
