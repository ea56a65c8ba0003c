"""Order: sorting, searching, sets."""

import torch

from . import _dtypes
from ._array import out, wrap
from ._convert import array, asarray, from_values
from ._shape import axis_of, concatenate


def _order(a, axis):
    """The tensor whose order is that of the elements."""
    if not a.dtype.pooled:
        return a._t.to(torch.int64) if a.dtype.kind == "b" else a._t
    from ._reduce import _ranks

    return _ranks(a)._t


def sort(a, axis=-1, kind=None, order=None, *, stable=None):
    """The elements in rising order along axis, a copy."""
    a = asarray(a)
    if axis is None:
        a, axis = a.reshape(-1), 0
    if a.dtype.pooled:
        return take_sorted(a, argsort(a, axis), axis)
    axis = axis_of(axis, a.ndim)
    made = torch.sort(_order(a, axis), dim=axis)[0]
    return a._like(made.to(a._t.dtype))


def take_sorted(a, places, axis):
    """Elements in the order of index arrays along axis."""
    return a._like(torch.gather(a._t, axis, places._t))


def argsort(a, axis=-1, kind=None, order=None, *, stable=None):
    """The places of the elements in rising order along axis; equal ones keep their order."""
    a = asarray(a)
    if axis is None:
        a, axis = a.reshape(-1), 0
    axis = axis_of(axis, a.ndim)
    return wrap(torch.argsort(_order(a, axis), axis, False, True), _dtypes.int64)


def partition(a, kth, axis=-1, **_):
    """The elements with the k-th at its sorted place; here all are sorted."""
    return sort(a, axis)


def argpartition(a, kth, axis=-1, **_):
    """The places of the elements with the k-th at its sorted place; here all are sorted."""
    return argsort(a, axis)


def sort_complex(a):
    """The elements in rising order, as complex numbers."""
    return array(sorted(asarray(a).ravel().tolist(), key=lambda v: (v.real, v.imag)), complex)


def lexsort(keys, axis=-1):
    """The places that sort by the last key, then the one before, ..."""
    keys = [asarray(key) for key in keys]
    places = range(keys[0].size)
    values = [key.tolist() for key in keys[::-1]]
    return array(sorted(places, key=lambda i: [v[i] for v in values]), int)


def searchsorted(a, v, side="left", sorter=None):
    """Where values would go in a sorted array."""
    from bisect import bisect_left, bisect_right

    a = asarray(a)
    if sorter is not None:
        a = a[asarray(sorter)]
    line, values = a.tolist(), asarray(v)
    act = bisect_left if side == "left" else bisect_right
    if not values.ndim:
        return out(torch.tensor(act(line, values.item())), _dtypes.int64)
    found = [act(line, value) for value in values.ravel().tolist()]
    return array(found, int).reshape(values.shape)


def digitize(x, bins, right=False):
    """The bin that each value falls into."""
    bins = asarray(bins)
    line = bins.tolist()
    if len(line) > 1 and line[0] > line[-1]:
        made = searchsorted(bins[::-1], x, side="right" if right else "left")
        return len(line) - made
    return searchsorted(bins, x, side="left" if right else "right")


def _inverse_counts(values):
    """(sorted distinct values, places of the first, places of each, counts)."""
    first, counts = {}, {}
    for i, value in enumerate(values):
        first.setdefault(value, i)
        counts[value] = counts.get(value, 0) + 1
    distinct = sorted(first)
    place = {value: i for i, value in enumerate(distinct)}
    return (
        distinct,
        [first[value] for value in distinct],
        [place[value] for value in values],
        [counts[value] for value in distinct],
    )


def unique(
    ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *,
    equal_nan=True, sorted=True,
):  # fmt: skip
    """The distinct elements in rising order; on request where they stand and how many."""
    a = asarray(ar)
    if axis is not None:
        a = a._like(a._t.movedim(axis_of(axis, a.ndim), 0))
        rows = [_frozen(row) for row in a.tolist()]
        distinct, first, inverse, counts = _inverse_counts(rows)
        kept = a[array(first, int)]
        values = kept._like(kept._t.movedim(0, axis))
        shape = (len(rows),)
    else:
        flat = a.ravel().tolist()
        shape = a.shape
        nans = [v for v in flat if v != v] if a.dtype.kind == "f" else []
        if nans and equal_nan:
            flat = [v if v == v else nans[0] for v in flat]
        if nans:
            flat = [v for v in flat if v == v] + nans[:1]
        distinct, first, inverse, counts = _inverse_counts(flat)
        values = from_values(distinct, (len(distinct),), a.dtype)
    if not (return_index or return_inverse or return_counts):
        return values
    made = [values]
    if return_index:
        made.append(array(first, int))
    if return_inverse:
        made.append(array(inverse, int).reshape(shape))
    if return_counts:
        made.append(array(counts, int))
    return tuple(made)


def _frozen(value):
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def unique_values(x):
    """The distinct elements."""
    return unique(x)


def unique_counts(x):
    """The distinct elements and how many there are of each."""
    return unique(x, return_counts=True)


def _values(a):
    return asarray(a).ravel().tolist()


def _set(values, like):
    kind = concatenate([a.ravel()[:0] for a in like]).dtype
    return from_values(values, (len(values),), kind)


def intersect1d(ar1, ar2, assume_unique=False, return_indices=False):
    """The elements of both."""
    a, b = asarray(ar1), asarray(ar2)
    first, second = _values(a), _values(b)
    both = sorted(set(first) & set(second))
    made = _set(both, (a, b))
    if return_indices:
        return (
            made,
            array([first.index(v) for v in both], int),
            array([second.index(v) for v in both], int),
        )
    return made


def union1d(ar1, ar2):
    """The elements of either."""
    a, b = asarray(ar1), asarray(ar2)
    return _set(sorted({*_values(a), *_values(b)}), (a, b))


def setdiff1d(ar1, ar2, assume_unique=False):
    """The elements of the first that the second has not."""
    a, drop = asarray(ar1), set(_values(ar2))
    values = _values(a) if assume_unique else sorted(set(_values(a)))
    return _set([v for v in values if v not in drop], (a,))


def setxor1d(ar1, ar2, assume_unique=False):
    """The elements of just one."""
    a, b = asarray(ar1), asarray(ar2)
    return _set(sorted(set(_values(a)) ^ set(_values(b))), (a, b))


def isin(element, test_elements, assume_unique=False, invert=False, **_):
    """Whether each element is one of the others."""
    a, known = asarray(element), set(_values(test_elements))
    found = [(value in known) != invert for value in _values(a)]
    return from_values(found, a.shape, _dtypes.bool_)


def in1d(ar1, ar2, assume_unique=False, invert=False):
    """Whether each element is one of the others, in one dimension."""
    return isin(asarray(ar1).ravel(), ar2, invert=invert)


FUNCTIONS = (
    sort, argsort, partition, argpartition, sort_complex, lexsort, searchsorted, digitize, unique,
    unique_values, unique_counts, intersect1d, union1d, setdiff1d, setxor1d, isin, in1d,
)  # fmt: skip
