"""Order statistics, histograms, correlations, differences, interpolation, convolution."""

import math

import torch
from torch import _ops

from . import _dtypes, _reduce
from ._array import wrap
from ._convert import array, asarray
from ._dtypes import promote
from ._functions import FUNCTIONS as MATH
from ._linear import dot
from ._shape import axis_of, concatenate


def _floats(a):
    a = asarray(a)
    return a if a.dtype.kind in "fc" else a.astype(float)


def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    """The middle value, or the mean of the two in the middle."""
    return quantile(a, 0.5, axis, keepdims=keepdims)


def percentile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False,
               **_):  # fmt: skip
    """The values below which q percent of the elements lie."""
    q = asarray(q) / 100
    if not (asarray(q >= 0).all() and asarray(q <= 1).all()):
        raise ValueError("Percentiles must be in the range [0, 100]")
    return quantile(a, q, axis, method=method, keepdims=keepdims)


def quantile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False,
             **_):  # fmt: skip
    """The values below which a share q of the elements lies."""
    a = _floats(a)
    shares = asarray(q)
    if not (asarray(shares >= 0).all() and asarray(shares <= 1).all()):
        raise ValueError("Quantiles must be in the range [0, 1]")
    axes = _reduce._axes(a, axis)
    rest = [i for i in range(a.ndim) if i not in axes]
    line = a._t.permute(*rest, *axes).reshape(*[a.shape[i] for i in rest], -1)
    line = torch.sort(line, -1)[0]
    nan = torch.isnan(line.select(-1, line.shape[-1] - 1)) if line.shape[-1] else None
    parts = []
    for share in shares.ravel().tolist():
        made = _at(line, share * (line.shape[-1] - 1), method)
        if nan is not None and bool(nan.any()):
            made = torch.where(nan, torch.full_like(made, math.nan), made)
        parts.append(made)
    shape = [1 if i in axes else n for i, n in enumerate(a.shape)] if keepdims else None
    parts = [part.reshape(shape) if shape is not None else part for part in parts]
    made = torch.stack(parts).reshape(*shares.shape, *parts[0].shape)
    return a._like(made)[()] if not made.dim() else a._like(made)


def _at(line, place, method):
    """The value at a place between elements of sorted lines."""
    low = math.floor(place)
    high = min(low + 1, line.shape[-1] - 1)
    part = place - low
    below, above = line.select(-1, low), line.select(-1, high)
    if method == "lower":
        return below
    if method == "higher":
        return above if part else below
    if method == "nearest":
        return above if part > 0.5 or (part == 0.5 and low % 2) else below
    if method == "midpoint":
        return (below + above) / 2 if part else below
    if method != "linear":
        raise NotImplementedError(f"the quantile method '{method}' is not in the small NumPy")
    if part == 0:
        return below
    if part >= 0.5:
        return above - (above - below) * (1 - part)
    return below + (above - below) * part


def nanmedian(a, axis=None, **kwargs):
    """As median, without the NaNs."""
    return nanquantile(a, 0.5, axis, **kwargs)


def nanpercentile(a, q, axis=None, **kwargs):
    """As percentile, without the NaNs."""
    return nanquantile(a, asarray(q) / 100, axis, **kwargs)


def nanquantile(a, q, axis=None, **kwargs):
    """As quantile, without the NaNs."""
    from ._logic import apply_along_axis

    a = _floats(a)
    if axis is None:
        return quantile(a[~asarray(MATH["isnan"](a))], q, **kwargs)
    return apply_along_axis(lambda v: quantile(v[~MATH["isnan"](v)], q), axis, a)


def average(a, axis=None, weights=None, returned=False, *, keepdims=False):
    """The mean, weighted on request."""
    a = asarray(a)
    if weights is None:
        made = _reduce.mean(a, axis, keepdims=keepdims)
        total = a.size / max(asarray(made).size, 1)
        return (made, asarray(made) * 0 + total) if returned else made
    weights = asarray(weights)
    if weights.shape != a.shape:
        if axis is None:
            raise TypeError("Axis must be specified when shapes of a and weights differ.")
        if weights.ndim != 1 or weights.shape[0] != a.shape[axis]:
            raise ValueError(
                "Shape of weights must be consistent with shape of a along specified axis."
            )
        shape = [1] * a.ndim
        shape[axis] = -1
        weights = weights.reshape(shape)
    kind = promote(a.dtype, weights.dtype)
    kind = _dtypes.float64 if kind.kind in "biu" else kind
    total = _reduce.sum(weights + a * 0, axis, kind, keepdims=keepdims)
    if (asarray(total) == 0).any():
        raise ZeroDivisionError("Weights sum to zero, can't be normalized")
    made = _reduce.sum(a * weights, axis, kind, keepdims=keepdims) / total
    return (made, total) if returned else made


