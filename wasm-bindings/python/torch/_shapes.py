"""Functions of torch that take tensors apart, put them together, or write into a part of one."""

import builtins
import math

from . import _dtypes, _ops
from ._arguments import named, scalar_name, with_out
from ._creation import arange, tensor, zeros
from ._method_table import both, function, with_inplace
from ._tensor import Tensor


def _each(function):
    """The function over one tensor, several, or a list of them."""

    def over(*tensors):
        if len(tensors) == 1:
            tensors = tensors[0]
            if isinstance(tensors, Tensor):
                return function(tensors)
        return tuple(function(t) for t in tensors)

    over.__name__ = over.__qualname__ = function.__name__
    over.__doc__ = function.__doc__
    return over


@function
@_each
def atleast_1d(input):
    """At least one dimension."""
    return input if input.dim() else _ops.reshape(input, 1)


@function
@_each
def atleast_2d(input):
    """At least two dimensions: a vector becomes a row."""
    return input if input.dim() > 1 else _ops.reshape(input, (1, -1))


@function
@_each
def atleast_3d(input):
    """At least three dimensions: a matrix gets one behind, a vector one on each side."""
    if input.dim() > 2:
        return input
    return _ops.unsqueeze(input, -1) if input.dim() == 2 else _ops.reshape(input, (1, -1, 1))


@function
@with_out
def dstack(tensors):
    """Put behind each other: along dim 2."""
    return _ops.cat(atleast_3d(*tensors) if len(tensors) > 1 else [atleast_3d(tensors[0])], 2)


def _split_along(name, least, dim_of):
    def function(input, indices_or_sections):
        from ._functions import tensor_split

        if input.dim() < least:
            raise RuntimeError(
                f"torch.{name} requires a tensor with at least {least} dimension, but got a "
                f"tensor with {input.dim()} dimensions!"
            )
        dim = dim_of(input)
        count = indices_or_sections
        if isinstance(count, int) and (count < 1 or input.shape[dim] % count):
            raise RuntimeError(
                f"torch.{name} attempted to split along dimension {dim}, but the size of the "
                f"dimension {input.shape[dim]} is not divisible by the split_size {count}!"
            )
        return tensor_split(input, count, dim)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = "Equal parts along a dimension, or cut at indices."
    return function


hsplit = both(_split_along("hsplit", 1, lambda x: 1 if x.dim() > 1 else 0))
vsplit = both(_split_along("vsplit", 2, lambda x: 0))
dsplit = both(_split_along("dsplit", 3, lambda x: 2))


@both
def split_with_sizes(input, split_sizes, dim=0):
    """Parts of the sizes listed, as views."""
    return _ops.split(input, split_sizes, dim)


@both
def rot90(input, k=1, dims=(0, 1)):
    """Turned k times by a quarter in the plane of two dimensions."""
    if len(dims) != 2:
        raise RuntimeError(f"expected total rotation dims == 2, but got dims = {len(dims)}")
    if input.dim() < 2:
        raise RuntimeError(f"expected total dims >= 2, but got total dims = {input.dim()}")
    first, second = dims
    if first == second or abs(first - second) == input.dim():
        raise RuntimeError(
            f"expected rotation dims to be different, but got dim0 = {first} and dim1 = {second}"
        )
    k %= 4
    if k == 0:
        return _ops.clone(input)
    if k == 2:
        return _ops.flip(input, (first, second))
    turned = _ops.transpose(input, first, second)
    return _ops.flip(turned, (first if k == 1 else second,))


@both
def diag_embed(input, offset=0, dim1=-2, dim2=-1):
    """The last dimension as the diagonal of matrices."""
    size = input.shape[-1] + abs(offset)
    dims = input.dim() + 1
    dim1, dim2 = dim1 % dims, dim2 % dims
    if dim1 == dim2:
        raise RuntimeError(f"diagonal dimensions cannot be identical {dim1}, {dim2}")
    last = zeros(*input.shape[:-1], size, size, dtype=input.dtype)
    made = diagonal_scatter(last, input, offset, -2, -1)
    order = list(range(dims - 2))
    for place, source in sorted(((dim1, dims - 2), (dim2, dims - 1))):
        order.insert(place, source)
    return _ops.permute(made, order)


