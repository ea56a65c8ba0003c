// Stop ends a JavaScript program by an exception where it waits, or where the page shares memory with its worker, and what it
// made is there afterwards; elsewhere the worker is ended.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSite, panelPage, runCode, textOf } from './browser.mjs';
import { tryUntil } from './tries.mjs';

const isolation = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
const sleep = 'const sleep = (ms) => new Promise((done) => setTimeout(done, ms));';
const head = `import * as torch from 'unroll';
${sleep}
const model = new torch.nn.GRU(3, 4);
const step = () => torch.scope(() => { model(torch.randn(5, 2, 3))[0].sum().backward(); });
unroll.writeFile('log.txt', 'kept');
console.log('going');
`;

const pages = { '/lesson.html': panelPage([''], { attributes: 'lang="javascript"' }), '/slow': () => {} };
/** A page that shares no memory with its workers, and one that does. */
const sites = {};
for (const [name, headers] of Object.entries({ plain: {}, shared: isolation })) {
  const site = await openSite({ pages, headers });
  sites[name] = { url: site.url, ...(await site.open('/lesson.html')) };
}

/**
 * Runs a program, presses Stop when it goes, and tells how that went. Tries again where a busy machine kept the program from
 * hearing of Stop in time: one that can hear of it `survives`.
 */
function stopped(site, code, { survives = true } = {}) {
  const isGood = ({ took, survived }) => took < 1000 && survived === survives;
  return tryUntil(isGood, () => stoppedOnce(site, code));
}

async function stoppedOnce({ page }, code) {
  // A page behind another one shows nothing new.
  await page.bringToFront();
  await runCode(page, 'console.log(1);');
  const before = await page.evaluate((code) => {
    const panel = document.querySelector('unroll-panel');
    panel.code = code;
    window.run = panel.run();
    return panel.runtime.starts;
  }, code);
  // In all of the output: what is in view soon scrolls away.
  await page.waitForFunction(() => document.querySelector('unroll-panel').output.text.includes('going'), {
    polling: 50,
  });
  await new Promise((done) => setTimeout(done, 300));
  const found = await page.evaluate(async () => {
    const { shadowRoot } = document.querySelector('unroll-panel');
    const began = performance.now();
    [...shadowRoot.querySelectorAll('button')].find(({ innerText }) => innerText.includes('Stop')).click();
    return { ...(await window.run), took: performance.now() - began };
  });
  await page.waitForFunction(() => document.querySelector('unroll-panel').runtime.state === 'ready');
  const survived = await page.evaluate(
    (before) => document.querySelector('unroll-panel').runtime.starts === before,
    before,
  );
  return { ...found, survived };
}

/** Stops a program that is to leave its model. */
async function leaves(site, code) {
  const found = await stopped(site, code);
  const { status, error, stderr, took, survived } = found;
  assert.deepEqual([status, error, stderr, survived], ['stopped', null, '', true]);
  assert.ok(took < 1000, `${took} ms`);
  assert.match(await textOf(site.page, '.output'), /Stopped\.\s*$/);
  const left = await site.page.evaluate(async () => {
    const panel = document.querySelector('unroll-panel');
    const [models, tensors] = [await panel.inquire({ kind: 'weights' }), await panel.inquire({ kind: 'tensors' })];
    const saved = await panel.inquire({ kind: 'weights', name: 'model', format: 'pt' });
    const files = Object.keys(panel.files);
    return { models: models.json, tensors: tensors.json.length, bytes: saved.bytes[0].length, files };
  });
  assert.equal(left.models[0].name, 'model');
  assert.ok(left.tensors >= 4 && left.bytes > 500, JSON.stringify(left));
  assert.deepEqual(left.files, ['log.txt']);
  const next = await runCode(site.page, "import * as torch from 'unroll';\nconsole.log(torch.ones(2).sum().item());");
  assert.deepEqual([next.status, next.stdout, next.stderr], ['ok', '2\n', '']);
  return found;
}

