// Whether programs can wait for promises is tried, not read off the browser: Pyodide gives up its own way of calling C for some user agents.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newReader, openSite, panelPage, runPanel, waitForPart } from './browser.mjs';
import { inEachBrowser } from './browsers.mjs';
import { runHere, stopHere } from './in-page.mjs';

const agents = {
  'an iPhone':
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/27.0 Mobile/15E148 Safari/604.1',
  'an iPad':
    'Mozilla/5.0 (iPad; CPU OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/27.0 Mobile/15E148 Safari/604.1',
  'an iPad that calls itself a Mac':
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/27.0 Safari/605.1.15',
  'an Android phone':
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36',
};

/** Long enough to listen to the page, and it waits. */
const program = `import time, torch
x = torch.ones(3)
end = time.perf_counter() + 0.2
while time.perf_counter() < end:
    x = x * 1
time.sleep(0.01)
print(x.sum().item())`;

const isThere = () => Boolean(document.querySelector('unroll-panel')?.run);

const site = await openSite({
  pages: { '/lesson.html': panelPage([program]), '/ask.html': panelPage(['print("Hello", input())']) },
});

for (const [name, agent] of Object.entries(agents))
  inEachBrowser(
    `a program runs, can be stopped, and runs again at the next visit under the name of ${name}`,
    async (browser) => {
      const page = await browser.open(`${site.url}/lesson.html`);
      await page.waitFor(isThere);
      assert.equal(await page.evaluate(() => navigator.userAgent), agent);
      const first = await page.evaluate(runHere);
      assert.deepEqual([first.status, first.stdout, first.stderr], ['ok', '3.0\n', '']);
      const stopped = await page.evaluate(stopHere, 'print("going")\nwhile True: pass');
      assert.equal(stopped.status, 'stopped');
      assert.equal((await page.evaluate(runHere, 'print("again")')).stdout, 'again\n');
      await page.goto(`${site.url}/lesson.html`);
      await page.waitFor(isThere);
      const second = await page.evaluate(runHere);
      assert.deepEqual([second.status, second.stdout, second.stderr], ['ok', '3.0\n', '']);
    },
    { agent },
  );

/** The lesson for a reader of its own whose browser calls itself so. */
async function openAs(agent, path, reader) {
  const prepare = (page) => page.setUserAgent(agent);
  return site.open(path, { reader: reader ?? (await newReader()), prepare });
}

test('where the try fails, nothing is said of it, and the next page asks for input before the run', async () => {
  const reader = await newReader();
  const { page, problems } = await openAs(agents['an iPhone'], '/lesson.html', reader);
  assert.equal((await runPanel(page)).stdout, '3.0\n');
  assert.equal(await page.$eval('unroll-panel', (panel) => panel.runtime.canAsk), false);
  assert.deepEqual(problems, []);
  const { page: next } = await openAs(agents['an iPhone'], '/ask.html', reader);
  await waitForPart(next, '.stdin textarea');
});

test('where it succeeds, programs wait', async () => {
  const { page } = await openAs(agents['an Android phone'], '/lesson.html');
  await runPanel(page);
  assert.equal(await page.$eval('unroll-panel', (panel) => panel.runtime.canAsk), true);
});

/**
 * In the page: workers whose programs end as they do where nothing can be waited for, although the try succeeded. What they say by
 * the port of their start goes through another one.
 */
function breakWaits() {
  window.asked = [];
  window.Worker = class extends Worker {
    postMessage(message, [port]) {
      window.asked.push(message.suspend);
      const { port1: ours, port2: theirs } = new MessageChannel();
      port.onmessage = ({ data }) => ours.postMessage(data);
      ours.onmessage = ({ data }) => {
        const dies = data.type === 'done' && message.suspend;
        const crashed = { type: 'crashed', id: data.id, message: 'SuspendError: trying to suspend JS frames' };
        port.postMessage(dies ? crashed : data);
      };
      super.postMessage(message, [theirs]);
    }
  };
}

test('a first run that dies of waiting is run once more without, shows its output once, and later visits know', async () => {
  const reader = await newReader();
  const prepare = (page) => page.evaluateOnNewDocument(breakWaits);
  for (const asked of [[true, false], [false]]) {
    const { page, problems } = await site.open('/lesson.html', { reader, prepare });
    const { status, stdout, stderr } = await runPanel(page);
    assert.deepEqual([status, stdout, stderr], ['ok', '3.0\n', '']);
    const shown = await page.evaluate(
      () => document.querySelector('unroll-panel').shadowRoot.querySelector('.output').innerText,
    );
    assert.equal(shown.trim(), '3.0');
    assert.deepEqual([await page.evaluate(() => window.asked), problems], [asked, []]);
  }
});
