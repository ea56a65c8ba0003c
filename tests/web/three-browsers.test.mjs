// The whole way in each browser engine: start, train, print, an error's line, Stop, run again, a second visit.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { panelPage, serveSite } from './browser.mjs';
import { browserNames, launch, whyNot } from './browsers.mjs';

const training = `
import torch
import torch.nn as nn

torch.manual_seed(0)
lstm = nn.LSTM(3, 4, batch_first=True)
x = torch.randn(2, 5, 3)
optimizer = torch.optim.Adam(lstm.parameters(), lr=0.1)
for step in range(5):
    loss = lstm(x)[0].square().mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(f"{loss.item():.4f}")
`;
/** What real PyTorch prints. */
const losses = '0.0173\n0.0045\n0.0029\n0.0019\n0.0012\n';

/** In the page: runs `code` in its panel. */
const run = async (code) => {
  const panel = document.querySelector('unroll-panel');
  panel.code = code;
  return panel.run();
};
/** In the page: the same for the program that stands there; tells whether Python was started from scratch. */
const firstRun = async () => {
  const panel = document.querySelector('unroll-panel');
  let fromScratch = false;
  new MutationObserver(() => {
    fromScratch ||= panel.shadowRoot.textContent.includes('starting torch');
  }).observe(panel.shadowRoot, { subtree: true, childList: true, characterData: true });
  return { ...(await panel.run()), fromScratch };
};
/** In the page: whether Python's memory is kept for the next visit. */
const isKept = async () => {
  if (!(await indexedDB.databases()).some(({ name }) => name === 'unroll')) return false;
  const settled = (request) => new Promise((done) => Object.assign(request, { onsuccess: () => done(request.result) }));
  const database = await settled(indexedDB.open('unroll'));
  const key = await settled(database.transaction('snapshots').objectStore('snapshots').getKey('python'));
  database.close();
  return key !== undefined;
};
const hasEditor = () => Boolean(document.querySelector('unroll-panel')?.shadowRoot?.querySelector('.cm-content'));

for (const name of browserNames) {
  describe(`in ${name}`, { skip: whyNot(name) }, () => {
    let server;
    let browser;
    let page;

    before(async () => {
      server = await serveSite({ pages: { '/lesson.html': panelPage([training]) } });
      browser = await launch(name);
      page = await browser.open(`${server.url}/lesson.html`);
      await page.waitFor(hasEditor);
    });
    after(async () => {
      await browser?.close();
      await server?.close();
    });

    test(`an LSTM trains to PyTorch's numbers in ${name}`, async (t) => {
      const started = performance.now();
      const result = await page.evaluate(firstRun);
      t.diagnostic(`${name}: the first run took ${Math.round(performance.now() - started)} ms`);
      assert.equal(result.status, 'ok', result.stderr);
      assert.equal(result.stdout, losses);
      assert.equal(result.fromScratch, true);
    });

    test(`an error names its line, and the editor marks it, in ${name}`, async () => {
      const result = await page.evaluate(run, 'x = 1\n\nprint(x / 0)');
      assert.deepEqual([result.error.type, result.error.line], ['ZeroDivisionError', 3]);
      const marked = await page.waitFor(
        () => document.querySelector('unroll-panel').shadowRoot.querySelector('.cm-errorLine')?.textContent,
      );
      assert.equal(marked, 'print(x / 0)');
    });

    test(`Stop ends an endless loop, and the next program runs, in ${name}`, async (t) => {
      const { result, ms } = await page.evaluate(async () => {
        const panel = document.querySelector('unroll-panel');
        panel.code = 'print("round")\nwhile True:\n    pass';
        const first = new Promise((done) => panel.addEventListener('unroll-output', done, { once: true }));
        const running = panel.run();
        await first;
        const pressed = performance.now();
        await panel.stop();
        return { result: await running, ms: performance.now() - pressed };
      });
      t.diagnostic(`${name}: ready again ${Math.round(ms)} ms after Stop`);
      assert.deepEqual([result.status, result.stdout], ['stopped', 'round\n']);
      assert.equal((await page.evaluate(run, 'print(6 * 7)')).stdout, '42\n');
    });

    test(`a second visit starts from the kept memory in ${name}`, async (t) => {
      await page.waitFor(isKept);
      let fromScratch = true;
      // On a machine with much else to do the storage may not answer in time, and then a start does not wait for it.
      for (let visit = 0; fromScratch && visit < 3; visit++) {
        await page.goto(`${server.url}/lesson.html`);
        await page.waitFor(hasEditor);
        const started = performance.now();
        const result = await page.evaluate(firstRun);
        t.diagnostic(`${name}: the first run of a second visit took ${Math.round(performance.now() - started)} ms`);
        assert.equal(result.stdout, losses);
        fromScratch = result.fromScratch;
      }
      assert.equal(fromScratch, false);
    });
  });
}
