"""AdamW.                                                              [Loshchilov & Hutter 2019]"""

from ._checks import check_options
from .adam import AdamSteps, check_betas


class AdamW(AdamSteps):
    """Adam with weight decay apart from the gradient."""

    _decoupled = True

    def __init__(
        self,
        params,
        lr=1e-3,
        betas=(0.9, 0.999),
        eps=1e-8,
        weight_decay=1e-2,
        amsgrad=False,
        *,
        maximize=False,
        foreach=None,
        capturable=False,
        differentiable=False,
        fused=None,
    ):
        check_options(
            "AdamW", lr, betas, differentiable, foreach, fused, eps=eps, weight_decay=weight_decay
        )
        check_betas(betas)
        defaults = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "amsgrad": amsgrad,
            "foreach": foreach,
            "maximize": maximize,
            "capturable": capturable,
            "differentiable": differentiable,
            "fused": fused,
        }
        super().__init__(params, defaults)
