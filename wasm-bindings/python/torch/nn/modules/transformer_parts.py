"""What the Transformer layers share: masks, copies, activations by name."""

import copy
import math

from ... import _ops
from ..._creation import full
from .. import functional as F
from .container import ModuleList


def square_mask(size, device=None, dtype=None):
    """-inf above the diagonal, zero elsewhere."""
    return _ops.triu(full((size, size), -math.inf, dtype=dtype, device=device), 1)


def is_causal_mask(mask, is_causal, size):
    """Whether the mask hides what comes later; asked of the mask where is_causal is None."""
    if is_causal is None and mask is not None:
        causal = square_mask(size if size is not None else mask.size(-2), dtype=mask.dtype)
        return mask.shape[-2:] == causal.shape and bool((mask == causal).all())
    return bool(is_causal)


def steps(x, batch_first):
    """The number of steps of a sequence, or of a batch of them."""
    if x.dim() == 2:
        return x.size(0)
    return x.size(1 if batch_first else 0)


def clones(module, count):
    """`count` copies of a module."""
    return ModuleList([copy.deepcopy(module) for _ in range(count)])


def activation_of(activation):
    """The function that "relu" or "gelu" names. Raises RuntimeError for another name."""
    if activation == "relu":
        return F.relu
    if activation == "gelu":
        return F.gelu
    raise RuntimeError(f"activation should be relu/gelu, not {activation}")


def nested_obstacle(layer):
    """Why an encoder of such layers does not skip padding in evaluation; "" where it does."""
    if not hasattr(layer, "activation_relu_or_gelu"):
        return "encoder_layer was not TransformerEncoderLayer"
    attention = layer.self_attn
    reasons = (
        (layer.norm_first, "encoder_layer.norm_first was True"),
        (
            not attention.batch_first,
            "encoder_layer.self_attn.batch_first was not True(use batch_first for better inference "
            "performance)",
        ),
        (
            not attention._qkv_same_embed_dim,
            "encoder_layer.self_attn._qkv_same_embed_dim was not True",
        ),
        (
            attention.in_proj_bias is None,
            "encoder_layer.self_attn was passed bias=False",
        ),
        (
            not layer.activation_relu_or_gelu,
            "encoder_layer.activation_relu_or_gelu was not True",
        ),
        (
            layer.norm1.eps != layer.norm2.eps,
            "encoder_layer.norm1.eps was not equal to encoder_layer.norm2.eps",
        ),
        (attention.num_heads % 2 == 1, "encoder_layer.self_attn.num_heads is odd"),
    )
    return next((text for holds, text in reasons if holds), "")
