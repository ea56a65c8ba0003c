"""torch.nn.functional: layers and losses as functions."""

import math

from .. import _composed, _dtypes, _ops
from .._missing import by_name
from .._tensor import Tensor
from .._warn import warn
from .losses import *  # noqa: F403

linear = _ops.linear


def _inplace(input, result, inplace):
    if inplace:
        _ops.assign(input, result)
        return input
    return result


def bilinear(input1, input2, weight, bias=None):
    """x₁ᵀ A x₂ + b. Shapes: x₁ (*, I1), x₂ (*, I2), A (O, I1, I2) → (*, O)."""
    left = _ops.matmul(input1.unsqueeze(-2).unsqueeze(-2), weight).squeeze(-2)
    made = (left * input2.unsqueeze(-2)).sum(-1)
    return made if bias is None else made + bias


def check_embedding(max_norm, scale_grad_by_freq, sparse):
    """Raise NotImplementedError by name for what Embedding does not do here."""
    if max_norm is not None:
        raise NotImplementedError(
            "torch.nn.Embedding(max_norm=…) is not part of Unroll; scale the rows yourself"
        )
    if scale_grad_by_freq:
        raise NotImplementedError(
            "torch.nn.Embedding(scale_grad_by_freq=True) is not part of Unroll"
        )
    if sparse:
        raise NotImplementedError(
            "torch.nn.Embedding(sparse=True) is not part of Unroll; gradients are dense"
        )


def embedding(
    input,
    weight,
    padding_idx=None,
    max_norm=None,
    norm_type=2.0,
    scale_grad_by_freq=False,
    sparse=False,
):
    """Rows of weight at the indices. Shapes: (*) int64, (V, E) → (*, E)."""
    check_embedding(max_norm, scale_grad_by_freq, sparse)
    if padding_idx is None:
        padding_idx = -1
    elif padding_idx < 0:
        assert padding_idx >= -weight.size(0), "Padding_idx must be within num_embeddings"
        padding_idx += weight.size(0)
    else:
        assert padding_idx < weight.size(0), "Padding_idx must be within num_embeddings"
    if not isinstance(input, Tensor):
        raise TypeError(
            "embedding(): argument 'indices' (position 2) must be Tensor, not "
            f"{type(input).__name__}"
        )
    return _ops.embedding(weight, input, padding_idx)


def one_hot(tensor, num_classes=-1):
    """1 at each class index, 0 elsewhere. Shapes: (*) int64 → (*, num_classes)."""
    return _ops.one_hot(tensor, num_classes)


def _check_probability(p):
    if p < 0.0 or p > 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")


def dropout(input, p=0.5, training=True, inplace=False):
    """Zeros each element with probability p, and scales the others by 1/(1-p), where training."""
    _check_probability(p)
    return _inplace(input, _ops.dropout(input, p, training), inplace)


def _channel_dropout(input, p, training, inplace):
    _check_probability(p)
    if not training or p == 0:
        return input
    mask = _ops.dropout(
        _ops.full((*input.shape[:2], *[1] * (input.dim() - 2)), 1, input.dtype), p, True
    )
    return _inplace(input, input * mask, inplace)


def dropout1d(input, p=0.5, training=True, inplace=False):
    """Zeros whole channels of (N, C, L) or (C, L)."""
    if input.dim() == 2:
        return _channel_dropout(input.unsqueeze(0), p, training, False).squeeze(0)
    return _channel_dropout(input, p, training, inplace)


def dropout2d(input, p=0.5, training=True, inplace=False):
    """Zeros whole channels of (N, C, H, W)."""
    return _channel_dropout(input, p, training, inplace)


def dropout3d(input, p=0.5, training=True, inplace=False):
    """Zeros whole channels of (N, C, D, H, W)."""
    return _channel_dropout(input, p, training, inplace)


# activations


def relu(input, inplace=False):
    """max(x, 0)."""
    return _inplace(input, _ops.relu(input), inplace)