@both
def diagflat(input, offset=0):
    """The matrix with all elements on its diagonal."""
    return diag_embed(_ops.reshape(input, -1), offset)


def _written(name, input, src, view):
    """A copy of the input with src in a part of it."""
    made = _ops.clone(input)
    part = view(made)
    if part.shape != src.shape:
        raise RuntimeError(
            "expected src to have a size equal to the slice of self. "
            f"src size = {list(src.shape)}, slice size = {list(part.shape)}"
        )
    part.copy_(src)
    return named(made, name)


@both
def diagonal_scatter(input, src, offset=0, dim1=0, dim2=1):
    """A copy of the input with src on its diagonal."""
    return _written(
        "DiagonalScatterBackward0", input, src, lambda x: _ops.diagonal(x, offset, dim1, dim2)
    )


@both
def select_scatter(input, src, dim, index):
    """A copy of the input with src at one place of a dimension."""
    return _written("SelectScatterBackward0", input, src, lambda x: _ops.select(x, dim, index))


@both
def slice_scatter(input, src, dim=0, start=None, end=None, step=1):
    """A copy of the input with src in a slice of a dimension."""
    return _written(
        "SliceScatterBackward0", input, src, lambda x: _ops.slice(x, dim, start, end, step)
    )


@both
def as_strided_scatter(input, src, size, stride, storage_offset=0):
    """A copy of the input with src where as_strided looks."""
    return _written(
        "AsStridedScatterBackward0",
        input,
        src,
        lambda x: _ops.as_strided(x, size, stride, storage_offset or 0),
    )


def _triangle(row, col, offset, keep):
    mask = keep(_ops.full((row, col), True, _dtypes.bool), offset)
    return _ops.transpose(_ops.nonzero(mask), 0, 1)


@function
def tril_indices(row, col, offset=0, *, dtype=None, device=None, layout=None):
    """(2, N): rows and columns of the lower triangle."""
    return _triangle(row, col, offset, _ops.tril).to(dtype or _dtypes.int64)


@function
def triu_indices(row, col, offset=0, *, dtype=None, device=None, layout=None):
    """(2, N): rows and columns of the upper triangle."""
    return _triangle(row, col, offset, _ops.triu).to(dtype or _dtypes.int64)


@both
@with_out
def take_along_dim(input, indices, dim=None):
    """Elements at indices along dim, broadcasting the other dimensions; of all when None."""
    if indices.dtype is not _dtypes.int64:
        raise RuntimeError(
            "torch.take_along_dim(): dtype of indices should be Long but got "
            f"{scalar_name(indices.dtype)}"
        )
    if dim is None:
        return _ops.gather(_ops.reshape(input, -1), 0, _ops.reshape(indices, -1))
    if input.dim() != indices.dim():
        raise RuntimeError(
            "torch.take_along_dim(): input and indices should have the same number of "
            f"dimensions, but got {input.dim()} dimensions for input, and {indices.dim()} "
            "dimensions for indices"
        )
    from ._composed import broadcast_shapes

    input.size(dim)
    sides = [list(input.shape), list(indices.shape)]
    sides[0][dim] = sides[1][dim] = 1
    shape = list(broadcast_shapes(*sides))
    own, at = list(shape), list(shape)
    own[dim], at[dim] = input.shape[dim], indices.shape[dim]
    return _ops.gather(_ops.expand(input, own), dim, _ops.expand(indices, at))


@function
def unravel_index(indices, shape):
    """The coordinates that flat indices have in a tensor of this shape."""
    if indices.is_floating_point() or indices.dtype is _dtypes.bool:
        raise TypeError(f"expected 'indices' to be integer dtype, but got {indices.dtype}")
    shape = (shape,) if isinstance(shape, int) else tuple(shape)
    found = []
    for size in reversed(shape):
        found.append(indices % size)
        indices = indices // size
    return tuple(reversed(found))


