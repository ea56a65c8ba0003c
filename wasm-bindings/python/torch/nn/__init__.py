"""torch.nn: layers, losses and what they are made of."""

import importlib

from . import functional, init, modules, parameter, utils
from ._common import lazily
from ._places import LAYERS as _LAYERS
from .parameter import Buffer, Parameter, UninitializedBuffer, UninitializedParameter

_PARALLEL = ("DataParallel",)

for _name in modules.__all__:
    if _name in modules.__dict__:
        globals()[_name] = modules.__dict__[_name]

__all__ = [
    *modules.__all__,
    "Buffer",
    *_PARALLEL,
    "Parameter",
    "UninitializedBuffer",
    "UninitializedParameter",
    "functional",
    "init",
    "modules",
    "parameter",
    "utils",
]


def _other(name, depth):
    if name in ("attention", "parallel"):
        return importlib.import_module(f".{name}", __name__)
    return modules.__getattr__(name, depth + 1)


__getattr__ = lazily(
    __name__,
    {
        **{f".modules{place}": names for place, names in _LAYERS.items()},
        ".parallel": " ".join(_PARALLEL),
    },
    _other,
)
