import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, keys, openSite, waitForCode, waitForText } from './browser.mjs';

const site = await openSite();
const { page, problems } = await site.open('/#rnn_by_hand');
await waitForCode(page, 'by_hand');

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
    await (back ? keys(page, 'Shift', 'Tab') : keys(page, 'Tab'));
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

test('Tab goes from the head of the page over the buttons of the panel into its editor, in the order of sight', async () => {
  const way = await tabTo(/Python program/);
  assert.deepEqual(way.slice(0, 3), ['example', 'Commands', 'Colours: as the system']);
  const at = (name) => way.findIndex((one) => one.startsWith(name));
  assert.ok(at('Reset') < at('Stop') && at('Stop') < at('Run Code'), way.join(' > '));
});

test('in the editor a program is typed and run with Ctrl+Enter, and the status is heard, the output not', async () => {
  await listen();
  await keys(page, 'Control', 'a');
  await page.keyboard.type('for i in range(300): print("line", i)\n');
  assert.match(await codeOf(page), /^for i in range\(300\)/);
  await keys(page, 'Control', 'Enter');
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
  const before = await codeOf(page);
  await keys(page, 'Control', 'Home');
  await keys(page, 'Tab');
  assert.equal(await codeOf(page), `    ${before}`);
  await keys(page, 'Control', 'z');
  await keys(page, 'Escape');
  await keys(page, 'Tab');
  assert.doesNotMatch(await focused(), /Python program/);
  await keys(page, 'Alt', '2');
  const scrolled = () =>
    page.evaluate(() => {
      const root = document.querySelector('unroll-panel').shadowRoot;
      const output = root.querySelector('.output');
      return [root.activeElement === output, output.scrollTop];
    });
  const [isThere, bottom] = await scrolled();
  assert.ok(isThere, 'Alt+2 goes to the output');
  await keys(page, 'Control', 'Home');
  await page.waitForFunction(
    () => document.querySelector('unroll-panel').shadowRoot.querySelector('.output').scrollTop === 0,
  );
  // A key that comes while the last one still scrolls counts for nothing.
  for (let i = 0; i < 20 && (await scrolled())[1] < 50; i++) {
    await keys(page, 'PageDown');
    await new Promise((done) => setTimeout(done, 200));
  }
  assert.ok((await scrolled())[1] >= 50, 'PageDown scrolls');
  assert.ok(bottom > 0, 'it follows what is written');
});

test('an error is heard with its line, not with its traceback', async () => {
  await keys(page, 'Alt', '1');
  assert.match(await focused(), /Python program/);
  await listen();
  await keys(page, 'Control', 'a');
  await page.keyboard.type('x = 1\nprint(y)');
  await keys(page, 'Control', 'Enter');
  await waitForText(page, '.status', 'NameError');
  const heard = await said();
  assert.match(heard.at(-1), /NameError on line 2/);
  assert.ok(!heard.some((text) => text.includes('Traceback')), heard.join(' | '));
});

test('Stop is reached by Tab and pressed with Space, and the focus stays on it', async () => {
  await keys(page, 'Alt', '1');
  await keys(page, 'Control', 'a');
  await page.keyboard.type('print("go")\nwhile True: pass');
  await keys(page, 'Control', 'Enter');
  await waitForText(page, '.output', 'go');
  await keys(page, 'Escape');
  await tabTo(/^Stop/, true);
  await keys(page, 'Space');
  await waitForText(page, '.status', 'Stopped');
  assert.equal(await focused(), 'Stop');
});

test('dialogues opened by keys give the focus back to where it was', async () => {
  for (const open of [() => keys(page, 'Control', 'k'), () => page.keyboard.press('?')]) {
    await open();
    await page.waitForSelector('dialog[open]');
    assert.ok(await page.evaluate(() => document.querySelector('dialog').contains(document.activeElement)));
    await keys(page, 'Escape');
    await page.waitForFunction(() => !document.querySelector('dialog'));
    assert.equal(await focused(), 'Stop');
  }
});

test('the menu opens with the arrow, goes round, and gives the focus back', async () => {
  await keys(page, 'Alt', '1');
  await keys(page, 'Escape');
  await tabTo(/^More/, true);
  await keys(page, 'ArrowDown');
  const role = () =>
    page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.activeElement?.role ?? 'none');
  await page.waitForFunction(
    () => document.querySelector('unroll-panel').shadowRoot.activeElement?.role === 'menuitem',
  );
  await keys(page, 'End');
  await keys(page, 'ArrowDown');
  assert.equal(await role(), 'menuitem');
  await keys(page, 'Escape');
  assert.match(await focused(), /^More/);
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
