// Exercises: hidden code before and after a program, what the panel and the page hear of it, and help on demand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keys, openSite, press, textOf, waitForText } from './browser.mjs';

const exercise = `<unroll-panel id="sum" check='check(total == 6, "Add all three numbers.")\npassed("Well summed.")'>
<pre class="setup" hidden>numbers = [1, 2, 3]</pre>
<pre>
total = 0
print(total)
</pre>
<pre class="output">from the author</pre>
<details class="hint"><summary>Hint</summary>There is a function for it.</details>
<p class="hint">Its name is <code>sum</code>.</p>
<details class="solution"><summary>Solution</summary><pre>
total = sum(numbers)
print(total)
</pre></details>
</unroll-panel>`;
const others = `
<unroll-panel setup="numbers = none"><pre>print(1)</pre></unroll-panel>
<unroll-panel check="1 / 0"><pre>print(1)</pre></unroll-panel>
<unroll-panel setup="#shared" check="check.py"><pre>print(shared)</pre></unroll-panel>
<template id="shared">shared = "from a template"</template>`;

const site = await openSite({ pages: { '/check.py': 'check(False, output.strip())' } });
const { page, problems } = await site.show(exercise + others);
await page.evaluate(() => {
  window.heard = [];
  document.addEventListener('unroll-check', ({ detail, target }) => window.heard.push([target.id, detail]));
});

/** Runs a panel and gives the result's check, after the code was set by an edit. */
const check = (code, index = 0) =>
  page.evaluate(
    async ({ code, index }) => {
      const panel = document.querySelectorAll('unroll-panel')[index];
      if (code) panel.edit(code);
      const { check, status, error } = await panel.run();
      return { check, status, type: error?.type, line: error?.line, message: error?.message };
    },
    { code, index },
  );
const heard = () => page.evaluate(() => window.heard.splice(0));

test("before the first run the author's recorded output is shown, and called recorded", async () => {
  assert.equal(await page.evaluate(() => document.querySelector('#sum').code), 'total = 0\nprint(total)');
  assert.match(await textOf(page, '.output'), /^Recorded by the author.*\nfrom the author/);
});

test("a check that fails shows the author's words in a live region and tells the page", async () => {
  const { check: verdict } = await check();
  assert.deepEqual(verdict, { status: 'failed', message: 'Add all three numbers.', traceback: '' });
  assert.match(await textOf(page, '[role=status] .verdict'), /^Not yet\n+Add all three numbers\.$/);
  assert.doesNotMatch(await textOf(page, '.output'), /from the author/);
  const detail = { passed: false, status: 'failed', message: 'Add all three numbers.', attempts: 1 };
  assert.deepEqual(await heard(), [['sum', { ...detail, solutionShown: false }]]);
});

test('a program that fails is not checked, and its own line is marked', async () => {
  const result = await check('total = 6\nnone');
  assert.deepEqual([result.check, result.type, result.line], [null, 'NameError', 2]);
  assert.equal(await textOf(page, '.verdict'), '');
  assert.deepEqual(await heard(), []);
});

test('hints come one by one and go again', async () => {
  await press(page, 'Hint 1 of 2');
  await waitForText(page, '.help-box', 'There is a function for it.');
  assert.doesNotMatch(await textOf(page, '.help-box'), /sum/);
  await press(page, 'Hint 2 of 2');
  await waitForText(page, '.help-box', 'Its name is sum.');
  await press(page, 'Hide hints');
  assert.equal(await textOf(page, '.help-box'), '');
});

test('the solution is shown on demand, goes into the editor as an edit, and passes', async () => {
  await press(page, 'Solution');
  await waitForText(page, '.help-box pre', 'total = sum(numbers)');
  await press(page, 'Put it into the editor');
  assert.equal(await page.evaluate(() => document.querySelector('#sum').code), 'total = sum(numbers)\nprint(total)');
  await keys(page, 'Control', 'z');
  assert.match(await page.evaluate(() => document.querySelector('#sum').code), /none$/);
  assert.equal((await check('total = sum(numbers)')).check.status, 'passed');
  assert.match(await textOf(page, '.verdict'), /^Passed\s*attempt 2\n+Well summed\.$/);
  assert.deepEqual(await heard(), [
    ['sum', { passed: true, status: 'passed', message: 'Well summed.', attempts: 2, solutionShown: true }],
  ]);
});

test('who has not tried is asked before the solution is shown', async () => {
  const other = await site.show(exercise);
  await press(other.page, 'Solution');
  await waitForText(other.page, '.help-box', 'You have not tried it yet.');
  await press(other.page, 'Not yet');
  assert.equal(await textOf(other.page, '.help-box'), '');
});

test("a failing setup is told to be the author's, a broken check gives no verdict", async () => {
  const setup = await check(null, 1);
  assert.deepEqual([setup.type, setup.line, setup.check], ['SetupError', null, null]);
  assert.match(setup.message, /not your program's fault/);
  const broken = await check(null, 2);
  assert.equal(broken.check.status, 'error');
  assert.match(await textOf(page, '.verdict', 2), /^The check is broken\n+.*nothing is said about your program/);
  const [, detail] = (await heard()).at(-1);
  assert.deepEqual([detail.passed, detail.status], [false, 'error']);
});

test('hidden code may lie in an element or a file', async () => {
  assert.equal((await check(null, 3)).check.message, 'from a template');
});

test('the page had no problems', () => {
  assert.deepEqual(problems, []);
});
