// The pages of dist/examples/, each opened from another origin than unroll.js, without COOP and COEP, under the strict
// content policy that docs/embedding.md states.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { newPage, openSite, press, runPanel, textOf, waitForEditor, waitForText, watch } from './browser.mjs';

const examples = fileURLToPath(new URL('../../dist/examples', import.meta.url));
const hostPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'";

const host = await openSite({
  base: '/unroll/',
  pages: {
    '/elsewhere.py': (_, response) => response.writeHead(302, { location: `${course.url}/main.py` }).end(),
  },
  headers: (path) => ({
    'access-control-allow-origin': '*',
    ...(path.endsWith('/embed.html') && { 'content-security-policy': hostPolicy }),
  }),
});
const names = ['element.html', 'frame.html', 'mount.html', 'mount.js', 'exercise.html', 'exercise.js', 'session.html'];
const text = (name) => readFileSync(`${examples}/${name}`, 'utf8').replaceAll('../', `${host.url}/unroll/`);
const pages = Object.fromEntries([...names, 'examples.css'].map((name) => [`/${name}`, text(name)]));
const policy = [
  "default-src 'none'",
  `script-src 'self' ${host.url} 'wasm-unsafe-eval'`,
  `style-src 'self' ${host.url}`,
  `connect-src ${host.url}`,
  'worker-src blob:',
  `frame-src ${host.url}`,
  'img-src data:',
].join('; ');
const course = await openSite({ pages, headers: { 'content-security-policy': policy } });

/** Opens an example; nothing may go wrong in it until `use` is through. */
async function withExample(name, use) {
  const { page, problems } = await course.open(`/${name}`);
  await use(page);
  assert.equal(await page.evaluate(() => crossOriginIsolated), false);
  assert.deepEqual(problems, []);
}

test('the element works, and its recorded output is what it prints', async () => {
  await withExample('element.html', async (page) => {
    const recorded = await page.evaluate(() => document.querySelector('pre.output').textContent.trim());
    assert.match(await textOf(page, '.output'), /Recorded by the author/);
    const result = await runPanel(page);
    assert.equal(result.stdout.trim(), recorded, result.stderr);
    assert.doesNotMatch(await textOf(page, '.output'), /Recorded/);
  });
});

test('without JavaScript the page shows the program and the recorded output', async () => {
  const page = await newPage();
  await page.setJavaScriptEnabled(false);
  await page.goto(`${course.url}/element.html`);
  const text = await page.$eval('unroll-panel', (element) => element.innerText);
  assert.match(text, /lstm = nn\.LSTM/);
  assert.match(text, /output: \(4, 10, 16\)/);
});

test('mount makes panels of an element and of a <pre>, and the page hears of runs', async () => {
  await withExample('mount.html', async (page) => {
    assert.equal((await runPanel(page)).stdout, '8 words\n');
    assert.match(await page.$eval('#last', (element) => element.textContent), /^ok in .* s: 8 words$/);
    assert.equal((await runPanel(page, 1)).stdout, 'step 0\nstep 1\nstep 2\n');
    const problem = await page.evaluate(async (url) => {
      const { mount } = await import(url);
      try {
        mount('#here', { themes: 'dark' });
      } catch (error) {
        return `${error.name}: ${error.message}`;
      }
    }, `${host.url}/unroll/unroll.js`);
    assert.match(problem, /^TypeError: mount: there is no option "themes"\. There are code, id, title, src, /);
  });
});

test('the exercise passes with its solution and tells the page', async () => {
  await withExample('exercise.html', async (page) => {
    assert.equal((await runPanel(page)).check.message, 'count is still 0: add up what count_weights finds.');
    await press(page, 'Solution');
    await waitForText(page, '.help-box pre', 'numel');
    await press(page, 'Put it into the editor');
    const { check } = await runPanel(page);
    assert.deepEqual(check, { status: 'passed', message: 'Right: 3 gates, 150 weights.', traceback: '' });
    const mark = await page.$eval('#mark', (element) => element.textContent);
    assert.equal(mark, 'count-weights passed after 2 attempts, with the solution');
  });
});

test("the lesson's last panel runs those above it first", async () => {
  await withExample('session.html', async (page) => {
    assert.match((await runPanel(page, 2)).stdout, /^after 0\.8 comes 0\.[89]\d?\n$/);
    assert.match(await textOf(page, '.output', 1), /loss after 100 steps: 0\.00/);
  });
});

/** The page with the frames, and what they tell it. */
async function openFrames(options = '') {
  const page = await newPage({ height: 1600 });
  const problems = watch(page);
  await page.evaluateOnNewDocument(() => {
    window.messages = [];
    addEventListener('message', ({ data, origin }) => window.messages.push({ ...data, origin }));
  });
  await page.goto(`${course.url}/frame.html${options}`);
  const frames = [];
  for (const handle of await page.$$('iframe')) {
    const frame = await handle.contentFrame();
    await waitForEditor(frame);
    frames.push(frame);
  }
  return { page, frames, problems };
}

