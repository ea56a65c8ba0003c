"""PCG64: a 128-bit linear congruential generator with a permuted output [M. E. O'Neill 2014]."""

from ._seed import SeedSequence

_FACTOR = 0x2360ED051FC65DA44385DF649FCCF645
_ALL = (1 << 128) - 1
_LOW = (1 << 64) - 1
_UNIT = 1 / 9007199254740992.0


class PCG64:
    """A stream of 64-bit words."""

    def __init__(self, seed=None):
        self.seed_seq = seed if isinstance(seed, SeedSequence) else SeedSequence(seed)
        words = self.seed_seq.words(8)
        a, b, c, d = (words[i] | words[i + 1] << 32 for i in range(0, 8, 2))
        self._step = ((c << 64 | d) << 1 | 1) & _ALL
        self._state = (self._step + (a << 64 | b)) * _FACTOR + self._step & _ALL
        self._half = None

    def next_uint64(self):
        """The next word."""
        self._state = state = self._state * _FACTOR + self._step & _ALL
        mixed = state >> 64 ^ state & _LOW
        turn = state >> 122
        return (mixed >> turn | mixed << 64 - turn) & _LOW

    def next_uint32(self):
        """Half a word: the lower one first, the upper one at the next call."""
        if self._half is not None:
            half, self._half = self._half, None
            return half
        word = self.next_uint64()
        self._half = word >> 32
        return word & 0xFFFF_FFFF

    def next_double(self):
        """A number in [0, 1)."""
        return (self.next_uint64() >> 11) * _UNIT

    @property
    def state(self):
        """The state as NumPy keeps it."""
        return {
            "bit_generator": "PCG64",
            "state": {"state": self._state, "inc": self._step},
            "has_uint32": int(self._half is not None),
            "uinteger": self._half or 0,
        }

    @state.setter
    def state(self, state):
        self._state, self._step = state["state"]["state"], state["state"]["inc"]
        self._half = state["uinteger"] if state["has_uint32"] else None

    def spawn(self, n_children):
        """Further generators that are independent of this one."""
        return [PCG64(child) for child in self.seed_seq.spawn(n_children)]
