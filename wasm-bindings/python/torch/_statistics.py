"""Functions of torch over the elements' order and spread: medians, quantiles, unique values,
histograms, covariances, differences.
"""

import builtins
import math

from . import _dtypes, _ops, return_types
from ._arguments import scalar_name, with_out
from ._creation import full, tensor, zeros
from ._method_table import both, function
from ._tensor import Tensor


def _middle(name, op):
    def function(input, dim=None, keepdim=False, *, axis=None, keepdims=None):
        dim = axis if dim is None else dim
        if dim is None:
            if input.numel() == 0:
                lowest = math.nan if input.is_floating_point() else -(2**63)
                return full((), lowest, dtype=input.dtype)
            return op(_ops.reshape(input, -1), 0, False)[0]
        return op(input, dim, keepdim if keepdims is None else keepdims)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"The {name} of all elements, or (values, indices) along a dimension."
    return with_out(function)


median = both(_middle("median", _ops.median))
nanmedian = both(_middle("nanmedian", _ops.nanmedian))


@both
@with_out
def aminmax(input, *, dim=None, keepdim=False) -> return_types.aminmax:
    """(min, max) over a dimension, over all when None."""
    if dim is None and input.numel() == 0:
        raise RuntimeError(
            "aminmax(): cannot compute aminmax over an empty dimension as the operation has no "
            "identity."
        )
    return return_types.aminmax(_ops.amin(input, dim, keepdim), _ops.amax(input, dim, keepdim))


@both
@with_out
def nansum(input, dim=None, keepdim=False, *, dtype=None):
    """The sum over dim without NaNs."""
    return _ops.sum(_ops.where(_ops.isnan(input), 0, input), dim, keepdim, dtype)


@both
@with_out
def nanmean(input, dim=None, keepdim=False, *, dtype=None):
    """The mean over dim without NaNs."""
    if not input.is_floating_point():
        raise RuntimeError(
            "nanmean(): expected input to have floating point or complex dtype but got "
            f"{scalar_name(input.dtype)}"
        )
    count = _ops.sum(_ops.bitwise_not(_ops.isnan(input)), dim, keepdim, None)
    return nansum(input, dim, keepdim, dtype=dtype) / count


@both
@with_out
def msort(input):
    """Sorted along the first dimension."""
    return _ops.sort(input, 0, False, False)[0]


def _quantile(name, input, q, dim, keepdim, interpolation, skip_nan):
    if not isinstance(q, Tensor):
        if not 0 <= q <= 1:
            raise RuntimeError(f"{name}() q must be in the range [0, 1] but got {q:g}")
        q = tensor(q, dtype=input.dtype)
    if not input.is_floating_point():
        raise RuntimeError(f"{name}() input tensor must be either float or double dtype")
    if input.numel() == 0:
        raise RuntimeError(f"{name}() input tensor must be non-empty")
    if q.dim() > 1:
        raise RuntimeError(f"{name}() q must be a scalar or 1D tensor")
    if q.dtype is not input.dtype:
        raise RuntimeError(f"{name}() q tensor must be same dtype as the input tensor")
    if not bool(((q >= 0) & (q <= 1)).all()):
        raise RuntimeError(f"{name}() q values must be in the range [0, 1]")
    if interpolation not in ("linear", "lower", "higher", "midpoint", "nearest"):
        raise RuntimeError(
            f"{name}() interpolation must be one of linear, lower, higher, midpoint or nearest, "
            f"but got {interpolation}"
        )
    shape = [1] * input.dim()
    if dim is None:
        lines = _ops.reshape(input, -1)
    else:
        shape = list(input.shape)
        if shape:
            input.size(dim)
            shape[dim] = 1
        lines = _ops.transpose(input, dim, -1) if shape else _ops.reshape(input, -1)
    ordered = _ops.sort(lines, -1, False, False)[0]
    nans = _ops.isnan(lines)
    count = _ops.sum(_ops.bitwise_not(nans), -1, True, None)
    last = ordered.shape[-1] - 1
    if skip_nan:
        rank = _ops.clamp(q * (count - 1), 0, None)
    else:
        rank = _ops.where(_ops.any(nans, -1, True), last, q * last)
    if interpolation == "lower":
        found = _ops.gather(ordered, -1, rank.floor().long())
    elif interpolation == "higher":
        found = _ops.gather(ordered, -1, rank.ceil().long())
    elif interpolation == "nearest":
        found = _ops.gather(ordered, -1, rank.round().long())
    else:
        below = rank.floor()
        low = _ops.gather(ordered, -1, below.long())
        high = _ops.gather(ordered, -1, rank.ceil().long())
        part = 0.5 if interpolation == "midpoint" else (rank - below).to(input.dtype)
        found = _ops.lerp(low, high, part)
    # The line's dimension holds the quantiles now; they go in front.
    found = found.unsqueeze(0).transpose(0, -1)[..., 0] if found.dim() else found
    if dim is not None and input.dim() > 1:
        found = found.unsqueeze(-1).transpose(-1, 1 + dim % input.dim())
    else:
        found = found.reshape(-1, *shape)
    if not keepdim:
        found = (
            found.reshape(-1)
            if dim is None or input.dim() < 2
            else found.squeeze(1 + dim % input.dim())
        )
    return found if q.dim() else found[0]