def leaky_relu(input, negative_slope=0.01, inplace=False):
    """x, times negative_slope where below zero."""
    return _inplace(input, _ops.leaky_relu(input, negative_slope), inplace)


def elu(input, alpha=1.0, inplace=False):
    """x, and alpha (eˣ - 1) where below zero."""
    return _inplace(input, _ops.elu(input, alpha), inplace)


def celu(input, alpha=1.0, inplace=False):
    """x, and alpha (e^(x/alpha) - 1) where below zero."""
    return _inplace(input, _ops.elu(input / alpha, 1.0) * alpha, inplace)


def selu(input, inplace=False):
    """The self-normalising ELU."""
    return _inplace(input, _ops.elu(input, 1.6732632423543772) * 1.0507009873554805, inplace)


def gelu(input, approximate="none"):
    """x Φ(x); approximate is "none" or "tanh"."""
    if approximate not in ("none", "tanh"):
        raise RuntimeError("approximate argument must be either none or tanh.")
    return _ops.gelu(input, approximate == "tanh")


def silu(input, inplace=False):
    """x σ(x)."""
    return _inplace(input, _ops.silu(input), inplace)


def mish(input, inplace=False):
    """x tanh(softplus(x))."""
    return _inplace(input, input * _ops.tanh(_ops.softplus(input, 1.0, 20.0)), inplace)


def softplus(input, beta=1.0, threshold=20.0):
    """log(1 + e^(beta x)) / beta."""
    return _ops.softplus(input, beta, threshold)


def hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False):
    """x cut to [min_val, max_val]."""
    return _inplace(input, _ops.hardtanh(input, min_val, max_val), inplace)


def relu6(input, inplace=False):
    """x cut to [0, 6]."""
    return hardtanh(input, 0.0, 6.0, inplace)


def hardsigmoid(input, inplace=False):
    """(x + 3) / 6 cut to [0, 1]."""
    return _inplace(input, _ops.hardtanh(input + 3, 0.0, 6.0) / 6, inplace)


def hardswish(input, inplace=False):
    """x hardsigmoid(x)."""
    return _inplace(input, input * hardsigmoid(input), inplace)


def logsigmoid(input):
    """log σ(x)."""
    return _ops.logsigmoid(input)


def softsign(input):
    """x / (1 + |x|)."""
    return input / (_ops.abs(input) + 1)


def tanhshrink(input):
    """x - tanh(x)."""
    return input - _ops.tanh(input)


def hardshrink(input, lambd=0.5):
    """x, and 0 where |x| <= lambd."""
    return _ops.masked_fill(input, _ops.abs(input) <= lambd, 0)


def softshrink(input, lambd=0.5):
    """x moved towards zero by lambd."""
    return _ops.where(
        _ops.abs(input) <= lambd, input * 0, input - _ops.sign(input.detach()) * lambd
    )


def threshold(input, threshold, value, inplace=False):
    """x, and value where x <= threshold."""
    return _inplace(input, _ops.masked_fill(input, input <= threshold, value), inplace)


def prelu(input, weight):
    """x, times weight (one, or one a channel) where below zero."""
    if weight.numel() > 1 and input.dim() > 1:
        weight = weight.reshape([-1 if dim == 1 else 1 for dim in range(input.dim())])
    return _ops.where(input > 0, input, input * weight)


def glu(input, dim=-1):
    """a σ(b) for the two halves a, b of dim."""
    if input.size(dim) % 2:
        raise RuntimeError(
            f"Halving dimension must be even, but dimension {dim % input.dim()} is size "
            f"{input.size(dim)}"
        )
    a, b = _ops.chunk(input, 2, dim)
    return a * _ops.sigmoid(b)


def tanh(input):
    """tanh x."""
    return _ops.tanh(input)


def sigmoid(input):
    """1 / (1 + e⁻ˣ)."""
    return _ops.sigmoid(input)


def _implicit_dim(name, input):
    warn(
        f"Implicit dimension choice for {name} has been deprecated. "
        "Change the call to include dim=X as an argument.",
    )
    return 0 if input.dim() in (0, 1, 3) else 1


