import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startPython } from './pyodide.mjs';

const python = await startPython();
const runner = python.pyodide.pyimport('unroll.runner');
python.pyodide.FS.writeFile('data.txt', 'text');
python.pyodide.FS.writeFile('helper.py', 'def half(x):\n    return x // 0\n');

after(() => runner?.destroy());

const torch = 'import torch\nimport torch.nn as nn\n';

/** Programs of beginners, and what the hint below their error has to say: with their own names and numbers. */
const cases = [
  // What Python cannot read.
  ['a colon is missing', 'for i in range(3)\n    print(i)', /Line 1 needs a colon/],
  ['a bracket is open', 'x = [1, 2\ny = 3', /The `\[` on line 1 has no partner/],
  ['= in a question', 'x = 3\nif x = 3:\n    pass', /write `==`/],
  ['a quote is missing', 'print("abc)', /text on line 1 has no closing quote/],
  ["Python 2's print", 'print "a"', /`print` is a function/],
  ['tabs and spaces', 'if True:\n    a = 1\n\tb = 2', /Line 3 mixes tabs and spaces/],
  ['no indentation', 'for i in range(3):\nprint(i)', /'for' statement on line 1 .* in front of line 2/],
  ['too much indentation', 'a = 1\n  b = 2', /Line 2 begins with more spaces/],
  ['uneven indentation', 'if True:\n        a = 1\n    b = 2', /Line 3 begins with a number of spaces/],
  // Names, modules, files.
  ['a name that is written wrong', 'number = 3\nprint(numbr)', /no `numbr`\. Did you mean `number`\?/],
  ['a builtin that is written wrong', 'pritn(1)', /Did you mean `print`\?/],
  ['a module without an import', 'x = np.zeros(3)', /`np` was not imported\. Write `import numpy as np`/],
  ['a name from nowhere', 'print(hello)', /Nothing has the name `hello`.*"hello"/],
  ['a local name without a value', 'n = 1\ndef f():\n    n += 1\nf()', /`n` of its own.*`global n`/],
  ['a module that is written wrong', 'import trch', /Did you mean `torch`\?/],
  ['a module that is not there', 'import my_models', /add `my_models\.py`/],
  ['a file that is written wrong', 'open("dat.txt")', /Did you mean `data\.txt`\?/],
  ['a file that is not there', 'open("poems.csv")', /The files here are `data\.txt`, `helper\.py`/],
  // Values.
  [
    'an index behind the end',
    'steps = [1, 2, 3]\ni = 3\nprint(steps[i])',
    /`steps` has 3 items, indices 0 to 2; index 3/,
  ],
  ['an index into nothing', 'rows = []\nrows[0]', /`rows` is empty/],
  ['a key that is written wrong', 'd = {"hidden": 1}\nd["hiden"]', /Did you mean 'hidden'\?/],
  ['a key that is not there', 'd = {"a": 1}\nd["zz"]', /no key 'zz'\. Its keys are `'a'`/],
  ['a division by zero', 'total = 0\nprint(3 / total)', /`total` is 0 here/],
  ['text and a number', 'print("loss " + 0.5)', /`float` cannot be added.*`str\(…\)`/],
  ['a number and text', 'print(1 + "2")', /`int\(…\)` or `float\(…\)`/],
  ['text that is no number', 'int("3.5")', /'3\.5' is no whole number/],
  ['None', 'rows = [3, 1].sort()\nrows[0]', /`rows` is `None`/],
  // torch.
  [
    'a layer for another size',
    `${torch}nn.Linear(10, 2)(torch.randn(3, 8))`,
    /input is 8, .* expects 10.*`nn\.Linear\(8, 2\)`/,
  ],
  [
    'a product that does not fit',
    `${torch}torch.randn(3, 4) @ torch.randn(5, 6)`,
    /left side has 4 columns and the right side 5 rows/,
  ],
  ['an LSTM for another size', `${torch}nn.LSTM(8, 16)(torch.randn(5, 3, 9))`, /made for 8 features.*got is 9/],
  [
    'the hidden state of another batch',
    `${torch}nn.GRU(8, 16)(torch.randn(5, 3, 8), torch.zeros(1, 4, 16))`,
    /the batch is 4 and should be 3/,
  ],
  [
    'the two states of an LSTM',
    `${torch}h = torch.zeros(2, 3, 9)\nnn.LSTM(8, 16)(torch.randn(5, 3, 8), (h, h))`,
    /directions is 2 and should be 1 and the hidden size is 9 and should be 16/,
  ],
  [
    'output and state in one',
    `${torch}out = nn.LSTM(8, 16)(torch.randn(5, 3, 8))\nout.shape`,
    /`out` holds both.*`output, state = layer\(x\)`/,
  ],
  ['a layer behind an LSTM', `${torch}nn.Linear(16, 2)(nn.LSTM(8, 16)(torch.randn(5, 3, 8)))`, /two things/],
  [
    'the three results of an LSTM',
    `${torch}lstm = nn.LSTM(8, 16)\noutput, hidden, cell = lstm(torch.randn(5, 3, 8))`,
    /`nn\.LSTM` gives two things.*`output, \(hidden, cell\) = lstm\(torch\.randn\(5, 3, 8\)\)`/,
  ],
  [
    'the three results of an LSTM inside of a module',
    `${torch}class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(8, 16)
    def forward(self, x):
        out, h, c = self.lstm(x)
        return out
M()(torch.randn(5, 3, 8))`,
    /`nn\.LSTM` gives two things.*`out, \(h, c\) = self\.lstm\(x\)`/,
  ],
  [
    'the three results of a GRU',
    `${torch}gru = nn.GRU(8, 16)\noutput, hidden, cell = gru(torch.randn(5, 3, 8))`,
    /no cell state.*`output, hidden = gru\(/,
  ],
  ['an LSTM without sizes', `${torch}nn.LSTM()`, /`RNNBase` stands for `nn\.LSTM` here.*input_size, hidden_size/],
  [
    'an option of a GRU that is written wrong',
    `${torch}nn.GRU(8, 16, batchfirst=True)`,
    /Did you mean `batch_first`\?/,
  ],
  ['two states of a GRU', `${torch}out, (h, c) = nn.GRU(8, 16)(torch.randn(5, 3, 8))`, /have one hidden state/],
  [
    'an embedding of fractions',
    `${torch}nn.Embedding(10, 3)(torch.tensor([1.0]))`,
    /type `FloatTensor`.*indices\.long\(\)/,
  ],
  ['an embedding that is too small', `${torch}nn.Embedding(10, 3)(torch.tensor([12]))`, /from 0 to n − 1/],
  [
    'whole numbers in a layer',
    `${torch}nn.Linear(2, 3)(torch.tensor([[1, 2]]))`,
    /type Long, the other of type Float.*x\.float\(\)/,
  ],
  [
    'float64 in an LSTM',
    `${torch}nn.LSTM(2, 3)(torch.zeros(3, 1, 2).double())`,
    /got torch\.float64, which is what NumPy makes/,
  ],
  [
    'classes as fractions',
    `${torch}nn.CrossEntropyLoss()(torch.randn(2, 5), torch.tensor([1.0, 2.0]))`,
    /target\.long\(\)/,
  ],
  [
    'classes in a column',
    `${torch}nn.CrossEntropyLoss()(torch.randn(4, 5), torch.zeros(4, 1).long())`,
    /shape \(batch,\).*`loss\(output, target\.squeeze\(1\)\)`/,
  ],
  [
    'classes in a column, and one output',
    `${torch}nn.CrossEntropyLoss()(torch.randn(4, 1), torch.zeros(4, 1).long())`,
    /takes the targets for probabilities.*BCEWithLogitsLoss/,
  ],
  ['a class that is not there', `${torch}nn.CrossEntropyLoss()(torch.randn(2, 5), torch.tensor([1, 5]))`, /no class 5/],
  [
    'outputs for all steps',
    `${torch}nn.CrossEntropyLoss()(torch.randn(3, 7, 5), torch.zeros(3, 7).long())`,
    /flatten\(0, 1\)/,
  ],
  [
    'fewer targets than outputs',
    `${torch}nn.CrossEntropyLoss()(torch.randn(3, 5), torch.tensor([1, 2]))`,
    /3 outputs and 2 targets/,
  ],
  [
    'shapes that do not go together',
    `${torch}torch.zeros(3, 4) + torch.zeros(5)`,
    /along dimension 1 one has 4 entries, the other 5/,
  ],
  ['a shape of another size', `${torch}torch.zeros(3, 4).view(5, -1)`, /has 12 values.*\(5, -1\)/],
  ['a tensor index behind the end', `${torch}torch.zeros(3)[5]`, /3 entries along dimension 0.*index 5/],
  [
    'backward twice',
    `${torch}x = torch.ones(2, requires_grad=True)\ny = (x * x).sum()\ny.backward()\ny.backward()`,
    /hidden\.detach\(\)/,
  ],
  ['nothing to learn', `${torch}torch.ones(2).sum().backward()`, /No weight has a part/],
  [
    'backward from many numbers',
    `${torch}x = torch.ones(2, requires_grad=True)\n(x * 2).backward()`,
    /loss\.mean\(\)\.backward\(\)/,
  ],
  [
    'super().__init__',
    `${torch}class M(nn.Module):\n    def __init__(self):\n        self.l = nn.Linear(2, 2)\nM()`,
    /super\(\)\.__init__\(\)/,
  ],
  ['a function without an end', 'def f(n):\n    return f(n + 1)\nf(0)', /`f` calls itself again and again/],
  ['memory that is used up', 'raise MemoryError', /All memory .* is taken.*loss\.item\(\)/],
  ['a tensor that is too large', `${torch}torch.zeros(2**34)`, /All memory .* is taken/],
  ['a graphics card', `${torch}nn.Linear(2, 2).to("cuda")`, /torch\.cuda\.is_available\(\)/],
];

for (const [what, code, words] of cases) {
  test(`the hint for ${what} says what to do`, () => {
    const { status, hint, message } = JSON.parse(runner.run_main(code));
    assert.equal(status, 'error');
    assert.match(hint ?? `none for: ${message}`, words);
    assert.equal(hint.split('`').length % 2, 1, 'backticks come in pairs');
  });
}

test('an error in a module of the learner has its hint, too', () => {
  const { hint } = JSON.parse(runner.run_main('from helper import half\nhalf(2)'));
  assert.match(hint, /divided by 0/);
});

test('other errors, and those whose own words say it all, have none', () => {
  for (const code of [
    'raise ValueError("mine")',
    'class E(Exception): pass\nraise E',
    'import sklearn',
    'assert 1 == 2',
  ])
    assert.equal(JSON.parse(runner.run_main(code)).hint, null, code);
});

test('a hint runs nothing of the learner', () => {
  const code = `class Trap:
    def __getitem__(self, index): raise IndexError("list index out of range")
    def __len__(self): print("RAN"); return 3
    def __repr__(self): print("RAN"); return "trap"
t = Trap()
t[3]`;
  const lines = [];
  python.pyodide.setStdout({ batched: (line) => lines.push(line) });
  JSON.parse(runner.run_main(code));
  python.pyodide.setStdout();
  assert.deepEqual(lines, []);
});
