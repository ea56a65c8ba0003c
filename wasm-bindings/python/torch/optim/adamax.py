"""Adamax.                                                                     [Kingma & Ba 2015]"""

from ._checks import check_options
from ._steps import Steps, zeros_like


class Adamax(Steps):
    """Adam with the largest recent gradient in the place of the root mean square."""

    def __init__(
        self,
        params,
        lr=2e-3,
        betas=(0.9, 0.999),
        eps=1e-8,
        weight_decay=0,
        foreach=None,
        *,
        maximize=False,
        differentiable=False,
        capturable=False,
    ):
        check_options("Adamax", lr, betas, differentiable, eps=eps, weight_decay=weight_decay)
        defaults = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "capturable": capturable,
        }
        super().__init__(params, defaults)

    def _start(self, state, param, group):
        state["exp_avg"] = zeros_like(param)
        state["exp_inf"] = zeros_like(param)

    def _change(self, param, grad, state, group):
        beta1, beta2 = group["betas"]
        average, largest = state["exp_avg"], state["exp_inf"]
        average.lerp_(grad, 1 - beta1)
        largest.copy_((largest * beta2).maximum(grad.abs().add_(group["eps"])))
        rate = float(group["lr"]) / (1 - beta1 ** state["step"].item())
        param.addcdiv_(average, largest, value=-rate)
