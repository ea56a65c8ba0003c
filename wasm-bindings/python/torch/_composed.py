"""Functions of torch that are a few ops of the table put together."""

import builtins

from . import _dtypes, _ops
from ._arguments import named
from ._creation import full, zeros
from ._method_table import both, function
from ._tensor import Tensor


@function
def is_tensor(obj):
    """Whether obj is a tensor."""
    return isinstance(obj, Tensor)


@both
def is_floating_point(input):
    """Whether the elements are floating-point numbers."""
    return input.dtype.is_floating_point


@both
def is_complex(input):
    """False: there are no complex tensors here."""
    return input.dtype.is_complex


@function
def numel(input):
    """The number of elements."""
    return input.numel()


@function
def typename(obj):
    """The name of an object's type, with its module."""
    if isinstance(obj, Tensor):
        return obj.type()
    kind = obj if isinstance(obj, type) else type(obj)
    module = kind.__module__
    return (
        kind.__qualname__ if module in ("", "builtins", None) else f"{module}.{kind.__qualname__}"
    )


@function
def concat(tensors, dim=0, *, out=None):
    """The same as cat."""
    return _ops.cat(tensors, dim)


concatenate = function(concat, "concatenate")


@function
def hstack(tensors):
    """Put side by side: along dim 1, or dim 0 for one-dimensional tensors."""
    parts = [part if part.dim() else part.reshape(1) for part in tensors]
    return _ops.cat(parts, 0 if parts[0].dim() == 1 else 1)


@function
def vstack(tensors):
    """Put one below the other."""
    return _ops.cat([part.reshape(1, -1) if part.dim() < 2 else part for part in tensors], 0)


@function
def column_stack(tensors):
    """One-dimensional tensors as columns, others side by side."""
    return hstack([part.reshape(-1, 1) if part.dim() < 2 else part for part in tensors])


@both
def movedim(input, source, destination):
    """Dimensions moved to other places."""
    source = [source] if isinstance(source, int) else list(source)
    destination = [destination] if isinstance(destination, int) else list(destination)
    for dim in (*source, *destination):
        input.size(dim)
    if len(source) != len(destination):
        raise RuntimeError(
            f"movedim: Invalid source or destination dims: source ({source} dims) should contain "
            f"the same number of dims as destination ({destination} dims)"
        )
    source = [dim % input.dim() for dim in source]
    destination = [dim % input.dim() for dim in destination]
    order = [dim for dim in range(input.dim()) if dim not in source]
    for place, dim in sorted(zip(destination, source, strict=True)):
        order.insert(place, dim)
    return _ops.permute(input, order)


moveaxis = both(movedim, "moveaxis")


@both
def diag(input, diagonal=0):
    """The matrix with a vector on its diagonal, or the diagonal of a matrix."""
    if input.dim() == 2:
        return _ops.clone(_ops.diagonal(input, diagonal, 0, 1))
    if input.dim() != 1:
        raise RuntimeError("diag(): Supports 1D or 2D tensors. Got " + f"{input.dim()}D")
    size = input.shape[0] + builtins.abs(diagonal)
    made = zeros(size, size, dtype=input.dtype)
    _ops.diagonal(made, diagonal, 0, 1).copy_(input)
    return made


@both
def trace(input):
    """The sum of a matrix's diagonal."""
    if input.dim() != 2:
        raise RuntimeError(f"trace: expected a matrix, but got tensor with dim {input.dim()}")
    return named(_ops.sum(_ops.diagonal(input, 0, 0, 1), None, False, None), "TraceBackward0")


@function
def meshgrid(*tensors, indexing="ij"):
    """Coordinate grids of one-dimensional tensors."""
    tensors = tensors[0] if len(tensors) == 1 and not isinstance(tensors[0], Tensor) else tensors
    for tensor in tensors:
        if tensor.dim() > 1:
            raise RuntimeError(
                f"torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: {tensor}"
            )
    sizes = [tensor.numel() for tensor in tensors]
    grids = []
    for place, tensor in enumerate(tensors):
        shape = [1] * len(sizes)
        shape[place] = sizes[place]
        grids.append(_ops.expand(tensor.reshape(shape), sizes))
    if indexing == "xy" and len(grids) > 1:
        grids = [_ops.transpose(grid, 0, 1) for grid in grids]
    return tuple(grids)


@both
def dist(input, other, p=2):
    """The p-norm of the difference."""
    return _ops.norm(input - other, float(p), None, False)


@function
def result_type(a, b):
    """The dtype of a result over both."""
    return (
        _ops.add(a, b) if isinstance(a, Tensor) or isinstance(b, Tensor) else full((), a + b)
    ).dtype


@function
def promote_types(type1, type2):
    """The smallest dtype that both fit into."""
    return _dtypes.BY_CODE[int(_ops.promote_types(type1, type2))]


@function
def can_cast(from_, to):
    """Whether promotion allows the cast."""
    return not (from_.is_floating_point and not to.is_floating_point) and (
        to is not _dtypes.bool or from_ is to
    )


@function
def broadcast_tensors(*tensors) -> tuple[Tensor, ...]:
    """All tensors expanded to their common shape."""
    shape = ()
    for tensor in tensors:
        shape = _common_shape(shape, tensor.shape)
    return tuple([_ops.expand(tensor, shape) for tensor in tensors])


def _common_shape(a, b):
    """The shape that both broadcast to. Raises what an op over both would raise."""
    size = builtins.max(len(a), len(b))
    a, b = (1,) * (size - len(a)) + tuple(a), (1,) * (size - len(b)) + tuple(b)
    for dim, (m, n) in enumerate(zip(a, b, strict=True)):
        if m != n and 1 not in (m, n):
            raise RuntimeError(
                f"The size of tensor a ({m}) must match the size of tensor b ({n}) at "
                f"non-singleton dimension {dim}"
            )
    return tuple(n if m == 1 else m for m, n in zip(a, b, strict=True))


@function
def broadcast_shapes(*shapes):
    """The shape that all broadcast to."""
    from ._size import Size

    size = []
    for place in range(builtins.max((len(shape) for shape in shapes), default=0)):
        found = {shape[-1 - place] for shape in shapes if place < len(shape)} - {1}
        if len(found) > 1:
            raise RuntimeError("Shape mismatch: objects cannot be broadcast to a single shape")
        size.append(found.pop() if found else 1)
    return Size(reversed(size))
