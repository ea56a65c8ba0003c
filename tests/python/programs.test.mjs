// Whole programs, run unchanged by real PyTorch and by this package: the output must agree line by line.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { differentLine, programs } from './golden.mjs';
import { read, runProgram, startPython } from './pyodide.mjs';

const python = await startPython();
for (const [name, path] of [
  ['python_side.py', 'tests/golden/python_side.py'],
  ['input.txt', 'tests/golden/data/input.txt'],
]) {
  python.pyodide.FS.writeFile(name, await read(path));
}

/** How far numbers may be apart, relative; exact where the program prints bits. */
const tolerance = { initial_weights: 0 };
for (const [name, expected] of Object.entries(programs)) {
  const code = await read(`tests/golden/programs/${name}.py`);
  test(/^"""(.+?)\.?(?:"""|\n)/.exec(code)?.[1] ?? `the program ${name} prints what PyTorch prints`, () => {
    // The dtype that one program sets must not be met by the next one.
    const start = `import sys
sys.path.insert(0, ".")
import python_side, torch
torch.set_default_dtype(torch.float32)
python_side.run_program(code)`;
    const different = differentLine(python.run(start, { code }), expected, tolerance[name] ?? 1e-4);
    assert.equal(different, undefined, different);
  });
}

for (const name of ['lstm_classifier', 'gru_classifier', 'bidirectional']) {
  test(`the lesson's program ${name} prints what PyTorch prints`, async () => {
    const printed = runProgram(python, await read(`web/lessons/${name}/main.py`));
    assert.equal(printed.trimEnd(), (await read(`tests/golden/lessons/${name}.txt`)).trimEnd());
  });
}
