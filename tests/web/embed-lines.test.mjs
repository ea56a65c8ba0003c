// What "Embed…" writes down of a panel whose author said it in properties, or by addresses that are relative to their page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSite, pageOf, runAction, visit } from './browser.mjs';

const check = 'check(total == 6, "Add all three numbers.")\n';
const pages = { '/course/checks/sum.py': check, '/course/data/a.txt': 'from a file' };

const site = await openSite({ pages });

/** Opens a page with `body` in a folder of the site, lets `prepare` set its panel, and gives what the dialogue writes. */
async function linesOf(body, way, prepare = () => {}) {
  pages['/course/page.html'] = pageOf(body);
  const { page, problems } = await site.open('/course/page.html');
  await page.evaluate(prepare);
  await runAction(page, 'embed');
  await page.evaluate(
    (way) => document.querySelector('unroll-panel').shadowRoot.querySelector(`#embed-tab-${way}`).click(),
    way,
  );
  const { lines, preview } = await page
    .waitForFunction(
      (way) => {
        const root = document.querySelector('unroll-panel').shadowRoot;
        const lines = root.querySelector('.embed textarea').value;
        const marks = {
          html: '<unroll-panel',
          frame: '<iframe',
          sphinx: '{unroll}',
          mkdocs: ' .unroll',
          quarto: '{.unroll',
        };
        const preview = root.querySelector('.embed-preview').innerText;
        return (lines.includes(marks[way]) || /\.$/.test(lines)) && { lines, preview };
      },
      {},
      way,
    )
    .then((handle) => handle.jsonValue());
  await page.close();
  return { lines, preview, problems: problems.filter((problem) => !/net::ERR_ABORTED/.test(problem)) };
}

/** Opens what was written on a page in another folder. */
async function again(lines) {
  pages['/other/page.html'] = pageOf(lines, { base: null });
  return (await site.open('/other/page.html')).page;
}

/** The panel in the frame of some lines. */
async function opened(lines) {
  const address = /src="([^"]+)"/.exec(lines)[1].replaceAll('&amp;', '&');
  return { address, ...(await visit(address)) };
}

const get = (page, ...names) => page.$eval('unroll-panel', (panel, names) => names.map((name) => panel[name]), names);

test('a JavaScript program stays one, in lines for HTML and in a frame', async () => {
  const body = '<unroll-panel lang="javascript"><pre>console.log(6 * 7)</pre></unroll-panel>';
  const { lines } = await linesOf(body, 'html');
  assert.match(lines, /<unroll-panel lang="javascript">/);
  const frame = await opened((await linesOf(body, 'frame')).lines);
  assert.deepEqual(await get(frame.page, 'lang', 'isolated'), ['javascript', true]);
  assert.deepEqual(frame.problems, []);
});

test('what was set by properties is written: packages, seed, lines for input(), and the rest', async () => {
  const set = () => {
    const panel = document.querySelector('unroll-panel');
    Object.assign(panel, { packages: 'pandas ./w-1-py3-none-any.whl', seed: 0, stdin: 'Ada\n"36"', loading: 'lazy' });
    Object.assign(panel, { persist: 'sum', dependsOn: 'data', timeout: 9, hide: 'plot' });
  };
  const body = '<unroll-panel files="data/a.txt b.txt=data/a.txt"><pre>print(input())</pre></unroll-panel>';
  const { lines } = await linesOf(body, 'html', set);
  const page = await again(lines);
  const names = ['packages', 'seed', 'stdin', 'loading', 'persist', 'dependsOn', 'timeout', 'hide', 'fileAddresses'];
  const files = `${site.url}/course/data/a.txt b.txt=${site.url}/course/data/a.txt`;
  assert.deepEqual(await get(page, ...names), [
    `pandas ${site.url}/course/w-1-py3-none-any.whl`,
    0,
    'Ada\n"36"',
    'lazy',
    '',
    'data',
    9,
    'plot',
    files,
  ]);
  await page.close();
  const sphinx = (await linesOf(body, 'sphinx', set)).lines;
  assert.match(sphinx, /\n:seed: 0\n/);
  assert.match(sphinx, /---- stdin\nAda\n"36"\n/);
  assert.match((await linesOf(body, 'mkdocs', set)).lines, / depends_on="data" .*seed="0" \}\n/);
  const frame = await opened((await linesOf(body, 'frame', set)).lines);
  assert.deepEqual(await get(frame.page, 'packages', 'seed', 'stdin', 'persist'), [
    `pandas ${site.url}/course/w-1-py3-none-any.whl`,
    0,
    'Ada\n"36"',
    null,
  ]);
  const file = await frame.page.$eval('unroll-panel', (panel) => panel.files['b.txt']);
  assert.ok(file, 'the file is in the address');
  assert.deepEqual(frame.problems, []);
});

test('a check at an address is found from any page', async () => {
  const body = '<unroll-panel check="checks/sum.py"><pre>total = 6</pre></unroll-panel>';
  const { lines } = await linesOf(body, 'html');
  assert.ok(lines.includes(`check="${site.url}/course/checks/sum.py"`), lines);
  const page = await again(lines);
  assert.equal(await page.$eval('unroll-panel', async (panel) => (await panel.run()).check.status), 'passed');
});

test("a frame's check, solution and hints are behind the #, which is sent to nobody, and work there", async () => {
  const body = `<unroll-panel><pre>total = 6</pre><pre class="check" hidden>${check}</pre>
    <p class="hint">Use sum().</p><p class="hint">sum(numbers)</p>
    <details class="solution"><summary>S</summary><pre>total = sum([1, 2, 3])</pre></details></unroll-panel>`;
  const frame = await opened((await linesOf(body, 'frame')).lines);
  assert.equal(new URL(frame.address).search, '');
  const { status } = await frame.page.$eval('unroll-panel', async (panel) => (await panel.run()).check);
  assert.equal(status, 'passed');
  const labels = await frame.page.$eval('unroll-panel', (panel) =>
    [...panel.shadowRoot.querySelectorAll('button')].map((button) => button.innerText.trim()),
  );
  assert.ok(labels.some((label) => /^Hint/.test(label)) && labels.includes('Solution'), labels.join());
  assert.deepEqual(frame.problems, []);
});

test('a program that is too long for a frame says so with what is largest; lines for HTML are there all the same', async () => {
  const set = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(60_000));
    document.querySelector('unroll-panel').files = { 'big.bin': bytes };
  };
  const body = '<unroll-panel><pre>print(1)</pre></unroll-panel>';
  const { lines, preview, problems } = await linesOf(body, 'frame', set);
  assert.match(
    lines,
    /^This program is too long for a frame: .* 8\d,\d{3} characters, .* 32,000 .* largest part is big\.bin/,
  );
  assert.match(preview, /too long for a frame/);
  assert.match((await linesOf(body, 'html', set)).lines, /<unroll-panel>\n<pre>\nprint\(1\)/);
  assert.deepEqual(problems, []);
});

test('a part that is not there is said in the dialogue, which is not left empty', async () => {
  const body = '<unroll-panel check="#none"><pre>print(1)</pre></unroll-panel>';
  const { lines, problems } = await linesOf(body, 'html');
  assert.equal(lines, 'check="#none": the page has no element with this id.');
  assert.deepEqual(problems, []);
});

test('a program in an address that is not written as an address is said in a sentence', async () => {
  const { page } = await site.open('/embed.html#code=%E0');
  const said = await page.$eval('.problem', (element) => element.textContent);
  assert.match(said, /^The program in this address cannot be read: .*"%25"\.$/);
});
