"""Embeddings of torch.nn.functional."""

from .. import _dtypes, _ops
from .._creation import from_flat
from .._method_table import function
from .._tensor import Tensor
from ..autograd.grad_mode import no_grad
from ._common import defined_in, named


def _renorm_rows(weight, indices, max_norm, norm_type):
    """Scale the rows that are looked up to a norm of at most max_norm, in place."""
    with no_grad():
        for row in sorted(set(indices.reshape(-1).tolist())):
            norm = float(_ops.norm(weight[row], float(norm_type), None, False))
            if norm > max_norm:
                weight[row] = weight[row] * (max_norm / (norm + 1e-7))


def _by_frequency(found, indices, padding_idx):
    """The same values, whose gradients are divided by how often each index occurs."""
    if not found.requires_grad:
        return found
    flat = indices.reshape(-1).tolist()
    counts = {}
    for index in flat:
        counts[index] = counts.get(index, 0) + 1
    shares = from_flat([1.0 / counts[index] for index in flat], (len(flat),), found.dtype)
    values = found.detach()
    return values + (found - values) * shares.reshape(*indices.shape, 1)


@function
def embedding(
    input,
    weight,
    padding_idx=None,
    max_norm=None,
    norm_type=2.0,
    scale_grad_by_freq=False,
    sparse=False,
):
    """Rows of weight at the indices. Shapes: (*) int64, (V, E) → (*, E).

    sparse changes nothing: gradients are dense here.
    """
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
    if max_norm is not None:
        _renorm_rows(weight, input, max_norm, norm_type)
    found = _ops.embedding(weight, input, padding_idx)
    if scale_grad_by_freq:
        found = named(_by_frequency(found, input, padding_idx), "EmbeddingBackward0")
    return found


def _checked_offsets(input, offsets, include_last_offset):
    """Where each bag starts in a 1-D input, as Python numbers."""
    if offsets is None:
        raise ValueError("offsets has to be a 1D Tensor but got None")
    if offsets.dim() != 1:
        raise ValueError("offsets has to be a 1D Tensor")
    starts = offsets.tolist()
    if starts and starts[0] != 0:
        raise RuntimeError(
            "offsets[0] has to be 0, i.e., the first sequence in the mini-batch has to start from "
            f"position 0. However, got {starts[0]}"
        )
    if starts and starts[-1] > input.size(0):
        raise RuntimeError(
            "offsets[-1] can not be greater than input's length "
            f"({input.size(0)}), but got offsets[-1] of {starts[-1]}"
        )
    return starts[:-1] if include_last_offset else starts


def embedding_bag(
    input,
    weight,
    offsets=None,
    max_norm=None,
    norm_type=2,
    scale_grad_by_freq=False,
    mode="mean",
    sparse=False,
    per_sample_weights=None,
    include_last_offset=False,
    padding_idx=None,
):
    """Sums, means or maxima of rows of weight over bags of indices.

    Shapes: input (B, N): B bags of N; or (N) with offsets (B): where each bag starts → (B, E).
    """
    if weight.dtype is _dtypes.int64 and input.dtype.is_floating_point:
        raise RuntimeError("Argument order of nn.functional.embedding_bag has changed")
    if per_sample_weights is not None and input.size() != per_sample_weights.size():
        raise ValueError(
            f"embedding_bag: If per_sample_weights ({per_sample_weights.shape}) is not None, then "
            f"it must have the same shape as the input ({input.shape})"
        )
    if mode not in ("sum", "mean", "max"):
        raise ValueError("mode has to be one of sum or mean")
    if per_sample_weights is not None and mode != "sum":
        raise NotImplementedError(
            "embedding_bag: per_sample_weights was not None. per_sample_weights is only supported "
            f"for mode='sum' (got mode='{mode}'). Please open a feature request on GitHub."
        )
    if input.dim() == 2:
        if offsets is not None:
            raise ValueError(
                "if input is 2D, then offsets has to be None, as input is treated is a mini-batch "
                f"of fixed length sequences. However, found offsets of type {type(offsets)}"
            )
        starts = [bag * input.size(1) for bag in range(input.size(0))]
        input = input.reshape(-1)
        if per_sample_weights is not None:
            per_sample_weights = per_sample_weights.reshape(-1)
    elif input.dim() == 1:
        starts = _checked_offsets(input, offsets, include_last_offset)
    else:
        raise ValueError(
            f"input has to be 1D or 2D Tensor, but got Tensor of dimension {input.dim()}"
        )
    ends = [*starts[1:], input.size(0)]
    if include_last_offset and offsets is not None:
        ends = offsets.tolist()[1:]
    rows = embedding(input, weight, None, max_norm, norm_type, scale_grad_by_freq)
    if padding_idx is not None:
        padding_idx += weight.size(0) if padding_idx < 0 else 0
        skipped = input == padding_idx
    else:
        skipped = None
    if mode == "max":
        made = _bag_maxima(rows, starts, ends, skipped)
    else:
        made = _bag_sums(rows, starts, ends, skipped, per_sample_weights, mode == "mean")
    return named(made, "EmbeddingBagBackward0")


def _bag_sums(rows, starts, ends, skipped, weights, mean):
    bags = [bag for bag, (a, b) in enumerate(zip(starts, ends, strict=True)) for _ in range(a, b)]
    if skipped is not None:
        rows = rows.masked_fill(skipped.unsqueeze(1), 0)
    if weights is not None:
        rows = rows * weights.unsqueeze(1)
    bags = from_flat(bags, (len(bags),), _dtypes.int64)
    sums = _ops.full((len(starts), rows.size(1)), 0, rows.dtype)
    sums = _ops.index_add(sums, 0, bags, rows[: bags.numel()], 1)
    if not mean:
        return sums
    counts = _ops.full((len(starts),), 0, rows.dtype)
    ones = _ops.full((bags.numel(),), 1, rows.dtype)
    if skipped is not None:
        ones = ones.masked_fill(skipped[: bags.numel()], 0)
    counts = _ops.index_add(counts, 0, bags, ones, 1)
    return sums / _ops.clamp(counts, 1, None).unsqueeze(1)


def _bag_maxima(rows, starts, ends, skipped):
    found = []
    for a, b in zip(starts, ends, strict=True):
        bag = rows[a:b]
        if skipped is not None:
            bag = bag[~skipped[a:b]]
        empty = bag.size(0) == 0
        found.append(rows.sum(0) * 0 if empty else _ops.max(bag, 0, False)[0])
    return _ops.stack(found, 0) if found else rows[:0]


def one_hot(tensor, num_classes=-1):
    """1 at each class index, 0 elsewhere. Shapes: (*) int64 → (*, num_classes)."""
    return _ops.one_hot(tensor, num_classes)


__all__ = defined_in(globals())
