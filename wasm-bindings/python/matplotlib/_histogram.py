"""Counting into bins, as numpy.histogram does."""

import bisect
import math

from ._values import finite, vector


def bin_edges(values, bins=10, span=None, weights=None):
    """The edges of bins: a number of equal ones, given edges, or a rule by name."""
    if isinstance(bins, str):
        bins = _rule(bins, sorted(finite(values)), span)
    elif not isinstance(bins, int) and not _is_whole(bins):
        edges = vector(bins)
        if any(b < a for a, b in zip(edges, edges[1:], strict=False)):
            raise ValueError("`bins` must increase monotonically, when an array")
        return edges
    bins = int(bins)
    if bins < 1:
        raise ValueError("`bins` must be positive, when an integer")
    if span is not None:
        low, high = (float(end) for end in span)
        if low > high:
            raise ValueError("max must be larger than min in range parameter.")
    else:
        known = values
        if any(not math.isfinite(value) for value in known):
            raise ValueError(f"autodetected range of [{min(known)}, {max(known)}] is not finite")
        low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if low == high:
        low, high = low - 0.5, high + 0.5
    step = (high - low) / bins
    return [*(low + i * step for i in range(bins)), high]


def _is_whole(value):
    return hasattr(value, "__index__") and not hasattr(value, "__len__")


def _rule(name, values, span):
    if span is not None:
        values = [value for value in values if span[0] <= value <= span[1]]
    count = len(values)
    if count < 2 or values[0] == values[-1]:
        return 1
    reach = values[-1] - values[0]
    mean = sum(values) / count
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / count)
    quarter = _percentile(values, 75) - _percentile(values, 25)
    widths = {
        "fd": 2 * quarter / count ** (1 / 3),
        "sturges": reach / (math.log2(count) + 1),
        "scott": (24 * math.sqrt(math.pi) / count) ** (1 / 3) * deviation,
        "rice": reach / (2 * count ** (1 / 3)),
        "sqrt": reach / math.sqrt(count),
    }
    widths["auto"] = min(widths["fd"], widths["sturges"]) if widths["fd"] else widths["sturges"]
    if name not in widths:
        raise ValueError(f"{name!r} is not a valid estimator for `bins`")
    return math.ceil(reach / widths[name]) if widths[name] else 1


def _percentile(ordered, percent):
    place = (len(ordered) - 1) * percent / 100
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


percentile = _percentile


def place(edges, value):
    """Which bin a value falls into, None outside; the last bin has its right edge too."""
    if not edges[0] <= value <= edges[-1]:
        return None
    return min(bisect.bisect_right(edges, value) - 1, len(edges) - 2)


def count(values, edges, weights=None):
    """How many values (or how much weight) each bin holds."""
    found = [0.0] * (len(edges) - 1)
    for i, value in enumerate(values):
        at = place(edges, value)
        if at is not None:
            found[at] += 1.0 if weights is None else weights[i]
    return found


def density(counts, edges):
    total = sum(counts)
    return [
        number / total / (high - low) if total else math.nan
        for number, low, high in zip(counts, edges, edges[1:], strict=False)
    ]
