import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keys, onePanel, press, runCode } from './browser.mjs';

const { page, problems } = await onePanel();

const panel = (work, ...rest) => page.$eval('unroll-panel', work, ...rest);
const tabs = () =>
  panel((panel) =>
    [...panel.shadowRoot.querySelectorAll('[role=tab]')].map(
      (tab) => (tab.ariaSelected === 'true' ? '>' : '') + tab.querySelector('.tab-label').textContent,
    ),
  );
const click = (selector) => panel((panel, selector) => panel.shadowRoot.querySelector(selector).click(), selector);
const waitFor = (work, ...rest) =>
  page.waitForFunction(`(${work})(document.querySelector('unroll-panel'), ...${JSON.stringify(rest)})`, {
    timeout: 20_000,
    polling: 30,
  });
const shows = (name) =>
  waitFor((panel, name) => panel.shadowRoot.querySelector('.cm-content').ariaLabel.startsWith(name), name);
const text = (name) =>
  panel((panel, name) => {
    const content = panel.files[name];
    return typeof content === 'string' || content === undefined ? content : new TextDecoder().decode(content);
  }, name);
const focused = () =>
  panel((panel) => panel.shadowRoot.activeElement?.dataset.name ?? panel.shadowRoot.activeElement?.className);

const give = (files, code = 'import helper\nprint(helper.value)') =>
  panel(
    (panel, files, code) => {
      panel.files = files;
      panel.code = code;
    },
    files,
    code,
  );

test('a file opens in a tab beside the program, and what is typed there is what the next run sees', async () => {
  await give({ 'helper.py': 'value = 1\n', 'notes.txt': 'words' });
  assert.deepEqual(await tabs(), []);
  await press(page, 'helper.py');
  await shows('helper.py, Python program');
  assert.deepEqual(await tabs(), ['main.py', '>helper.py']);
  await panel((panel) => panel.focus());
  await keys(page, 'Control', 'a');
  await page.keyboard.type('value = 42');
  assert.equal(await text('helper.py'), 'value = 42');
  assert.equal(await panel((panel) => panel.code), 'import helper\nprint(helper.value)');
  const { stdout } = await panel((panel) => panel.run());
  assert.equal(stdout, '42\n');
});