@function
@with_out
def isin(elements, test_elements, *, assume_unique=False, invert=False):
    """Where elements are among the test elements."""
    if not isinstance(elements, Tensor):
        elements = tensor(elements)
    if not isinstance(test_elements, Tensor):
        test_elements = tensor(test_elements)
    wanted = _ops.sort(_ops.reshape(test_elements, -1), 0, False, False)[0]
    if wanted.numel() == 0:
        return _ops.full(elements.shape, bool(invert), _dtypes.bool)
    flat = _ops.reshape(elements, -1)
    place = _ops.clamp(_ops.searchsorted(wanted, flat, False), None, wanted.numel() - 1)
    found = _ops.reshape(_ops.index_select(wanted, 0, place) == flat, elements.shape)
    return _ops.bitwise_not(found) if invert else found


@both
def index_put(input, indices, values, accumulate=False):
    """A copy of the input with values (or += values) at the indices."""
    made = _ops.clone(input)
    _ops.index_put_(made, indices, values, accumulate)
    return made


_COMBINES = {"sum": 0, "prod": 1, "mean": 2, "amax": 3, "amin": 4}


@both
@with_inplace
@with_out
def scatter_reduce(input, dim, index, src, reduce, *, include_self=True):
    """src combined at the indices along dim: "sum", "prod", "mean", "amax" or "amin"."""
    if reduce not in _COMBINES:
        raise RuntimeError(
            "reduce argument must be either sum, prod, mean, amax or amin, got " + str(reduce)
        )
    return _ops.scatter_reduce(input, dim, index, src, _COMBINES[reduce], include_self)


@both
@with_inplace
@with_out
def index_reduce(input, dim, index, source, reduce, *, include_self=True):
    """source combined at places along dim: "prod", "mean", "amax" or "amin"."""
    if reduce not in ("prod", "mean", "amax", "amin"):
        raise RuntimeError(
            f'index_reduce(): reduce argument must be one of "prod", "mean", "amax" or '
            f'"amin", got {reduce}'
        )
    size = input.shape[dim] if input.dim() else 1
    if ((index < 0) | (index >= size)).any():
        raise IndexError("index out of range in self")
    shape = [1] * builtins.max(source.dim(), 1)
    shape[dim] = -1
    index = _ops.expand(_ops.reshape(index, shape), source.shape)
    found = _ops.scatter_reduce(input, dim, index, source, _COMBINES[reduce], include_self)
    return named(found, "IndexReduceBackward0")


@both
def narrow_copy(input, dim, start, length):
    """A copy of a part of one dimension."""
    return _ops.clone(_ops.narrow(input, dim, start, length))


def _copying(name):
    from . import _functions

    view = getattr(_functions, name, None) or getattr(_ops, name)

    def function(*args, **kwargs):
        made = view(*args, **kwargs)
        return tuple(map(_ops.clone, made)) if isinstance(made, tuple) else _ops.clone(made)

    function.__name__ = function.__qualname__ = f"{name}_copy"
    function.__doc__ = f"A copy of what {name} shows."
    return function


_VIEWS = (
    "as_strided detach diagonal expand permute select slice split squeeze t transpose unbind "
    "unfold unsqueeze view"
)
for _name in _VIEWS.split():
    function(_copying(_name))


@both
def unsafe_chunk(input, chunks, dim=0):
    """The same as chunk."""
    return _ops.chunk(input, chunks, dim)


@both
def unsafe_split(tensor, split_size, dim=0):
    """The same as split."""
    return tensor.split(split_size, dim)


unsafe_split_with_sizes = both(split_with_sizes, "unsafe_split_with_sizes")


@both
def adjoint(input):
    """The last two dimensions exchanged."""
    return _ops.transpose(input, -2, -1)


@both
def positive(input):
    """The input itself."""
    if input.dtype is _dtypes.bool:
        raise RuntimeError("The `+` operator, on a bool tensor is not supported.")
    return input


@both
@with_inplace
@with_out
def ldexp(input, other):
    """input * 2 ** other."""
    return _ops.mul(input, _ops.pow(2.0, other))


@both
@with_inplace
@with_out
def float_power(input, exponent):
    """A power computed in float64."""
    wide = [x.to(_dtypes.float64) if isinstance(x, Tensor) else float(x) for x in (input, exponent)]
    return _ops.pow(*wide)


@both
@with_inplace
@with_out
def logit(input, eps=None):
    """log(x / (1 - x)), with x limited to [eps, 1 - eps]."""
    return _ops.logit(input, -1.0 if eps is None else eps)


