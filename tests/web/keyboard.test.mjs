import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, openPage, serveSite, waitForText } from './browser.mjs';

let server;
let chromium;
let page;
let problems;

before(async () => {
  server = await serveSite();
  chromium = await openBrowser();
  ({ page, problems } = await openPage(chromium.browser, `${server.url}/#rnn_by_hand`));
  await page.waitForFunction(() => document.querySelector('unroll-panel').code.includes('by_hand'));
});

after(async () => {
  await chromium?.close();
  await server?.close();
});

async function keys(...names) {
  for (const name of names.slice(0, -1)) await page.keyboard.down(name);
  await page.keyboard.press(names.at(-1));
  for (const name of names.slice(0, -1)) await page.keyboard.up(name);
}

/** What has the focus, also inside the panel: its name for screen readers, else its class. */
const focused = () =>
  page.evaluate(() => {
    let at = document.activeElement;
    while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const name = at.ariaLabel || (at.matches('button, a') ? at.innerText.trim() : '') || at.id;
    return name || at.className;
  });

/** Presses Tab until something has the focus; tells all that had it on the way. */
async function tabTo(pattern, back = false) {
  const way = [];
  for (let i = 0; i < 25; i++) {
    await (back ? keys('Shift', 'Tab') : keys('Tab'));
    way.push(await focused());
    if (pattern.test(way.at(-1))) return way;
  }
  assert.fail(`${pattern} is not reached: ${way.join(' > ')}`);
}

/** What live regions say from now on, in order. */
const listen = () =>
  page.evaluate(() => {
    window.said = [];
    const root = document.querySelector('unroll-panel').shadowRoot;
    new MutationObserver((changes) => {
      const spoken = new Set();
      for (const { target } of changes) {
        const element = target.nodeType === Node.TEXT_NODE ? target.parentElement : target;
        const region = element?.closest('[role=status], [role=alert], [aria-live]:not([aria-live=off])');
        if (region?.innerText.trim()) spoken.add(region.innerText.trim());
      }
      window.said.push(...spoken);
    }).observe(root, { subtree: true, childList: true, characterData: true });
  });
const said = () => page.evaluate(() => window.said);
const code = () => page.evaluate(() => document.querySelector('unroll-panel').code);

test('Tab goes from the head of the page over the buttons of the panel into its editor, in the order of sight', async () => {
  const way = await tabTo(/Python program/);
  assert.deepEqual(way.slice(0, 3), ['example', 'Commands', 'Colours: as the system']);
  const at = (name) => way.findIndex((one) => one.startsWith(name));
  assert.ok(at('Reset') < at('Stop') && at('Stop') < at('Run Code'), way.join(' > '));
});

test('in the editor a program is typed and run with Ctrl+Enter, and the status is heard, the output not', async () => {
  await listen();
  await keys('Control', 'a');
  await page.keyboard.type('for i in range(300): print("line", i)\n');
  assert.match(await code(), /^for i in range\(300\)/);
  await keys('Control', 'Enter');
  await waitForText(page, '.status', 'Finished', 90_000);
  const heard = await said();
  assert.ok(
    heard.some((text) => /Loading Python/.test(text)),
    heard.join(' | '),
  );
  assert.match(heard.at(-1), /^Finished in/);
  assert.ok(!heard.some((text) => text.includes('line 1')), 'the log is silent');
  const log = await page.evaluate(() => {
    const output = document.querySelector('unroll-panel').shadowRoot.querySelector('.output');
    return [output.role, output.ariaLive];
  });
  assert.deepEqual(log, ['log', 'off']);
  assert.match(await focused(), /Python program/, 'the focus stays in the editor');
});

test('Tab indents in the editor; Escape and then Tab leaves it, and the output scrolls by keys', async () => {
  const before = await code();
  await keys('Control', 'Home');
  await keys('Tab');
  assert.equal(await code(), `    ${before}`);
  await keys('Control', 'z');
  await keys('Escape');
  await keys('Tab');
  assert.doesNotMatch(await focused(), /Python program/);
  await keys('Alt', '2');
  const scrolled = () =>
    page.evaluate(() => {
      const root = document.querySelector('unroll-panel').shadowRoot;
      const output = root.querySelector('.output');
      return [root.activeElement === output, output.scrollTop];
    });
  const [isThere, bottom] = await scrolled();
  assert.ok(isThere, 'Alt+2 goes to the output');
  await keys('Control', 'Home');
  await page.waitForFunction(
    () => document.querySelector('unroll-panel').shadowRoot.querySelector('.output').scrollTop === 0,
  );
  // A key that comes while the last one still scrolls counts for nothing.
  for (let i = 0; i < 20 && (await scrolled())[1] < 50; i++) {
    await keys('PageDown');
    await new Promise((done) => setTimeout(done, 200));
  }
  assert.ok((await scrolled())[1] >= 50, 'PageDown scrolls');
  assert.ok(bottom > 0, 'it follows what is written');
});

test('an error is heard with its line, not with its traceback', async () => {
  await keys('Alt', '1');
  assert.match(await focused(), /Python program/);
  await listen();
  await keys('Control', 'a');
  await page.keyboard.type('x = 1\nprint(y)');
  await keys('Control', 'Enter');
  await waitForText(page, '.status', 'NameError');
  const heard = await said();
  assert.match(heard.at(-1), /NameError on line 2/);
  assert.ok(!heard.some((text) => text.includes('Traceback')), heard.join(' | '));
});

test('Stop is reached by Tab and pressed with Space, and the focus stays on it', async () => {
  await keys('Alt', '1');
  await keys('Control', 'a');
  await page.keyboard.type('print("go")\nwhile True: pass');
  await keys('Control', 'Enter');
  await waitForText(page, '.output', 'go');
  await keys('Escape');
  await tabTo(/^Stop/, true);
  await keys('Space');
  await waitForText(page, '.status', 'Stopped');
  assert.equal(await focused(), 'Stop');
});

test('dialogues opened by keys give the focus back to where it was', async () => {
  for (const open of [() => keys('Control', 'k'), () => page.keyboard.press('?')]) {
    await open();
    await page.waitForSelector('dialog[open]');
    assert.ok(await page.evaluate(() => document.querySelector('dialog').contains(document.activeElement)));
    await keys('Escape');
    await page.waitForFunction(() => !document.querySelector('dialog'));
    assert.equal(await focused(), 'Stop');
  }
});

test('the menu opens with the arrow, goes round, and gives the focus back', async () => {
  await keys('Alt', '1');
  await keys('Escape');
  await tabTo(/^More/, true);
  await keys('ArrowDown');
  const role = () =>
    page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.activeElement?.role ?? 'none');
  await page.waitForFunction(
    () => document.querySelector('unroll-panel').shadowRoot.activeElement?.role === 'menuitem',
  );
  await keys('End');
  await keys('ArrowDown');
  assert.equal(await role(), 'menuitem');
  await keys('Escape');
  assert.match(await focused(), /^More/);
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