test('each document has an undo history of its own', async () => {
  await press(page, 'main.py');
  await shows('main.py');
  await panel((panel) => panel.focus());
  await keys(page, 'Control', 'End');
  await page.keyboard.type('  # main');
  await press(page, 'helper.py');
  await shows('helper.py');
  await panel((panel) => panel.focus());
  await keys(page, 'Control', 'z');
  assert.equal(await text('helper.py'), 'value = 1\n');
  assert.match(await panel((panel) => panel.code), /# main$/);
});

test('arrow keys go from tab to tab, and Delete closes all but the program', async () => {
  await press(page, 'notes.txt');
  await shows('notes.txt, text');
  await panel((panel) => panel.shadowRoot.querySelector('[aria-selected=true]').focus());
  await page.keyboard.press('ArrowRight');
  await shows('main.py');
  assert.deepEqual(await tabs(), ['>main.py', 'helper.py', 'notes.txt']);
  await page.keyboard.press('Delete');
  await page.keyboard.press('ArrowRight');
  await shows('helper.py');
  await waitFor((panel) => panel.shadowRoot.activeElement?.dataset.name === 'helper.py');
  await page.keyboard.press('Delete');
  await shows('notes.txt');
  assert.deepEqual(await tabs(), ['main.py', '>notes.txt']);
  await waitFor((panel) => panel.shadowRoot.activeElement?.dataset.name === 'notes.txt');
  await page.keyboard.press('Delete');
  await shows('main.py');
  assert.deepEqual(await tabs(), []);
  assert.deepEqual(await panel((panel) => Object.keys(panel.files)), ['helper.py', 'notes.txt']);
});

test('a new file takes its name in the strip, and F2 gives it another', async () => {
  await click('[part~=new-button]');
  await waitFor((panel) => panel.shadowRoot.activeElement?.className === 'tab-name');
  await page.keyboard.type('model.py');
  await page.keyboard.press('Enter');
  await shows('model.py');
  await waitFor((panel) => panel.shadowRoot.activeElement?.className.includes('cm-content'));
  await page.keyboard.type('size = 3');
  assert.equal(await text('model.py'), 'size = 3');
  await panel((panel) => panel.shadowRoot.querySelector('[aria-selected=true]').focus());
  await page.keyboard.press('F2');
  await waitFor((panel) => panel.shadowRoot.activeElement?.className === 'tab-name');
  await page.keyboard.type('sizes');
  await page.keyboard.press('Enter');
  await shows('sizes.py');
  assert.deepEqual([await text('model.py'), await text('sizes.py')], [undefined, 'size = 3']);
  assert.deepEqual(await tabs(), ['main.py', '>sizes.py']);
  await press(page, 'Remove sizes.py');
  await shows('main.py');
  assert.deepEqual(await tabs(), []);
});

test('a name that there is already, or outside of the folder, is refused in words', async () => {
  for (const [name, words] of [
    ['notes.txt', 'A file named notes.txt exists already'],
    ['../up.py', '"../up.py" cannot be'],
  ]) {
    await click('[part~=new-button]');
    await waitFor((panel) => panel.shadowRoot.activeElement?.className === 'tab-name');
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
    await waitFor((panel, words) => panel.shadowRoot.querySelector('.output').innerText.includes(words), words);
  }
  assert.deepEqual(await panel((panel) => Object.keys(panel.files)), ['helper.py', 'notes.txt']);
});

test('what a program writes into an open file is shown, as a step of undo; a file that it removes closes', async () => {
  await press(page, 'notes.txt');
  await shows('notes.txt');
  await panel((panel) => {
    panel.code = 'open("notes.txt", "a").write(" and more")';
    return panel.run();
  });
  await waitFor((panel) => panel.shadowRoot.querySelector('.cm-content').innerText.includes('words and more'));
  await panel((panel) => panel.focus());
  await keys(page, 'Control', 'z');
  assert.equal(await text('notes.txt'), 'words');
  await panel((panel) => {
    panel.code = 'import os\nos.remove("notes.txt")';
    return panel.run();
  });
  await shows('main.py');
  assert.deepEqual(await tabs(), []);
});

test('a binary file says what it is', async () => {
  await panel((panel) => {
    panel.files = { 'weights.pt': new Uint8Array([80, 75, 0, 1]) };
  });
  await press(page, 'weights.pt');
  await waitFor(
    (panel) => panel.shadowRoot.querySelector('.file-view p')?.innerText === 'This file is not text (4 B).',
  );
  await press(page, 'main.py');
  await waitFor((panel) => panel.shadowRoot.querySelector('.file-view').hidden);
});

test("an error in a module marks the program's line and the module's, where a press on the traceback leads", async () => {
  await give({ 'helper.py': 'def f(x):\n    return 1 / x\n' }, 'import helper\nhelper.f(0)');
  const { error } = await panel((panel) => panel.run());
  assert.deepEqual([error.line, error.place.file, error.place.line], [2, 'helper.py', 2]);
  assert.equal(await panel((panel) => panel.shadowRoot.querySelector('.cm-errorLine').textContent), 'helper.f(0)');
  await panel((panel) =>
    [...panel.shadowRoot.querySelectorAll('.output a')].find((a) => a.textContent.includes('helper.py')).click(),
  );
  await shows('helper.py');
  await waitFor((panel) => panel.shadowRoot.querySelector('.cm-squiggle')?.textContent === '1 / x');
  await give({}, 'print(1)');
});

test('many tabs scroll on a phone, and a panel with one document has none', async () => {
  await page.setViewport({ width: 320, height: 700 });
  const names = Array.from({ length: 8 }, (_, i) => `data-${i}.csv`);
  await give(Object.fromEntries(names.map((name) => [name, 'a,b\n1,2\n'])));
  for (const name of names) {
    await press(page, name);
    await shows(name);
  }
  const { inner, strip, wide } = await panel((panel) => {
    const strip = panel.shadowRoot.querySelector('.tabs');
    const box = panel.shadowRoot.querySelector('[aria-selected=true]').getBoundingClientRect();
    return {
      inner: box.right <= innerWidth && box.left >= 0,
      strip: strip.scrollWidth > strip.clientWidth,
      wide: document.documentElement.scrollWidth,
    };
  });
  assert.ok(inner && strip && wide <= 320, JSON.stringify({ inner, strip, wide }));
  await give({}, 'print(1)');
  assert.deepEqual(await tabs(), []);
  await page.setViewport({ width: 1280, height: 800 });
});

test('a JavaScript file has its own language, loaded when it opens', async () => {
  await give({ 'tool.js': 'const answer = 42;\n' });
  await press(page, 'tool.js');
  await shows('tool.js, JavaScript program');
  await waitFor((panel) => panel.shadowRoot.querySelectorAll('.cm-line span').length > 1);
  assert.equal((await focused()) === 'tab-name', false);
  await runCode(page, 'print(1)', {});
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
