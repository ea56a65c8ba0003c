// The line that says how much is loaded counts what travels, not what it is unpacked to.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { assetName, newReader, openSite, panelOf } from './browser.mjs';

const assets = fileURLToPath(new URL('../../dist/assets/', import.meta.url));
const pyodide = assetName(/^pyodide-[^/]*$/);
const modules = [
  `${pyodide}/pyodide.asm.wasm`,
  `${pyodide}/pyodide-lock.json`,
  assetName(/^unroll-relaxed-.{8}\.wasm$/),
];
const archives = [assetName(/^python-.{8}\.zip$/), assetName(/^torch-.{8}\.zip$/)];
const megabytes = (files) => files.reduce((sum, file) => sum + statSync(assets + file).size, 0) / 1e6;

for (const [host, plain, files] of [
  ['that compresses', false, [...modules, ...archives].map((file) => `${file}.br`)],
  ['that sends files as they are', true, [...modules, ...archives.map((file) => `${file}.gz`)]],
])
  test(`the total of a start is what travels from a host ${host}`, async () => {
    const site = await openSite({ plain });
    const { page } = await site.show(panelOf('1'), { reader: await newReader() });
    const [loaded, total] = await page.evaluate(async () => {
      const panel = document.querySelector('unroll-panel');
      let last;
      panel.runtime.addEventListener('progress', () => {
        const { stage, loaded, total } = panel.runtime.progress;
        if (stage === 'download') last = [loaded / 1e6, total / 1e6];
      });
      await panel.run();
      return last;
    });
    const expected = megabytes(files);
    assert.ok(expected < (plain ? 16 : 7), `${expected} MB`);
    assert.ok(Math.abs(total / expected - 1) < 0.12, `${total} MB, ${expected} travel`);
    assert.ok(loaded > 0.8 * total && loaded <= total, `${loaded} of ${total} MB`);
  });
