"""The losses of torch.nn.functional."""

from .. import _ops
from .._tensor import Tensor
from .._warn import warn
from ._common import defined_in, legacy_reduction, named


def _choose(size_average, reduce, reduction):
    if size_average is None and reduce is None:
        return reduction
    return legacy_reduction(size_average, reduce)


def _warn_sizes(input, target):
    if target.size() != input.size():
        warn(
            f"Using a target size ({target.size()}) that is different to the input size "
            f"({input.size()}). "
            "This will likely lead to incorrect results due to broadcasting. "
            "Please ensure they have the same size.",
        )


def _finish(values, reduction):
    if reduction == "none":
        return values
    return values.mean() if reduction == "mean" else values.sum()


def _checked(reduction):
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(f"{reduction} is not a valid value for reduction")
    return reduction


def cross_entropy(
    input,
    target,
    weight=None,
    size_average=None,
    ignore_index=-100,
    reduce=None,
    reduction="mean",
    label_smoothing=0.0,
):
    """Minus the log-probability that softmax(input) gives the target: class indices, or
    probabilities.

    Shapes: input (C), (N, C) or (N, C, *), target without C or in the input's shape.
    """
    reduction = _checked(_choose(size_average, reduce, reduction))
    if not isinstance(target, Tensor):
        raise TypeError(
            "cross_entropy_loss(): argument 'target' (position 2) must be Tensor, not "
            f"{type(target).__name__}"
        )
    return _ops.cross_entropy(input, target, weight, ignore_index, reduction, label_smoothing)


def nll_loss(
    input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean"
):
    """Minus the log-probability of the target class. Shapes: input (C), (N, C) or (N, C, *), target
    without C.
    """
    reduction = _checked(_choose(size_average, reduce, reduction))
    return _ops.nll_loss(input, target, weight, ignore_index, reduction)


def mse_loss(input, target, size_average=None, reduce=None, reduction="mean", weight=None):
    """(x - y)²."""
    _warn_sizes(input, target)
    reduction = _checked(_choose(size_average, reduce, reduction))
    if weight is not None:
        return _finish(weight * _ops.mse_loss(input, target, "none"), reduction)
    return _ops.mse_loss(input, target, reduction)


def l1_loss(input, target, size_average=None, reduce=None, reduction="mean", weight=None):
    """|x - y|."""
    _warn_sizes(input, target)
    reduction = _checked(_choose(size_average, reduce, reduction))
    if weight is not None:
        return _finish(weight * _ops.l1_loss(input, target, "none"), reduction)
    return _ops.l1_loss(input, target, reduction)


def smooth_l1_loss(input, target, size_average=None, reduce=None, reduction="mean", beta=1.0):
    """Squared below beta, linear above."""
    _warn_sizes(input, target)
    return _ops.smooth_l1_loss(
        input, target, _checked(_choose(size_average, reduce, reduction)), beta
    )


def huber_loss(input, target, reduction="mean", delta=1.0, weight=None):
    """Squared below delta, linear above."""
    _warn_sizes(input, target)
    if weight is not None:
        return _finish(weight * _ops.huber_loss(input, target, "none", delta), _checked(reduction))
    return _ops.huber_loss(input, target, _checked(reduction), delta)


def binary_cross_entropy(
    input, target, weight=None, size_average=None, reduce=None, reduction="mean"
):
    """-(y log x + (1 - y) log(1 - x)) for probabilities x."""
    reduction = _checked(_choose(size_average, reduce, reduction))
    if target.size() != input.size():
        raise ValueError(
            f"Using a target size ({target.size()}) that is different to the input size "
            f"({input.size()}) "
            "is deprecated. Please ensure they have the same size."
        )
    return _ops.binary_cross_entropy(input, target, weight, reduction)


def binary_cross_entropy_with_logits(
    input, target, weight=None, size_average=None, reduce=None, reduction="mean", pos_weight=None
):
    """binary_cross_entropy of σ(x), computed so that large x do no harm."""
    reduction = _checked(_choose(size_average, reduce, reduction))
    if target.size() != input.size():
        raise ValueError(
            f"Target size ({target.size()}) must be the same as input size ({input.size()})"
        )
    return _ops.binary_cross_entropy_with_logits(input, target, weight, pos_weight, reduction)


def kl_div(input, target, size_average=None, reduce=None, reduction="mean", log_target=False):
    """target (log target - input) for log-probabilities; "batchmean" divides by the batch."""
    reduction = _choose(size_average, reduce, reduction)
    if reduction == "batchmean":
        total = _ops.kl_div(input, target, "sum", log_target)
        return total / input.size(0) if input.dim() else total
    if reduction == "mean":
        warn(
            "reduction: 'mean' divides the total loss by both the batch size and the support size."
            "'batchmean' divides only by the batch size, and aligns with the KL div math "
            "definition."
            "'mean' will be changed to behave the same as 'batchmean' in the next major release.",
        )
    return _ops.kl_div(input, target, _checked(reduction), log_target)


def margin_ranking_loss(
    input1, input2, target, margin=0, size_average=None, reduce=None, reduction="mean"
):
    """max(0, -y (x₁ - x₂) + margin)."""
    reduction = _checked(_choose(size_average, reduce, reduction))
    values = _ops.clamp(-target * (input1 - input2) + margin, 0, None)
    return _finish(named(values, "ClampMinBackward0"), reduction)


def hinge_embedding_loss(
    input, target, margin=1.0, size_average=None, reduce=None, reduction="mean"
):
    """x where y is 1, max(0, margin - x) where y is -1."""
    reduction = _checked(_choose(size_average, reduce, reduction))
    values = _ops.where(target == 1, input, _ops.clamp(margin - input, 0, None))
    return _finish(named(values, "AddBackward0"), reduction)


def cosine_embedding_loss(
    input1, input2, target, margin=0, size_average=None, reduce=None, reduction="mean"
):
    """1 - cos where y is 1, max(0, cos - margin) where y is -1."""
    reduction = _checked(_choose(size_average, reduce, reduction))
    squares = (input1 * input1).sum(-1) + 1e-12, (input2 * input2).sum(-1) + 1e-12
    cosine = (input1 * input2).sum(-1) / (squares[0] * squares[1]).sqrt()
    values = _ops.where(target == 1, 1 - cosine, _ops.clamp(cosine - margin, 0, None))
    return _finish(named(values, "AddBackward0"), reduction)


def gaussian_nll_loss(input, target, var, full=False, eps=1e-06, reduction="mean"):
    """Half of log(var) + (x - y)² / var."""
    if not isinstance(var, Tensor):
        var = _ops.full(input.shape, var, input.dtype)
    if bool((var < 0).any()):
        raise ValueError("var has negative entry/entries")
    var = _ops.clamp(var, eps, None)
    values = 0.5 * (var.log() + (input - target) ** 2 / var)
    if full:
        values = values + 0.9189385332046727
    return _finish(values, _checked(reduction))


__all__ = defined_in(globals())
