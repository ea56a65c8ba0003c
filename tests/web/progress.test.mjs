import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onePanel, runCode, textOf } from './browser.mjs';

const { page, problems } = await onePanel();

/** The text of the output that is coloured as an error. */
const red = () =>
  page.evaluate(() => {
    const root = document.querySelector('unroll-panel').shadowRoot;
    return [...root.querySelectorAll('.output .stderr')].map((span) => span.textContent).join('');
  });

test('ten thousand redraws of a bar leave one line, fast, and it is not red', async () => {
  const code = `import sys
for i in range(10001):
    print(f"\\r{i / 100:3.0f}%|{'#' * (i // 1000):10}| {i}/10000", end="", file=sys.stderr, flush=True)
print(file=sys.stderr)
print("done")`;
  const { seconds } = await runCode(page, code);
  assert.equal(await textOf(page, '.output'), '100%|##########| 10000/10000\ndone\n');
  assert.equal(await red(), '');
  assert.ok(seconds < 3, `${seconds} s`);
});

test('nested bars are redrawn each on its line', async () => {
  const code = `import sys
def bar(text): print(text, end="", file=sys.stderr, flush=True)
for epoch in range(3):
    bar(f"\\router {epoch}")
    for step in range(4):
        bar(f"\\n\\rinner {step}\\x1b[K\\x1b[A")
bar("\\n\\n")
print("done")`;
  await runCode(page, code);
  assert.equal(await textOf(page, '.output'), 'outer 2\ninner 3\ndone\n');
});

test('colours of a terminal are not printed, also when a sequence comes in two pieces', async () => {
  const code = `import sys
print("\\x1b[92mgreen\\x1b[0m and \\x1b[1;31mred\\x1b[0m")
for piece in ("\\x1b", "[3", "4mblue"): print(piece, end="", flush=True)`;
  await runCode(page, code);
  assert.equal(await textOf(page, '.output'), 'green and red\nblue');
});

test('an error under a bar begins on a line of its own, and only it is red', async () => {
  const { error } = await runCode(page, 'import sys\nprint("\\r50%", end="", file=sys.stderr)\n1 / 0');
  assert.equal(error.line, 3);
  assert.match(await textOf(page, '.output'), /^50%\nTraceback/);
  assert.match(await red(), /^Traceback[^%]*ZeroDivisionError/);
});

test('a figure while a bar runs stands above the bar', async () => {
  const code = `import sys
from unroll import page
print("start")
for i in range(3):
    print(f"\\r{i}", end="", file=sys.stderr, flush=True)
    page.figure('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8"/></svg>', id="x")
print(file=sys.stderr)`;
  await runCode(page, code);
  const kinds = await page.evaluate(() =>
    [...document.querySelector('unroll-panel').shadowRoot.querySelector('.output').children]
      .filter((part) => !part.hidden && part.className !== 'room')
      .map((part) => (part.localName === 'figure' ? 'figure' : part.textContent.trim())),
  );
  assert.deepEqual(kinds, ['start', 'figure', '2']);
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
