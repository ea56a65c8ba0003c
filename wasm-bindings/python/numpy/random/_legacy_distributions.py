"""The further distributions of RandomState, number for number."""

import math

from .._convert import asarray
from .._dtypes import int64
from . import _distributions as of
from ._base import draw, sizes
from ._draws import Draws


class Distributions(Draws):
    """Distributions over `_double`, `_normal` and `_exponential` of the class that has them."""

    def standard_exponential(self, size=None):
        """Exponential numbers with mean 1."""
        return draw(self._exponential, size)

    def standard_gamma(self, shape, size=None):
        """Gamma numbers of scale 1."""
        return draw(self._gamma, size, (shape,))

    def f(self, dfnum, dfden, size=None):
        """F numbers."""
        chi = lambda n: 2.0 * self._gamma(n / 2.0)  # noqa: E731
        return draw(lambda m, n: chi(m) * n / (chi(n) * m), size, (dfnum, dfden))

    def binomial(self, n, p, size=None):
        """How many of n trials succeed."""
        if isinstance(p, (int, float)) and not 0 <= p <= 1:
            raise ValueError("p < 0, p > 1 or p is NaN")
        return draw(lambda m, q: of.binomial(int(m), q, self._double), size, (n, p), int64)

    def geometric(self, p, size=None):
        """How many trials until one succeeds."""
        return draw(lambda q: of.geometric(q, self._double), size, (p,), int64)

    def negative_binomial(self, n, p, size=None):
        """How many trials fail before n succeed."""
        act = lambda m, q: of.poisson(self._gamma(m) * (1 - q) / q, self._double)  # noqa: E731
        return draw(act, size, (n, p), int64)

    def rayleigh(self, scale=1.0, size=None):
        """Rayleigh numbers."""
        act = lambda s: s * math.sqrt(-2.0 * math.log1p(-self._double()))  # noqa: E731
        return draw(act, size, (scale,))

    def weibull(self, a, size=None):
        """Weibull numbers."""
        return draw(lambda k: self._exponential() ** (1.0 / k), size, (a,))

    def pareto(self, a, size=None):
        """Pareto numbers, from 0."""
        return draw(lambda k: math.exp(self._exponential() / k) - 1.0, size, (a,))

    def power(self, a, size=None):
        """Numbers in [0, 1] with a power density."""
        act = lambda k: (-math.expm1(-self._exponential())) ** (1.0 / k)  # noqa: E731
        return draw(act, size, (a,))

    def multinomial(self, n, pvals, size=None):
        """How often each outcome happens in n trials. Raises ValueError where pvals sum to more
        than 1.
        """
        given = asarray(pvals).astype(float).tolist()
        if math.fsum(given[:-1]) > 1.0 + 1e-12:
            raise ValueError("sum(pvals[:-1]) > 1.0")
        return self._outcomes(n, given, size)

    def multivariate_normal(self, mean, cov, size=None, check_valid="warn", tol=1e-8):
        """Vectors of normal numbers with this mean and covariance."""
        from ..linalg import svd

        mean, cov = asarray(mean) + 0.0, asarray(cov) + 0.0
        shape, count = ((), 1) if size is None else sizes(size)
        x = self.standard_normal((count, mean.shape[0]))
        _, s, v = svd(cov)
        made = x @ ((s**0.5).reshape(-1, 1) * v) + mean
        return made.reshape(*shape, mean.shape[0])
