"""Adam.                                                                       [Kingma & Ba 2015]"""

from .. import _ops
from .._tensor import Tensor
from ._checks import check_options
from ._steps import Steps, zeros_like
from .optimizer import scalar


def check_betas(betas):
    """Raise ValueError where one beta is a number and the other a tensor."""
    if isinstance(betas[0], Tensor) is not isinstance(betas[1], Tensor) or any(
        isinstance(beta, int) for beta in betas
    ):
        raise ValueError("betas must be either both floats or both Tensors")


class AdamSteps(Steps):
    """What Adam and AdamW share: one call of the engine steps all parameters of a group."""

    _decoupled = False

    def _update(self, group, params):
        amsgrad = group["amsgrad"]
        states = [self.state[param] for param in params]
        for param, state in zip(params, states, strict=True):
            if not state:
                state["step"] = scalar(0.0)
                for name in ("exp_avg", "exp_avg_sq", *(("max_exp_avg_sq",) if amsgrad else ())):
                    state[name] = zeros_like(param)
        beta1, beta2 = group["betas"]
        options = (group["lr"], beta1, beta2, group["eps"], group["weight_decay"])
        _ops.adam(
            params,
            [state["exp_avg"] for state in states],
            [state["exp_avg_sq"] for state in states],
            [state["max_exp_avg_sq"] for state in states] if amsgrad else [],
            [state["step"] for state in states],
            *map(float, options),
            self._decoupled,
            amsgrad,
            group["maximize"],
        )


class Adam(AdamSteps):
    """Steps scaled by running means of the gradient and of its square."""

    def __init__(
        self,
        params,
        lr=1e-3,
        betas=(0.9, 0.999),
        eps=1e-8,
        weight_decay=0,
        amsgrad=False,
        *,
        foreach=None,
        maximize=False,
        capturable=False,
        differentiable=False,
        fused=None,
    ):
        check_options(
            "Adam", lr, betas, differentiable, foreach, fused, eps=eps, weight_decay=weight_decay
        )
        check_betas(betas)
        defaults = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "amsgrad": amsgrad,
            "maximize": maximize,
            "foreach": foreach,
            "capturable": capturable,
            "differentiable": differentiable,
            "fused": fused,
        }
        super().__init__(params, defaults)
