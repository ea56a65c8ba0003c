"""np.linalg: norms, solutions and decompositions of matrices, computed in float64."""

import math

import torch

from .. import _reduce
from .._array import out, wrap
from .._convert import array, asarray
from .._dtypes import float64, promote
from .._extra import matrix_transpose, vecdot
from .._functions import FUNCTIONS as MATH
from .._linear import cross, diagonal, dot, matmul, outer, tensordot, trace
from .._missing import by_name
from . import _kernels


class LinAlgError(ValueError):
    """A matrix without what was asked for."""

    __module__ = "numpy.linalg"


def _square(a):
    a = asarray(a)
    if a.ndim < 2:
        raise LinAlgError(
            f"{a.ndim}-dimensional array given. Array must be at least two-dimensional"
        )
    if a.shape[-1] != a.shape[-2]:
        raise LinAlgError("Last 2 dimensions of the array must be square")
    return a


def _kind(*arrays):
    kind = arrays[0].dtype
    for a in arrays[1:]:
        kind = promote(kind, a.dtype)
    return kind if kind.kind == "f" else float64


def _each(a, act):
    """A function of one matrix (nested lists) applied to all matrices of an array."""
    a = asarray(a)
    if a.ndim == 2:
        return act(a.astype(float).tolist())
    shape = a.shape[:-2]
    matrices = a.astype(float).reshape(-1, *a.shape[-2:]).tolist()
    results = [act(matrix) for matrix in matrices]
    if isinstance(results[0], tuple):
        return tuple(
            array(list(part)).reshape(*shape, *asarray(part[0]).shape)
            for part in zip(*results, strict=True)
        )
    return array(results).reshape(*shape, *asarray(results[0]).shape)


def norm(x, ord=None, axis=None, keepdims=False):
    """The length of vectors, or a norm of matrices."""
    x = asarray(x)
    kind = _kind(x)
    x = x.astype(kind, copy=False)
    if axis is None:
        if ord is None or (ord in ("f", "fro") and x.ndim == 2) or (ord == 2 and x.ndim == 1):
            flat = x._t.reshape(-1)
            made = torch.sqrt(torch.sum(flat * flat))
            return out(made.reshape([1] * x.ndim) if keepdims else made, kind)
        axis = tuple(range(x.ndim))
    axes = (axis,) if hasattr(axis, "__index__") else tuple(axis)
    if len(axes) == 1:
        return _vector_norm(x, ord, axes[0], keepdims)
    if len(axes) != 2:
        raise ValueError("Improper number of dimensions to norm.")
    return _matrix_norm(x, ord, axes, keepdims)


def _vector_norm(x, ord, axis, keepdims):
    size = abs(x)
    if ord is None or ord == 2:
        return MATH["sqrt"](_reduce.sum(x * x, axis, keepdims=keepdims))
    if ord == math.inf:
        return _reduce.max(size, axis, keepdims=keepdims)
    if ord == -math.inf:
        return _reduce.min(size, axis, keepdims=keepdims)
    if ord == 0:
        return _reduce.sum((x != 0).astype(x.dtype), axis, keepdims=keepdims)
    if ord == 1:
        return _reduce.sum(size, axis, keepdims=keepdims)
    if isinstance(ord, str):
        raise ValueError(f"Invalid norm order '{ord}' for vectors")
    return _reduce.sum(size**ord, axis, keepdims=keepdims) ** (1.0 / ord)


