"""How often values occur."""

import math

import torch

from . import _dtypes, _reduce
from ._array import wrap
from ._convert import asarray
from ._create import linspace
from ._functions import FUNCTIONS as MATH
from ._sort import searchsorted
from ._statistics import percentile


def bincount(x, /, weights=None, minlength=0):
    """How often each whole number from 0 on occurs."""
    a = asarray(x)
    if a.size and a.dtype.kind not in "iub":
        raise TypeError(
            f"Cannot cast array data from {a.dtype!r} to dtype('int64') according to the rule "
            "'safe'"
        )
    values = a._t.to(torch.int64)
    if a.size and int(values.min().item()) < 0:
        raise ValueError("'list' argument must have no negative elements")
    size = max(int(values.max().item()) + 1 if a.size else 0, minlength)
    if weights is None:
        made = torch.zeros(size, dtype=torch.int64)
        made = torch.index_add(made, 0, values, torch.ones_like(values)) if a.size else made
        return wrap(made, _dtypes.int64)
    made = torch.zeros(size, dtype=torch.float64)
    return wrap(torch.index_add(made, 0, values, asarray(weights, float)._t), _dtypes.float64)


def histogram_bin_edges(a, bins=10, range=None, weights=None):
    """The edges that `histogram` uses."""
    a = asarray(a).ravel()
    if not hasattr(bins, "__index__") and not isinstance(bins, str):
        return asarray(bins)
    if range is not None:
        low, high = range
        if low > high:
            raise ValueError("max must be larger than min in range parameter.")
    elif a.size:
        low, high = _reduce.min(a).item(), _reduce.max(a).item()
    else:
        low, high = 0, 1
    if isinstance(bins, str):
        bins = _bin_count(a, bins, low, high)
    if low == high:
        low, high = low - 0.5, high + 0.5
    return linspace(low, high, bins + 1)


def _bin_count(a, rule, low, high):
    n = a.size
    if rule == "sqrt":
        return math.ceil(math.sqrt(n))
    sturges = (high - low) / (math.log2(n) + 1.0)
    quarter = percentile(a, [75, 25])
    freedman = 2.0 * float(quarter[0] - quarter[1]) * n ** (-1.0 / 3.0)
    width = {"sturges": sturges, "fd": freedman}.get(rule)
    if rule == "auto":
        width = min(freedman, sturges) if freedman else sturges
    if width is None:
        raise NotImplementedError(f"np.histogram bins='{rule}' is not part of the small NumPy")
    return max(1, math.ceil((high - low) / width)) if width else 1


def histogram(a, bins=10, range=None, density=None, weights=None):
    """(how many values fall into each bin, the bins' edges)."""
    a = asarray(a).ravel()
    edges = histogram_bin_edges(a, bins, range, weights)
    line = edges.astype(float)
    values = a.astype(float)
    places = _bins(values, line)
    count = edges.size - 1
    inside = (values >= line[0]) & (values <= line[count])
    places = asarray(places)[inside]
    if weights is None:
        made = bincount(places, minlength=count)
    else:
        given = asarray(weights).ravel()[inside]
        made = bincount(places, given, minlength=count)
        made = made if given.dtype.kind == "f" else made.astype(given.dtype)
    if density:
        made = made / (line[1:] - line[:-1]) / _reduce.sum(made)
    return made, edges


def _bins(values, edges):
    """The bin of each value; the last one holds its right edge."""
    table = torch.__dict__.get("searchsorted")
    if table is not None and values.size:
        places = wrap(table(edges._t, values._t.contiguous(), right=True), _dtypes.int64) - 1
    else:
        places = asarray(searchsorted(edges, values, "right")) - 1
    return MATH["minimum"](places, edges.size - 2)


def histogram2d(x, y, bins=10, range=None, density=None, weights=None):
    """(counts, edges of x, edges of y)."""
    bins = bins if isinstance(bins, (list, tuple)) and len(bins) == 2 else (bins, bins)
    ranges = range or (None, None)
    x, y = asarray(x, float).ravel(), asarray(y, float).ravel()
    first = histogram_bin_edges(x, bins[0], ranges[0]).astype(float)
    second = histogram_bin_edges(y, bins[1], ranges[1]).astype(float)
    inside = (x >= first[0]) & (x <= first[-1]) & (y >= second[0]) & (y <= second[-1])
    places = _bins(x, first)[inside] * (second.size - 1) + _bins(y, second)[inside]
    given = None if weights is None else asarray(weights)[inside]
    made = bincount(places, given, minlength=(first.size - 1) * (second.size - 1)).astype(float)
    made = made.reshape(first.size - 1, second.size - 1)
    return (made / made.sum() if density else made), first, second


FUNCTIONS = (bincount, histogram_bin_edges, histogram, histogram2d)