@function
@with_out
def polygamma(n, input):
    """The n-th derivative of digamma."""
    return _ops.polygamma(n, input)


@both
@with_inplace
@with_out
def mvlgamma(input, p):
    """The logarithm of the multivariate gamma function of dimension p."""
    if p < 1:
        raise RuntimeError("p has to be greater than or equal to 1")
    shifts = arange(0, p, dtype=_dtypes.float64).to(input.dtype) / 2
    terms = _ops.lgamma(input.unsqueeze(-1) - shifts)
    return _ops.sum(terms, -1, False, None) + p * (p - 1) / 4 * math.log(math.pi)


@both
def isposinf(input, *, out=None):
    """Where values are positive infinity."""
    return _infinite(input, math.inf, out)


@both
def isneginf(input, *, out=None):
    """Where values are negative infinity."""
    return _infinite(input, -math.inf, out)


def _infinite(input, value, out):
    found = input == value
    return found if out is None else out.copy_(found)


@both
def isreal(input):
    """True everywhere: there are no complex tensors here."""
    return _ops.full(input.shape, True, _dtypes.bool)


@both
@with_out
def angle(input):
    """0 for positive numbers, pi for negative ones."""
    zero = _ops.where(_ops.isnan(input), input, 0.0) if input.is_floating_point() else 0.0
    return _ops.where(input < 0, math.pi, zero)


@both
@with_out
def conj_physical(input):
    """The input itself."""
    return input


@function
def real(input):
    """The input itself."""
    return input


@function
def imag(input):
    """Raises what PyTorch raises: there are no complex tensors here."""
    raise RuntimeError("imag is not implemented for tensors with non-complex dtypes.")


@both
def is_same_size(input, other):
    """Whether both have the same shape."""
    return input.shape == other.shape


@both
def is_signed(input):
    """Whether the dtype has negative numbers."""
    return input.dtype.is_signed


@both
def frexp(input):
    """(mantissa, exponent) with mantissa * 2 ** exponent = input."""
    from . import return_types

    size = _ops.abs(input)
    plain = (size > 0) & _ops.isfinite(input)
    exponent = _ops.where(plain, _ops.floor(_ops.log2(_ops.where(plain, size, 1.0))) + 1, 0.0)
    mantissa = input * _ops.exp2(-exponent)
    # log2 may round over an edge.
    over = plain & (_ops.abs(mantissa) >= 1)
    mantissa, exponent = _ops.where(over, mantissa / 2, mantissa), exponent + over
    under = plain & (_ops.abs(mantissa) < 0.5)
    mantissa, exponent = _ops.where(under, mantissa * 2, mantissa), exponent - under.float()
    return return_types.frexp(mantissa, exponent.to(_dtypes.int32))


@both
def nonzero_static(input, *, size, fill_value=-1):
    """nonzero with a fixed number of rows: cut, or filled up."""
    found = _ops.nonzero(input)[:size]
    return _ops.pad(found, (0, 0, 0, size - found.shape[0]), fill_value)


@function
def empty_strided(
    size, stride, *, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False
):
    """An unset tensor with strides."""
    from ._creation import empty

    return empty(0, dtype=dtype, device=device).new_empty_strided(
        size, stride, requires_grad=requires_grad
    )


@function
def empty_permuted(
    size, physical_layout, *, dtype=None, layout=None, device=None, requires_grad=False
):
    """An unset tensor whose dimensions lie in memory in the order of physical_layout."""
    from ._creation import empty

    made = empty([size[d] for d in physical_layout], dtype=dtype, device=device)
    order = [list(physical_layout).index(d) for d in range(len(physical_layout))]
    return _ops.permute(made, order).requires_grad_(requires_grad)


@function
def frombuffer(buffer, *, dtype, count=-1, offset=0, requires_grad=False):
    """A vector of a buffer's bytes, read as elements of dtype; a copy.

    Limit: The values are copied, not shared.
    """
    import struct

    letters = {"bool": "?", "uint8": "B", "int8": "b", "int16": "h", "int32": "i", "int64": "q"}
    letters |= {"float16": "e", "float32": "f", "float64": "d"}
    raw = bytes(memoryview(buffer).cast("B"))
    _check_buffer(len(raw), dtype.itemsize, count, offset)
    raw = raw[offset:]
    many = len(raw) // dtype.itemsize if count < 0 else count
    values = struct.unpack_from(f"<{many}{letters[dtype._name]}", raw)
    return tensor(list(values), dtype=dtype).requires_grad_(requires_grad)


