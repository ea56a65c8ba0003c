import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { keys, openSite, runPanel, type, waitForCode } from './browser.mjs';
import { importSource } from './source.mjs';

const lessons = readdirSync(new URL('../../web/lessons/', import.meta.url));

const site = await openSite();
const { page, problems } = await site.open('/');

const isOpen = (selector) => page.waitForSelector(`${selector}[open]`);
const isClosed = (selector) => page.waitForFunction((selector) => !document.querySelector(selector), {}, selector);
const options = () =>
  page.$$eval('.palette [role=option]', (all) => all.map((one) => one.innerText.replace(/\s+/g, ' ')));
/** The class or name of the element with the focus, also inside the panel. */
const focused = () =>
  page.evaluate(() => {
    const inner = document.activeElement.shadowRoot?.activeElement ?? document.activeElement;
    return inner.className || inner.localName;
  });

test('the palette opens from the editor with Ctrl+K, finds an example by parts of its words, and opens it', async () => {
  await page.evaluate(() => document.querySelector('unroll-panel').focus());
  await keys(page, 'Control', 'k');
  await isOpen('.palette');
  const all = await options();
  for (const label of ['Run code', 'Reset program', 'Keyboard map', 'Colours: dark', 'Forecast a wave'])
    assert.ok(
      all.some((line) => line.includes(label)),
      label,
    );
  assert.equal(
    all.filter((line) => line.includes('Example ·')).length,
    lessons.length - 1,
    'all but the one that is there',
  );
  assert.ok(!all.some((line) => line.startsWith('Stop')), 'nothing runs, so there is nothing to stop');
  await page.keyboard.type('pass airl');
  assert.match((await options())[0], /^Airline passengers/);
  assert.equal(await page.$eval('.palette [role=status]', (status) => status.textContent), '1 command');
  await page.keyboard.press('Enter');
  await isClosed('.palette');
  assert.equal(await page.evaluate(() => location.hash), '#airline_passengers');
  await waitForCode(page, 'Box and Jenkins');
  assert.match(await focused(), /cm-content/);
});

test('arrows choose in the palette, nothing found is said, Escape gives the focus back, F1 opens it too', async () => {
  await page.focus('#palette');
  await page.keyboard.press('F1');
  await isOpen('.palette');
  const active = () =>
    page.$eval(
      '.palette input',
      (field) => document.getElementById(field.getAttribute('aria-activedescendant'))?.innerText,
    );
  const first = await active();
  await page.keyboard.press('ArrowDown');
  assert.notEqual(await active(), first);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  assert.match(await active(), /Look into an LSTM|JavaScript/);
  await page.keyboard.type('zzzz');
  assert.equal(
    await page.$eval('.palette .nothing', ({ innerText }) => innerText),
    'Nothing matches. Try another word.',
  );
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await isClosed('.palette');
  assert.equal(await focused(), 'tool');
});

test('letters that stand apart find a command, and the marks show which ones', async () => {
  await keys(page, 'Control', 'k');
  await isOpen('.palette');
  await page.keyboard.type('kbm');
  assert.match((await options())[0], /^Keyboard map/);
  assert.equal(
    await page.$$eval('.palette li:first-child mark', (marks) => marks.map((mark) => mark.textContent).join('')),
    'Kbm',
  );
  await page.keyboard.press('Enter');
  await isOpen('.keyboard-map');
  const text = await page.$eval('.keyboard-map', ({ innerText }) => innerText);
  for (const part of ['Run code', 'Stop', 'Go to the output', 'Leave the editor', 'All commands'])
    assert.ok(text.includes(part), part);
  await page.keyboard.press('Escape');
  await isClosed('.keyboard-map');
});

test('the key ? opens the keyboard map but in text, and can be switched off', async () => {
  await type(page, '?');
  await waitForCode(page, '?');
  assert.equal(await page.$('.keyboard-map'), null);
  await page.focus('#theme');
  await page.keyboard.press('?');
  await isOpen('.keyboard-map');
  await page.click('.keyboard-map .check');
  await page.keyboard.press('Escape');
  await isClosed('.keyboard-map');
  await page.keyboard.press('?');
  assert.equal(await page.$('.keyboard-map'), null);
  await page.evaluate(() => localStorage.removeItem('unroll.plain-keys'));
});

