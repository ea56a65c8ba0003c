"""The further distributions of RandomState, number for number."""

import math

from .. import _dtypes
from .._convert import asarray, from_values
from .._dtypes import int64
from . import _distributions as of
from ._base import draw, sizes


class Distributions:
    """Distributions over `_double`, `_gauss` and `_exponential` of the class that has them."""

    def _gamma(self, shape):
        return of.gamma(shape, self._double, self._gauss, self._exponential)

    def standard_exponential(self, size=None):
        """Exponential numbers with mean 1."""
        return draw(self._exponential, size)

    def exponential(self, scale=1.0, size=None):
        """Exponential numbers with mean scale."""
        return draw(lambda s: s * self._exponential(), size, (scale,))

    def standard_gamma(self, shape, size=None):
        """Gamma numbers of scale 1."""
        return draw(self._gamma, size, (shape,))

    def gamma(self, shape, scale=1.0, size=None):
        """Gamma numbers."""
        return draw(lambda k, s: s * self._gamma(k), size, (shape, scale))

    def beta(self, a, b, size=None):
        """Beta numbers."""
        act = lambda x, y: of.beta(x, y, self._double, self._gamma)  # noqa: E731
        return draw(act, size, (a, b))

    def chisquare(self, df, size=None):
        """Chi-square numbers."""
        return draw(lambda n: 2.0 * self._gamma(n / 2.0), size, (df,))

    def f(self, dfnum, dfden, size=None):
        """F numbers."""
        chi = lambda n: 2.0 * self._gamma(n / 2.0)  # noqa: E731
        return draw(lambda m, n: chi(m) * n / (chi(n) * m), size, (dfnum, dfden))

    def standard_t(self, df, size=None):
        """Student's t numbers."""

        def act(n):
            top = self._gauss()
            return math.sqrt(n / 2) * top / math.sqrt(self._gamma(n / 2))

        return draw(act, size, (df,))

    def standard_cauchy(self, size=None):
        """Cauchy numbers."""
        return draw(lambda: self._gauss() / self._gauss(), size)

    def lognormal(self, mean=0.0, sigma=1.0, size=None):
        """Numbers whose logarithm is normal."""
        return draw(lambda m, s: math.exp(m + s * self._gauss()), size, (mean, sigma))

    def poisson(self, lam=1.0, size=None):
        """How many events happen where lam are expected."""
        return draw(lambda x: of.poisson(x, self._double), size, (lam,), int64)

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

    def laplace(self, loc=0.0, scale=1.0, size=None):
        """Laplace numbers."""
        return draw(lambda m, s: of.laplace(m, s, self._double), size, (loc, scale))

    def gumbel(self, loc=0.0, scale=1.0, size=None):
        """Gumbel numbers."""
        return draw(lambda m, s: of.gumbel(m, s, self._double), size, (loc, scale))

    def logistic(self, loc=0.0, scale=1.0, size=None):
        """Logistic numbers."""
        return draw(lambda m, s: of.logistic(m, s, self._double), size, (loc, scale))

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

    def triangular(self, left, mode, right, size=None):
        """Numbers of a triangular density."""
        act = lambda a, b, c: of.triangular(a, b, c, self._double)  # noqa: E731
        return draw(act, size, (left, mode, right))

    def multinomial(self, n, pvals, size=None):
        """How often each outcome happens in n trials. Raises ValueError where pvals sum to more
        than 1.
        """
        given = asarray(pvals).astype(float).tolist()
        if math.fsum(given[:-1]) > 1.0 + 1e-12:
            raise ValueError("sum(pvals[:-1]) > 1.0")
        shape, count = ((), 1) if size is None else sizes(size)
        rows = []
        for _ in range(count):
            left, rest, row = n, 1.0, [0] * len(given)
            for i, p in enumerate(given[:-1]):
                row[i] = of.binomial(left, min(p / rest, 1.0), self._double)
                left -= row[i]
                if left <= 0:
                    break
                rest -= p
            row[-1] += max(left, 0)
            rows.extend(row)
        return from_values(rows, (*shape, len(given)), int64)

    def dirichlet(self, alpha, size=None):
        """Shares that sum to 1."""
        alpha = [float(value) for value in asarray(alpha).tolist()]
        shape, count = ((), 1) if size is None else sizes(size)
        values = []
        for _ in range(count):
            row = [self._gamma(k) for k in alpha]
            total = 0.0
            for value in row:
                total += value
            inverse = 1 / total
            values.extend(value * inverse for value in row)
        return from_values(values, (*shape, len(alpha)), _dtypes.float64)

    def multivariate_normal(self, mean, cov, size=None, check_valid="warn", tol=1e-8):
        """Vectors of normal numbers with this mean and covariance."""
        from ..linalg import svd

        mean, cov = asarray(mean) + 0.0, asarray(cov) + 0.0
        shape, count = ((), 1) if size is None else sizes(size)
        x = self.standard_normal((count, mean.shape[0]))
        _, s, v = svd(cov)
        made = x @ ((s**0.5).reshape(-1, 1) * v) + mean
        return made.reshape(*shape, mean.shape[0])