def _check_buffer(length, size, count, offset):
    if not length or not count:
        raise ValueError(f"both buffer length ({length}) and count ({count}) must not be 0")
    if not 0 <= offset < length:
        raise ValueError(
            f"offset ({offset} bytes) must be non-negative and no greater than buffer length "
            f"({length} bytes) minus 1"
        )
    left = length - offset
    if count > 0 and count * size > left:
        raise ValueError(
            f"requested buffer length ({count} * {size} bytes) after offset ({offset} bytes) must "
            f"not be greater than actual buffer length ({length} bytes)"
        )
    if count < 0 and left % size:
        raise ValueError(
            f"buffer length ({left} bytes) after offset ({offset} bytes) must be a multiple of "
            f"element size ({size})"
        )


@function
def frobenius_norm(input, dim, keepdim=False, *, out=None):
    """The root of the sum of squares over dim."""
    return _ops.norm(input, 2.0, dim or None, keepdim)


@function
def nuclear_norm(input, dim=(-2, -1), keepdim=False):
    """The sum of the singular values."""
    from . import linalg

    return linalg.matrix_norm(input, "nuc", dim, keepdim)


@function
def norm_except_dim(v, pow=2, dim=0):
    """The norm over all dimensions but one, which stays; over all where dim is -1."""
    if dim == -1:
        return _ops.norm(v, float(pow), None, False)
    others = [d for d in range(v.dim()) if d != dim % v.dim()]
    return _ops.norm(v, float(pow), others, True)


@function
def get_device(input):
    """-1: the CPU."""
    return -1


def _itself(name):
    def function(input):
        return input

    function.__name__ = function.__qualname__ = name
    function.__doc__ = "The input itself: there are no complex tensors here."
    return function


for _name in ("conj", "resolve_conj", "resolve_neg"):
    function(_itself(_name))


def _never(name):
    def function(input):
        return False

    function.__name__ = function.__qualname__ = name
    function.__doc__ = "False."
    return function


for _name in ("is_conj", "is_neg", "is_inference", "is_distributed"):
    function(_never(_name))


@function
def detach(input):
    """The same values without a graph."""
    return _ops.detach(input)


@function
def alias_copy(input):
    """A copy."""
    return _ops.clone(input)


@function
def split_with_sizes_copy(input, split_sizes, dim=0):
    """Copies of the parts of the sizes listed."""
    return tuple(map(_ops.clone, _ops.split(input, split_sizes, dim)))


@function
def segment_reduce(
    data, reduce, *, lengths=None, indices=None, offsets=None, axis=0, unsafe=False, initial=None
):
    """Neighbours along dim 0 combined, `lengths` of them at a time: "sum", "mean", "max", "min" or
    "prod".
    """
    from ._functions import repeat_interleave

    if lengths is None:
        lengths = offsets[1:] - offsets[:-1]
    index = repeat_interleave(lengths)
    how = {"max": "amax", "min": "amin"}.get(reduce, reduce)
    start = {"sum": 0.0, "mean": math.nan, "prod": 1.0, "max": -math.inf, "min": math.inf}[reduce]
    start = start if initial is None else initial
    made = _ops.full((lengths.shape[0], *data.shape[1:]), start, data.dtype)
    return (
        index_reduce(made, 0, index, data, how, include_self=initial is not None)
        if (how != "sum")
        else _ops.index_add(made, 0, index, data, 1)
    )


@function
def sym_max(a, b):
    """The larger of two numbers."""
    return builtins.max(a, b)


@function
def sym_min(a, b):
    """The smaller of two numbers."""
    return builtins.min(a, b)


@function
def sym_not(a):
    """not a."""
    return not a


@function
def sym_int(a):
    """A number, cut towards zero."""
    return int(a)


@function
def sym_float(a):
    """A number as a float."""
    return float(a)


@function
def fill(input, value):
    """A copy of the input's shape with one value everywhere."""
    return _ops.clone(input.detach()).fill_(value)
