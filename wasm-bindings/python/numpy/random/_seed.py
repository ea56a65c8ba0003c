"""SeedSequence: any number becomes a well mixed seed [M. E. O'Neill's seed_seq_fe]."""

import os

_MASK = 0xFFFF_FFFF


def _words(value):
    """A number, or a list of them, as 32-bit words, the lowest first."""
    if isinstance(value, (list, tuple)) or getattr(value, "ndim", 0):
        return [word for item in value for word in _words(item)]
    value = value.__index__()
    if value < 0:
        raise ValueError("expected non-negative integer")
    words = [value & _MASK]
    while value := value >> 32:
        words.append(value & _MASK)
    return words


class _Hash:
    def __init__(self, start, factor):
        self.constant, self.factor = start, factor

    def __call__(self, value):
        value ^= self.constant
        self.constant = self.constant * self.factor & _MASK
        value = value * self.constant & _MASK
        return value ^ value >> 16


def _mix(x, y):
    value = (0xCA01F9DD * x - 0x4973F715 * y) & _MASK
    return value ^ value >> 16


class SeedSequence:
    """A pool of mixed words, out of which bit generators take their first state."""

    def __init__(self, entropy=None, *, spawn_key=(), pool_size=4, n_children_spawned=0):
        if entropy is None:
            entropy = int.from_bytes(os.urandom(16))
        self.entropy, self.spawn_key, self.pool_size = entropy, tuple(spawn_key), pool_size
        self.n_children_spawned = n_children_spawned
        words = _words(entropy)
        if self.spawn_key:
            words += [0] * (pool_size - len(words)) + _words(list(self.spawn_key))
        hashed = _Hash(0x43B0D7E5, 0x931E8875)
        pool = [hashed(words[i] if i < len(words) else 0) for i in range(pool_size)]
        for source in range(pool_size):
            for target in range(pool_size):
                if source != target:
                    pool[target] = _mix(pool[target], hashed(pool[source]))
        for word in words[pool_size:]:
            for target in range(pool_size):
                pool[target] = _mix(pool[target], hashed(word))
        self._pool = pool

    def words(self, count):
        """The first `count` 32-bit words of a state."""
        hashed = _Hash(0x8B51F9DD, 0x58F38DED)
        return [hashed(self._pool[i % self.pool_size]) for i in range(count)]

    def generate_state(self, n_words, dtype="uint32"):
        """The first words of a state, as an array of uint32 or uint64."""
        from .._convert import from_values
        from .._dtypes import as_dtype

        kind = as_dtype(dtype)
        words = self.words(n_words * kind.itemsize // 4)
        if kind.itemsize == 8:
            words = [low | high << 32 for low, high in zip(words[::2], words[1::2], strict=True)]
        return from_values(words, (n_words,), kind)

    def spawn(self, n_children):
        """Further sequences that are independent of this one."""
        first = self.n_children_spawned
        self.n_children_spawned += n_children
        return [
            SeedSequence(self.entropy, spawn_key=(*self.spawn_key, i), pool_size=self.pool_size)
            for i in range(first, first + n_children)
        ]

    def __repr__(self):
        return f"SeedSequence(\n    entropy={self.entropy},\n)"
