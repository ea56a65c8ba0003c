"""torch.nn: layers, losses and what they are made of."""

from .. import _missing
from . import functional, init, modules, parameter, utils
from .modules import *  # noqa: F403
from .modules import __all__ as _names
from .parameter import Buffer, Parameter, UninitializedParameter

__all__ = [
    *_names,
    "Buffer",
    "Parameter",
    "UninitializedParameter",
    "functional",
    "init",
    "modules",
    "parameter",
    "utils",
]

__getattr__ = _missing.by_name(__name__, modules.not_here.KNOWN, modules.not_here.HINTS)
