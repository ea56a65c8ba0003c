// Panels in pages of another origin in each browser engine, under the content policy that docs/embedding.md states.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { panelPage, serveSite } from './browser.mjs';
import { browserNames, launch, whyNot } from './browsers.mjs';

const program = 'import torch\nprint(torch.arange(6).reshape(2, 3).sum(0))';
const embedded = 'src=lessons/bidirectional/main.py&autorun&id=one';

for (const name of browserNames) {
  describe(`embedded, in ${name}`, { skip: whyNot(name) }, () => {
    let host;
    let course;
    let browser;

    before(async () => {
      host = await serveSite({ base: '/unroll/', headers: { 'access-control-allow-origin': '*' } });
      const policy = [
        "default-src 'none'",
        `script-src ${host.url} 'wasm-unsafe-eval'`,
        `connect-src ${host.url}`,
        'worker-src blob:',
        `frame-src ${host.url}`,
        'img-src data:',
      ].join('; ');
      const pages = {
        '/element.html': panelPage([program], `${host.url}/unroll`),
        '/frame.html': `<!doctype html><title>Course</title><link rel="icon" href="data:,">
          <iframe src="${host.url}/unroll/embed.html?${embedded}"></iframe>
          <script src="${host.url}/unroll/unroll-frame.js"></script>`,
      };
      course = await serveSite({ pages, headers: { 'content-security-policy': policy } });
      browser = await launch(name);
    });
    after(async () => {
      await browser?.close();
      await course?.close();
      await host?.close();
    });

    test(`an element of another origin runs a program in ${name}`, async () => {
      const page = await browser.open(`${course.url}/element.html`);
      await page.waitFor(() => Boolean(document.querySelector('unroll-panel')?.shadowRoot));
      const { status, stdout, stderr } = await page.evaluate(() => document.querySelector('unroll-panel').run());
      assert.deepEqual({ status, stdout }, { status: 'ok', stdout: 'tensor([3, 5, 7])\n' }, stderr);
      assert.equal(await page.evaluate(() => crossOriginIsolated), false);
      await page.close();
    });

    test(`a frame of another origin runs its program and gets the height of its panel in ${name}`, async () => {
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
}
