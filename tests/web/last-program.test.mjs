// Weights, tensors and the editor's help are about the program of their own panel.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSite } from './browser.mjs';

const body = `<unroll-panel id="one"><pre>
import numpy as np, torch
model_one = torch.nn.Linear(2, 2)
exact = torch.tensor([0.1], dtype=torch.float64)
table = np.array([[0.1, 16777217.0]])
flags = torch.tensor([True, False])
many = torch.arange(24).view(2, 3, 4)</pre></unroll-panel>
<unroll-panel id="two"><pre>model_two = 1</pre></unroll-panel>
<unroll-panel id="script" lang="javascript"><pre>
import { nn } from 'unroll';
const model = new nn.Linear(2, 2);</pre></unroll-panel>`;

const site = await openSite();
const { page } = await site.show(body);

const ask = (id, question) =>
  page.evaluate(
    async (id, question) => (await document.getElementById(id).inquire(question))?.json ?? null,
    id,
    question,
  );

test('values of float64 arrays are shown as they are', async () => {
  const values = await page.evaluate(async () => {
    await one.run();
    const bytesOf = async (question) => {
      const answer = await one.inquire({ kind: 'tensor', ...question });
      return answer.json && [...new Float64Array(answer.bytes[0].slice().buffer)];
    };
    return [
      await bytesOf({ name: 'table' }),
      await bytesOf({ name: 'exact' }),
      await bytesOf({ name: 'flags' }),
      await bytesOf({ name: 'many', at: [1] }),
    ];
  });
  const many = Array.from({ length: 12 }, (_, i) => i + 12);
  assert.deepEqual(values, [[0.1, 16777217], [0.1], [1, 0], many]);
  const rows = await ask('one', { kind: 'tensors' });
  const { min, mean, max } = rows.find(({ name }) => name === 'table');
  assert.deepEqual([min, mean, max], [0.1, (0.1 + 16777217) / 2, 16777217]);
  const flags = rows.find(({ name }) => name === 'flags');
  assert.deepEqual([flags.min, flags.mean, flags.max], [0, 0.5, 1]);
});

test('after the program of another panel there are no weights, tensors and names of it to be had', async () => {
  const complete = { kind: 'complete', before: 'model_', after: '', main: true, files: {} };
  const labels = async (id) => JSON.stringify(await ask(id, complete));
  assert.match(await labels('one'), /model_one/);
  assert.doesNotMatch(await labels('two'), /model_one/);
  assert.equal((await ask('one', { kind: 'weights' }))[0].name, 'model_one');
  assert.equal(await ask('two', { kind: 'weights' }), null);
  await page.evaluate(() => two.run());
  assert.deepEqual([await ask('one', { kind: 'weights' }), await ask('one', { kind: 'tensors' })], [null, null]);
  const told = await page.evaluate(async () => {
    await one.actions.find(({ id }) => id === 'tensors').run();
    const said = one.shadowRoot.querySelector('.tensors').innerText;
    one.shadowRoot.querySelector('dialog[open]')?.close();
    return said;
  });
  assert.match(told, /Another program has run since/);
});

test('while a program runs the weights say so', async () => {
  const told = await page.evaluate(async () => {
    two.code = 'import time; time.sleep(2)';
    const running = two.run();
    await new Promise((done) => setTimeout(done, 500));
    await one.actions.find(({ id }) => id === 'download-pt').run();
    await one.updateComplete;
    await running;
    return one.shadowRoot.querySelector('.notice').innerText;
  });
  assert.match(told, /A program is running/);
});

test('weights of a JavaScript program can be saved', async () => {
  const found = await page.evaluate(async () => {
    await script.run();
    const action = script.actions.find(({ id }) => id === 'download-safetensors');
    return [action.available?.() ?? true, (await script.inquire({ kind: 'weights' })).json[0].name];
  });
  assert.deepEqual(found, [true, 'model']);
});
