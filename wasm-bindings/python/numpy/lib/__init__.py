"""np.lib: what programs take from it."""

from . import stride_tricks

__all__ = ["stride_tricks"]
