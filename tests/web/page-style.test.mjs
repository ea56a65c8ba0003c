// The style of a page does not reach the program: what inherits in the browser begins anew in the panel.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPage, openSite, panelOf, runPanel, waitForPart } from './browser.mjs';

const code = `def f(x):
    if x:
        return "    four spaces"
print(f(1))
print("\\ta tab")
1 / 0`;

/** Whether a panel is seen and can be used is the page's matter, and so is the direction; see the test below. */
const free = ['visibility', 'pointer-events', 'cursor', 'interactivity', 'direction'];

const site = await openSite();

/**
 * In a page: the properties that inherit, each with a value that is not its usual one. Tried on an element and its child, as the
 * browser's own list has them.
 */
function inheritedValues() {
  const outer = document.body.appendChild(document.createElement('div'));
  const inner = outer.appendChild(document.createElement('span'));
  const [style, child] = [getComputedStyle(outer), getComputedStyle(inner)];
  const candidates =
    `2 preserve 3px 7.5px 150% 0.3em 25deg red center right end all none hidden auto always never break-word break-all uppercase
    small-caps pre nowrap keep-all vertical-rl upright justify both manual under over mixed strict loose collapse bottom square inside
    italic bold 700 serif monospace condensed stroke evenodd round bevel visiblePainted optimizeLegibility geometricPrecision
    pixelated crosshair dark balance pretty each-line dot open "x" 5 1px inter-word sub text no-limit add max-content fill`
      .split(/\s+/)
      .concat(['2px 3px', '"smcp" 1', '"wght" 700', '1px 1px 2px red', '"«" "»"', 'url(#none)', 'hanging-punctuation']);
  const found = {};
  for (const property of style) {
    const usual = child.getPropertyValue(property);
    for (const value of candidates) {
      if (!CSS.supports(property, value)) continue;
      outer.style.setProperty(property, value);
      const [given, taken] = [style.getPropertyValue(property), child.getPropertyValue(property)];
      outer.style.removeProperty(property);
      if (given === usual || taken !== given) continue;
      found[property] = value;
      break;
    }
  }
  outer.remove();
  return found;
}

/** In a page: for every element of the panel's tree the computed values of these properties, in order. */
function valuesIn(names) {
  const rows = [];
  const visit = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.localName === 'style') continue;
      const style = getComputedStyle(element);
      rows.push([
        element.localName,
        element.className?.baseVal ?? element.className,
        names.map((name) => style.getPropertyValue(name)),
      ]);
      if (element.shadowRoot) visit(element.shadowRoot);
    }
  };
  visit(document.querySelector('unroll-panel').shadowRoot);
  return rows;
}

/** The panel after a run, below an element with this style. */
async function panelUnder(style) {
  const box = `<div id="around">${panelOf(code, 'style="width: 800px"')}</div>`;
  const { page } = await site.show(box, {
    prepare: (page) =>
      page.evaluateOnNewDocument((style) => {
        new MutationObserver((_, observer) => {
          const around = document.querySelector('#around');
          if (!around) return;
          observer.disconnect();
          for (const [name, value] of Object.entries(style)) around.style.setProperty(name, value);
        }).observe(document, { subtree: true, childList: true });
      }, style),
  });
  await runPanel(page);
  await waitForPart(page, '.cm-errorLine');
  // Colours that are still on their way are nobody's.
  await page.waitForFunction(() => document.querySelector('unroll-panel').shadowRoot.getAnimations().length === 0);
  return page;
}

test('no inherited property of a page reaches anything in a panel', async () => {
  const empty = await newPage();
  await empty.goto(`${site.url}/unroll.css`);
  const values = await empty.evaluate(inheritedValues);
  const names = Object.keys(values).filter((name) => !free.includes(name));
  const known =
    'text-align text-transform letter-spacing word-spacing text-indent white-space-collapse font-variant-caps line-height hyphens tab-size font-style text-shadow writing-mode text-size-adjust quotes list-style-type'.split(
      ' ',
    );
  assert.deepEqual(
    known.filter((name) => !names.includes(name)),
    [],
    `of ${names}`,
  );
  assert.ok(names.length > 60, `${names.length} properties: ${names}`);
  const plain = await panelUnder({});
  const styled = await panelUnder(Object.fromEntries(names.map((name) => [name, values[name]])));
  const [expected, got] = [await plain.evaluate(valuesIn, names), await styled.evaluate(valuesIn, names)];
  const different = new Set();
  for (const [i, [tag, className, row]] of expected.entries())
    for (const [j, value] of row.entries())
      if (got[i]?.[2][j] !== value)
        different.add(`${names[j]} of ${tag}.${className}: ${got[i]?.[2][j]}, not ${value}`);
  assert.deepEqual([...different].slice(0, 20), []);
  assert.equal(got.length, expected.length);
});

/** In the page: how far the text of these elements stands from the left edge of its own box, and the direction of it. */
function indentation() {
  const { shadowRoot } = document.querySelector('unroll-panel');
  const line = (selector, text) => {
    const element = [...shadowRoot.querySelectorAll(selector)].find((one) => one.textContent.includes(text));
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (!walker.nextNode().data.includes(text)) {}
    const range = document.createRange();
    range.setStart(walker.currentNode, walker.currentNode.data.indexOf(text));
    range.setEnd(walker.currentNode, walker.currentNode.data.indexOf(text) + 1);
    const { left } = range.getBoundingClientRect();
    return {
      left: Math.round(left - element.getBoundingClientRect().left),
      direction: getComputedStyle(element).direction,
    };
  };
  return [line('.cm-line', 'return'), line('.output .line, .output .block, .output', 'four spaces')];
}

test('the indentation of the program and of its output stands on a slide and in a page from right to left as elsewhere', async () => {
  const expected = await (await panelUnder({})).evaluate(indentation);
  assert.ok(expected[0].left > 60 && expected[1].left > 30, JSON.stringify(expected));
  for (const style of [
    { 'text-align': 'center' },
    { direction: 'rtl' },
    { zoom: '1.25' },
    { 'white-space': 'nowrap' },
  ]) {
    const got = await (await panelUnder(style)).evaluate(indentation);
    const scale = Number(style.zoom ?? 1);
    for (const [i, { left, direction }] of got.entries()) {
      assert.equal(direction, 'ltr');
      assert.ok(
        Math.abs(left - expected[i].left * scale) <= 2,
        `${JSON.stringify(style)}: ${JSON.stringify([got, expected])}`,
      );
    }
  }
});

test('a panel in a part of the page that is hidden, or takes no pointer, is so too', async () => {
  const page = await panelUnder({ visibility: 'hidden', 'pointer-events': 'none' });
  const style = await page.evaluate(() => {
    const { visibility, pointerEvents } = getComputedStyle(
      document.querySelector('unroll-panel').shadowRoot.querySelector('.run'),
    );
    return { visibility, pointerEvents };
  });
  assert.deepEqual(style, { visibility: 'hidden', pointerEvents: 'none' });
});
