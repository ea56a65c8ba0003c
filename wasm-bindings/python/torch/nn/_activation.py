"""Activations of torch.nn.functional."""

from .. import _composed, _dtypes, _ops
from .._method_table import function
from .._warn import warn
from ._common import inplace as inplace_over
from ._common import defined_in, named


@function
def relu(input, inplace=False):
    """max(x, 0)."""
    return inplace_over(input, _ops.relu(input), inplace)


def leaky_relu(input, negative_slope=0.01, inplace=False):
    """x, times negative_slope where below zero."""
    return inplace_over(
        input, _ops.leaky_relu(input, negative_slope), inplace, "LeakyReluBackward1"
    )


def elu(input, alpha=1.0, inplace=False):
    """x, and alpha (eˣ - 1) where below zero."""
    return inplace_over(input, _ops.elu(input, alpha), inplace, "EluBackward1")


@function
def celu(input, alpha=1.0, inplace=False):
    """x, and alpha (e^(x/alpha) - 1) where below zero."""
    return inplace_over(
        input, named(_ops.elu(input / alpha, 1.0) * alpha, "CeluBackward0"), inplace
    )


@function
def selu(input, inplace=False):
    """The self-normalising ELU."""
    return inplace_over(
        input,
        named(_ops.elu(input, 1.6732632423543772) * 1.0507009873554805, "EluBackward0"),
        inplace,
    )


def gelu(input, approximate="none"):
    """x Φ(x); approximate is "none" or "tanh"."""
    if approximate not in ("none", "tanh"):
        raise RuntimeError("approximate argument must be either none or tanh.")
    return _ops.gelu(input, approximate == "tanh")


def silu(input, inplace=False):
    """x σ(x)."""
    return inplace_over(input, _ops.silu(input), inplace)


def mish(input, inplace=False):
    """x tanh(softplus(x))."""
    return inplace_over(
        input, named(input * _ops.tanh(_ops.softplus(input, 1.0, 20.0)), "MishBackward0"), inplace
    )


def softplus(input, beta=1.0, threshold=20.0):
    """log(1 + e^(beta x)) / beta."""
    return _ops.softplus(input, beta, threshold)


def hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False):
    """x cut to [min_val, max_val]."""
    return inplace_over(input, _ops.hardtanh(input, min_val, max_val), inplace)


def relu6(input, inplace=False):
    """x cut to [0, 6]."""
    return hardtanh(input, 0.0, 6.0, inplace)


def hardsigmoid(input, inplace=False):
    """(x + 3) / 6 cut to [0, 1]."""
    return inplace_over(
        input, named(_ops.hardtanh(input + 3, 0.0, 6.0) / 6, "HardsigmoidBackward0"), inplace
    )


def hardswish(input, inplace=False):
    """x hardsigmoid(x)."""
    return inplace_over(input, named(input * hardsigmoid(input), "HardswishBackward0"), inplace)


def logsigmoid(input):
    """log σ(x)."""
    return _ops.logsigmoid(input)


def softsign(input):
    """x / (1 + |x|)."""
    return input / (_ops.abs(input) + 1)


def tanhshrink(input):
    """x - tanh(x)."""
    return input - _ops.tanh(input)


@function
def hardshrink(input, lambd=0.5):
    """x, and 0 where |x| <= lambd."""
    return named(_ops.masked_fill(input, _ops.abs(input) <= lambd, 0), "HardshrinkBackward0")


def softshrink(input, lambd=0.5):
    """x moved towards zero by lambd."""
    if lambd < 0:
        raise RuntimeError(f"lambda must be greater or equal to 0, but found to be {lambd:g}.")
    moved = input - _ops.sign(input.detach()) * lambd
    return named(_ops.where(_ops.abs(input) <= lambd, input * 0, moved), "SoftshrinkBackward0")


def threshold(input, threshold, value, inplace=False):
    """x, and value where x <= threshold."""
    return inplace_over(
        input,
        named(_ops.masked_fill(input, input <= threshold, value), "ThresholdBackward0"),
        inplace,
    )


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


def tanh(input):
    """tanh x."""
    return _ops.tanh(input)


def sigmoid(input):
    """1 / (1 + e⁻ˣ)."""
    return _ops.sigmoid(input)


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


relu_ = _over(relu)
elu_ = _over(elu)
celu_ = _over(celu)
selu_ = _over(selu)
leaky_relu_ = _over(leaky_relu)
hardtanh_ = _over(hardtanh)
rrelu_ = _over(rrelu)
threshold_ = _over(threshold)


__all__ = defined_in(globals())
