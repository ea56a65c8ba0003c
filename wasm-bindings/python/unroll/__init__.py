"""unroll: what torch has no name for."""

import sys

from .exercise import check, failed, passed
from .page import log

__all__ = ["check", "failed", "fresh_start", "live_tensors", "log", "memory_bytes", "passed"]


def live_tensors():
    """How many tensors the engine holds now."""
    from torch import _C

    return int(_C.live())


def memory_bytes():
    """Bytes of WebAssembly memory that the engine holds; it grows and never shrinks."""
    from torch import _C

    return int(_C.memory_bytes())


def fresh_start():
    """Put torch's global settings, and those of NumPy if it is loaded, back to a new process's.

    Between two programs in one interpreter: gradients on, float32, the default printing, and a
    random stream whose seed nobody chose.
    """
    import torch

    torch.set_grad_enabled(True)
    torch.set_default_dtype(torch.float32)
    torch.set_printoptions(profile="default")
    torch.random.seed_anew()
    if "numpy" in sys.modules:
        _fresh_numpy(sys.modules["numpy"])


def _fresh_numpy(numpy):
    """The same for NumPy, the small one or the real one."""
    if "numpy.random" in sys.modules:
        numpy.random.seed()
    numpy.set_printoptions(
        edgeitems=3,
        infstr="inf",
        linewidth=75,
        nanstr="nan",
        precision=8,
        suppress=False,
        threshold=1000,
        formatter=None,
    )
