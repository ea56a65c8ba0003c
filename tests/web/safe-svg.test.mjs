// A figure of a program: none asks any address for anything, and all that matplotlib draws stays.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onePanel, runCode } from './browser.mjs';

const { page, site } = await onePanel();
const asked = [];
page.on('request', (request) => asked.push(request.url()));

const show = (
  body,
) => `from unroll import page\npage.figure(r'''<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90">
  <defs><linearGradient id="shade"><stop offset="0" stop-color="red"/></linearGradient></defs>${body}</svg>''')`;

/** What a figure of the first panel has, in order: names of elements and their attributes. */
const drawn = () =>
  page.evaluate(() => {
    const { shadowRoot } = document.querySelector('unroll-panel');
    const svg = shadowRoot.querySelector('figure .picture').shadowRoot.querySelector('svg');
    return [svg, ...svg.querySelectorAll('*')].map((element) => [
      element.localName,
      ...element.getAttributeNames().map((name) => [name, element.getAttribute(name)]),
    ]);
  });

test('no picture reaches an address, however a value spells it', async () => {
  const loot = `${site.url}/loot`;
  const values = [
    `url(${loot})`,
    `url("${loot}#a")`,
    `URL( '${loot}' )`,
    `image-set("${loot}" 1x)`,
    `-webkit-image-set(url(${loot}) 1x)`,
    `image("${loot}")`,
    `src("${loot}")`,
    `cross-fade(url(#shade), "${loot}")`,
    `u\\72l(${loot})`,
    `u\\000072 l("${loot}")`,
    `url(#shade) url(${loot})`,
    `url(#shade, ${loot})`,
    `url(/**/${loot})`,
    `var(--none, url(${loot}))`,
    `var(--none, image-set('${loot}'))`,
  ];
  const names = ['fill', 'stroke', 'mask', 'clip-path', 'marker-start', 'filter', 'cursor', 'mask-image', 'background'];
  const escaped = (text) => text.replaceAll('"', '&quot;');
  const shapes = values.flatMap((value) =>
    names.flatMap((name) => [
      `<path d="M 0 0 L 9 9" ${name}="${escaped(value)}"/>`,
      `<path d="M 0 0 L 9 9" style="${name}: ${escaped(value)}"/>`,
    ]),
  );
  const others = `<image href="${loot}" width="9" height="9"/><use href="${loot}#a"/><a href="${loot}"><text>link</text></a>
    <path d="M 0 0" ping="${loot}" base="${loot}"/><text font-family="x" style="--own: url(${loot}); fill: var(--own)">a</text>`;
  const { stderr } = await runCode(page, show(shapes.join('') + others));
  assert.equal(stderr, '');
  await page.evaluate(() => document.querySelector('unroll-panel').shadowRoot.querySelector('figure').scrollIntoView());
  await new Promise((done) => setTimeout(done, 500));
  assert.ok(!JSON.stringify(await drawn()).includes('loot'));
  assert.deepEqual(
    asked.filter((address) => address.includes('loot')),
    [],
  );
});

test('references inside the picture stay, with and without quotes', async () => {
  const kept = ['url(#shade)', "url('#shade')", 'url( "#shade" )', 'url(#shade) red'];
  const shapes = kept.map((value) => `<path d="M 0 0" fill="${value.replaceAll('"', '&quot;')}"/>`);
  await runCode(page, show(`${shapes.join('')}<path d="M 0 0" style="stroke: url(#shade)"/>`));
  const paths = (await drawn()).filter(([name]) => name === 'path');
  assert.deepEqual(
    paths.slice(0, -1).map((path) => path[2]),
    kept.map((value) => ['fill', value]),
  );
  assert.match(paths.at(-1)[2][1], /stroke: url\("#shade"\)/);
});

test('nothing of a figure of matplotlib is left out', async () => {
  const { figures, stderr } = await runCode(
    page,
    `import matplotlib.pyplot as plt, numpy as np
figure, axes = plt.subplots(2, 2)
axes[0, 0].plot([1, 2, 4], 'o--', label=r'loss (train) $x^2$'); axes[0, 0].legend(title='a "legend"')
axes[0, 1].imshow(np.arange(6).reshape(2, 3)); axes[0, 1].set_title('url(of) nothing', style='italic', weight='bold')
axes[1, 0].hist([1, 2, 2, 3], alpha=0.5); axes[1, 0].tick_params(axis='x', rotation=45); axes[1, 0].grid(ls=':')
axes[1, 1].scatter([1, 2], [3, 4], c=[0, 1]); axes[1, 1].set_xlim(1.5, 2); axes[1, 1].text(1.6, 3, '  two  ', family='monospace')
plt.show()`,
  );
  assert.equal(stderr, '');
  const given = await page.evaluate((text) => {
    const svg = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    return [svg, ...svg.querySelectorAll('*')].map((element) => [
      element.localName,
      ...element
        .getAttributeNames()
        .filter((name) => name !== 'xmlns')
        .map((name) => [name, element.getAttribute(name)]),
    ]);
  }, figures[0].svg);
  const plain = (all) => JSON.parse(JSON.stringify(all).replace(/(white-space|image-rendering): ?(\w+);?/g, '$1:$2'));
  // The title is the card's name.
  const shapes = (all) => plain(all).flatMap(([name, ...rest]) => (name === 'title' ? [] : [[name, ...rest.sort()]]));
  assert.ok(given.length > 100);
  const [[name, ...shown], ...rest] = await drawn();
  // The card keeps its letters readable.
  const own = shown.filter(([attribute, value]) => !(attribute === 'style' && /^min-width: [\d.]+px;$/.test(value)));
  assert.deepEqual(shapes([[name, ...own], ...rest]), shapes(given));
});
