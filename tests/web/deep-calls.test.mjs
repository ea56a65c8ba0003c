// Calls without end, and structures of any depth, are ordinary errors: Python is not started again.
import assert from 'node:assert/strict';
import { openSite, panelPage } from './browser.mjs';
import { inEachBrowser } from './browsers.mjs';

const torch = 'import torch, torch.nn as nn\n';
const nested = (depth) => `a = []\nfor _ in range(${depth}): a = [a]\n`;

/** Programs that call themselves by way of C, and the line that the error has to name. */
const endless = {
  'a module whose forward calls the module': [
    `${torch}class M(nn.Module):\n    def forward(self, x):\n        return self(x)\nM()(1)`,
    4,
  ],
  'a Sequential that holds itself': [`${torch}m = nn.Sequential(nn.Tanh())\nm.append(m)\nm(torch.zeros(1))`, 4],
  'functools.partial': ['import functools\ndef f(x):\n    return functools.partial(f, x)()\nf(1)', 3],
  'the key of sorted': ['def f(x):\n    return sorted([2, 1], key=f)\nf(1)', 2],
  'a __repr__ that asks for itself': ['class A:\n    def __repr__(self):\n        return f"{self!r}"\nrepr(A())', 3],
  'a __getattr__': ['class A:\n    def __getattr__(self, name):\n        return getattr(self, name + "x")\nA().y', 3],
  'an __eq__ by way of lists': [
    'class A:\n    def __eq__(self, other):\n        return [self] == [other]\nA() == A()',
    3,
  ],
  'a __hash__ by way of a tuple': ['class A:\n    def __hash__(self):\n        return hash((self,))\nhash(A())', 3],
  'a limit of recursion that is far away': [
    'import sys\nsys.setrecursionlimit(10**5)\ndef f(n):\n    return f(n + 1)\nf(0)',
    4,
  ],
  'pickle of lists in lists': [`import pickle\n${nested(100_000)}pickle.dumps(a)`, 4],
  '== of lists in lists': [`${nested(100_000)}b = a\n${nested(100_000)}a == b`, 6],
  'repr of lists in lists': [`${nested(100_000)}repr(a)`, 3],
  'JSON of lists in lists': ['import json\njson.loads("[" * 100_000)', 2],
  'JSON of dicts in dicts': ['import json\njson.loads(\'{"a":\' * 100_000)', 2],
  'deepcopy of lists in lists': [`import copy\n${nested(100_000)}copy.deepcopy(a)`, 4],
  'a hash of tuples in tuples': ['a = ()\nfor _ in range(100_000): a = (a,)\nhash(a)', 3],
  'map of map': ['a = iter([1])\nfor _ in range(100_000): a = map(abs, a)\nnext(a)', 3],
  'filter of filter': ['a = iter([1])\nfor _ in range(100_000): a = filter(None, a)\nlist(a)', 3],
  'chain of chain': [
    'import itertools\na = iter([1])\nfor _ in range(100_000): a = itertools.chain(a)\nfor _ in a: pass',
    4,
  ],
  'an expression of 100,000 terms': ['eval("1+" * 100_000 + "1")', 1],
  'a tree of 100,000 terms': ['import ast\nast.parse("1+" * 100_000 + "1")', 2],
  'groups in groups of a pattern': ['import re\nre.compile("(" * 100_000 + ")" * 100_000)', 2],
  'modules in modules': [`${torch}m = nn.Identity()\nfor _ in range(3000): m = nn.Sequential(m)\nm(torch.ones(1))`, 4],
};

/** Programs that Python refuses in words of its own. */
const refused = {
  'brackets in brackets': ['eval("[" * 250 + "]" * 250)', 'SyntaxError', 'too many nested parentheses'],
  'not of not': ['eval("not " * 100_000 + "1")', 'MemoryError', 'Parser stack overflowed'],
  'conditions in conditions': ['eval("1 if 1 else " * 100_000 + "1")', 'MemoryError', 'Parser stack overflowed'],
  'a tensor of a list that holds itself': [
    'import torch\na = []\na.append(a)\ntorch.tensor(a)',
    'ValueError',
    'too many dimensions',
  ],
};

/** Programs that end well, however deep what they make. */
const deep = {
  'two million lists in lists': `${nested(2_000_000)}del a\nprint("freed")`,
  'tuples in tuples': 'a = ()\nfor _ in range(300_000): a = (a,)\ndel a\nprint("freed")',
  'objects that hold each other': `class A: pass
last = None
for _ in range(200_000):
    new = A()
    new.next, last = last, new
del new, last
print("freed")`,
  'brackets in brackets': 'print("freed" if eval("[" * 150 + "]" * 150) else "")',
  'iterators in iterators': `a = iter([1])
for _ in range(200): a = map(abs, filter(None, a))
print("freed" if list(a) == [1] else "")`,
  'gradients of gradients': `import torch
last = torch.ones(1)
for _ in range(100_000):
    x = torch.ones(1)
    x.grad, last = last, x
del x, last
print("freed" if torch.ones(3).sum() == 3 else "")`,
  'a recursion through C that has an end': `import functools
@functools.lru_cache
def f(n): return n if n < 2 else f(n - 1) + f(n - 2)
print("freed" if f(80) == 23416728348467685 else "wrong")`,
};

const pages = { '/lesson.html': panelPage(['print(1)']) };

inEachBrowser('calls of any depth leave Python alive', async (browser, t) => {
  const site = await openSite({ pages });
  const page = await browser.open(`${site.url}/lesson.html`);
  const run = (code) =>
    page.evaluate(async (code) => {
      await customElements.whenDefined('unroll-panel');
      const panel = document.querySelector('unroll-panel');
      panel.code = code;
      const { status, error, stdout, stderr } = await panel.run();
      return { status, error, stdout, stderr, starts: panel.runtime.starts };
    }, code);
  const { starts } = await run('print(1)');
  for (const [what, [code, line]] of Object.entries(endless))
    await t.test(`${what} is a RecursionError with its line`, async () => {
      const result = await run(code);
      assert.equal(result.error?.type, 'RecursionError', result.stderr);
      assert.equal(result.error.line, line);
      assert.equal(result.starts, starts, 'Python was not started again');
    });
  for (const [what, [code, type, words]] of Object.entries(refused))
    await t.test(`${what} are a ${type}`, async () => {
      const result = await run(code);
      assert.equal(result.error?.type, type, result.stderr);
      assert.match(result.error.message, new RegExp(words));
      assert.equal(result.starts, starts, 'Python was not started again');
    });
  for (const [what, code] of Object.entries(deep))
    await t.test(`${what} are no error`, async () => {
      const result = await run(code);
      assert.equal(result.stdout, 'freed\n', result.stderr);
      assert.equal(result.starts, starts, 'Python was not started again');
    });
});
