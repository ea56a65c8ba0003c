import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openSite, panelOf, press, runCode, runPanel, textOf, waitForText } from './browser.mjs';

const training = `import * as torch from 'unroll';
const { nn, optim } = torch;

torch.manualSeed(0);
const x = torch.arange(200).reshape(20, 10, 1).div(7).sin();
const y = x.sum(1);

class Forecast extends nn.Module {
  gru = new nn.GRU(1, 16, { batchFirst: true });
  head = new nn.Linear(16, 1);
  forward(input) {
    const [output] = this.gru(input);
    return this.head(output.at(':', -1));
  }
}

const model = new Forecast();
const optimizer = new optim.Adam(model.parameters(), { lr: 0.02 });
for (let step = 0; step < 60; ++step) {
  const loss = torch.scope(() => {
    const loss = nn.functional.mseLoss(model(x), y);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    return loss.item();
  });
  unroll.log({ loss });
  if (step % 20 === 0) console.log(step, loss.toFixed(4));
}
console.log(model);
`;

/** One JavaScript panel, and one of Python behind it. */
const panels = panelOf(training, 'lang="javascript"') + panelOf('print(1)');

const site = await openSite();
const { page, problems } = await site.show(panels);

test('a JavaScript program trains a GRU with a live plot, and nothing of Python is loaded', async () => {
  assert.match(await textOf(page, '.tab'), /main\.js/);
  const result = await runPanel(page);
  assert.equal(result.status, 'ok', result.stderr);
  const [first, last] = [...result.stdout.matchAll(/^\d+ (\d+\.\d+)$/gm)]
    .map(([, loss]) => Number(loss))
    .filter((_, i) => i !== 1);
  assert.ok(last < first / 2, result.stdout);
  assert.match(result.stdout, /Forecast\(\n {2}\(gru\): GRU\(1, 16, batch_first=True\)\n/);
  await page.waitForFunction(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.live svg'));
  assert.deepEqual(
    site.asked.filter((path) => /pyodide|python|torch-/.test(path)),
    [],
  );
  assert.deepEqual(problems, []);
});

test('console writes to the output as Node does: formats, objects, tables, warnings in red', async () => {
  const { stdout, stderr } = await runCode(
    page,
    `import * as torch from 'unroll';
console.log('%s has %d', 'x', 3, [1, 'a', { b: null }], new Map([['k', 1]]), undefined, -0, 5n);
console.info(torch.tensor([1, 2]), { t: torch.zeros(1) });
console.table([{ a: 1, b: 'x' }, { a: 2 }]);
console.group('g'); console.log('in'); console.groupEnd();
console.log({ f() {}, C: class C {}, long: 'y'.repeat(80), deep: { a: { b: { c: 1 } } } });
console.warn('careful'); console.error(new RangeError('no'));`,
  );
  assert.equal(
    stdout,
    `x has 3 [ 1, 'a', { b: null } ] Map(1) { 'k' => 1 } undefined -0 5n
tensor([1., 2.]) { t: tensor([0.]) }
┌─────────┬───┬─────┐
│ (index) │ a │ b   │
├─────────┼───┼─────┤
│ 0       │ 1 │ 'x' │
│ 1       │ 2 │     │
└─────────┴───┴─────┘
g
  in
{
  f: [Function: f],
  C: [class C],
  long: '${'y'.repeat(80)}',
  deep: { a: { b: [Object] } }
}
`,
  );
  assert.match(stderr, /^careful\nRangeError: no\n {4}at main\.js:7:/);
});

test('an error shows the words, the line with a mark, and the learner’s own places only', async () => {
  const { status, error, stderr } = await runCode(
    page,
    `import * as torch from 'unroll';
function multiply(a) {
  return a.matmul(a);
}
multiply(torch.zeros(2, 3));`,
  );
  assert.equal(status, 'error');
  assert.equal(error.type, 'RuntimeError');
  assert.equal(error.message, 'mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)');
  assert.equal(error.line, 3);
  assert.equal(
    stderr,
    `main.js:3
  return a.matmul(a);
           ^

RuntimeError: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)
    at multiply (main.js:3:12)
    at main.js:5:1
`,
  );
  assert.equal(await textOf(page, '.status'), 'RuntimeError on line 3');
});

test('a program that is no JavaScript says in which line, and so does a name that a module lacks', async () => {
  const wrong = await runCode(page, 'const a = 1;\nconst b = (2;\nconsole.log(a);');
  assert.equal(wrong.error.type, 'SyntaxError');
  assert.equal(wrong.error.line, 2);
  const missing = await runCode(page, "import * as torch from 'unroll';\nimport { lstm } from 'unroll';");
  assert.equal(missing.error.type, 'SyntaxError');
  assert.equal(missing.error.line, 2);
  assert.match(missing.error.message, /'unroll' does not provide an export named 'lstm'/);
});

test('files of the panel are modules and data, and what a program writes comes back', async () => {
  const files = {
    'data.js': "import { half } from './lib/half.js';\nexport const values = [1, 2, 3].map(half);",
    'lib/half.js': 'export const half = (x) => x / 2;\nexport function broken() {\n  return missing;\n}',
    'words.txt': 'one two',
    'sizes.json': '{"hidden": 4}',
  };
  const { status, stdout, stderr } = await runCode(
    page,
    `import { values } from './data.js';
import sizes from './sizes.json' with { type: 'json' };
import * as torch from 'unroll';
import { readText, writeFile } from 'unroll/page';
console.log(values, sizes.hidden, readText('words.txt').split(' ').length, unroll.listFiles().length);
writeFile('out/weights.safetensors', torch.save(new torch.nn.Linear(1, 1).stateDict()));
const { broken } = await import('./lib/half.js');
try { broken() } catch (error) { console.log(error.name) }
broken();`,
    files,
  );
  assert.equal(status, 'error');
  assert.equal(stdout, '[ 0.5, 1, 1.5 ] 4 2 4\nReferenceError\n');
  assert.match(
    stderr,
    /^lib\/half\.js:3\n {2}return missing;\n +\^\n\nReferenceError: missing is not defined\n {4}at broken \(lib\/half\.js:3:/,
  );
  const written = await page.evaluate(
    () => document.querySelector('unroll-panel').files['out/weights.safetensors'].length,
  );
  assert.ok(written > 60, `${written}`);
});

test('an import that is not there says what can be imported', async () => {
  const unknown = await runCode(page, "\nimport _ from 'lodash';", {});
  assert.equal(unknown.error.type, 'ModuleNotFoundError');
  assert.equal(unknown.error.line, 2);
  assert.match(
    unknown.error.message,
    /^Cannot find module 'lodash'\. A program imports 'unroll', 'unroll\/page', files/,
  );
  const away = await runCode(page, `import { a } from '${site.url}/none.js';`);
  assert.match(away.error.message, /^main\.js could not be loaded: an address that it imports did not answer/);
  const file = await runCode(page, "import { a } from './b.js';", { 'c.js': '' });
  assert.equal(file.error.message, "Cannot find the file 'b.js'. The panel has c.js.");
});

test('top-level await, timers and promises belong to the run, and an error in one of them ends it', async () => {
  const { stdout, seconds } = await runCode(
    page,
    `setTimeout(() => console.log('last'), 150);
await new Promise((done) => setTimeout(done, 50));
console.log('first');`,
  );
  assert.equal(stdout, 'first\nlast\n');
  assert.ok(seconds > 0.1);
  const late = await runCode(page, "setTimeout(() => { throw new TypeError('late') }, 20);");
  assert.equal(late.error.message, 'late');
  assert.equal(late.error.line, 1);
  const lost = await runCode(
    page,
    "Promise.reject(new Error('lost'));\nawait new Promise((done) => setTimeout(done, 100));",
  );
  assert.equal(lost.error.message, 'lost');
});

test('each run begins anew: names, settings, random numbers and tensors of the last one are gone', async () => {
  const before = await runCode(
    page,
    `import * as torch from 'unroll';
globalThis.mine = 1; torch.setDefaultDtype(torch.float64); torch.setGradEnabled(false);
globalThis.kept = torch.zeros(5); setInterval(() => console.log('tick'), 5); throw 'text';`,
  );
  assert.equal(before.stderr, 'Uncaught text\n');
  const { stdout } = await runCode(
    page,
    `import * as torch from 'unroll';
await new Promise((done) => setTimeout(done, 30));
console.log(typeof mine, torch.getDefaultDtype(), torch.isGradEnabled(), torch.memory().tensors, typeof indexedDB);`,
  );
  assert.equal(stdout, 'undefined torch.float32 true 0 undefined\n');
});

test('Stop ends a loop that never pauses, and the next program runs within a second', async () => {
  await page.evaluate(() => {
    const panel = document.querySelector('unroll-panel');
    panel.code = "console.log('on'); for (;;) {}";
    window.first = panel.run();
  });
  await waitForText(page, '.output', 'on');
  const { status, took } = await page.evaluate(async () => {
    const panel = document.querySelector('unroll-panel');
    const began = performance.now();
    await panel.stop();
    const took = performance.now() - began;
    return { status: (await window.first).status, took };
  });
  assert.equal(status, 'stopped');
  assert.ok(took < 1000, `${took} ms`);
  const next = await runCode(page, "import * as torch from 'unroll'; console.log(torch.ones(2));");
  assert.equal(next.stdout, 'tensor([1., 1.])\n');
});

test('a program shows pictures and asks the reader for a line', async () => {
  const shown = await runCode(page, 'unroll.figure(\'<svg viewBox="0 0 2 1"><path d="M0 0h2"/></svg>\', \'a line\');');
  assert.equal(shown.figures[0].title, 'a line');
  const drawn = await page.evaluate(() => {
    const picture = document.querySelector('unroll-panel').shadowRoot.querySelector('.output .picture');
    return picture.shadowRoot.querySelector('path').getAttribute('d');
  });
  assert.equal(drawn, 'M0 0h2');
  const result = page.evaluate(() => {
    const panel = document.querySelector('unroll-panel');
    panel.stdin = 'Ada\n';
    panel.code = "const name = await unroll.input('Name? ');\nconsole.log('Hello', name);";
    return panel.run();
  });
  assert.equal((await result).stdout.replace(/^Name\? (Ada\n)?/, ''), 'Hello Ada\n');
  await page.evaluate(() => {
    document.querySelector('unroll-panel').stdin = null;
  });
});

test('the page finds the weights of the last program', async () => {
  await runCode(
    page,
    "import { nn } from 'unroll';\nconst small = new nn.Linear(1, 1);\nlet model = new nn.GRU(2, 3);\nconst other = 5;",
  );
  const { list, sizes } = await page.evaluate(async () => {
    const { runtime } = document.querySelector('unroll-panel');
    const list = (await runtime.ask({ kind: 'weights' })).json;
    const bytes = (format) => runtime.ask({ kind: 'weights', name: 'model', format }).then((answer) => answer.bytes[0]);
    const sizes = { pt: [...(await bytes('pt')).slice(0, 2)], safetensors: (await bytes('safetensors')).length };
    return { list, sizes };
  });
  assert.deepEqual(list, [
    { name: 'model', type: 'GRU', count: 63 },
    { name: 'small', type: 'Linear', count: 2 },
  ]);
  assert.deepEqual(sizes.pt, [80, 75]);
  assert.ok(sizes.safetensors > 252);
});

test('a check sees the names of the program, and its words are the verdict', async () => {
  const verdict = (code, check) =>
    page.evaluate(
      async ({ code, check }) => {
        const panel = document.querySelector('unroll-panel');
        Object.assign(panel, { code, check, setup: 'export const given = 20;' });
        const result = await panel.run();
        Object.assign(panel, { check: null, setup: null });
        return result.check;
      },
      { code, check },
    );
  const check =
    "assert(answer === 42, 'answer is ' + answer);\nassert(output.includes('42'), 'print it');\npassed('Well done');";
  assert.deepEqual(await verdict('const answer = given + 22;\nconsole.log(answer);', check), {
    status: 'passed',
    message: 'Well done',
    traceback: '',
  });
  assert.equal((await verdict('const answer = given + 1;', check)).message, 'answer is 21');
  assert.equal((await verdict('const answer = 42;', check)).message, 'print it');
  assert.equal((await verdict('const answer = 42;', 'nonsense(')).status, 'error');
});

test('a Python panel on the same page runs beside it and loads nothing of JavaScript', async () => {
  const { asked, show } = await openSite();
  const { page } = await show(panels);
  const python = await runPanel(page, 1);
  assert.equal(python.stdout, '1\n');
  assert.deepEqual(
    asked.filter((path) => /javascript-worker/.test(path)),
    [],
  );
  const both = await page.evaluate(() => {
    const [first, second] = document.querySelectorAll('unroll-panel');
    return Promise.all([first.run(), second.run()]);
  });
  assert.deepEqual(
    both.map(({ status }) => status),
    ['ok', 'ok'],
  );
});

test('it runs from another origin under a strict content policy', async () => {
  const host = await openSite({ headers: { 'access-control-allow-origin': '*' } });
  const policy = `default-src 'none'; script-src ${host.url} blob: 'wasm-unsafe-eval'; connect-src ${host.url}; worker-src blob:; img-src data:`;
  const course = await openSite({ headers: { 'content-security-policy': policy } });
  const { page, problems } = await course.show(panels, { base: host.url });
  const result = await runPanel(page);
  assert.equal(result.status, 'ok', result.stderr);
  assert.deepEqual(problems, []);
});

test('the lesson in JavaScript draws its forecast', async () => {
  const code = readFileSync(new URL('../../web/lessons/wave_javascript/main.js', import.meta.url), 'utf8');
  const { status, figures, stderr } = await runCode(page, code);
  assert.equal(status, 'ok', stderr);
  assert.match(figures[0].title, /forecast of the GRU/);
});

test('a program of a stranger runs apart: it trains, has its files, and sees nothing of the site', async () => {
  const { url, show } = await openSite();
  const { page } = await show(panels);
  await page.evaluate(() => {
    document.querySelector('unroll-panel').isolated = true;
  });
  const trained = await runPanel(page);
  assert.equal(trained.status, 'ok', trained.stderr);
  const apart = await runCode(
    page,
    `import { two } from './lib.js';
const answer = await fetch('${url}/page.html').then(() => 'read', () => 'refused');
console.log(two, self.origin, answer);
throw new Error('mine');`,
    { 'lib.js': 'export const two = 2;' },
  );
  assert.equal(apart.stdout, '2 null refused\n');
  assert.equal(apart.error.line, 4);
});

test('setting lang turns a panel into one of the other language', async () => {
  await page.evaluate(() => {
    const panel = document.querySelectorAll('unroll-panel')[1];
    panel.setAttribute('lang', 'js');
    panel.code = 'console.log(typeof torch)';
  });
  const result = await runPanel(page, 1);
  assert.equal(result.stdout, 'undefined\n');
  assert.match(await textOf(page, '.tab', 1), /main\.js/);
  assert.equal(await page.evaluate(() => document.querySelectorAll('unroll-panel')[1].hasAttribute('lang')), false);
  const label = await page.evaluate(() => {
    const { shadowRoot } = document.querySelectorAll('unroll-panel')[1];
    return shadowRoot.querySelector('.cm-content').ariaLabel;
  });
  assert.equal(label, 'main.js, JavaScript program');
  await press(page, 'Reset', 1);
});
