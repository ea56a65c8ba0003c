"""The Mersenne Twister. Python's own `random.Random` holds the same state, so its fast words and
doubles are NumPy's.
"""

import random

_N = 624
_MASK = 0xFFFF_FFFF


def _from_integer(seed):
    """The 624 words that one 32-bit seed stands for."""
    words = []
    for i in range(_N):
        words.append(seed)
        seed = (1812433253 * (seed ^ (seed >> 30)) + i + 1) & _MASK
    return words


def _from_array(key):
    """The 624 words that a list of 32-bit numbers stands for."""
    words = _from_integer(19650218)
    i, j = 1, 0
    for _ in range(max(_N, len(key))):
        before = words[i - 1]
        words[i] = ((words[i] ^ ((before ^ (before >> 30)) * 1664525)) + key[j] + j) & _MASK
        i, j = i + 1, (j + 1) % len(key)
        if i >= _N:
            words[0], i = words[_N - 1], 1
    for _ in range(_N - 1):
        before = words[i - 1]
        words[i] = ((words[i] ^ ((before ^ (before >> 30)) * 1566083941)) - i) & _MASK
        i += 1
        if i >= _N:
            words[0], i = words[_N - 1], 1
    words[0] = 0x8000_0000
    return words


class MT19937:
    """A stream of 32-bit words. Seeded by a number as `SeedSequence` says."""

    def __init__(self, seed=None):
        from ._seed import SeedSequence

        self._random = random.Random()
        self.seed_seq = seed if isinstance(seed, SeedSequence) else SeedSequence(seed)
        words = self.seed_seq.generate_state(_N).tolist()
        words[0] = 0x8000_0000
        self.set(words, _N - 1)
        self._bind()

    def _bind(self):
        bits = self._random.getrandbits
        self.next_double = self._random.random
        self.bits = bits
        self.next_uint32 = lambda: bits(32)

    def next_uint64(self):
        """Two words, the first one above."""
        return self.bits(32) << 32 | self.bits(32)

    def set(self, words, position):
        """Put the stream into a state."""
        self._random.setstate((3, (*words, position), None))

    def legacy_seed(self, seed):
        """Put the stream where `np.random.seed(seed)` puts it. Raises ValueError for a seed outside
        of 32 bits.
        """
        if seed is None:
            self._random.seed()
            return
        if hasattr(seed, "__index__") and not getattr(seed, "ndim", 0):
            seed = seed.__index__()
            if not 0 <= seed <= _MASK:
                raise ValueError("Seed must be between 0 and 2**32 - 1")
            self.set(_from_integer(seed), _N)
            return
        if isinstance(seed, (float, str)):
            raise TypeError(
                "Cannot cast array data from "
                f"dtype('{'float64' if isinstance(seed, float) else '<U1'}') to dtype('int64') "
                "according to the rule 'safe'"
            )
        key = [int(word) for word in seed]
        if not key:
            raise ValueError("Seed must be non-empty")
        if any(not 0 <= word <= _MASK for word in key):
            raise ValueError("Seed must be between 0 and 2**32 - 1")
        self.set(_from_array(key), _N)

    @property
    def state(self):
        """The words and the position, as NumPy keeps them."""
        from .._convert import array

        *words, position = self._random.getstate()[1]
        return {
            "bit_generator": "MT19937",
            "state": {"key": array(words, "uint32"), "pos": position},
        }

    @state.setter
    def state(self, state):
        inner = state["state"]
        self.set([int(word) for word in inner["key"]], int(inner["pos"]))
