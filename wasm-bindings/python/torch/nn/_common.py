"""What the functions of torch.nn.functional share."""

import importlib
import sys

from .. import _ops
from .._arguments import named as named
from .._warn import warn


def inplace(input, result, wanted, name=""):
    """The result; written over the input where that is wanted, whose node then has this name."""
    if wanted:
        _ops.assign(input, result)
        return named(input, name) if name else input
    return result


def sizes(value, count):
    """One number a dimension."""
    if isinstance(value, (tuple, list)):
        return tuple(value) * count if len(value) == 1 else tuple(value)
    return (value,) * count


def size_text(shape):
    """A shape as the engine's messages print it: [2, 3]."""
    return str(list(shape))


def legacy_reduction(size_average, reduce, emit_warning=True):
    """What the old arguments size_average and reduce mean, as a reduction."""
    reduction = "none" if reduce is False else "sum" if size_average is False else "mean"
    if emit_warning:
        warn(
            f"size_average and reduce args will be deprecated, please use reduction='{reduction}' "
            "instead.",
        )
    return reduction


def defined_in(namespace):
    """The public functions and classes that a module defines itself, as its `__all__`."""
    home = namespace["__name__"]
    return [
        name
        for name, value in namespace.items()
        if not name.startswith("_") and getattr(value, "__module__", None) == home
    ]


def lazily(module, places, otherwise):
    """A module's `__getattr__`: names that live in other modules, which are imported at first use.

    places: module below this one's package → names. otherwise: asked for all other names.
    The function tells the names, as `names`.
    """
    homes = {name: place for place, names in places.items() for name in names.split()}

    def __getattr__(name, depth=1):
        place = homes.get(name)
        if place is None:
            return otherwise(name, depth + 1)
        found = getattr(importlib.import_module(place, module), name)
        setattr(sys.modules[module], name, found)
        return found

    __getattr__.names = frozenset(homes) | getattr(otherwise, "names", frozenset())
    return __getattr__