def diff(a, n=1, axis=-1, prepend=None, append=None):
    """The differences of neighbours, n times."""
    a = asarray(a)
    if n < 0:
        raise ValueError(f"order must be non-negative but got {n!r}")
    if not a.ndim:
        raise ValueError("diff requires input that is at least one dimensional")
    axis = axis_of(axis, a.ndim)
    ends = []
    for item in (prepend, append):
        if item is not None:
            item = asarray(item)
            shape = list(a.shape)
            shape[axis] = 1
            ends.append(item if item.ndim else wrap(item._t.expand(shape), item.dtype))
        else:
            ends.append(None)
    a = concatenate([part for part in (ends[0], a, ends[1]) if part is not None], axis)
    for _ in range(n):
        size = a.shape[axis]
        if size == 0:
            return a
        high = a._like(a._t.narrow(axis, 1, size - 1))
        low = a._like(a._t.narrow(axis, 0, size - 1))
        a = high != low if a.dtype.kind == "b" else high - low
    return a


def ediff1d(ary, to_end=None, to_begin=None):
    """The differences of neighbours in the flattened array."""
    a = asarray(ary).ravel()
    made = a[1:] - a[:-1]
    parts = [asarray(p).ravel() for p in (to_begin, made, to_end) if p is not None]
    return concatenate(parts) if len(parts) > 1 else made


def gradient(f, *varargs, axis=None, edge_order=1):
    """The slope at each element, out of its neighbours."""
    a = _floats(f)
    axes = range(a.ndim) if axis is None else (axis,) if hasattr(axis, "__index__") else axis
    axes = [axis_of(i, a.ndim) for i in axes]
    steps = list(varargs) or [1.0]
    steps = steps * len(axes) if len(steps) == 1 else steps
    made = []
    for along, step in zip(axes, steps, strict=True):
        t = a._t.movedim(along, 0)
        if t.shape[0] < edge_order + 1:
            raise ValueError(
                "Shape of array too small to calculate a numerical gradient, at least "
                "(edge_order + 1) elements are required."
            )
        step = asarray(step)
        if step.ndim:
            gaps = (step[1:] - step[:-1]).astype(float)._t.reshape(-1, *[1] * (t.dim() - 1))
            h, g = gaps[:-1], gaps[1:]
            middle = (
                -(g / (h * (h + g))) * t[:-2] + ((g - h) / (h * g)) * t[1:-1]
                + (h / (g * (h + g))) * t[2:]
            )  # fmt: skip
            first, last = (t[1:2] - t[:1]) / gaps[:1], (t[-1:] - t[-2:-1]) / gaps[-1:]
        else:
            h = step.item()
            middle = (t[2:] - t[:-2]) / (2.0 * h)
            first, last = (t[1:2] - t[:1]) / h, (t[-1:] - t[-2:-1]) / h
            if edge_order == 2:
                first = (-1.5 * t[:1] + 2.0 * t[1:2] - 0.5 * t[2:3]) / h
                last = (0.5 * t[-3:-2] - 2.0 * t[-2:-1] + 1.5 * t[-1:]) / h
        made.append(a._like(torch.cat([first, middle, last]).movedim(0, along)))
    return made[0] if len(made) == 1 else tuple(made)


def trapezoid(y, x=None, dx=1.0, axis=-1):
    """The area under a line of values."""
    y = asarray(y)
    if x is not None:
        x = asarray(x)
        dx = diff(x, axis=-1 if x.ndim == 1 else axis)
        if x.ndim == 1 and y.ndim > 1:
            shape = [1] * y.ndim
            shape[axis] = -1
            dx = dx.reshape(shape)
    size = y.shape[axis]
    high = y._like(y._t.narrow(axis_of(axis, y.ndim), 1, size - 1))
    low = y._like(y._t.narrow(axis_of(axis, y.ndim), 0, size - 1))
    return _reduce.sum(dx * (high + low) / 2.0, axis)


trapz = trapezoid


def cov(m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None):
    """The covariance matrix of rows of values."""
    a = asarray(m).astype(float)
    a = a.reshape(1, -1) if a.ndim < 2 else a
    if not rowvar and a.shape[0] != 1:
        a = a.T
    if y is not None:
        other = asarray(y).astype(float)
        other = other.reshape(1, -1) if other.ndim < 2 else other
        a = concatenate([a, other if rowvar or other.shape[0] == 1 else other.T])
    ddof = (0 if bias else 1) if ddof is None else ddof
    gap = a - _reduce.mean(a, 1, keepdims=True)
    made = dot(gap, gap.T) / (a.shape[1] - ddof)
    return made.squeeze()


def corrcoef(x, y=None, rowvar=True, **_):
    """The correlation matrix of rows of values."""
    made = asarray(cov(x, y, rowvar))
    if not made.ndim:
        return made / made
    deviation = asarray(MATH["sqrt"](wrap(made._t.diagonal().clone(), made.dtype)))
    made = made / deviation.reshape(-1, 1) / deviation.reshape(1, -1)
    return made.clip(-1, 1)


