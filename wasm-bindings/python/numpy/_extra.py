"""What stands beside the families: places, grids, joining by index."""

from ._array import convert
from ._convert import asarray
from ._create import arange, linspace, meshgrid, tril_indices, triu_indices
from ._reduce import count_nonzero
from ._reduce import sum as total
from ._repeat import resize
from ._shape import atleast_1d, broadcast_to, column_stack, concatenate, stack


def astype(x, dtype, /, *, copy=True, device=None):
    """The array in another type."""
    return x.astype(dtype, copy=copy)


def ndenumerate(arr):
    """Places and elements, one after another."""
    a = asarray(arr)
    return zip(ndindex(a.shape), a.ravel(), strict=True)


def ndindex(*shape):
    """All places of a shape, one after another."""
    from itertools import product

    shape = shape[0] if len(shape) == 1 and isinstance(shape[0], tuple) else shape
    return product(*[range(size) for size in shape])


def copyto(dst, src, casting="same_kind", where=True):
    """Put values into an array, on request only where a mask holds."""
    if where is True:
        dst[...] = src
    else:
        mask = broadcast_to(asarray(where), dst.shape)
        dst[mask] = broadcast_to(asarray(src), dst.shape)[mask]


def fill_diagonal(a, val, wrap=False):
    """Set the diagonal."""
    target = a._t.diagonal()
    target.copy_(convert(asarray(val)._t, asarray(val).dtype, a.dtype).expand(target.shape))


def place(arr, mask, vals):
    """Set the elements where a mask holds, repeating the values."""
    arr[asarray(mask)] = resize(asarray(vals), count_nonzero(mask))


putmask = place


def diag_indices(n, ndim=2):
    """The places of the diagonal."""
    return (arange(n),) * ndim


def unravel_index(indices, shape, order="C"):
    """The places in a shape of places in the flattened array."""
    rest, made = asarray(indices), []
    for size in shape[::-1]:
        made.append(rest % size)
        rest = rest // size
    return tuple(made[::-1])


def ravel_multi_index(multi_index, dims, mode="raise", order="C"):
    """The places in the flattened array of places in a shape."""
    made = 0
    for index, size in zip(multi_index, dims, strict=True):
        made = made * size + asarray(index)
    return made[()]


def matrix_transpose(x, /):
    """The last two dimensions exchanged, a view."""
    return asarray(x).mT


def show_config(*_):
    """Which NumPy this is."""
    print("The small NumPy built into Unroll, over its engine.")


class _Grid:
    """`np.mgrid[...]` and `np.ogrid[...]`."""

    def __init__(self, sparse):
        self._sparse = sparse

    def __getitem__(self, key):
        keys = key if isinstance(key, tuple) else (key,)
        lines = []
        for part in keys:
            start, step = part.start or 0, 1 if part.step is None else part.step
            if isinstance(step, complex):
                lines.append(linspace(start, part.stop, int(abs(step))))
            else:
                lines.append(arange(start, part.stop, step))
        if not isinstance(key, tuple):
            return lines[0]
        grids = meshgrid(*lines, sparse=self._sparse, indexing="ij")
        return grids if self._sparse else stack(grids)


class _Joiner:
    """`np.r_[...]` and `np.c_[...]`."""

    def __init__(self, columns):
        self._columns = columns

    def __getitem__(self, key):
        keys = key if isinstance(key, tuple) else (key,)
        parts = [mgrid[k] if isinstance(k, slice) else atleast_1d(k) for k in keys]
        return column_stack(parts) if self._columns else concatenate(parts)


class _Index:
    """`np.s_[...]`: the index itself."""

    def __getitem__(self, key):
        return key


mgrid, ogrid, r_, c_, s_, index_exp = (
    _Grid(False), _Grid(True), _Joiner(False), _Joiner(True), _Index(), _Index(),
)  # fmt: skip


def diag_indices_from(arr):
    """The places of the diagonal of an array."""
    return diag_indices(arr.shape[0], arr.ndim)


def tril_indices_from(arr, k=0):
    """The places of an array's lower triangle."""
    return tril_indices(arr.shape[-2], k, arr.shape[-1])


def triu_indices_from(arr, k=0):
    """The places of an array's upper triangle."""
    return triu_indices(arr.shape[-2], k, arr.shape[-1])


def unstack(x, /, *, axis=0):
    """The slices along axis, as a tuple."""
    a = asarray(x)
    return tuple(a._like(part) for part in a._t.unbind(axis))


def vecdot(x1, x2, /, *, axis=-1):
    """The dot products of vectors along axis."""
    return total(asarray(x1) * asarray(x2), axis)


def binary_repr(num, width=None):
    """A whole number in binary, two's complement for negative ones."""
    num = num.__index__()
    if num < 0 and width:
        num += 1 << width
    return format(num, "b").rjust(width or 0, "0")


def base_repr(number, base=2, padding=0):
    """A whole number in another base."""
    digits, rest = "", abs(number)
    while rest:
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest % base] + digits
        rest //= base
    return ("-" if number < 0 else "") + "0" * padding + (digits or "0")
