"""Averaged stochastic gradient descent.                                [Polyak & Juditsky 1992]"""

from ._checks import check_options
from ._steps import Steps, zeros_like
from .optimizer import scalar


class ASGD(Steps):
    """Gradient descent with a rate that falls; `ax` in the state is the mean of the parameters."""

    def __init__(
        self,
        params,
        lr=1e-2,
        lambd=1e-4,
        alpha=0.75,
        t0=1e6,
        weight_decay=0,
        foreach=None,
        maximize=False,
        differentiable=False,
        capturable=False,
    ):
        check_options("ASGD", lr, differentiable=differentiable, weight_decay=weight_decay)
        defaults = {
            "lr": lr,
            "lambd": lambd,
            "alpha": alpha,
            "t0": t0,
            "weight_decay": weight_decay,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "capturable": capturable,
        }
        super().__init__(params, defaults)

    def _start(self, state, param, group):
        state["eta"] = scalar(group["lr"])
        state["mu"] = scalar(1.0)
        state["ax"] = zeros_like(param)

    def _change(self, param, grad, state, group):
        lr, lambd, step = float(group["lr"]), group["lambd"], state["step"].item()
        rate, share, mean = state["eta"].item(), state["mu"].item(), state["ax"]
        param.mul_(1 - lambd * rate).add_(grad, alpha=-rate)
        if share == 1:
            mean.copy_(param)
        else:
            mean.add_(param.sub(mean).mul_(share))
        state["eta"].fill_(lr / (1 + lambd * lr * step) ** group["alpha"])
        state["mu"].fill_(1 / max(1, step - group["t0"]))
