"""Adafactor.                                                              [Shazeer & Stern 2018]"""

from .. import _dtypes, _ops
from .._tensor import Tensor
from ._steps import Steps, zeros_like


class Adafactor(Steps):
    """Adam's second moment kept as a row and a column of each matrix."""

    __module__ = "torch.optim"
    _decays_gradient = False

    def __init__(
        self,
        params,
        lr=1e-2,
        beta2_decay=-0.8,
        eps=(None, 1e-3),
        d=1.0,
        weight_decay=0.0,
        *,
        foreach=None,
        maximize=False,
    ):
        if isinstance(lr, Tensor) and lr.numel() != 1:
            raise ValueError("Tensor lr must be 1-element")
        for name, value, fits, bound in (
            ("Learning rate", lr, lr >= 0.0, ">= 0"),
            ("beta2_decay", beta2_decay, beta2_decay <= 0.0, "<= 0"),
            ("epsilon1", eps[0], eps[0] is None or eps[0] >= 0.0, ">= 0"),
            ("epsilon2", eps[1], eps[1] >= 0.0, ">= 0"),
            ("Clipping threshold d", d, d >= 1.0, ">= 1"),
            ("weight_decay", weight_decay, weight_decay >= 0.0, ">= 0"),
        ):
            if not fits:
                raise ValueError(f"{name} should be {bound} but is: {value}")
        defaults = {
            "lr": lr,
            "beta2_decay": beta2_decay,
            "eps": eps,
            "d": d,
            "weight_decay": weight_decay,
            "foreach": foreach,
            "maximize": maximize,
        }
        super().__init__(params, defaults)

    def _start(self, state, param, group):
        shape = list(param.shape)
        if len(shape) > 1:
            state["row_var"] = _ops.full([*shape[:-1], 1], 0, param.dtype)
            state["col_var"] = _ops.full([*shape[:-2], 1, shape[-1]], 0, param.dtype)
        else:
            state["variance"] = zeros_like(param)

    def _change(self, param, grad, state, group):
        step, lr = state["step"].item(), float(group["lr"])
        eps1, eps2 = group["eps"]
        eps1 = _dtypes.finfo(param.dtype).eps if eps1 is None else eps1
        weight = step ** group["beta2_decay"]
        count = param.numel() ** 0.5
        size = max(eps2, param.norm(2).item() / count) * min(lr, 1 / step**0.5)
        if group["weight_decay"]:
            param.mul_(1 - lr * group["weight_decay"])
        if grad.dim() > 1:
            row, column = state["row_var"], state["col_var"]
            for kept, dim in ((row, -1), (column, -2)):
                mean = _ops.norm(grad, 2.0, dim, True).square().div_(grad.size(dim))
                kept.lerp_(mean, weight)
            variance = (row @ column).div_(row.mean(dim=-2, keepdim=True).clamp_(min=eps1))
        else:
            variance = state["variance"].lerp_(grad * grad, weight)
        update = variance.clamp(min=eps1 * eps1).rsqrt().mul_(grad)
        longer = max(1.0, update.norm(2).item() / (count * group["d"]))
        param.add_(update, alpha=-size / longer)
