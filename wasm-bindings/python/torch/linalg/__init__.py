"""torch.linalg: norms, factorisations and linear systems over the last two dimensions."""

# ruff: noqa: F401  (matrix_power is there to be shown)

import functools
import math

from .. import _dtypes, _ops, return_types
from .._arguments import scalar_name, with_out
from .._creation import arange as _arange
from .._creation import eye as _eye
from .._creation import tensor as _tensor
from .._missing import by_name
from .._products import cross_along, matrix_power
from .._tensor import Tensor


class LinAlgError(RuntimeError):
    """A matrix that is singular, or not positive-definite."""


LinAlgError.__module__, LinAlgError.__name__ = "torch._C", "_LinAlgError"
LinAlgError.__qualname__ = "_LinAlgError"


def _refusing(function):
    """Raise LinAlgError where the engine says that a matrix does not allow the computation."""

    @functools.wraps(function)
    def guarded(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except RuntimeError as error:
            if "singular" in str(error) or "positive-definite" in str(error):
                raise LinAlgError(*error.args) from None
            raise

    return guarded


# norms


def _floating(name, x):
    if not x.is_floating_point():
        raise RuntimeError(
            f"{name}: Expected a floating point or complex tensor as input. Got "
            f"{scalar_name(x.dtype)}"
        )


@with_out
def vector_norm(x, ord=2, dim=None, keepdim=False, *, dtype=None):
    """The p-norm of vectors along dim (one or several), of all elements when None."""
    _floating("linalg.vector_norm", x)
    x = x if dtype is None else x.to(dtype)
    if dim == () or dim == []:
        dim = None
    if dim is None and keepdim:
        dim = tuple(range(x.dim()))
    return _ops.norm(x, float(ord), dim, keepdim)


@with_out
def matrix_norm(A, ord="fro", dim=(-2, -1), keepdim=False, *, dtype=None):
    """The norm of matrices: "fro", "nuc", 1, -1, 2, -2, inf or -inf."""
    _floating("linalg.matrix_norm", A)
    if A.dim() < 2:
        raise RuntimeError(
            "linalg.matrix_norm: The input tensor A must have at least 2 dimensions."
        )
    if isinstance(dim, int) or len(dim) != 2:
        raise RuntimeError("linalg.matrix_norm: dim must be a 2-tuple. Got " + _spaced(dim))
    A = A if dtype is None else A.to(dtype)
    rows, columns = (d % A.dim() for d in dim)
    if ord in ("fro", "f"):
        return _ops.norm(A, 2.0, (rows, columns), keepdim)
    if ord == "nuc" or abs(ord) == 2:
        moved = _ops.permute(
            A, [d for d in range(A.dim()) if d not in (rows, columns)] + [rows, columns]
        )
        values = svdvals(moved)
        found = (
            _ops.sum(values, -1, False, None)
            if ord == "nuc"
            else _ops.amax(values, -1, False)
            if ord > 0
            else _ops.amin(values, -1, False)
        )
        for d in sorted((rows, columns)) if keepdim else ():
            found = _ops.unsqueeze(found, d)
        return found
    if abs(ord) not in (1, math.inf):
        raise RuntimeError(f"linalg.matrix_norm: Order {ord} not supported.")
    summed, chosen = (rows, columns) if abs(ord) == 1 else (columns, rows)
    sums = _ops.norm(A, 1.0, summed, True)
    found = (_ops.amax if ord > 0 else _ops.amin)(sums, chosen, True)
    return found if keepdim else _ops.squeeze(found, (rows, columns))


def _spaced(dim):
    return "[" + ", ".join(map(str, [dim] if isinstance(dim, int) else dim)) + "]"


@with_out
def norm(A, ord=None, dim=None, keepdim=False, *, dtype=None):
    """A vector's or a matrix's norm: a matrix's where dim names two dimensions, or A has two and
    ord is given.
    """
    if dim is not None and not isinstance(dim, int) and len(dim) == 1:
        dim = dim[0]
    pair = dim is not None and not isinstance(dim, int) and len(dim) == 2
    if ord is not None and (pair or (dim is None and A.dim() == 2)):
        return matrix_norm(A, ord, dim if pair else (-2, -1), keepdim, dtype=dtype)
    if ord is not None and dim is None and A.dim() > 2:
        raise RuntimeError(
            "linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got "
            f"{A.dim()}D."
        )
    if isinstance(ord, str):
        raise RuntimeError(f"linalg.norm: If ord is a str, dim must be a 2-tuple. Got {dim}")
    return vector_norm(A, 2 if ord is None else ord, dim, keepdim, dtype=dtype)


@with_out
@_refusing
def cond(A, p=None):
    """The condition number with respect to a matrix norm."""
    if p is None or p in (2, -2):
        values = svdvals(A)
        high, low = values[..., 0], values[..., -1]
        return low / high if p == -2 else high / low
    return matrix_norm(A, p) * matrix_norm(inv(A), p)


# determinants and systems


@with_out
def det(A):
    """The determinant."""
    return _ops.det(A)


@with_out
def slogdet(A) -> return_types.linalg_slogdet:
    """(sign, logabsdet): the determinant's sign, and the log of its size."""
    return return_types.linalg_slogdet(*_ops.slogdet(A))


@with_out
@_refusing
def inv(A):
    """The inverse."""
    return _ops.inv(A)


@with_out
@_refusing
def solve(A, B, *, left=True):
    """X with A X = B, or X A = B where not left; B may be a vector."""
    vector = B.dim() == 1 or (A.dim() - 1 == B.dim() and B.shape == A.shape[:-1])
    if vector:
        return _ops.solve(A, B.unsqueeze(-1)).squeeze(-1)
    if not left:
        return _ops.solve(A.transpose(-2, -1), B.transpose(-2, -1)).transpose(-2, -1)
    return _ops.solve(A, B)


@with_out
def solve_triangular(A, B, *, upper, left=True, unitriangular=False):
    """X with A X = B for a triangular A."""
    if not left:
        turned = _ops.solve_triangular(A.mT, B.mT, not upper, unitriangular)
        return turned.mT
    return _ops.solve_triangular(A, B, upper, unitriangular)


@with_out
@_refusing
def inv_ex(A, *, check_errors=False) -> return_types.linalg_inv_ex:
    """(inverse, info).

    Limit: Raises for a singular matrix in place of filling info.
    """
    return return_types.linalg_inv_ex(_ops.inv(A), no_error(A))


@with_out
@_refusing
def solve_ex(A, B, *, left=True, check_errors=False) -> return_types.linalg_solve_ex:
    """(result, info)."""
    return return_types.linalg_solve_ex(solve(A, B, left=left), no_error(A))


def no_error(A):
    """An info of zeros: nothing went wrong."""
    return _ops.full(A.shape[:-2], 0, _dtypes.int32)


@with_out
@_refusing
def cholesky(A, *, upper=False):
    """The triangular factor L with L @ L.T = A; its transpose where upper."""
    found = _ops.cholesky(A.mT if upper else A)
    return found.mT if upper else found


@with_out
@_refusing
def cholesky_ex(A, *, upper=False, check_errors=False) -> return_types.linalg_cholesky_ex:
    """(L, info)."""
    return return_types.linalg_cholesky_ex(cholesky(A, upper=upper), no_error(A))


def _factored(A):
    """(LU, pivots), with the pivots as PyTorch's int32."""
    both, pivots = _ops.lu_factor(A)
    return both, pivots.to(_dtypes.int32)


@with_out
def lu_factor(A, *, pivot=True) -> return_types.linalg_lu_factor:
    """(LU, pivots)."""
    return return_types.linalg_lu_factor(*_factored(A))


@with_out
def lu(A, *, pivot=True) -> return_types.linalg_lu:
    """(P, L, U) with P @ L @ U = A; without a gradient."""
    both, pivots = _ops.lu_factor(A)
    return return_types.linalg_lu(*unpacked(both, pivots))


@with_out
def lu_factor_ex(A, *, pivot=True, check_errors=False) -> return_types.linalg_lu_factor_ex:
    """(LU, pivots, info)."""
    return return_types.linalg_lu_factor_ex(*_factored(A), no_error(A))


@with_out
def lu_solve(LU, pivots, B, *, left=True, adjoint=False):
    """X with A X = B, where A has the factors LU."""
    p, low, up = unpacked(LU, pivots)
    return solve(_ops.matmul(p, _ops.matmul(low, up)), B, left=left)


def unpacked(both, pivots):
    """(P, L, U) as matrices."""
    m, n = both.shape[-2:]
    k = min(m, n)
    lower = _ops.tril(both[..., :k], -1) + _eye(m, k, dtype=both.dtype)
    upper = _ops.triu(both[..., :k, :], 0)
    flat = pivots.reshape(-1, k).tolist()
    rows = []
    for exchanged in flat:
        order = list(range(m))
        for i, other in enumerate(exchanged):
            order[i], order[other - 1] = order[other - 1], order[i]
        rows.append(order)
    order = _tensor(rows).reshape(*both.shape[:-2], m)
    found = _eye(m, dtype=both.dtype)[order].mT
    return found, lower, upper


# factorisations


@with_out
def qr(A, mode="reduced") -> return_types.linalg_qr:
    """(Q, R): "reduced", "complete" or "r" (only R)."""
    if mode not in ("reduced", "complete", "r"):
        raise RuntimeError(
            f"qr received unrecognized mode '{mode}' but expected one of 'reduced' (default), "
            "'r', or 'complete'"
        )
    q, r = _ops.qr(A, mode == "complete")
    return return_types.linalg_qr(_ops.full((0,), 0, A.dtype) if mode == "r" else q, r)


@with_out
def householder_product(A, tau):
    """The first columns of the product of reflections: vectors below A's diagonal, factors tau."""
    m, n = A.shape[-2:]
    found = _eye(m, dtype=A.dtype).expand(*A.shape[:-2], m, m)
    vectors = _ops.tril(A, -1) + _eye(m, n, dtype=A.dtype)
    for k in range(tau.shape[-1]):
        v = vectors[..., :, k : k + 1]
        step = _ops.matmul(_ops.matmul(found, v), v.mT)
        found = found - tau[..., k, None, None] * step
    return found[..., :n]


@with_out
def eigh(A, UPLO="L") -> return_types.linalg_eigh:
    """(eigenvalues in ascending order, eigenvectors) of a symmetric matrix.

    Limit: The signs of eigenvectors may differ from LAPACK's.
    """
    return return_types.linalg_eigh(*_ops.eigh(A, UPLO.upper() == "U"))


@with_out
def eigvalsh(A, UPLO="L"):
    """The eigenvalues of a symmetric matrix, in ascending order."""
    return _ops.eigh(A, UPLO.upper() == "U")[0]


@with_out
def svd(A, full_matrices=True, *, driver=None) -> return_types.linalg_svd:
    """(U, S, Vh) with U @ diag(S) @ Vh = A.

    Limit: The signs of singular vectors may differ from LAPACK's.
    """
    return return_types.linalg_svd(*_ops.svd(A, full_matrices))


@with_out
def svdvals(A, *, driver=None):
    """The singular values, in descending order."""
    return _ops.svd(A, False)[1]


def _cut(values, A, atol, rtol):
    """Which singular values count."""
    eps = _dtypes.finfo(A.dtype).eps
    if rtol is None:
        rtol = 0.0 if atol is not None and _positive(atol) else max(A.shape[-2:]) * eps
    largest = _ops.amax(_ops.abs(values), -1, True)
    limit = largest * _wide(rtol)
    return values > (limit if atol is None else _ops.maximum(limit, _ops.add(_wide(atol), 0)))


def _positive(x):
    return bool((x > 0).all()) if isinstance(x, Tensor) else x > 0


def _wide(x):
    return x.unsqueeze(-1) if isinstance(x, Tensor) else x


@with_out
def matrix_rank(A, tol=None, *, atol=None, rtol=None, hermitian=False):
    """The number of singular values that are not nearly zero."""
    if tol is not None:
        atol, rtol = tol, 0.0
    values = _ops.abs(eigvalsh(A)) if hermitian else svdvals(A)
    if atol is not None and not isinstance(atol, Tensor):
        atol = _ops.full((), float(atol), A.dtype)
    return _ops.sum(_cut(values, A, atol, rtol), -1, False, None)


@with_out
def pinv(A, rcond=None, *, atol=None, rtol=None, hermitian=False):
    """The pseudo-inverse."""
    if rcond is not None:
        rtol = rcond
    if 0 in A.shape[-2:]:
        return _ops.full((*A.shape[:-2], A.shape[-1], A.shape[-2]), 0, A.dtype)
    u, s, vh = _ops.svd(A, False)
    if atol is not None and not isinstance(atol, Tensor):
        atol = _ops.full((), float(atol), A.dtype)
    kept = _cut(s, A, atol, rtol)
    inverse = _ops.where(kept, 1 / _ops.where(kept, s, 1.0), 0.0)
    return _ops.matmul(vh.mT * inverse.unsqueeze(-2), u.mT)


@with_out
def lstsq(A, B, rcond=None, *, driver=None) -> return_types.linalg_lstsq:
    """(solution, residuals, rank, singular_values) of the least-squares problem A X = B."""
    vector = B.dim() == 1 or A.dim() - 1 == B.dim()
    right = B.unsqueeze(-1) if vector else B
    solution = _ops.matmul(pinv(A, rcond), right)
    rank = matrix_rank(A)
    left_over = _ops.full((0,), 0, A.dtype)
    tall = A.shape[-2] > A.shape[-1]
    if driver not in (None, "gelsy") and tall and bool((rank == A.shape[-1]).all()):
        left_over = _ops.sum((_ops.matmul(A, solution) - right) ** 2, -2, False, None)
    if vector:
        solution = solution.squeeze(-1)
    return return_types.linalg_lstsq(solution, left_over, rank, _ops.full((0,), 0, A.dtype))


# products


@with_out
def matmul(A, B):
    """The matrix product."""
    return _ops.matmul(A, B)


@with_out
def multi_dot(tensors):
    """The product of several matrices, in the order that costs least."""
    parts = list(tensors)
    if len(parts) < 2:
        raise RuntimeError(f"multi_dot(): expected at least 2 tensors but got {len(parts)}")
    row, column = parts[0].dim() == 1, parts[-1].dim() == 1
    if row:
        parts[0] = parts[0].unsqueeze(0)
    if column:
        parts[-1] = parts[-1].unsqueeze(1)
    for i, part in enumerate(parts):
        if part.dim() != 2:
            raise RuntimeError(f"multi_dot(): tensor {i} must be 2D but got {part.dim()}D")
    found = _chained(parts)
    if row:
        found = found.squeeze(0)
    return found.squeeze(-1) if column else found


def _chained(parts):
    sizes = [part.shape[0] for part in parts] + [parts[-1].shape[1]]
    n = len(parts)
    cost = {(i, i): (0, i) for i in range(n)}
    for length in range(1, n):
        for i in range(n - length):
            j = i + length
            cost[i, j] = min(
                (cost[i, k][0] + cost[k + 1, j][0] + sizes[i] * sizes[k + 1] * sizes[j + 1], k)
                for k in range(i, j)
            )

    def product(i, j):
        if i == j:
            return parts[i]
        k = cost[i, j][1]
        return _ops.mm(product(i, k), product(k + 1, j))

    return product(0, n - 1)


@with_out
def cross(input, other, *, dim=-1):
    """The cross product along a dimension of size 3."""
    return cross_along("linalg.cross", input, other, dim)


@with_out
def vecdot(x, y, *, dim=-1):
    """The dot product along a dimension."""
    return _ops.sum(_ops.mul(x, y), dim, False, None)


@with_out
def diagonal(A, *, offset=0, dim1=-2, dim2=-1):
    """The diagonal of the last two dimensions."""
    return _ops.diagonal(A, offset, dim1, dim2)


@with_out
def matrix_exp(A):
    """The exponential of a square matrix, by scaling and squaring its series."""
    if A.dim() < 2 or A.shape[-1] != A.shape[-2]:
        raise RuntimeError(
            "linalg.matrix_exp: A must be batches of square matrices, but they are "
            f"{A.shape[-2]} by {A.shape[-1]} matrices"
        )
    size = float(_ops.amax(_ops.norm(A.detach(), 1.0, -2, False), None, False)) if A.numel() else 0
    halvings = max(0, math.ceil(math.log2(size)) + 3) if size > 0 else 0
    part = A / 2**halvings
    found = term = _eye(A.shape[-1], dtype=A.dtype).expand(A.shape)
    for k in range(1, 16):
        term = _ops.matmul(term, part) / k
        found = found + term
    for _ in range(halvings):
        found = _ops.matmul(found, found)
    return found


@with_out
def vander(x, *, N=None):
    """The matrix of rising powers of the last dimension's elements."""
    return x.unsqueeze(-1) ** _arange(x.shape[-1] if N is None else N)


@with_out
def tensorsolve(A, B, dims=None):
    """X with tensordot(A, X, X.dim()) = B."""
    if dims is not None:
        A = A.movedim(dims, tuple(range(A.dim() - len(dims), A.dim())))
    shape = A.shape[B.dim() :]
    return solve(A.reshape(B.numel(), -1), B.reshape(-1)).reshape(shape)


@with_out
def tensorinv(A, ind=2):
    """The inverse for tensordot over the first ind dimensions."""
    shape = A.shape[ind:] + A.shape[:ind]
    rows = 1
    for size in A.shape[:ind]:
        rows *= size
    return inv(A.reshape(rows, -1)).reshape(shape)


__getattr__ = by_name(
    __name__,
    "eig eigvals ldl_factor ldl_factor_ex ldl_solve",
    {"eig": "use torch.linalg.eigh for a symmetric matrix; there are no complex tensors here"},
)
