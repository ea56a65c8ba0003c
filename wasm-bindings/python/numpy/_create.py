"""New arrays: filled, counted, of a function, of bytes."""

import math

import torch
from torch import _C, _ops
from torch._tensor import wrap as wrap_handle

from . import _dtypes
from ._array import convert, ndarray, wrap
from ._convert import array, asarray, from_values
from ._dtypes import as_dtype
from ._scalars import generic


def _shape(shape):
    if hasattr(shape, "__index__"):
        return (_size(shape),)
    return tuple(_size(size) for size in shape)


def _size(size):
    if not hasattr(size, "__index__") or isinstance(size, float):
        raise TypeError(f"'{type(size).__name__}' object cannot be interpreted as an integer")
    size = size.__index__()
    if size < 0:
        raise ValueError("negative dimensions are not allowed")
    return size


def _full(shape, value, kind):
    if kind.pooled:
        shape = _shape(shape)
        return wrap(from_values([value], (), kind)._t.expand(shape).clone(), kind)
    return wrap(_ops.full(_shape(shape), value, kind.storage), kind)


def _blank(kind):
    return {"U": "", "O": 0, "c": 0j}.get(kind.kind, 0)


def zeros(shape, dtype=float, order="C", **_):
    """Zeros."""
    kind = as_dtype(dtype)
    return _full(shape, _blank(kind), kind)


def ones(shape, dtype=None, order="C", **_):
    """Ones."""
    return _full(shape, 1, as_dtype(dtype))


def empty(shape, dtype=float, order="C", **_):
    """An array whose values are not set."""
    kind = as_dtype(dtype)
    if kind.pooled:
        return _full(shape, None if kind.kind == "O" else _blank(kind), kind)
    return wrap(_ops.empty(_shape(shape), kind.storage), kind)


def full(shape, fill_value, dtype=None, order="C", **_):
    """One value everywhere."""
    value = asarray(fill_value, dtype)
    made = empty(shape, value.dtype)
    made[...] = value
    return made


def zeros_like(a, dtype=None, order="K", subok=True, shape=None, **_):
    """Zeros in the shape and type of a."""
    a = asarray(a)
    return zeros(a.shape if shape is None else shape, dtype or a.dtype)


def ones_like(a, dtype=None, order="K", subok=True, shape=None, **_):
    """Ones in the shape and type of a."""
    a = asarray(a)
    return ones(a.shape if shape is None else shape, dtype or a.dtype)


def empty_like(prototype, dtype=None, order="K", subok=True, shape=None, **_):
    """An array in the shape and type of another whose values are not set."""
    a = asarray(prototype)
    return empty(a.shape if shape is None else shape, dtype or a.dtype)


def full_like(a, fill_value, dtype=None, order="K", subok=True, shape=None, **_):
    """One value everywhere, in the shape and type of a."""
    a = asarray(a)
    return full(a.shape if shape is None else shape, fill_value, dtype or a.dtype)


def _plain(value):
    return value.item() if isinstance(value, (generic, ndarray)) else value


def arange(start, stop=None, step=None, dtype=None, **_):
    """Numbers from start (0) up to stop, without it, step apart."""
    if stop is None:
        start, stop = 0, start
    given = (start, stop, 1 if step is None else step)
    kind = asarray(list(given)).dtype if dtype is None else as_dtype(dtype)
    start, stop, step = map(_plain, given)
    if step == 0:
        raise ZeroDivisionError("division by zero")
    count = max(0, math.ceil((stop - start) / step))
    if count == 0:
        return empty((0,), kind)
    if kind.isint:
        made = torch.arange(count, dtype=torch.int64)
        made = _ops.add(_ops.mul(made, int(start + step) - int(start)), int(start))
        return wrap(convert(made, _dtypes.int64, kind), kind)
    # The second value is rounded first, and the steps start from it: as NumPy counts.
    start, second = float(start), float(start + step)
    made = torch.arange(count, dtype=torch.float64)
    made = _ops.add(_ops.mul(made, second - start), start)
    return wrap(convert(made, _dtypes.float64, kind), kind)


