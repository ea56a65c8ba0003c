// Whole programs, run unchanged by real PyTorch and by this package: the output must agree line by line.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { differentLine, golden } from './golden.mjs';
import { read, runProgram, startPython } from './pyodide.mjs';

let python;

before(async () => {
  python = await startPython();
  for (const [name, path] of [
    ['python_side.py', 'tests/golden/python_side.py'],
    ['input.txt', 'tests/golden/data/input.txt'],
  ]) {
    python.pyodide.FS.writeFile(name, await read(path));
  }
});

/** How far numbers may be apart, relative; exact where the program prints bits. */
const tolerance = { initial_weights: 0 };
const titles = {
  char_lm: 'a character-level LSTM and GRU train on 60 KB of text with the losses of PyTorch to 1e-4',
  initial_weights: 'a seed gives the initial weights of PyTorch to the last bit',
  optimizers: 'optimizers and schedulers go where those of PyTorch go',
  modules: 'modules register, print, save, load, copy and refuse as in PyTorch',
  op_grid: 'ops and their gradients agree over dtypes, strides, empty and one-element tensors',
  grad_names: 'a recorded op is called what PyTorch calls it',
  seq2seq: 'an encoder-decoder with attention trains on packed sequences as in PyTorch',
  random_streams: 'random streams, their states and dropout draw the numbers of PyTorch',
  idioms: 'what tutorials write runs and prints what PyTorch prints',
  data_loading: 'data loaders, samplers and splits give the batches of PyTorch in its order',
  gradients: 'gradients, in-place changes and grad modes are those of PyTorch',
};

for (const [name, expected] of Object.entries(golden.programs)) {
  test(titles[name] ?? `the program ${name} prints what PyTorch prints`, async () => {
    const code = await read(`tests/golden/programs/${name}.py`);
    const start = 'import sys\nsys.path.insert(0, ".")\nimport python_side\npython_side.run_program(code)';
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
