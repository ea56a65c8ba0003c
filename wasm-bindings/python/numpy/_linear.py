"""Products of arrays."""

import contextlib

import torch
from torch import _ops

from . import _dtypes
from ._array import convert, ndarray, out, scalar, wrap, wrapped
from ._convert import asarray
from ._dtypes import promote


def _pair(a, b):
    """Both operands as tensors of their common type."""
    a, b = asarray(a), asarray(b)
    kind = a.dtype if a.dtype is b.dtype else promote(a.dtype, b.dtype)
    if kind.pooled:
        raise NotImplementedError(f"products of {kind.name} are not part of the small NumPy")
    return convert(a._t, a.dtype, kind), convert(b._t, b.dtype, kind), kind


def _finish(tensor, kind, target=None):
    if tensor.dtype is not kind.storage:
        tensor = tensor.to(kind.storage)
    tensor = wrapped(tensor, kind) if kind.wraps else tensor
    if target is not None:
        target._t.copy_(tensor)
        return target
    return out(tensor, kind)


def _product(x, y, kind):
    """The matrix product of tensors, also of truth values and small integers."""
    if kind.kind == "b":
        return _ops.matmul(x.to(torch.int64), y.to(torch.int64)) > 0
    if kind.isint and x.dtype is not torch.int64:
        x, y = x.to(torch.int64), y.to(torch.int64)
    if kind is _dtypes.float16:
        x, y = x.float(), y.float()
    return _ops.matmul(x, y)


def _paren(shape):
    return f"({','.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def matmul(x1, x2, /, out=None, **_):
    """The matrix product; leading dimensions broadcast."""
    x, y, kind = _pair(x1, x2)
    if not x.dim() or not y.dim():
        place = 0 if not x.dim() else 1
        raise ValueError(
            f"matmul: Input operand {place} does not have enough dimensions (has 0, gufunc core "
            "with signature (n?,k),(k,m?)->(n?,m?) requires 1)"
        )
    inner = y.shape[-2] if y.dim() > 1 else y.shape[0]
    if x.shape[-1] != inner:
        raise ValueError(
            "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc "
            f"signature (n?,k),(k,m?)->(n?,m?) (size {inner} is different from {x.shape[-1]})"
        )
    return _finish(_product(x, y, kind), kind, out)


def dot(a, b, out=None):
    """The sum product over the last axis of a and the second last of b."""
    if type(a) is type(b) is ndarray and a.dtype is b.dtype and out is None:
        n, m = a.ndim, b.ndim
        if a.dtype.kind == "f" and a.dtype.itemsize > 2 and 0 < n <= 2 and 0 < m <= 2:
            with contextlib.suppress(RuntimeError):
                made = _ops.matmul(a._t, b._t)
                return wrap(made, a.dtype) if n + m > 2 else scalar(made, a.dtype)
    x, y, kind = _pair(a, b)
    if not x.dim() or not y.dim():
        return _finish(_ops.mul(x, y), kind, out)
    inner = -2 if y.dim() > 1 else 0
    if x.shape[-1] != y.shape[inner]:
        raise ValueError(
            f"shapes {_paren(x.shape)} and {_paren(y.shape)} not aligned: {x.shape[-1]} (dim "
            f"{x.dim() - 1}) != {y.shape[inner]} (dim {y.dim() - 2 if y.dim() > 1 else 0})"
        )
    if y.dim() <= 2:
        return _finish(_product(x, y, kind), kind, out)
    moved = y.movedim(-2, 0)
    made = _product(x.reshape(-1, x.shape[-1]), moved.reshape(y.shape[-2], -1), kind)
    return _finish(made.reshape(*x.shape[:-1], *moved.shape[1:]), kind, out)


def vdot(a, b):
    """The dot product of the flattened arrays."""
    return dot(asarray(a).ravel(), asarray(b).ravel())


def inner(a, b):
    """The sum product over the last axes."""
    x, y, kind = _pair(a, b)
    if not x.dim() or not y.dim():
        return _finish(_ops.mul(x, y), kind)
    made = _product(x.reshape(-1, x.shape[-1]), y.reshape(-1, y.shape[-1]).t(), kind)
    return _finish(made.reshape(*x.shape[:-1], *y.shape[:-1]), kind)


def outer(a, b, out=None):
    """The product of every pair of elements."""
    x, y, kind = _pair(a, b)
    return _finish(_ops.mul(x.reshape(-1, 1), y.reshape(1, -1)), kind, out)


