"""Adam.                                                                       [Kingma & Ba 2015]"""

from .. import _ops
from .optimizer import Optimizer


class Adam(Optimizer):
    """Steps scaled by running means of the gradient and of its square."""

    _decoupled = False

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
        if not lr >= 0.0:
            raise ValueError(f"Invalid learning rate: {lr}")
        if not eps >= 0.0:
            raise ValueError(f"Invalid epsilon value: {eps}")
        for i in (0, 1):
            if not 0.0 <= betas[i] < 1.0:
                raise ValueError(f"Invalid beta parameter at index {i}: {betas[i]}")
        if not weight_decay >= 0.0:
            raise ValueError(f"Invalid weight_decay value: {weight_decay}")
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

    def _state_of(self, param, amsgrad):
        state = self.state[param]
        if not state:
            state["step"] = 0
            for name in ("exp_avg", "exp_avg_sq", *(("max_exp_avg_sq",) if amsgrad else ())):
                state[name] = _ops.full(param.shape, 0, param.dtype)
        state["step"] += 1
        return state

    def _update(self, group, params):
        amsgrad = group["amsgrad"]
        by_step = {}
        for param in params:
            state = self._state_of(param, amsgrad)
            by_step.setdefault(int(state["step"]), []).append((param, state))
        beta1, beta2 = group["betas"]
        options = [
            float(v) for v in (group["lr"], beta1, beta2, group["eps"], group["weight_decay"])
        ]
        options += [self._decoupled, amsgrad, group["maximize"]]
        for step, pairs in by_step.items():
            states = [state for _, state in pairs]
            _ops.adam(
                [param for param, _ in pairs],
                [state["exp_avg"] for state in states],
                [state["exp_avg_sq"] for state in states],
                [state["max_exp_avg_sq"] for state in states] if amsgrad else [],
                *options,
                step,
            )
