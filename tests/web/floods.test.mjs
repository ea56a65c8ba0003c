// Whatever a program writes, the page stays usable: no long task, Stop at once, and words for what is left out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newReader, openSite, panelPage, runCode, textOf } from './browser.mjs';
import { contention, tryUntil } from './tries.mjs';

const panels = { '/python.html': panelPage(['']), '/isolated.html': panelPage([''], { attributes: 'isolated' }) };
for (const more of ['', ' isolated'])
  panels[`/javascript${more.trim()}.html`] = panelPage([''], { attributes: `lang="javascript"${more}` });
const site = await openSite({ pages: panels });

/** Milliseconds that a task of the page may take, and Stop, on a machine that does nothing else. */
const [longestTask, longestStop] = [200, 1000];

/**
 * Runs a program in the page; one without end is stopped after a while. Gives the page's longest task, what Stop took
 * until the panel is ready, and the result with the streams' lengths and ends.
 */
async function flood(page, code, endless) {
  await page.bringToFront();

  return page.evaluate(
    async (code, endless) => {
      const panel = document.querySelector('unroll-panel');
      let longest = 0;
      const note = (list) => {
        for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
      };
      const observer = new PerformanceObserver(note);
      observer.observe({ type: 'longtask' });
      const pause = (time) => new Promise((done) => setTimeout(done, time));
      panel.code = code;
      const began = performance.now();
      const running = panel.run();

      let [stop, ready] = [0, 0];
      if (endless) {
        while (!panel.output.text && !panel.shadowRoot.querySelector('figure, .chart')) await pause(20);
        await pause(1500);
        const pressed = performance.now();
        [...panel.shadowRoot.querySelectorAll('button')].find(({ innerText }) => innerText.includes('Stop')).click();
        while (panel.isBusy) await pause(5);
        stop = performance.now() - pressed;
        while (panel.runtime.state !== 'ready') await pause(5);
        ready = performance.now() - pressed;
      }
      const { stdout, stderr, error, figures, ...result } = await running;
      await pause(300);
      note({ getEntries: () => observer.takeRecords() });
      observer.disconnect();
      const ends = (text) => [text.length, text.slice(0, 300), text.slice(-300)];
      return {
        ...result,
        stdout: ends(stdout),
        stderr: ends(stderr),
        error: error && { type: error.type, message: ends(error.message), traceback: ends(error.traceback) },
        figures: figures.length,
        longest: Math.round(longest),
        stop: Math.round(stop),
        ready: Math.round(ready),
        took: Math.round(performance.now() - began),
        elements: panel.shadowRoot.querySelectorAll('*').length,
        text: ends(panel.output.text),
      };
    },
    code,
    endless,
  );
}

/** Floods until the figures are good, some times at most; gives the last result and checks what holds each time. */
async function holds(page, code, endless, check = () => {}) {
  const isGood = ({ longest, stop, busy }) => longest < longestTask * busy && stop < longestStop * busy;
  const found = await tryUntil(isGood, async () => {
    const one = { ...(await flood(page, code, endless)), busy: contention() };
    const { status, error } = one;
    assert.equal(status, endless ? 'stopped' : error ? 'error' : 'ok', JSON.stringify(error));
    check(one);
    return one;
  });
  const { longest, stop, ready, took, busy } = found;
  const ended = endless ? `stopped ${stop} ms and ready ${ready} ms after Stop` : `${took} ms in all`;
  console.log(
    `    longest task ${longest} ms, ${ended}${busy > 1.2 ? `, on a machine ${busy.toFixed(1)} times slower` : ''}`,
  );
  assert.ok(longest < longestTask * busy, `a task of ${longest} ms`);
  assert.ok(stop < longestStop * busy, `stopped ${stop} ms after Stop`);
  return found;
}

