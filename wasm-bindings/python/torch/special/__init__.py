"""torch.special: mathematical functions, element by element."""

# ruff: noqa: F401  (names are imported to be shown)

from .. import _ops
from .._arguments import with_out as _with_out
from .._missing import by_name
from .._shapes import logit, polygamma
from .._shapes import mvlgamma as multigammaln

globals().update({_name: getattr(_ops, _name) for _name in _ops.SPECIAL})
# What has another name there.
expit, psi = _ops.sigmoid, _ops.digamma
gammainc, gammaincc, gammaln = _ops.igamma, _ops.igammac, _ops.lgamma
modified_bessel_i0, modified_bessel_i1 = _ops.i0, _ops.i1


@_with_out
def ndtr(input):
    """The normal distribution's area below each value."""
    return 0.5 * _ops.erfc(input * -(0.5**0.5))


def softmax(input, dim, *, dtype=None):
    """exp(input), scaled to sum to one along dim."""
    return _ops.softmax(input, dim, dtype)


def log_softmax(input, dim, *, dtype=None):
    """log of softmax along dim."""
    return _ops.log_softmax(input, dim, dtype)


__getattr__ = by_name(
    __name__,
    "airy_ai bessel_j0 bessel_j1 bessel_y0 bessel_y1 chebyshev_polynomial_t "
    "chebyshev_polynomial_u chebyshev_polynomial_v chebyshev_polynomial_w hermite_polynomial_h "
    "hermite_polynomial_he laguerre_polynomial_l legendre_polynomial_p modified_bessel_k0 "
    "modified_bessel_k1 scaled_modified_bessel_k0 scaled_modified_bessel_k1 "
    "shifted_chebyshev_polynomial_t shifted_chebyshev_polynomial_u "
    "shifted_chebyshev_polynomial_v shifted_chebyshev_polynomial_w spherical_bessel_j0",
)
