// Errors that beginners meet in JavaScript, and the plain words under them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSite, panelOf, runCode } from './browser.mjs';

const site = await openSite();
const { page } = await site.show(panelOf('', 'lang="javascript"'));

const lstm = 'const { nn } = torch;\nconst lstm = new nn.LSTM(2, 3);\nconst x = torch.zeros(4, 1, 2);\n';
const cases = {
  'const weights = 1;\nconsole.log(wieghts);': /There is no `wieghts`\. Did you mean `weights`\?/,
  'print(1);': /`console\.log\(…\)` prints/,
  'zeros(2);': /write `torch\.zeros`/,
  'F.relu(torch.ones(1));': /`const F = torch\.nn\.functional;`/,
  'torch.manual_seed(0);': /It is called `torch\.manualSeed` here/,
  'torch.ones(2).logsoftmax(0);': /Tensors have `logSoftmax`/,
  [`${lstm}const out = lstm(x);\nout.mul(2);`]: /`const \[output, hidden\] = …` in the place of `out = …`/,
  [`${lstm}const out = lstm(x);\nnew nn.Linear(3, 1)(out);`]: /`const \[output, hidden\] = gru\(x\);`/,
  [`${lstm}const [out, h, c] = lstm(x);\nconsole.log(c.shape);`]: /`const \[output, \[h, c\]\] = lstm\(x\);`/,
  [`${lstm}lstm(torch.zeros(4, 1, 5));`]: /made for 2 features a step.* got is 5/,
  'const line = unroll.input();\nline.trim();': /`line = await …`/,
  'const loss = 1;\nloss = 2;': /Make it with `let`/,
  'torch.nn.Linear(2, 1);': /made with `new`/,
  'torch.ones(2, 3).matmul(torch.ones(2, 3));': /last size of the first is 3, and the second takes 2/,
  'const a = torch.ones(2);\nconsole.log(a * 2);': /`a\.mul\(b\)`/,
  'torch.ones(2).reshape(3);': /The tensor has 2 values/,
  'import { lstm } from "unroll";': /The package has `torch\.nn\.LSTM`/,
  'import torch': /This is how Python imports/,
  'def f(x):\n  return x': /between braces/,
};
for (const [code, words] of Object.entries(cases))
  test(`${code.split('\n').at(-1)} is explained`, async () => {
    const { error } = await runCode(page, `import * as torch from 'unroll';\n${code}`);
    assert.match(error?.hint ?? '', words, JSON.stringify(error));
  });

test('an error that says all there is to say has no hint', async () => {
  const { error } = await runCode(page, "throw new Error('mine');");
  assert.equal(error.hint, undefined);
});