const endless = {
  'lines of 5,000 characters': 'while True: print("x" * 5000)',
  'short lines': 'while True: print("x")',
  'text without an end of line': 'while True: print("x" * 100, end="")',
  'steps of a progress bar': 'i = 0\nwhile True:\n    i += 1\n    print(f"\\rstep {i} " + "#" * (i % 70), end="")',
  'long lines that are written again and again': 'while True: print("\\r" + "x" * 19_000 + "\\ra\\rb\\rc", end="")',
  'a colour for each character':
    'i = 0\nwhile True:\n    print("".join(f"\\x1b[38;5;{(i + k) % 256}m#" for k in range(500)), end="\\n" * (i % 9 == 0))\n    i += 1',
  'any colours':
    'import random\nwhile True: print("".join(f"\\x1b[38;2;{random.randrange(256)};{k};0mab" for k in range(200)))',
  'a screen that is drawn anew':
    'i = 0\nwhile True:\n    i += 1\n    print("".join(f"\\x1b[{row};{column}H\\x1b[3{(row + i) % 8}m#" for row in range(1, 50) for column in range(1, 200, 9)))',
  'jumps over the screen': 'while True: print("".join(f"\\x1b[{row};19000Hx" for row in range(1, 51)))',
  'escapes that never end': 'while True: print("\\x1b]" + "x" * 3000 + "\\x1b[" + "1;" * 3000)',
  'lines on stderr': 'import sys\nwhile True: print("main.py:1: x" * 8, file=sys.stderr)',
  'both streams in turn': 'import sys\nwhile True:\n    print("out")\n    print("err", file=sys.stderr)',
  figures: `from unroll import page
for i in range(10**9):
    page.figure('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 300">' + ''.join(f'<circle cx="{k % 60 * 5}" cy="{k // 60 * 5}" r="{i % 5}"/>' for k in range(2000)) + '</svg>')`,
  plots: 'import matplotlib.pyplot as plt\nwhile True:\n    plt.plot(range(200))\n    plt.show()',
  'points of the live plot': 'import unroll\nwhile True: unroll.log({f"tag{k}": k for k in range(20)})',
};

const { page, problems } = await site.open('/python.html');
await runCode(page, 'print("up")');

for (const [name, code] of Object.entries(endless))
  test(`an endless flood of ${name} leaves the page free, and Stop ends it`, async () => {
    await holds(page, code, true, ({ elements }) => assert.ok(elements < 40_000, `${elements} elements`));
    assert.match(await textOf(page, '.output'), /Stopped\.\s*$/);
    assert.equal((await runCode(page, 'print("again")')).stdout, 'again\n');
  });

const finite = {
  'one line of 100 MB': [
    'print("x" * 100_000_000)\nprint("end")',
    ({ stdout: [length, , end], text: [shown, , last] }) => {
      assert.ok(length < 17_000_000 && shown < 12_200_000);
      assert.ok(end.endsWith('x\nend\n'));
      assert.match(last, /… [\d,]+ characters left out\nend\n$/);
    },
  ],
  '300,000 short lines': [
    'for i in range(300_000): print(i)',
    ({ stdout: [length, start, end] }) => {
      assert.equal(length, 1_988_890);
      assert.ok(start.startsWith('0\n1\n') && end.endsWith('299998\n299999\n'));
    },
  ],
  'a huge tensor': ['import torch\ntorch.set_printoptions(threshold=10**9)\nprint(torch.zeros(1000, 1000))'],
  'a message of 50 MB': [
    'raise ValueError("x" * 50_000_000)',
    ({ error }) => {
      assert.ok(error.message[0] < 11_000 && error.traceback[0] < 210_000);
      assert.match(error.traceback[2], /x\n$/);
    },
  ],
  'a long chain of exceptions': [
    `def fail(n):
    try:
        if n == 0: raise ValueError("first")
        fail(n - 1)
    except Exception as error:
        raise RuntimeError("x" * 10_000) from error
fail(200)`,
    ({ error }) => assert.ok(error.traceback[0] < 210_000),
  ],
  'text at exit': ['import sys\nsys.exit("x" * 50_000_000)'],
};

for (const [name, [code, check]] of Object.entries(finite))
  test(`a program that writes ${name} leaves the page free`, () => holds(page, code, false, check));

