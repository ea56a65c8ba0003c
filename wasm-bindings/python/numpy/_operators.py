"""Python's operators on arrays."""

import torch

from . import _dtypes
from ._array import is_tensor, ndarray, out, wrap
from ._convert import asarray
from ._ufunc import BY_OPERATOR, write


def _operator(name, function, reflected):
    def forward(self, other):
        if is_tensor(other):
            return _beside_tensor(name, self, other, reflected)
        try:
            return function(other, self) if reflected else function(self, other)
        except _NotANumber:
            return NotImplemented

    return forward


class _NotANumber(TypeError):
    pass


class UFuncTypeError(TypeError):
    """A result that does not fit the type of `out=`."""


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
        setattr(ndarray, f"__{name}__", _operator(name, function, False))
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
