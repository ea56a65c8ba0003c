// Files that a panel does not take, and what it says then.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dropFiles, onePanel, textOf, waitForText } from './browser.mjs';

const { page } = await onePanel();
const output = () => textOf(page, '.output');

test('a drop leaves the program of a read-only panel alone and says so, and files of data come in', async () => {
  await page.evaluate(() => {
    document.querySelector('unroll-panel').editable = false;
  });
  await dropFiles(page, { 'main.py': 'print("other")', 'data.csv': '1,2' });
  await waitForText(page, '.output', 'main.py was not taken: the program of this panel cannot be changed.');
  const found = await page.evaluate(() => {
    const panel = document.querySelector('unroll-panel');
    panel.editable = true;
    return [panel.code, Object.keys(panel.files)];
  });
  assert.deepEqual(found, ['print(1)', ['data.csv']]);
});

test('a file that keeps its name because it does not come says why', async () => {
  await page.evaluate(async () => {
    const panel = document.querySelector('unroll-panel');
    panel.setAttribute('files', 'none.txt');
    panel.tabs.open.push('none.txt');
    await panel.tabs.askName('none.txt');
    await panel.tabs.takeName('some.txt');
  });
  await waitForText(page, '.output', 'none.txt keeps its name');
  assert.match(
    await output(),
    /none\.txt keeps its name\. The file none\.txt could not be loaded: http.*\/none\.txt answered 404 Not Found\./,
  );
  assert.doesNotMatch(await output(), /cannot be the name/);
});

test('what is typed while a program changes nothing of the file stays, and sizes are told', async () => {
  const found = await page.evaluate(async () => {
    const panel = document.querySelector('unroll-panel');
    panel.removeAttribute('files');
    panel.files = { 'a.txt': new Blob(['from a blob']), 'b.txt': 'é' };
    await Promise.all([panel.tabs.show('a.txt'), panel.tabs.show('b.txt')]);
    await panel.tabs.show('a.txt');
    panel.tabs.refresh();
    panel.editor.open('a.txt', 'typed');
    await new Promise((done) => setTimeout(done, 300));
    await panel.updateComplete;
    return [panel.tabs.shown, panel.files['a.txt'], panel.panelFiles.list()];
  });
  assert.deepEqual(found, [
    'a.txt',
    'typed',
    [
      { name: 'a.txt', size: 5 },
      { name: 'b.txt', size: 2 },
    ],
  ]);
});

test('isolated="false" says no', async () => {
  const found = await page.evaluate(() => {
    const make = (value) => {
      const panel = document.createElement('unroll-panel');
      panel.setAttribute('isolated', value);
      return panel.isolated;
    };
    return ['false', '', 'true'].map(make);
  });
  assert.deepEqual(found, [false, true, true]);
});
