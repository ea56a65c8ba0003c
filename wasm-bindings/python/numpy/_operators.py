"""Python's operators on arrays."""

import torch
from torch import _C, _ops

from . import _dtypes
from ._array import is_tensor, ndarray, out, wrap
from ._convert import asarray
from ._ufunc import BY_OPERATOR, UFuncTypeError, finite, write

call, result = _C.share(globals())
_new = object.__new__
_INDEX = _ops.INDEX
_PLAIN = (_dtypes.float64, _dtypes.float32, _dtypes.int64)

#: The engine's op behind an operator, and the numbers that follow its operands.
_ROWS = {
    "add": ("add", 1), "sub": ("sub", 1), "mul": ("mul",), "truediv": ("div", 0), "lt": ("lt",),
    "le": ("le",), "gt": ("gt",), "ge": ("ge",),
}  # fmt: skip


def _quick(name, slow):
    """The shortest way for two arrays of one type, or an array and a number that fits it."""
    row, *options = _ROWS[name]
    op = _INDEX[row]
    compare, divide = len(name) == 2, name == "truediv"

    def forward(self, other):
        kind = self.dtype
        if kind not in _PLAIN or (divide and kind.isint):
            return slow(self, other)
        n = self.ndim
        if type(other) is ndarray:
            if other.dtype is not kind:
                return slow(self, other)
            n = max(n, other.ndim)
            handle = call(op, self._t._h, other._t._h, *options) if n else None
        elif not n or (type(other) is not float and type(other) is not int):
            return slow(self, other)
        elif kind.isint:
            fits = type(other) is int and -_EXACT < other < _EXACT
            handle = call(op, self._t._h, -1, other, *options) if fits else None
        else:
            handle = call(op, self._t._h, -2, float(other), *options)
        if handle is None:
            return slow(self, other)
        tensor = _new(torch.Tensor)
        tensor._h = handle
        if divide and not finite(tensor):
            return slow(self, other)
        made = _new(ndarray)
        made._t, made.dtype, made._n = tensor, _dtypes.bool_ if compare else kind, n
        return made

    return forward


_EXACT = 2**53


def _operator(name, function, reflected):
    def forward(self, other):
        if is_tensor(other):
            return _beside_tensor(name, self, other, reflected)
        return function(other, self) if reflected else function(self, other)

    return forward


def _beside_tensor(name, array, tensor, reflected):
    """An operator with a torch tensor: PyTorch answers `tensor + array`, and refuses
    `array + tensor`.
    """
    if reflected:
        return BY_OPERATOR[name](tensor, array)
    if name == "add":
        raise TypeError(
            "Concatenation operation is not implemented for NumPy arrays, use np.concatenate() "
            "instead. Please do not rely on this error; it may not be given on all Python "
            "implementations."
        )
    return NotImplemented


def _inplace(name, function):
    def forward(self, other):
        if is_tensor(other):
            other = other.numpy()
        made = asarray(function(self, other))
        if made.dtype.kind == "f" and self.dtype.kind in "iub":
            label = function.__name__
            raise UFuncTypeError(
                f"Cannot cast ufunc '{label}' output from {made.dtype!r} to {self.dtype!r} with "
                "casting rule 'same_kind'"
            )
        return write(made, self, True)

    return forward


def install():
    """Give ndarray its operators."""
    compare = ("eq", "ne", "lt", "le", "gt", "ge")
    for name, function in BY_OPERATOR.items():
        plain = _operator(name, function, False)
        setattr(ndarray, f"__{name}__", _quick(name, plain) if name in _ROWS else plain)
        if name in compare or function.nin == 1:
            continue
        setattr(ndarray, f"__r{name}__", _operator(name, function, True))
        setattr(ndarray, f"__i{name}__", _inplace(name, function))
    ndarray.__eq__ = _equal(BY_OPERATOR["eq"], False)
    ndarray.__ne__ = _equal(BY_OPERATOR["ne"], True)
    for name in ("neg", "pos", "abs", "invert"):
        function = BY_OPERATOR[name]
        setattr(ndarray, f"__{name}__", lambda self, act=function: act(self))
    ndarray.__divmod__ = lambda self, other: (self // other, self % other)
    ndarray.__rdivmod__ = lambda self, other: (other // self, other % self)


def _equal(function, different):
    def forward(self, other):
        if is_tensor(other):
            return function(self, other)
        if other is None or isinstance(other, str) and self.dtype.kind not in "UO":
            return wrap(torch.full(self.shape, different, dtype=torch.bool), _dtypes.bool_)
        other = asarray(other)
        if (self.dtype.kind == "U") != (other.dtype.kind == "U") and "O" not in (
            self.dtype.kind,
            other.dtype.kind,
        ):
            return wrap(torch.full(self.shape, different, dtype=torch.bool), _dtypes.bool_)
        if self.dtype.kind == other.dtype.kind == "U":
            act = torch.ne if different else torch.eq
            return out(act(self._t, other._t), _dtypes.bool_)
        return function(self, other)

    return forward
