// What the editor of a JavaScript panel says of the name under the pointer or at the cursor.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keys, openSite, panelOf, runCode } from './browser.mjs';

const site = await openSite();
const { page, problems } = await site.show(panelOf('', 'lang="javascript"'));
await page.evaluate(() => {
  const panel = document.querySelector('unroll-panel');
  panel.code = 'unroll.log';
  panel.focus();
  panel.editor.select(10, 10);
});
// Help comes with the first visit of the editor, and the language by itself.
await page.waitForFunction(async () => {
  const { shadowRoot } = document.querySelector('unroll-panel');
  const press = { ctrlKey: true, key: 'i', code: 'KeyI', keyCode: 73, bubbles: true };
  shadowRoot.querySelector('.cm-content').dispatchEvent(new KeyboardEvent('keydown', press));
  await new Promise((done) => setTimeout(done, 200));
  return shadowRoot.querySelector('.cm-explanation');
});

/** Puts the cursor behind the mark | of a program and presses the key: what is shown, null where nothing is known. */
async function explained(marked) {
  const at = marked.indexOf('|');
  await page.evaluate(
    async ({ code, at }) => {
      const panel = document.querySelector('unroll-panel');
      panel.code = code;
      await panel.updateComplete;
      await new Promise(requestAnimationFrame);
      panel.focus();
      panel.editor.select(at, at);
      panel.shadowRoot.querySelector('.cm-announced').textContent = '';
    },
    { code: marked.replace('|', ''), at },
  );
  // Colours come with the language; the brackets at the cursor are marked without.
  await page.waitForFunction(() =>
    document.querySelector('unroll-panel').shadowRoot.querySelector('.cm-line span:not([class*="cm-"])'),
  );
  await keys(page, 'Control', 'i');
  const found = await page.waitForFunction(() => {
    const { shadowRoot } = document.querySelector('unroll-panel');
    const said = shadowRoot.querySelector('.cm-announced').textContent;
    return said === 'Nothing is known about this name.' ? said : shadowRoot.querySelector('.cm-explanation')?.innerText;
  });
  const text = await found.jsonValue();
  await page.keyboard.press('Escape');
  return text === 'Nothing is known about this name.' ? null : text;
}

const head = "import * as torch from 'unroll';\nconst { nn, optim } = torch;\n";
const cases = {
  'a function of torch': [`${head}torch.manualSeed|(1);`, /manualSeed\(seed: number \| bigint\)[\s\S]*The same seed/],
  'a layer, in the middle of its name': [`${head}const a = new nn.Lin|ear(1, 2);`, /new Linear\(inFeatures: number/],
  'an optimizer': [`${head}new optim.Adam|([], {});`, /new Adam\([\s\S]*Kingma/],
  'a function of nn.functional': [`${head}nn.functional.mseLoss|(x, y);`, /mseLoss\(/],
  'an alias': [`${head}const F = nn.functional;\nF.logSoftmax|(x);`, /logSoftmax\([\s\S]/],
  'a name that was imported': ["import { tensor } from 'unroll';\nconst x = tensor|([1]);", /tensor\(data: Data/],
  'a name imported as another': ["import { nn as N } from 'unroll';\nN.GRU|;", /new GRU\(inputSize/],
  'a name taken out of nn': [`${head}const { GRU: Recurrent } = nn;\nRecurrent|;`, /new GRU\(inputSize/],
  'a schedule': [`${head}new optim.lrScheduler.StepLR|(o, 3);`, /new StepLR\(/],
  'a method of a tensor': [`${head}const x = torch.ones(2);\nx.sum|();`, /sum\([\s\S]*Sum/i],
  'a method behind a call': [`${head}torch.ones(2).mul(3).cumsum|(0);`, /cumsum\(/],
  'a method of a module': [`${head}const model = new nn.GRU(1, 2);\nmodel.stateDict|();`, /stateDict\(\)/],
  'a method of an own module': [
    `${head}class Forecast extends nn.Module {}\nconst m = new Forecast();\nm.loadStateDict|(s);`,
    /loadStateDict\([\s\S]*Copies a state/,
  ],
  'a method of an optimizer': [
    `${head}const o = new optim.SGD([]);\no.step|();`,
    /step\([\s\S]*Changes the parameters/,
  ],
  'what the panel offers': [`${head}unroll.log|({ loss: 1 });`, /log\([\s\S]*live plot/],
  'a namespace': [`${head}torch.nn|;`, /Modules: layers/],
};

for (const [words, [code, expected]] of Object.entries(cases)) {
  test(`${words} is explained`, async () => {
    assert.match((await explained(code)) ?? 'nothing', expected);
  });
}

const silent = {
  'a comment': '// torch.ones|',
  'a string': "const a = 'torch.ones|';",
  'a method of an array': 'const rows = [1, 2];\nrows.sum|;',
  'a name of the language': 'Math.exp|(1);',
  'a name of another module': "import { ones } from './data.js';\nones|;",
  'an unknown name': `${head}nn.Unknown|;`,
};

for (const [words, code] of Object.entries(silent)) {
  test(`nothing is said of ${words}`, async () => {
    assert.equal(await explained(code), null);
  });
}

test('a name of the last run says what it was', async () => {
  const code = `${head}const weights = torch.ones(2, 3);
let rate = 0.5;
const rows = Array.from({ length: 500 }, () => 1);
const model = new nn.GRU(1, 2);
const gone = torch.ones(1);
gone.dispose();
function step() { const rate = 1; return rate; }`;
  const { stderr } = await runCode(page, code);
  assert.equal(stderr, '');
  assert.match(await explained(code.replace('weights', 'weights|')), /After the last run: Tensor float32 \[2, 3\]/);
  assert.match(await explained(code.replace('rate', 'rate|')), /After the last run: 0\.5/);
  assert.match(await explained(code.replace('rows', 'rows|')), /After the last run: Array of length 500/);
  assert.match(await explained(code.replace('model', 'model|')), /After the last run: GRU/);
  assert.match(await explained(code.replace('gone', 'gone|')), /After the last run: a tensor that was freed/);
  assert.equal(await explained(code.replace('return rate', 'return rate|')), null);
});

test('the pointer shows it too', async () => {
  await page.evaluate((code) => {
    document.querySelector('unroll-panel').code = code;
  }, 'torch.manualSeed(3);');
  const { x, y } = await page.evaluate(() => {
    const { shadowRoot } = document.querySelector('unroll-panel');
    const box = shadowRoot.querySelector('.cm-line').getBoundingClientRect();
    return { x: box.left + 80, y: box.top + 10 };
  });
  await page.mouse.move(x, y);
  await page.waitForFunction(() =>
    document
      .querySelector('unroll-panel')
      .shadowRoot.querySelector('.cm-explanation-title')
      ?.innerText.startsWith('manualSeed'),
  );
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
