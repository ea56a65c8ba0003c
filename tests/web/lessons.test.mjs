import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { evened } from '../golden/record-lesson.mjs';
import { differentLine } from '../python/golden.mjs';
import { codeOf, dropFiles, openSite, press, runCode } from './browser.mjs';
import { partsHere, stopHere } from './in-page.mjs';

const golden = new URL('../golden/lessons/', import.meta.url);
const lessons = new URL('../../web/lessons/', import.meta.url);

const site = await openSite();
const { page, problems } = await site.open('/');

/** Chooses an example of the playground and waits until its program stands in the panel. */
async function choose(name) {
  const main = existsSync(new URL(`${name}/main.js`, lessons)) ? 'main.js' : 'main.py';
  await page.select('#example', name);
  await page.waitForFunction(
    (code) => document.querySelector('unroll-panel').code === code,
    { polling: 50 },
    readFileSync(new URL(`${name}/${main}`, lessons), 'utf8'),
  );
}

/** Presses Run Code and gives the result. */
async function runByHand() {
  await page.evaluate(() => {
    window.done = new Promise((resolve) => {
      document.addEventListener('unroll-done', ({ detail }) => resolve(detail), { once: true });
    });
  });
  await press(page, 'Run Code');
  return page.evaluate(() => window.done);
}

for (const file of readdirSync(golden)) {
  const name = file.replace('.txt', '');
  test(`the lesson's program ${name} prints what PyTorch prints`, async () => {
    await choose(name);
    const { status, stdout, stderr, seconds } = await runByHand();
    assert.deepEqual({ status, stderr }, { status: 'ok', stderr: '' });
    const different = differentLine(stdout, readFileSync(new URL(file, golden), 'utf8'));
    assert.equal(different, undefined, different);
    assert.ok(seconds < 15, `${seconds} s`);
    console.log(`    ${seconds.toFixed(2)} s`);
  });
}

test('a recorded run shows what its program shows', async () => {
  await choose('memory_task');
  const recorded = JSON.parse(readFileSync(new URL('memory_task/recorded.json', lessons), 'utf8'));
  const parts = evened(await page.evaluate(partsHere));
  const textOf = (all) => all.map(({ text }) => text ?? '').join('');
  const pointsOf = (all) => all.flatMap(({ points }) => points ?? []);
  assert.equal(differentLine(textOf(parts), textOf(recorded)), undefined);
  const [ours, theirs] = [pointsOf(parts), pointsOf(recorded)];
  assert.deepEqual(
    ours.map(([tag, step]) => `${tag} ${step}`),
    theirs.map(([tag, step]) => `${tag} ${step}`),
  );
  const far = ours.filter(([, , value], i) => Math.abs(value - theirs[i][2]) > 0.02 * Math.max(0.05, theirs[i][2]));
  assert.deepEqual(far, []);
});

test('the menu has every lesson', async () => {
  const names = await page.$$eval('#example optgroup option', (options) => options.map((option) => option.value));
  assert.deepEqual(names.toSorted(), readdirSync(lessons).toSorted());
});

test('a character language model learns from a text and shows its loss while it does', async () => {
  await choose('char_language_model');
  await page.evaluate(() => {
    window.losses = [];
    document.addEventListener('unroll-output', ({ detail }) => {
      for (const [, loss] of detail.text.matchAll(/loss ([\d.]+)/g))
        window.losses.push([Number(loss), performance.now()]);
    });
  });
  const { status, stdout, stderr } = await runByHand();
  assert.deepEqual([status, stderr], ['ok', '']);
  const losses = await page.evaluate(() => window.losses);
  assert.ok(losses.length >= 20 && losses.at(-1)[0] < losses[0][0] / 1.5, `losses ${losses.map(([loss]) => loss)}`);
  assert.ok(losses.at(-1)[1] - losses[0][1] > 300, 'the losses came one by one');
  const [, sample] = stdout.split(/\n\n(.*)/s);
  assert.ok(sample.length > 300, sample);
});

