"""Attention of torch.nn.functional."""

import math

from .. import _dtypes, _ops
from .._warn import warn
from ._common import named
from ._dropout import dropout

__all__ = ["multi_head_attention_forward", "scaled_dot_product_attention"]

_NODE = "ScaledDotProductFlashAttentionForCpuBackward0"


def _safe_softmax(scores):
    """softmax along the last dimension; zeros where everything is masked."""
    weights = _ops.softmax(scores, -1, None)
    gone = (scores.detach() == -math.inf).all(-1, True)
    return weights.masked_fill(gone, 0) if bool(gone.any()) else weights


def _check_attention(query, key, value, attn_mask, is_causal):
    for x in (query, key, value):
        if x.dim() < 2:
            raise RuntimeError(
                "scaled_dot_product_attention: Expected query, key, and value to all be  at least "
                f"2 dimensional, but got Query dim: {query.dim()}, Key dim: {key.dim()}, Value "
                f"dim: {value.dim()} instead."
            )
    if not query.dtype is key.dtype is value.dtype:
        raise RuntimeError(
            "Expected query, key, and value to have the same dtype, but got query.dtype: "
            f"{_c_name(query)} key.dtype: {_c_name(key)} and value.dtype: {_c_name(value)} instead."
        )
    if attn_mask is not None:
        if is_causal:
            raise RuntimeError(
                "_scaled_dot_product_attention: Explicit attn_mask should not be set when "
                "is_causal=True"
            )
        if attn_mask.dtype is not _dtypes.bool and attn_mask.dtype is not query.dtype:
            raise RuntimeError(
                "Expected attn_mask dtype to be bool or float or to match query dtype, but got "
                f"attn_mask.dtype: {_c_name(attn_mask)} and  query.dtype: {_c_name(query)} instead."
            )


def _c_name(tensor):
    names = {"float32": "float", "float64": "double", "int64": "long int", "float16": "c10::Half"}
    name = str(tensor.dtype).removeprefix("torch.")
    return names.get(name, name)