def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, **_):
    """num numbers from start to stop, evenly spaced."""
    num = num.__index__()
    if num < 0:
        raise ValueError(f"Number of samples, {num}, must be non-negative.")
    parts = num - 1 if endpoint else num
    start, stop = asarray(start) * 1.0, asarray(stop) * 1.0
    steps = torch.arange(num, dtype=torch.float64)
    low, high = asarray(start), asarray(stop)
    if low.ndim or high.ndim:
        low_t, high_t = torch.broadcast_tensors(low._t.double(), high._t.double())
        steps = steps.reshape(-1, *[1] * low_t.dim())
        gap = high_t - low_t
        made = steps * (gap / max(parts, 1)) + low_t
        if endpoint and num > 1:
            made[-1] = high_t
        made = made.movedim(0, axis) if axis else made
        return wrap(made, _dtypes.float64)
    low, high = low.item(), high.item()
    gap = high - low
    step = gap / parts if parts > 0 else math.nan
    if step != 0 and parts > 0:
        made = _ops.mul(steps, step)
    else:
        made = _ops.mul(_ops.div(steps, parts) if parts > 0 else steps, gap)
    made = _ops.add(made, low)
    if endpoint and num > 1:
        made[num - 1] = high
    kind = as_dtype(dtype)
    if kind.isint:
        made = _ops.floor(made)
    made = wrap(convert(made, _dtypes.float64, kind), kind)
    return (made, asarray(step)[()]) if retstep else made


def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    """Powers of base whose exponents are evenly spaced."""
    made = base ** linspace(start, stop, num, endpoint, axis=axis)
    return made if dtype is None else made.astype(dtype)


def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    """Numbers from start to stop, each the same multiple of the one before."""
    sign = -1.0 if start < 0 else 1.0
    low, high = math.log10(abs(start)), math.log10(abs(stop))
    made = logspace(low, high, num, endpoint)
    if num:
        made[0] = abs(start)
        if endpoint and num > 1:
            made[num - 1] = abs(stop)
    made = made * sign
    return made if dtype is None else made.astype(dtype)


def eye(N, M=None, k=0, dtype=float, order="C", **_):
    """Ones on a diagonal."""
    columns = N if M is None else M
    kind = as_dtype(dtype)
    rows = torch.arange(int(N)).unsqueeze(1)
    made = torch.eq(rows + int(k), torch.arange(int(columns)))
    return wrap(made.to(kind.storage), kind)


def identity(n, dtype=None, **_):
    """Ones on the diagonal of a square."""
    return eye(n, dtype=dtype)


def tri(N, M=None, k=0, dtype=float, **_):
    """Ones at and below a diagonal."""
    made = torch.ge(torch.arange(N).unsqueeze(1) + k, torch.arange(N if M is None else M))
    return wrap(made, _dtypes.bool_).astype(dtype)


def fromfunction(function, shape, *, dtype=float, **kwargs):
    """A function of the index grids."""
    return function(*indices(shape, dtype), **kwargs)


def indices(dimensions, dtype=int, sparse=False):
    """The index grids of a shape."""
    shape = tuple(dimensions)
    grids = []
    for i, size in enumerate(shape):
        line = torch.arange(size).reshape([-1 if j == i else 1 for j in range(len(shape))])
        grids.append(line if sparse else line.expand(shape))
    if sparse:
        return tuple(wrap(grid, _dtypes.int64).astype(dtype) for grid in grids)
    return wrap(torch.stack(grids), _dtypes.int64).astype(dtype, copy=False)


def fromiter(iter, dtype, count=-1, **_):
    """An array of what an iterable gives."""
    values = list(iter) if count < 0 else [value for value, _ in zip(iter, range(count))]  # noqa: B905
    return array(values, dtype)


def _code(kind):
    # NumPy's L and l have eight bytes; those of struct and memoryview have four here.
    return {"L": "Q", "l": "q"}.get(kind.char, kind.char)


def from_bytes(data, kind, shape):
    """An array whose elements have these bytes."""
    if kind.wraps:
        values = memoryview(bytes(data)).cast(_code(kind)).tolist()
        return from_values(values, shape, kind)
    if kind.kind == "U":
        size = kind.itemsize
        texts = [
            bytes(data[i : i + size]).decode("utf-32-le").rstrip("\0")
            for i in range(0, len(data), size)
        ]
        return from_values(texts, shape, kind)
    handle = _C.from_bytes(kind.storage.code, bytes(data), *shape)
    return wrap(wrap_handle(handle), kind)


