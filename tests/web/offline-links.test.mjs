// A link's program where there is no network: it runs apart from the site there too.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openBrowser, openPage, serveSite } from './browser.mjs';
import { importSource } from './source.mjs';

const { makeLink } = await importSource('share/link.ts');
const chromium = await openBrowser();
after(() => chromium.close());

test('a program in a link runs in the playground when its host is gone', async () => {
  const server = await serveSite();
  const { page } = await openPage(chromium.browser, `${server.url}/`);
  const statusHas = (text) =>
    page.waitForFunction((text) => document.querySelector('#status-line').innerText.includes(text), {}, text);
  await statusHas('Make available offline');
  await page.click('#status-line button');
  await statusHas('Works offline');
  await server.close();
  await page.setCacheEnabled(false);
  const code =
    'import torch\nfrom pyodide.code import run_js\nprint(run_js("self.origin"), torch.ones(2).sum().item())';
  await page.evaluate(
    (hash) => {
      location.hash = hash;
      location.reload();
    },
    new URL(await makeLink({ code, files: {}, settings: {} }, server.url)).hash,
  );
  await page.waitForFunction(() => document.querySelector('unroll-panel')?.code.includes('self.origin'));
  const { stdout, stderr } = await page.evaluate(() => document.querySelector('unroll-panel').run());
  assert.equal(stdout, 'null 2.0\n', stderr);
  await page.close();
});