test('a frame takes the height of its panel, runs, and tells its parent', async () => {
  const { page, frames, problems } = await openFrames();
  await page.waitForFunction(() => window.messages.some(({ type }) => type === 'resize'));
  for (const [i, frame] of frames.entries()) {
    const inside = await frame.$eval('unroll-panel', (panel) => panel.getBoundingClientRect().height);
    await page.waitForFunction(
      (i, h) => Math.abs(document.querySelectorAll('iframe')[i].offsetHeight - h) <= 2,
      {},
      i,
      inside,
    );
  }
  const result = await frames[0].$eval('unroll-panel', (panel) => panel.run());
  assert.match(result.stdout, /^LSTM\(128, 256, batch_first=True, bidirectional=True\)\n/);
  const done = await page.evaluate(() => window.messages.find(({ type }) => type === 'done'));
  const { seconds, ...rest } = done;
  assert.deepEqual(rest, {
    source: 'unroll',
    version: 1,
    id: null,
    type: 'done',
    status: 'ok',
    error: null,
    origin: host.url,
  });
  assert.ok(seconds > 0);
  assert.equal(await frames[0].title(), 'A bidirectional LSTM');
  assert.deepEqual(problems, []);
});

test('a program in the address of a frame is a stranger: it runs when asked, apart from the site', async () => {
  const { frames } = await openFrames();
  const [own, stranger] = frames;
  assert.deepEqual(
    [await own.$eval('unroll-panel', (p) => p.isolated), await stranger.$eval('unroll-panel', (p) => p.isolated)],
    [false, true],
  );
  const result = await stranger.$eval('unroll-panel', (panel) => panel.run());
  assert.equal(result.stdout, 'tensor([[0, 1, 2],\n        [3, 4, 5]])\n', result.stderr);
});

const embed = async (query, use) => {
  const { page } = await host.open(`/unroll/embed.html${query}`);
  await use(page);
  await page.close();
};

test('parameters are named as the attributes, and code that an address spells out in them is not trusted', async () => {
  const isolated = (page) => page.$eval('unroll-panel', (panel) => panel.isolated);
  await embed('?src=lessons/bidirectional/main.py&layout=side&theme=dark&max-lines=9&editable=false', async (page) => {
    const got = await page.$eval('unroll-panel', (p) => [p.layout, p.theme, p.maxLines, p.editable, p.isolated]);
    assert.deepEqual(got, ['side', 'dark', 9, false, false]);
  });
  const own = '?src=lessons/bidirectional/main.py&packages=numpy,typing_extensions&files=lessons/bidirectional/main.py';
  await embed(own, async (page) => assert.equal(await isolated(page), false));
  for (const query of [
    '?src=https://elsewhere.example/main.py',
    '?src=//elsewhere.example/main.py',
    '?src=data:text/plain,print(1).py',
    '?src=lessons/bidirectional/main.py&setup=import%20js',
    '?src=lessons/bidirectional/main.py&check=print(1)',
    '?src=lessons/bidirectional/main.py&solution=print(1)',
    '?src=lessons/bidirectional/main.py&files=torch.py=https://elsewhere.example/x.py',
    '?src=lessons/bidirectional/main.py&packages=https://elsewhere.example/x-1-py3-none-any.whl',
    '?src=lessons/bidirectional/main.py&packages-url=https://elsewhere.example/',
    '?src=lessons/bidirectional/main.py&packages=not-in-the-index',
    '?src=lessons/bidirectional/main.py&packages=numpy%20not-in-the-index',
    '?src=lessons/bidirectional/main.py&packages-url=//elsewhere.example',
    '?src=http://[&packages=numpy',
    '?src=/elsewhere.py',
    '?src=lessons/bidirectional/main.py&setup=/elsewhere.py',
    '?src=lessons/bidirectional/main.py&files=a.txt=/elsewhere.py',
    '?autorun#code=print(1)',
  ]) {
    await embed(query, async (page) => assert.equal(await isolated(page), true, query));
  }
});

test('a program in the address does not run by itself, and says so; one of the site does', async () => {
  await embed('?autorun#code=print("never")', async (page) => {
    await waitForText(page, '.output', 'does not run by itself');
    await new Promise((done) => setTimeout(done, 500));
    assert.equal(page.workers().length, 0);
  });
  await embed('?autorun&src=lessons/bidirectional/main.py', (page) => waitForText(page, '.output', 'LSTM(128, 256'));
});

test('the parent chooses the theme, and only it is heard', async () => {
  const { page, frames } = await openFrames();
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
  for (const frame of frames)
    await frame.waitForFunction(() => document.querySelector('unroll-panel').theme === 'dark');
  await frames[0].evaluate(() => postMessage({ target: 'unroll', type: 'theme', theme: 'light' }, '*'));
  await new Promise((done) => setTimeout(done, 200));
  assert.equal(await frames[0].$eval('unroll-panel', (panel) => panel.theme), 'dark');
});
