"""Normalisations of torch.nn.functional beside layer_norm."""

from .. import _ops
from ..autograd.grad_mode import no_grad
from ._pool import avg_pool2d, avg_pool3d

__all__ = ["batch_norm", "group_norm", "instance_norm", "local_response_norm", "rms_norm"]


def _product(values):
    result = 1
    for value in values:
        result *= value
    return result


def batch_norm(
    input,
    running_mean,
    running_var,
    weight=None,
    bias=None,
    training=False,
    momentum=0.1,
    eps=1e-05,
):
    """Mean 0 and variance 1 for each channel of (N, C, *), then weight and bias."""
    size = input.size()
    if training and _product([size[0], *size[2:]]) == 1:
        raise ValueError(
            f"Expected more than 1 value per channel when training, got input size {size}"
        )
    return _ops.batch_norm(
        input, weight, bias, running_mean, running_var, training, float(momentum), eps
    )


def instance_norm(
    input,
    running_mean=None,
    running_var=None,
    weight=None,
    bias=None,
    use_input_stats=True,
    momentum=0.1,
    eps=1e-05,
):
    """Mean 0 and variance 1 for each channel of each sample of (N, C, *)."""
    size = input.size()
    if use_input_stats and _product(size[2:]) == 1:
        raise ValueError(
            f"Expected more than 1 spatial element when training, got input size {size}"
        )
    samples = size[0]

    def repeated(vector):
        return None if vector is None else vector.repeat(samples)

    stats = [None if s is None else s.detach().repeat(samples) for s in (running_mean, running_var)]
    rows = input.contiguous().view(1, samples * size[1], *size[2:])
    made = _ops.batch_norm(
        rows, repeated(weight), repeated(bias), *stats, use_input_stats, float(momentum), eps
    )
    with no_grad():
        for running, found in zip((running_mean, running_var), stats, strict=True):
            if running is not None and use_input_stats:
                running.copy_(found.view(samples, size[1]).mean(0))
    return made.view(size)


def group_norm(input, num_groups, weight=None, bias=None, eps=1e-05):
    """Mean 0 and variance 1 for each group of channels of (N, C, *)."""
    if input.dim() < 2:
        raise RuntimeError(
            f"Expected at least 2 dimensions for input tensor but received {input.dim()}"
        )
    size = input.size()
    if _product([size[0] * size[1] // num_groups, num_groups, *size[2:]]) == 1 and num_groups:
        raise ValueError(
            "Expected more than 1 value per channel when training, got input size "
            f"{[size[0] * size[1] // num_groups, num_groups, *size[2:]]}"
        )
    return _ops.group_norm(input, num_groups, weight, bias, eps)


def rms_norm(input, normalized_shape, weight=None, eps=None):
    """x divided by the root of its mean square over the last dimensions."""
    from .._dtypes import finfo

    shape = tuple(normalized_shape)
    if not shape:
        raise RuntimeError(
            "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least "
            "one element, but got normalized_shape = []"
        )
    if tuple(input.shape[-len(shape) :]) != shape or input.dim() < len(shape):
        stars = "".join(f", {size}" for size in shape)
        raise RuntimeError(
            f"Given normalized_shape={list(shape)}, expected input with shape [*{stars}], but got "
            f"input of size{list(input.shape)}"
        )
    if eps is None:
        eps = finfo(input.dtype).eps
    dims = tuple(range(-len(shape), 0))
    scale = _ops.rsqrt(_ops.mean(_ops.pow(input, 2), dims, True, None) + eps)
    made = input * scale
    return made if weight is None else made * weight


def local_response_norm(input, size, alpha=0.0001, beta=0.75, k=1.0):
    """x divided by (k + alpha · mean of squares of the neighbouring channels) ** beta."""
    dim = input.dim()
    if dim < 3:
        raise ValueError(f"Expected 3D or higher dimensionality input (got {dim} dimensions)")
    if input.numel() == 0:
        return input
    squares = (input * input).unsqueeze(1)
    ends = (size // 2, (size - 1) // 2)
    if dim == 3:
        padded = _ops.pad(squares, (0, 0, *ends), 0.0)
        mean = avg_pool2d(padded, (size, 1), stride=1).squeeze(1)
    else:
        shape = input.size()
        squares = squares.view(shape[0], 1, shape[1], shape[2], -1)
        padded = _ops.pad(squares, (0, 0, 0, 0, *ends), 0.0)
        mean = avg_pool3d(padded, (size, 1, 1), stride=1).squeeze(1).view(shape)
    return input / (mean * alpha + k) ** beta
