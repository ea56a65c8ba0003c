// "Embed…": the lines that it writes make the same panel again, its preview shows it, and it can be used by keyboard alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSite, runAction, runPanel, strictPolicy, waitForEditor, waitForText } from './browser.mjs';

const element = `<unroll-panel id="sum" timeout="5" check='check(total == 6, "Add <all> three.")'>
<pre>
numbers = [1, 2, 3]

total = sum(numbers)
print(total, 1 < 2)
</pre>
<p class="hint">Use "sum".</p>
<details class="solution"><summary>Solution</summary><pre>total = 6</pre></details></unroll-panel>`;
const site = await openSite();
const { page, problems } = await site.show(element);
await runPanel(page);

const inDialog = (select, use) =>
  page.evaluate(
    (select, use) => {
      const found = document.querySelector('unroll-panel').shadowRoot.querySelector(`.embed ${select}`);
      return new Function('element', `return ${use}`)(found);
    },
    select,
    use,
  );
/** The lines of the chosen tab, once they hold `text`. */
async function lines(text) {
  await page.waitForFunction(
    (text) => document.querySelector('unroll-panel').shadowRoot.querySelector('.embed textarea')?.value.includes(text),
    {},
    text,
  );
  return inDialog('textarea', 'element.value');
}
const inPreview = (use) => inDialog('unroll-panel', use);
const choose = (way) => inDialog(`#embed-tab-${way}`, 'element.click()');

test('nothing of it is loaded before it is asked for, and it opens with the focus in it', async () => {
  assert.ok(!site.asked.some((path) => path.includes('embed-dialog')));
  await runAction(page, 'embed');
  await lines('<unroll-panel');
  const focused = await page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.activeElement.innerText);
  assert.equal(focused, 'HTML');
});

test('the lines for HTML make the same panel again', async () => {
  const html = await lines('<unroll-panel');
  assert.match(
    html,
    /^<link rel="stylesheet" href="http.*\/unroll\.css">\n<script type="module" src="http.*\/unroll\.js">/,
  );
  assert.match(html, /<pre class="output">\n6 True\n<\/pre>/);
  const again = await site.show(html, { base: null });
  const result = await again.page.evaluate(async () => {
    const panel = document.querySelector('unroll-panel');
    const { check, stdout } = await panel.run();
    return [panel.id, panel.timeout, panel.code, stdout, check.status];
  });
  const code = 'numbers = [1, 2, 3]\n\ntotal = sum(numbers)\nprint(total, 1 < 2)';
  assert.deepEqual(result, ['sum', 5, code, '6 True\n', 'passed']);
  assert.deepEqual(again.problems, []);
});

test("the preview of lines for a page is the panel as that page will show it, and its runs are nobody's", async () => {
  await page.waitForFunction(() => {
    const { shadowRoot } = document.querySelector('unroll-panel');
    return shadowRoot.querySelector('.embed unroll-panel')?.shadowRoot?.querySelector('.cm-content');
  });
  assert.match(
    await inPreview("element.shadowRoot.querySelector('.output').innerText"),
    /^Recorded by the author.*\n6 True/,
  );
  assert.equal(await inPreview("element.shadowRoot.querySelector('.stranger')"), null);
  await page.evaluate(() => {
    window.heard = [];
    for (const name of ['output', 'done', 'check']) document.addEventListener(`unroll-${name}`, () => heard.push(name));
  });
  const { check, stdout } = await inPreview('element.run()');
  assert.deepEqual([stdout, check.status], ['6 True\n', 'passed']);
  assert.deepEqual(await page.evaluate(() => window.heard), []);
});

test('in the preview Escape leaves its editor, not the dialogue', async () => {
  await inPreview('element.focus()');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  assert.equal(await inPreview("element.shadowRoot.activeElement.closest('.cm-content')"), null);
  assert.equal(await inPreview("element.matches(':focus')"), true);
  assert.equal(
    await page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.embed').open),
    true,
  );
  await inDialog('#embed-tab-html', 'element.focus()');
});

