// What a reader meets first: the playground before anything was pressed, and what its footer leads to.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { newPage, openSite, runCode, waitForCode, waitForText } from './browser.mjs';

const site = await openSite();
const recorded = JSON.parse(
  readFileSync(new URL('../../web/lessons/memory_task/recorded.json', import.meta.url), 'utf8'),
);
const lastLine = recorded.at(-1).text.trimEnd().split('\n').at(-1).trim();

const chartLabels = (page) =>
  page.$eval('unroll-panel', (panel) =>
    [...panel.shadowRoot.querySelectorAll('.live [role=slider]')].map((chart) => chart.ariaLabel),
  );

test('the page opens with the example that moves and an earlier run of it, for which nothing of Python is loaded', async () => {
  site.asked.length = 0;
  const { page, problems } = await site.open('/');
  await waitForCode(page, 'adding problem');
  assert.equal(await page.$eval('#example', ({ value }) => value), 'memory_task');
  await waitForText(page, '.output', lastLine);
  await waitForText(page, '.output', 'Recorded by the author');
  assert.match((await chartLabels(page)).join(' '), /RNN.*LSTM/s);
  assert.ok(!site.asked.some((path) => /pyodide|python-|torch-/.test(path)), site.asked.join('\n'));
  const { stdout } = await runCode(page, 'print("mine")');
  assert.equal(stdout, 'mine\n');
  const text = () => page.$eval('unroll-panel', (panel) => panel.shadowRoot.querySelector('.output').innerText);
  assert.equal((await text()).trim(), 'mine', 'a run takes the place of the recorded one');
  await page.evaluate(() => {
    location.hash = '#rnn_by_hand';
  });
  await waitForCode(page, 'by_hand');
  assert.doesNotMatch(await text(), /Recorded/, 'another example has none');
  assert.deepEqual(problems, []);
});

test('readers who want less motion see all of the earlier run at once', async () => {
  const prepare = (page) => page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  const { page } = await site.open('/', { prepare });
  await waitForText(page, '.output', 'Recorded by the author');
  assert.ok(
    (await page.$eval('unroll-panel', (panel) => panel.shadowRoot.querySelector('.output').innerText)).includes(
      lastLine,
    ),
  );
});

test('every page of the site says at its foot what it is, and the links lead there', async () => {
  const page = await newPage();
  for (const path of ['/', '/bench.html', '/about.html']) {
    await page.goto(site.url + path, { waitUntil: 'domcontentloaded' });
    const links = await page.$$eval('footer .site-links a', (all) => all.map((link) => [link.textContent, link.href]));
    assert.deepEqual(
      links.map(([text]) => text),
      ['About', 'Lessons', 'Embed', 'How fast?', 'Source', 'MIT licence'],
    );
    for (const [text, href] of links) {
      const { hash } = new URL(href);
      const answer = await (await fetch(href)).text();
      assert.ok(answer.includes('<html') && (!hash || answer.includes(`id="${hash.slice(1)}"`)), `${text}: ${href}`);
    }
  }
  const lessons = await page.$$eval('#lessons a', (all) => all.map((link) => new URL(link.href).hash));
  assert.ok(lessons.length >= 12 && lessons.includes('#memory_task'));
  assert.match(
    await page.$eval('#licence', ({ innerText }) => innerText),
    /MIT License[\s\S]*pyodide [\d.]+ \(MPL-2\.0\)/,
  );
});

test('the tagline is shown at every width, and no page is wider than the window', async () => {
  const page = await newPage();
  for (const path of ['/', '/bench.html', '/about.html']) {
    await page.goto(site.url + path, { waitUntil: 'domcontentloaded' });
    for (const width of [320, 375, 768, 1280]) {
      await page.setViewport({ width, height: 700 });
      assert.ok(
        await page.$eval('.tagline', (line) => line.checkVisibility() && line.offsetHeight > 0),
        `${path} ${width}`,
      );
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} ${width}`);
    }
  }
});
