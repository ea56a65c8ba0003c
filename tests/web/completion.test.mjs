import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf, keys, onePanel, runCode } from './browser.mjs';

const { page, problems } = await onePanel();

const inPanel = (work, ...rest) =>
  page.evaluate(`(${work})(document.querySelector('unroll-panel').shadowRoot, ...${JSON.stringify(rest)})`);
const options = () =>
  inPanel((root) => [...root.querySelectorAll('.cm-completionLabel')].map(({ textContent }) => textContent));
const textOf = (selector) => inPanel((root, selector) => root.querySelector(selector)?.textContent ?? null, selector);
const waitFor = (selector, text = '') =>
  page.waitForFunction(
    (selector, text) => {
      const found = document.querySelector('unroll-panel').shadowRoot.querySelectorAll(selector);
      return [...found].some((element) => element.textContent.includes(text));
    },
    { timeout: 20_000, polling: 20 },
    selector,
    text,
  );
const gone = (selector) =>
  page.waitForFunction(
    (selector) => !document.querySelector('unroll-panel').shadowRoot.querySelector(selector),
    { timeout: 20_000, polling: 20 },
    selector,
  );

/** A program in the editor, with the cursor at its end. */
async function write(program) {
  await page.evaluate((program) => {
    document.querySelector('unroll-panel').code = program;
    document.querySelector('unroll-panel').focus();
  }, program);
  await keys(page, 'Control', 'End');
}

const head = 'import torch\nimport torch.nn as nn\n';

test('before Python is up the list has keywords, builtins and the names of the text, and loads nothing', async () => {
  await write('learning_rate = 0.1\n');
  await page.keyboard.type('lea');
  await waitFor('.cm-completionLabel', 'learning_rate');
  await page.keyboard.press('Escape');
  await gone('.cm-tooltip-autocomplete');
  await page.keyboard.type('r + ran');
  await waitFor('.cm-completionLabel', 'range');
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  assert.ok(!loaded.some((name) => name.includes('pyodide')), loaded.join('\n'));
});

test('with Python up, names of torch complete by keyboard, with how they are called', async () => {
  await runCode(page, `${head}weights = torch.ones(2, 3)`);
  await write(`${head}lstm = `);
  await page.keyboard.type('nn.LS');
  await waitFor('.cm-completionLabel', 'LSTM');
  assert.deepEqual((await options()).slice(0, 2), ['LSTM', 'LSTMCell']);
  await waitFor('.cm-completionInfo', 'input_size, hidden_size');
  // A list takes no key in its first moment.
  await pause(200);
  await page.keyboard.press('Enter');
  assert.equal(await codeOf(page), `${head}lstm = nn.LSTM`);
});

test('typing a bracket shows the parameters, the next one in bold, and Escape closes them', async () => {
  await pause(200);
  await page.keyboard.type('(');
  await waitFor('.cm-signature strong', 'input_size');
  await page.keyboard.type('3, ');
  await waitFor('.cm-signature strong', 'hidden_size');
  await page.keyboard.type('4, batch');
  await waitFor('.cm-completionLabel', 'batch_first=');
  await waitFor('.cm-signature strong', 'num_layers');
  await pause(200);
  await page.keyboard.press('Tab');
  await page.keyboard.type('True');
  await waitFor('.cm-signature strong', 'batch_first');
  await page.keyboard.press('Escape');
  await gone('.cm-tooltip-autocomplete');
  await page.keyboard.press('Escape');
  await gone('.cm-signature');
  assert.equal(await codeOf(page), `${head}lstm = nn.LSTM(3, 4, batch_first=True)`);
});

test('what is typed but has not run completes too, and what the last run left', async () => {
  await keys(page, 'Control', 'End');
  await page.keyboard.type('\nlstm.hid');
  await waitFor('.cm-completionLabel', 'hidden_size');
  await page.keyboard.type('den_size\nweights.sha');
  await waitFor('.cm-completionLabel', 'shape');
});

