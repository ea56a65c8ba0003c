"""Functions of torch, and methods of the same name, whose arguments take more than one form."""

from . import _dtypes, _ops
from ._arguments import named
from ._marshal import write_all
from ._method_table import both, function, with_inplace
from ._tensor import Tensor

_ROUNDING = {None: 0, "trunc": 1, "floor": 2}


def _out(result, out):
    return result if out is None else write_all(out, result)


@both
def div(input, other, *, rounding_mode=None, out=None):
    """The quotient; rounding_mode is None, "trunc" or "floor"."""
    if rounding_mode not in _ROUNDING:
        raise RuntimeError(
            "div expected rounding_mode to be one of None, 'trunc', or 'floor' but found "
            f"'{rounding_mode}'"
        )
    return _out(_ops.div(input, other, _ROUNDING[rounding_mode]), out)


@both
@with_inplace
def true_divide(input, other, *, out=None):
    """The quotient."""
    return _out(_ops.div(input, other, 0), out)


@both
@with_inplace
def floor_divide(input, other, *, out=None):
    """The quotient, rounded down."""
    return _out(_ops.div(input, other, 2), out)


@function
def rsub(input, other, *, alpha=1):
    """other - alpha * input."""
    return named(_ops.sub(other, input, alpha), _kind_of(other, "RsubBackward"))


def _kind_of(other, name):
    return f"{name}0" if isinstance(other, Tensor) else f"{name}1"


def _extreme(name, over_all, pairwise, along):
    def function(input, dim=None, keepdim=False, *, other=None, out=None, axis=None, keepdims=None):
        dim = axis if dim is None else dim
        keepdim = keepdim if keepdims is None else keepdims
        if isinstance(dim, Tensor):
            other, dim = dim, None
        if other is not None:
            return _out(pairwise(input, other), out)
        if dim is None:
            if input.numel() == 0:
                raise RuntimeError(
                    f"{name}(): Expected reduction dim to be specified for input.numel() == 0. "
                    "Specify the reduction dim with the 'dim' argument."
                )
            return _out(over_all(input, None, False), out)
        return _out(along(input, dim, keepdim), out)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = (
        f"The {name} of all elements, along a dimension (with indices), or of two tensors."
    )
    return function


max = both(_extreme("max", _ops.amax, _ops.maximum, _ops.max))
min = both(_extreme("min", _ops.amin, _ops.minimum, _ops.min))


@both
def argsort(input, dim=-1, descending=False, stable=False):
    """The indices that put a dimension in order."""
    return _ops.argsort(input, dim, descending, bool(stable))


def _spread(name, op):
    def function(
        input, dim=None, unbiased=True, keepdim=False, *, correction=None, axis=None, out=None
    ):
        if isinstance(dim, bool):
            dim, unbiased = None, dim
        if correction is None:
            correction = 1 if unbiased else 0
        return _out(op(input, axis if dim is None else dim, correction, keepdim), out)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"The {name} over dim, over all when None; divided by n - correction."
    return function


var = both(_spread("var", _ops.var))
std = both(_spread("std", _ops.std))


@function
def var_mean(
    input, dim=None, unbiased=True, keepdim=False, *, correction=None
) -> tuple[Tensor, Tensor]:
    """(variance, mean)."""
    if isinstance(dim, bool):
        dim, unbiased = None, dim
    return var(input, dim, unbiased, keepdim, correction=correction), _ops.mean(
        input, dim, keepdim, None
    )


@function
def std_mean(
    input, dim=None, unbiased=True, keepdim=False, *, correction=None
) -> tuple[Tensor, Tensor]:
    """(standard deviation, mean)."""
    if isinstance(dim, bool):
        dim, unbiased = None, dim
    return std(input, dim, unbiased, keepdim, correction=correction), _ops.mean(
        input, dim, keepdim, None
    )


@both
def norm(input, p="fro", dim=None, keepdim=False, out=None, dtype=None):
    """The p-norm over dim, over all when None; "fro" is p = 2."""
    if dtype is not None:
        input = input.to(dtype)
    if p == "nuc":
        from . import linalg

        return _out(linalg.matrix_norm(input, "nuc", dim or (-2, -1), keepdim), out)
    return _out(_ops.norm(input, 2.0 if p in ("fro", None) else float(p), dim, keepdim), out)


@function
def where(condition, input=None, other=None, *, out=None):
    """Elements of input where the condition holds, of other elsewhere; without them, the indices
    where it holds.
    """
    if input is None and other is None:
        return nonzero(condition, as_tuple=True)
    return _out(_ops.where(condition, input, other), out)


@both
def nonzero(input, *, as_tuple=False, out=None):
    """The indices of all elements that are not zero: (count, dim), or one tensor a dimension."""
    found = _ops.nonzero(input)
    if not as_tuple:
        return _out(found, out)
    return _ops.unbind(found, 1) if input.dim() else (_ops.nonzero(input.reshape(1))[:, 0],)


@both
def argwhere(input):
    """The indices of all elements that are not zero, one a row."""
    return _ops.nonzero(input)


