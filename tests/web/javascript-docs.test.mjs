// Every block of code in docs/javascript.md runs, and prints what stands below it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serve } from '../../wasm-bindings/setup/serve.mjs';
import { newPage, openSite, runCode, runPanel } from './browser.mjs';

const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const text = readFileSync(path('docs/javascript.md'), 'utf8');
const blocks = [...text.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, code]) => ({ language, code }));

const panel = blocks.find(({ code }) => code.includes('<unroll-panel')).code;
const site = await openSite();

test('the programs run in a panel and print what the page says', async () => {
  const { page, problems } = await site.show(panel);
  const first = await runPanel(page);
  assert.match(first.stdout, /^tensor\(\[\[/);
  let count = 0;
  for (const [i, { language, code }] of blocks.entries()) {
    if (language !== 'js') continue;
    count += 1;
    const { status, stdout, stderr } = await runCode(page, code);
    assert.equal(status, 'ok', `${code}\n${stderr}`);
    const below = blocks[i + 1];
    if (below?.language === 'text') assert.equal(stdout, below.code);
  }
  assert.ok(count >= 5);
  assert.deepEqual(problems, []);
});

/** Programs with what they print. */
const printing = blocks.flatMap(({ language, code }, i) =>
  language === 'js' && blocks[i + 1]?.language === 'text' ? [{ code, printed: blocks[i + 1].code }] : [],
);

test("a browser's own console shows what the page says, too", async () => {
  const files = await serve(path('build/npm'));
  for (const { code, printed } of printing) {
    const page = await newPage();
    const lines = [];
    page.on('console', (message) => message.type() === 'log' && lines.push(shownOf(message)));
    await page.goto(`${files.url}/package.json`);
    const program = code.replace("'unroll'", `'${files.url}/unroll.js'`);
    await page.evaluate((text) => import(URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))), program);
    assert.equal(`${(await Promise.all(lines)).join('\n')}\n`, printed);
    await page.close();
  }
  await files.close();
});

/** The text of a console's line; an object that shows as no text stands between angle brackets. */
async function shownOf(message) {
  const shown = (value) => {
    if (Array.isArray(value)) return JSON.stringify(value);
    return ['string', 'number'].includes(typeof value) ? String(value) : `<${typeof value}>`;
  };
  return (await Promise.all(message.args().map((value) => value.evaluate(shown)))).join(' ');
}

test('the page without a bundler prints a tensor', async () => {
  const html = blocks.find(({ language, code }) => language === 'html' && code.includes('unroll.js')).code;
  const files = await serve(path('build/npm'));
  const page = await newPage();
  const printed = new Promise((resolve) =>
    page.on('console', (message) => message.type() === 'log' && resolve(message.text())),
  );
  await page.goto(`${files.url}/package.json`);
  await page.evaluate(
    (html) => {
      const script = document.createElement('script');
      script.type = 'module';
      script.textContent = new DOMParser().parseFromString(html, 'text/html').querySelector('script').textContent;
      document.body.append(script);
    },
    html.replace('./unroll/unroll.js', `${files.url}/unroll.js`),
  );
  assert.match(await printed, /^tensor\(\[\[/);
  await files.close();
});