def _matrix_norm(x, ord, axes, keepdims):
    row, column = (axis % x.ndim for axis in axes)
    size = abs(x)
    if ord is None or ord in ("fro", "f"):
        return MATH["sqrt"](_reduce.sum(x * x, axes, keepdims=keepdims))
    if ord in (1, -1, math.inf, -math.inf):
        inner, outer = (row, column) if abs(ord) == 1 else (column, row)
        act = _reduce.max if ord > 0 else _reduce.min
        made = _reduce.sum(size, inner, keepdims=True)
        made = asarray(act(made, outer, keepdims=True))
    else:
        values = svdvals(x._like(x._t.movedim((row, column), (-2, -1))))
        act = {2: _reduce.max, -2: _reduce.min, "nuc": _reduce.sum}.get(ord)
        if act is None:
            raise ValueError("Invalid norm order for matrices.")
        made = asarray(act(values, -1))
        return made[()] if not keepdims else made.reshape([1] * x.ndim)
    if keepdims:
        return made
    shape = [n for i, n in enumerate(made.shape) if i not in (row, column)]
    return made.reshape(shape)[()]


def inv(a):
    """The inverse. Raises LinAlgError for a singular matrix."""
    a = _square(a)
    made = _each(a, lambda m: _solved(m, _kernels.identity(len(m))))
    return asarray(made).astype(_kind(a))


def solve(a, b):
    """x with a @ x = b. Raises LinAlgError for a singular matrix."""
    a, b = _square(a), asarray(b)
    kind = _kind(a, b)
    if a.ndim > 2:
        return matmul(inv(a), b if b.ndim > 1 else b.reshape(-1, 1)).reshape(
            *a.shape[:-2], *b.shape[-2:]
        )
    if a.shape[0] != b.shape[0]:
        raise ValueError(
            "solve: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature "
            f"(m,m),(m,n)->(m,n) (size {b.shape[0]} is different from {a.shape[0]})"
        )
    columns = b.reshape(b.shape[0], -1).astype(float).tolist()
    made = _solved(a.astype(float).tolist(), columns)
    return array(made, kind).reshape(b.shape)


def _solved(matrix, columns):
    made = _kernels.solve(matrix, columns)
    if made is None:
        raise LinAlgError("Singular matrix")
    return made


def det(a):
    """The determinant."""
    a = _square(a)
    made = asarray(_each(a, lambda m: _kernels.determinant(m)[0]))
    return made.astype(_kind(a))[()]


def slogdet(a):
    """(sign, logarithm of the size) of the determinant."""
    a = _square(a)
    value, sign, log = _kernels.determinant(a.astype(float).tolist())
    return float64.type(sign), float64.type(log)


def cholesky(a, *, upper=False):
    """The triangular matrix L with L @ Lᵀ = a. Raises LinAlgError where there is none."""
    a = _square(a)

    def act(matrix):
        made = _kernels.cholesky(matrix)
        if made is None:
            raise LinAlgError("Matrix is not positive definite")
        return made

    made = asarray(_each(a, act)).astype(_kind(a))
    return made.mT if upper else made


def qr(a, mode="reduced"):
    """(Q, R): an orthogonal and a triangular matrix with Q @ R = a."""
    a = asarray(a)
    q, r = _kernels.qr(a.astype(float)._t, mode == "complete")
    q, r = wrap(q, float64).astype(_kind(a)), wrap(r, float64).astype(_kind(a))
    return r if mode == "r" else (q, r)


def eigh(a, UPLO="L"):
    """(values, vectors) of a symmetric matrix, in rising order."""
    a = _square(a)
    values, vectors = _each(a, _kernels.symmetric_eigen)
    return asarray(values).astype(_kind(a)), asarray(vectors).astype(_kind(a))


def eigvalsh(a, UPLO="L"):
    """The eigenvalues of a symmetric matrix, in rising order."""
    return eigh(a)[0]


def eig(a):
    """(values, vectors) of a matrix; complex ones where there are any."""
    a = _square(a)
    if _reduce.all(asarray(a == a.T)):
        return eigh(a)
    values, vectors = _kernels.eigen(a.astype(float).tolist())
    return array(values), array(vectors)


def eigvals(a):
    """The eigenvalues of a matrix; complex ones where there are any."""
    a = _square(a)
    if _reduce.all(asarray(a == a.T)):
        return eigvalsh(a)
    return array(_kernels.eigen(a.astype(float).tolist())[0])


