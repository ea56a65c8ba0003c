"""The functions of linear algebra that torch itself has, beside torch.linalg."""

from . import _ops, linalg, return_types
from ._arguments import with_out
from ._method_table import both, function

inverse = both(linalg.inv, "inverse")
det = both(linalg.det)
matrix_exp = both(linalg.matrix_exp)
pinverse = both(linalg.pinv, "pinverse")


@both
@with_out
def slogdet(input) -> return_types.slogdet:
    """(sign, logabsdet)."""
    return return_types.slogdet(*_ops.slogdet(input))


@both
def logdet(input):
    """The logarithm of the determinant; NaN where it is negative."""
    sign, size = _ops.slogdet(input)
    return _ops.where(sign < 0, float("nan"), size)


@both
@with_out
def cholesky(input, upper=False):
    """The triangular factor of a positive-definite matrix."""
    return linalg.cholesky(input, upper=upper)


@both
@with_out
def cholesky_inverse(L, upper=False):
    """The inverse of the matrix that has the factor L."""
    whole = _ops.matmul(L.mT, L) if upper else _ops.matmul(L, L.mT)
    return linalg.inv(whole)


@both
@with_out
def cholesky_solve(B, L, upper=False):
    """X with A X = B, where A has the factor L."""
    low = L.mT if upper else L
    return _ops.solve_triangular(low.mT, _ops.solve_triangular(low, B, False), True)


@both
@with_out
def qr(input, some=True) -> return_types.qr:
    """(Q, R)."""
    return return_types.qr(*_ops.qr(input, not some))


@both
@with_out
def svd(input, some=True, compute_uv=True) -> return_types.svd:
    """(U, S, V): V itself, not its transpose."""
    u, s, vh = _ops.svd(input, not some)
    return return_types.svd(u, s, vh.mT)


@both
@with_out
def triangular_solve(b, A, upper=True, transpose=False, unitriangular=False):
    """(solution, cloned_coefficient) of A X = b."""
    left, upper = (A.mT, not upper) if transpose else (A, upper)
    return return_types.triangular_solve(
        _ops.solve_triangular(left, b, upper, unitriangular), A.clone()
    )


@both
def lu(A, pivot=True, get_infos=False):
    """(LU, pivots), and info where get_infos."""
    both, pivots = linalg.lu_factor(A, pivot=pivot)
    return (both, pivots, linalg.no_error(A)) if get_infos else (both, pivots)


@function
def lu_unpack(LU_data, LU_pivots, unpack_data=True, unpack_pivots=True):
    """(P, L, U) of what lu_factor gave."""
    return return_types.lu_unpack(*linalg.unpacked(LU_data, LU_pivots))


@both
def lu_solve(b, LU_data, LU_pivots):
    """X with A X = b, where A has the factors LU."""
    return linalg.lu_solve(LU_data, LU_pivots, b)


orgqr = both(linalg.householder_product, "orgqr")


@function
def svd_lowrank(A, q=6, niter=2, M=None):
    """(U, S, V) of the q largest singular values; here from the whole decomposition."""
    u, s, vh = _ops.svd(A if M is None else A - M, False)
    return u[..., :q], s[..., :q], vh.mT[..., :q]


@function
def pca_lowrank(A, q=None, center=True, niter=2):
    """(U, S, V): the q main components of the rows, centred where asked."""
    count = min(6, *A.shape[-2:]) if q is None else q
    if not 0 <= count <= min(A.shape[-2:]):
        raise ValueError(
            f"q(={count}) must be non-negative integer and not greater than min(m, n)="
            f"{min(A.shape[-2:])}"
        )
    return svd_lowrank(A - A.mean(-2, keepdim=True) if center else A, count)


def _removed(name, instead, shown=both):
    def function(*args, **kwargs):
        raise RuntimeError(
            "This function was deprecated since version 1.9 and is now removed." + instead
        )

    function.__name__ = function.__qualname__ = name
    function.__doc__ = "Raises: PyTorch has removed it."
    return shown(function)


solve = _removed(
    "solve",
    " `torch.solve` is deprecated in favor of `torch.linalg.solve`. `torch.linalg.solve` has its "
    "arguments reversed and does not return the LU factorization.",
)
lstsq = _removed("lstsq", " `torch.lstsq` is deprecated in favor of `torch.linalg.lstsq`.")
eig = _removed(
    "eig",
    " `torch.linalg.eig` returns complex tensors of dtype `cfloat` or `cdouble` rather than real "
    "tensors mimicking complex tensors.",
)
symeig = _removed(
    "symeig",
    " The default behavior has changed from using the upper triangular portion of the matrix by "
    "default to using the lower triangular portion.",
)
matrix_rank = _removed("matrix_rank", "", function)
