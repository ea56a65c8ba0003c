/** The tensors that a program left, in the dialogue of a page's first panel, as tests use it. */
import { press, waitForText } from './browser.mjs';

/** Opens the list of tensors, and waits until `text` stands in it. */
export async function openTensors(page, text = '') {
  await page.$eval('unroll-panel', (panel) => panel.updateComplete);
  await page.waitForFunction(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.tensors-open'));
  await page.$eval('unroll-panel', ({ shadowRoot }) => shadowRoot.querySelector('.tensors-open').click());
  await page.waitForFunction(() =>
    document.querySelector('unroll-panel').shadowRoot.querySelector('.tensors table, .tensors p'),
  );
  await waitForText(page, '.tensors', text);
}

/** Presses the name of a tensor in the list, and waits for its values. */
export async function openTensor(page, name) {
  await press(page, name);
  await page.waitForFunction(
    (name) =>
      document.querySelector('unroll-panel').shadowRoot.querySelector('.heat caption')?.innerText.startsWith(name),
    {},
    name,
  );
}

/** Chooses a slice of the first dimension, and waits until its first value begins with `first`. */
export async function chooseSlice(page, slice, first) {
  await page.$eval(
    'unroll-panel',
    ({ shadowRoot }, slice) => {
      const field = shadowRoot.querySelector('#slice-0');
      field.value = slice;
      field.dispatchEvent(new Event('change'));
    },
    String(slice),
  );
  await page.waitForFunction(
    (first) =>
      document.querySelector('unroll-panel').shadowRoot.querySelector('.heat tbody td').innerText.startsWith(first),
    {},
    first,
  );
}

/** The table that shows: its caption and the texts of each row. */
export function tableOf(page) {
  return page.$eval('unroll-panel', ({ shadowRoot }) => {
    const found = shadowRoot.querySelector('.tensors');
    const texts = (row) => [...row.children].map((cell) => cell.innerText);
    return {
      caption: found?.querySelector('caption')?.innerText,
      rows: [...(found?.querySelectorAll('tbody tr') ?? [])].map(texts),
    };
  });
}