for (const cell of ['LSTM', 'GRU']) {
  test(`a text of 60 KB dropped on the panel trains ${cell} with the losses of PyTorch`, async () => {
    const expected = readFileSync(new URL('../data/programs/char_lm.txt', golden), 'utf8');
    const text = readFileSync(new URL('../data/input.txt', golden), 'utf8');
    const program = readFileSync(new URL('../programs/char_lm.py', golden), 'utf8');
    await page.evaluate(() => {
      document.querySelector('unroll-panel').files = {};
    });
    await dropFiles(page, { 'input.txt': text });
    const { stdout, stderr } = await runCode(page, program.replace('(nn.LSTM, nn.GRU)', `(nn.${cell},)`));
    assert.equal(stderr, '');
    const losses = (printed) =>
      [...printed.matchAll(new RegExp(`^${cell} \\d+ (.+)$`, 'gm'))].map(([, loss]) => Number(loss));
    const [ours, theirs] = [losses(stdout), losses(expected)];
    assert.equal(theirs.length, 20);
    assert.equal(ours.length, 20);
    const errors = ours.map((loss, step) => Math.abs(loss - theirs[step]) / theirs[step]);
    assert.ok(Math.max(...errors) < 1e-4, `relative errors ${errors}`);
  });
}

test('the classifier at full size trains a step, and the mistakes of a learner do it no harm', async () => {
  await choose('lstm_classifier');
  const code = `${await codeOf(page)}
optimizer = torch.optim.Adam(model.parameters())
target = torch.randint(0, 2, (32,))
loss = nn.CrossEntropyLoss()(output, target)
loss.backward()
optimizer.step()
print(loss.item() > 0, all(p.grad is not None for p in model.parameters()))
import _unroll_engine as engine, pyodide_js
print(engine.memory_bytes() + pyodide_js._module.HEAP8.length)
`;
  const { stdout, stderr, seconds } = await runCode(page, code);
  const [shape, trained, memory] = stdout.split('\n');
  assert.deepEqual([shape, trained, stderr], ['torch.Size([32, 2])', 'True True', '']);
  console.log(`    ${seconds.toFixed(2)} s, ${Math.round(memory / 2 ** 20)} MiB of WASM memory`);
  assert.ok(Number(memory) < 2 ** 30, `${memory} bytes of WASM memory`);
  const wrong = await runCode(page, 'import torch\nprint(torch.ones(2, 3) @ torch.ones(2, 3))');
  assert.deepEqual([wrong.error?.type, wrong.error?.line], ['RuntimeError', 2]);
  assert.ok(!wrong.stderr.includes('torch/'), wrong.stderr);
});

test('1,000 runs of a small program leave no tensor and no memory behind', async () => {
  const program = `import torch
import torch.nn as nn
rnn = nn.GRU(4, 8)
out, h = rnn(torch.randn(5, 2, 4))
out.sum().backward()
loop = [rnn, h]
loop.append(loop)
`;
  const probe = `import _unroll_engine as engine, pyodide_js
print(engine.live(), engine.memory_bytes(), pyodide_js._module.HEAP8.length)
`;
  const runs = (count) =>
    page.evaluate(
      async ({ program, probe, count }) => {
        const panel = document.querySelector('unroll-panel');
        panel.code = program;
        for (let i = 0; i < count; i++) {
          const { stderr } = await panel.run();
          if (stderr) return stderr;
        }
        panel.code = probe;
        return (await panel.run()).stdout;
      },
      { program, probe, count },
    );
  const early = await runs(20);
  assert.equal(await runs(1000), early);
  assert.match(early, /^\d+ \d+ \d+\n$/);
});

test('Stop ends a training, and torch works at once afterwards', async () => {
  const endless = 'import torch\nprint("go")\nx = torch.ones(300, 300)\nwhile True: x = (x @ x).tanh()';
  const { status } = await page.evaluate(stopHere, endless);
  assert.equal(status, 'stopped');
  const { stdout, seconds } = await runCode(page, 'import torch\nprint(torch.arange(3) * 2)');
  assert.equal(stdout, 'tensor([0, 2, 4])\n');
  console.log(`    import torch and print: ${Math.round(seconds * 1000)} ms`);
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
