// What the time limit of a panel counts, and that a run ends whatever comes back from it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSite, runPanel } from './browser.mjs';

const slow = (_request, response) => setTimeout(() => response.end('slow'), 2500);
const site = await openSite({ pages: { '/slow.txt': slow } });

test('the time limit counts neither the files that come before the program nor the answers of the reader', async () => {
  const { page } = await site.show(
    '<unroll-panel timeout="1.5" files="slow.txt"><pre>print(open("slow.txt").read(), input("name?"))</pre></unroll-panel>',
  );
  await page.evaluate(() => document.querySelector('unroll-panel').whenReady());
  const result = runPanel(page);
  await page.waitForFunction(() => document.querySelector('unroll-panel').shadowRoot.activeElement?.matches('input'), {
    timeout: 60_000,
  });
  await new Promise((done) => setTimeout(done, 2000));
  await page.keyboard.type('Ada\n');
  const { status, stdout } = await result;
  assert.deepEqual([status, stdout.includes('slow Ada')], ['ok', true]);
  await page.evaluate(() => {
    document.querySelector('unroll-panel').code = 'input(); print("on")\nwhile True: pass';
    document.querySelector('unroll-panel').stdin = 'a line';
  });
  assert.deepEqual([(await runPanel(page)).status, (await runPanel(page)).stdout], ['stopped', 'on\n']);
});

test('the time limit of a stopped run does not end the next one', async () => {
  const { page } = await site.show(
    '<unroll-panel timeout="2"><pre>import time; time.sleep(1.2); print("through")</pre></unroll-panel>',
  );
  const found = await page.evaluate(async () => {
    const panel = document.querySelector('unroll-panel');
    await panel.whenReady();
    const begun = panel.run();
    await new Promise((done) => setTimeout(done, 1000));
    const again = panel.run();
    return [(await begun).status, (await again).status, (await again).stdout];
  });
  assert.deepEqual(found, ['stopped', 'ok', 'through\n']);
});

test('a run ends though its worker names files outside of the program folder', async () => {
  const { page } = await site.show('<unroll-panel><pre>print(1)</pre></unroll-panel>');
  const found = await page.evaluate(async () => {
    const panel = document.querySelector('unroll-panel');
    await panel.whenReady();
    const { runtime } = panel;
    const run = runtime.run.bind(runtime);
    const changed = [
      ['../out.csv', 'x'],
      ['in.csv', 'y'],
      ['bad', null],
    ];
    runtime.run = async (job) => ({ ...(await run(job)), changed, removed: [] });
    const { status } = await panel.run();
    return [status, Object.keys(panel.files), panel.isBusy, panel.shadowRoot.querySelector('.output').innerText];
  });
  assert.deepEqual(found.slice(0, 3), ['ok', ['in.csv'], false]);
  assert.match(found[3], /The program's file "\.\.\/out\.csv" is not kept/);
});

test('a start that is stopped and begun anew is ready for those who waited for the first', async () => {
  const { page } = await site.show(
    '<unroll-panel packages="nothing-here" packages-url="none/"><pre>print(1)</pre></unroll-panel>',
  );
  const found = await page.evaluate(async () => {
    const panel = document.querySelector('unroll-panel');
    const { runtime } = panel;
    await panel.whenReady();
    const result = panel.run();
    await new Promise((done) => {
      runtime.addEventListener('state', () => runtime.state === 'packages' && done());
    });
    const ready = panel.whenReady();
    void panel.stop();
    await ready;
    return [(await result).status, runtime.state];
  });
  assert.deepEqual(found, ['stopped', 'ready']);
});
