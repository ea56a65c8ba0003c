"""Dropouts of torch.nn.functional. The draws are PyTorch's for a seed."""

import math

from .. import _ops
from .._method_table import function
from .._warn import warn
from ._common import defined_in
from ._common import inplace as inplace_over


def _check_probability(p):
    if p < 0.0 or p > 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")


@function
def dropout(input, p=0.5, training=True, inplace=False):
    """Zeros each element with probability p, and scales the others by 1/(1-p), where training."""
    _check_probability(p)
    made = _ops.dropout(input, p, training)
    return inplace_over(input, made, inplace and made is not input)


def _one_a_channel(input):
    return _ops.full((*input.shape[:2], *[1] * (input.dim() - 2)), 1, input.dtype)


def _channel_dropout(input, p, training, inplace):
    _check_probability(p)
    if not training or p == 0 or input.numel() == 0:
        return input
    return inplace_over(input, input * _ops.dropout(_one_a_channel(input), p, True), inplace)


def dropout1d(input, p=0.5, training=True, inplace=False):
    """Zeros whole channels of (N, C, L) or (C, L)."""
    _check_probability(p)
    if input.dim() not in (2, 3):
        raise RuntimeError(
            f"dropout1d: Expected 2D or 3D input, but received a {input.dim()}D input. Note that "
            "dropout1d exists to provide channel-wise dropout on inputs with 1 spatial dimension, "
            "a channel dimension, and an optional batch dimension (i.e. 2D or 3D inputs)."
        )
    if input.dim() == 2:
        return _channel_dropout(input.unsqueeze(0), p, training, inplace).squeeze(0)
    return _channel_dropout(input, p, training, inplace)


def dropout2d(input, p=0.5, training=True, inplace=False):
    """Zeros whole channels of (N, C, H, W)."""
    _check_probability(p)
    if input.dim() not in (3, 4):
        warn(
            f"dropout2d: Received a {input.dim()}-D input to dropout2d, which is deprecated and "
            "will result in an error in a future release. To retain the behavior and silence this "
            "warning, please use dropout instead. Note that dropout2d exists to provide "
            "channel-wise dropout on inputs with 2 spatial dimensions, a channel dimension, and an "
            "optional batch dimension (i.e. 3D or 4D inputs)."
        )
    if input.dim() == 3:
        warn(
            "dropout2d: Received a 3D input to dropout2d and assuming that channel-wise 1D dropout "
            "behavior is desired - input is interpreted as shape (N, C, L), where C is the channel "
            "dim. This behavior will change in a future release to interpret the input as one "
            "without a batch dimension, i.e. shape (C, H, W). To maintain the 1D channel-wise "
            "dropout behavior, please switch to using dropout1d instead."
        )
    return _channel_dropout(input, p, training, inplace)


def dropout3d(input, p=0.5, training=True, inplace=False):
    """Zeros whole channels of (N, C, D, H, W) or (C, D, H, W)."""
    _check_probability(p)
    if input.dim() not in (4, 5):
        warn(
            f"dropout3d: Received a {input.dim()}-D input to dropout3d, which is deprecated and "
            "will result in an error in a future release. To retain the behavior and silence this "
            "warning, please use dropout instead. Note that dropout3d exists to provide "
            "channel-wise dropout on inputs with 3 spatial dimensions, a channel dimension, and an "
            "optional batch dimension (i.e. 4D or 5D inputs)."
        )
    if input.dim() == 4:
        return _channel_dropout(input.unsqueeze(0), p, training, inplace).squeeze(0)
    return _channel_dropout(input, p, training, inplace)


def _alpha(input, ones, p, training, inplace):
    """Zeros moved to where SELU saturates, then mean and variance put back.  [Klambauer et al.]"""
    _check_probability(p)
    if not training or p == 0 or input.numel() == 0:
        return input
    if p == 1:
        return inplace_over(input, input * _ops.full((), 0, input.dtype), inplace)
    alpha = 1.7580993408473766
    a = 1.0 / math.sqrt((alpha * alpha * p + 1) * (1 - p))
    _ops.bernoulli_(ones, 1 - p, 0)
    shift = (ones - 1) * (alpha * a) + alpha * a * p
    return inplace_over(input, input * (ones * a) + shift, inplace)


def alpha_dropout(input, p=0.5, training=False, inplace=False):
    """Dropout that keeps mean and variance, for SELU networks."""
    return _alpha(input, _ops.full(input.shape, 1, input.dtype), p, training, inplace)


def feature_alpha_dropout(input, p=0.5, training=False, inplace=False):
    """alpha_dropout of whole channels."""
    return _alpha(input, _one_a_channel(input), p, training, inplace)


__all__ = defined_in(globals())
