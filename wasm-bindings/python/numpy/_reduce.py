"""Reductions: sums, means, extremes, over all elements or along axes."""

import builtins
import math

import torch
from torch import _ops

from . import _dtypes, _errors
from ._array import convert, ndarray, out, scalar, wrap, wrapped
from ._convert import asarray
from ._dtypes import as_dtype
from ._shape import axis_of


def _axes(a, axis):
    """The axes counted from 0; all for None."""
    if axis is None:
        return tuple(range(a.ndim))
    if hasattr(axis, "__index__"):
        return (axis_of(axis, a.ndim),)
    axes = tuple(axis_of(item, a.ndim) for item in axis)
    if len(set(axes)) != len(axes):
        raise ValueError("duplicate value in 'axis'")
    return axes


def _masked(a, where, value):
    if where is True or where is None:
        return a
    mask = asarray(where)._t
    return wrap(torch.where(mask, a._t, torch.full_like(a._t, value)), a.dtype)


def _give(tensor, kind, target):
    if target is None:
        return out(tensor, kind)
    target._t.copy_(convert(tensor, kind, target.dtype))
    return target


def _sum_kind(kind, dtype):
    if dtype is not None:
        return as_dtype(dtype)
    if kind.kind == "b" or kind.kind == "i":
        return _dtypes.int64
    return _dtypes.uint64 if kind.kind == "u" else kind


def _by_python(a, axes, keepdims, act):
    """A reduction of objects, strings or complex numbers, with a Python function of a list."""
    from ._convert import array, from_values

    rest = [i for i in range(a.ndim) if i not in axes]
    tensor = a._t.permute(*rest, *axes) if a.ndim else a._t
    shape = [a.shape[i] for i in rest]
    rows = a._like(tensor.reshape(math.prod(shape), -1)).tolist()
    values = [act(row) for row in rows]
    made = from_values(values, shape, a.dtype) if a.dtype.kind == "O" else array(values)
    made = made.reshape(
        [1 if i in axes else n for i, n in enumerate(a.shape)] if keepdims else shape
    )
    return made if made.ndim else made[()]


def sum(a, axis=None, dtype=None, out=None, keepdims=False, initial=0, where=True):
    """The sum."""
    if type(a) is ndarray and axis is None and dtype is None and out is None and where is True:
        plain = a.dtype is _dtypes.float64 or a.dtype is _dtypes.int64
        if plain and not keepdims and not initial:
            return scalar(_ops.sum(a._t), a.dtype)
    a = _masked(asarray(a), where, 0)
    axes = _axes(a, axis)
    if a.dtype.pooled:
        return _by_python(a, axes, keepdims, lambda row: _plus(row))
    kind = _sum_kind(a.dtype, dtype)
    tensor = convert(a._t, a.dtype, kind)
    half = kind is _dtypes.float16
    made = _ops.sum(tensor.float() if half else tensor, axes, keepdims) if axes else tensor
    if initial:
        made = made + initial
    made = made.to(kind.storage) if made.dtype is not kind.storage else made
    return _give(wrapped(made, kind) if kind.wraps else made, kind, out)


def _plus(row):
    total = row[0] if row else 0
    for item in row[1:]:
        total = total + item
    return total


def prod(a, axis=None, dtype=None, out=None, keepdims=False, initial=1, where=True):
    """The product."""
    a = _masked(asarray(a), where, 1)
    axes = _axes(a, axis)
    if a.dtype.pooled:
        return _by_python(a, axes, keepdims, math.prod)
    kind = _sum_kind(a.dtype, dtype)
    made = convert(a._t, a.dtype, kind)
    for dim in sorted(axes, reverse=True):
        made = _ops.prod(made, dim, keepdims)
    if initial != 1:
        made = made * initial
    made = made.to(kind.storage) if made.dtype is not kind.storage else made
    return _give(wrapped(made, kind) if kind.wraps else made, kind, out)


def mean(a, axis=None, dtype=None, out=None, keepdims=False, *, where=True):
    """The mean; in float64 for whole numbers."""
    a = asarray(a)
    axes = _axes(a, axis)
    if a.dtype.pooled:
        return _by_python(a, axes, keepdims, lambda row: _plus(row) / len(row))
    kind = as_dtype(dtype) if dtype is not None else a.dtype
    if kind.kind in "biu":
        kind = _dtypes.float64
    if where is not True:
        total = sum(a, axis, kind, keepdims=keepdims, where=where)
        return total / sum(asarray(where), axis, keepdims=keepdims)
    if not a.size:
        import warnings

        warnings.warn("Mean of empty slice.", RuntimeWarning, stacklevel=2)
        _errors.warn("invalid", "invalid value encountered in scalar divide")
    tensor = convert(a._t, a.dtype, kind)
    if kind is _dtypes.float16:
        tensor = tensor.float()
    count = math.prod(a.shape[i] for i in axes)
    made = _ops.sum(tensor, axes, keepdims) if axes else tensor
    made = made / count if count else made * math.nan
    made = made.to(kind.storage) if made.dtype is not kind.storage else made
    return _give(made, kind, out)


