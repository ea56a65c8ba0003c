import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keys, newPage, openSite, panelPage, press, runCode, textOf, waitForEditor, waitForText } from './browser.mjs';

const problems = [];

const greeting = 'name = input("Name? ")\nage = int(input("Age? "))\nprint(f"Hello {name}, {age + 1} next year")';
const pages = { '/lesson.html': panelPage([greeting]) };

const site = await openSite({ pages });
const headers = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
const isolated = await openSite({ pages, headers });

/** Opens the page; `old` as a browser in which WebAssembly cannot wait for promises. */
async function open({ url = site.url, old = false } = {}) {
  const page = await newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  if (old)
    await page.evaluateOnNewDocument(() => {
      delete WebAssembly.Suspending;
      delete WebAssembly.promising;
    });
  await page.goto(`${url}/lesson.html`);
  await waitForEditor(page);
  return page;
}

/** The field where the reader types: its label, whether it has the focus, and where it stands. */
const field = async (page) => {
  await page.waitForFunction(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.ask-line'), {
    timeout: 60_000,
  });
  return page.evaluate(() => {
    const root = document.querySelector('unroll-panel').shadowRoot;
    const input = root.querySelector('.ask-line');
    return { label: input.ariaLabel ?? input.getAttribute('aria-label'), hasFocus: root.activeElement === input };
  });
};

/** Waits for the question with this label, types a line and presses Enter. */
async function answer(page, label, text) {
  await page.waitForFunction(
    (label) =>
      document.querySelector('unroll-panel').shadowRoot.querySelector('.ask-line')?.getAttribute('aria-label') ===
      label,
    { timeout: 60_000 },
    label,
  );
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

for (const [how, options] of [
  ['where WebAssembly waits for promises', {}],
  ['on an isolated page without that', { old: true, isolated: true }],
]) {
  test(`input() asks in the output ${how}: label, focus, echo, and the status says so`, async () => {
    const page = await open({ old: options.old, url: options.isolated ? isolated.url : site.url });
    await page.evaluate(() => document.querySelector('unroll-panel').focus());
    await keys(page, 'Control', 'Enter');
    assert.deepEqual(await field(page), { label: 'Name?', hasFocus: true });
    assert.equal(await textOf(page, '.status'), 'Waiting for your input');
    await answer(page, 'Name?', 'Zoë');
    await answer(page, 'Age?', '41');
    await waitForText(page, '.output', 'next year');
    await waitForText(page, '.status', 'Finished');
    assert.equal((await textOf(page, '.output')).trimEnd(), 'Name? Zoë\nAge? 41\nHello Zoë, 42 next year');
    const isBack = await page.evaluate(
      () => document.querySelector('unroll-panel').shadowRoot.activeElement?.className.includes('cm-content') ?? false,
    );
    assert.ok(isBack, 'the editor has the focus again');
  });

  test(`Stop ends a program that waits for input, and the next one runs, ${how}`, async () => {
    const page = await open({ old: options.old, url: options.isolated ? isolated.url : site.url });
    const run = runCode(page, 'print("going")\ninput()');
    assert.equal((await field(page)).label, 'Input for the program');
    const began = Date.now();
    await press(page, 'Stop');
    assert.equal((await run).status, 'stopped');
    assert.ok(Date.now() - began < 1000);
    assert.equal(
      await page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.ask')),
      null,
    );
    assert.equal((await runCode(page, 'print("again")')).stdout, 'again\n');
  });
}

test('sys.stdin asks, too: lines one after the other until Ctrl+D', async () => {
  const page = await open();
  const run = runCode(
    page,
    'import sys\nprint(repr(sys.stdin.readline()))\nfor line in sys.stdin: print("got", line.strip())\nprint("end")\ninput()',
  );
  for (const text of ['first', 'second', 'third']) await answer(page, 'Input for the program', text);
  await field(page);
  await keys(page, 'Control', 'd');
  await waitForText(page, '.output', 'end');
  await field(page);
  await keys(page, 'Control', 'd');
  const { stdout, error } = await run;
  assert.equal(stdout, "'first\\n'\ngot second\ngot third\nend\n");
  assert.deepEqual([error.type, error.message], ['EOFError', 'EOF when reading a line']);
});

test('lines that the author gives are read, shown in a box and can be changed', async () => {
  const page = await open();
  await page.evaluate(() => {
    document.querySelector('unroll-panel').stdin = 'Ada\n36';
  });
  const first = await runCode(page, greeting);
  assert.equal(first.stdout, 'Name? Age? Hello Ada, 37 next year\n');
  assert.equal((await textOf(page, '.output')).trimEnd(), 'Name? Ada\nAge? 36\nHello Ada, 37 next year');
  await page.evaluate(() => {
    const area = document.querySelector('unroll-panel').shadowRoot.querySelector('.stdin textarea');
    area.value = 'Bob';
    area.dispatchEvent(new Event('input'));
  });
  const { error } = await runCode(page, greeting);
  assert.equal(error.type, 'EOFError');
  assert.equal(
    error.message,
    'input() found no line: "Input for the program" has 1 line; write one line for each input() and run again',
  );
  const all = await page.evaluate(async () => {
    const panel = document.querySelector('unroll-panel');
    panel.stdin = '1 2\n3 4\n';
    panel.code = 'import sys\nprint([line.split() for line in sys.stdin], sys.stdin.read() == "")';
    return (await panel.run()).stdout;
  });
  assert.equal(all, "[['1', '2'], ['3', '4']] True\n");
});

test('a browser in which a program cannot ask shows the box when the program reads input, and says why', async () => {
  const page = await open({ old: true });
  assert.match(await textOf(page, '.stdin'), /one line for each input\(\)[\s\S]*This browser cannot ask/);
  const { error } = await runCode(page, greeting);
  assert.equal(error.type, 'EOFError');
  assert.match(error.message, /write its lines into "Input for the program"/);
  await page.evaluate(() => {
    const area = document.querySelector('unroll-panel').shadowRoot.querySelector('.stdin textarea');
    area.value = 'Ada\n36';
    area.dispatchEvent(new Event('input'));
  });
  assert.equal((await runCode(page, greeting)).stdout, 'Name? Age? Hello Ada, 37 next year\n');
  await page.evaluate(() => {
    document.querySelector('unroll-panel').code = 'print("no questions")';
  });
  await page.waitForFunction(() => !document.querySelector('unroll-panel').shadowRoot.querySelector('.stdin'));
  const run = runCode(page, 'print("going")\nwhile True: pass');
  await waitForText(page, '.output', 'going');
  await press(page, 'Stop');
  assert.equal((await run).status, 'stopped');
});

test('input() inside of a gradient that is written in Python says that it cannot ask there', async () => {
  const page = await open();
  const { error } = await runCode(
    page,
    `import torch
class Asks(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): return x * 2
    @staticmethod
    def backward(ctx, grad): return grad * float(input("Factor? "))
x = torch.ones(2, requires_grad=True)
Asks.apply(x).sum().backward()`,
  );
  assert.deepEqual([error.type, error.line], ['EOFError', 6]);
  assert.match(error.message, /cannot ask inside of a function that torch's backward\(\) calls/);
});

test('the pages reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
