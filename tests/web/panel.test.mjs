import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  codeOf,
  keys,
  openSite,
  panelPage,
  press,
  pressReset,
  runCode,
  textOf,
  type,
  waitForText,
} from './browser.mjs';

const program = 'for i in range(1):\n    print("first", i + 1)';

const site = await openSite({ pages: { '/lesson.html': panelPage([program]) } });
const { page, problems } = await site.open('/lesson.html');

/** The lines that carry the error mark, counted from 1. */
const markedLines = () =>
  page.evaluate(() => {
    const lines = [...document.querySelector('unroll-panel').shadowRoot.querySelectorAll('.cm-line')];
    return lines.flatMap((line, i) => (line.classList.contains('cm-errorLine') ? [i + 1] : []));
  });

test('before the first run the output says what to click, and nothing of the runtime is loaded', async () => {
  assert.equal(await textOf(page, '.output-area'), '▶ Click "Run Code" to execute…');
  assert.equal(await textOf(page, 'h2'), 'OUTPUT');
  assert.equal(await textOf(page, '.tab'), 'main.py');
  assert.deepEqual(
    site.asked.filter((path) => /worker|pyodide|\.wasm|\.zip/.test(path)),
    [],
  );
});

test('the code comes from the pre, without the indentation of the page', async () => {
  assert.equal(await codeOf(page), program);
});

test('while the runtime comes up the output says Loading... with progress in bytes, then the program runs', async () => {
  await page.evaluate(() => {
    const root = document.querySelector('unroll-panel').shadowRoot;
    window.seen = [];
    window.bars = [];
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const { value } of list.getEntries()) window.shifts.push(value);
    }).observe({ type: 'layout-shift' });
    new MutationObserver(() => {
      window.seen.push(root.querySelector('.output-area').innerText);
      window.bars.push(root.querySelector('progress')?.value ?? null);
    }).observe(root, { subtree: true, childList: true, characterData: true });
  });
  await press(page, 'Run Code');
  await waitForText(page, '.output', 'first 1');
  const seen = await page.evaluate(() => window.seen);
  const loaded = seen
    .flatMap((text) => /^Loading\.\.\. ([\d.]+) of ([\d.]+) MB/.exec(text)?.slice(1, 3) ?? [])
    .map(Number);
  assert.ok(loaded.length >= 4, `progress was seen ${loaded.length / 2} times`);
  // What travels, not what it is unpacked to.
  assert.ok(loaded.at(-2) > loaded[0] && loaded[1] > 4 && loaded[1] < 8, `loaded ${loaded}`);
  const bars = (await page.evaluate(() => window.bars)).filter((value) => value !== null);
  const shift = await page.evaluate(() => window.shifts.reduce((sum, value) => sum + value, 0));
  assert.ok(shift < 0.001, `layout shift ${shift}`);
  assert.deepEqual(
    bars,
    bars.toSorted((a, b) => a - b),
    'the bar never goes back',
  );
});

test('run resolves to status, stdout, stderr, figures, error, check and seconds', async () => {
  const code = 'import sys, time\nprint("out")\nprint("err", file=sys.stderr)\ntime.sleep(0.2)\n';
  const { seconds, ...rest } = await runCode(page, code);
  assert.deepEqual(rest, { status: 'ok', stdout: 'out\n', stderr: 'err\n', figures: [], error: null, check: null });
  assert.ok(seconds >= 0.2 && seconds < 5, `${seconds} s`);
  const colour = await page.evaluate(() => {
    const span = document.querySelector('unroll-panel').shadowRoot.querySelector('.output .stderr');
    return [span.textContent.trim(), getComputedStyle(span).color];
  });
  assert.deepEqual(colour, ['err', 'rgb(179, 38, 30)']);
});

test('output streams while the program runs', async () => {
  const run = runCode(page, 'import time\nprint("one")\ntime.sleep(1.5)\nprint("two")');
  await waitForText(page, '.output', 'one', 1400);
  assert.ok(!(await textOf(page, '.output')).includes('two'));
  assert.match(await textOf(page, '.status'), /Running/);
  assert.equal((await run).stdout, 'one\ntwo\n');
});

test('a carriage return redraws the line', async () => {
  await runCode(page, 'for i in range(101): print(f"step {i:3d}%", end="\\r")\nprint("\\nlong line", end="\\rL\\n")');
  assert.equal((await textOf(page, '.output')).trimEnd(), 'step 100%\nLong line');
});

