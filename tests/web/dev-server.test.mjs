// npm run dev: the page from the sources, and Python's files as they stand in the tree.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { changedArchive, torchArchive } from '../../wasm-bindings/generate/torch-archive.mjs';
import { unzip, zip } from '../../wasm-bindings/generate/zip.mjs';
import { root } from '../../wasm-bindings/setup/places.mjs';
import { newPage } from './browser.mjs';

const server = spawn(process.execPath, [join(root, 'wasm-bindings/setup/dev.mjs')], {
  env: { ...process.env, PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
after(async () => {
  server.kill();
  await once(server, 'close');
});

/** The address that the command prints. */
async function address() {
  for await (const line of createInterface({ input: server.stdout })) {
    const [url] = /http:\S+/.exec(line) ?? [];
    if (url) return url;
  }
  throw new Error('npm run dev ended without an address');
}

test('the playground runs a program from the sources', async () => {
  const page = await newPage();
  await page.goto(await address());
  await page.waitForFunction(() => document.querySelector('unroll-panel')?.shadowRoot?.querySelector('.run'));
  const result = await page.evaluate(() => {
    const panel = document.querySelector('unroll-panel');
    panel.code = 'import torch, torch.distributions\nprint(torch.ones(2).sum(), torch.__file__)';
    return panel.run();
  });
  assert.equal(result.stderr, '');
  assert.match(result.stdout, /^tensor\(2\.\) \/lib\/torch\.zip\/torch\/__init__\.pyc?\n$/);
});

const names = (archive) => [...unzip(archive).keys()];

test('an archive of what has changed holds sources for that, and bytecode for the rest', async () => {
  const sources = unzip(await torchArchive());
  const isRare = (path) => path.startsWith('torch/distributions/');
  const compiled = zip(
    [...sources.keys()]
      .filter((path) => !isRare(path))
      .map((path) => [path.replace(/\.py$/, '.pyc'), Buffer.from('code')]),
  );
  const withOld = (path) =>
    zip([...sources].map(([name, { read }]) => [name, name === path ? Buffer.from('old') : read()]));

  const same = await changedArchive(withOld(null), compiled, ['torch.distributions']);
  assert.deepEqual([names(same.archive), same.rare], [names(compiled), ['torch.distributions']]);

  const one = await changedArchive(withOld('torch/version.py'), compiled, ['torch.distributions']);
  assert.equal(
    unzip(one.archive).get('torch/version.py').read().toString(),
    sources.get('torch/version.py').read().toString(),
  );
  assert.ok(!names(one.archive).includes('torch/version.pyc'));

  const rare = await changedArchive(withOld('torch/distributions/__init__.py'), compiled, ['torch.distributions']);
  assert.deepEqual(rare.rare, []);
  assert.deepEqual(names(rare.archive).filter(isRare), [...sources.keys()].filter(isRare));
});