def softmax(input, dim=None, _stacklevel=3, dtype=None):
    """eˣ scaled to sum to one along dim."""
    return _ops.softmax(input, _implicit_dim("softmax", input) if dim is None else dim, dtype)


def log_softmax(input, dim=None, _stacklevel=3, dtype=None):
    """log of softmax along dim."""
    return _ops.log_softmax(
        input, _implicit_dim("log_softmax", input) if dim is None else dim, dtype
    )


def softmin(input, dim=None, _stacklevel=3, dtype=None):
    """softmax of -x."""
    return _ops.softmax(-input, _implicit_dim("softmin", input) if dim is None else dim, dtype)


# the rest


def layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05):
    """Mean 0 and variance 1 over the last dimensions, then weight and bias."""
    return _ops.layer_norm(input, tuple(normalized_shape), weight, bias, eps)


def normalize(input, p=2.0, dim=1, eps=1e-12, out=None):
    """x divided by its p-norm along dim."""
    return input / _ops.clamp(_ops.norm(input, p, dim, True), eps, None).expand_as(input)


def cosine_similarity(x1, x2, dim=1, eps=1e-08):
    """The cosine of the angle between x1 and x2 along dim."""
    norms = [_ops.clamp(_ops.norm(x, 2.0, dim, False), eps, None) for x in (x1, x2)]
    return (x1 * x2).sum(dim) / (norms[0] * norms[1])


def pairwise_distance(x1, x2, p=2.0, eps=1e-06, keepdim=False):
    """The p-norm of x1 - x2 + eps along the last dimension."""
    return _ops.norm(x1 - x2 + eps, p, -1, keepdim)


def pad(input, pad, mode="constant", value=None):
    """Values put around: (left, right) of the last dimension first."""
    if mode != "constant":
        raise NotImplementedError(
            f"torch.nn.functional.pad(mode='{mode}') is not part of Unroll; use mode='constant'"
        )
    return _ops.pad(input, tuple(pad), 0.0 if value is None else value)


def scaled_dot_product_attention(
    query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False
):
    """softmax(q kᵀ scale + mask) v. Shapes: q (*, L, E), k (*, S, E), v (*, S, Ev) → (*, L, Ev)."""
    factor = 1 / math.sqrt(query.size(-1)) if scale is None else scale
    weights = _ops.matmul(query, key.transpose(-2, -1)) * factor
    if is_causal:
        allowed = _ops.tril(_ops.full(weights.shape[-2:], 1, _dtypes.bool), 0)
        weights = weights.masked_fill(~allowed, -math.inf)
    if attn_mask is not None:
        is_bool = attn_mask.dtype is _dtypes.bool
        weights = weights.masked_fill(~attn_mask, -math.inf) if is_bool else weights + attn_mask
    return _ops.matmul(dropout(softmax(weights, -1), dropout_p, dropout_p > 0), value)


def gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1):
    """Samples of the Gumbel-softmax distribution; one-hot where hard."""
    noise = -_ops.log(_composed.full(logits.shape, 0.0).exponential_())
    soft = softmax((logits + noise) / tau, dim)
    if not hard:
        return soft
    one = _ops.scatter(soft.detach() * 0, dim, soft.argmax(dim, True), 1.0)
    return one - soft.detach() + soft


__getattr__ = by_name(
    __name__,
    """
    adaptive_avg_pool1d adaptive_avg_pool2d adaptive_max_pool1d adaptive_max_pool2d affine_grid
    alpha_dropout avg_pool1d
    avg_pool2d avg_pool3d batch_norm conv1d conv2d conv3d conv_transpose1d conv_transpose2d
    conv_transpose3d
    embedding_bag feature_alpha_dropout fold grid_sample group_norm instance_norm interpolate
    local_response_norm
    lp_pool1d lp_pool2d max_pool1d max_pool2d max_pool3d max_unpool1d max_unpool2d
    multi_head_attention_forward
    pixel_shuffle pixel_unshuffle rms_norm rrelu unfold upsample
    """,
)
