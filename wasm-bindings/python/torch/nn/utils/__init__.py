"""torch.nn.utils: gradients clipped, parameters as one vector, sequences packed and padded."""

import importlib

from ..._missing import by_name
from .._common import lazily
from . import clip_grad, convert_parameters, rnn
from .clip_grad import (
    clip_grad_norm,
    clip_grad_norm_,
    clip_grad_value_,
    clip_grads_with_norm_,
    get_total_norm,
)
from .convert_parameters import parameters_to_vector, vector_to_parameters

_LATER = {
    ".init": "skip_init",
    "._spectral_norm": "remove_spectral_norm spectral_norm",
    "._weight_norm": "remove_weight_norm weight_norm",
}

__all__ = [
    *(name for names in _LATER.values() for name in names.split()),
    "clip_grad",
    "clip_grad_norm",
    "clip_grad_norm_",
    "clip_grad_value_",
    "clip_grads_with_norm_",
    "convert_parameters",
    "get_total_norm",
    "parameters_to_vector",
    "rnn",
    "vector_to_parameters",
]

_MODULES = ("parametrizations", "parametrize", "prune", "stateless")


def _other(name, depth):
    if name in _MODULES:
        return importlib.import_module(f".{name}", __name__)
    return _absent(name, depth + 1)


_absent = by_name(__name__, "fuse_conv_bn_eval fuse_conv_bn_weights fuse_linear_bn_eval")
__getattr__ = lazily(__name__, _LATER, _other)