@both
@with_out
def quantile(input, q, dim=None, keepdim=False, *, interpolation="linear"):
    """The q-th quantiles along dim, over all when None; several q come first in the result."""
    return _quantile("quantile", input, q, dim, keepdim, interpolation, False)


@both
@with_out
def nanquantile(input, q, dim=None, keepdim=False, *, interpolation="linear"):
    """quantile without NaNs."""
    return _quantile("nanquantile", input, q, dim, keepdim, interpolation, True)


def _runs(flags):
    """(number of each element's run, places at which runs begin) of flags that mark beginnings."""
    return _ops.cumsum(flags, 0, _dtypes.int64) - 1, _ops.nonzero(flags)[:, 0]


def _run_lengths(starts, total):
    return _ops.cat([starts[1:], tensor([total])], 0) - starts


def _row_order(rows):
    """The order that sorts the rows of a matrix."""
    order = _ops.arange(0, rows.shape[0], 1, _dtypes.int64)
    for column in reversed(range(rows.shape[1])):
        keys = _ops.index_select(rows[:, column], 0, order)
        order = _ops.index_select(order, 0, _ops.argsort(keys, 0, False, True))
    return order


def _beginnings(values):
    """Where a slice differs from the one before it."""
    if values.shape[0] == 0:
        return zeros(0, dtype=_dtypes.bool)
    differs = values[1:] != values[:-1]
    if values.dim() > 1:
        differs = differs.reshape(differs.shape[0], -1).any(1)
    return _ops.cat([tensor([True]), differs], 0)


def _picked(values, inverse, counts, return_inverse, return_counts):
    found = [values]
    found += [inverse] if return_inverse else []
    found += [counts] if return_counts else []
    return found[0] if len(found) == 1 else tuple(found)


@both
def unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None):
    """The values (or the slices along dim) that occur, in order; on request where each element's
    value stands among them, and how often each occurs.
    """
    input = input.detach()
    rows = input.reshape(-1) if dim is None else input.transpose(0, dim)
    if dim is None:
        ordered, order = _ops.sort(rows, 0, False, True)
    else:
        order = (
            _row_order(rows.reshape(rows.shape[0], -1))
            if rows.numel()
            else _ops.arange(0, rows.shape[0], 1, _dtypes.int64)
        )
        ordered = _ops.index_select(rows, 0, order)
    run, starts = _runs(_beginnings(ordered))
    values = _ops.index_select(ordered, 0, starts)
    inverse = None
    if return_inverse:
        inverse = _ops.scatter(zeros(rows.shape[0], dtype=_dtypes.int64), 0, order, run)
        inverse = inverse.reshape(input.shape) if dim is None else inverse
    counts = _run_lengths(starts, rows.shape[0]) if return_counts else None
    values = values if dim is None else values.transpose(0, dim).contiguous()
    return _picked(values, inverse, counts, return_inverse, return_counts)


@both
def unique_consecutive(input, return_inverse=False, return_counts=False, dim=None):
    """The first of each group of equal neighbours; on request the group of each element, and the
    groups' sizes.
    """
    input = input.detach()
    rows = input.reshape(-1) if dim is None else input.transpose(0, dim)
    run, starts = _runs(_beginnings(rows))
    values = _ops.index_select(rows, 0, starts)
    inverse = run.reshape(input.shape) if dim is None else run
    counts = _run_lengths(starts, rows.shape[0]) if return_counts else None
    values = values if dim is None else values.transpose(0, dim).contiguous()
    return _picked(values, inverse, counts, return_inverse, return_counts)


