"""Adadelta.                                                                        [Zeiler 2012]"""

from ._checks import check_options
from ._steps import Steps, zeros_like


class Adadelta(Steps):
    """Steps scaled by running means of the squares of the gradient and of the steps themselves."""

    def __init__(
        self,
        params,
        lr=1.0,
        rho=0.9,
        eps=1e-6,
        weight_decay=0,
        foreach=None,
        *,
        capturable=False,
        maximize=False,
        differentiable=False,
    ):
        check_options(
            "Adadelta", lr, differentiable=differentiable, eps=eps, weight_decay=weight_decay
        )
        if not 0.0 <= rho <= 1.0:
            raise ValueError(f"Invalid rho value: {rho}")
        defaults = {
            "lr": lr,
            "rho": rho,
            "eps": eps,
            "weight_decay": weight_decay,
            "maximize": maximize,
            "capturable": capturable,
            "foreach": foreach,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def _start(self, state, param, group):
        state["square_avg"] = zeros_like(param)
        state["acc_delta"] = zeros_like(param)

    def _change(self, param, grad, state, group):
        rho, eps = group["rho"], group["eps"]
        square, moved = state["square_avg"], state["acc_delta"]
        square.mul_(rho).addcmul_(grad, grad, value=1 - rho)
        delta = moved.add(eps).sqrt().div_(square.add(eps).sqrt()).mul_(grad)
        moved.mul_(rho).addcmul_(delta, delta, value=1 - rho)
        param.add_(delta, alpha=-float(group["lr"]))