test('Enter after a whole name ends the line', async () => {
  await write('total = 1\n');
  await page.keyboard.type('total');
  await waitFor('.cm-completionLabel', 'total');
  await pause(150);
  await page.keyboard.press('Enter');
  assert.equal(await codeOf(page), 'total = 1\ntotal\n');
});

test('nothing opens in strings and comments, and a field of an f-string is code', async () => {
  await write(head);
  await page.keyboard.type('# torch.ran');
  await pause(400);
  assert.deepEqual(await options(), []);
  await page.keyboard.type('\nprint("torch.ran');
  await pause(400);
  assert.deepEqual(await options(), []);
  await write(`${head}print(f"`);
  await page.keyboard.type('{torch.rand');
  await waitFor('.cm-completionLabel', 'randn');
});

test('hover and Control-I explain a name, and Escape closes the note', async () => {
  await write(`${head}weights`);
  await keys(page, 'Control', 'i');
  await waitFor('.cm-explanation', 'After the last run: Tensor float32 (2, 3)');
  await page.keyboard.press('Escape');
  await gone('.cm-explanation');
  await write(`${head}nn.GRU`);
  const { x, y } = await inPanel((root) => {
    const box = [...root.querySelectorAll('.cm-line')].at(-1).getBoundingClientRect();
    return { x: box.left + 45, y: box.top + 10 };
  });
  await page.mouse.move(x, y);
  await waitFor('.cm-explanation-title', 'GRU(input_size, hidden_size');
  await page.mouse.move(5, 5);
});

test('brackets and quotes close themselves, and Control-/ turns a line into a comment and back', async () => {
  await write('');
  await page.keyboard.type('print("a');
  assert.equal(await codeOf(page), 'print("a")');
  await page.keyboard.type('")');
  assert.equal(await codeOf(page), 'print("a")');
  await keys(page, 'Control', '/');
  assert.equal(await codeOf(page), '# print("a")');
  await keys(page, 'Control', '/');
  assert.equal(await codeOf(page), 'print("a")');
});

test('the failing expression has a squiggle that tells the message', async () => {
  const program = 'x = [1, 2]\ny = 1 + x[5] * 2\nprint(y)';
  await runCode(page, program);
  assert.equal(await textOf('.cm-squiggle'), 'x[5]');
  assert.equal(await inPanel((root) => root.querySelectorAll('.cm-errorLine').length), 1);
  const { x, y } = await inPanel((root) => root.querySelector('.cm-squiggle').getBoundingClientRect().toJSON());
  await page.mouse.move(x + 8, y + 8);
  await waitFor('.cm-failure', 'IndexError: list index out of range');
  await page.mouse.move(5, 5);
  await write(program);
  await runCode(page, program);
  await page.evaluate(() => document.querySelector('unroll-panel').focus());
  await keys(page, 'Control', 'End');
  await page.keyboard.type(' ');
  assert.equal(await textOf('.cm-squiggle'), null);
});

test('wrong syntax gets a squiggle a moment after the line is left, and none while it is typed', async () => {
  await write('');
  await page.keyboard.type('x = (1 +');
  await pause(900);
  assert.equal(await textOf('.cm-squiggle'), null);
  await write('for i in range(3)\n    print(i)\n');
  await page.keyboard.type('y = 1');
  await waitFor('.cm-squiggle');
  assert.equal(await inPanel((root) => root.querySelectorAll('.cm-errorLine').length), 0);
  await write('');
});

test('the list comes within 300 ms of the key', async () => {
  const times = [];
  for (let i = 0; i < 5; i++) {
    await write(`${head}x = torch`);
    const began = performance.now();
    await page.keyboard.type('.');
    await waitFor('.cm-completionLabel', 'abs');
    times.push(performance.now() - began);
    await page.keyboard.press('Escape');
  }
  times.sort((a, b) => a - b);
  console.log(`    from key to list: ${times.map(Math.round).join(', ')} ms`);
  assert.ok(times[2] < 300, `${times}`);
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
