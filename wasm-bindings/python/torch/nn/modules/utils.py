"""One number for all dimensions, as a tuple."""

from .._common import sizes

__all__ = []


def _ntuple(n):
    """A function that repeats a number n times and leaves what is a sequence as it is."""

    def parse(x):
        return tuple(x) if hasattr(x, "__iter__") else sizes(x, n)

    return parse


_single = _ntuple(1)
_pair = _ntuple(2)
_triple = _ntuple(3)
_quadruple = _ntuple(4)
