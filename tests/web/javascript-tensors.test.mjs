// The table of the tensors that a JavaScript program left, as it is there for Python.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSite, panelOf, press, runCode, waitForText } from './browser.mjs';
import { chooseSlice, openTensor, openTensors, tableOf } from './tensor-table.mjs';

const program = `import * as torch from 'unroll';
const { nn } = torch;
torch.manualSeed(0);
const x = torch.arange(12).reshape(3, 4).sub(4).float();
let deep = torch.arange(24).reshape(2, 3, 4);
const state = [torch.zeros(1, 2), torch.ones(2)];
const sizes = { hidden: torch.ones(3), 'two words': torch.ones(4), none: null };
const table = new Float64Array([1.5, 2.5]);
class Forecast extends nn.Module {
  gruLayer = new nn.GRU(3, 5);
  head = new nn.Linear(5, 1);
}
const model = new Forecast();
const parts = { norm: new nn.BatchNorm1d(2) };
const big = torch.randn(5000, 80);
const scalar = torch.tensor(2.5);
const bad = torch.tensor([1, NaN]);
const flags = torch.tensor([true, false]);
const empty = torch.zeros(0, 3);
const freed = torch.ones(2);
freed.dispose();
let lost;
torch.scope(() => { lost = torch.ones(2); });
const around = { self: null, y: torch.ones(1) };
around.self = around;
const _hidden = torch.zeros(2);
const words = 'no tensor';
{ const inner = torch.ones(2); }
globalThis.tensorsNow = torch.memory().tensors;
if (globalThis.fails) throw new Error('too late');
const late = torch.ones(2);`;

const site = await openSite();
const { page, problems } = await site.show(panelOf('', 'lang="javascript"'));

const ask = (question) =>
  page.evaluate(async (question) => {
    const answer = await document.querySelector('unroll-panel').inquire(question);
    return answer && { json: answer.json, values: answer.bytes.map((bytes) => [...new Float64Array(bytes.buffer)]) };
  }, question);

const listed = async () => (await ask({ kind: 'tensors' })).json.map(({ name }) => name);

test('after a run the tensors, arrays and parameters stand in a table', async () => {
  const { stderr } = await runCode(page, program);
  assert.equal(stderr, '');
  await openTensors(page, 'Press a name');
  const { rows } = await tableOf(page);
  const byName = Object.fromEntries(rows.map(([name, ...rest]) => [name, rest]));
  assert.deepEqual(byName.x, ['3 × 4', 'float32', '-4', '1.5', '7']);
  assert.deepEqual(byName.deep, ['2 × 3 × 4', 'int64', '0', '11.5', '23']);
  assert.deepEqual(byName['state[1]'], ['2', 'float32', '1', '1', '1']);
  assert.deepEqual(byName.table, ['2', 'float64', '1.5', '2', '2.5']);
  assert.deepEqual(byName['sizes.hidden'][0], '3');
  assert.deepEqual(byName['sizes["two words"]'][0], '4');
  assert.deepEqual(byName['model.gru_layer.weight_ih_l0'].slice(0, 2), ['15 × 3', 'float32']);
  assert.deepEqual(byName['model.head.bias'].slice(0, 2), ['1', 'float32']);
  assert.deepEqual(byName['parts.norm.running_var'], ['2', 'float32', '1', '1', '1']);
  assert.equal(byName.scalar[0], 'one number');
  assert.equal(byName.bad[3], 'nan');
  assert.deepEqual(byName.flags, ['2', 'bool', '0', '0.5', '1']);
  assert.deepEqual(byName.empty, ['0 × 3', 'float32', '', '', '']);
  assert.equal(byName['around.y'][0], '1');
  for (const name of ['freed', 'lost', '_hidden', 'words', 'inner']) assert.ok(!(name in byName), name);
});

test('a name opens the values, with a slice for each further dimension', async () => {
  await openTensor(page, 'deep');
  await waitForText(page, '.tensors', 'deep: 2 × 3 × 4, int64');
  assert.deepEqual((await tableOf(page)).rows[2], ['2', '8', '9', '10', '11']);
  await chooseSlice(page, 1, '12');
  await press(page, 'All tensors');
  await waitForText(page, '.tensors', 'Press a name');
  await press(page, 'big');
  await waitForText(page, '.tensors', 'The first 200 of 5000 rows and 50 of 80 columns');
  await page.keyboard.press('Escape');
});

test('values are those of the tensor, of every type and size, and looking leaves no tensor behind', async () => {
  const values = async (name, at) => {
    const { json, values } = await ask({ kind: 'tensor', name, at });
    return [json.rows, json.columns, values[0]];
  };
  assert.deepEqual(await values('scalar'), [1, 1, [2.5]]);
  assert.deepEqual(await values('state[1]'), [2, 1, [1, 1]]);
  assert.deepEqual(await values('table'), [2, 1, [1.5, 2.5]]);
  assert.deepEqual(await values('flags'), [2, 1, [1, 0]]);
  assert.deepEqual(await values('empty'), [0, 3, []]);
  assert.deepEqual(
    (await values('deep', [9]))[2],
    Array.from({ length: 12 }, (_, i) => i + 12),
  );
  assert.deepEqual((await values('big')).slice(0, 2), [2500, 80]);
  assert.equal(await ask({ kind: 'tensor', name: 'freed' }), null);
  assert.equal(await ask({ kind: 'tensor', name: 'unknown' }), null);
  const [before, behind] = await counts();
  // The garbage collector may have freed some meanwhile.
  assert.ok(behind <= before, `${before} tensors before, ${behind} behind`);
});

/** The live tensors after the program and now, by a name with a getter. */
async function counts() {
  await runCode(page, `${program}\nconst now = { get memory() { return torch.tensor(torch.memory().tensors) } };`);
  const seen = [];
  for (let i = 0; i < 2; ++i) {
    await listed();
    seen.push((await ask({ kind: 'tensor', name: 'now.memory' })).values[0][0]);
  }
  return seen;
}

test('the tensors of a program that failed are there, but for those behind the error', async () => {
  const { status, error } = await runCode(page, program.replace('globalThis.fails', 'true'));
  assert.equal(status, 'error');
  assert.equal(error.line, program.split('\n').findIndex((line) => line.includes('too late')) + 1);
  const names = await listed();
  assert.ok(names.includes('x') && names.includes('model.head.weight'));
  assert.ok(!names.includes('late'));
  assert.equal((await ask({ kind: 'weights' })).json[0].name, 'model');
});

test('an error in the first line has its place', async () => {
  const { stderr, error } = await runCode(page, 'const a = 1; throw new Error("here");');
  assert.equal(error.line, 1);
  assert.match(stderr, /main\.js:1\nconst a = 1; throw new Error\("here"\);\n {13,19}\^\n[\s\S]*\(?main\.js:1:(14|20)/);
});

test('a program may begin with the line of a script', async () => {
  const { stdout, stderr } = await runCode(page, '#!/usr/bin/env node\nconst a = 1;\nconsole.log(a);');
  assert.deepEqual([stdout, stderr], ['1\n', '']);
});

test('a program without tensors says so, and after another start why there are none', async () => {
  await runCode(page, 'console.log(1)');
  await openTensors(page, 'The last program has left no tensors');
  await page.keyboard.press('Escape');
  await page.evaluate(() => document.querySelector('unroll-panel').runtime.close());
  await openTensors(page, 'Another program has run since, or the JavaScript engine was restarted');
  await page.keyboard.press('Escape');
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
