"""Poolings of torch.nn.functional."""

from .. import _dtypes, _ops
from ._common import named, size_text, sizes

__all__ = [
    "adaptive_avg_pool1d",
    "adaptive_avg_pool2d",
    "adaptive_avg_pool3d",
    "adaptive_max_pool1d",
    "adaptive_max_pool1d_with_indices",
    "adaptive_max_pool2d",
    "adaptive_max_pool2d_with_indices",
    "adaptive_max_pool3d",
    "adaptive_max_pool3d_with_indices",
    "avg_pool1d",
    "avg_pool2d",
    "avg_pool3d",
    "lp_pool1d",
    "lp_pool2d",
    "lp_pool3d",
    "max_pool1d",
    "max_pool1d_with_indices",
    "max_pool2d",
    "max_pool2d_with_indices",
    "max_pool3d",
    "max_pool3d_with_indices",
    "max_unpool1d",
    "max_unpool2d",
    "max_unpool3d",
]


def _check_dims(input, dims, name):
    if input.dim() in (dims + 1, dims + 2):
        return
    low, high, got = dims + 1, dims + 2, size_text(input.shape)
    if name == "max_pool2d":
        raise RuntimeError("non-empty 3D or 4D (batch mode) tensor expected for input")
    if dims == 1:
        raise RuntimeError(
            f"{name}: Expected 2D or 3D (batch mode) tensor with optional 0 dim batch size for "
            f"input, but got:{got}"
        )
    raise RuntimeError(f"{name}(): Expected {low}D or {high}D tensor, but got: {got}")


#: The nodes of poolings of images, which take an input without a batch as it is.
_NODES = {
    "max_pool2d": "MaxPool2DWithIndicesBackward0",
    "max_pool3d": "MaxPool3DWithIndicesBackward0",
    "avg_pool2d": "AvgPool2DBackward0",
    "avg_pool3d": "AvgPool3DBackward0",
    "adaptive_max_pool2d": "AdaptiveMaxPool2DBackward0",
    "adaptive_max_pool3d": "AdaptiveMaxPool3DBackward0",
    "adaptive_avg_pool2d": "AdaptiveAvgPool2DBackward0",
    "adaptive_avg_pool3d": "AdaptiveAvgPool3DBackward0",
}


def _pooled(op, input, dims, name):
    """op on (N, C, *): one spatial dim is pooled as the row of an image, as in PyTorch."""
    _check_dims(input, dims, name)
    single = input.dim() == dims + 1
    x = input.unsqueeze(0) if single else input
    x = x.unsqueeze(-2) if dims == 1 else x
    found = op(x)
    several = isinstance(found, tuple)
    parts = list(found) if several else [found]
    if dims == 1:
        parts = [part.squeeze(-2) for part in parts]
    if single:
        parts = [part.squeeze(0) for part in parts]
        if dims > 1:
            parts[0] = named(parts[0], _NODES[name])
    return tuple(parts) if several else parts[0]


def _row(values, dims, first):
    """The options of a row as those of an image."""
    return (first, *values) if dims == 1 else tuple(values)


def _stride(stride, kernel_size, dims):
    given = stride is not None and not (isinstance(stride, (tuple, list)) and not stride)
    return sizes(stride if given else kernel_size, dims)


def _max_pool(name, dims, input, kernel_size, stride, padding, dilation, ceil_mode):
    kernel, step = sizes(kernel_size, dims), _stride(stride, kernel_size, dims)
    if dims == 1:
        _check_row(input, kernel[0], step[0], *sizes(padding, 1), *sizes(dilation, 1), ceil_mode)
    options = (
        _row(kernel, dims, 1),
        _row(step, dims, 1),
        _row(sizes(padding, dims), dims, 0),
        _row(sizes(dilation, dims), dims, 1),
        ceil_mode,
    )
    return _pooled(lambda x: _ops.max_pool(x, *options), input, dims, name)


