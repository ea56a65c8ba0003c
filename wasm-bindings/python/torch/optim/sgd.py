"""Stochastic gradient descent."""

from .. import _ops
from ._checks import check_options
from ._steps import Steps


class SGD(Steps):
    """θ ← θ - lr g, with momentum, dampening, Nesterov's form and weight decay."""

    def __init__(
        self,
        params,
        lr=1e-3,
        momentum=0,
        dampening=0,
        weight_decay=0,
        nesterov=False,
        *,
        maximize=False,
        foreach=None,
        differentiable=False,
        fused=None,
    ):
        check_options(
            "SGD",
            lr,
            differentiable=differentiable,
            foreach=foreach,
            fused=fused,
            momentum=momentum,
            weight_decay=weight_decay,
        )
        if nesterov and (momentum <= 0 or dampening != 0):
            raise ValueError("Nesterov momentum requires a momentum and zero dampening")
        defaults = {
            "lr": lr,
            "momentum": momentum,
            "dampening": dampening,
            "weight_decay": weight_decay,
            "nesterov": nesterov,
            "maximize": maximize,
            "foreach": foreach,
            "differentiable": differentiable,
            "fused": fused,
        }
        super().__init__(params, defaults)

    def _update(self, group, params):
        options = [float(group[name]) for name in ("lr", "momentum", "dampening", "weight_decay")]
        options += [group["nesterov"], group["maximize"]]
        if not group["momentum"]:
            _ops.sgd(params, [], *options, True)
            return
        old, new = [], []
        for param in params:
            (old if self.state[param].get("momentum_buffer") is not None else new).append(param)
        for param in new:
            self.state[param]["momentum_buffer"] = _ops.empty(param.shape, param.dtype)
        for first, some in ((False, old), (True, new)):
            if some:
                buffers = [self.state[param]["momentum_buffer"] for param in some]
                _ops.sgd(some, buffers, *options, first)