const turns = `const { port1, port2 } = new MessageChannel();
const turn = () => new Promise((done) => { port1.onmessage = done; port2.postMessage(0); });`;
const waiting = {
  'a loop that trains and waits a moment after each step': 'for (;;) { step(); await sleep(0); }',
  'a loop in a function that nobody waits for':
    'async function train() { for (;;) { step(); await sleep(1); } }\ntrain();',
  'a long sleep': 'await sleep(100_000);\nconsole.log("behind");',
  'a loop that only prints': 'for (let i = 0; ; ++i) { await sleep(20); console.log(i); }',
  'a timer that comes again and again': 'setInterval(step, 5);',
  'a promise around such a timer':
    'let n = 0;\nawait new Promise((done) => { const id = setInterval(() => { step(); if (++n > 1e6) done(clearInterval(id)); }, 5); });',
  'a timer that starts itself again': 'function go() { step(); setTimeout(go); }\ngo();',
  'a request without an answer': "await fetch(new URL('/slow', 'SITE'));",
  'a request with a signal of its own': "await fetch('SITE/slow', { signal: new AbortController().signal });",
  'a question to the reader': "await unroll.input('Name? ');",
  'a loop that goes on by messages': `${turns}
for (;;) { step(); await turn(); }`,
};

for (const [name, code] of Object.entries(waiting)) {
  test(`Stop ends ${name}, and the model is there`, async () => {
    const { stdout } = await leaves(sites.plain, head + code.replace('SITE', sites.plain.url));
    assert.doesNotMatch(stdout, /behind/);
  });
}

const busy = {
  'a loop that never pauses': 'for (;;) step();',
  'a loop of promises': 'for (;;) { step(); await null; }',
  'a loop that only prints': 'for (let i = 0; ; ++i) if (i % 1e5 === 0) console.log(i);',
  'a loop within a timer': 'setTimeout(() => { for (;;) step(); });\nawait new Promise(() => {});',
  'a loop under a hook': `const x = torch.ones(3, { requiresGrad: true });
x.registerHook((grad) => grad.mul(2));
for (;;) x.sum().backward();`,
};

for (const [name, code] of Object.entries(busy)) {
  test(`on a page that shares memory with its worker Stop ends ${name}, and the model is there`, async () => {
    assert.ok(await sites.shared.page.evaluate(() => crossOriginIsolated));
    await leaves(sites.shared, head + code);
  });
}

test('elsewhere a loop that never pauses is ended with its worker within a second', async () => {
  const { status, error, took, survived } = await stopped(sites.plain, `${head}for (;;) step();`, { survives: false });
  assert.deepEqual([status, error], ['stopped', null]);
  assert.ok(took < 1000, `${took} ms`);
  assert.equal(survived, false);
  const { page } = sites.plain;
  await page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.tensors-open').click());
  await page.waitForFunction(() =>
    document.querySelector('unroll-panel').shadowRoot.querySelector('.tensors')?.innerText.includes('restarted'),
  );
  await page.keyboard.press('Escape');
});

test('a program that does not let itself be stopped is ended all the same', async () => {
  const swallows = {
    plain: `${turns}\nfor (;;) { try { await turn(); step(); } catch {} }`,
    shared: 'for (;;) { try { step(); } catch {} }',
  };
  for (const [name, code] of Object.entries(swallows)) {
    const { status, took, survived } = await stopped(sites[name], head + code, { survives: false });
    assert.deepEqual([name, status, survived], [name, 'stopped', false]);
    assert.ok(took < 1000, `${took} ms`);
  }
  const { status, survived } = await stopped(sites.plain, `${head}await new Promise(() => {});`, { survives: false });
  assert.deepEqual([status, survived], ['stopped', false]);
});

test('a program may save its model when it is stopped', async () => {
  const code = `${head}try {
  for (;;) { step(); await sleep(1); }
} catch (error) {
  unroll.writeFile('model.pt', torch.save(model.stateDict(), { format: 'pt' }));
  console.log(error.name, torch.isGradEnabled());
  throw error;
} finally {
  console.log('done');
}`;
  const { stdout, status, survived } = await stopped(sites.plain, code);
  assert.deepEqual([stdout, status, survived], ['going\nStopped true\ndone\n', 'stopped', true]);
  const files = await sites.plain.page.evaluate(() => Object.keys(document.querySelector('unroll-panel').files));
  assert.deepEqual(files, ['log.txt', 'model.pt']);
});

test('what was switched off in a stopped program is on again in the next one', async () => {
  const { page } = sites.shared;
  await stopped(sites.shared, `${head}torch.noGrad(() => { for (;;) torch.ones(2).mul(2); });`);
  const { stdout } = await runCode(page, "import * as torch from 'unroll';\nconsole.log(torch.isGradEnabled());");
  assert.equal(stdout, 'true\n');
});

test('the pages reported no error all the while', () => {
  const problems = Object.values(sites)
    .flatMap((site) => site.problems)
    .filter((problem) => !/slow net::ERR_ABORTED/.test(problem));
  assert.deepEqual(problems, []);
});
