"""torch.random: the random streams. The same seed gives the same numbers as PyTorch on the CPU."""

import os
from contextlib import contextmanager

from . import _C, _dtypes, _ops
from ._device import CPU, check

_SEED_MASK = 0xFFFF_FFFF_FFFF_FFFF


def _checked(seed):
    seed = int(seed)
    if not -(2**63) <= seed < 2**64:
        raise RuntimeError("Overflow when unpacking long")
    return seed & _SEED_MASK


class Generator:
    """A random stream of its own: `torch.Generator().manual_seed(0)`."""

    __module__ = "torch"

    def __init__(self, device="cpu"):
        check(device)
        self._id = _ops.new_generator()

    def __del__(self):
        try:
            if self._id:
                _ops.free_generator(self._id)
        except (AttributeError, TypeError):
            pass

    @property
    def device(self):
        """Where the stream lives: the CPU."""
        return CPU

    def manual_seed(self, seed):
        """Start the stream anew from a seed; returns the generator."""
        seed = _checked(seed)
        _ops.manual_seed(self._id, seed >> 32, seed & 0xFFFF_FFFF)
        return self

    def initial_seed(self):
        """The seed that the stream was started from."""
        return int(_ops.initial_seed(self._id))

    def seed(self):
        """Start the stream from a seed that nobody chose, and return it."""
        import secrets

        seed = secrets.randbits(53)
        self.manual_seed(seed)
        return seed

    def get_state(self):
        """Everything that decides what comes next, byte by byte."""
        return _ops.generator_state(self._id)

    def set_state(self, new_state):
        """Go on from a state of get_state()."""
        _ops.set_generator_state(self._id, new_state)
        return self

    def __repr__(self):
        return f"<torch._C.Generator object at {id(self):#x}>"


class _Default(Generator):
    def __init__(self):
        self._id = 0


default_generator = _Default()


def manual_seed(seed):
    """Seed the default stream; returns its generator."""
    return default_generator.manual_seed(seed)


def seed():
    """Seed the default stream with a number that nobody chose, and return it."""
    return default_generator.seed()


@_C.after_binding
def seed_anew():
    """Seed the default stream as each start of PyTorch does: with a number that nobody chose."""
    manual_seed(int.from_bytes(os.urandom(8)) & (2**53 - 1))


def initial_seed():
    """The seed of the default stream."""
    return default_generator.initial_seed()


def get_rng_state():
    """The state of the default stream."""
    return default_generator.get_state()


def set_rng_state(new_state):
    """Set the state of the default stream."""
    default_generator.set_state(new_state)


@contextmanager
def fork_rng(devices=None, enabled=True, **_):
    """Whatever is drawn inside leaves the default stream as it was."""
    if not enabled:
        yield
        return
    state = get_rng_state()
    try:
        yield
    finally:
        set_rng_state(state)


def draw_seed(generator=None):
    """Draw what `torch.empty((), dtype=torch.int64).random_()` draws, and return the part that
    seeds a stream.
    """
    stream = 0 if generator is None else generator._id
    return int(_ops.randint(0, 2**32, (), _dtypes.int64, stream).item())


__all__ = [
    "Generator",
    "default_generator",
    "fork_rng",
    "get_rng_state",
    "initial_seed",
    "manual_seed",
    "seed",
    "set_rng_state",
]