def svd(a, full_matrices=True, compute_uv=True, hermitian=False):
    """(U, s, Vᵀ) with U · diag(s) · Vᵀ = a; s in falling order."""
    a = asarray(a)
    u, s, v = _kernels.svd(a.astype(float)._t, full_matrices)
    u, s, v = (wrap(part, float64).astype(_kind(a)) for part in (u, s, v))
    return (u, s, v) if compute_uv else s


def svdvals(x, /):
    """The singular values, in falling order."""
    return svd(x, False, False)


def matrix_rank(A, tol=None, hermitian=False, *, rtol=None):
    """How many singular values are not nearly 0."""
    a = asarray(A)
    values = svdvals(a)
    if tol is None:
        eps = 2.220446049250313e-16 if a.dtype.name != "float32" else 1.1920929e-07
        tol = values.max().item() * max(a.shape[-2:]) * eps
    return (values > tol).sum()


def pinv(a, rcond=None, hermitian=False, *, rtol=None):
    """The pseudo-inverse."""
    a = asarray(a)
    u, s, v = svd(a, False)
    limit = (1e-15 if rcond is None else rcond) * s.max().item()
    inverse = array([1.0 / x if x > limit else 0.0 for x in s.tolist()])
    return matmul(v.T, inverse.reshape(-1, 1) * u.T).astype(_kind(a))


def lstsq(a, b, rcond=None):
    """(x, residuals, rank, singular values): x for which a @ x is nearest to b."""
    a, b = asarray(a), asarray(b)
    u, s, v = svd(a, False)
    eps = 2.220446049250313e-16 * max(a.shape) if rcond is None or rcond < 0 else rcond
    limit = eps * s.max().item()
    kept = [x > limit for x in s.tolist()]
    inverse = array([1.0 / x if keep else 0.0 for x, keep in zip(s.tolist(), kept, strict=True)])
    projected = dot(u.T, b)
    scale = inverse if b.ndim == 1 else inverse.reshape(-1, 1)
    x = dot(v.T, scale * projected)
    rank = sum(kept)
    residuals = array([])
    if rank == a.shape[1] and a.shape[0] > a.shape[1]:
        gap = b - dot(a, x)
        residuals = asarray(_reduce.sum(gap * gap, 0)).reshape(-1)
    return x, residuals, rank, s


def matrix_power(a, n):
    """The matrix product of a with itself, n times."""
    a = _square(a)
    if n < 0:
        a, n = inv(a), -n
    made = wrap(torch.eye(a.shape[-1]).to(a._t.dtype).expand(a.shape).clone(), a.dtype)
    while n:
        if n & 1:
            made = matmul(made, a)
        a, n = matmul(a, a), n >> 1
    return made


def multi_dot(arrays, *, out=None):
    """The matrix product of several arrays."""
    made = arrays[0]
    for a in arrays[1:]:
        made = dot(made, a)
    return made


def cond(x, p=None):
    """The condition number."""
    if p is None or p == 2:
        s = svdvals(x)
        return s[0] / s[-1]
    return norm(x, p) * norm(inv(x), p)


def vector_norm(x, /, *, axis=None, keepdims=False, ord=2):
    """The length of vectors."""
    x = asarray(x)
    return norm(x.ravel() if axis is None else x, ord, 0 if axis is None else axis, keepdims)


def matrix_norm(x, /, *, keepdims=False, ord="fro"):
    """A norm of matrices."""
    return norm(x, ord, (-2, -1), keepdims)


__getattr__ = by_name(__name__)
__all__ = [
    "LinAlgError", "cholesky", "cond", "cross", "det", "diagonal", "matmul", "matrix_transpose",
    "outer", "tensordot", "trace", "vecdot", "eig", "eigh", "eigvals", "eigvalsh", "inv", "lstsq",
    "matrix_norm", "matrix_power", "matrix_rank", "multi_dot", "norm", "pinv", "qr", "slogdet",
    "solve", "svd", "svdvals", "vector_norm",
]  # fmt: skip
