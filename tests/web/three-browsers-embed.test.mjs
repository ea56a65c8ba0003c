// Panels in pages of another origin in each browser engine, under the content policy that docs/embedding.md states.
import assert from 'node:assert/strict';
import { openHost, openSite, panelPage, strictPolicy } from './browser.mjs';
import { inEachBrowser } from './browsers.mjs';

const program = 'import torch\nprint(torch.arange(6).reshape(2, 3).sum(0))';
const embedded = 'src=lessons/bidirectional/main.py&autorun&id=one';

const host = await openHost();
const pages = {
  '/element.html': panelPage([program], { base: `${host.url}/unroll` }),
  '/frame.html': `<!doctype html><title>Course</title><link rel="icon" href="data:,">
    <iframe src="${host.url}/unroll/embed.html?${embedded}"></iframe>
    <script src="${host.url}/unroll/unroll-frame.js"></script>`,
};
const course = await openSite({ pages, headers: strictPolicy({ host: host.url, more: [`frame-src ${host.url}`] }) });

inEachBrowser('embedded', async (browser, t) => {
  const { name } = browser;

  await t.test(`an element of another origin runs a program in ${name}`, async () => {
    const page = await browser.open(`${course.url}/element.html`);
    await page.waitFor(() => Boolean(document.querySelector('unroll-panel')?.shadowRoot));
    const { status, stdout, stderr } = await page.evaluate(() => document.querySelector('unroll-panel').run());
    assert.deepEqual({ status, stdout }, { status: 'ok', stdout: 'tensor([3, 5, 7])\n' }, stderr);
    assert.equal(await page.evaluate(() => crossOriginIsolated), false);
    await page.close();
  });

  await t.test(`a frame of another origin runs its program and gets the height of its panel in ${name}`, async () => {
    const page = await browser.open(`${course.url}/frame.html`);
    const done = await page.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('message', ({ data }) => {
            if (data.source === 'unroll' && data.type === 'done') resolve(data);
          });
        }),
    );
    assert.deepEqual([done.id, done.status, done.error], ['one', 'ok', null]);
    const height = await page.evaluate(() => document.querySelector('iframe').getBoundingClientRect().height);
    assert.ok(height > 300, `the frame is ${height} px high`);
    await page.close();
  });
});
