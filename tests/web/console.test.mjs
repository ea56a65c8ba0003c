import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, keys, onePanel, press, runCode, textOf, waitForText } from './browser.mjs';

const { page, problems } = await onePanel();

/** Frames that go by, so that what was written is on the page. */
const frames = () =>
  page.evaluate(async () => {
    for (let i = 0; i < 3; ++i) await new Promise(requestAnimationFrame);
  });

/** Puts the output's top edge at a share of its whole height, and gives the text that is in view there. */
async function seenAt(share) {
  await page.evaluate((share) => {
    const output = document.querySelector('unroll-panel').shadowRoot.querySelector('.output');
    output.scrollTop = share * (output.scrollHeight - output.clientHeight);
  }, share);
  await frames();
  return page.evaluate(() => {
    const root = document.querySelector('unroll-panel').shadowRoot;
    const frame = root.querySelector('.output').getBoundingClientRect();
    const range = document.createRange();
    const seen = [];
    const walker = document.createTreeWalker(root.querySelector('.output'), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      let from = 0;
      for (const line of node.data.split('\n')) {
        range.setStart(node, from);
        range.setEnd(node, from + line.length);
        from += line.length + 1;
        const box = range.getBoundingClientRect();
        if (line && box.height > 0 && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1) seen.push(line);
      }
    }
    return seen;
  });
}

const nodes = () =>
  page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelectorAll('.output *').length);

