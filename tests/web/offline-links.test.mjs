// A link's program where there is no network: it runs apart from the site there too.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSite, runPanel, waitForCode } from './browser.mjs';
import { importSource } from './source.mjs';

const { makeLink } = await importSource('share/link.ts');

test('a program in a link runs in the playground when its host is gone', async () => {
  const site = await openSite();
  const { page } = await site.open('/');
  const statusHas = (text) =>
    page.waitForFunction((text) => document.querySelector('#status-line').innerText.includes(text), {}, text);
  await statusHas('Make available offline');
  await page.click('#status-line button');
  await statusHas('Works offline');
  await site.close();
  await page.setCacheEnabled(false);
  const code =
    'import torch\nfrom pyodide.code import run_js\nprint(run_js("self.origin"), torch.ones(2).sum().item())';
  await page.evaluate(
    (hash) => {
      location.hash = hash;
      location.reload();
    },
    new URL(await makeLink({ code, files: {}, settings: {} }, site.url)).hash,
  );
  await waitForCode(page, 'self.origin');
  const { stdout, stderr } = await runPanel(page);
  assert.equal(stdout, 'null 2.0\n', stderr);
});
