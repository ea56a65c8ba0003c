"""torch.nn.init: filling weights. The same seed gives the same weights as PyTorch."""

import math

from .. import _ops
from .._warn import warn
from ..autograd.grad_mode import no_grad

_GAINS = {"tanh": 5.0 / 3, "relu": math.sqrt(2.0), "selu": 3.0 / 4}
_LINEAR = [
    "linear",
    "conv1d",
    "conv2d",
    "conv3d",
    "conv_transpose1d",
    "conv_transpose2d",
    "conv_transpose3d",
    "sigmoid",
]


def _stream(generator):
    return 0 if generator is None else generator._id


def calculate_gain(nonlinearity, param=None):
    """By how much to scale weights for an activation."""
    if nonlinearity in _LINEAR:
        return 1
    if nonlinearity == "leaky_relu":
        if param is None:
            slope = 0.01
        elif isinstance(param, (int, float)) and not isinstance(param, bool):
            slope = param
        else:
            raise ValueError(f"negative_slope {param} not a valid number")
        return math.sqrt(2.0 / (1 + slope**2))
    if nonlinearity in _GAINS:
        return _GAINS[nonlinearity]
    raise ValueError(f"Unsupported nonlinearity {nonlinearity}")


def uniform_(tensor, a=0.0, b=1.0, generator=None):
    """Fill from U(a, b)."""
    with no_grad():
        _ops.uniform_(tensor, a, b, _stream(generator))
    return tensor


def normal_(tensor, mean=0.0, std=1.0, generator=None):
    """Fill from N(mean, std²)."""
    with no_grad():
        return tensor.normal_(mean, std, generator=generator)


def _inverse_erf(y):
    """erf⁻¹ in double precision: Winitzki's approximation, then Newton's steps."""
    a = 0.147
    log = _ops.log1p(-y * y)
    half = 2 / (math.pi * a) + log / 2
    x = _ops.sign(y) * _ops.sqrt(_ops.sqrt(half * half - log / a) - half)
    for _ in range(4):
        x = x - (_ops.erf(x) - y) * (math.sqrt(math.pi) / 2) * _ops.exp(x * x)
    return _ops.where(_ops.abs(y) < 1, x, y * math.inf)


def trunc_normal_(tensor, mean=0.0, std=1.0, a=-2.0, b=2.0, generator=None):
    """Fill from N(mean, std²), drawn again where it falls outside [a, b]."""

    def below(x):
        return (1.0 + math.erf(x / math.sqrt(2.0))) / 2.0

    if mean < a - 2 * std or mean > b + 2 * std:
        warn(
            "mean is more than 2 std from [a, b] in nn.init.trunc_normal_. "
            "The distribution of values may be incorrect."
        )
    with no_grad():
        low, high = below((a - mean) / std), below((b - mean) / std)
        tensor.uniform_(2 * low - 1, 2 * high - 1, generator=generator)
        tensor.copy_(_inverse_erf(tensor.double()))
        return tensor.mul_(std * math.sqrt(2.0)).add_(mean).clamp_(min=a, max=b)


def constant_(tensor, val):
    """Fill with one value."""
    with no_grad():
        return tensor.fill_(val)


def ones_(tensor):
    """Fill with ones."""
    return constant_(tensor, 1.0)


def zeros_(tensor):
    """Fill with zeros."""
    return constant_(tensor, 0.0)


def eye_(tensor):
    """Make a matrix the identity."""
    if tensor.ndimension() != 2:
        raise ValueError("Only tensors with 2 dimensions are supported")
    with no_grad():
        return tensor.copy_(_ops.eye(*tensor.shape, tensor.dtype))


def _calculate_fan_in_and_fan_out(tensor):
    """(inputs, outputs) of a layer with this weight."""
    if tensor.dim() < 2:
        raise ValueError(
            "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions"
        )
    field = math.prod(tensor.shape[2:])
    return tensor.size(1) * field, tensor.size(0) * field


def _calculate_correct_fan(tensor, mode):
    """The fan that mode ("fan_in" or "fan_out") names."""
    mode = mode.lower()
    modes = ["fan_in", "fan_out"]
    if mode not in modes:
        raise ValueError(f"Mode {mode} not supported, please use one of {modes}")
    return _calculate_fan_in_and_fan_out(tensor)[modes.index(mode)]


def xavier_uniform_(tensor, gain=1.0, generator=None):
    """Fill from U(-a, a) with a = gain √(6 / (fan_in + fan_out)).  [Glorot & Bengio 2010]"""
    fan_in, fan_out = _calculate_fan_in_and_fan_out(tensor)
    std = gain * math.sqrt(2.0 / float(fan_in + fan_out))
    bound = math.sqrt(3.0) * std
    return uniform_(tensor, -bound, bound, generator)


