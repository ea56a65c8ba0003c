// What the page may ask of an idle Python.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { startPython } from './pyodide.mjs';

const python = await startPython();

/** What `runtime.ask(question)` would give. */
function ask(question) {
  const [json, ...bytes] = python.run('import unroll.assist; unroll.assist.ask(text)', {
    text: JSON.stringify(question),
  });
  return json == null ? null : { json: JSON.parse(json), bytes };
}

const runMain = (code) => JSON.parse(python.run('import unroll.runner; unroll.runner.run_main(code)', { code }));

test('a question of an unknown kind, or whose function fails, has no answer', () => {
  assert.equal(ask({ kind: 'weather' }), null);
  python.run('import unroll.assist; unroll.assist.ANSWERS["broken"] = "unroll.assist:nothing"');
  assert.equal(ask({ kind: 'broken' }), null);
  python.run('import unroll.assist; del unroll.assist.ANSWERS["broken"]');
  assert.ok(ask({ kind: 'kinds' }).json.includes('kinds'));
});

test("the last program's names stay until the next one begins, also of one that failed", () => {
  const names = () => python.run('import unroll.runner; sorted(unroll.runner.namespace())').toJs();
  assert.equal(runMain('import torch\nmodel = torch.nn.Linear(2, 3)\n1 / 0').status, 'error');
  assert.ok(names().includes('model'));
  assert.ok(python.engine.live() > 0);
  runMain('import sys\nloop = [sys]\nloop.append(loop)');
  assert.equal(python.engine.live(), 0);
  assert.ok(names().includes('loop') && !names().includes('model'));
});
