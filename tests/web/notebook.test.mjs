import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { forValues, noPyTorch, pytorch } from '../pytorch.mjs';
import { openSite } from './browser.mjs';
import { importSource } from './source.mjs';

const { fromNotebook, toNotebook } = await importSource('share/notebook.ts');

if (noPyTorch) console.warn(`The round trip over real PyTorch is left out: ${noPyTorch}`);

const cells = `import torch

# %% [markdown]
# # Training
#
# A *short* one, with \`code\`.

# %%
torch.manual_seed(0)
words = open("data/words.txt", encoding="utf-8").read().split()
print(len(words), len(open("bytes.bin", "rb").read()))

# %%
layer = torch.nn.GRU(2, 3)
print(round(layer(torch.ones(1, 1, 2))[0].sum().item(), 4))
`;
const files = { 'data/words.txt': 'eins zwei drüben "drei"\n', 'bytes.bin': new Uint8Array([0, 128, 255, 10]) };

/** What nbformat's schema of 4.5 asks of a notebook. */
function checkSchema(text) {
  const notebook = JSON.parse(text);
  assert.deepEqual([notebook.nbformat, notebook.nbformat_minor], [4, 5]);
  assert.deepEqual(Object.keys(notebook).sort(), ['cells', 'metadata', 'nbformat', 'nbformat_minor']);
  assert.equal(typeof notebook.metadata.kernelspec.name, 'string');
  assert.equal(typeof notebook.metadata.kernelspec.display_name, 'string');
  assert.equal(typeof notebook.metadata.language_info.name, 'string');
  const ids = notebook.cells.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const cell of notebook.cells) {
    assert.match(cell.id, /^[a-zA-Z0-9-_]{1,64}$/);
    assert.ok(cell.source.every((line) => typeof line === 'string'));
    const own = cell.cell_type === 'code' ? ['execution_count', 'outputs'] : [];
    assert.deepEqual(Object.keys(cell).sort(), ['cell_type', 'id', 'metadata', 'source', ...own].sort());
    if (cell.cell_type === 'code') assert.deepEqual([cell.execution_count, cell.outputs], [null, []]);
  }
  return notebook;
}

test('a program with cells, Markdown and files is the same after a way through a notebook', () => {
  const text = toNotebook(cells, files, ['pandas']);
  const notebook = checkSchema(text);
  assert.deepEqual(
    notebook.cells.map(({ cell_type }) => cell_type),
    ['code', 'code', 'code', 'markdown', 'code', 'code'],
  );
  assert.equal(notebook.cells[3].source.join(''), '# Training\n\nA *short* one, with `code`.');
  const back = fromNotebook(text);
  assert.equal(back.code, `# %%\n${cells}`);
  assert.deepEqual(Object.keys(back.files), Object.keys(files));
  assert.equal(new TextDecoder().decode(back.files['data/words.txt']), files['data/words.txt']);
  assert.deepEqual([...back.files['bytes.bin']], [...files['bytes.bin']]);
  assert.equal(fromNotebook(toNotebook(back.code, back.files)).code, back.code);
});

test('a notebook brings something in the place of unroll where the program or a module of it imports that', () => {
  const cellsWith = (code, files) => JSON.parse(toNotebook(code, files)).cells.length;
  assert.equal(cellsWith('import unroll\nunroll.log(loss=1)'), 2);
  assert.equal(cellsWith('import helper', { 'helper.py': new TextEncoder().encode('from unroll import log') }), 3);
  assert.equal(cellsWith('import helper  # no import of unroll', { 'helper.py': 'x = 1' }), 2);
});

test('a program without cells has one, and comes back without marks', () => {
  const code = 'import torch\n\n\ndef f():\n    return 1\n\n\nprint(f())\n';
  assert.equal(checkSchema(toNotebook(code)).cells.length, 1);
  assert.equal(fromNotebook(toNotebook(code)).code, code);
  assert.equal(fromNotebook(toNotebook('')).code, '');
});

