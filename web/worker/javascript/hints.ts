// Plain words under the errors that beginners meet most, as unroll/hints.py has them for Python: what happened, what to do.
import { missingCall, missingExport, missingMember, missingName } from './hint-cases';

/** An error, and the program that it happened in. */
export interface Case {
  /** What the pattern found in the message. */
  found: string[];
  source: string;
  /** The text of the line; empty where it is not known. */
  text: string;
}

/** Types of errors, a pattern for their message, and the words: `{1}` is the pattern's first group. */
type Row = [types: string, message: RegExp, words: string | ((about: Case) => string | null)];

const rows: Row[] = [
  // What JavaScript cannot read.
  ['SyntaxError', /export named '(\w+)'/, missingExport],
  [
    'SyntaxError',
    /./,
    ({ text }) => {
      if (/^\s*(import\s+[\w.]+(\s+as\s+\w+)?|from\s+[\w.]+\s+import\s.*)\s*$/.test(text))
        return "This is how Python imports. In JavaScript write `import * as torch from 'unroll';`, and `const { nn } = torch;`.";
      if (/^\s*(def|elif|with|for\s+\w+\s+in|if\s.*:\s*$|while\s.*:\s*$|else:)/.test(text))
        return 'This line is written as in Python. In JavaScript a block stands between braces: `if (x > 0) { … }`, `for (const x of list) { … }`, `function f(x) { … }`.';
      return null;
    },
  ],
  ['SyntaxError', /await is only valid/, 'A function that waits begins with `async`: `async function f() { … }`.'],
  // Names and values.
  ['ReferenceError', /^(\w+) is not defined|^Can't find variable: (\w+)/, missingName],
  [
    'ReferenceError',
    /access '(\w+)' before init|access lexical declaration '(\w+)'/,
    '`{1}` is used above the line that makes it. Move that line up.',
  ],
  [
    'ReferenceError',
    /super constructor|super\(\)/i,
    "The first line of your class's `constructor` has to be `super();`.",
  ],
  [
    'TypeError',
    /Assignment to constant|invalid assignment to const|readonly property/,
    'What `const` makes keeps its value. Make it with `let` to give it another one later.',
  ],
  [
    'TypeError',
    /class constructor.* (?:without|with) /i,
    'Layers and optimizers are made with `new`: `new nn.Linear(2, 1)`, `new optim.Adam(…)`.',
  ],
  ['TypeError', /(\S+)\.(\w+) is not a function/, missingCall],
  [
    'TypeError',
    /of undefined \(reading '(\w+)'\)|access property "(\w+)"|undefined is not an object \(evaluating '[^']*?\.(\w+)'/,
    missingMember,
  ],
  // torch.
  [
    'ValueError',
    /only one element tensors can be converted to JavaScript numbers/,
    "JavaScript's operators know no tensors. Write `a.add(b)`, `a.sub(b)`, `a.mul(b)`, `a.div(b)`, `a.gt(b)`.",
  ],
  [
    'TypeError',
    /must be Tensor, not Array/,
    'This is an array, not a tensor. An RNN, LSTM or GRU gives two things: `const [output, hidden] = gru(x);`. Numbers become a tensor by `torch.tensor([…])`.',
  ],
  [
    'RuntimeError',
    /cannot be multiplied \((\d+)x(\d+) and (\d+)x(\d+)\)/,
    'The last size of the first is {2}, and the second takes {3}: they have to be equal. For a layer, `new nn.Linear({2}, …)` fits what it gets here.',
  ],
  [
    'RuntimeError',
    /equal to input_size\. Expected (\d+), got (\d+)/,
    'This layer was made for {1} features a step, and the last size of what it got is {2}. The sizes mean (steps, batch, features), or with `{ batchFirst: true }` (batch, steps, features).',
  ],
  [
    'RuntimeError',
    /'indices' to have .* got torch\.(\w+) instead/,
    'An embedding looks up whole numbers, and these are of type {1}. Hand in `indices.long()`.',
  ],
  [
    'RuntimeError',
    /expected scalar type Long but found (\w+)/,
    'A target that names classes has whole numbers, and this one has type {1}. Hand in `target.long()`.',
  ],
  [
    'RuntimeError',
    /mat1 and mat2 must have the same dtype, but got (\w+) and (\w+)/,
    'One side has numbers of type {1}, the other of type {2}. Weights are float32: hand in `x.float()`.',
  ],
  [
    'IndexError',
    /Target (-?\d+) is out of bounds/,
    "There is no class {1}: classes are counted from 0, so the largest target is one less than the number of the model's outputs.",
  ],
  [
    'IndexError',
    /index out of range in self/,
    'An index is too large for the embedding: with `new nn.Embedding(n, …)` they go from 0 to n − 1.',
  ],
  [
    'RuntimeError',
    /tensor a \((\d+)\) must match the size of tensor b \((\d+)\) at non-singleton dimension (\d+)/,
    'The shapes do not go together: along dimension {3} one has {1} entries, the other {2}. Sizes have to be equal, or one of them 1. Print both with `console.log(x.shape)`.',
  ],
  [
    'RuntimeError',
    /shape '\[(.+)\]' is invalid for input of size (\d+)/,
    'The tensor has {2} values, and these do not fill the shape ({1}). One of the sizes may be -1, which is worked out.',
  ],
  [
    'RuntimeError',
    /backward through the graph a second time/,
    '`backward()` uses up what the forward pass has left. Compute the loss anew in each step; cut a hidden state off with `hidden = hidden.detach()`.',
  ],
  [
    'RuntimeError',
    /grad can be implicitly created only for scalar/,
    '`backward()` starts from a single number: `loss.mean().backward()`.',
  ],
  [
    'RuntimeError',
    /does not require grad/,
    'Nothing that this was computed from is trained: no parameter, and no tensor made with `{ requiresGrad: true }`. In `torch.noGrad(…)` nothing is recorded.',
  ],
];

/** The words for an error; undefined where there are none. */
export function hintFor(type: string, message: string, source: string, line: number | null): string | undefined {
  const text = line === null ? '' : (source.split('\n')[line - 1] ?? '');
  for (const [types, pattern, words] of rows) {
    const match = types.split('|').includes(type) ? pattern.exec(message) : null;
    if (!match) continue;
    const found = match.slice(1).filter((group) => group !== undefined);
    const hint =
      typeof words === 'string' ? words.replace(/\{(\d)\}/g, (_, i) => found[i - 1]) : words({ found, source, text });
    if (hint) return hint;
  }
  return undefined;
}