test("an error is red, shows the learner's lines only, and its line is marked and in view", async () => {
  const filler = '# filler\n'.repeat(60);
  const code = `import json\n${filler}def read(text):\n    return json.loads(text)\n\n${filler}read("{")\n`;
  const result = await runCode(page, code);
  assert.equal(result.status, 'error');
  assert.deepEqual([result.error.type, result.error.line], ['JSONDecodeError', 63]);
  assert.equal(
    result.stderr.replace(/~+\^+|\^+/g, '^'),
    'Traceback (most recent call last):\n  File "main.py", line 125, in <module>\n    read("{")\n    ^\n' +
      '  File "main.py", line 63, in read\n    return json.loads(text)\n           ^\n' +
      `json.decoder.JSONDecodeError: ${result.error.message}\n`,
  );
  assert.match(await textOf(page, '.output'), /JSONDecodeError/);
  assert.equal(await textOf(page, '.status'), 'JSONDecodeError on line 63');
  await page.waitForFunction(() => {
    const root = document.querySelector('unroll-panel').shadowRoot;
    const line = root.querySelector('.cm-errorLine')?.getBoundingClientRect();
    const frame = root.querySelector('.editor').getBoundingClientRect();
    return line && line.top >= frame.top && line.bottom <= frame.bottom;
  });
});

test('a syntax error has its line marked, and an edit takes the mark away', async () => {
  const result = await runCode(page, 'x = 1\ny = (2\n');
  assert.deepEqual([result.error.type, result.error.line], ['SyntaxError', 2]);
  assert.match(result.stderr, /^ {2}File "main.py", line 2\n/);
  assert.deepEqual(await markedLines(), [2]);
  await type(page, 'z');
  assert.deepEqual(await markedLines(), []);
});

test('after an error the panel goes on working, in a fresh namespace', async () => {
  await runCode(page, 'kept = 1\nraise ValueError("no")');
  const result = await runCode(page, 'print(__name__, "kept" in globals())');
  assert.equal(result.stdout, '__main__ False\n');
});

test('a program cannot spoil the interpreter for the next one', async () => {
  await runCode(
    page,
    `import builtins, random, sys, torch, warnings
random.seed(0)
torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
torch.set_grad_enabled(False)
warnings.simplefilter("ignore")
builtins.extra = 1
sys.path.append("/nowhere")
sys.argv.append("more")
del builtins.len
sys.stdout.close()
sys.stderr = None
`,
  );
  const { stdout, stderr } = await runCode(
    page,
    `import builtins, sys, torch, warnings
print(len(sys.argv), "/nowhere" in sys.path[:1], hasattr(builtins, "extra"))
print(torch.tensor(1.0).dtype, torch.is_grad_enabled(), torch.initial_seed() == 0)
warnings.warn("heard")
`,
  );
  assert.equal(stdout, '1 False False\ntorch.float32 True False\n');
  assert.equal(stderr, 'main.py:4: UserWarning: heard\n  warnings.warn("heard")\n');
});

test('a program that ends Python itself is an error, and the next one runs', async () => {
  const { status, error } = await runCode(page, 'import os\nos._exit(3)');
  assert.deepEqual([status, error.type, error.message], ['error', 'SystemExit', 'the program exited with code 3']);
  assert.equal((await runCode(page, 'print("again")')).stdout, 'again\n');
});

test('sys.exit ends the program: 0 and none are well, a text is an error without a traceback', async () => {
  assert.equal((await runCode(page, 'import sys\nsys.exit()')).status, 'ok');
  const { status, stderr, error } = await runCode(page, 'import sys\nsys.exit("no data")');
  assert.deepEqual([status, stderr, error.type, error.message], ['error', 'no data\n', 'SystemExit', 'no data']);
});

test('lines for a notebook are left out, and the others keep their numbers', async () => {
  const { stdout, error } = await runCode(page, '%matplotlib inline\n!ls data\nprint("ran")\n1 / 0');
  assert.deepEqual([stdout, error.type, error.line], ['ran\n', 'ZeroDivisionError', 4]);
});

test('deep recursion is a RecursionError and does no harm', async () => {
  const { error } = await runCode(page, 'def f(n):\n    return f(n + 1)\nf(0)');
  assert.equal(error.type, 'RecursionError');
  assert.equal((await runCode(page, 'print(2)')).stdout, '2\n');
});

