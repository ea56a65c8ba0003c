"""RAdam.                                                                      [Liu et al. 2020]"""

from ._checks import check_options
from ._steps import Steps, zeros_like


class RAdam(Steps):
    """Adam that trusts its second moment only when enough steps have been taken."""

    def __init__(
        self,
        params,
        lr=1e-3,
        betas=(0.9, 0.999),
        eps=1e-8,
        weight_decay=0,
        decoupled_weight_decay=False,
        *,
        foreach=None,
        maximize=False,
        capturable=False,
        differentiable=False,
    ):
        check_options("RAdam", lr, betas, differentiable, eps=eps, weight_decay=weight_decay)
        defaults = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "maximize": maximize,
            "foreach": foreach,
            "capturable": capturable,
            "decoupled_weight_decay": decoupled_weight_decay,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def _start(self, state, param, group):
        state["exp_avg"] = zeros_like(param)
        state["exp_avg_sq"] = zeros_like(param)

    def _change(self, param, grad, state, group):
        beta1, beta2 = group["betas"]
        step = state["step"].item()
        average = state["exp_avg"].lerp_(grad, 1 - beta1)
        square = state["exp_avg_sq"].mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
        move = average.div(1 - beta1**step).mul_(float(group["lr"]))
        correction = 1 - beta2**step
        longest = 2 / (1 - beta2) - 1
        length = longest - 2 * step * beta2**step / correction
        if length > 5.0:
            root = square.sqrt().add_(group["eps"])
            rectified = (length - 4) * (length - 2) * longest
            rectified /= (longest - 4) * (longest - 2) * length
            move.mul_(correction**0.5 / root).mul_(rectified**0.5)
        param.add_(move, alpha=-1.0)