test('a notebook of Jupyter, Colab or an older version opens, magics and all', () => {
  const source = '%matplotlib inline\n!pip install torch\nprint(1)';
  const notebook = {
    cells: [
      { cell_type: 'markdown', metadata: {}, source: '# Title\ntext' },
      { cell_type: 'code', metadata: { id: 'x' }, source, outputs: [{ output_type: 'stream' }], execution_count: 4 },
      { cell_type: 'raw', metadata: {}, source: 'left out' },
    ],
    metadata: { colab: {} },
    nbformat: 4,
    nbformat_minor: 0,
  };
  const { code, files } = fromNotebook(JSON.stringify(notebook));
  assert.equal(code, `# %% [markdown]\n# # Title\n# text\n\n# %%\n${source}\n`);
  assert.deepEqual(files, {});
});

test('what is no notebook says so', () => {
  assert.throws(() => fromNotebook('print(1)'), /not a notebook.*JSON/);
  assert.throws(() => fromNotebook('{"nbformat": 3, "worksheets": []}'), /not a notebook of format 4/);
  assert.throws(() => fromNotebook('null'), /not a notebook of format 4/);
});

/** As Jupyter runs a notebook: the code cells in order in one namespace. */
const runner = `import json, sys
namespace = {"__name__": "__main__"}
for cell in json.load(open(sys.argv[1], encoding="utf-8"))["cells"]:
    if cell["cell_type"] == "code":
        exec(compile("".join(cell["source"]), "cell", "exec"), namespace)
`;

/** What a notebook prints on real PyTorch. */
function printedBy(notebook) {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-notebook-'));
  try {
    writeFileSync(join(folder, 'program.ipynb'), notebook);
    writeFileSync(join(folder, 'run.py'), runner);
    const { stdout, stderr } = spawnSync(pytorch, ['run.py', 'program.ipynb'], {
      cwd: folder,
      encoding: 'utf8',
      env: forValues,
    });
    assert.equal(stderr, '');
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a notebook of an exercise, of a panel that goes on from others and of one with a live plot runs on real PyTorch', {
  skip: noPyTorch,
}, async () => {
  const site = await openSite();
  const above = `<unroll-panel id="data" seed="0"><pre class="setup" hidden>n = 2</pre><pre>
import torch
x = torch.randn(n)</pre></unroll-panel>`;
  const last = `<unroll-panel id="next" depends-on="data"><pre>
import unroll
from unroll import log
log(loss=x.sum(), step=3)
print(end)</pre><pre class="setup" hidden>end = "end"</pre></unroll-panel>`;
  const { page } = await site.show(above + last);
  const saved = await page.evaluate(async () => {
    let blob;
    URL.createObjectURL = (made) => {
      blob = made;
      return '#';
    };
    const { actions } = document.querySelector('#next');
    await actions.find(({ id }) => id === 'download-notebook').run();
    return blob.text();
  });
  assert.equal(printedBy(saved), 'step 3: loss 1.24757\nend\n');
  const { code } = fromNotebook(saved);
  assert.equal(code, await page.$eval('#next', (panel) => `${panel.code.trimEnd()}\n`));
});

test('a notebook runs on real PyTorch with its files', { skip: noPyTorch }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-notebook-'));
  try {
    writeFileSync(join(folder, 'program.ipynb'), toNotebook(cells, files, ['pandas']));
    writeFileSync(join(folder, 'run.py'), runner);
    const { stdout, stderr } = spawnSync(pytorch, ['run.py', 'program.ipynb'], {
      cwd: folder,
      encoding: 'utf8',
      env: forValues,
    });
    assert.match(stdout, /^4 4\n-?\d\.\d+\n$/, stderr);
    // The schema itself, where nbformat is installed.
    const check = 'import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], 4))';
    const hasNbformat = spawnSync('python3', ['-c', 'import nbformat']).status === 0;
    if (hasNbformat) execFileSync('python3', ['-c', check, join(folder, 'program.ipynb')]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
