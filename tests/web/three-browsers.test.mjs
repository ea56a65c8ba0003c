// The whole way in each browser engine: start, train, print, an error's line, Stop, run again, a second visit.
import assert from 'node:assert/strict';
import { openSite, panelPage } from './browser.mjs';
import { inEachBrowser } from './browsers.mjs';
import { runHere, stopHere } from './in-page.mjs';

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
const script = `import * as torch from 'unroll';
const { nn, optim } = torch;

torch.manualSeed(0);
const lstm = new nn.LSTM(3, 4, { batchFirst: true });
const x = torch.randn(2, 5, 3);
const optimizer = new optim.Adam(lstm.parameters(), { lr: 0.1 });
for (let step = 0; step < 5; ++step) {
  const loss = lstm(x)[0].square().mean();
  optimizer.zeroGrad();
  loss.backward();
  optimizer.step();
  console.log(loss.item().toFixed(4));
}
`;
const drawing = `
import matplotlib.pyplot as plt
import unroll

for value in (3, 2, 1):
    unroll.log(loss=value)
plt.plot([3, 2, 1])
plt.show()
open("out.txt", "w").write("kept")
`;
/** What real PyTorch prints. */
const losses = '0.0173\n0.0045\n0.0029\n0.0019\n0.0012\n';

const pages = {
  '/lesson.html': panelPage([training]),
  '/script.html': panelPage([script], { attributes: 'lang="javascript"' }),
};

/** In the page: runs the program that stands there; tells whether Python was started from scratch. */
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

const site = await openSite({ pages });

inEachBrowser('the whole way', async (browser, t) => {
  const { name } = browser;
  const page = await browser.open(`${site.url}/lesson.html`);
  await page.waitFor(hasEditor);

  await t.test(`an LSTM trains to PyTorch's numbers in ${name}`, async (t) => {
    const started = performance.now();
    const result = await page.evaluate(firstRun);
    t.diagnostic(`${name}: the first run took ${Math.round(performance.now() - started)} ms`);
    assert.equal(result.status, 'ok', result.stderr);
    assert.equal(result.stdout, losses);
    assert.equal(result.fromScratch, true);
  });

  await t.test(`an error names its line, and the editor marks it, in ${name}`, async () => {
    const result = await page.evaluate(runHere, 'x = 1\n\nprint(x / 0)');
    assert.deepEqual([result.error.type, result.error.line], ['ZeroDivisionError', 3]);
    const marked = await page.waitFor(
      () => document.querySelector('unroll-panel').shadowRoot.querySelector('.cm-errorLine')?.textContent,
    );
    assert.equal(marked, 'print(x / 0)');
    const dot = () => {
      const status = document.querySelector('unroll-panel').shadowRoot.querySelector('.status');
      return getComputedStyle(status, '::before').display;
    };
    assert.equal(await page.evaluate(dot), 'none', 'the dot of a running program is still there');
  });

  await t.test(`Stop ends an endless loop, and the next program runs, in ${name}`, async (t) => {
    const result = await page.evaluate(stopHere, 'print("round")\nwhile True:\n    pass');
    t.diagnostic(`${name}: ready again ${Math.round(result.took)} ms after Stop`);
    assert.deepEqual([result.status, result.stdout], ['stopped', 'round\n']);
    assert.equal((await page.evaluate(runHere, 'print(6 * 7)')).stdout, '42\n');
  });

  await t.test(`a program reads what the reader types, or what was written before it, in ${name}`, async () => {
    const stdout = await page.evaluate(async () => {
      const panel = document.querySelector('unroll-panel');
      panel.code = 'name = input("Name? ")\nprint("Hello", name)';
      await panel.updateComplete;
      const root = panel.shadowRoot;
      const later = (find) =>
        new Promise((found) => {
          const look = () => (find() ? found(find()) : setTimeout(look, 50));
          look();
        });
      // What a browser without JSPI shows before the run, the others show when the program asks.
      if (!('Suspending' in WebAssembly)) {
        const box = await later(() => root.querySelector('.stdin textarea'));
        box.value = 'Ada';
        box.dispatchEvent(new InputEvent('input', { bubbles: true }));
        return (await panel.run()).stdout;
      }
      const running = panel.run();
      const line = await later(() => root.querySelector('.ask-line'));
      line.value = 'Ada';
      line.form.requestSubmit();
      return (await running).stdout;
    });
    assert.match(stdout, /Hello Ada\n$/);
  });

  await t.test(`100,000 lines end with the last one in view, in ${name}`, async (t) => {
    const started = performance.now();
    await page.evaluate(runHere, 'for i in range(100_000):\n    print("line", i)');
    const shown = await page.waitFor(() => {
      const output = document.querySelector('unroll-panel').shadowRoot.querySelector('.output');
      const box = output.getBoundingClientRect();
      const last = [...output.querySelectorAll('*')].filter((line) => /line 99999$/.test(line.innerText.trim())).at(-1);
      const at = last?.getBoundingClientRect();
      return at && at.bottom > box.top && at.top < box.bottom && output.querySelectorAll('*').length;
    });
    t.diagnostic(`${name}: 100,000 lines took ${Math.round(performance.now() - started)} ms`);
    assert.ok(shown < 2000, `${shown} elements`);
  });

  await t.test(
    `figures, the live plot and files of a program are there in ${name}, and nothing is wider than the page`,
    async () => {
      await page.evaluate(runHere, drawing);
      const seen = await page.waitFor(() => {
        const root = document.querySelector('unroll-panel').shadowRoot;
        const widest = (all) => Math.max(0, ...all.map((svg) => svg.getBoundingClientRect().width));
        const pictures = [...root.querySelectorAll('.picture')].map((box) => box.shadowRoot.querySelector('svg'));
        const [picture, chart] = [widest(pictures), widest([...root.querySelectorAll('.live svg')])];
        const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
        return picture > 200 && chart > 200 && { files: root.querySelector('.files').innerText, wide };
      });
      assert.match(seen.files, /out\.txt/);
      assert.equal(seen.wide, 0);
    },
  );

  await t.test(`a JavaScript program trains to the same numbers in ${name}`, async (t) => {
    const other = await browser.open(`${site.url}/script.html`);
    await other.waitFor(hasEditor);
    const started = performance.now();
    const result = await other.evaluate(() => document.querySelector('unroll-panel').run());
    t.diagnostic(`${name}: the first run in JavaScript took ${Math.round(performance.now() - started)} ms`);
    assert.equal(result.status, 'ok', result.stderr);
    assert.equal(result.stdout, losses);
    const { error } = await other.evaluate(runHere, 'const x = 1;\n\nx.none();');
    assert.deepEqual([error.type, error.line], ['TypeError', 3]);
    const stopped = await other.evaluate(stopHere, 'console.log("round");\nwhile (true) {}');
    assert.equal(stopped.status, 'stopped');
    assert.equal((await other.evaluate(runHere, 'console.log(6 * 7)')).stdout, '42\n');
    await other.close();
  });

  await t.test(`a second visit starts from the kept memory in ${name}`, async (t) => {
    await page.waitFor(isKept);
    let fromScratch = true;
    // On a machine with much else to do the storage may not answer in time, and then a start does not wait for it.
    for (let visit = 0; fromScratch && visit < 3; visit++) {
      await page.goto(`${site.url}/lesson.html`);
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
