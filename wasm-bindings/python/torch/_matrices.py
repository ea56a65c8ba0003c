"""The functions of linear algebra that torch itself has, beside torch.linalg."""

from . import _ops, linalg, return_types
from ._arguments import with_out

inverse = linalg.inv
det = linalg.det
matrix_exp = linalg.matrix_exp
pinverse = linalg.pinv


@with_out
def slogdet(input):
    """(sign, logabsdet)."""
    return return_types.slogdet(*_ops.slogdet(input))


def logdet(input):
    """The logarithm of the determinant; NaN where it is negative."""
    sign, size = _ops.slogdet(input)
    return _ops.where(sign < 0, float("nan"), size)


@with_out
def cholesky(input, upper=False):
    """The triangular factor of a positive-definite matrix."""
    return linalg.cholesky(input, upper=upper)


@with_out
def cholesky_inverse(L, upper=False):
    """The inverse of the matrix that has the factor L."""
    whole = _ops.matmul(L.mT, L) if upper else _ops.matmul(L, L.mT)
    return linalg.inv(whole)


@with_out
def cholesky_solve(B, L, upper=False):
    """X with A X = B, where A has the factor L."""
    low = L.mT if upper else L
    return _ops.solve_triangular(low.mT, _ops.solve_triangular(low, B, False), True)


@with_out
def qr(input, some=True):
    """(Q, R)."""
    return return_types.qr(*_ops.qr(input, not some))


@with_out
def svd(input, some=True, compute_uv=True):
    """(U, S, V): V itself, not its transpose."""
    u, s, vh = _ops.svd(input, not some)
    return return_types.svd(u, s, vh.mT)


@with_out
def triangular_solve(b, A, upper=True, transpose=False, unitriangular=False):
    """(solution, cloned_coefficient) of A X = b."""
    left, upper = (A.mT, not upper) if transpose else (A, upper)
    return return_types.triangular_solve(
        _ops.solve_triangular(left, b, upper, unitriangular), A.clone()
    )


FUNCTIONS = (
    "inverse det matrix_exp pinverse slogdet logdet cholesky cholesky_inverse cholesky_solve qr "
    "svd triangular_solve"
)
METHODS = FUNCTIONS
