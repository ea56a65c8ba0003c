"""RandomState: the streams of `np.random.seed`, number for number."""

import math
from itertools import repeat

from .. import _dtypes
from .._array import ndarray
from .._convert import array, asarray, from_values
from .._dtypes import as_dtype, int64
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
from ._legacy_distributions import Distributions
from ._mt19937 import MT19937

_SMALL = {"int8": 8, "uint8": 8, "int16": 16, "uint16": 16, "bool": 1}


class RandomState(Distributions):
    """A stream of random numbers, as NumPy's `RandomState` draws them."""

    def __init__(self, seed=None):
        self._kept = None
        if isinstance(seed, MT19937):
            self._bits = seed
        else:
            self._bits = MT19937(0)
            self._bits.legacy_seed(seed)
        self._double = self._bits.next_double

    def __repr__(self):
        return "RandomState(MT19937)"

    __str__ = __repr__

    def seed(self, seed=None):
        """Start the stream anew."""
        self._bits.legacy_seed(seed)
        self._kept = None

    def get_state(self, legacy=True):
        """The state of the stream."""
        state = self._bits.state["state"]
        has, kept = int(self._kept is not None), self._kept or 0.0
        if legacy:
            return "MT19937", state["key"], state["pos"], has, kept
        return {
            "bit_generator": "MT19937", "state": state, "has_gauss": has, "gauss": kept,
        }  # fmt: skip

    def set_state(self, state):
        """Put the stream into a state that `get_state` gave."""
        if isinstance(state, dict):
            self._bits.state = state
            has, kept = state.get("has_gauss", 0), state.get("gauss", 0.0)
        else:
            _, key, position, has, kept = (*state, 0, 0.0)[:5]
            self._bits.set([int(word) for word in key], int(position))
        self._kept = kept if has else None

    def __getstate__(self):
        return self.get_state(legacy=False)

    def __setstate__(self, state):
        self.__init__(0)
        self.set_state(state)

    # the standard numbers

    def _normal(self):
        if self._kept is not None:
            value, self._kept = self._kept, None
            return value
        double = self._double
        while True:
            x1, x2 = 2.0 * double() - 1.0, 2.0 * double() - 1.0
            r2 = x1 * x1 + x2 * x2
            if r2 < 1.0 and r2 != 0.0:
                f = math.sqrt(-2.0 * math.log(r2) / r2)
                self._kept = f * x1
                return f * x2

    def _many_gauss(self, count):
        """`count` standard normal numbers; pairs at once."""
        values = []
        if self._kept is not None and count:
            values.append(self._normal())
        double, sqrt, log, put = self._double, math.sqrt, math.log, values.append
        for _ in repeat(None, (count - len(values)) // 2):
            while True:
                x1, x2 = 2.0 * double() - 1.0, 2.0 * double() - 1.0
                r2 = x1 * x1 + x2 * x2
                if r2 < 1.0 and r2 != 0.0:
                    break
            f = sqrt(-2.0 * log(r2) / r2)
            put(f * x2)
            put(f * x1)
        if len(values) < count:
            put(self._normal())
        return values

    def _exponential(self):
        return -math.log(1.0 - self._double())

    def _integer(self, limit):
        """A whole number from 0 to the limit, by drawing until one fits."""
        mask = mask_of(limit)
        if not limit:
            return 0
        word = self._bits.next_uint32 if limit <= 0xFFFF_FFFF else self._bits.next_uint64
        while (value := word() & mask) > limit:
            pass
        return value

    def random_sample(self, size=None):
        """Numbers in [0, 1)."""
        if size is None:
            return self._double()
        shape, count = sizes(size)
        double = self._double
        return from_values([double() for _ in repeat(None, count)], shape, _dtypes.float64)

    random = ranf = sample = random_sample

    def rand(self, *shape):
        """Numbers in [0, 1), in the given shape."""
        return self.random_sample(shape or None)

    def standard_normal(self, size=None):
        """Standard normal numbers."""
        if size is None:
            return self._normal()
        shape, count = sizes(size)
        return from_values(self._many_gauss(count), shape, _dtypes.float64)

    def randn(self, *shape):
        """Standard normal numbers, in the given shape."""
        return self.standard_normal(shape or None)

    def normal(self, loc=0.0, scale=1.0, size=None):
        """Normal numbers with mean loc and standard deviation scale."""
        if isinstance(scale, (int, float)):
            if scale < 0:
                raise ValueError("scale < 0")
            if size is not None and isinstance(loc, (int, float)):
                return self.standard_normal(size) * float(scale) + float(loc)
        return draw(lambda m, s: m + s * self._normal(), size, (loc, scale))

    def uniform(self, low=0.0, high=1.0, size=None):
        """Numbers in [low, high)."""
        if isinstance(low, (int, float)) and isinstance(high, (int, float)) and size is not None:
            return self.random_sample(size) * float(high - low) + float(low)
        return draw(lambda a, b: a + (b - a) * self._double(), size, (low, high))

    def randint(self, low, high=None, size=None, dtype=int):
        """Whole numbers from low to high, without high. Raises ValueError for an empty range."""
        kind = as_dtype(dtype)
        if high is None:
            low, high = 0, low
            empty = "high <= 0"
        else:
            empty = "low >= high"
        if any(getattr(v, "ndim", 0) or isinstance(v, (list, tuple)) for v in (low, high)):
            act = lambda a, b: a + self._integer(b - a - 1)  # noqa: E731
            return draw(act, size, (low, high), kind)
        low, high = int(low), int(high)
        bottom, top = (0, 1) if kind.kind == "b" else _dtypes.limits(kind)
        if low < bottom:
            raise ValueError(f"low is out of bounds for {kind.name}")
        if high > top + 1:
            raise ValueError(f"high is out of bounds for {kind.name}")
        if low >= high:
            raise ValueError(empty)
        limit = high - low - 1
        if size is None:
            value = low + self._small(kind)(limit)
            return value if dtype is int or dtype is bool else kind.type(value)
        shape, count = sizes(size)
        if kind.name in _SMALL:
            pick = self._small(kind)
            values = [low + pick(limit) for _ in repeat(None, count)]
        else:
            values = self._integers(limit, low, count)
        return from_values(values, shape, kind)

    def _integers(self, limit, low, count):
        if not limit:
            return [low] * count
        mask, values = mask_of(limit), []
        put, bits = values.append, self._bits.bits
        word = self._bits.next_uint64
        for _ in repeat(None, count):
            if limit <= 0xFFFF_FFFF:
                while (value := bits(32) & mask) > limit:
                    pass
            else:
                while (value := word() & mask) > limit:
                    pass
            put(low + value)
        return values

    def _small(self, kind):
        """Draws for narrow types take parts of one word after another."""
        width = _SMALL.get(kind.name)
        if width is None:
            return self._integer
        word, left = 0, 0

        def pick(limit):
            nonlocal word, left
            mask = mask_of(limit)
            if not limit:
                return 0
            while True:
                if left:
                    word, left = word >> width, left - 1
                else:
                    word, left = self._bits.next_uint32(), 32 // width - 1
                value = word & ((1 << width) - 1) & mask
                if value <= limit:
                    return value

        return pick

    def random_integers(self, low, high=None, size=None):
        """Whole numbers from low to high, with high."""
        low, high = (1, low) if high is None else (low, high)
        return self.randint(low, int(high) + 1, size)

    def tomaxint(self, size=None):
        """Whole numbers of 63 bits."""
        return draw(lambda: self._bits.next_uint64() >> 1, size, (), int64)

    def bytes(self, length):
        """Random bytes."""
        count = (length - 1) // 4 + 1
        words = b"".join(self._bits.next_uint32().to_bytes(4, "little") for _ in range(count))
        return words[:length]

    # order and choice

    def shuffle(self, x):
        """Bring the items of x into a random order, in place."""
        swap_all(x, self._integer)

    def permutation(self, x):
        """The items of x, or the numbers below x, in a random order."""
        if hasattr(x, "__index__") and not isinstance(x, ndarray):
            places = list(range(x.__index__()))
            swap_all(places, self._integer)
            return from_values(places, (len(places),), int64)
        x = asarray(x)
        places = list(range(x.shape[0]))
        swap_all(places, self._integer)
        return x[array(places, int)]

    def choice(self, a, size=None, replace=True, p=None):
        """Items of a (or numbers below a), with probabilities p."""
        a, count = population(a, size)
        scalar = size is None
        if p is not None:
            p = check_p(p, count)
        wanted = 1 if scalar else sizes(size)[1]
        if replace:
            if p is not None:
                places = by_chance(p, self.random_sample(None if scalar else (wanted,)))
            else:
                places = self.randint(0, count, None if scalar else (wanted,))
            return picked(a, int(places) if scalar else places, size, scalar)
        if wanted > count:
            raise ValueError("Cannot take a larger sample than population when 'replace=False'")
        if p is not None:
            places = without_repeats(p, wanted, lambda n: self.random_sample((n,)))
        else:
            places = self.permutation(count).tolist()[:wanted]
        return picked(a, places[0] if scalar else places, size, scalar)