def interp(x, xp, fp, left=None, right=None, period=None):
    """Values between known points, on straight lines."""
    x, xp, fp = asarray(x, float), asarray(xp, float), asarray(fp, float)
    if xp.shape != fp.shape:
        raise ValueError("fp and xp are not of the same length.")
    if not xp.size:
        raise ValueError("array of sample points is empty")
    if period is not None:
        x, xp = x % period, xp % period
        order = xp._like(torch.argsort(xp._t))
        xp, fp = xp[order.astype(int)], fp[order.astype(int)]
        xp = concatenate([xp[-1:] - period, xp, xp[:1] + period])
        fp = concatenate([fp[-1:], fp, fp[:1]])
    points, values = xp.tolist(), fp.tolist()
    low = values[0] if left is None else left
    high = values[-1] if right is None else right

    from bisect import bisect_right

    def at(v):
        if v != v:
            return v
        if v < points[0]:
            return low
        if v > points[-1]:
            return high
        i = bisect_right(points, v) - 1
        if i == len(points) - 1 or points[i] == v:
            return values[i]
        slope = (values[i + 1] - values[i]) / (points[i + 1] - points[i])
        return slope * (v - points[i]) + values[i]

    return array([at(v) for v in x.ravel().tolist()], float).reshape(x.shape)[()]


def convolve(a, v, mode="full"):
    """The sliding sum product of one line with the other turned around."""
    return _slide(asarray(a), asarray(v), mode, "v cannot be empty", "a cannot be empty")


def correlate(a, v, mode="valid"):
    """The sliding sum product of two lines."""
    second = asarray(v)
    first = asarray(a)
    return _slide(
        first, second._like(second._t.flip(0)), mode, "v cannot be empty", "a cannot be empty",
        turned=second.size > first.size,
    )  # fmt: skip


def _slide(a, v, mode, *errors, turned=False):
    if not a.size or not v.size:
        raise ValueError(errors[0] if not v.size else errors[1])
    kind = promote(a.dtype, v.dtype)
    if a.size < v.size and not turned:
        a, v = v, a
    long, short = a.astype(kind)._t, v.astype(kind)._t
    if long.numel() < short.numel():
        long, short = short, long
    n, m = long.numel(), short.numel()
    padded = torch.cat([long.new_zeros(m - 1), long, long.new_zeros(m - 1)])
    full = _ops.matmul(padded.unfold(0, m, 1).contiguous(), short.flip(0).contiguous())
    first, count = {"full": (0, n + m - 1), "same": ((m - 1) // 2, n), "valid": (m - 1, n - m + 1)}[
        {"f": "full", "s": "same", "v": "valid"}.get(mode, mode)
    ]
    return wrap(full.narrow(0, first, count), kind)


def unwrap(p, discont=None, axis=-1, *, period=2 * math.pi):
    """Angles without jumps."""
    a = _floats(p)
    gap = diff(a, axis=axis)
    half = period / 2
    fixed = (gap + half) % period - half
    fixed = wrap(torch.where(((fixed == -half) & (gap > 0))._t, torch.full_like(fixed._t, half),
                             fixed._t), a.dtype)  # fmt: skip
    correction = fixed - gap
    correction = wrap(torch.where((abs(gap) < (discont or half))._t,
                                  torch.zeros_like(gap._t), correction._t), a.dtype)  # fmt: skip
    axis = axis_of(axis, a.ndim)
    made = a.copy()
    made._t.narrow(axis, 1, a.shape[axis] - 1).add_(_reduce.cumsum(correction, axis)._t)
    return made


def window(name):
    """A window function of signal processing."""

    def make(M):
        if M == 1:
            return array([1.0])
        n = [2 * math.pi * i / (M - 1) for i in range(M)]
        if name == "bartlett":
            return array([1 - abs(2 * i / (M - 1) - 1) for i in range(M)])
        terms = {
            "hanning": (0.5, 0.5, 0),
            "hamming": (0.54, 0.46, 0),
            "blackman": (0.42, 0.5, 0.08),
        }
        a, b, c = terms.get(name, (0.42, 0.5, 0.08))
        return array([a - b * math.cos(t) + c * math.cos(2 * t) for t in n])

    make.__name__ = make.__qualname__ = name
    make.__doc__ = f"The {name} window of M values."
    return make


FUNCTIONS = (
    median, percentile, quantile, nanmedian, nanpercentile, nanquantile, average, diff, ediff1d,
    gradient, trapezoid, cov, corrcoef,
    interp, convolve, correlate, unwrap, window("hanning"), window("hamming"), window("blackman"),
    window("bartlett"),
)  # fmt: skip