test('options go into the lines and into the preview', async () => {
  await inDialog('select', "(element.value = 'dark', element.dispatchEvent(new Event('change')))");
  await inDialog("input[type='number']", "(element.value = '7', element.dispatchEvent(new Event('change')))");
  assert.match(await lines('max-lines'), /<unroll-panel id="sum" timeout="5" theme="dark" max-lines="7">/);
  assert.deepEqual(await inPreview('[element.theme, element.maxLines, element.isolated]'), ['dark', 7, false]);
  await choose('frame');
  const preview = await page.waitForFunction(() =>
    document.querySelector('unroll-panel').shadowRoot.querySelector('.embed iframe[src*="max-lines=7"]'),
  );
  const frame = await preview.contentFrame();
  await waitForEditor(frame);
  const shown = await frame.$eval('unroll-panel', (panel) => [panel.theme, panel.maxLines, panel.code, panel.isolated]);
  assert.deepEqual(
    shown.map((value) => (typeof value === 'string' ? value.slice(0, 20) : value)),
    ['dark', 7, 'numbers = [1, 2, 3]\n', true],
  );
  const said = await frame.$eval('unroll-panel', ({ shadowRoot }) => [
    shadowRoot.querySelector('.quiet').innerText,
    shadowRoot.querySelector('.stranger'),
  ]);
  assert.deepEqual(said, ['This program runs apart from the page: it cannot read or change anything there.', null]);
});

test('each kind of page has its lines', async () => {
  await choose('frame');
  assert.match(
    await lines('<iframe'),
    /^<iframe src="http.*\/embed\.html\?.*timeout=5.*#unroll=1\.[\w-]+"\n {2}title=/,
  );
  await choose('sphinx');
  assert.match(
    await lines('{unroll}'),
    /^```\{unroll\}\n:id: sum\n:timeout: 5\n[\s\S]*---- check\ncheck\(total == 6, "Add <all> three\."\)\n/,
  );
  await choose('mkdocs');
  assert.match(await lines('.unroll'), /^``` \{ \.unroll #sum timeout="5" theme="dark" max_lines="7" \}\nnumbers/);
  await choose('quarto');
  assert.match(await lines('{.unroll'), /^```\{\.unroll #sum timeout="5" theme="dark" max-lines="7"\}\nnumbers/);
});

test('tabs take arrow keys, Copy says so, and Escape goes back to the menu', async () => {
  await inDialog('#embed-tab-quarto', 'element.focus()');
  await page.keyboard.press('ArrowRight');
  assert.equal(await inDialog('[aria-selected=true]', 'element.innerText'), 'HTML');
  await lines('<unroll-panel');
  await inDialog('.embed-copy button', 'element.click()');
  await page.waitForFunction(
    () =>
      document.querySelector('unroll-panel').shadowRoot.querySelector('.embed-copy [role=status]').innerText ===
      'Copied.',
  );
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('unroll-panel').shadowRoot.querySelector('.embed'));
  const focused = await page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.activeElement.ariaLabel);
  assert.equal(focused, 'More');
  // A preview that goes before it is there is no problem.
  assert.deepEqual(
    problems.filter((problem) => !/embed\.html.* net::ERR_ABORTED/.test(problem)),
    [],
  );
});

test('where the page takes no frames the dialogue says why there is no preview of one, and shows that of the element', async () => {
  const strict = await openSite({ headers: strictPolicy() });
  const { page, problems } = await strict.show(element);
  await runAction(page, 'embed');
  await page.waitForFunction(() => {
    const { shadowRoot } = document.querySelector('unroll-panel');
    return shadowRoot.querySelector('.embed unroll-panel')?.code.includes('total');
  });
  assert.deepEqual(problems, []);
  await page.$eval('unroll-panel', ({ shadowRoot }) => shadowRoot.querySelector('#embed-tab-frame').click());
  await waitForText(page, '.embed-preview', "This page's content policy allows no frames");
});
