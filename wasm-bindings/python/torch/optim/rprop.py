"""Rprop.                                                              [Riedmiller & Braun 1993]"""

from .. import _ops
from ._checks import check_options
from ._steps import Steps, zeros_like


class Rprop(Steps):
    """Steps by the gradient's sign, longer where it stays, shorter where it turns."""

    _decays_gradient = False

    def __init__(
        self,
        params,
        lr=1e-2,
        etas=(0.5, 1.2),
        step_sizes=(1e-6, 50),
        *,
        capturable=False,
        foreach=None,
        maximize=False,
        differentiable=False,
    ):
        check_options("Rprop", lr, differentiable=differentiable)
        if not 0.0 < etas[0] < 1.0 < etas[1]:
            raise ValueError(f"Invalid eta values: {etas[0]}, {etas[1]}")
        defaults = {
            "lr": lr,
            "etas": etas,
            "step_sizes": step_sizes,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "capturable": capturable,
        }
        super().__init__(params, defaults)

    def _start(self, state, param, group):
        state["prev"] = zeros_like(param)
        state["step_size"] = _ops.full(param.shape, float(group["lr"]), param.dtype)

    def _change(self, param, grad, state, group):
        shorter, longer = group["etas"]
        agreement = grad * state["prev"]
        turned = agreement < 0
        factor = _ops.where(turned, shorter, _ops.where(agreement > 0, longer, 1.0))
        size = state["step_size"].mul_(factor.to(param.dtype)).clamp_(*group["step_sizes"])
        grad = _ops.where(turned, 0.0, grad)
        param.addcmul_(grad.sign(), size, value=-1)
        state["prev"].copy_(grad)
