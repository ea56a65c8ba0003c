// What lint's own readers see of Python files.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pythonFunction } from '../python-reader.mjs';

test('imports count in functions and by name for lazily(), but not those for type checkers', async () => {
  const imports = await pythonFunction('tests/circles.py', 'imports');
  const source = `
import torch.nn, math
from . import _ops
from ..a import b as c
if TYPE_CHECKING:
    from .types import never
def f():
    if True:
        from .deep import d
lazily(__name__, {".late": "x", "torch.nn._conv": "y", "plain": "z"}, other)
`;
  const found = (name, isPackage) => imports(source, name, isPackage).toJs();
  const names = found('torch.utils.data', false).map((pair) => pair.join(' '));
  assert.deepEqual(names.sort(), [
    'math ',
    'torch.a b',
    'torch.nn ',
    'torch.nn._conv ',
    'torch.utils _ops',
    'torch.utils.data.late ',
    'torch.utils.deep d',
  ]);
  const inPackage = found('torch.utils', true).map((pair) => pair.join(' '));
  assert.ok(inPackage.includes('torch.utils _ops') && inPackage.includes('torch.a b'));
});

test('public names are functions, classes and methods; a method has the docstring of a class below its own too', async () => {
  const publicNames = await pythonFunction('tests/docstrings.py', 'public_names');
  const source = `
def told():
    "Says what."
def untold(): pass
def _own(): pass
class Kind:
    @property
    def size(self):
        "How many."
    @size.setter
    def size(self, value): pass
    def __len__(self): pass
class _Hidden:
    def shown(self): pass
class Part(Kind):
    "Tells of itself."
    def size(self): pass
    def count(self): pass
`;
  assert.deepEqual(publicNames(new Map([['a.py', source]])).toJs(), [
    ['a.py', 'told', true],
    ['a.py', 'untold', false],
    ['a.py', 'Kind', false],
    ['a.py', 'Kind.size', true],
    ['a.py', 'Part', true],
    ['a.py', 'Part.size', true],
    ['a.py', 'Part.count', false],
  ]);
});

test('a parameter that no line reads is found, also one that swallows; what refuses everything reads nothing on purpose', async () => {
  const unread = await pythonFunction('tests/parameters.py', 'unread_parameters');
  const source = `
def both(x, dim, *, keepdim=False, **_):
    return x + dim
def refuses(x, dim):
    "Not here."
    raise NotImplementedError("refuses")
def inner(x, dim):
    return [dim for _ in range(3)] and (lambda: x)
def _own(x): return 1
class Layer:
    def __init__(self, size, bias=True):
        self.size = size
    def forward(self, x, *args):
        return self.size
    @staticmethod
    def of(kind):
        return Layer(1)
    def __len__(self, extra): return 1
class _Hidden:
    def shown(self, x): return 1
`;
  assert.deepEqual(unread(new Map([['a.py', source]])).toJs(), [
    ['a.py', 'both(keepdim)'],
    ['a.py', 'both(**_)'],
    ['a.py', 'Layer.__init__(bias)'],
    ['a.py', 'Layer.forward(x)'],
    ['a.py', 'Layer.forward(*args)'],
    ['a.py', 'Layer.of(kind)'],
  ]);
});
