"""Keeping gradients small."""

from ... import _ops
from ..._creation import tensor as make_tensor
from ..._tensor import Tensor
from ..._warn import warn
from ...autograd.grad_mode import no_grad


def _with_grad(parameters):
    parameters = [parameters] if isinstance(parameters, Tensor) else list(parameters)
    return [parameter for parameter in parameters if _ops.has_grad(parameter)]


def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False, foreach=None):
    """Scale all gradients so that their norm, taken together, is at most max_norm; returns the norm
    before.
    """
    parameters = _with_grad(parameters)
    if not parameters:
        return make_tensor(0.0)
    return _ops.clip_grad_norm(parameters, float(max_norm), float(norm_type), error_if_nonfinite)


def clip_grad_norm(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False, foreach=None):
    """The old name of clip_grad_norm_."""
    warn(
        "`torch.nn.utils.clip_grad_norm` is now deprecated in favor of "
        "`torch.nn.utils.clip_grad_norm_`.",
        FutureWarning,
    )
    return clip_grad_norm_(parameters, max_norm, norm_type, error_if_nonfinite, foreach)


def clip_grad_value_(parameters, clip_value, foreach=None):
    """Cut each element of all gradients to [-clip_value, clip_value]."""
    clip_value = float(clip_value)
    for parameter in _with_grad(parameters):
        parameter.grad.clamp_(-clip_value, clip_value)


def get_total_norm(tensors, norm_type=2.0, error_if_nonfinite=False, foreach=None):
    """The norm of all tensors taken together."""
    tensors = [tensors] if isinstance(tensors, Tensor) else list(tensors)
    if not tensors:
        return make_tensor(0.0)
    norms = [_ops.norm(tensor, float(norm_type), None, False) for tensor in tensors]
    total = _ops.norm(_ops.stack(norms, 0), float(norm_type), None, False)
    if error_if_nonfinite and not bool(_ops.isfinite(total)):
        raise RuntimeError(
            f"The total norm of order {float(norm_type)} for gradients from `parameters` is "
            "non-finite, so it cannot be clipped. To disable this error and scale the gradients by "
            "the non-finite norm anyway, set `error_if_nonfinite=False`"
        )
    return total


def clip_grads_with_norm_(parameters, max_norm, total_norm, foreach=None):
    """Scale all gradients by max_norm / total_norm where that is below one."""
    factor = _ops.clamp(float(max_norm) / (total_norm + 1e-6), None, 1.0)
    with no_grad():
        for parameter in _with_grad(parameters):
            parameter.grad.mul_(factor)
