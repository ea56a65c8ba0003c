"""Rarer losses of torch.nn.functional."""

import math

from .. import _dtypes, _ops
from .._creation import as_tensor
from .._tensor import Tensor
from ._common import named
from .losses import _checked, _choose, _finish

__all__ = [
    "ctc_loss",
    "multi_margin_loss",
    "multilabel_margin_loss",
    "multilabel_soft_margin_loss",
    "poisson_nll_loss",
    "soft_margin_loss",
    "triplet_margin_loss",
    "triplet_margin_with_distance_loss",
]


def _lengths(lengths):
    if isinstance(lengths, Tensor):
        return lengths.reshape(-1).tolist()
    return [int(length) for length in lengths]


def ctc_loss(
    log_probs,
    targets,
    input_lengths,
    target_lengths,
    blank=0,
    reduction="mean",
    zero_infinity=False,
):
    """Minus the log-probability of the targets over all their alignments.  [Graves et al. 2006]

    Shapes: log_probs (T, N, C) or (T, C), targets (N, S) or one after the other (ΣS).
    """
    _checked(reduction)
    single = log_probs.dim() == 2
    if not single and log_probs.dim() != 3:
        raise RuntimeError(
            f"Expected 2-dimensional or 3-dimensional tensor for log_probs, got {log_probs.dim()}D"
        )
    if single:
        log_probs = log_probs.unsqueeze(1)
        targets = targets.unsqueeze(0) if targets.dim() == 1 else targets
    inputs, wanted = _lengths(input_lengths), _lengths(target_lengths)
    losses = _ops.ctc_loss(log_probs, targets.long(), inputs, wanted, blank, zero_infinity)
    if zero_infinity:
        losses = named(losses, "WhereBackward0")
    if single:
        losses = losses.squeeze(0)
    if reduction == "mean":
        counts = as_tensor(wanted, dtype=losses.dtype).clamp(min=1)
        return (losses / (counts if not single else counts[0])).mean()
    return losses.sum() if reduction == "sum" else losses


def poisson_nll_loss(
    input,
    target,
    log_input=True,
    full=False,
    size_average=None,
    eps=1e-08,
    reduce=None,
    reduction="mean",
):
    """exp(x) - y x; without log_input x - y log(x + eps); full adds Stirling's approximation."""
    reduction = _choose(size_average, reduce, reduction)
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(reduction + " is not a valid value for reduction")
    loss = input.exp() - target * input if log_input else input - target * (input + eps).log()
    if full:
        stirling = target * target.log() - target + 0.5 * (2 * math.pi * target).log()
        loss = loss + stirling.masked_fill(target <= 1, 0)
    return _finish(loss, reduction)


def soft_margin_loss(input, target, size_average=None, reduce=None, reduction="mean"):
    """log(1 + exp(-y x))."""
    reduction = _checked(_choose(size_average, reduce, reduction))
    if target.requires_grad:
        raise RuntimeError(
            "The function 'soft_margin_loss' is not differentiable with respect to argument "
            "'target'. This input cannot have requires_grad True."
        )
    values = _finish((-target * input).exp().log1p(), reduction)
    return named(values, "SoftMarginLossBackward0")


def _class_scores(input, target, name):
    """(input (N, C), target (N), whether there was no batch). Raises for other shapes."""
    if input.dim() not in (0, 1, 2) or (input.dim() and input.size(-1) == 0):
        raise RuntimeError(
            f"Expected non-empty vector or matrix with optional 0-dim batch size, but got: "
            f"{list(input.shape)}"
        )
    single = input.dim() < 2
    scores = input.reshape(1, -1) if single else input
    if target.dim() > 1 or target.numel() != scores.size(0):
        raise RuntimeError(
            f"inconsistent target size, expected {scores.size(0)} but got {list(target.shape)}"
        )
    return scores, target.reshape(-1), single


def multi_margin_loss(
    input,
    target,
    p=1,
    margin=1.0,
    weight=None,
    size_average=None,
    reduce=None,
    reduction="mean",
):
    """Σ max(0, margin - x[y] + x[i])ᵖ / C over the other classes i."""
    reduction = _checked(_choose(size_average, reduce, reduction))
    if p not in (1, 2):
        raise ValueError("only p == 1 and p == 2 supported")
    if weight is not None and weight.dim() != 1:
        raise ValueError("weight must be one-dimensional")
    scores, classes, single = _class_scores(input, target, "multi_margin_loss")
    if bool(((classes < 0) | (classes >= scores.size(1))).any()):
        raise RuntimeError("target out of range")
    index = classes.unsqueeze(1)
    slack = (margin - scores.gather(1, index) + scores).clamp(min=0)
    slack = slack * slack if p == 2 else slack
    if weight is not None:
        slack = slack * weight[classes].unsqueeze(1)
    own = _ops.scatter(_ops.full(scores.shape, 0, _dtypes.bool), 1, index, True)
    values = slack.masked_fill(own, 0).sum(1) / scores.size(1)
    values = values[0] if single and reduction == "none" and input.dim() < 2 else values
    return named(_finish(values, reduction), "MultiMarginLossBackward0")


