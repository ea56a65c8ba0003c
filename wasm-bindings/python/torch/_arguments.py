"""What functions written in Python share: `out=`, in-place forms, dtypes as messages spell them."""

import functools

from . import _ops
from ._marshal import scalar_name as scalar_name
from ._marshal import write_all


def with_out(function):
    """Let a function take `out=`: a tensor, or one for each of its results."""

    @functools.wraps(function)
    def taking(*args, out=None, **kwargs):
        result = function(*args, **kwargs)
        return result if out is None else write_all(out, result, function.__name__)

    return taking


def named(tensor, name):
    """The tensor, a fresh result, whose graph node is printed by this name: PyTorch's for what is
    several ops here.
    """
    if tensor.requires_grad:
        _ops.name_grad_fn(tensor, [ord(letter) for letter in name])
    return tensor


def in_place(name, function):
    """The method that writes the function's result over its tensor."""

    def method(self, *args, **kwargs):
        _ops.assign(self, function(self, *args, **kwargs))
        return self

    method.__name__ = method.__qualname__ = f"{name}_"
    method.__doc__ = f"In-place {name}."
    return method
