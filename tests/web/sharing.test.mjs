import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dropFiles, openSite, panelPage, runAction, runCode, textOf } from './browser.mjs';

const lesson = (attributes) => panelPage(['print("author")'], { attributes });
const pages = { '/lesson.html': lesson(), '/seed.html': lesson('autorun loading="eager" seed="3"') };
const site = await openSite({ pages });
/** In the page: does something of the menu by its id, with the clipboard and downloads caught. */
async function act(id) {
  const panel = document.querySelector('unroll-panel');
  const caught = { text: null, files: [] };
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: { writeText: async (text) => void (caught.text = text) },
  });
  const { click } = HTMLAnchorElement.prototype;
  HTMLAnchorElement.prototype.click = function () {
    caught.files.push({ name: this.download, url: this.href });
  };
  await panel.actions.find((action) => action.id === id).run();
  HTMLAnchorElement.prototype.click = click;
  await panel.updateComplete;
  const files = caught.files.map(async ({ name, url }) => [
    name,
    [...new Uint8Array(await (await fetch(url)).arrayBuffer())],
  ]);
  const notice = panel.shadowRoot.querySelector('.notice[role=status]')?.innerText ?? '';
  return { text: caught.text, notice, files: Object.fromEntries(await Promise.all(files)) };
}

const open = async (path) => (await site.open(path)).page;

test('a link made in one panel opens in the playground: program, files and settings, marked, isolated, not run', async () => {
  const page = await open('/lesson.html');
  await page.evaluate(() => {
    const panel = document.querySelector('unroll-panel');
    panel.code = 'print(open("a.txt").read())';
    panel.files = { 'a.txt': 'hello', 'b.bin': new Uint8Array([1, 0, 2]) };
    panel.packages = 'numpy';
    panel.seed = 5;
  });
  const before = site.asked.length;
  const { text, notice } = await page.evaluate(act, 'copy-link');
  assert.match(text, new RegExp(`^${site.url}/#unroll=1\\.`));
  assert.match(notice, /Link copied.*its 2 files.*nothing was sent anywhere/);
  const asked = site.asked.slice(before).filter((path) => !/\.js$/.test(path));
  assert.deepEqual(asked, []);
  await page.close();

  const other = await open(text.slice(site.url.length));
  await other.waitForFunction(() => document.querySelector('unroll-panel').fromLink);
  await new Promise((done) => setTimeout(done, 1000));
  const seen = await other.evaluate(() => {
    const { code, isolated, seed, packages, files, runtime } = document.querySelector('unroll-panel');
    return { code, isolated, seed, packages, names: Object.keys(files), state: runtime.state };
  });
  assert.deepEqual(seen, {
    code: 'print(open("a.txt").read())',
    isolated: true,
    seed: 5,
    packages: 'numpy',
    names: ['a.txt', 'b.bin'],
    state: 'off',
  });
  assert.match(await textOf(other, '.stranger'), /This code came in a link.*read the code before you run it/s);
  await other.evaluate(() => {
    location.hash = '#bidirectional';
  });
  await other.waitForFunction(() => !document.querySelector('unroll-panel').isolated);
  assert.equal(await textOf(other, '.stranger'), '');
});

test('a link that is incomplete says so, and the playground works on', async () => {
  const page = await open('/#unroll=1.abcdefgh');
  await page.waitForFunction(() => document.querySelector('#notice').innerText.includes('incomplete'));
  assert.equal((await runCode(page, 'print("on")')).stdout, 'on\n');
});

test('where the clipboard is closed, the link stands in a field', async () => {
  const page = await open('/lesson.html');
  const value = await page.evaluate(async () => {
    const panel = document.querySelector('unroll-panel');
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } });
    await panel.actions.find(({ id }) => id === 'copy-link').run();
    await panel.updateComplete;
    return panel.shadowRoot.querySelector('.notice input').value;
  });
  assert.match(value, /#unroll=1\./);
});

test('a seed of the panel makes runs draw the same numbers', async () => {
  const page = await open('/seed.html');
  const program = 'import torch, random\nprint(torch.rand(2).tolist(), random.random())';
  const [first, second] = [await runCode(page, program), await runCode(page, program)];
  assert.equal(first.stdout, second.stdout, first.stderr);
  const own = await runCode(page, `import torch, random\ntorch.manual_seed(3); random.seed(3)\n${program}`);
  assert.equal(own.stdout, first.stdout);
  await runAction(page, 'no-seed');
  assert.notEqual((await runCode(page, program)).stdout, first.stdout);
});

test('program, notebook and weights can be saved, and a notebook opened', async () => {
  const page = await open('/lesson.html');
  assert.match((await page.evaluate(act, 'download-pt')).notice, /no weights yet/);
  const code = 'import torch\nmodel = torch.nn.GRU(2, 3)\nhead = torch.nn.Linear(3, 1)\nalias = model\n';
  await runCode(page, code, { 'a.txt': 'x' });
  const { files } = await page.evaluate(act, 'download-program');
  assert.equal(Buffer.from(files['main.py']).toString(), code);
  const notebook = Buffer.from((await page.evaluate(act, 'download-notebook')).files['program.ipynb']).toString();
  assert.equal(JSON.parse(notebook).cells.length, 2);
  const { notice } = await page.evaluate(act, 'download-safetensors');
  assert.match(notice, /Which module\?\s*model \(GRU, 63 numbers\)\s*head \(Linear, 4 numbers\)/);
  const saved = await page.evaluate(async () => {
    const panel = document.querySelector('unroll-panel');
    const read = async (format) => [...(await panel.runtime.ask({ kind: 'weights', name: 'head', format })).bytes[0]];
    return { pt: await read('pt'), safetensors: await read('safetensors') };
  });
  const check = `import torch\nfrom safetensors.torch import load_file
print(sorted(torch.load("head.pt")), sorted(load_file("head.safetensors")))`;
  const both = await page.evaluate(
    async ({ saved, check }) => {
      const panel = document.querySelector('unroll-panel');
      panel.files = { 'head.pt': new Uint8Array(saved.pt), 'head.safetensors': new Uint8Array(saved.safetensors) };
      panel.code = check;
      return panel.run();
    },
    { saved, check },
  );
  assert.equal(both.stdout, "['bias', 'weight'] ['bias', 'weight']\n", both.stderr);
  await dropFiles(page, { 'lesson.ipynb': notebook });
  await page.waitForFunction((code) => document.querySelector('unroll-panel').code === code, {}, code);
  assert.ok('a.txt' in (await page.evaluate(() => document.querySelector('unroll-panel').files)));
});
