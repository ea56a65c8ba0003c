// JavaScript programs one after another in one worker: what a session keeps, what a program that is over may still do, and files.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSite, runCode } from './browser.mjs';

const panels = `
  <unroll-panel lang="javascript" id="a"><pre>
import * as torch from 'unroll';
torch.manualSeed(3);
torch.setDefaultDtype(torch.float64);
globalThis.besides = 'besides';
const x = torch.ones(2);
let count = 1;
const model = new torch.nn.Linear(1, 1);
console.log(torch.rand(1).item());</pre></unroll-panel>
  <unroll-panel lang="javascript" id="x"><pre>
import * as torch from 'unroll';
console.log(typeof count, typeof besides, torch.getDefaultDtype().name, torch.zeros(3).sum().item());</pre></unroll-panel>
  <unroll-panel lang="javascript" id="b" depends-on="a"><pre>
import * as torch from 'unroll';
console.log(besides, count, x.sum().item(), torch.getDefaultDtype().name, torch.rand(1).item());</pre></unroll-panel>
  <unroll-panel lang="javascript" id="c" depends-on="b"><pre>console.log(x.mul(3), count);</pre></unroll-panel>`;

const site = await openSite();
const { page } = await site.show(panels);

const run = (id) => page.evaluate((id) => document.getElementById(id).run(), id);

test('a session goes on where it was after a panel of another one ran in between', async () => {
  const drawn = await page.evaluate(async () => {
    const panel = document.getElementById('x');
    const { code } = panel;
    panel.code =
      "import * as torch from 'unroll';\ntorch.manualSeed(3);\ntorch.setDefaultDtype(torch.float64);\nnew torch.nn.Linear(1, 1);\nconsole.log(torch.rand(1).item(), torch.rand(1).item());";
    const { stdout } = await panel.run();
    panel.code = code;
    return stdout.trim().split(' ');
  });
  const first = await run('a');
  assert.equal(first.stdout, `${drawn[0]}\n`, first.stderr);
  assert.equal((await run('x')).stdout, 'undefined undefined float32 0\n');
  const second = await run('b');
  assert.equal(second.stdout, `besides 1 2 float64 ${drawn[1]}\n`, second.stderr);
  await run('x');
  const third = await run('c');
  assert.equal(third.stdout, 'tensor([3., 3.]) 1\n', third.stderr);
  const models = await page.evaluate(() => document.getElementById('c').runtime.ask({ kind: 'weights' }));
  assert.equal(models.json[0].name, 'model');
});

test('a session that begins anew has nothing of the old one, and its tensors are freed', async () => {
  const stdout = await page.evaluate(async () => {
    const panel = document.getElementById('a');
    panel.code = "import { memory } from 'unroll';\nconsole.log(typeof count, typeof besides, memory().tensors);";
    await document.getElementById('b').session.runAllAbove();
    return panel.shadowRoot.querySelector('.output').textContent;
  });
  assert.match(stdout, /undefined undefined 0/);
});

test('a promise of a program that is over reaches no tensor of the next one', async () => {
  const late = await runCode(
    page,
    `import * as torch from 'unroll';
const x = torch.zeros(2);
const y = torch.zeros(2);
const all = Array.from({ length: 30 }, () => torch.zeros(2));
const channel = new MessageChannel();
channel.port1.onmessage = () => {
  for (const tensor of [x, y, ...all]) tensor.dispose();
};
fetch('${site.url}/page.html').then(async () => {
  for (let i = 0; i < 50; ++i) await fetch('${site.url}/page.html');
  channel.port2.postMessage(0);
  await 0;
  y.add(1);
});`,
  );
  assert.equal(late.status, 'ok', late.stderr);
  const { stdout, stderr } = await runCode(
    page,
    `import * as torch from 'unroll';
const all = Array.from({ length: 40 }, () => torch.ones(2));
await new Promise((done) => setTimeout(done, 3000));
console.log(all.reduce((sum, tensor) => sum + tensor.sum().item(), 0));`,
  );
  assert.equal(stdout, '80\n', stderr);
});

test('a file name that a panel cannot have is an error at the line that writes it', async () => {
  const write = (name, files = {}) =>
    runCode(page, `\nunroll.writeFile(${JSON.stringify(name)}, 'text');\nconsole.log(unroll.listFiles());`, files);
  for (const name of ['../out.csv', 'a//b', 'a/../../b', 'a/./b', 'folder/']) {
    const { error } = await write(name);
    assert.equal(error?.line, 2, name);
    assert.ok(
      error.message.startsWith(`writeFile('${name}', …): files lie in the program's own folder`),
      error.message,
    );
  }
  assert.match((await write('a', { 'a/b.txt': '' })).error.message, /: a is a folder, with a\/b\.txt in it$/);
  assert.match((await write('a/b', { a: '' })).error.message, /: a is a file, not a folder$/);
  assert.equal((await write('./results/out.csv')).stdout, "[ 'results/out.csv' ]\n");
});
