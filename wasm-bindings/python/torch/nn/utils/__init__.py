"""torch.nn.utils: gradients clipped, parameters as one vector, sequences packed and padded."""

from ..._missing import by_name
from . import clip_grad, convert_parameters, rnn
from .clip_grad import clip_grad_norm, clip_grad_norm_, clip_grad_value_, get_total_norm
from .convert_parameters import parameters_to_vector, vector_to_parameters

__all__ = [
    "clip_grad",
    "clip_grad_norm",
    "clip_grad_norm_",
    "clip_grad_value_",
    "convert_parameters",
    "get_total_norm",
    "parameters_to_vector",
    "rnn",
    "vector_to_parameters",
]

__getattr__ = by_name(
    __name__,
    "clip_grads_with_norm_ fuse_conv_bn_eval fuse_linear_bn_eval parametrizations parametrize "
    "prune remove_spectral_norm "
    "remove_weight_norm skip_init spectral_norm stateless weight_norm",
)
