"""NAdam.                                                                            [Dozat 2016]"""

from ._checks import check_options
from ._steps import Steps, zeros_like
from .optimizer import scalar


class NAdam(Steps):
    """Adam with Nesterov's momentum."""

    def __init__(
        self,
        params,
        lr=2e-3,
        betas=(0.9, 0.999),
        eps=1e-8,
        weight_decay=0,
        momentum_decay=4e-3,
        decoupled_weight_decay=False,
        *,
        foreach=None,
        maximize=False,
        capturable=False,
        differentiable=False,
    ):
        check_options(
            "NAdam",
            lr,
            betas,
            differentiable,
            eps=eps,
            weight_decay=weight_decay,
            momentum_decay=momentum_decay,
        )
        defaults = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "momentum_decay": momentum_decay,
            "decoupled_weight_decay": decoupled_weight_decay,
            "maximize": maximize,
            "foreach": foreach,
            "capturable": capturable,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def _start(self, state, param, group):
        state["mu_product"] = scalar(1.0)
        state["exp_avg"] = zeros_like(param)
        state["exp_avg_sq"] = zeros_like(param)

    def _change(self, param, grad, state, group):
        beta1, beta2 = group["betas"]
        step, lr = state["step"].item(), float(group["lr"])

        def momentum(step):
            return beta1 * (1.0 - 0.5 * 0.96 ** (step * group["momentum_decay"]))

        now, then = momentum(step), momentum(step + 1)
        product = state["mu_product"].mul_(now).item()
        average = state["exp_avg"].lerp_(grad, 1 - beta1)
        square = state["exp_avg_sq"].mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
        root = square.div(1 - beta2**step).sqrt().add_(group["eps"])
        param.addcdiv_(grad, root, value=-lr * (1.0 - now) / (1.0 - product))
        param.addcdiv_(average, root, value=-lr * then / (1.0 - product * then))