def multilabel_margin_loss(input, target, size_average=None, reduce=None, reduction="mean"):
    """Σ max(0, 1 - x[y] + x[i]) / C over labels y (up to the first -1) and other classes i."""
    reduction = _checked(_choose(size_average, reduce, reduction))
    if input.dim() not in (0, 1, 2) or input.shape != target.shape:
        raise RuntimeError(
            f"inconsistent target size: {list(target.shape)} for input of size: {list(input.shape)}"
        )
    single = input.dim() < 2
    scores, labels = (x.reshape(1, -1) if single else x for x in (input, target))
    valid = (labels < 0).to(_dtypes.int64).cumsum(1) == 0
    index = labels.clamp(min=0)
    count = scores.size(1)
    positive = _ops.scatter_add(
        _ops.full(scores.shape, 0, _dtypes.int64), 1, index, valid.to(_dtypes.int64)
    )
    chosen = scores.gather(1, index)
    slack = (1 - chosen.unsqueeze(2) + scores.unsqueeze(1)).clamp(min=0)
    slack = slack.masked_fill(~valid.unsqueeze(2) | (positive > 0).unsqueeze(1), 0)
    values = slack.sum((1, 2)) / count
    values = values[0] if single and reduction == "none" else values
    return named(_finish(values, reduction), "MultilabelMarginLossBackward0")


def multilabel_soft_margin_loss(
    input, target, weight=None, size_average=None, reduce=None, reduction="mean"
):
    """Binary cross-entropy of σ(x) for each class, its mean over the classes."""
    reduction = _choose(size_average, reduce, reduction)
    loss = -(target * _ops.logsigmoid(input) + (1 - target) * _ops.logsigmoid(-input))
    if weight is not None:
        loss = loss * weight
    loss = loss.sum(-1) / input.size(-1)
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(reduction + " is not valid")
    return _finish(loss, reduction)


def triplet_margin_loss(
    anchor,
    positive,
    negative,
    margin=1.0,
    p=2,
    eps=1e-06,
    swap=False,
    size_average=None,
    reduce=None,
    reduction="mean",
):
    """max(0, d(a, p) - d(a, n) + margin) with the p-norm of the difference as distance."""
    reduction = _checked(_choose(size_average, reduce, reduction))
    if margin <= 0:
        raise ValueError(f"margin must be greater than 0, got {margin}")
    if not anchor.dim() == positive.dim() == negative.dim():
        raise RuntimeError(
            "The anchor, positive, and negative tensors are expected to have the same number of "
            f"dimensions, but got: anchor {anchor.dim()}D, positive {positive.dim()}D, and "
            f"negative {negative.dim()}D inputs"
        )

    def distance(a, b):
        return _ops.norm(a - b + eps, float(p), -1, False)

    return _triplet(anchor, positive, negative, distance, margin, swap, reduction)


def _triplet(anchor, positive, negative, distance, margin, swap, reduction):
    near, far = distance(anchor, positive), distance(anchor, negative)
    if swap:
        far = _ops.minimum(far, distance(positive, negative))
    values = _ops.clamp(margin + near - far, 0, None)
    return _finish(named(values, "ClampMinBackward0"), reduction)


def triplet_margin_with_distance_loss(
    anchor,
    positive,
    negative,
    *,
    distance_function=None,
    margin=1.0,
    swap=False,
    reduction="mean",
):
    """max(0, d(a, p) - d(a, n) + margin) for any distance d."""
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(f"{reduction} is not a valid value for reduction")
    if margin <= 0:
        raise ValueError(f"margin must be greater than 0, got {margin}")
    if distance_function is None:
        from .functional import pairwise_distance as distance_function
    if not anchor.dim() == positive.dim() == negative.dim():
        raise RuntimeError(
            "The anchor, positive, and negative tensors are expected to have the same number of "
            f"dimensions, but got: anchor {anchor.dim()}D, positive {positive.dim()}D, and "
            f"negative {negative.dim()}D inputs"
        )
    return _triplet(anchor, positive, negative, distance_function, margin, swap, reduction)