def scaled_dot_product_attention(
    query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False
):
    """softmax(q kᵀ scale + mask) v. Shapes: q (*, L, E), k (*, S, E), v (*, S, Ev) → (*, L, Ev)."""
    _check_attention(query, key, value, attn_mask, is_causal)
    if enable_gqa:
        key = _ops.repeat_interleave(key, query.size(-3) // key.size(-3), -3)
        value = _ops.repeat_interleave(value, query.size(-3) // value.size(-3), -3)
    factor = math.sqrt(1 / math.sqrt(query.size(-1)) if scale is None else abs(scale))
    left = query * (-factor if scale is not None and scale < 0 else factor)
    scores = _ops.matmul(left, key.transpose(-2, -1) * factor)
    if is_causal:
        allowed = _ops.tril(_ops.full(scores.shape[-2:], 1, _dtypes.bool), 0)
        scores = scores.masked_fill(~allowed, -math.inf)
    masked = is_causal or attn_mask is not None
    if attn_mask is not None:
        is_bool = attn_mask.dtype is _dtypes.bool
        scores = scores.masked_fill(~attn_mask, -math.inf) if is_bool else scores + attn_mask
    weights = _safe_softmax(scores) if masked else _ops.softmax(scores, -1, None)
    made = _ops.matmul(dropout(weights, dropout_p, dropout_p > 0), value)
    fused = query.dim() == 4 and dropout_p == 0.0
    if fused and (attn_mask is None or not attn_mask.requires_grad):
        return named(made, _NODE)
    return made


# multi-head attention


def _canonical_mask(mask, mask_name, other_type, other_name, target_type, check_other=True):
    """A mask as numbers to add: -inf where a boolean one holds."""
    if mask is None:
        return None
    if mask.dtype is not _dtypes.bool and not mask.is_floating_point():
        raise AssertionError(f"only bool and floating types of {mask_name} are supported")
    if check_other and other_type is not None and mask.dtype is not other_type:
        warn(
            f"Support for mismatched {mask_name} and {other_name} is deprecated. Use same type for "
            "both instead."
        )
    if mask.is_floating_point():
        return mask
    zeros = _ops.full(mask.shape, 0, target_type)
    return _ops.masked_fill(zeros, mask, -math.inf)


def _dtype_or_none(tensor):
    return None if tensor is None else tensor.dtype


def _shape_check(query, key, value, key_padding_mask, attn_mask, num_heads):
    """Whether there is a batch. Raises AssertionError for shapes that do not go together."""
    if query.dim() not in (2, 3):
        raise AssertionError(
            "query should be unbatched 2D or batched 3D tensor but received "
            f"{query.dim()}-D query tensor"
        )
    batched = query.dim() == 3
    kind, dims = ("batched (3-D)", 3) if batched else ("unbatched (2-D)", 2)
    assert key.dim() == dims and value.dim() == dims, (
        f"For {kind} `query`, expected `key` and `value` to be {dims}-D but found {key.dim()}-D "
        f"and {value.dim()}-D tensors respectively"
    )
    if key_padding_mask is not None:
        assert key_padding_mask.dim() == dims - 1, (
            f"For {kind} `query`, expected `key_padding_mask` to be `None` or {dims - 1}-D but "
            f"found {key_padding_mask.dim()}-D tensor instead"
        )
    if attn_mask is not None:
        assert attn_mask.dim() in (2, 3), (
            f"For {kind} `query`, expected `attn_mask` to be `None`, 2-D or 3-D but found "
            f"{attn_mask.dim()}-D tensor instead"
        )
        if not batched and attn_mask.dim() == 3:
            expected = (num_heads, query.shape[0], key.shape[0])
            assert attn_mask.shape == expected, (
                f"Expected `attn_mask` shape to be {expected} but got {attn_mask.shape}"
            )
    return batched


def _packed_projection(q, k, v, w, b):
    """The three projections from one weight (3E, E)."""
    features = q.size(-1)
    if k is v and q is k:
        projected = _ops.linear(q, w, b)
        parts = projected.unflatten(-1, (3, features)).unsqueeze(0)
        parts = parts.transpose(0, -2).squeeze(-2).contiguous()
        return parts[0], parts[1], parts[2]
    if k is v:
        w_q, w_kv = w.split([features, features * 2])
        b_q, b_kv = (None, None) if b is None else b.split([features, features * 2])
        projected = _ops.linear(k, w_kv, b_kv).unflatten(-1, (2, features)).unsqueeze(0)
        parts = projected.transpose(0, -2).squeeze(-2).contiguous()
        return _ops.linear(q, w_q, b_q), parts[0], parts[1]
    weights = w.chunk(3)
    biases = (None,) * 3 if b is None else b.chunk(3)
    return tuple(
        _ops.linear(x, weight, bias)
        for x, weight, bias in zip((q, k, v), weights, biases, strict=True)
    )


def _checked_mask(attn_mask, batch, heads, target, source):
    if attn_mask.dim() == 2:
        expected = (target, source)
        if attn_mask.shape != expected:
            raise RuntimeError(
                f"The shape of the 2D attn_mask is {attn_mask.shape}, but should be {expected}."
            )
        return attn_mask.unsqueeze(0)
    if attn_mask.dim() == 3:
        expected = (batch * heads, target, source)
        if attn_mask.shape != expected:
            raise RuntimeError(
                f"The shape of the 3D attn_mask is {attn_mask.shape}, but should be {expected}."
            )
        return attn_mask
    raise RuntimeError(f"attn_mask's dimension {attn_mask.dim()} is not supported")


def _heads_of(static, x, batch, heads, features, name):
    """x (S, B, E) as (B·heads, S, E/heads), or what was given instead."""
    if static is None:
        return x.reshape(x.shape[0], batch * heads, features).transpose(0, 1)
    assert static.size(0) == batch * heads, (
        f"expecting {name}.size(0) of {batch * heads}, but got {static.size(0)}"
    )
    assert static.size(2) == features, (
        f"expecting {name}.size(2) of {features}, but got {static.size(2)}"
    )
    return static


def multi_head_attention_forward(
    query,
    key,
    value,
    embed_dim_to_check,
    num_heads,
    in_proj_weight,
    in_proj_bias,
    bias_k,
    bias_v,
    add_zero_attn,
    dropout_p,
    out_proj_weight,
    out_proj_bias,
    training=True,
    key_padding_mask=None,
    need_weights=True,
    attn_mask=None,
    use_separate_proj_weight=False,
    q_proj_weight=None,
    k_proj_weight=None,
    v_proj_weight=None,
    static_k=None,
    static_v=None,
    average_attn_weights=True,
    is_causal=False,
):
    """Attention in num_heads parts, and its weights where they are needed.  [Vaswani et al. 2017]

    Shapes: query (L, B, E), key and value (S, B, E), or without B → (L, B, E), weights (B, L, S).
    """
    batched = _shape_check(query, key, value, key_padding_mask, attn_mask, num_heads)
    if not batched:
        self_attention, same = query is key, key is value
        query = query.unsqueeze(1)
        key = query if self_attention else key.unsqueeze(1)
        value = key if same else value.unsqueeze(1)
        if key_padding_mask is not None:
            key_padding_mask = key_padding_mask.unsqueeze(0)
    target, batch, features = query.shape
    source = key.shape[0]
    key_padding_mask = _canonical_mask(
        key_padding_mask, "key_padding_mask", _dtype_or_none(attn_mask), "attn_mask", query.dtype
    )
    if is_causal and attn_mask is None:
        raise RuntimeError(
            "Need attn_mask if specifying the is_causal hint. You may use the Transformer module "
            "method `generate_square_subsequent_mask` to create this mask."
        )
    if is_causal and key_padding_mask is None and not need_weights:
        attn_mask = None
    else:
        attn_mask = _canonical_mask(attn_mask, "attn_mask", None, "", query.dtype, False)
        is_causal = is_causal and key_padding_mask is None
    assert features == embed_dim_to_check, (
        f"was expecting embedding dimension of {embed_dim_to_check}, but got {features}"
    )
    head = features // num_heads
    assert head * num_heads == features, (
        f"embed_dim {features} not divisible by num_heads {num_heads}"
    )
    if use_separate_proj_weight:
        assert key.shape[:2] == value.shape[:2], (
            f"key's sequence and batch dims {key.shape[:2]} do not match value's {value.shape[:2]}"
        )
        biases = (None,) * 3 if in_proj_bias is None else in_proj_bias.chunk(3)
        weights = (q_proj_weight, k_proj_weight, v_proj_weight)
        q, k, v = (
            _ops.linear(x, weight, bias)
            for x, weight, bias in zip((query, key, value), weights, biases, strict=True)
        )
    else:
        assert key.shape == value.shape, (
            f"key shape {key.shape} does not match value shape {value.shape}"
        )
        q, k, v = _packed_projection(query, key, value, in_proj_weight, in_proj_bias)
    if attn_mask is not None:
        attn_mask = _checked_mask(attn_mask, batch, num_heads, target, source)
    extra = 0
    if bias_k is not None and bias_v is not None:
        k = _ops.cat([k, bias_k.repeat(1, batch, 1)], 0)
        v = _ops.cat([v, bias_v.repeat(1, batch, 1)], 0)
        extra += 1
    q = q.reshape(target, batch * num_heads, head).transpose(0, 1)
    k = _heads_of(static_k, k, batch, num_heads, head, "static_k")
    v = _heads_of(static_v, v, batch, num_heads, head, "static_v")
    if add_zero_attn:
        zeros = _ops.full((batch * num_heads, 1, head), 0, k.dtype)
        k, v = _ops.cat([k, zeros], 1), _ops.cat([v, zeros], 1)
        extra += 1
    if extra:
        attn_mask = None if attn_mask is None else _ops.pad(attn_mask, (0, extra), 0.0)
        if key_padding_mask is not None:
            key_padding_mask = _ops.pad(key_padding_mask, (0, extra), 0.0)
    source = k.size(1)
    if key_padding_mask is not None:
        assert key_padding_mask.shape == (batch, source), (
            f"expecting key_padding_mask shape of {(batch, source)}, but got "
            f"{key_padding_mask.shape}"
        )
        wide = key_padding_mask.view(batch, 1, 1, source).expand(-1, num_heads, -1, -1)
        wide = wide.reshape(batch * num_heads, 1, source)
        attn_mask = wide if attn_mask is None else attn_mask + wide
    if not training:
        dropout_p = 0.0
    if need_weights:
        assert not (is_causal and attn_mask is None), "FIXME: is_causal not implemented"
        scores = _ops.bmm(q * math.sqrt(1.0 / head), k.transpose(-2, -1))
        if attn_mask is not None:
            scores = scores + attn_mask
        weights = _ops.softmax(scores, -1, None)
        if dropout_p > 0.0:
            weights = dropout(weights, dropout_p)
        made = _ops.bmm(weights, v).transpose(0, 1).contiguous().view(target * batch, features)
        made = _ops.linear(made, out_proj_weight, out_proj_bias)
        made = made.view(target, batch, made.size(1))
        weights = weights.view(batch, num_heads, target, source)
        if average_attn_weights:
            weights = weights.mean(1)
        return (made, weights) if batched else (made.squeeze(1), weights.squeeze(0))
    if attn_mask is not None:
        if attn_mask.size(0) == 1 and attn_mask.dim() == 3:
            attn_mask = attn_mask.unsqueeze(0)
        else:
            attn_mask = attn_mask.view(batch, num_heads, -1, source)
    q = q.view(batch, num_heads, target, head)
    k, v = (x.view(batch, num_heads, source, head) for x in (k, v))
    made = scaled_dot_product_attention(q, k, v, attn_mask, dropout_p, is_causal)
    made = made.permute(2, 0, 1, 3).contiguous().view(batch * target, features)
    made = _ops.linear(made, out_proj_weight, out_proj_bias)
    made = made.view(target, batch, made.size(1))
    return (made if batched else made.squeeze(1)), None
