import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onePanel, runCode } from './browser.mjs';

const { page, problems } = await onePanel();

const ask = (question) =>
  page.evaluate(async (question) => {
    const answer = await document.querySelector('unroll-panel').runtime.ask(question);
    return answer && { json: answer.json, bytes: answer.bytes.map((part) => [...part]) };
  }, question);

test('before Python is up a question has no answer and loads nothing', async () => {
  assert.equal(await ask({ kind: 'kinds' }), null);
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  assert.ok(!loaded.some((name) => name.includes('pyodide')), loaded.join('\n'));
});

test('an answer has JSON and bytes, and fails alone', async () => {
  await runCode(
    page,
    `import sys, types, unroll.assist as assist
probe = sys.modules["probe"] = types.ModuleType("probe")
probe.echo = lambda question: assist.WithBytes(question["text"], [b"ab", bytearray(3)])
assist.ANSWERS.update(echo="probe:echo", broken="probe:nothing")`,
  );
  assert.deepEqual(await ask({ kind: 'echo', text: 'é' }), {
    json: 'é',
    bytes: [
      [97, 98],
      [0, 0, 0],
    ],
  });
  assert.equal(await ask({ kind: 'broken' }), null);
  assert.deepEqual((await ask({ kind: 'echo', text: '' })).bytes.length, 2);
});

test('while a program runs, and after its Stop, a question has no answer', async () => {
  const answers = await page.evaluate(async () => {
    const panel = document.querySelector('unroll-panel');
    panel.code = 'print("go")\nwhile True: pass';
    const run = panel.run();
    await new Promise((resolve) => panel.addEventListener('unroll-output', resolve, { once: true }));
    const during = await panel.runtime.ask({ kind: 'kinds' });
    const stopping = panel.stop();
    const between = await panel.runtime.ask({ kind: 'kinds' });
    await stopping;
    await run;
    return [during, between, (await panel.runtime.ask({ kind: 'kinds' })).json.includes('kinds')];
  });
  assert.deepEqual(answers, [null, null, true]);
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