test('Stop ends an endless loop, the page stays alive meanwhile, and the panel is ready in about a second', async () => {
  const run = runCode(page, 'print("going")\nwhile True: pass');
  await waitForText(page, '.output', 'going');
  const frames = await page.evaluate(async () => {
    const start = performance.now();
    let count = 0;
    while (performance.now() - start < 300) count += await new Promise((done) => requestAnimationFrame(() => done(1)));
    return count;
  });
  assert.ok(frames >= 5, `${frames} frames in 0.3 s beside a busy program`);
  const times = await page.evaluate(async () => {
    const panel = document.querySelector('unroll-panel');
    const start = performance.now();
    await panel.stop();
    const again = performance.now() - start;
    panel.code = 'print("again")';
    const { stdout } = await panel.run();
    return { again, stdout };
  });
  assert.equal((await run).status, 'stopped');
  assert.equal(times.stdout, 'again\n');
  console.log(`    ready ${Math.round(times.again)} ms after Stop`);
  assert.ok(times.again < 3000, `${times.again} ms`);
});

test('a stopped program says so and its output stays', async () => {
  const run = runCode(page, 'print("kept line")\nwhile True: pass');
  await waitForText(page, '.output', 'kept line');
  await press(page, 'Stop');
  const result = await run;
  assert.deepEqual([result.status, result.stdout, result.error], ['stopped', 'kept line\n', null]);
  assert.equal((await textOf(page, '.output')).trimEnd(), 'kept line\nStopped.');
  assert.match(await textOf(page, '.status'), /^Stopped after/);
});

test('random numbers differ from start to start', async () => {
  const draw = 'import random, torch\nprint(random.random(), torch.initial_seed())';
  const first = (await runCode(page, draw)).stdout.split(' ');
  await page.evaluate(async () => {
    const panel = document.querySelector('unroll-panel');
    panel.code = 'while True: pass';
    const run = panel.run();
    await panel.whenReady();
    await panel.stop();
    await run;
  });
  const second = (await runCode(page, draw)).stdout.split(' ');
  assert.notEqual(second[0], first[0]);
  assert.notEqual(second[1], first[1]);
});

test('Ctrl+Enter runs, Tab indents, and Escape then Tab leaves the editor', async () => {
  await page.evaluate(() => {
    const panel = document.querySelector('unroll-panel');
    panel.code = '';
    panel.focus();
  });
  await page.keyboard.type('if True:\n');
  // The editor has indented the new line by itself.
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Tab');
  await page.keyboard.type('print("typed")');
  assert.equal(await codeOf(page), 'if True:\n    print("typed")');
  await keys(page, 'Control', 'Enter');
  await waitForText(page, '.output', 'typed');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  const focused = await page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.activeElement?.className);
  // The row of files is not there: the program has no other file.
  assert.match(focused, /copy/);
});

test("Reset brings the author's code back and clears the output", async () => {
  await runCode(page, 'print("author")\n');
  await type(page, '# mine\n');
  await pressReset(page);
  assert.equal(await codeOf(page), 'print("author")\n');
  assert.equal(await textOf(page, '.output-area'), '▶ Click "Run Code" to execute…');
});

test('events tell the page: ready, output as it comes, done with the result', async () => {
  const heard = await page.evaluate(async () => {
    const panel = document.querySelector('unroll-panel');
    const events = [];
    const listen = ({ type, detail }) => events.push([type, detail]);
    document.addEventListener('unroll-output', listen);
    document.addEventListener('unroll-done', listen);
    panel.code = 'print("a")\nimport time; time.sleep(0.1)\nprint("b")';
    const result = await panel.run();
    return { events, result };
  });
  const output = heard.events.filter(([type]) => type === 'unroll-output').map(([, detail]) => detail);
  assert.equal(output.map(({ text }) => text).join(''), 'a\nb\n');
  assert.ok(output.length >= 2 && output.every(({ stream }) => stream === 'stdout'));
  assert.deepEqual(heard.events.at(-1), ['unroll-done', heard.result]);
});

test('a program that prints without end can be stopped', async () => {
  const run = runCode(page, 'while True: print("more and more")');
  await waitForText(page, '.output', 'more');
  await new Promise((done) => setTimeout(done, 500));
  await press(page, 'Stop');
  assert.equal((await run).status, 'stopped');
  assert.equal((await runCode(page, 'print("calm")')).stdout, 'calm\n');
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