@both
def split(tensor, split_size_or_sections, dim=0):
    """Parts of one size (the last may be smaller), or of the sizes listed, as views."""
    if not hasattr(split_size_or_sections, "__index__"):
        return _ops.split(tensor, split_size_or_sections, dim)
    size, total = split_size_or_sections.__index__(), tensor.size(dim)
    if size < 0:
        raise RuntimeError(f"split expects split_size be non-negative, but got split_size={size}")
    if size == 0:
        if total:
            raise RuntimeError(
                "split_size can only be 0 if dimension size is 0, but got dimension size of "
                f"{total}"
            )
        return _ops.split(tensor, [0], dim)
    sizes = [size] * (total // size) + ([total % size] if total % size or not total else [])
    return _ops.split(tensor, sizes, dim)


@both
def scatter(input, dim, index, src=None, *, value=None, reduce=None, out=None):
    """A copy of the input with values of src (or one value) written at the indices along dim; added
    or multiplied there where reduce is "add" or "multiply".
    """
    source = value if src is None else src
    if reduce is None:
        return _out(_ops.scatter(input, dim, index, source), out)
    if reduce not in ("add", "multiply"):
        raise RuntimeError("reduce argument must be either add or multiply.")
    if not isinstance(source, Tensor):
        source = _ops.full(index.shape, source, input.dtype)
    how = 0 if reduce == "add" else 1
    return _out(_ops.scatter_reduce(input, dim, index, source, how, True), out)


@both
def index_add(input, dim, index, source, *, alpha=1, out=None):
    """A copy of the input with alpha times the rows of source added at the indices along dim."""
    return _out(_ops.index_add(input, dim, index, source, alpha), out)


@both
def clamp(input, min=None, max=None, *, out=None):
    """Values cut to [min, max]."""
    if min is None and max is None:
        raise RuntimeError("torch.clamp: At least one of 'min' or 'max' must not be None")
    return _out(_ops.clamp(input, min, max), out)


@both
@with_inplace
def clamp_min(input, min):
    """Values not below min."""
    return _ops.clamp(input, min, None)


@both
@with_inplace
def clamp_max(input, max):
    """Values not above max."""
    return _ops.clamp(input, None, max)


@both
def flip(input, *dims, **names):
    """The order along the dimensions reversed (a copy)."""
    dims = (names["dims"],) if "dims" in names else dims
    return _ops.flip(input, dims[0] if len(dims) == 1 else dims)


@both
def fliplr(input):
    """The order of the columns reversed."""
    return _ops.flip(input, (1,))


@both
def flipud(input):
    """The order of the rows reversed."""
    return _ops.flip(input, (0,))


@both
def roll(input, shifts, dims=None):
    """Elements moved along dimensions, those that fall off come in again."""
    return _ops.roll(input, shifts, () if dims is None else dims)


@both
def tile(input, *dims, **names):
    """Repeated as often as dims say."""
    dims = (names["dims"],) if "dims" in names else dims
    times = dims[0] if len(dims) == 1 and not isinstance(dims[0], int) else dims
    times = (1,) * (input.dim() - len(times)) + tuple(times)
    return _ops.repeat(input, times)


@both
def repeat_interleave(input, repeats=None, dim=None, *, output_size=None):
    """Each element repeated; repeats is a number, or one number an element. Without repeats, each
    place as often as the input says.
    """
    if repeats is None:
        return repeat_interleave(_ops.arange(0, input.numel(), 1, _dtypes.int64), input, 0)
    if isinstance(repeats, Tensor) and repeats.numel() == 1:
        repeats = repeats.item()
    if isinstance(repeats, int):
        return _ops.repeat_interleave(input, repeats, dim)
    if not isinstance(repeats, Tensor):
        from ._creation import tensor

        repeats = tensor(repeats)
    if dim is None:
        input, dim = input.flatten(), 0
    if repeats.dim() != 1:
        raise RuntimeError("repeats must be 0-dim or 1-dim tensor")
    if repeats.numel() != input.size(dim):
        raise RuntimeError(
            "repeats must have the same size as input along dim, but got repeats.size(0) = "
            f"{repeats.numel()} and input.size({dim}) = {input.size(dim)}"
        )
    ends = _ops.cumsum(repeats, 0, _dtypes.int64)
    total = int(ends[-1]) if ends.numel() else 0
    places = _ops.searchsorted(ends, _ops.arange(0, total, 1, _dtypes.int64), True)
    return _ops.index_select(input, dim, places)


@both
def unflatten(input, dim, sizes):
    """One dimension cut into several."""
    return _ops.unflatten(input, dim, sizes)


@both
def allclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False) -> bool:
    """Whether all elements agree within atol + rtol * |other|."""
    return _ops.allclose(input, other, rtol, atol, equal_nan)


@both
def isclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False):
    """Where elements agree within atol + rtol * |other|."""
    close = (input - other).abs() <= atol + rtol * other.abs()
    close = close | (input == other)
    return close | (_ops.isnan(input) & _ops.isnan(other)) if equal_nan else close


@both
def count_nonzero(input, dim=None):
    """How many elements are not zero."""
    return _ops.sum(input != 0, dim, False, None)


@both
def square(input, *, out=None):
    """Each element times itself."""
    return _out(_ops.square(input), out)


@both
def tensor_split(
    input, indices_or_sections=None, dim=0, *, sections=None, indices=None
) -> tuple[Tensor, ...]:
    """Parts that differ in size by at most one, or cut at the indices listed."""
    cuts = next(
        given for given in (indices_or_sections, sections, indices, ()) if given is not None
    )
    if isinstance(cuts, Tensor):
        cuts = cuts.tolist()
    if input.dim() == 0:
        raise RuntimeError(
            "tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims"
        )
    total = input.size(dim)
    if isinstance(cuts, int):
        if cuts <= 0:
            raise RuntimeError(f"number of sections must be larger than 0, got {cuts}")
        each, more = divmod(total, cuts)
        return _ops.split(input, [each + (i < more) for i in range(cuts)], dim)
    edges = [0, *cuts, total]
    return tuple(_ops.slice(input, dim, a, b, 1) for a, b in zip(edges, edges[1:], strict=False))


@both
def is_nonzero(input) -> bool:
    """Whether a one-element tensor is not zero."""
    return bool(input)


@function
def scalar_tensor(s, *, dtype=None):
    """A zero-dim tensor."""
    from ._creation import full

    return full((), s, dtype=dtype or _dtypes.get_default_dtype())