@function
@with_out
def searchsorted(sorted_sequence, input, *, out_int32=False, right=False, side=None, sorter=None):
    """Where values would go into a sorted last dimension; before equal ones, or behind them where
    right (or side is "right").
    """
    if side is not None and side not in ("left", "right"):
        raise RuntimeError(
            "torch.searchsorted(): side can only be 'left' or 'right' but got " + side
        )
    if side == "left" and right:
        raise RuntimeError(
            "torch.searchsorted(): side and right can't be set to opposites, got side of left "
            "while right was True"
        )
    if sorter is not None:
        sorted_sequence = _ops.gather(sorted_sequence, -1, sorter)
    if not isinstance(input, Tensor):
        input = tensor(input)
    if sorted_sequence.dim() == 0:
        raise RuntimeError(
            "torch.searchsorted(): input value can be a scalar only when boundaries tensor "
            "dimension is 1, but we got boundaries tensor dim(0) and input value's dim("
            f"{input.dim()}) numel({input.numel()})"
        )
    if sorted_sequence.dim() > 1 and sorted_sequence.shape[:-1] != input.shape[:-1]:
        raise RuntimeError(
            "torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1 "
            "dimensions of boundaries tensor and input value tensor must match, but we got "
            f"boundaries tensor {list(sorted_sequence.shape)} and input value tensor "
            f"{list(input.shape)}"
        )
    found = _ops.searchsorted(sorted_sequence, input, right or side == "right")
    return found.to(_dtypes.int32) if out_int32 else found


@function
@with_out
def bucketize(input, boundaries, *, out_int32=False, right=False):
    """The bucket between sorted boundaries that each value falls into."""
    if boundaries.dim() != 1:
        raise RuntimeError(
            f"boundaries tensor must be 1 dimension, but got dim({boundaries.dim()})"
        )
    return searchsorted(boundaries, input, out_int32=out_int32, right=right)


@both
@with_out
def histc(input, bins=100, min=0, max=0):
    """How many values fall into each of `bins` equal parts of [min, max]; of the values' own range
    where both are equal.
    """
    if not input.is_floating_point():
        kind = scalar_name(input.dtype)
        raise RuntimeError(f"\"histogram_cpu\" not implemented for '{kind}'")
    if bins <= 0:
        raise RuntimeError(f"torch.histogram(): bins must be > 0, but got {bins} for dimension 0")
    if min > max:
        raise RuntimeError("torch.histc(): max must be larger than min")
    input = input.detach()
    low, high = float(min), float(max)
    if low == high and input.numel():
        low, high = float(input.min()), float(input.max())
    if low == high:
        low, high = low - 1, high + 1
    if not math.isfinite(low) or not math.isfinite(high):
        raise RuntimeError(f"torch.histogram: range of [{low:g}, {high:g}] is not finite")
    flat = _ops.reshape(input, -1)
    flat = _ops.masked_select(flat, (flat >= low) & (flat <= high))
    place = ((flat - low) / (high - low) * bins).long().clamp(0, bins - 1)
    return _ops.index_add(
        zeros(bins, dtype=input.dtype), 0, place, _ops.full(place.shape, 1, input.dtype)
    )


@both
def histogram(input, bins, *, range=None, weight=None, density=False) -> return_types.histogram:
    """(hist, bin_edges) over equal parts of the range, or between given edges."""
    input = input.detach().reshape(-1)
    if isinstance(bins, Tensor):
        edges = bins
    else:
        low, high = range or (float(input.min()), float(input.max()))
        if low == high:
            low, high = low - 0.5, high + 0.5
        edges = _ops.linspace(low, high, bins + 1, input.dtype)
    count = edges.numel() - 1
    place = _ops.searchsorted(edges, input, True) - 1
    place = _ops.where(input == edges[-1], count - 1, place)
    inside = (place >= 0) & (place < count)
    ones = _ops.full(input.shape, 1, input.dtype) if weight is None else weight.reshape(-1)
    found = _ops.index_add(zeros(count, dtype=input.dtype), 0, place[inside], ones[inside])
    if density:
        found = found / found.sum() / (edges[1:] - edges[:-1])
    return return_types.histogram(found, edges)


@both
def bincount(input, weights=None, minlength=0):
    """How often each number occurs, or the sum of its weights."""
    if minlength < 0:
        raise RuntimeError("minlength should be >= 0")
    if input.dim() != 1 or (input.numel() and int(input.min()) < 0):
        raise RuntimeError("bincount only supports 1-d non-negative integral inputs.")
    if weights is not None and weights.shape != input.shape:
        raise RuntimeError("weights should be 1-d and have the same length as input")
    size = builtins.max(int(input.max()) + 1 if input.numel() else 0, minlength)
    if weights is None:
        weights = full(input.shape, 1, dtype=_dtypes.int64)
    elif weights.dtype is not _dtypes.float32:
        weights = weights.to(_dtypes.float64)
    return _ops.scatter_add(zeros(size, dtype=weights.dtype), 0, input.long(), weights)


@both
@with_out
def diff(input, n=1, dim=-1, prepend=None, append=None):
    """The n-th differences of neighbours along a dimension."""
    if input.dim() == 0:
        raise RuntimeError("diff expects input to be at least one-dimensional")
    if n < 0:
        raise RuntimeError(f"order must be non-negative but got {n}")
    parts = [part for part in (prepend, input, append) if part is not None]
    if n == 0:
        return input
    values = _ops.cat(parts, dim) if len(parts) > 1 else input
    for _ in range(builtins.min(n, values.size(dim))):
        later = _ops.slice(values, dim, 1, None, 1)
        before = _ops.narrow(values, dim, 0, later.size(dim))
        values = later != before if values.dtype is _dtypes.bool else later - before
    return values


