import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSite, panelOf } from './browser.mjs';

test('the seed of a panel comes before a setup that imports and seeds too, and moves no line of it', async () => {
  const site = await openSite();
  const { page } = await site.show(panelOf('print(1)', 'lang="javascript"') + panelOf('print(2)'));
  const run = (index, set) =>
    page.evaluate(
      async (index, set) => {
        const panel = document.querySelectorAll('unroll-panel')[index];
        const { status, stdout, stderr } = await Object.assign(panel, set).run();
        return { status, stdout, stderr };
      },
      index,
      set,
    );
  const script = {
    seed: 7,
    setup: "import { manualSeed, rand } from 'unroll';\nexport const first = rand(1).item();\nmanualSeed(7);",
    code: "import { manualSeed, rand } from 'unroll';\nconsole.log(first === rand(1).item());",
  };
  assert.deepEqual(await run(0, script), { status: 'ok', stdout: 'true\n', stderr: '' });
  const python = {
    seed: 7,
    setup:
      'import random, torch\nfirst = torch.rand(1), random.random()\ntorch.manual_seed(7); random.seed(7)\nimport sys\nline = sys._getframe().f_lineno',
    code: 'print(first == (torch.rand(1), random.random()), line)',
  };
  assert.deepEqual(await run(1, python), { status: 'ok', stdout: 'True 5\n', stderr: '' });
});
