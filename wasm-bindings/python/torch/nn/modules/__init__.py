"""The layers of torch.nn, a family a file. Those that few recurrent programs use come later, at
first use.
"""

# ruff: noqa: F401  (layers are imported to be shown)

import importlib

from ..._missing import by_name
from .._common import lazily
from .._places import LAYERS as _LAYERS
from . import not_here
from .activation import *  # noqa: F403
from .container import ModuleDict, ModuleList, Sequential
from .dropout import *  # noqa: F403
from .flatten import Flatten, Unflatten
from .linear import Bilinear, Identity, LazyLinear, Linear
from .loss import *  # noqa: F403
from .module import Module
from .normalization import GroupNorm, LayerNorm, LocalResponseNorm, RMSNorm
from .parameters import ParameterDict, ParameterList
from .rnn import GRU, LSTM, RNN, RNNBase
from .rnn_cells import GRUCell, LSTMCell, RNNCell, RNNCellBase
from .sparse import Embedding, EmbeddingBag

__all__ = [
    name for name, kind in globals().items() if isinstance(kind, type) and issubclass(kind, Module)
]
__all__ += " ".join(_LAYERS.values()).split()

_absent = by_name("torch.nn", not_here.KNOWN, not_here.HINTS)


def _other(name, depth):
    if f".{name}" in _LAYERS:
        return importlib.import_module(f".{name}", __name__)
    return _absent(name, depth + 1)


__getattr__ = lazily(__name__, _LAYERS, _other)
