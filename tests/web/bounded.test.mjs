// What a program shows is bounded, after expansion too, and the page says what it left out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onePanel, runCode, textOf } from './browser.mjs';

const { page, problems } = await onePanel();

/** Shows a picture with `body`, an expression of Python, and gives what the page made of it. */
async function drawn(body) {
  const code = `from unroll import page\npage.figure('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90">' + ${body} + '</svg>')`;
  const { status, stderr } = await runCode(page, code);
  assert.deepEqual([status, stderr], ['ok', '']);
  return page.evaluate(() => {
    const figure = document.querySelector('unroll-panel').shadowRoot.querySelector('figure');
    const svg = figure?.querySelector('.picture')?.shadowRoot.querySelector('svg');
    return {
      elements: svg?.querySelectorAll('*').length ?? 0,
      height: svg?.getBoundingClientRect().height ?? 0,
      words: figure?.querySelector('.figure-problem')?.textContent ?? '',
    };
  });
}

const cut = 'Parts of this figure are not shown: it has more of them than can be drawn here.';

/** Python for ten times ten times … the same, `levels` deep: each level refers to the one before. */
const nested = (first, level, last) =>
  `${first} + ''.join(${level} for i in range(1, 9)) + ${last}`.replaceAll('\n', ' ');

test('repetition that is short as text is not drawn where it is long on the page', async () => {
  const repeated = {
    use: nested(
      `'<g id="a0"><rect width="9" height="9"/></g>'`,
      `f'<g id="a{i}">' + f'<use href="#a{i - 1}"/>' * 10 + '</g>'`,
      `'<use href="#a8"/>'`,
    ),
    pattern: nested(
      `'<pattern id="a0" width="9" height="9"><rect width="3" height="3"/></pattern>'`,
      `f'<pattern id="a{i}" width="9" height="9">' + f'<rect width="9" height="9" fill="url(#a{i - 1})"/>' * 10 + '</pattern>'`,
      `'<rect width="90" height="90" fill="url(#a8)"/>'`,
    ),
    mask: nested(
      `'<mask id="a0"><rect width="3" height="3"/></mask>'`,
      `f'<mask id="a{i}">' + f'<rect width="9" height="9" mask="url(#a{i - 1})"/>' * 10 + '</mask>'`,
      `'<rect width="90" height="90" style="mask: url(#a8)"/>'`,
    ),
    clipPath: nested(
      `'<clipPath id="a0"><rect width="3" height="3"/></clipPath>'`,
      `f'<clipPath id="a{i}">' + f'<rect width="9" height="9" clip-path="url(#a{i - 1})"/>' * 10 + '</clipPath>'`,
      `'<rect width="90" height="90" clip-path="url(#a8)"/>'`,
    ),
    marker: nested(
      `'<marker id="a0"><path d="M0 0L9 9L0 9"/></marker>'`,
      `f'<marker id="a{i}"><path d="{"M0 0L9 9" * 10}" marker-mid="url(#a{i - 1})"/></marker>'`,
      `'<path d="M0 0L9 9L0 9" marker-mid="url(#a8)"/>'`,
    ),
    inheritance: nested(
      `'<pattern id="a0" width="9" height="9"><rect width="3" height="3"/></pattern>'`,
      `f'<g fill="url(#a{i - 1})"><pattern id="a{i}" width="9" height="9">' + '<rect width="9" height="9"/>' * 10 + '</pattern></g>'`,
      `'<rect width="90" height="90" fill="url(#a8)"/>'`,
    ),
  };
  for (const [what, body] of Object.entries(repeated)) assert.equal((await drawn(body)).words, cut, what);
});

test('a picture with too many elements, points, letters or levels is cut, and says so', async () => {
  const many = await drawn(`'<rect width="9" height="9"/>' * 30_000`);
  assert.equal(many.words, cut);
  assert.ok(many.elements > 1000 && many.elements <= 3000, `${many.elements} elements`);
  assert.equal((await drawn(`'<path d="M0 0' + 'L9 9' * 200_000 + '"/>'`)).words, cut);
  assert.equal((await drawn(`'<text>' + 'word ' * 100_000 + '</text>'`)).words, cut);
  assert.equal((await drawn(`'<g>' * 200 + '<rect/>' + '</g>' * 200`)).words, cut);
});

test('a picture of 14 MB is not read at all, and says so', async () => {
  const { elements, words } = await drawn(`'<rect width="9" height="9"/>' * 500_000`);
  assert.deepEqual([elements, words], [0, 'This figure is too large to be shown here.']);
});

test('what leads back to itself is left out, and a tall view box makes no tall page', async () => {
  const ring = `'<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g><rect fill="url(#p)" width="9" height="9"/><pattern id="p"><rect fill="url(#p)"/></pattern>'`;
  assert.equal((await drawn(ring)).words, cut);
  await runCode(
    page,
    `from unroll import page\npage.figure('<svg viewBox="0 0 1 1000000"><rect width="1" height="1000000"/></svg>')`,
  );
  const height = await page.evaluate(
    () => document.querySelector('unroll-panel').shadowRoot.querySelector('.picture').clientHeight,
  );
  assert.ok(height <= 10_000, `${height} px`);
});

test('an ordinary picture with defs, uses and clips stays as it is', async () => {
  const { words, elements } = await drawn(
    `'<defs><path id="m" d="M0 0h3v3z"/><clipPath id="c"><rect width="80" height="80"/></clipPath></defs><g clip-path="url(#c)">' + '<use href="#m" x="3"/>' * 500 + '</g>'`,
  );
  assert.deepEqual([words, elements], ['', 505]);
});

test('the live plot has so many charts and lines, and says how many tags it left out', async () => {
  const { status } = await runCode(
    page,
    `import unroll\nfor step in range(3): unroll.log({**{f"tag{t}": step for t in range(1000)}, **{f"one/{t}": step for t in range(50)}}, step=step)`,
  );
  assert.equal(status, 'ok');
  const { charts, lines } = await page.evaluate(() => {
    const root = document.querySelector('unroll-panel').shadowRoot;
    return {
      charts: root.querySelectorAll('.chart').length,
      lines: root.querySelectorAll('.chart path.line[stroke]').length,
    };
  });
  assert.equal(charts, 40);
  assert.equal(lines, 40);
  assert.match(await textOf(page, '.live-lack'), /^Without 1,010 more tags: the plot has room for 40 charts/);
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
