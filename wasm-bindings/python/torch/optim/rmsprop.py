"""RMSprop.                                                           [Hinton 2012, Graves 2013]"""

from ._checks import check_options
from ._steps import Steps, zeros_like


class RMSprop(Steps):
    """Steps scaled by the root of a running mean of the gradient's square."""

    def __init__(
        self,
        params,
        lr=1e-2,
        alpha=0.99,
        eps=1e-8,
        weight_decay=0,
        momentum=0,
        centered=False,
        capturable=False,
        foreach=None,
        maximize=False,
        differentiable=False,
    ):
        check_options(
            "RMSprop",
            lr,
            differentiable=differentiable,
            eps=eps,
            momentum=momentum,
            weight_decay=weight_decay,
            alpha=alpha,
        )
        defaults = {
            "lr": lr,
            "momentum": momentum,
            "alpha": alpha,
            "eps": eps,
            "centered": centered,
            "weight_decay": weight_decay,
            "capturable": capturable,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def _start(self, state, param, group):
        state["square_avg"] = zeros_like(param)
        if group["momentum"] > 0:
            state["momentum_buffer"] = zeros_like(param)
        if group["centered"]:
            state["grad_avg"] = zeros_like(param)

    def _change(self, param, grad, state, group):
        rest, lr = 1 - group["alpha"], float(group["lr"])
        square = state["square_avg"]
        square.mul_(group["alpha"]).addcmul_(grad, grad, value=rest)
        if group["centered"]:
            mean = state["grad_avg"].lerp_(grad, rest)
            root = square.addcmul(mean, mean, value=-1).sqrt()
        else:
            root = square.sqrt()
        root.add_(group["eps"])
        if group["momentum"] > 0:
            buffer = state["momentum_buffer"]
            buffer.mul_(group["momentum"]).addcdiv_(grad, root)
            param.add_(buffer, alpha=-lr)
        else:
            param.addcdiv_(grad, root, value=-lr)
