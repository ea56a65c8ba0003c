// What an author gets wrong: told to them in a strip, which readers do not see, and never without a word.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assetName,
  newPage,
  newReader,
  openSite,
  pageOf,
  panelOf,
  runPanel,
  strictPolicy,
  textOf,
  waitForEditor,
  waitForText,
} from './browser.mjs';

const pages = {
  '/fallback.py': '<!doctype html><title>Not here</title>',
  '/login.csv': (_, response) => response.setHeader('content-type', 'text/html').end('<p>Log in</p>'),
};
const site = await openSite({ pages });
const { 'content-security-policy': policy } = strictPolicy();
const headers = { 'content-security-policy': policy.replace(" 'wasm-unsafe-eval'", '') };
/** A host whose policy forbids WebAssembly. */
const strict = await openSite({ headers });

/** What the strip of a panel says, a line each, when the author's mistakes have been looked for. */
async function notes(page, index = 0) {
  await page.waitForFunction(
    (index) => document.querySelectorAll('unroll-panel')[index].features.some((feature) => 'onViolation' in feature),
    { polling: 30 },
    index,
  );
  return page.evaluate(async (index) => {
    const panel = document.querySelectorAll('unroll-panel')[index];
    await panel.updateComplete;
    return [...panel.shadowRoot.querySelectorAll('.for-author li')].map((note) => note.innerText);
  }, index);
}

/** The notes of a page with this body. */
async function notesOn(body, options) {
  const { page } = await site.show(body, options);
  return { page, notes: await notes(page), notice: await textOf(page, '.notice') };
}

/** A page as it comes from a host of another name, which this machine answers for. */
async function openElsewhere(path) {
  const page = await newPage();
  await page.setRequestInterception(true);
  page.on('request', async (request) => {
    const { pathname } = new URL(request.url());
    const answer = await fetch(site.url + pathname);
    const contentType = answer.headers.get('content-type');
    await request.respond({ status: answer.status, contentType, body: Buffer.from(await answer.arrayBuffer()) });
  });
  await page.goto(`http://lesson.example${path}`);
  await waitForEditor(page);
  return page;
}

test('attributes that there are not are told, with what was meant', async () => {
  const wrong = [
    'source="main.py"',
    'autorunn',
    'max-line="3"',
    'maxlines="3"',
    'dependson="a"',
    'package="pandas"',
    'height="300"',
  ];
  const { notes } = await notesOn(`<unroll-panel ${wrong.join(' ')}><pre>1</pre></unroll-panel>`);
  const meant = ['src', 'autorun', 'max-lines', 'max-lines', 'depends-on', 'packages'];
  assert.deepEqual(
    notes.map((note) => /Did you mean "(.*)"\?$/.exec(note)?.[1]),
    [...meant, undefined],
  );
  assert.equal(notes[0], '<unroll-panel source>: there is no such attribute. Did you mean "src"?');
  assert.equal(notes.at(-1), '<unroll-panel height>: there is no such attribute.');
});

test('what pages and frameworks give any element is no mistake', async () => {
  const fine =
    'id="a" class="b" style="margin: 0" data-x="1" aria-label="c" v-cloak x-data="{}" hx-boost="true" _ngcontent-abc-12 @click="d" :key="e" onclick="1" slot="f" tabindex="0"';
  const { notes } = await notesOn(`<unroll-panel ${fine}><pre>1</pre></unroll-panel>`);
  assert.deepEqual(notes, []);
});

test('names that are nearly right are told in values and in parameters of a frame', async () => {
  const { notes: values } = await notesOn('<unroll-panel layout="sid" hide="file"><pre>1</pre></unroll-panel>');
  assert.match(values.join('\n'), /layout="sid".* Did you mean "side"\?\n.*hide="file".* Did you mean "files"\?$/);
  const frame = await site.open('/embed.html?layuot=side#code=print(1)');
  assert.deepEqual(await notes(frame.page), ['embed.html: there is no parameter "layuot". Did you mean "layout"?']);
});

const raw = {
  'if i<len("ab") and i>0': '<pre>\ni = 1\nif i<len("ab") and i>0:\n    print(i)\n</pre>',
  'a<b and c>d': '<pre>a, b, c, d = 1, 2, 3, 4\nprint(a<b and c>d)</pre>',
  'a < to the end': '<pre>for i in range(3):\n    if i<n:\n        print(i)</pre>',
  'a program without <pre>': 'n = 3\nprint(1<n and n>2)',
  'a check': '<pre>x = 1</pre><pre class="check" hidden>check(x<n and n>2, "Less.")</pre>',
  'a solution in a template': '<pre>x = 1</pre><template class="solution">print(x<n and n>2)</template>',
  'a name with a hyphen': '<pre>if i<n-1 and n>2: pass</pre>',
};
for (const [what, inside] of Object.entries(raw))
  test(`a raw < in a program is told, and the page is at fault: ${what}`, async () => {
    const { notes, notice } = await notesOn(`<unroll-panel>${inside}</unroll-panel>`);
    assert.match(
      notes[0] ?? '',
      /^HTML took "<.*", near line \d of .*, for a tag, and what belongs to it is lost\. Write "<" as "&lt;"/s,
    );
    assert.match(notice, /A part of this program is missing: this page has lost it\. The page is at fault, not you\./);
  });