def var(
    a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None,
    correction=None,
):  # fmt: skip
    """The variance: the mean of squared distances, over n − ddof."""
    a = asarray(a)
    axes = _axes(a, axis)
    ddof = ddof if correction is None else correction
    kind = as_dtype(dtype) if dtype is not None else a.dtype
    kind = _dtypes.float64 if kind.kind in "biu" else kind
    tensor = convert(a._t, a.dtype, kind)
    if kind is _dtypes.float16:
        tensor = tensor.float()
    count = math.prod(a.shape[i] for i in axes)
    if count - ddof <= 0:
        import warnings

        warnings.warn("Degrees of freedom <= 0 for slice", RuntimeWarning, stacklevel=2)
    middle = _ops.sum(tensor, axes, True) / count if axes and count else tensor
    gap = tensor - middle
    total = _ops.sum(gap * gap, axes, keepdims) if axes else gap * gap
    made = total / float(count - ddof) if count > ddof else total * math.nan
    made = made.to(kind.storage) if made.dtype is not kind.storage else made
    return _give(made, kind, out)


def std(
    a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None,
    correction=None,
):  # fmt: skip
    """The standard deviation: the square root of the variance."""
    from ._functions import FUNCTIONS

    made = var(a, axis, dtype, None, ddof, keepdims, correction=correction)
    return FUNCTIONS["sqrt"](made, out=out) if out is not None else FUNCTIONS["sqrt"](made)


def _extreme(name, op, python):
    def extreme(a, axis=None, out=None, keepdims=False, initial=None, where=True):
        a = asarray(a)
        axes = _axes(a, axis)
        if not math.prod(a.shape[i] for i in axes) and initial is None:
            raise ValueError(
                f"zero-size array to reduction operation {name}imum which has no identity"
            )
        if where is not True:
            a = _masked(a, where, initial)
        if a.dtype.kind == "b":
            return (any if name == "max" else all)(a, axis, out, keepdims)
        if a.dtype.pooled:
            return _by_python(a, axes, keepdims, python)
        tensor = a._t
        if math.prod(a.shape[i] for i in axes):
            tensor = op(tensor, axes, keepdims) if axes else tensor
        else:
            shape = [n for i, n in enumerate(a.shape) if i not in axes]
            return _give(torch.full(shape, initial, dtype=tensor.dtype), a.dtype, out)
        if initial is not None:
            better = _ops.maximum if name == "max" else _ops.minimum
            tensor = better(tensor, initial)
        return _give(tensor, a.dtype, out)

    extreme.__name__ = extreme.__qualname__ = name
    extreme.__doc__ = f"The {name}imum; NaN where there is one."
    return extreme


max = _extreme("max", _ops.amax, builtins.max)
min = _extreme("min", _ops.amin, builtins.min)


def ptp(a, axis=None, out=None, keepdims=False):
    """The largest less the smallest value."""
    return max(a, axis, out, keepdims) - min(a, axis, None, keepdims)


def _place(name, op):
    def place(a, axis=None, out=None, *, keepdims=False):
        a = asarray(a)
        if not a.size:
            raise ValueError(f"attempt to get {name} of an empty sequence")
        if a.dtype.pooled:
            a = _ranks(a)
        tensor = a._t.to(torch.int64) if a.dtype.kind == "b" else a._t
        if axis is None:
            made = op(tensor.reshape(-1), 0)
            if keepdims:
                made = made.reshape([1] * a.ndim)
        else:
            made = op(tensor, axis_of(axis, a.ndim), keepdims)
        return _give(made, _dtypes.int64, out)

    place.__name__ = place.__qualname__ = name
    place.__doc__ = f"Where the {name[3:]}imum stands first."
    return place


def _ranks(a):
    """Integers in the same order as strings or objects."""
    values = a.ravel().tolist()
    rank = {value: i for i, value in enumerate(sorted(set(values)))}
    return asarray([rank[value] for value in values]).reshape(a.shape)


argmax = _place("argmax", _ops.argmax)
argmin = _place("argmin", _ops.argmin)


def _truth(a):
    """The elements as truth values."""
    if a.dtype.kind == "b":
        return a._t
    if a.dtype.pooled:
        return asarray([bool(v) for v in a.ravel().tolist()], bool)._t.reshape(a._t.shape)
    return _ops.ne(a._t, 0)


def all(a, axis=None, out=None, keepdims=False, *, where=True):
    """Whether all elements are true."""
    a = asarray(a)
    tensor, axes = _truth(a), _axes(a, axis)
    if where is not True:
        tensor = torch.logical_or(tensor, torch.logical_not(asarray(where)._t))
    made = _ops.all(tensor, axes, keepdims) if axes else tensor
    return _give(made, _dtypes.bool_, out)