def kron(a, b):
    """The Kronecker product."""
    x, y, kind = _pair(a, b)
    depth = max(x.dim(), y.dim())
    x = x.reshape(*[1] * (depth - x.dim()), *x.shape)
    y = y.reshape(*[1] * (depth - y.dim()), *y.shape)
    grown = [size for pair in zip(x.shape, [1] * depth, strict=True) for size in pair]
    other = [size for pair in zip([1] * depth, y.shape, strict=True) for size in pair]
    made = _ops.mul(x.reshape(grown), y.reshape(other))
    return _finish(made.reshape([m * n for m, n in zip(x.shape, y.shape, strict=True)]), kind)


def tensordot(a, b, axes=2):
    """The sum product over pairs of axes."""
    x, y, kind = _pair(a, b)
    if hasattr(axes, "__index__"):
        first = list(range(x.dim() - axes, x.dim()))
        second = list(range(axes))
    else:
        first, second = ([v] if hasattr(v, "__index__") else list(v) for v in axes)
    first = [axis % x.dim() for axis in first]
    second = [axis % y.dim() for axis in second]
    if [x.shape[i] for i in first] != [y.shape[i] for i in second]:
        raise ValueError("shape-mismatch for sum")
    rest = [i for i in range(x.dim()) if i not in first]
    other = [i for i in range(y.dim()) if i not in second]
    count = 1
    for i in first:
        count *= x.shape[i]
    left = x.permute(*rest, *first).reshape(-1, count)
    right = y.permute(*second, *other).reshape(count, -1)
    shape = [x.shape[i] for i in rest] + [y.shape[i] for i in other]
    return _finish(_product(left, right, kind).reshape(shape), kind)


def trace(a, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    """The sum of a diagonal."""
    from ._reduce import sum as total

    a = asarray(a)
    return total(a._like(a._t.diagonal(offset, axis1, axis2)), -1, dtype)


def diagonal(a, offset=0, axis1=0, axis2=1):
    """A diagonal, a view."""
    a = asarray(a)
    return a._like(a._t.diagonal(offset, axis1, axis2))


def cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    """The cross product of vectors of 3 (or 2) numbers."""
    a, b = asarray(a), asarray(b)
    if axis is not None:
        axisa = axisb = axisc = axis
    x, y, kind = _pair(a, b)
    x, y = x.movedim(axisa, -1), y.movedim(axisb, -1)
    if x.shape[-1] not in (2, 3) or y.shape[-1] not in (2, 3):
        raise ValueError("incompatible dimensions for cross product\n(dimension must be 2 or 3)")
    one, two, three = (x.select(-1, i) if i < x.shape[-1] else None for i in range(3))
    u, v, w = (y.select(-1, i) if i < y.shape[-1] else None for i in range(3))
    last = one * v - two * u
    if three is None and w is None:
        return _finish(last, kind)
    zero = torch.zeros_like(one)
    three, w = zero if three is None else three, zero if w is None else w
    made = torch.stack([two * w - three * v, three * u - one * w, last], -1)
    return _finish(made.movedim(-1, axisc), kind)


def einsum(*operands, out=None, optimize=False, **_):
    """Sums of products, written as subscripts."""
    if isinstance(operands[0], str):
        subscripts, *arrays = operands
    else:
        letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
        arrays = list(operands[0 : len(operands) // 2 * 2 : 2])
        lists = [["..." if i is Ellipsis else letters[i] for i in s] for s in operands[1::2]]
        subscripts = ",".join("".join(s) for s in lists)
        if len(operands) % 2:
            subscripts += "->" + "".join(
                "..." if i is Ellipsis else letters[i] for i in operands[-1]
            )
    arrays = [asarray(a) for a in arrays]
    kind = arrays[0].dtype
    for a in arrays[1:]:
        kind = promote(kind, a.dtype)
    tensors = [convert(a._t, a.dtype, kind) for a in arrays]
    return _finish(torch.einsum(subscripts.replace(" ", ""), *tensors), kind, out)


def as_matrix(a):
    """A 2-dim tensor of floats."""
    a = asarray(a)
    if a.dtype.kind not in "f":
        a = a.astype(float)
    return a


FUNCTIONS = (
    matmul, dot, vdot, inner, outer, kron, tensordot, trace, diagonal, cross, einsum,
)  # fmt: skip
