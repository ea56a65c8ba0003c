"""unroll: what torch has no name for."""

import torch
from torch import _C as _engine


def live_tensors():
    """How many tensors the engine holds now."""
    return int(_engine.live())


def memory_bytes():
    """Bytes of WebAssembly memory that the engine holds; it grows and never shrinks."""
    return int(_engine.memory_bytes())


def fresh_start():
    """Put torch's global settings back to those of a new process.

    Between two programs in one interpreter: gradients on, float32, the default printing, and a
    random stream whose seed nobody chose.
    """
    torch.set_grad_enabled(True)
    torch.set_default_dtype(torch.float32)
    torch.set_printoptions(profile="default")
    _engine.seed_anew()
