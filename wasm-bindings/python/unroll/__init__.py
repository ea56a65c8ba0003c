"""unroll: what torch has no name for."""

from torch import _C as _engine


def live_tensors():
    """How many tensors the engine holds now."""
    return int(_engine.live())


def memory_bytes():
    """Bytes of WebAssembly memory that the engine holds; it grows and never shrinks."""
    return int(_engine.memory_bytes())
