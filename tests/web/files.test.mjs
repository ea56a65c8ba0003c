import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { codeOf, dropFiles, onePanel, press, pressReset, runAction, runCode, textOf } from './browser.mjs';

const { page, problems } = await onePanel();

/** Names in the row of file chips. */
const chips = () =>
  page.evaluate(() =>
    [...document.querySelector('unroll-panel').shadowRoot.querySelectorAll('.chip-name')].map(
      (chip) => chip.textContent,
    ),
  );

test('files given as strings and bytes can be opened by name, also in folders', async () => {
  const result = await page.evaluate(() => {
    const panel = document.querySelector('unroll-panel');
    panel.files = {
      'input.txt': 'Grüße\n',
      'data/raw.bin': new Uint8Array([0, 255, 7]),
      'blob.txt': new Blob(['blob']),
    };
    panel.code = `print(open("input.txt", encoding="utf-8").read(), end="")
print(list(open("data/raw.bin", "rb").read()), open("blob.txt").read())`;
    return panel.run();
  });
  assert.equal(result.stdout, 'Grüße\n[0, 255, 7] blob\n');
  assert.deepEqual(await chips(), ['input.txt', 'data/raw.bin', 'blob.txt']);
});

test('a name outside of the folder and a content that is no file are refused by name', async () => {
  const refused = await page.evaluate(() =>
    [{ '../up.txt': '' }, { '/etc/hosts': '' }, { 'n.txt': 5 }].map((files) => {
      try {
        document.querySelector('unroll-panel').files = files;
        return 'taken';
      } catch (error) {
        return `${error.name}: ${error.message}`;
      }
    }),
  );
  assert.deepEqual(refused, [
    'TypeError: files: "../up.txt" is not a name inside the program\'s folder',
    'TypeError: files: "/etc/hosts" is not a name inside the program\'s folder',
    'TypeError: files: "n.txt" must be a string, bytes or a File',
  ]);
});

test('a text of 60 KB dropped on the panel can be read by the program', async () => {
  const text = 'The cat, which was orange and fluffy, sat.\n'.repeat(1400);
  const { taken, invited, after } = await dropFiles(page, { 'input.txt': text });
  assert.ok(taken, 'the panel takes files');
  assert.match(invited, /Drop files here/);
  assert.ok(after, 'the invitation goes away');
  const { stdout } = await runCode(page, 'text = open("input.txt").read()\nprint(len(text), text[:7])');
  assert.equal(stdout, `${text.length} The cat\n`);
  assert.match(await textOf(page, '.chip'), /input\.txt\s*60 KB/);
});

test('a dropped main.py becomes the program', async () => {
  await dropFiles(page, { 'main.py': 'print("dropped")\n' });
  assert.equal(await codeOf(page), 'print("dropped")\n');
});

test('Add files takes files without a mouse drag, and a chip has a remove button', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'unroll-files-')), 'words.txt');
  writeFileSync(path, 'one two');
  const [chooser] = await Promise.all([page.waitForFileChooser(), runAction(page, 'add-files')]);
  await chooser.accept([path]);
  await page.waitForFunction(() => 'words.txt' in document.querySelector('unroll-panel').files);
  assert.equal((await runCode(page, 'print(open("words.txt").read())')).stdout, 'one two\n');
  await press(page, 'Remove words.txt');
  assert.ok(!(await chips()).includes('words.txt'));
  assert.equal((await runCode(page, 'open("words.txt")')).error.type, 'FileNotFoundError');
});

test('files that the program writes, changes and removes are in files after the run', async () => {
  const code = 'import os\nopen("new.txt", "w").write("made")\nopen("old.txt", "a").write("!")\nos.remove("gone.txt")';
  await runCode(page, code, { 'old.txt': 'old', 'gone.txt': '', 'same.txt': 'same' });
  const files = await page.evaluate(() =>
    Object.fromEntries(
      Object.entries(document.querySelector('unroll-panel').files).map(([name, data]) => [
        name,
        typeof data === 'string' ? data : new TextDecoder().decode(data),
      ]),
    ),
  );
  assert.deepEqual(files, { 'old.txt': 'old!', 'same.txt': 'same', 'new.txt': 'made' });
  assert.equal((await runCode(page, 'print(open("new.txt").read())')).stdout, 'made\n');
});

test("Reset keeps the author's files as they were given and drops the others", async () => {
  await page.evaluate(() => {
    document.querySelector('unroll-panel').files = { 'author.txt': 'given' };
  });
  await dropFiles(page, { 'mine.txt': 'x' });
  await runCode(page, 'open("author.txt", "w").write("changed")\nopen("made.txt", "w").write("y")');
  assert.deepEqual(await chips(), ['author.txt', 'mine.txt', 'made.txt']);
  await pressReset(page);
  assert.deepEqual(await page.evaluate(() => document.querySelector('unroll-panel').files), { 'author.txt': 'given' });
});

test('a module of the learner is imported anew in each run, and its lines are in the traceback', async () => {
  const code = 'import helper\nprint(helper.value)\nhelper.fail()';
  const first = await runCode(page, code, { 'helper.py': 'value = 1\ndef fail():\n    return 1 / 0\n' });
  const second = await runCode(page, code, { 'helper.py': 'value = 2\ndef fail():\n    return [][1]\n' });
  assert.deepEqual([first.stdout, second.stdout], ['1\n', '2\n']);
  assert.deepEqual([first.error.type, second.error.type], ['ZeroDivisionError', 'IndexError']);
  assert.match(second.stderr, /File "helper\.py", line 3, in fail\n {4}return \[\]\[1\]/);
  assert.equal(second.error.line, 3);
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
