"""Activations of torch.nn.functional."""

from .. import _composed, _dtypes, _ops
from .._method_table import function
from .._warn import warn
from . import _activation_table
from ._activation_table import *  # noqa: F403
from ._common import defined_in, named
from ._common import inplace as inplace_over


def gelu(input, approximate="none"):
    """x Φ(x); approximate is "none" or "tanh"."""
    if approximate not in ("none", "tanh"):
        raise RuntimeError("approximate argument must be either none or tanh.")
    return _ops.gelu(input, approximate == "tanh")


def softshrink(input, lambd=0.5):
    """x moved towards zero by lambd."""
    if lambd < 0:
        raise RuntimeError(f"lambda must be greater or equal to 0, but found to be {lambd:g}.")
    moved = input - _ops.sign(input.detach()) * lambd
    return named(_ops.where(_ops.abs(input) <= lambd, input * 0, moved), "SoftshrinkBackward0")


@function
def prelu(input, weight):
    """x, times weight (one, or one a channel) where below zero."""
    if weight.numel() > 1:
        channels = input.size(1) if input.dim() > 1 else 1
        if input.dim() == 0:
            raise RuntimeError("Not allow zero-dim input tensor.")
        if weight.numel() != channels:
            raise RuntimeError(
                "Mismatch of parameter numbers and input channel size. Found parameter numbers = "
                f"{weight.numel()} and channel size = {channels}."
            )
        weight = weight.reshape([-1 if dim == 1 else 1 for dim in range(input.dim())])
    elif weight.dim():
        weight = weight.reshape([1] * input.dim())
    return named(_ops.where(input > 0, input, input * weight), "PreluKernelBackward0")


def rrelu(input, lower=1.0 / 8, upper=1.0 / 3, training=False, inplace=False):
    """x, times a slope where below zero: drawn from U(lower, upper) while training, else their
    mean.
    """
    if not training:
        made = _ops.leaky_relu(input, (lower + upper) / 2)
    else:
        from .._random_creation import rand

        below = input.detach() <= 0
        count = int(below.sum())
        drawn = rand(count, dtype=_dtypes.float64) * (upper - lower) + lower
        slope = _ops.full(input.shape, 1, input.dtype)
        slope[below] = drawn.to(input.dtype)
        made = input * slope
    return inplace_over(input, named(made, "RreluWithNoiseBackward0"), inplace)


def glu(input, dim=-1):
    """a σ(b) for the two halves a, b of dim."""
    if input.dim() == 0:
        raise RuntimeError("glu does not support 0-dimensional tensors")
    if input.size(dim) % 2:
        raise RuntimeError(
            f"Halving dimension must be even, but dimension {dim % input.dim()} is size "
            f"{input.size(dim)}"
        )
    a, b = _ops.chunk(input, 2, dim)
    return named(a * _ops.sigmoid(b), "GluBackward0")


def _implicit_dim(name, input):
    warn(
        f"Implicit dimension choice for {name} has been deprecated. "
        "Change the call to include dim=X as an argument.",
    )
    return 0 if input.dim() in (0, 1, 3) else 1


def softmax(input, dim=None, _stacklevel=3, dtype=None):
    """eˣ scaled to sum to one along dim."""
    return _ops.softmax(input, _implicit_dim("softmax", input) if dim is None else dim, dtype)


def log_softmax(input, dim=None, _stacklevel=3, dtype=None):
    """log of softmax along dim."""
    return _ops.log_softmax(
        input, _implicit_dim("log_softmax", input) if dim is None else dim, dtype
    )


def softmin(input, dim=None, _stacklevel=3, dtype=None):
    """softmax of -x."""
    return _ops.softmax(-input, _implicit_dim("softmin", input) if dim is None else dim, dtype)


def gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1):
    """Samples of the Gumbel-softmax distribution; one-hot where hard."""
    noise = -_ops.log(_composed.full(logits.shape, 0.0).exponential_())
    soft = softmax((logits + noise) / tau, dim)
    if not hard:
        return soft
    one = _ops.scatter(soft.detach() * 0, dim, soft.argmax(dim, True), 1.0)
    return one - soft.detach() + soft


def _over(function):
    """The form of an activation that writes over its input."""

    def activation_(input, *args, **kwargs):
        return function(input, *args, **kwargs, inplace=True)

    activation_.__name__ = activation_.__qualname__ = function.__name__ + "_"
    activation_.__doc__ = f"{function.__name__}, written over its input."
    return activation_


for _name in ("relu", "elu", "celu", "selu", "leaky_relu", "hardtanh", "rrelu", "threshold"):
    globals()[f"{_name}_"] = _over(globals()[_name])

__all__ = defined_in(globals()) + defined_in(vars(_activation_table))
