"""Generator: the streams of `np.random.default_rng`, number for number."""

import math
from itertools import repeat

from .._array import ndarray
from .._convert import array, asarray, from_values
from .._dtypes import as_dtype, int64
from . import _distributions as of
from ._base import (
    by_chance,
    check_p,
    draw,
    mask_of,
    picked,
    population,
    sizes,
    swap_all,
    without_repeats,
)
from ._draws import Draws
from ._pcg64 import PCG64
from ._ziggurat import EXPONENTIAL_EDGE, NORMAL_EDGE, exponential_tables, normal_tables


class Generator(Draws):
    """A stream of random numbers over a bit generator."""

    def __init__(self, bit_generator):
        self.bit_generator = self._bits = bit_generator
        self._double = bit_generator.next_double

    def __repr__(self):
        return f"Generator({type(self._bits).__name__}) at 0x{id(self):X}"

    def __str__(self):
        return f"Generator({type(self._bits).__name__})"

    def spawn(self, n_children):
        """Further generators that are independent of this one."""
        return [Generator(child) for child in self._bits.spawn(n_children)]

    # the standard numbers

    def _normal(self):
        k, w, f = normal_tables()
        word, double = self._bits.next_uint64, self._double
        while True:
            r = word()
            layer = r & 0xFF
            r >>= 8
            negative = r & 1
            size = r >> 1 & 0x000F_FFFF_FFFF_FFFF
            x = size * w[layer]
            if negative:
                x = -x
            if size < k[layer]:
                return x
            if layer == 0:
                while True:
                    far = -math.log1p(-double()) / NORMAL_EDGE
                    y = -math.log1p(-double())
                    if y + y > far * far:
                        return -(NORMAL_EDGE + far) if size >> 8 & 1 else NORMAL_EDGE + far
            elif (f[layer - 1] - f[layer]) * double() + f[layer] < math.exp(-0.5 * x * x):
                return x

    def _exponential(self):
        k, w, f = exponential_tables()
        word, double = self._bits.next_uint64, self._double
        while True:
            r = word() >> 3
            layer = r & 0xFF
            r >>= 8
            x = r * w[layer]
            if r < k[layer]:
                return x
            if layer == 0:
                return EXPONENTIAL_EDGE - math.log1p(-double())
            if (f[layer - 1] - f[layer]) * double() + f[layer] < math.exp(-x):
                return x

    def _integer(self, limit):
        """A whole number from 0 to the limit [Lemire 2019]."""
        if not limit:
            return 0
        wide = limit > 0xFFFF_FFFF
        bits = 64 if wide else 32
        word = self._bits.next_uint64 if wide else self._bits.next_uint32
        if limit == (1 << bits) - 1:
            return word()
        count = limit + 1
        product = word() * count
        rest = product & (1 << bits) - 1
        if rest < count:
            least = ((1 << bits) - 1 - limit) % count
            while rest < least:
                product = word() * count
                rest = product & (1 << bits) - 1
        return product >> bits

    def _place(self, limit):
        """A whole number from 0 to the limit, by drawing until one fits."""
        mask = mask_of(limit)
        word = self._bits.next_uint32 if limit <= 0xFFFF_FFFF else self._bits.next_uint64
        while (value := word() & mask) > limit:
            pass
        return value

    def random(self, size=None, dtype=float, out=None):
        """Numbers in [0, 1)."""
        kind = as_dtype(dtype)
        act = self._double
        if kind.name == "float32":
            act = lambda: (self._bits.next_uint32() >> 8) * (1.0 / 16777216.0)  # noqa: E731
        if out is not None:
            out[...] = draw(act, out.shape, (), kind)
            return out
        return draw(act, size, (), kind)

    def integers(self, low, high=None, size=None, dtype=int64, endpoint=False):
        """Whole numbers from low to high, without high unless endpoint=True."""
        kind = as_dtype(dtype)
        if high is None:
            low, high = 0, low
        if any(getattr(v, "ndim", 0) or isinstance(v, (list, tuple)) for v in (low, high)):
            act = lambda a, b: a + self._integer(b - a - (not endpoint))  # noqa: E731
            return draw(act, size, (low, high), kind)
        low, limit = int(low), int(high) - int(low) - (not endpoint)
        if limit < 0:
            raise ValueError("low > high" if endpoint else "low >= high")
        if size is None:
            value = low + self._integer(limit)
            return value if dtype is int or dtype is bool else kind.type(value)
        shape, count = sizes(size)
        pick = self._integer
        return from_values([low + pick(limit) for _ in repeat(None, count)], shape, kind)

    def standard_normal(self, size=None, dtype=float, out=None):
        """Standard normal numbers."""
        if as_dtype(dtype).name != "float64":
            raise NotImplementedError(
                "standard_normal of float32 is not part of the small NumPy; use astype"
            )
        return draw(self._normal, size)

    def normal(self, loc=0.0, scale=1.0, size=None):
        """Normal numbers with mean loc and standard deviation scale."""
        if isinstance(scale, (int, float)) and scale < 0:
            raise ValueError("scale < 0")
        return draw(lambda m, s: m + s * self._normal(), size, (loc, scale))

    def uniform(self, low=0.0, high=1.0, size=None):
        """Numbers in [low, high)."""
        return draw(lambda a, b: a + (b - a) * self._double(), size, (low, high))

    def bytes(self, length):
        """Random bytes."""
        count = (length - 1) // 4 + 1
        words = b"".join(self._bits.next_uint32().to_bytes(4, "little") for _ in range(count))
        return words[:length]

    # order and choice

    def shuffle(self, x, axis=0):
        """Bring the items of x into a random order, in place."""
        if axis:
            x = x._like(x._t.movedim(axis, 0))
        swap_all(x, self._place)

    def permutation(self, x, axis=0):
        """The items of x, or the numbers below x, in a random order."""
        if hasattr(x, "__index__") and not isinstance(x, ndarray):
            places = list(range(x.__index__()))
            swap_all(places, self._place)
            return from_values(places, (len(places),), int64)
        x = asarray(x)
        places = list(range(x.shape[axis]))
        swap_all(places, self._place)
        return x[(slice(None),) * axis + (array(places, int),)]

    def permuted(self, x, axis=None, out=None):
        """A copy with the items in a random order."""
        if axis is not None:
            raise NotImplementedError("permuted along an axis is not part of the small NumPy")
        x = asarray(x)
        return self.permutation(x.ravel()).reshape(x.shape)

    def choice(self, a, size=None, replace=True, p=None, axis=0, shuffle=True):
        """Items of a (or numbers below a), with probabilities p."""
        a, count = population(a, size)
        if a is not None and axis:
            a = a._like(a._t.movedim(axis, 0))
        scalar = size is None
        wanted = 1 if scalar else sizes(size)[1]
        if p is not None:
            p = check_p(p, count)
        if replace:
            if p is not None:
                places = by_chance(p, self.random(None if scalar else (wanted,)))
                places = int(places) if scalar else places
            else:
                places = self.integers(0, count, None if scalar else (wanted,))
            return picked(a, places, size, scalar)
        if wanted > count:
            raise ValueError("Cannot take a larger sample than population when replace is False")
        if p is not None:
            places = without_repeats(p, wanted, lambda n: self.random((n,)))
        else:
            places = self._distinct(count, wanted, shuffle)
        return picked(a, int64.type(places[0]) if scalar else places, size, scalar)

    def _distinct(self, count, wanted, shuffle):
        """Distinct numbers below count: the tail of a shuffle, or Floyd's way where few are
        wanted.
        """
        pick = self._integer
        if count > 10000 and wanted > count // (50 if shuffle else 20):
            places = list(range(count))
            for i in range(count - 1, max(count - wanted, 1) - 1, -1):
                j = pick(i)
                places[i], places[j] = places[j], places[i]
            return places[count - wanted :]
        places, seen = [], set()
        for j in range(count - wanted, count):
            value = pick(j)
            value = j if value in seen else value
            seen.add(value)
            places.append(value)
        if shuffle:
            swap_all(places, pick)
        return places

    # other distributions

    def standard_exponential(self, size=None, dtype=float, method="zig", out=None):
        """Exponential numbers with mean 1."""
        act = self._exponential if method == "zig" else lambda: -math.log1p(-self._double())
        return draw(act, size)

    def standard_gamma(self, shape, size=None, dtype=float, out=None):
        """Gamma numbers of scale 1."""
        return draw(self._gamma, size, (shape,))

    def binomial(self, n, p, size=None):
        """How many of n trials succeed."""
        return draw(lambda m, q: of.binomial(int(m), q, self._double), size, (n, p), int64)

    def multinomial(self, n, pvals, size=None):
        """How often each outcome happens in n trials."""
        return self._outcomes(n, asarray(pvals).astype(float).tolist(), size)


def default_rng(seed=None):
    """A Generator over PCG64 with this seed."""
    if isinstance(seed, Generator):
        return seed
    if hasattr(seed, "next_uint64"):
        return Generator(seed)
    return Generator(PCG64(seed))