def _check_row(input, kernel, stride, padding, dilation, ceil_mode):
    """Raise the errors that PyTorch has for max_pool1d alone."""
    if padding > kernel // 2:
        raise RuntimeError(
            "max_pool1d() padding should be at most half of kernel size, but got "
            f"padding={padding} and kernel_size={kernel}"
        )
    if input.dim() in (2, 3) and stride > 0:
        room = input.size(-1) + 2 * padding - dilation * (kernel - 1) - 1
        size = -(-room // stride) + 1 if ceil_mode else room // stride + 1
        if size < 1:
            raise RuntimeError(f"max_pool1d() Invalid computed output size: {size}")


def _make_max_pool(dims):
    name = f"max_pool{dims}d"

    def with_indices(
        input,
        kernel_size,
        stride=None,
        padding=0,
        dilation=1,
        ceil_mode=False,
        return_indices=False,
    ):
        return _max_pool(name, dims, input, kernel_size, stride, padding, dilation, ceil_mode)

    def max_pool(
        input,
        kernel_size,
        stride=None,
        padding=0,
        dilation=1,
        ceil_mode=False,
        return_indices=False,
    ):
        found = _max_pool(name, dims, input, kernel_size, stride, padding, dilation, ceil_mode)
        return found if return_indices else found[0]

    max_pool.__name__ = max_pool.__qualname__ = name
    max_pool.__doc__ = f"The largest value of each window over the last {dims} dims."
    with_indices.__name__ = with_indices.__qualname__ = f"{name}_with_indices"
    with_indices.__doc__ = "(values, indices) of the largest value of each window."
    return max_pool, with_indices


max_pool1d, max_pool1d_with_indices = _make_max_pool(1)
max_pool2d, max_pool2d_with_indices = _make_max_pool(2)
max_pool3d, max_pool3d_with_indices = _make_max_pool(3)


def _avg_pool(
    name, dims, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor
):
    if divisor == 0:
        raise RuntimeError("divisor must be not zero")
    options = (
        _row(sizes(kernel_size, dims), dims, 1),
        _row(_stride(stride, kernel_size, dims), dims, 1),
        _row(sizes(padding, dims), dims, 0),
        ceil_mode,
        count_include_pad,
        divisor or 0,
    )
    return _pooled(lambda x: _ops.avg_pool(x, *options), input, dims, name)


def avg_pool1d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    """The mean of each window of (N, C, L) or (C, L)."""
    options = kernel_size, stride, padding, ceil_mode, count_include_pad
    return _avg_pool("avg_pool1d", 1, input, *options, None)


def avg_pool2d(
    input,
    kernel_size,
    stride=None,
    padding=0,
    ceil_mode=False,
    count_include_pad=True,
    divisor_override=None,
):
    """The mean of each window of (N, C, H, W) or (C, H, W)."""
    options = kernel_size, stride, padding, ceil_mode, count_include_pad
    return _avg_pool("avg_pool2d", 2, input, *options, divisor_override)


def avg_pool3d(
    input,
    kernel_size,
    stride=None,
    padding=0,
    ceil_mode=False,
    count_include_pad=True,
    divisor_override=None,
):
    """The mean of each window of (N, C, D, H, W) or (C, D, H, W)."""
    options = kernel_size, stride, padding, ceil_mode, count_include_pad
    return _avg_pool("avg_pool3d", 3, input, *options, divisor_override)


def _output_size(input, output_size, dims):
    wanted = sizes(output_size, dims)
    return tuple(
        input.shape[place - dims] if size is None else size for place, size in enumerate(wanted)
    )


def _adaptive_max(name, dims, input, output_size):
    size = _row(_output_size(input, output_size, dims), dims, 1)
    return _pooled(lambda x: _ops.adaptive_max_pool(x, size), input, dims, name)


def _make_adaptive_max(dims):
    name = f"adaptive_max_pool{dims}d"

    def with_indices(input, output_size, return_indices=False):
        return _adaptive_max(name, dims, input, output_size)

    def pool(input, output_size, return_indices=False):
        found = _adaptive_max(name, dims, input, output_size)
        return found if return_indices else found[0]

    pool.__name__ = pool.__qualname__ = name
    pool.__doc__ = "The largest value of each of output_size parts."
    with_indices.__name__ = with_indices.__qualname__ = f"{name}_with_indices"
    with_indices.__doc__ = "(values, indices) of the largest value of each of output_size parts."
    return pool, with_indices


adaptive_max_pool1d, adaptive_max_pool1d_with_indices = _make_adaptive_max(1)
adaptive_max_pool2d, adaptive_max_pool2d_with_indices = _make_adaptive_max(2)
adaptive_max_pool3d, adaptive_max_pool3d_with_indices = _make_adaptive_max(3)


def _adaptive_avg(name, dims, input, output_size):
    size = _row(_output_size(input, output_size, dims), dims, 1)

    if all(count == 1 for count in size):
        _check_dims(input, dims, name)
        mean = _ops.mean(input, tuple(range(-dims, 0)), True, None)
        return mean if dims > 1 else named(mean, "SqueezeBackward1")

    def op(x):
        return _ops.adaptive_avg_pool(x, size)

    return _pooled(op, input, dims, name)


def adaptive_avg_pool1d(input, output_size):
    """The mean of each of output_size parts of (N, C, L) or (C, L)."""
    return _adaptive_avg("adaptive_avg_pool1d", 1, input, output_size)


def adaptive_avg_pool2d(input, output_size):
    """The mean of each of output_size parts of (N, C, H, W) or (C, H, W)."""
    return _adaptive_avg("adaptive_avg_pool2d", 2, input, output_size)


def adaptive_avg_pool3d(input, output_size):
    """The mean of each of output_size parts of (N, C, D, H, W) or (C, D, H, W)."""
    return _adaptive_avg("adaptive_avg_pool3d", 3, input, output_size)


def _lp_pool(pool, input, norm_type, kernel_size, stride, ceil_mode, dims):
    count = 1
    for size in sizes(kernel_size, dims):
        count *= size
    powered = pool(input.pow(norm_type), kernel_size, stride, 0, ceil_mode)
    if dims == 1:
        return (powered.sign() * powered.abs().relu()).mul(kernel_size).pow(1.0 / norm_type)
    return (powered.sign() * powered.abs().relu()).mul(count).pow(1.0 / norm_type)


def lp_pool1d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    """The p-norm of each window of (N, C, L)."""
    return _lp_pool(avg_pool1d, input, norm_type, kernel_size, stride, ceil_mode, 1)


def lp_pool2d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    """The p-norm of each window of (N, C, H, W)."""
    return _lp_pool(avg_pool2d, input, norm_type, kernel_size, stride, ceil_mode, 2)


def lp_pool3d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    """The p-norm of each window of (N, C, D, H, W)."""
    return _lp_pool(avg_pool3d, input, norm_type, kernel_size, stride, ceil_mode, 3)


def _unpool(dims, input, indices, kernel_size, stride, padding, output_size):
    kernel, step, pad = (
        sizes(kernel_size, dims),
        _stride(stride, kernel_size, dims),
        sizes(padding, dims),
    )
    default = [
        (size - 1) * s + k - 2 * p
        for size, s, k, p in zip(input.shape[-dims:], step, kernel, pad, strict=True)
    ]
    size = list(default if output_size is None else output_size)[-dims:]
    if output_size is not None:
        for place, (wanted, usual, s) in enumerate(zip(size, default, step, strict=True)):
            if not usual - s < wanted < usual + s:
                raise ValueError(
                    f"invalid output_size {list(size)} (dim {place} must be between {usual - s} "
                    f"and {usual + s})"
                )
    if indices.dtype is not _dtypes.int64:
        raise RuntimeError(
            f"elements in indices should be type int64 but got: {indices.type()[6:-6]}"
        )
    lead = tuple(input.shape[:-dims])
    whole = _ops.full((*lead, _product(size)), 0, input.dtype)
    flat = _ops.scatter(whole, len(lead), indices.reshape(*lead, -1), input.reshape(*lead, -1))
    name = "MaxUnpool3DBackward0" if dims == 3 else "MaxUnpool2DBackward0"
    return named(flat.reshape(*lead, *size), name)


def _product(values):
    result = 1
    for value in values:
        result *= value
    return result


def max_unpool1d(input, indices, kernel_size, stride=None, padding=0, output_size=None):
    """The way back from max_pool1d: each value at its index, zero elsewhere."""
    return _unpool(1, input, indices, kernel_size, stride, padding, output_size)


def max_unpool2d(input, indices, kernel_size, stride=None, padding=0, output_size=None):
    """The way back from max_pool2d: each value at its index, zero elsewhere."""
    return _unpool(2, input, indices, kernel_size, stride, padding, output_size)


def max_unpool3d(input, indices, kernel_size, stride=None, padding=0, output_size=None):
    """The way back from max_pool3d: each value at its index, zero elsewhere."""
    return _unpool(3, input, indices, kernel_size, stride, padding, output_size)