test('100,000 lines from one loop stream without lag, and the page holds what is in view', async () => {
  await runCode(page, 'print("warm")');
  const measured = await page.evaluate(async () => {
    const tasks = [];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
    let widest = 0;
    let [last, on] = [performance.now(), true];
    const tick = (now) => {
      widest = Math.max(widest, now - last);
      last = now;
      if (on) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    const panel = document.querySelector('unroll-panel');
    panel.code = 'for i in range(100_000): print("line", i, "of a long run, with some more text behind it")';
    const began = performance.now();
    const { status, seconds } = await panel.run();
    await new Promise(requestAnimationFrame);
    const shown = performance.now() - began;
    on = false;
    return { status, seconds, shown, widest, longest: Math.max(0, ...tasks) };
  });
  const { status, seconds, shown, widest, longest } = measured;
  console.log(
    `    100,000 lines: ${Math.round(seconds * 1000)} ms to print, ${Math.round(shown)} ms to the last on the page, ` +
      `longest task ${Math.round(longest)} ms, longest frame ${Math.round(widest)} ms`,
  );
  assert.equal(status, 'ok');
  assert.ok(shown < seconds * 1000 + 1500, 'the page keeps up');
  assert.ok(longest < 400, `a task of ${longest} ms`);
  assert.ok((await nodes()) < 60);
});

test('the lines at the top, in the middle and at the end are where they belong', async () => {
  const end = await seenAt(1);
  assert.equal(end.at(-1), 'line 99999 of a long run, with some more text behind it');
  const middle = (await seenAt(0.5)).map((line) => Number(/^line (\d+)/.exec(line)?.[1]));
  assert.ok(middle.length > 5);
  assert.ok(Math.abs(middle[0] - 50_000) < 100, `${middle[0]}`);
  assert.deepEqual(
    middle,
    middle.map((_, i) => middle[0] + i),
    'one after the other',
  );
  const top = await seenAt(0);
  assert.equal(top[0], 'line 0 of a long run, with some more text behind it');
  assert.ok((await nodes()) < 60);
});

test('lines beyond 100,000 are dropped from the top, and the output says how many', async () => {
  await runCode(page, 'for i in range(120_000): print("line", i)');
  assert.equal((await seenAt(1)).at(-1), 'line 119999');
  const [note, first] = await seenAt(0);
  const [, dropped] = /^… ([\d,]+) earlier lines are not shown$/.exec(note) ?? [];
  const count = Number(dropped.replace(',', ''));
  assert.ok(count >= 19_900 && count <= 20_000, note);
  assert.equal(first, `line ${count}`);
});

test('few lines that are very long are bounded, too', async () => {
  await runCode(page, 'for i in range(3000): print(str(i % 10) * 9000)');
  assert.match((await seenAt(0))[0], /^… [\d,]+ earlier lines are not shown$/);
  const length = await page.evaluate(() => document.querySelector('unroll-panel').output.text.length);
  assert.ok(length > 10_000_000 && length <= 12_100_000, `${length} characters`);
});

test('wrapped lines of all lengths have their places, also when the panel changes its width', async () => {
  await page.setViewport({ width: 700, height: 800 });
  await runCode(page, 'for i in range(5000): print(f"{i}:", "word " * (i * 7919 % 30))');
  for (const width of [700, 420, 1280]) {
    await page.setViewport({ width, height: 800 });
    await frames();
    assert.match((await seenAt(0))[0], /^0:/, `at ${width} px`);
    for (const share of [0.3, 0.62, 0.9]) {
      const before = await seenAt(share);
      assert.ok(before.length > 0, `something is in view at ${share}`);
    }
    const last = await seenAt(1);
    assert.match(
      last.findLast((line) => /^\d+:/.test(line)),
      /^4999:/,
      `at ${width} px`,
    );
  }
});

test('scrolling slowly through estimated heights never jumps', async () => {
  await page.setViewport({ width: 500, height: 800 });
  await runCode(page, 'for i in range(20000): print(f"{i}:", "word " * (i * 7919 % 40))');
  await seenAt(0.5);
  const jumps = await page.evaluate(async () => {
    const output = document.querySelector('unroll-panel').shadowRoot.querySelector('.output');
    const numbers = [];
    const first = () => {
      const { top } = output.getBoundingClientRect();
      const block = [...output.querySelectorAll('.block')].find((one) => one.getBoundingClientRect().bottom > top);
      return { number: Number.parseInt(block.textContent, 10), top: block.getBoundingClientRect().top };
    };
    for (let i = 0; i < 120; ++i) {
      const before = first();
      output.scrollTop -= 90;
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      const after = first();
      if (before.number === after.number) numbers.push(after.top - before.top);
    }
    return numbers;
  });
  assert.ok(jumps.length > 20);
  assert.ok(
    jumps.every((moved) => Math.abs(moved - 90) < 2),
    `moved by ${jumps.map(Math.round)}`,
  );
  await page.setViewport({ width: 1280, height: 800 });
});

test('the end is followed until the reader scrolls up, and again from the end on', async () => {
  const run = runCode(page, 'import time\nfor i in range(60):\n    print("tick", i)\n    time.sleep(0.04)');
  await waitForText(page, '.output', 'tick 22');
  const at = await page.evaluate(async () => {
    const output = document.querySelector('unroll-panel').shadowRoot.querySelector('.output');
    output.scrollTop = 40;
    await new Promise((done) => setTimeout(done, 500));
    const stayed = output.scrollTop;
    output.scrollTop = output.scrollHeight;
    return stayed;
  });
  assert.equal(at, 40, 'new lines leave the reader alone');
  await run;
  await frames();
  const end = await page.evaluate(() => {
    const output = document.querySelector('unroll-panel').shadowRoot.querySelector('.output');
    return output.scrollHeight - output.scrollTop - output.clientHeight;
  });
  assert.ok(end < 2, `${end} px from the end`);
});

/** Text and computed looks of the spans of the output. */
const spans = () =>
  page.evaluate(() =>
    [...document.querySelector('unroll-panel').shadowRoot.querySelectorAll('.output span span')].map((span) => {
      const { color, backgroundColor, fontWeight, fontStyle, textDecorationLine } = getComputedStyle(span);
      return { text: span.textContent, color, backgroundColor, fontWeight, fontStyle, textDecorationLine };
    }),
  );

const luminance = (colour) => {
  const [r, g, b] = colour.match(/[\d.]+/g).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

test('colours of a terminal are shown, with 4.5:1 of contrast on light and dark pages', async () => {
  const code = `
for n in [*range(30, 38), *range(90, 98)]: print(f"\\033[{n}mnamed {n}\\033[0m")
for n in range(40, 48): print(f"\\033[{n}mground {n}\\033[m")
for n in range(16, 256, 9): print(f"\\033[38;5;{n}m256 {n}\\033[0m")
print("\\033[38;2;255;250;200mtrue colour\\033[0m \\033[48;2;120;120;120mgrey ground\\033[0m")
print("\\033[2mdim\\033[0m \\033[7minverse\\033[0m \\033[31;7mred inverse\\033[0m")
print("\\033[1mbold\\033[22m plain \\033[3mitalic\\033[0m \\033[4munderline\\033[0m \\033[9mstrike\\033[0m")`;
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.evaluate(() =>
      document.querySelector('unroll-panel').style.setProperty('--unroll-output-height', '3000px'),
    );
    await runCode(page, code);
    const paper = await page.evaluate(
      () =>
        getComputedStyle(document.querySelector('unroll-panel').shadowRoot.querySelector('.result')).backgroundColor,
    );
    const found = await spans();
    const all = await page.evaluate(() =>
      [...document.querySelector('unroll-panel').shadowRoot.querySelectorAll('.output .block span:not(.open)')].map(
        (span) => {
          const { color, backgroundColor } = getComputedStyle(span);
          return { text: span.textContent, color, backgroundColor };
        },
      ),
    );
    assert.ok(all.length > 50, `${all.length} coloured spans`);
    for (const { text, color, backgroundColor } of all) {
      const ground = backgroundColor === 'rgba(0, 0, 0, 0)' ? paper : backgroundColor;
      assert.ok(contrast(color, ground) >= 4.5, `${scheme}: ${text} is ${color} on ${ground}`);
    }
    const look = (text) => found.find((span) => span.text === text);
    assert.equal(look('bold').fontWeight, '700');
    assert.equal(look('italic').fontStyle, 'italic');
    assert.equal(look('underline').textDecorationLine, 'underline');
    assert.equal(look('strike').textDecorationLine, 'line-through');
    assert.equal(look(' plain '), undefined);
  }
  await page.emulateMediaFeatures([]);
  await page.evaluate(() => document.querySelector('unroll-panel').style.removeProperty('--unroll-output-height'));
});

test('what a terminal obeys is not printed: titles, cursor moves, cut sequences, the bell', async () => {
  const code = `
import sys, time
print("\\033]0;title\\007named\\033[?25l\\033(B\\007")
print("one\\ntwo\\033[1A\\rONE\\033[1B\\rTWO")
sys.stdout.write("ab\\033"); sys.stdout.flush(); time.sleep(0.1)
sys.stdout.write("[31mcd\\033[0m\\n")
print("12345\\033[3Dx\\033[1Gy")`;
  await runCode(page, code);
  assert.equal((await textOf(page, '.output')).trimEnd(), 'named\nONE\nTWO\nabcd\ny2x45');
});

test('a program that draws on the whole screen stays in its place', async () => {
  await runCode(
    page,
    'for i in range(30):\n    print("\\033[2J\\033[H", end="")\n    for row in range(20): print(i, row)',
  );
  const lines = (await textOf(page, '.output')).trimEnd().split('\n');
  assert.deepEqual([lines.length, lines[0], lines.at(-1)], [20, '29 0', '29 19']);
});

test('Copy gives all text without colours, says so, and Clear empties the output', async () => {
  await chromiumMayCopy();
  await runCode(page, 'for i in range(2000): print("\\033[32mline\\033[0m", i)');
  await press(page, 'Copy output');
  await page.waitForFunction(
    () => document.querySelector('unroll-panel').shadowRoot.querySelector('.said').textContent === 'Copied',
  );
  const text = await page.evaluate(() => navigator.clipboard.readText());
  const lines = text.trimEnd().split('\n');
  assert.deepEqual([lines.length, lines[0], lines.at(-1)], [2000, 'line 0', 'line 1999']);
  await press(page, 'Clear output');
  assert.equal((await textOf(page, '.output')).trim(), '');
});

/** Lets the page use the clipboard. */
async function chromiumMayCopy() {
  const origin = new URL(page.url()).origin;
  await page.browserContext().overridePermissions(origin, ['clipboard-read', 'clipboard-write']);
  await page.bringToFront();
}

test('a selection over several blocks copies as the program wrote it, and Ctrl+A takes all', async () => {
  await runCode(page, 'for i in range(3000): print("row", i)');
  await seenAt(0.5);
  const expected = await page.evaluate(() => {
    const root = document.querySelector('unroll-panel').shadowRoot;
    const blocks = [...root.querySelectorAll('.output > .block:not(.current)')];
    const [first, last] = [blocks[0].firstChild, blocks[1].firstChild];
    document.getSelection().setBaseAndExtent(first, 0, last, last.data.indexOf('\n'));
    return first.data + last.data.slice(0, last.data.indexOf('\n'));
  });
  const copied = () =>
    page.evaluate(() => {
      const output = document.querySelector('unroll-panel').shadowRoot.querySelector('.output');
      const clipboardData = new DataTransfer();
      output.dispatchEvent(
        new ClipboardEvent('copy', { clipboardData, bubbles: true, composed: true, cancelable: true }),
      );
      return clipboardData.getData('text/plain');
    });
  assert.equal(await copied(), expected);
  await page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.output').focus());
  await keys(page, 'Control', 'a');
  assert.equal((await copied()).split('\n').length, 3001);
});

test('a selection stays while the reader scrolls far away', async () => {
  await seenAt(0.2);
  const selected = await page.evaluate(() => {
    const root = document.querySelector('unroll-panel').shadowRoot;
    const { firstChild } = root.querySelector('.output > .block');
    document.getSelection().setBaseAndExtent(firstChild, 0, firstChild, 20);
    return firstChild.data.slice(0, 20);
  });
  await seenAt(0.3);
  assert.equal(await page.evaluate(() => document.getSelection().toString()), selected);
});

test('long lines are wrapped or not, as the reader wishes, and the wish is remembered', async () => {
  const wide = () =>
    page.evaluate(() => {
      const output = document.querySelector('unroll-panel').shadowRoot.querySelector('.output');
      return output.scrollWidth > output.clientWidth;
    });
  await runCode(page, 'for i in range(300): print("a long line " * 40)');
  assert.equal(await wide(), false);
  await press(page, 'Wrap long lines');
  await frames();
  assert.equal(await wide(), true);
  assert.equal(
    await page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.wrap').ariaPressed),
    'false',
  );
  await page.evaluate(() => document.body.append(document.createElement('unroll-panel')));
  await frames();
  const second = await page.evaluate(() => {
    const panels = document.querySelectorAll('unroll-panel');
    const pressed = panels[1].shadowRoot.querySelector('.wrap').ariaPressed;
    panels[1].remove();
    return pressed;
  });
  assert.equal(second, 'false');
  await press(page, 'Wrap long lines');
  await frames();
  assert.equal(await wide(), false);
});

test('lines of a traceback that are wider than the output are wrapped, at the same column as the marks below them', async () => {
  const filler = '# a line\n'.repeat(20);
  const broken = `${filler}def f(x):\n    return x\n\nvalue = f(1) + f(2) + ${'f(3) + '.repeat(40)}f(4) + f(5) / f(0) + f(6)`;
  await runCode(page, `${broken}\n`);
  const look = () =>
    page.evaluate(() => {
      const output = document.querySelector('unroll-panel').shadowRoot.querySelector('.output');
      const frames = [...output.querySelectorAll('.frame')];
      const right = (element) => Math.max(...[...element.getClientRects()].map((box) => box.right));
      return {
        count: frames.length,
        isCut: frames.some((frame) => right(frame) > output.getBoundingClientRect().right),
        isWide: output.scrollWidth > output.clientWidth,
      };
    });
  const { count, isCut, isWide } = await look();
  assert.ok(count > 0);
  assert.deepEqual([isCut, isWide], [false, false]);
  await press(page, 'Wrap long lines');
  await frames();
  assert.equal((await look()).isWide, true);
  await press(page, 'Wrap long lines');
  await frames();
});

test('a press on a place in a traceback moves the cursor there, also by keyboard', async () => {
  const filler = '# filler\n'.repeat(40);
  await runCode(page, `def f(x):\n    return x / 0\n\n${filler}f(1)\n`);
  const links = await page.evaluate(() =>
    [...document.querySelector('unroll-panel').shadowRoot.querySelectorAll('.output a')].map((a) => a.textContent),
  );
  assert.deepEqual(links, ['File "main.py", line 44', 'File "main.py", line 2']);
  await page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelectorAll('.output a')[1].focus());
  const focused = () => page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.activeElement?.className);
  assert.equal(await focused(), 'place');
  await page.keyboard.press('Enter');
  assert.match(await focused(), /cm-content/);
  await page.keyboard.type('#');
  const code = await codeOf(page);
  assert.equal(code.split('\n')[1], '#    return x / 0');
  assert.match(await page.evaluate(() => location.hash), /^$/);
});

test('a common error has a hint in plain words below it, with code set apart', async () => {
  const { error } = await runCode(page, 'number = 3\nprint(numbr)');
  assert.equal(error.hint, 'There is no `numbr`. Did you mean `number`?');
  const card = await page.evaluate(() => {
    const note = document.querySelector('unroll-panel').shadowRoot.querySelector('.output [role=note]');
    return {
      text: note.innerText,
      label: note.ariaLabel,
      code: [...note.querySelectorAll('code')].map((c) => c.innerText),
    };
  });
  assert.match(card.text, /There is no numbr. Did you mean number\?/);
  assert.deepEqual([card.label, card.code], ['In plain words', ['numbr', 'number']]);
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
