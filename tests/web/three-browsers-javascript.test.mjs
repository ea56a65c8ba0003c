import assert from 'node:assert/strict';
import { openSite, panelPage } from './browser.mjs';
import { inEachBrowser } from './browsers.mjs';
import { runHere, stopHere } from './in-page.mjs';

const program = `import * as torch from 'unroll';
torch.manualSeed(0);
const gru = new torch.nn.GRU(1, 4, { batchFirst: true });
const optimizer = new torch.optim.Adam(gru.parameters(), { lr: 0.05 });
const x = torch.arange(20).reshape(2, 10, 1).div(7).sin();
for (let step = 0; step < 20; ++step) {
  const loss = torch.scope(() => {
    const loss = gru(x)[1].sub(0.5).pow(2).mean();
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    return loss.item();
  });
  if (step % 19 === 0) console.log(loss.toFixed(3));
}
`;

const failing = `import * as torch from 'unroll';
import { twice } from './lib.js';
function multiply(a) {
  const b = a.matmul(a);
  return b;
}
console.log(twice(2));
multiply(torch.zeros(2, 3));
`;

const files = { 'lib.js': 'export const twice = (x) => 2 * x;' };

const pages = { '/lesson.html': panelPage([program], { attributes: 'lang="javascript"' }), '/slow': () => {} };
const site = await openSite({ pages });

inEachBrowser('JavaScript', async (browser, t) => {
  const page = await browser.open(`${site.url}/lesson.html`);
  await page.waitFor(() => customElements.get('unroll-panel') !== undefined);
  const run = (code, files) => page.evaluate(runHere, code, files);

  await t.test('a GRU trains to the numbers of PyTorch', async () => {
    const { status, stdout, stderr } = await run();
    assert.equal(status, 'ok', stderr);
    assert.equal(stdout, '0.527\n0.006\n');
  });

  await t.test('an error has the line, and places in the program only', async () => {
    const { error, stdout, stderr } = await run(failing, files);
    assert.equal(stdout, '4\n');
    assert.equal(error.line, 4);
    assert.match(error.message, /mat1 and mat2 shapes/);
    assert.match(stderr, /\n {4}at multiply \(main\.js:4:\d+\)\n {4}at (module code \()?main\.js:8:\d+\)?\n$/);
  });

  await t.test('a program that is no JavaScript says in which line', async () => {
    const { error } = await run('const a = 1;\nconst b = (2;\nconsole.log(a);');
    assert.equal(error.type, 'SyntaxError');
    assert.equal(error.line, 2);
  });

  await t.test('an error in the first line has its column', async () => {
    const { error, stderr } = await run('const a = 1; a.missing.name();');
    assert.equal(error.line, 1);
    const column = Number(/main\.js:1:(\d+)/.exec(stderr)?.[1]);
    assert.ok(column >= 14 && column <= 31, stderr);
  });

  await t.test('Stop ends a program that waits now and then, and what it made is there', async () => {
    const tell = () =>
      page.evaluate(async () => {
        const panel = document.querySelector('unroll-panel');
        const names = (await panel.inquire({ kind: 'tensors' }))?.json.map(({ name }) => name);
        return { names, starts: panel.runtime.starts };
      });
    for (const wait of ['new Promise((done) => setTimeout(done))', "unroll.input('?')", 'fetch(SLOW)']) {
      const code = `${program.split('for (')[0]}console.log('on');\nfor (;;) { gru(x); await ${wait}; }`;
      const { starts } = await tell();
      const { status, stderr } = await page.evaluate(stopHere, code.replace('SLOW', `'${site.url}/slow'`));
      const left = await tell();
      assert.deepEqual([wait, status, stderr, left.starts], [wait, 'stopped', '', starts]);
      assert.ok(left.names.includes('x') && left.names.includes('gru.weight_ih_l0'), left.names.join());
    }
  });

  await t.test('Stop ends a loop without a pause, and the next program runs', async () => {
    const { status } = await page.evaluate(stopHere, 'console.log("on"); for (;;) {}');
    assert.equal(status, 'stopped');
    assert.equal((await run('console.log(1);')).stdout, '1\n');
  });
});
