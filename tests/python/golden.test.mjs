// Expressions that real PyTorch and this package both ran: printed text, numbers, errors.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { cases, closeData } from './golden.mjs';
import { read, startPython } from './pyodide.mjs';

const all = Object.values(cases).flat();
let results;

before(async () => {
  const { pyodide, run } = await startPython();
  pyodide.FS.writeFile('python_side.py', await read('tests/golden/python_side.py'));
  const asked = JSON.stringify(all.map(({ kind, code }) => [kind, code]));
  const code = `
import json, sys
sys.path.insert(0, ".")
import python_side
json.dumps([python_side.run_case(kind, code) for kind, code in json.loads(asked)])
`;
  results = JSON.parse(run(code, { asked }));
});

/** The first line of an error; PyTorch explains further below. */
const firstLine = (message) => message.split('\n')[0];

const checks = {
  text(result, expected) {
    assert.equal(result.error, undefined, result.message);
    assert.equal(result.text, expected.text);
  },
  values(result, expected) {
    assert.equal(result.error, undefined, result.message);
    if (closeData(result.value, expected.value, 1e-6)) return;
    assert.deepEqual(result.value, expected.value);
  },
  errors(result, expected) {
    assert.equal(result.error ?? 'no error', expected.error ?? 'no error', result.message);
    if (expected.error) assert.equal(firstLine(result.message), firstLine(expected.message));
  },
  refusals(result, expected) {
    assert.ok(expected.error);
    assert.equal(result.error, expected.error, result.text);
  },
};
const titles = { text: 'prints', values: 'computes', errors: 'refuses', refusals: 'refuses in words of its own, but' };

for (const [i, expected] of all.entries()) {
  test(`${titles[expected.kind]} as PyTorch does: ${expected.code}`, () => checks[expected.kind](results[i], expected));
}
