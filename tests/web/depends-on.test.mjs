// Panels that share a session while several of them run, and runs that something outside of them holds up.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSite } from './browser.mjs';

const site = await openSite({ pages: { '/never.py': () => {} } });

/** Shows `body`, and expects these problems when `use` is through. */
async function withBody(body, use, expected = []) {
  const { page, problems } = await site.show(body);
  await use(page);
  assert.deepEqual(problems, expected);
}

const three = `
  <unroll-panel id="first"><pre>import time; time.sleep(1); made = 41; print("first")</pre></unroll-panel>
  <unroll-panel id="second" depends-on="first"><pre>print(made + 1)</pre></unroll-panel>
  <unroll-panel id="third" depends-on="first"><pre>print(made + 2)</pre></unroll-panel>`;

test('two panels that go on from the same one can be run at once, and that one runs once', async () => {
  await withBody(three, async (page) => {
    const { results, runs } = await page.evaluate(async () => {
      let runs = 0;
      first.addEventListener('unroll-done', () => runs++);
      const results = await Promise.all([second.run(), third.run()]);
      return { results: results.map(({ status, stdout }) => [status, stdout]), runs };
    });
    assert.deepEqual(results, [
      ['ok', '42\n'],
      ['ok', '43\n'],
    ]);
    assert.equal(runs, 1);
  });
});

test('a stop of one of them leaves the other its run, and a stop of the last one ends the one above too', async () => {
  await withBody(three, async (page) => {
    const results = await page.evaluate(async () => {
      const waiting = [second.run(), third.run()];
      await new Promise((done) => setTimeout(done, 50));
      void second.stop();
      const [stopped, ran] = await Promise.all(waiting);
      first.code = 'while True: pass';
      first.reset();
      const above = new Promise((done) => first.addEventListener('unroll-done', ({ detail }) => done(detail.status)));
      const last = third.run();
      await new Promise((done) => setTimeout(done, 300));
      await third.stop();
      return [stopped.status, ran.stdout, (await last).status, await above];
    });
    assert.deepEqual(results, ['stopped', '43\n', 'stopped', 'stopped']);
  });
});

test('panels that depend on each other run all the same, and their author hears of it', async () => {
  const body = `<unroll-panel id="a" depends-on="b"><pre>print("a")</pre></unroll-panel>
    <unroll-panel id="b" depends-on="a"><pre>print("b")</pre></unroll-panel>`;
  const use = async (page) => {
    assert.equal(await page.evaluate(async () => (await a.run()).stdout), 'a\n');
  };
  const told = (id, path) =>
    `warn: <unroll-panel depends-on="${id}">: these panels continue from each other (${path}), so none of them can be the first.`;
  await withBody(body, use, [told('b', 'a → b → a'), told('a', 'b → a → b')]);
});

test('a panel goes on only from one that runs where it runs itself', async () => {
  const body = `<unroll-panel id="mine"><pre>print(open("secret.txt").read())</pre></unroll-panel>
    <unroll-panel isolated depends-on="mine"><pre>print("apart")</pre></unroll-panel>`;
  const warning =
    'warn: <unroll-panel depends-on="mine">: that panel runs elsewhere: both must have one lang, and both or none be isolated.';
  const use = async (page) => {
    const found = await page.evaluate(async () => {
      mine.files = { 'secret.txt': 'mine' };
      const apart = document.querySelectorAll('unroll-panel')[1];
      return [(await apart.run()).stdout, Object.keys(apart.files), mine.isBusy];
    });
    assert.deepEqual(found, ['apart\n', [], false]);
  };
  await withBody(body, use, [warning]);
});

test('Stop ends a run whose program, setup or check does not come', async () => {
  for (const attribute of ['src', 'setup', 'check']) {
    await withBody(`<unroll-panel ${attribute}="never.py"><pre>print(1)</pre></unroll-panel>`, async (page) => {
      const status = await page.evaluate(async () => {
        const panel = document.querySelector('unroll-panel');
        const result = panel.run();
        await new Promise((done) => setTimeout(done, 50));
        void panel.stop();
        return (await result).status;
      });
      assert.equal(status, 'stopped');
    });
  }
});