test('colours are chosen, hold for page and panel, and are there before the page is drawn the next time', async () => {
  const colours = () =>
    page.evaluate(() => {
      const of = (element) => getComputedStyle(element).backgroundColor;
      const panel = document.querySelector('unroll-panel').shadowRoot.querySelector('.panel');
      return [of(document.body), of(panel), document.querySelector('meta[name=theme-color]').content];
    });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
  assert.deepEqual(await colours(), ['rgb(238, 241, 238)', 'rgb(255, 255, 255)', '#eef1ee']);
  await page.click('#theme');
  await page.click('#theme');
  assert.deepEqual(await colours(), ['rgb(14, 17, 19)', 'rgb(22, 25, 29)', '#0e1113']);
  await page.evaluateOnNewDocument(() => {
    addEventListener(
      'readystatechange',
      () => {
        window.early ??= document.documentElement.style.colorScheme;
      },
      true,
    );
  });
  await page.reload();
  assert.equal(await page.evaluate(() => window.early), 'dark');
  await page.click('#theme');
  assert.equal(await page.evaluate(() => localStorage.getItem('unroll.theme')), null);
  assert.deepEqual(await colours(), ['rgb(238, 241, 238)', 'rgb(255, 255, 255)', '#eef1ee']);
});

test('the status line tells engine, memory and the time of the last run; Ctrl+. stops', async () => {
  await page.evaluate(() => {
    location.hash = '#rnn_by_hand';
  });
  await waitForCode(page, 'by_hand');
  const line = () => page.$eval('#status-line', ({ innerText }) => innerText.replace(/\s+/g, ' '));
  await page.waitForFunction(() => /SIMD/.test(document.querySelector('#status-line').innerText));
  assert.match(await line(), /^Engine (relaxed )?SIMD Memory – Last run –/);
  await page.focus('#palette');
  await keys(page, 'Control', 'Enter');
  await page.waitForFunction(() => /Last run [\d.]+ m?s/.test(document.querySelector('#status-line').innerText));
  await page.waitForFunction(() => /Memory [\d.]+ MB/.test(document.querySelector('#status-line').innerText));
  const megabytes = Number(/Memory ([\d.]+) MB/.exec(await line())[1]);
  assert.ok(megabytes > 20 && megabytes < 400, `${megabytes} MB`);
  await page.evaluate(() => {
    const panel = document.querySelector('unroll-panel');
    panel.edit('print("go")\nwhile True: pass');
    const going = new Promise((done) => panel.addEventListener('unroll-output', done, { once: true }));
    void panel.run();
    return going;
  });
  await page.focus('#palette');
  await keys(page, 'Control', '.');
  await page.waitForFunction(() => /stopped after/.test(document.querySelector('#status-line').innerText));
});

test('the address names the example, and Back goes back to it with what was typed', async () => {
  const open = (name) =>
    page.evaluate((name) => {
      location.hash = name;
    }, name);
  await open('#gru_classifier');
  await waitForCode(page, 'GRUClassifier');
  await page.evaluate(() => document.querySelector('unroll-panel').edit('# mine'));
  await open('#bidirectional');
  await waitForCode(page, 'bilstm');
  await page.goBack();
  await waitForCode(page, '# mine');
  assert.equal(await page.$eval('#example', ({ value }) => value), 'gru_classifier');
});

test('the program of a link is marked, waits, runs apart, and going to an example ends that', async () => {
  const { packHash } = await importSource('share/link.ts');
  const code = 'import random\nprint(open("a.txt").read(), random.random() < 1)';
  const hash = await packHash({ code, files: { 'a.txt': 'hello' }, settings: { seed: 3, title: 'From a friend' } });
  const goTo = (hash) =>
    page.evaluate((hash) => {
      location.hash = hash;
    }, hash);
  await goTo(hash);
  await waitForCode(page, 'random.random');
  const state = () =>
    page.evaluate(() => ({
      isolated: document.querySelector('unroll-panel').isolated,
      notice: document.querySelector('#notice').innerText,
      mark: document.querySelector('unroll-panel').shadowRoot.querySelector('.stranger')?.innerText.trim(),
      chosen: document.querySelector('#example').selectedOptions[0].text,
      busy: document.querySelector('unroll-panel').isBusy,
    }));
  const linked = await state();
  assert.deepEqual([linked.isolated, linked.chosen, linked.busy], [true, 'From a friend', false]);
  assert.match(linked.mark ?? '', /^This code came in a link\..*read the code before you run it/s);
  const result = await runPanel(page);
  assert.deepEqual([result.status, result.stdout], ['ok', 'hello True\n'], result.stderr);
  await goTo('#bidirectional');
  await waitForCode(page, 'bilstm');
  const after = await state();
  assert.deepEqual([after.isolated, after.mark, after.chosen], [false, undefined, 'Bidirectional LSTM']);
  await goTo(hash.slice(0, -20));
  await page.waitForFunction(() => /incomplete/.test(document.querySelector('#notice').innerText));
  await goTo('#wave_javascript');
  await waitForCode(page, 'manualSeed');
  assert.equal((await state()).notice, '');
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