test('a raw < in a recorded output is told to the author alone', async () => {
  const output = '<pre class="output"><class \'torch.Tensor\'></pre>';
  const { notes, notice } = await notesOn(`<unroll-panel><pre>print(type(x))</pre>${output}</unroll-panel>`);
  assert.match(notes[0], /^HTML took "<class.*of the part "output"/);
  assert.equal(notice, '');
});

test('a program in colours, with links or a copy button, has lost nothing', async () => {
  const inside = `<pre class="hljs"><code class="language-python"><span class="k">if</span> i &lt; <b>n</b>: <a href="#x" download>x</a>
    <span class=linenos data-line-number hidden>1</span><button type="button" disabled>Copy</button></code></pre>`;
  const { notes, notice } = await notesOn(`<unroll-panel>${inside}</unroll-panel>`);
  assert.deepEqual([notes, notice], [[], '']);
});

test('a panel with two programs says that one of them is not shown', async () => {
  const { notes } = await notesOn('<unroll-panel><pre>1</pre><pre class="checks">2</pre></unroll-panel>');
  assert.match(notes[0], /^A panel has 2 <pre> without a class that names a part/);
});

test('a program that does not come ends the run with what its address answered, and Run tries again', async () => {
  const { page } = await site.show('<unroll-panel src="late.py"></unroll-panel>');
  const address = `${site.url}/late.py`;
  await waitForText(page, '.output', `The program could not be loaded: ${address} answered 404 Not Found.`);
  const { status, error } = await runPanel(page);
  assert.deepEqual([status, error.type], ['error', 'LoadError']);
  assert.equal(error.message, `The program could not be loaded: ${address} answered 404 Not Found.`);
  assert.match(await textOf(page, '.output'), /answered 404/);
  assert.deepEqual(await notes(page), [error.message]);
  pages['/late.py'] = 'print("here")';
  assert.equal((await runPanel(page)).stdout, 'here\n');
});

test('who writes a program in place of one that did not come runs it', async () => {
  const { page } = await site.show('<unroll-panel src="none.py"></unroll-panel>');
  await page.$eval('unroll-panel', (panel) => panel.edit('print("mine")'));
  assert.equal((await runPanel(page)).stdout, 'mine\n');
});

test('a web page in the place of a program, a check or a file is refused', async () => {
  for (const [body, what] of [
    ['<unroll-panel src="fallback.py"></unroll-panel>', 'The program'],
    ['<unroll-panel check="fallback.py"><pre>1</pre></unroll-panel>', 'The check of this panel'],
    ['<unroll-panel files="login.csv"><pre>1</pre></unroll-panel>', 'The file login.csv'],
  ]) {
    const { page } = await site.show(body);
    const { error } = await runPanel(page);
    assert.equal(error?.type, 'LoadError', body);
    assert.match(
      error.message,
      new RegExp(`^${what} could not be loaded: http\\S+ answered with a web page in its place`),
    );
  }
});

test('panels that go on from each other in a circle are told', async () => {
  const { notes } = await notesOn(`<unroll-panel id="a" depends-on="c"><pre>1</pre></unroll-panel>
    <unroll-panel id="b" depends-on="a"><pre>2</pre></unroll-panel><unroll-panel id="c" depends-on="b"><pre>3</pre></unroll-panel>`);
  assert.match(notes[0], /^<unroll-panel depends-on="c">: these panels continue from each other \(a → c → b → a\)/);
});

test('a content policy that forbids WebAssembly is told by the word that it lacks', async () => {
  const { page } = await strict.show(panelOf('1'));
  const { error } = await runPanel(page);
  assert.match(error.message, /content policy does not allow WebAssembly: its script-src needs 'wasm-unsafe-eval'\.$/);
  assert.doesNotMatch(error.message, /'unsafe-eval'/);
});

test('readers see none of it, unless they ask as the author', async () => {
  pages['/lesson.html'] = pageOf('<unroll-panel source="x"><pre>1</pre></unroll-panel>');
  const page = await openElsewhere('/lesson.html');
  assert.equal(await textOf(page, '.for-author'), '');
  const author = await openElsewhere('/lesson.html#for-author');
  assert.equal((await notes(author)).length, 1);
});

test('on a page that was opened as a file, and without assets/, a panel says that it cannot run', async () => {
  const css = '<link rel="stylesheet" href="unroll.css">';
  pages['/missing.html'] = pageOf(`${css}<unroll-panel src="main.py"></unroll-panel>`);
  site.broken.add(assetName(/^panel-.{8}\.js$/));
  for (const address of [
    new URL('../../dist/examples/element.html', import.meta.url).href,
    `${site.url}/missing.html`,
  ]) {
    // Whose cache has nothing of it.
    const page = await newPage({ reader: await newReader() });
    await page.goto(address);
    const before = await page.evaluate(() => {
      for (const animation of document.getAnimations()) animation.finish();
      const { content, fontSize } = getComputedStyle(document.querySelector('unroll-panel'), '::before');
      return `${fontSize} ${content}`;
    });
    assert.match(before, /^14px "This program cannot run yet: unroll\.js has not loaded\. For the author: /, address);
  }
  site.broken.clear();
});