test('where a program cannot wait for the page, the middle of a flood is left out, and the page says so', async () => {
  const impatient = await site.open('/python.html', {
    prepare: (page) =>
      page.evaluateOnNewDocument(() => localStorage.setItem('unroll.cannot-wait', navigator.userAgent)),
    reader: await newReader(),
  });
  const code = 'print("first")\nfor i in range(20_000): print(i, "x" * 5000)\nprint("last")';
  await holds(impatient.page, code, false, ({ stdout: [length, start, end], text: [shown] }) => {
    assert.ok(length < 17_000_000 && shown < 12_200_000, `${length}, ${shown}`);
    assert.ok(start.startsWith('first\n0 x') && end.endsWith('x\nlast\n'));
  });

  const left = await impatient.page.evaluate(async () => {
    const { stdout } = await document.querySelector('unroll-panel').run();
    const counts = [...stdout.matchAll(/\n… ([\d,]+) characters left out\n/g)];
    const words = counts.reduce((sum, [text]) => sum + text.length, 0);
    return {
      gaps: counts.length,
      all: counts.reduce((sum, [, n]) => sum + Number(n.replaceAll(',', '')), stdout.length - words),
    };
  });
  // Of very much the page itself keeps the last part only.
  assert.ok(left.gaps > 0 && left.all <= 100_128_901, JSON.stringify(left));
  await holds(impatient.page, endless['lines of 5,000 characters'], true);
  problems.push(...impatient.problems);
});

const sleep = 'const sleep = (ms) => new Promise((done) => setTimeout(done, ms));\n';
const endlessJavaScript = {
  'lines of 5,000 characters': "for (;;) console.log('x'.repeat(5000));",
  'lines of 5,000 characters between pauses': `${sleep}for (;;) { for (let i = 0; i < 5000; ++i) console.log('x'.repeat(5000)); await sleep(0); }`,
  'colours on stderr': "for (let i = 0; ; ++i) console.error(('\\x1b[3' + (i % 8) + 'mred').repeat(50));",
  figures: `const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">' + '<circle r="3"/>'.repeat(2000) + '</svg>';
for (;;) unroll.figure(svg);`,
  'points of the live plot': "for (let i = 0; ; ++i) unroll.log({ ['tag' + (i % 50)]: i });",
  questions: `${sleep}for (;;) { for (let i = 0; i < 1000; ++i) void unroll.input('?'.repeat(1000)); await sleep(0); }`,
};
const javascript = await site.open('/javascript.html');
for (const [name, code] of Object.entries(endlessJavaScript))
  test(`an endless flood of ${name} from JavaScript leaves the page free, and Stop ends it`, async () => {
    await holds(javascript.page, code, true);
    assert.equal((await runCode(javascript.page, 'console.log(7)')).stdout, '7\n');
  });

test('what JavaScript writes faster than the page can take it is left out in the middle, and the page says so', async () => {
  const lines =
    "console.log('first');\nfor (let i = 0; i < 20_000; ++i) console.log(i, 'x'.repeat(5000));\nconsole.log('last');";
  await holds(javascript.page, lines, false, ({ stdout: [length, start, end], text: [shown] }) => {
    assert.ok(length < 17_000_000 && shown < 12_200_000, `${length}, ${shown}`);
    assert.ok(start.startsWith('first\n0 x') && end.endsWith('x\nlast\n'));
  });
  const thrown = "throw new Error('x'.repeat(50_000_000));";
  await holds(javascript.page, thrown, false, ({ error }) => assert.ok(error.message[0] < 11_000));
});

test('the same holds for programs in an origin of their own', async () => {
  const isolated = {
    python: await site.open('/isolated.html'),
    javascript: await site.open('/javascriptisolated.html'),
  };
  await holds(isolated.python.page, endless['lines of 5,000 characters'], true);
  await holds(isolated.javascript.page, endlessJavaScript['lines of 5,000 characters'], true);
  problems.push(...isolated.python.problems, ...isolated.javascript.problems);
});

test('the page reported no error all the while', () => {
  problems.push(...javascript.problems);
  assert.deepEqual(problems, []);
});
