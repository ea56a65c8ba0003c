"""Adagrad.                                                                   [Duchi et al. 2011]"""

from .. import _ops
from ._checks import check_options
from ._steps import Steps
from .optimizer import scalar


class Adagrad(Steps):
    """Steps scaled by the root of the sum of all squares of the gradient so far."""

    def __init__(
        self,
        params,
        lr=1e-2,
        lr_decay=0,
        weight_decay=0,
        initial_accumulator_value=0,
        eps=1e-10,
        foreach=None,
        *,
        maximize=False,
        differentiable=False,
        fused=None,
    ):
        check_options(
            "Adagrad",
            lr,
            differentiable=differentiable,
            foreach=foreach,
            fused=fused,
            lr_decay=lr_decay,
            weight_decay=weight_decay,
            initial_accumulator_value=initial_accumulator_value,
            eps=eps,
        )
        defaults = {
            "lr": lr,
            "lr_decay": lr_decay,
            "eps": eps,
            "weight_decay": weight_decay,
            "initial_accumulator_value": initial_accumulator_value,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "fused": fused,
        }
        super().__init__(params, defaults)
        # The sums are there before the first step, as in PyTorch.
        for group in self.param_groups:
            for param in group["params"]:
                state = self.state[param]
                state["step"] = scalar(0.0)
                self._start(state, param, group)

    def _start(self, state, param, group):
        state["sum"] = _ops.full(
            param.shape, float(group["initial_accumulator_value"]), param.dtype
        )

    def _change(self, param, grad, state, group):
        rate = float(group["lr"]) / (1 + (state["step"].item() - 1) * group["lr_decay"])
        root = state["sum"].addcmul_(grad, grad, value=1).sqrt().add_(group["eps"])
        param.addcdiv_(grad, root, value=-rate)