def _steps(y, x, dx, dim):
    """The widths between the points of y along dim."""
    if x is None:
        return dx
    if x.dim() == 1:
        if x.numel() != y.size(dim):
            raise RuntimeError("trapezoid: There must be one `x` value for each sample point")
        shape = [1] * y.dim()
        shape[dim] = -1
        return diff(x).reshape(shape)
    return diff(x, dim=dim)


def _trapezoids(y, x, dx, dim):
    low, high = _ops.slice(y, dim, None, -1, 1), _ops.slice(y, dim, 1, None, 1)
    return (low + high) * _steps(y, x, dx, dim) / 2


@function
def trapezoid(y, x=None, *, dx=1, dim=-1):
    """The area below y along a dimension, by trapezoids between points x, or dx apart."""
    if y.size(dim) == 0:
        return _ops.sum(y, dim, False, None)
    return _ops.sum(_trapezoids(y, x, dx, dim), dim, False, None)


trapz = function(trapezoid, "trapz")


@function
def cumulative_trapezoid(y, x=None, *, dx=1, dim=-1):
    """The running area below y."""
    return _ops.cumsum(_trapezoids(y, x, dx, dim), dim, None)


@both
def cov(input, *, correction=1, fweights=None, aweights=None):
    """The covariance matrix of variables (rows) over observations (columns)."""
    if input.dim() > 2:
        raise RuntimeError(
            f"cov(): expected input to have two or fewer dimensions but got an input with "
            f"{input.dim()} dimensions"
        )
    rows = input if input.dim() == 2 else input.reshape(1, -1)
    rows = rows if rows.is_floating_point() else rows.to(_dtypes.get_default_dtype())
    weights = None
    for given in (fweights, aweights):
        if given is not None:
            weights = given if weights is None else weights * given
    if weights is None:
        total = rows.shape[1]
        centred = rows - rows.mean(1, keepdim=True)
        scaled, norm = centred, total - correction
    else:
        weights = weights.to(rows.dtype)
        total = weights.sum()
        centred = rows - (rows * weights).sum(1, keepdim=True) / total
        scaled, norm = centred * weights, total - correction
        if aweights is not None and correction:
            norm = total - correction * (weights * aweights).sum() / total
    norm = _ops.clamp(norm, 0, None) if isinstance(norm, Tensor) else builtins.max(norm, 0)
    return (centred @ scaled.t() / norm).squeeze()


@both
def corrcoef(input):
    """The matrix of correlation coefficients of variables (rows)."""
    if input.dim() > 2:
        raise RuntimeError(
            f"corrcoef(): expected input to have two or fewer dimensions but got an input with "
            f"{input.dim()} dimensions"
        )
    found = cov(input)
    if found.dim() == 0:
        return found / found
    deviation = _ops.sqrt(_ops.diagonal(found, 0, 0, 1))
    return (found / deviation.unsqueeze(1) / deviation.unsqueeze(0)).clamp(-1, 1)


@function
def gradient(input, *, spacing=1, dim=None, edge_order=1):
    """The slope along each dimension, by central differences."""
    dims = range(input.dim()) if dim is None else [dim] if isinstance(dim, int) else list(dim)
    spaces = spacing if isinstance(spacing, (list, tuple)) else [spacing] * len(dims)
    found = []
    for axis, space in zip(dims, spaces, strict=True):
        n = input.size(axis)
        if n < edge_order + 1:
            raise RuntimeError(
                "torch.gradient expected each dimension size to be at least edge_order+1"
            )
        points = (
            space
            if isinstance(space, Tensor) and space.dim()
            else _ops.arange(0, n, 1, _dtypes.int64) * space
        )
        found.append(_slope(input.transpose(axis, -1), points, edge_order).transpose(axis, -1))
    return tuple(found)


def _slope(y, x, edge_order):
    step = diff(x)
    rise = diff(y)
    inner = []
    if y.shape[-1] > 2:
        a, b = step[:-1], step[1:]
        inner = [(rise[..., :-1] / a * b + rise[..., 1:] / b * a) / (a + b)]
    first, last = rise[..., :1] / step[:1], rise[..., -1:] / step[-1:]
    if edge_order == 2:
        bend = (rise[..., 1:2] / step[1:2] - first) / (step[:1] + step[1:2])
        first = first - bend * step[:1]
        bend = (last - rise[..., -2:-1] / step[-2:-1]) / (step[-1:] + step[-2:-1])
        last = last + bend * step[-1:]
    return _ops.cat([first, *inner, last], -1)