def any(a, axis=None, out=None, keepdims=False, *, where=True):
    """Whether an element is true."""
    a = asarray(a)
    tensor, axes = _truth(a), _axes(a, axis)
    if where is not True:
        tensor = torch.logical_and(tensor, asarray(where)._t)
    made = _ops.any(tensor, axes, keepdims) if axes else tensor
    return _give(made, _dtypes.bool_, out)


def count_nonzero(a, axis=None, *, keepdims=False):
    """How many elements are not 0."""
    a = asarray(a)
    made = sum(wrap(_truth(a), _dtypes.bool_), axis, keepdims=keepdims)
    return made.item() if axis is None and not keepdims else made


def cumsum(a, axis=None, dtype=None, out=None):
    """The sums of the first elements."""
    return _running(_ops.cumsum, a, axis, dtype, out)


def cumprod(a, axis=None, dtype=None, out=None):
    """The products of the first elements."""
    return _running(_cumprod, a, axis, dtype, out)


def _cumprod(tensor, dim):
    made = torch.__dict__.get("cumprod")
    if made is not None:
        return made(tensor, dim)
    steps = []
    for item in tensor.unbind(dim):
        steps.append(steps[-1] * item if steps else item)
    return torch.stack(steps, dim) if steps else tensor.clone()


def _running(op, a, axis, dtype, target):
    a = asarray(a)
    if axis is None:
        a, axis = a.reshape(-1), 0
    kind = _sum_kind(a.dtype, dtype)
    tensor = convert(a._t, a.dtype, kind)
    made = op(tensor, axis_of(axis, a.ndim))
    made = made.to(kind.storage) if made.dtype is not kind.storage else made
    return _give(wrapped(made, kind) if kind.wraps else made, kind, target)


def _without_nan(name, act, value):
    def ignoring(a, axis=None, *args, **kwargs):
        a = asarray(a)
        if a.dtype.kind != "f":
            return act(a, axis, *args, **kwargs)
        mask = torch.isnan(a._t)
        filled = wrap(torch.where(mask, torch.full_like(a._t, value), a._t), a.dtype)
        made = act(filled, axis, *args, **kwargs)
        if name in ("nanmax", "nanmin"):
            return _all_nan(mask, a, axis, made)
        return made

    ignoring.__name__ = ignoring.__qualname__ = name
    ignoring.__doc__ = f"As {name[3:]}, without the NaNs."
    return ignoring


def _all_nan(mask, a, axis, made):
    empty = _ops.all(mask, _axes(a, axis), False)
    if not bool(empty.any()):
        return made
    import warnings

    warnings.warn("All-NaN slice encountered", RuntimeWarning, stacklevel=3)
    tensor = asarray(made)._t
    return out(torch.where(empty, torch.full_like(tensor, math.nan), tensor), a.dtype)


nansum = _without_nan("nansum", sum, 0.0)
nanprod = _without_nan("nanprod", prod, 1.0)
nanmax = _without_nan("nanmax", max, -math.inf)
nanmin = _without_nan("nanmin", min, math.inf)
nanargmax = _without_nan("nanargmax", argmax, -math.inf)
nanargmin = _without_nan("nanargmin", argmin, math.inf)
nancumsum = _without_nan("nancumsum", cumsum, 0.0)


def nanmean(a, axis=None, dtype=None, out=None, keepdims=False):
    """As mean, without the NaNs."""
    a = asarray(a)
    if a.dtype.kind != "f":
        return mean(a, axis, dtype, out, keepdims)
    known = wrap(torch.logical_not(torch.isnan(a._t)), _dtypes.bool_)
    return nansum(a, axis, keepdims=keepdims) / sum(known, axis, keepdims=keepdims)


def nanvar(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    """As var, without the NaNs."""
    a = asarray(a)
    if a.dtype.kind != "f":
        return var(a, axis, dtype, out, ddof, keepdims)
    known = wrap(torch.logical_not(torch.isnan(a._t)), _dtypes.bool_)
    gap = a - asarray(nanmean(a, axis, keepdims=True))
    count = sum(known, axis, keepdims=keepdims)
    return nansum(gap * gap, axis, keepdims=keepdims) / (count - ddof)


def nanstd(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    """As std, without the NaNs."""
    return nanvar(a, axis, dtype, out, ddof, keepdims) ** 0.5


amax, amin = max, min

#: The reductions behind `ufunc.reduce`.
BY_UFUNC = {
    "add": sum, "multiply": prod, "maximum": max, "minimum": min, "logical_and": all,
    "logical_or": any,
}  # fmt: skip

FUNCTIONS = (
    sum, prod, mean, var, std, max, min, ptp, argmax, argmin, all, any, count_nonzero, cumsum,
    cumprod, nansum, nanprod, nanmax, nanmin, nanargmax, nanargmin, nancumsum, nanmean, nanvar,
    nanstd,
)  # fmt: skip
