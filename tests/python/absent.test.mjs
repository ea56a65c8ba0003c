// Packages that programs import and that are not here: what they hear.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { startPython } from './pyodide.mjs';

const { find } = await startPython();

test('importing torchvision, torchtext, pandas, sklearn and spacy says in one sentence what to use instead', () => {
  const found = find(`
for line in ["import torchvision", "from torchtext.data import Field", "import pandas as pd", "from sklearn.model_selection import train_test_split", "import spacy"]:
    try:
        exec(line)
    except ModuleNotFoundError as error:
        found.append([error.name, str(error)])
`);
  assert.deepEqual(
    found.map(([name]) => name),
    ['torchvision', 'torchtext', 'pandas', 'sklearn', 'spacy'],
  );
  for (const [name, text] of found) {
    assert.match(text, new RegExp(`^No module named '${name}': it is not part of Unroll; `));
    assert.doesNotMatch(text, /\n|\. /);
  }
  assert.match(found[3][1], /put "scikit-learn" into the panel's packages/);
});

test('a package that nobody knows gets the ordinary answer', () => {
  assert.deepEqual(
    find(`
try:
    import no_such_package
except ModuleNotFoundError as error:
    found.append(str(error))
`),
    ["No module named 'no_such_package'"],
  );
});

test('a program may ask whether there is such a package', () => {
  assert.deepEqual(
    find(`
import importlib.util
found.append(importlib.util.find_spec("pandas") is None)
try:
    import pandas
    found.append("there")
except ImportError:
    found.append("not there")
`),
    [true, 'not there'],
  );
});

test('a module of the learner with such a name comes first', () => {
  assert.deepEqual(
    find(`
import sys, types
sys.modules["wandb"] = types.ModuleType("wandb")
import wandb
found.append(wandb.__name__)
del sys.modules["wandb"]
`),
    ['wandb'],
  );
});
