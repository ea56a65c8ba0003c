"""SparseAdam: Adam for sparse gradients, which no tensor has here."""

from ._checks import check_options
from ._steps import Steps


class SparseAdam(Steps):
    """Takes the options; a step over dense gradients raises PyTorch's error."""

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, maximize=False):
        check_options("SparseAdam", lr, betas, eps=eps)
        if not lr > 0.0:
            raise ValueError(f"Invalid learning rate: {lr}")
        if not eps > 0.0:
            raise ValueError(f"Invalid epsilon value: {eps}")
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps, "maximize": maximize})

    def _update(self, group, params):
        raise RuntimeError(
            "SparseAdam does not support dense gradients, please consider Adam instead"
        )
