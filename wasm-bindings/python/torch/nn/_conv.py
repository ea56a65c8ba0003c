"""Convolutions and sliding blocks of torch.nn.functional."""

from .. import _ops
from ._common import named, size_text, sizes

__all__ = [
    "conv1d",
    "conv2d",
    "conv3d",
    "conv_tbc",
    "conv_transpose1d",
    "conv_transpose2d",
    "conv_transpose3d",
    "fold",
    "unfold",
]


def _listed(value, dims, name):
    if isinstance(value, (tuple, list)) and len(value) not in (1, dims):
        text = " ".join(str(item) for item in value)
        raise RuntimeError(
            f"expected {name} to be a single integer value or a list of {dims} values to match the "
            f"convolution dimensions, but got {name}=[{text.replace(' ', ', ')}]"
        )
    return sizes(value, dims)


def _batched(input, dims, name):
    """The input with a batch, and whether it had none."""
    if input.dim() == dims + 2:
        return input, False
    if input.dim() == dims + 1:
        return input.unsqueeze(0), True
    raise RuntimeError(
        f"Expected {dims + 1}D (unbatched) or {dims + 2}D (batched) input to {name}, but got input "
        f"of size: {size_text(input.shape)}"
    )


def _same_padding(input, weight, stride, dilation):
    """The input and the padding that keep its size."""
    if any(step != 1 for step in stride):
        raise RuntimeError("padding='same' is not supported for strided convolutions")
    totals = [d * (k - 1) for d, k in zip(dilation, weight.shape[2:], strict=True)]
    if any(total % 2 for total in totals):
        ends = [end for total in reversed(totals) for end in (0, total % 2)]
        input = _ops.pad(input, ends, 0.0)
    return input, tuple(total // 2 for total in totals)


def _conv(name, dims, input, weight, bias, stride, padding, dilation, groups):
    input, single = _batched(input, dims, name)
    stride = _listed(stride, dims, "stride")
    dilation = _listed(dilation, dims, "dilation")
    if padding == "same":
        input, padding = _same_padding(input, weight, stride, dilation)
    elif padding == "valid":
        padding = 0
    elif isinstance(padding, str):
        raise RuntimeError("Invalid padding string: '" + padding + "'")
    padding = _listed(padding, dims, "padding")
    made = _ops.convolution(
        input, weight, bias, stride, padding, dilation, False, (0,) * dims, groups
    )
    return made.squeeze(0) if single else made


def conv1d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """Convolution. Shapes: input (N, C, L) or (C, L), weight (O, C/groups, K) → (N, O, L')."""
    return _conv("conv1d", 1, input, weight, bias, stride, padding, dilation, groups)


def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """Convolution. Shapes: input (N, C, H, W) or (C, H, W), weight (O, C/groups, K, K)."""
    return _conv("conv2d", 2, input, weight, bias, stride, padding, dilation, groups)


def conv3d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """Convolution over (N, C, D, H, W) or (C, D, H, W)."""
    return _conv("conv3d", 3, input, weight, bias, stride, padding, dilation, groups)


def conv_tbc(input, weight, bias, pad=0):
    """Convolution over time. Shapes: input (T, N, C), weight (K, C, O), bias (O) → (T', N, O)."""
    made = conv1d(input.permute(1, 2, 0), weight.permute(2, 1, 0), bias, padding=pad)
    return made.permute(2, 0, 1)


def _transposed(name, dims, input, weight, bias, stride, padding, output_padding, groups, dilation):
    input, single = _batched(input, dims, name)
    stride = _listed(stride, dims, "stride")
    dilation = _listed(dilation, dims, "dilation")
    more = _listed(output_padding, dims, "output_padding")
    for extra, step, spread in zip(more, stride, dilation, strict=True):
        if extra >= step and extra >= spread:
            raise RuntimeError(
                "output padding must be smaller than either stride or dilation, but got "
                + (
                    f"output_padding_height: 0 output_padding_width: {extra} stride_height: 1 "
                    f"stride_width: {step} dilation_height: 1 dilation_width: {spread}"
                    if dims == 1
                    else f"output_padding_height: {more[-2]} output_padding_width: {more[-1]} "
                    f"stride_height: {stride[-2]} stride_width: {stride[-1]} "
                    f"dilation_height: {dilation[-2]} dilation_width: {dilation[-1]}"
                )
            )
    padding = _listed(padding, dims, "padding")
    made = _ops.convolution(input, weight, bias, stride, padding, dilation, True, more, groups)
    return made.squeeze(0) if single else made


def conv_transpose1d(
    input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1
):
    """The gradient of conv1d by its input. Shapes: input (N, C, L), weight (C, O/groups, K)."""
    options = stride, padding, output_padding, groups, dilation
    return _transposed("conv_transpose1d", 1, input, weight, bias, *options)


def conv_transpose2d(
    input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1
):
    """The gradient of conv2d by its input. Shapes: input (N, C, H, W), weight (C, O/groups, …)."""
    options = stride, padding, output_padding, groups, dilation
    return _transposed("conv_transpose2d", 2, input, weight, bias, *options)


def conv_transpose3d(
    input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1
):
    """The gradient of conv3d by its input."""
    options = stride, padding, output_padding, groups, dilation
    return _transposed("conv_transpose3d", 3, input, weight, bias, *options)


def unfold(input, kernel_size, dilation=1, padding=0, stride=1):
    """Sliding blocks as columns: (N, C, H, W) → (N, C·kH·kW, blocks)."""
    if input.dim() not in (3, 4) or 0 in input.shape[-3:]:
        raise RuntimeError(
            "Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero "
            f"dimensions for input, but got: {size_text(input.shape)}"
        )
    options = [sizes(value, 2) for value in (kernel_size, dilation, padding, stride)]
    if input.dim() == 4:
        return _ops.im2col(input, *options)
    return named(_ops.im2col(input.unsqueeze(0), *options).squeeze(0), "Im2ColBackward0")


def fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1):
    """Columns summed back into images: (N, C·kH·kW, blocks) → (N, C, H, W)."""
    if input.dim() not in (2, 3) or 0 in input.shape[-2:]:
        raise RuntimeError(
            "Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and "
            f"non-zero dimensions for input, but got: {size_text(input.shape)}"
        )
    options = [sizes(value, 2) for value in (output_size, kernel_size, dilation, padding, stride)]
    if input.dim() == 3:
        return _ops.col2im(input, *options)
    return named(_ops.col2im(input.unsqueeze(0), *options).squeeze(0), "Col2ImBackward0")