def frombuffer(buffer, dtype=float, count=-1, offset=0, **_):
    """An array with a copy of a buffer's bytes."""
    kind = as_dtype(dtype)
    data = memoryview(buffer).cast("B")
    if not 0 <= offset <= len(data):
        raise ValueError(
            f"offset must be non-negative and no greater than buffer length ({len(data)})"
        )
    data = data[offset:]
    if count >= 0:
        if len(data) < count * kind.itemsize:
            raise ValueError("buffer is smaller than requested size")
        data = data[: count * kind.itemsize]
    if len(data) % kind.itemsize:
        raise ValueError("buffer size must be a multiple of element size")
    return from_bytes(data, kind, (len(data) // kind.itemsize,))


def fromstring(string, dtype=float, count=-1, *, sep="", **_):
    """The numbers of a text."""
    if not sep:
        raise ValueError("The binary mode of fromstring is removed, use frombuffer instead")
    parts = string.split(sep if sep.strip() else None)
    kind = as_dtype(dtype)
    number = int if kind.isint else float
    return array([number(part) for part in parts if part.strip()], kind)


def tobytes(a, order="C"):
    """The bytes of the elements in row-major order."""
    import struct

    kind = a.dtype
    if kind.kind == "U":
        size = kind.itemsize // 4
        return b"".join(t.ljust(size, "\0").encode("utf-32-le") for t in a.ravel().tolist())
    if kind.pooled or kind.wraps:
        values = a.ravel().tolist()
        return struct.pack(f"<{len(values)}{_code(kind)}", *values)
    return _C.to_bytes(a._t._h)


def diag(v, k=0):
    """The diagonal of a matrix, or a matrix with this diagonal."""
    v = asarray(v)
    if v.ndim == 2:
        return v._like(v._t.diagonal(k)).copy()
    if v.ndim != 1:
        raise ValueError("Input must be 1- or 2-d.")
    n = v.shape[0] + abs(k)
    made = zeros((n, n), v.dtype)
    made._t.diagonal(k).copy_(v._t)
    return made


def diagflat(v, k=0):
    """A matrix with the flattened values as its diagonal."""
    return diag(asarray(v).ravel(), k)


def vander(x, N=None, increasing=False):
    """The powers of x as columns."""
    x = asarray(x)
    powers = arange(x.size if N is None else N)
    return x.reshape(-1, 1) ** (powers if increasing else powers[::-1])


def meshgrid(*xi, copy=True, sparse=False, indexing="xy"):
    """Grids of coordinates out of their axes."""
    axes = [asarray(x).ravel() for x in xi]
    n = len(axes)
    place = [1, 0, *range(2, n)] if indexing == "xy" and n > 1 else list(range(n))
    shape = [0] * n
    for axis, x in zip(place, axes, strict=True):
        shape[axis] = x.size
    grids = []
    for axis, x in zip(place, axes, strict=True):
        line = x._t.reshape([-1 if i == axis else 1 for i in range(n)])
        grids.append(x._like(line if sparse else line.expand(shape).clone()))
    return tuple(grids)


def copy(a, order="K", subok=False):
    """A copy."""
    return array(a)


def tril(m, k=0):
    """The elements at and below a diagonal, zeros elsewhere."""
    m = asarray(m)
    return m._like(torch.tril(m._t, k))


def triu(m, k=0):
    """The elements at and above a diagonal, zeros elsewhere."""
    m = asarray(m)
    return m._like(torch.triu(m._t, k))


def tril_indices(n, k=0, m=None):
    """The places of the lower triangle."""
    from ._choose import nonzero

    return nonzero(tri(n, m, k, bool))


def triu_indices(n, k=0, m=None):
    """The places of the upper triangle."""
    from ._choose import nonzero

    return nonzero(tri(n, m, k - 1, bool) == False)  # noqa: E712


FUNCTIONS = (
    zeros, ones, empty, full, zeros_like, ones_like, empty_like, full_like, arange, linspace,
    logspace, geomspace, eye, identity, tri, fromfunction, indices, fromiter, frombuffer,
    fromstring, diag, diagflat, vander, meshgrid, copy, tril, triu, tril_indices, triu_indices,
)  # fmt: skip
