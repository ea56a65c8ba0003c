"""Checks of options that several optimizers share, in PyTorch's words."""

from .._missing import missing
from .._tensor import Tensor

_WORDS = {"lr": "learning rate", "eps": "epsilon value"}


def check_options(kind, lr, betas=(), differentiable=False, foreach=None, fused=None, **values):
    """Raise ValueError for an option out of range: `values` are those that must not be negative."""
    if isinstance(lr, Tensor) and lr.numel() != 1:
        raise ValueError("Tensor lr must be 1-element")
    for name, value in {"lr": lr, **values}.items():
        if not value >= 0.0:
            raise ValueError(f"Invalid {_WORDS.get(name, name + ' value')}: {value}")
    for i, beta in enumerate(betas):
        if not 0.0 <= beta < 1.0:
            raise ValueError(f"Invalid beta parameter at index {i}: {beta}")
    if fused and differentiable:
        raise RuntimeError("`fused` does not support `differentiable`")
    if fused and foreach:
        raise RuntimeError("`fused` and `foreach` cannot be `True` together.")
    if differentiable:
        raise missing(
            f"torch.optim.{kind}(differentiable=True)",
            "write the step with torch.autograd.grad(..., create_graph=True)",
        )
