"""Elements by place or by condition."""

import torch

from . import _dtypes
from ._array import convert, wrap
from ._convert import asarray, operand
from ._dtypes import promote, with_number
from ._repeat import resize
from ._ufunc import _python_kind as python_kind


def where(condition, x=None, y=None, /):
    """x where the condition holds, y elsewhere; without x and y the places where it holds."""
    mask = asarray(condition)
    if x is None:
        return nonzero(mask)
    mask = mask if mask.dtype.kind == "b" else mask != 0
    a, first = operand(x)
    b, second = operand(y)
    if first is None and second is None:
        kind = promote(python_kind(a), python_kind(b))
    elif first is None or second is None:
        kind = with_number(first or second, a if first is None else b)
    else:
        kind = promote(first, second)
    parts = [
        convert(v, k, kind) if isinstance(v, torch.Tensor) else asarray(v, kind)._t
        for v, k in ((a, first), (b, second))
    ]
    try:
        made = torch.where(asarray(mask)._t, *parts)
    except RuntimeError:
        shapes = (mask.shape, tuple(parts[0].shape), tuple(parts[1].shape))
        text = " ".join(f"({','.join(map(str, s))}{',' if len(s) == 1 else ''})" for s in shapes)
        message = f"operands could not be broadcast together with shapes {text} "
        raise ValueError(message) from None
    return wrap(made, kind)


def nonzero(a):
    """The places of the elements that are not 0, an index array a dimension."""
    a = asarray(a)
    if not a.ndim:
        raise ValueError(
            "Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() "
            "instead. If the context of this error is of the form `arr[nonzero(cond)]`, just use "
            "`arr[cond]`."
        )
    tensor = a._t if not a.dtype.pooled else (a != "")._t
    return tuple(wrap(t.contiguous(), _dtypes.int64) for t in tensor.nonzero().unbind(1))


def argwhere(a):
    """The places of the elements that are not 0, one a row."""
    return wrap(asarray(a)._t.nonzero(), _dtypes.int64)


def flatnonzero(a):
    """The places of the elements that are not 0 in the flattened array."""
    return nonzero(asarray(a).ravel())[0]


def take(a, indices, axis=None, out=None, mode="raise"):
    """The elements at these places along axis."""
    a = asarray(a)
    if axis is None:
        a, axis = a.ravel(), 0
    indices = asarray(indices)
    if mode != "raise":
        size = a.shape[axis]
        indices = indices % size if mode == "wrap" else indices.clip(0, size - 1)
    axis = axis % a.ndim
    return a[(slice(None),) * axis + (indices,)]


def put(a, ind, v, mode="raise"):
    """Set elements of the flattened array."""
    places = asarray(ind).ravel()
    values = asarray(v).ravel()
    if values.size < places.size:
        values = resize(values, places.shape)
    a.flat[places] = values


def take_along_axis(arr, indices, axis=-1):
    """Elements by an index array that has one place for each result."""
    arr, indices = asarray(arr), asarray(indices)
    if axis is None:
        arr, axis = arr.ravel(), 0
    places = indices._t.to(torch.int64)
    places = torch.where(torch.lt(places, 0), places + arr.shape[axis], places)
    shape = list(arr.shape)
    shape[axis] = places.shape[axis]
    return arr._like(torch.gather(arr._t.expand(arr.shape), axis, places.expand(shape)))


def put_along_axis(arr, indices, values, axis):
    """Set elements by an index array that has one place for each value."""
    places = asarray(indices)._t.to(torch.int64)
    values = convert(asarray(values)._t, asarray(values).dtype, arr.dtype)
    arr._t.copy_(torch.scatter(arr._t, axis, places, values.expand(places.shape)))


def ix_(*args):
    """Index arrays that span a grid."""
    made = []
    for i, item in enumerate(args):
        item = asarray(item)
        if item.dtype.kind == "b":
            item = nonzero(item)[0]
        elif not item.size:
            item = item.astype(int)
        made.append(item.reshape((1,) * i + (-1,) + (1,) * (len(args) - i - 1)))
    return tuple(made)


def compress(condition, a, axis=None, out=None):
    """The slices along axis for which the condition holds."""
    return take(a, nonzero(asarray(condition))[0], axis)


def extract(condition, arr):
    """The elements for which the condition holds."""
    return asarray(arr).ravel()[nonzero(asarray(condition).ravel())[0]]


FUNCTIONS = (
    where, nonzero, argwhere, flatnonzero, take, put, take_along_axis, put_along_axis, ix_,
    compress, extract,
)  # fmt: skip
