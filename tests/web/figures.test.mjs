import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onePanel, press, runAction, runCode, textOf } from './browser.mjs';
import { keepSaved } from './saved-files.mjs';

const { page, problems } = await onePanel();
const saved = await keepSaved(page);

/** Python that defines `show(colour, title, id)`, which shows a square. */
const show = `from unroll import page
def show(colour, title="", id=None, inside=""):
    page.figure(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 48"><title>a {colour} square</title>'
                f'<rect width="40" height="40" fill="{colour}"/>{inside}</svg>', title, id)
`;

/** What the output holds, in order: its lines, and for each picture its name and the fills of its squares. */
const flow = () =>
  page.evaluate(() => {
    const output = document.querySelector('unroll-panel').shadowRoot.querySelector('.output');
    return [...output.children]
      .filter((part) => !part.hidden && (part.localName === 'figure' || part.textContent))
      .map((part) => {
        if (part.localName !== 'figure') return part.textContent;
        const picture = part.querySelector('.picture');
        const fills = [...picture.shadowRoot.querySelectorAll('rect')].map((rect) => rect.getAttribute('fill'));
        return [picture.ariaLabel, ...fills];
      });
  });

test('a figure stands in the output where it was shown, with its title for those who cannot see it', async () => {
  const code = `${show}print("before")\nshow("red", "loss over steps")\nprint("between")\nshow("blue")\nprint("after")`;
  const { figures, stdout } = await runCode(page, code);
  assert.deepEqual(await flow(), [
    'before\n',
    ['loss over steps', 'red'],
    'between\n',
    ['a blue square', 'blue'],
    'after\n',
  ]);
  assert.equal(stdout, 'before\nbetween\nafter\n');
  assert.deepEqual(
    figures.map(({ title }) => title),
    ['loss over steps', ''],
  );
});

test('a figure with the id of an earlier one takes its place, in one run only', async () => {
  const code = `${show}show("red", id=1)\nprint("text")\nfor i in range(200): show("green", id=1)\nshow("lime", id=1)`;
  const { figures } = await runCode(page, code);
  assert.deepEqual(await flow(), [['a lime square', 'lime'], 'text\n']);
  assert.equal(figures.length, 1);
  await runCode(page, `${show}print("new")\nshow("red", id=1)`);
  assert.deepEqual(await flow(), ['new\n', ['a red square', 'red']]);
});

test('nothing in a figure runs or loads anything, and what is no SVG says so', async () => {
  const inside = `<script>window.broken = 1</script><g onclick="window.broken = 1" style="fill: url(https://a.example/x); stroke: red">
    <image href="https://a.example/i.png"/><a href="javascript:window.broken=1"><text>link</text></a>
    <foreignObject><img src="x" onerror="window.broken = 1"/></foreignObject><style>* {{}}</style>
    <use href="https://a.example/s.svg#a"/><animate onbegin="window.broken = 1" attributeName="x" dur="1s"/></g>`;
  await runCode(page, `${show}show("red", inside='''${inside}''')\npage.figure("<svg><rect>")`);
  const { markup, texts } = await page.evaluate(() => {
    const figures = [...document.querySelector('unroll-panel').shadowRoot.querySelectorAll('figure')];
    const markup = figures[0].querySelector('.picture').shadowRoot.innerHTML;
    return { markup, texts: figures.map((figure) => figure.querySelector('.figure-problem')?.innerText) };
  });
  assert.doesNotMatch(markup, /script|onclick|onerror|onbegin|foreignObject|example|javascript|style>|animate/);
  assert.match(markup, /stroke: ?red/);
  assert.deepEqual(texts, [null, 'This figure is not valid SVG.']);
  assert.equal(await page.evaluate(() => window.broken), undefined);
});

test('Enlarge opens a dialog that the keyboard can close, and the focus comes back', async () => {
  await runCode(page, `${show}show("red", "my square")`);
  await page.evaluate(() => {
    const root = document.querySelector('unroll-panel').shadowRoot;
    root.querySelector('.figure-tools button').focus();
  });
  await page.keyboard.press('Enter');
  const width = () =>
    page.evaluate(() => {
      const dialog = document.querySelector('unroll-panel').shadowRoot.querySelector('dialog');
      return dialog?.open ? dialog.querySelector('.picture').clientWidth : 0;
    });
  assert.ok((await width()) > 600, `${await width()} px wide`);
  assert.equal(await textOf(page, 'dialog h3'), 'my square');
  await page.keyboard.press('Escape');
  assert.equal(await width(), 0);
  assert.equal(
    await page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.activeElement.ariaLabel),
    'Enlarge my square',
  );
});

test('a figure is saved as SVG and as PNG', async () => {
  await runCode(page, `${show}show("red", inside='<text y="20" fill="currentColor">ink</text>')`);
  await press(page, 'as SVG');
  await press(page, 'as PNG');
  const files = await saved(2);
  assert.deepEqual(Object.keys(files).sort(), ['figure-1.png', 'figure-1.svg']);
  const text = Buffer.from(files['figure-1.svg']).toString();
  assert.match(text, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"[^>]* width="64" height="48"/);
  assert.match(text, /color="#000"/);
  const png = Buffer.from(files['figure-1.png']);
  assert.deepEqual([png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)], ['PNG', 128, 96]);
});

test('a picture that the program wrote can be looked at, and any file saved', async () => {
  const code = `import struct, zlib
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
rows = zlib.compress(bytes([0, *[255, 0, 0] * 3]) * 2)
header = struct.pack(">IIBBBBB", 3, 2, 8, 2, 0, 0, 0)
open("dot.png", "wb").write(bytes([137]) + b"PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
open("plot.svg", "w").write('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 48"><rect width="9" height="9"/></svg>')
open("data.txt", "w").write("kept")`;
  await runCode(page, code);
  const shown = async (name) => {
    await press(page, name);
    await page.waitForFunction(
      (name) => {
        const root = document.querySelector('unroll-panel').shadowRoot;
        const tab = root.querySelector('.tab[aria-selected="true"]');
        return tab?.dataset.name === name && root.querySelector('.file-view .picture');
      },
      {},
      name,
    );
    return page.evaluate(() => {
      const picture = document.querySelector('unroll-panel').shadowRoot.querySelector('.file-view .picture');
      return [picture.localName, picture.width ?? 0, picture.shadowRoot?.innerHTML.includes('<rect')];
    });
  };
  assert.deepEqual(await shown('plot.svg'), ['div', 0, true]);
  assert.deepEqual(await shown('dot.png'), ['canvas', 3, null]);
  await page.evaluate(() =>
    document.querySelector('unroll-panel').shadowRoot.querySelector('.file-view .save').click(),
  );
  await press(page, 'data.txt');
  await page.waitForFunction(
    () => document.querySelector('unroll-panel').shadowRoot.querySelector('.cm-content').ariaLabel === 'data.txt, text',
  );
  await runAction(page, 'save-file');
  const files = await saved(2);
  assert.deepEqual(files['dot.png'].slice(1, 4), [80, 78, 71]);
  assert.equal(String.fromCharCode(...files['data.txt']), 'kept');
});

test('a thousand figures do not fill the page', async () => {
  await runCode(page, `${show}for i in range(1000):\n    print(i)\n    show("red")`);
  const { count, note } = await page.evaluate(() => {
    const root = document.querySelector('unroll-panel').shadowRoot;
    return { count: root.querySelectorAll('figure').length, note: root.querySelector('.dropped').innerText };
  });
  assert.ok(count > 0 && count <= 40, `${count} figures on the page`);
  assert.equal(note, '… 960 earlier figures are not shown');
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
