// Files of torch.save and safetensors: those of real PyTorch are read here, those of Unroll are like them, and where real
// PyTorch is on the machine it reads them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { forValues, noPyTorch, pytorch } from '../pytorch.mjs';
import { differentLine } from './golden.mjs';
import { read, startPython } from './pyodide.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const files = join(root, 'tests/golden/data/saved');

const python = await startPython();
const { find } = python;
const { FS } = python.pyodide;
FS.mkdir('real');
FS.mkdir('ours');
for (const name of await readdir(files)) FS.writeFile(`real/${name}`, await readFile(join(files, name)));
FS.writeFile('saved.py', await read('tests/golden/saved.py'));
python.run('import sys\nsys.path.insert(0, ".")\nimport saved\nsaved.write("ours")');

const printed = (folder) => python.run('import saved\nsaved.printed(folder)', { folder });
const same = (actual, expected) => assert.equal(differentLine(actual, expected, 1e-6), undefined);

test('files written by real PyTorch hold here what they hold there', async () => {
  same(printed('real'), await read('tests/golden/data/saved/read.txt'));
});

test('files written here read back the same', async () => {
  same(printed('ours'), await read('tests/golden/data/saved/read.txt'));
});

test('files written here have the records and name the classes of those of real PyTorch', async () => {
  const expected = JSON.parse(await read('tests/golden/data/saved/names.json'));
  const found = JSON.parse(
    python.run('import json, saved\njson.dumps({n: saved.names(f"ours/{n}") for n in json.loads(names)})', {
      names: JSON.stringify(Object.keys(expected)),
    }),
  );
  assert.deepEqual(found, expected);
});

test('each record of a file begins at a multiple of 64 bytes, so that PyTorch can map it', () => {
  const starts = python.run(`
import zipfile
data = open("ours/module.pt", "rb").read()
starts = []
for info in zipfile.ZipFile("ours/module.pt").infolist():
    at = info.header_offset
    starts.append(at + 30 + int.from_bytes(data[at + 26:at + 28], "little") + int.from_bytes(data[at + 28:at + 30], "little"))
sum(start % 64 for start in starts)
`);
  assert.equal(starts, 0);
});

test('real PyTorch reads the files written here', { skip: noPyTorch }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'unroll-saved-'));
  try {
    const { FS } = python.pyodide;
    for (const name of FS.readdir('ours').filter((name) => !name.startsWith('.'))) {
      await writeFile(join(folder, name), FS.readFile(`ours/${name}`));
    }
    const script = join(root, 'tests/golden/saved.py');
    const text = execFileSync(pytorch, [script, 'read', folder], { encoding: 'utf8', env: forValues });
    same(text, await read('tests/golden/data/saved/read.txt'));
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('safetensors files round-trip with every dtype, metadata and a model', () => {
  const found = find(`
from safetensors import safe_open
from safetensors.torch import load, load_file, load_model, save, save_file, save_model
tensors = {"b": torch.arange(6.).reshape(2, 3), "a": torch.tensor([1, 2**40]), "c": torch.tensor([True]), "d": torch.tensor(1.5, dtype=torch.float64)}
save_file(tensors, "x.safetensors", metadata={"by": "me"})
back = load_file("x.safetensors")
found.append([list(back), all(torch.equal(back[k], v) and back[k].dtype == v.dtype for k, v in tensors.items())])
with safe_open("x.safetensors", framework="pt", device="cpu") as f:
    found.append([list(f.keys()), f.metadata(), f.get_tensor("b").tolist(), f.get_slice("b")[0, 1:].tolist()])
found.append(load(save({"x": torch.ones(2)}))["x"].tolist())
data = save({"x": torch.ones(1)})
found.append([int.from_bytes(data[:8], "little"), data[8:64].decode()])
model = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Linear(2, 2))
model[1].weight = model[0].weight
save_model(model, "m.safetensors")
other = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Linear(2, 2))
other[1].weight = other[0].weight
found.append([sorted(map(str, part)) for part in load_model(other, "m.safetensors")])
found.append(torch.equal(other[1].bias, model[1].bias) and torch.equal(other[0].weight, model[0].weight))
for bad in (lambda: save({"x": torch.ones(2, 3).t()}), lambda: save({"x": 1}), lambda: save({"a": model[0].weight, "b": model[1].weight}), lambda: load(b"123"), lambda: load_file("nothing")):
    try:
        bad()
    except Exception as error:
        found.append([type(error).__name__, str(error).strip()[:40]])
`);
  assert.deepEqual(found.slice(0, 6), [
    [['a', 'b', 'c', 'd'], true],
    [
      ['a', 'b', 'c', 'd'],
      { by: 'me' },
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
      [1, 2],
    ],
    [1, 1],
    [56, '{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}  '],
    [[], []],
    true,
  ]);
  assert.deepEqual(
    found.slice(6).map(([type]) => type),
    ['ValueError', 'ValueError', 'RuntimeError', 'SafetensorError', 'FileNotFoundError'],
  );
});
