// unroll.imports: which real packages a program needs, read from its text; and that they then come before the small ones.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { loadPyodide } from 'pyodide';
import { makeIndex, realPackages } from '../web/package-index.mjs';

const archive = new URL('../../build/generated/torch.zip', import.meta.url);
const ownList = new URL('../../node_modules/pyodide/pyodide-lock.json', import.meta.url);
/** A small package of the test's own, so that no other one's names matter here. */
const small = {
  'tiny/__init__.py':
    'from . import sub\nclass Kind:\n    def there(self): pass\ndef call(): pass\npi = 3.14\n' +
    'def __getattr__(name):\n    if name == "lazy": return 1\n' +
    '    raise AttributeError(f"tiny.{name} " + ("was removed" if name == "old" else "is not part of this"))\n',
  'tiny/sub.py': 'def inner(): pass\n',
};

let pyodide;
let server;
let url;
/** Where Pyodide keeps wheels in Node. */
const packageCacheDir = mkdtempSync(join(tmpdir(), 'unroll-wheels-'));

before(async () => {
  const index = makeIndex(JSON.parse(await readFile(ownList)).info, {
    ...realPackages,
    tiny: { version: '2.0', modules: { 'tiny/__init__.py': 'big = True\n' } },
  });
  server = createServer((request, response) => {
    const bytes = index[request.url.slice(1)];
    response.statusCode = bytes ? 200 : 404;
    response.end(bytes);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${server.address().port}/`;
  const lockFileContents = index['pyodide-lock.json'].toString();
  pyodide = await loadPyodide({ lockFileContents, packageBaseUrl: url, packageCacheDir });
  pyodide.FS.writeFile('/lib/torch.zip', new Uint8Array(await readFile(archive)));
  pyodide.runPython(`
import sys, zipfile
with zipfile.ZipFile("/lib/torch.zip", "a") as archive:
    for path, text in ${JSON.stringify(small)}.items():
        archive.writestr(path, text)
sys.path.append("/lib/torch.zip")`);
});

after(() => {
  server?.close();
  rmSync(packageCacheDir, { recursive: true, force: true });
});

/** What `source` needs, as [package, name that it uses]. */
function needs(source, asked = []) {
  const args = [source, JSON.stringify(asked)].map((text) => JSON.stringify(text)).join(', ');
  const found = JSON.parse(pyodide.runPython(`import unroll.imports as i; i.needs_json(${args})`));
  return found.map((need) => [need.package, need.used]);
}

test('a program with what the small package has needs nothing', () => {
  const code = `
import tiny, tiny.sub, torch
import tiny as t
from tiny import call as c, Kind
from tiny.sub import inner
print(t.pi, t.sub.inner(), tiny.lazy, tiny.old, c().anything, t.pi.anything, Kind.there, torch.anything, unknown.anything)
t.added = 1`;
  assert.deepEqual(needs(code), []);
});

test('each way of naming what the small package lacks is seen', () => {
  for (const [code, used] of [
    ['import tiny\ntiny.gone(1)', 'tiny.gone'],
    ['import tiny as t\ndef f():\n    return [t.sub.gone for x in y]', 'tiny.sub.gone'],
    ['from tiny import gone', 'tiny.gone'],
    ['from tiny.far import gone', 'tiny.far'],
    ['import tiny.far as far', 'tiny.far'],
    ['from tiny import sub as s\ns.gone', 'tiny.sub.gone'],
    ['from tiny import Kind\nKind.gone', 'tiny.Kind.gone'],
    ['try:\n    from tiny import gone\nexcept ImportError:\n    pass', 'tiny.gone'],
  ]) {
    assert.deepEqual(needs(code), [['tiny', used]], code);
  }
});

test("the learner's own modules are read as well, and one that is named like a package is no package", () => {
  pyodide.FS.writeFile('helper.py', 'import other_helper');
  pyodide.FS.writeFile('other_helper.py', 'import tiny, helper\ntiny.gone');
  assert.deepEqual(needs('import helper'), [['tiny', 'tiny.gone']]);
  assert.deepEqual(needs('print("import helper")'), []);
  pyodide.FS.writeFile('tiny.py', 'gone = 1');
  assert.deepEqual(needs('import tiny\ntiny.gone'), []);
  pyodide.FS.unlink('tiny.py');
});

test('a PEP 723 block, a pip line of a notebook and the page can ask for packages', () => {
  const block = `# /// script
# requires-python = ">=3.11"
# dependencies = ["NumPy>=2", "torch", "scikit_learn[x] ; python_version > '3'"]
# ///
import numpy`;
  assert.deepEqual(needs(block), [
    ['numpy', null],
    ['scikit-learn', null],
  ]);
  assert.deepEqual(needs('# /// script\n# dependencies = [\n# ///\n'), []);
  assert.deepEqual(needs('!pip install -q "pandas>=2" torch  # once\n%pip install nltk\n'), [
    ['pandas', null],
    ['nltk', null],
  ]);
  assert.deepEqual(needs('1', ['pandas', 'https://host/a-1-py3-none-any.whl', 'torch']), [
    ['pandas', null],
    ['https://host/a-1-py3-none-any.whl', null],
  ]);
});

test('a program that is no Python needs nothing: its run says what is wrong', () => {
  assert.deepEqual(needs('import tiny\ntiny.gone('), []);
  assert.deepEqual(needs('a = "\0"'), []);
});

test('lines for a notebook are left out, and the others keep their numbers', () => {
  const clean = (source) => {
    const call = `from unroll.notebook import without_magics as w; import json; json.dumps(w(${JSON.stringify(source)}))`;
    return JSON.parse(pyodide.runPython(call));
  };
  assert.deepEqual(clean('%matplotlib inline\nif a:\n    !pip install x\nb = 3'), [
    'pass\nif a:\n    pass\nb = 3',
    ['%matplotlib inline', '!pip install x'],
  ]);
  for (const source of ['a = """\n%matplotlib\n!ls\n"""', 'a = (7\n  % b)', 'x = = 1\n%time', '!= 3'])
    assert.deepEqual(clean(source), [source, []], source);
});

test('a real package that was loaded comes before the small one, which is still the one that is read', async () => {
  pyodide.runPython('import tiny\nassert tiny.pi');
  await pyodide.loadPackage(['tiny', 'pandas'], { messageCallback: () => {} });
  const found = pyodide.runPython(`
from unroll import imports
imports.forget_small_ones()
import tiny, tqdm, pandas
str([hasattr(tiny, "pi"), tiny.big, tqdm.only_in_the_real_one(), pandas.read([1])])`);
  assert.equal(found, "[False, True, 42, ['real', 1]]");
  pyodide.runPython('from unroll import imports; imports._lacks.cache_clear()');
  assert.deepEqual(needs('import tiny\ntiny.big, tiny.pi'), [['tiny', 'tiny.big']]);
  assert.equal(pyodide.runPython('import sys, tiny; tiny.big and sys.path.count("/lib/torch.zip")'), 1);
});