def xavier_normal_(tensor, gain=1.0, generator=None):
    """Fill from N(0, gain² 2 / (fan_in + fan_out)).  [Glorot & Bengio 2010]"""
    fan_in, fan_out = _calculate_fan_in_and_fan_out(tensor)
    return normal_(tensor, 0.0, gain * math.sqrt(2.0 / float(fan_in + fan_out)), generator)


def _kaiming_std(tensor, a, mode, nonlinearity):
    return calculate_gain(nonlinearity, a) / math.sqrt(_calculate_correct_fan(tensor, mode))


def _is_empty(tensor):
    if 0 in tensor.shape:
        warn("Initializing zero-element tensors is a no-op")
        return True
    return False


def kaiming_uniform_(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu", generator=None):
    """Fill from U(-b, b) with b = gain √(3 / fan).  [He et al. 2015]"""
    if _is_empty(tensor):
        return tensor
    bound = math.sqrt(3.0) * _kaiming_std(tensor, a, mode, nonlinearity)
    return uniform_(tensor, -bound, bound, generator)


def kaiming_normal_(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu", generator=None):
    """Fill from N(0, gain² / fan).  [He et al. 2015]"""
    if _is_empty(tensor):
        return tensor
    return normal_(tensor, 0.0, _kaiming_std(tensor, a, mode, nonlinearity), generator)


def sparse_(tensor, sparsity, std=0.01, generator=None):
    """Fill from N(0, std²), with a share of zeros in each column."""
    if tensor.ndimension() != 2:
        raise ValueError("Only tensors with 2 dimensions are supported")
    from .._random_creation import randperm

    rows, columns = tensor.shape
    zeros = math.ceil(sparsity * rows)
    with no_grad():
        tensor.normal_(0, std, generator=generator)
        for column in range(columns):
            tensor[randperm(rows)[:zeros], column] = 0
    return tensor


def dirac_(tensor, groups=1):
    """Make a convolution's weight pass its input through, channel by channel."""
    if tensor.ndimension() not in (3, 4, 5):
        raise ValueError("Only tensors with 3, 4, or 5 dimensions are supported")
    if tensor.size(0) % groups != 0:
        raise ValueError("dim 0 must be divisible by groups")
    rows = tensor.size(0) // groups
    middle = tuple(size // 2 for size in tensor.shape[2:])
    with no_grad():
        tensor.zero_()
        for group in range(groups):
            for d in range(min(rows, tensor.size(1))):
                tensor[(group * rows + d, d, *middle)] = 1
    return tensor


def _orthonormal(matrix):
    """The columns made orthonormal one after the other, twice for exactness."""
    columns = []
    for column in _ops.unbind(matrix, 1):
        for _ in range(2 if columns else 0):
            before = _ops.stack(columns, 1)
            column = column - _ops.mv(before, _ops.mv(before.t(), column))
        columns.append(column / _ops.norm(column, 2.0, None, False))
    return _ops.stack(columns, 1)


def orthogonal_(tensor, gain=1, generator=None):
    """Fill with a matrix whose rows, or columns, are orthonormal.  [Saxe et al. 2013]"""
    if tensor.ndimension() < 2:
        raise ValueError("Only tensors with 2 or more dimensions are supported")
    if tensor.numel() == 0:
        return tensor
    rows = tensor.size(0)
    with no_grad():
        flat = _ops.full((rows, tensor.numel() // rows), 0, tensor.dtype)
        flat.normal_(0, 1, generator=generator)
        wide = flat.size(0) < flat.size(1)
        made = _orthonormal((flat.t() if wide else flat).double())
        tensor.copy_((made.t() if wide else made).reshape(tensor.shape).to(tensor.dtype))
        return tensor.mul_(gain)


def _deprecated(function):
    name = function.__name__[:-1]

    def old(*args, **kwargs):
        warn(
            f"`nn.init.{name}` is now deprecated in favor of `nn.init.{name}_`.",
            FutureWarning,
        )
        return function(*args, **kwargs)

    old.__name__ = old.__qualname__ = name
    old.__doc__ = f"The old name of {name}_."
    return old


uniform = _deprecated(uniform_)
normal = _deprecated(normal_)
constant = _deprecated(constant_)
eye = _deprecated(eye_)
xavier_uniform = _deprecated(xavier_uniform_)
xavier_normal = _deprecated(xavier_normal_)
kaiming_uniform = _deprecated(kaiming_uniform_)
kaiming_normal = _deprecated(kaiming_normal_)
sparse = _deprecated(sparse_)
orthogonal = _deprecated(orthogonal_)
dirac = _deprecated(dirac_)
