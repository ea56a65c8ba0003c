"""What torch shows: the functions of the op table, and those that are written in Python."""

# ruff: noqa: F401  (modules are imported for the functions that they show)

from . import (
    _composed,
    _creation,
    _functions,
    _matrices,
    _ops,
    _products,
    _pytorch_names,
    _random_creation,
    _shapes,
    _statistics,
    _windows,
)
from ._method_table import FUNCTIONS, both, function
from ._tensor import Tensor
from .nn import functional

#: Other names of the same functions and methods.
ALIASES = {
    "absolute": "abs",
    "arccos": "acos",
    "arccosh": "acosh",
    "arcsin": "asin",
    "arcsinh": "asinh",
    "arctan": "atan",
    "arctan2": "atan2",
    "arctanh": "atanh",
    "clip": "clamp",
    "ger": "outer",
    "divide": "div",
    "fix": "trunc",
    "greater": "gt",
    "greater_equal": "ge",
    "less": "lt",
    "less_equal": "le",
    "multiply": "mul",
    "negative": "neg",
    "not_equal": "ne",
    "subtract": "sub",
    "swapaxes": "transpose",
    "swapdims": "transpose",
    "row_stack": "vstack",
}


@function
def reshape(input, shape):
    """The same values in another shape: a view where possible."""
    return _ops.reshape(input, shape)


@function
def permute(input, dims):
    """A view with the dimensions in another order."""
    return _ops.permute(input, dims)


@both
def ravel(input):
    """One dimension."""
    return _ops.flatten(input, 0, -1)


@both
def broadcast_to(input, size):
    """A view in another shape, by repeating."""
    return _ops.expand(input, size)


def functions():
    """All functions of torch by name."""
    found = {name: getattr(_ops, name) for name in _ops.FUNCTIONS} | FUNCTIONS
    # Methods that write over their tensor are functions of torch where PyTorch has them so.
    for name in _pytorch_names.NAMES["torch"].split():
        if name.endswith("_") and name in Tensor.__dict__:
            found[name] = Tensor.__dict__[name]
    return found | {alias: found[name] for alias, name in ALIASES.items() if name in found}
