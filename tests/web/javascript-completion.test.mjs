// The names of the package in the editor of a JavaScript panel: they come with the first dot, and not before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSite, panelOf, waitForText } from './browser.mjs';

test('behind a dot the package’s names are offered with their signature and text', async () => {
  const site = await openSite();
  const { page } = await site.show(panelOf('', 'lang="javascript"'));
  const help = () => site.asked.filter((path) => /help-/.test(path)).length;
  assert.equal(help(), 0);
  await page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.cm-content').focus());
  const cases = [
    ['nn.', 'Line', 'Linear', /new Linear\(inFeatures: number, outFeatures: number/],
    ['torch.', 'manualS', 'manualSeed', /manualSeed\(seed: number \| bigint\).*The same seed gives PyTorch's numbers/],
    ['F.', 'mseL', 'mseLoss', /mseLoss\(/],
    ['x.', 'logSoft', 'logSoftmax', /logSoftmax\(/],
  ];
  for (const [owner, typed, name, words] of cases) {
    await page.keyboard.type(owner + typed, { delay: 20 });
    await waitForText(page, '.cm-tooltip-autocomplete [aria-selected]', name);
    await waitForText(page, '.cm-completionInfo', name);
    const info = await page.evaluate(
      () => document.querySelector('unroll-panel').shadowRoot.querySelector('.cm-completionInfo').textContent,
    );
    assert.match(info, words);
    await page.keyboard.press('Escape');
    await page.keyboard.press('End');
    await page.keyboard.type(';\n');
  }
  assert.equal(help(), 1);
});
