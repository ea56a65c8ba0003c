"""The distributions that both kinds of stream draw alike."""

import math

from .. import _dtypes
from .._convert import asarray, from_values
from .._dtypes import int64
from . import _distributions as of
from ._base import draw, sizes


class Draws:
    """Distributions over `_double`, `_normal` and `_exponential` of the class that has them."""

    def _gamma(self, shape):
        return of.gamma(shape, self._double, self._normal, self._exponential)

    def exponential(self, scale=1.0, size=None):
        """Exponential numbers with mean scale."""
        return draw(lambda s: s * self._exponential(), size, (scale,))

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

    def standard_t(self, df, size=None):
        """Student's t numbers."""

        def act(n):
            top = self._normal()
            return math.sqrt(n / 2) * top / math.sqrt(self._gamma(n / 2))

        return draw(act, size, (df,))

    def standard_cauchy(self, size=None):
        """Cauchy numbers."""
        return draw(lambda: self._normal() / self._normal(), size)

    def lognormal(self, mean=0.0, sigma=1.0, size=None):
        """Numbers whose logarithm is normal."""
        return draw(lambda m, s: math.exp(m + s * self._normal()), size, (mean, sigma))

    def poisson(self, lam=1.0, size=None):
        """How many events happen where lam are expected."""
        return draw(lambda x: of.poisson(x, self._double), size, (lam,), int64)

    def laplace(self, loc=0.0, scale=1.0, size=None):
        """Laplace numbers."""
        return draw(lambda m, s: of.laplace(m, s, self._double), size, (loc, scale))

    def gumbel(self, loc=0.0, scale=1.0, size=None):
        """Gumbel numbers."""
        return draw(lambda m, s: of.gumbel(m, s, self._double), size, (loc, scale))

    def logistic(self, loc=0.0, scale=1.0, size=None):
        """Logistic numbers."""
        return draw(lambda m, s: of.logistic(m, s, self._double), size, (loc, scale))

    def triangular(self, left, mode, right, size=None):
        """Numbers of a triangular density."""
        act = lambda a, b, c: of.triangular(a, b, c, self._double)  # noqa: E731
        return draw(act, size, (left, mode, right))

    def _outcomes(self, n, given, size):
        """How often each outcome happens in n trials; given: its probabilities."""
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
