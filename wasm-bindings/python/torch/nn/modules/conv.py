"""Convolution layers."""

import math

from ..._creation import empty
from .. import functional as F
from .. import init
from .._common import sizes
from ..parameter import Parameter, UninitializedParameter
from .lazy import LazyModuleMixin
from .module import Module

__all__ = [
    "Conv1d",
    "Conv2d",
    "Conv3d",
    "ConvTranspose1d",
    "ConvTranspose2d",
    "ConvTranspose3d",
    "LazyConv1d",
    "LazyConv2d",
    "LazyConv3d",
    "LazyConvTranspose1d",
    "LazyConvTranspose2d",
    "LazyConvTranspose3d",
]


class _ConvNd(Module):
    """What the convolutions share: options, weights, printing."""

    __constants__ = [
        "stride",
        "padding",
        "dilation",
        "groups",
        "padding_mode",
        "output_padding",
        "in_channels",
        "out_channels",
        "kernel_size",
    ]

    def __init__(
        self,
        in_channels,
        out_channels,
        kernel_size,
        stride,
        padding,
        dilation,
        transposed,
        output_padding,
        groups,
        bias,
        padding_mode,
        device=None,
        dtype=None,
    ):
        super().__init__()
        if groups <= 0:
            raise ValueError("groups must be a positive integer")
        if in_channels % groups != 0:
            raise ValueError("in_channels must be divisible by groups")
        if out_channels % groups != 0:
            raise ValueError("out_channels must be divisible by groups")
        if isinstance(padding, str):
            if padding not in ("same", "valid"):
                raise ValueError(
                    f"Invalid padding string {padding!r}, should be one of {{'same', 'valid'}}"
                )
            if padding == "same" and any(step != 1 for step in stride):
                raise ValueError("padding='same' is not supported for strided convolutions")
        modes = ("zeros", "reflect", "replicate", "circular")
        if padding_mode not in modes:
            raise ValueError(
                f"padding_mode must be one of {set(modes)}, but got padding_mode='{padding_mode}'"
            )
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = kernel_size
        self.stride = stride
        self.padding = padding
        self.dilation = dilation
        self.transposed = transposed
        self.output_padding = output_padding
        self.groups = groups
        self.padding_mode = padding_mode
        self._reversed_padding_repeated_twice = self._ends()
        kind = {"device": device, "dtype": dtype}
        first, second = (in_channels, out_channels) if transposed else (out_channels, in_channels)
        self.weight = Parameter(empty((first, second // groups, *kernel_size), **kind))
        if bias:
            self.bias = Parameter(empty(out_channels, **kind))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def _ends(self):
        """The padding as F.pad takes it: (left, right) of the last dimension first."""
        if not isinstance(self.padding, str):
            return [pad for pad in reversed(self.padding) for _ in range(2)]
        if self.padding == "valid":
            return [0] * (2 * len(self.kernel_size))
        ends = []
        for d, k in zip(reversed(self.dilation), reversed(self.kernel_size), strict=True):
            total = d * (k - 1)
            ends += [total // 2, total - total // 2]
        return ends

    def reset_parameters(self):
        """Draw weight and bias from U(-1/√fan_in, 1/√fan_in)."""
        init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None:
            fan_in, _ = init._calculate_fan_in_and_fan_out(self.weight)
            if fan_in != 0:
                bound = 1 / math.sqrt(fan_in)
                init.uniform_(self.bias, -bound, bound)

    def extra_repr(self):
        """The sizes, and what differs from the defaults."""
        dims = len(self.kernel_size)
        text = (
            f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}, "
            f"stride={self.stride}"
        )
        for name, default in (("padding", 0), ("dilation", 1), ("output_padding", 0)):
            value = getattr(self, name)
            if value != (default,) * dims:
                text += f", {name}={value}"
        if self.groups != 1:
            text += f", groups={self.groups}"
        if self.bias is None:
            text += ", bias=False"
        if self.padding_mode != "zeros":
            text += f", padding_mode={self.padding_mode}"
        return text


class _Conv(_ConvNd):
    dims = 0

    def __init__(
        self,
        in_channels,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        dilation=1,
        groups=1,
        bias=True,
        padding_mode="zeros",
        device=None,
        dtype=None,
    ):
        dims = self.dims
        super().__init__(
            in_channels,
            out_channels,
            sizes(kernel_size, dims),
            sizes(stride, dims),
            padding if isinstance(padding, str) else sizes(padding, dims),
            sizes(dilation, dims),
            False,
            (0,) * dims,
            groups,
            bias,
            padding_mode,
            device=device,
            dtype=dtype,
        )

    def _conv_forward(self, input, weight, bias):
        function = getattr(F, f"conv{self.dims}d")
        if self.padding_mode == "zeros":
            return function(
                input, weight, bias, self.stride, self.padding, self.dilation, self.groups
            )
        padded = F.pad(input, self._reversed_padding_repeated_twice, mode=self.padding_mode)
        return function(padded, weight, bias, self.stride, 0, self.dilation, self.groups)

    def forward(self, input):
        """The convolution of the input."""
        return self._conv_forward(input, self.weight, self.bias)


class Conv1d(_Conv):
    """Convolution. Shapes: (N, in_channels, L) or without N → (N, out_channels, L')."""

    dims = 1


class Conv2d(_Conv):
    """Convolution. Shapes: (N, in_channels, H, W) or without N → (N, out_channels, H', W')."""

    dims = 2


class Conv3d(_Conv):
    """Convolution over (N, in_channels, D, H, W) or without N."""

    dims = 3


class _ConvTransposeNd(_ConvNd):
    dims = 0

    def __init__(
        self,
        in_channels,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        output_padding=0,
        groups=1,
        bias=True,
        dilation=1,
        padding_mode="zeros",
        device=None,
        dtype=None,
    ):
        if padding_mode != "zeros":
            kind = type(self).__name__.removeprefix("Lazy")
            raise ValueError(f'Only "zeros" padding mode is supported for {kind}')
        dims = self.dims
        super().__init__(
            in_channels,
            out_channels,
            sizes(kernel_size, dims),
            sizes(stride, dims),
            sizes(padding, dims),
            sizes(dilation, dims),
            True,
            sizes(output_padding, dims),
            groups,
            bias,
            padding_mode,
            device=device,
            dtype=dtype,
        )

    def _output_padding(
        self, input, output_size, stride, padding, kernel_size, num_spatial_dims, dilation=None
    ):
        """The output padding that gives this output size. Raises ValueError where none does."""
        if output_size is None:
            return sizes(self.output_padding, num_spatial_dims)
        batched = input.dim() == num_spatial_dims + 2
        lead = 2 if batched else 1
        if len(output_size) == lead + num_spatial_dims:
            output_size = output_size[lead:]
        if len(output_size) != num_spatial_dims:
            raise ValueError(
                f"ConvTranspose{num_spatial_dims}D: for {input.dim()}D input, output_size must "
                f"have {num_spatial_dims} or {lead + num_spatial_dims} elements (got "
                f"{len(output_size)})"
            )
        spread = dilation or (1,) * num_spatial_dims
        low = [
            (input.size(d + lead) - 1) * stride[d]
            - 2 * padding[d]
            + spread[d] * (kernel_size[d] - 1)
            + 1
            for d in range(num_spatial_dims)
        ]
        high = [least + step - 1 for least, step in zip(low, stride, strict=True)]
        for size, least, most in zip(output_size, low, high, strict=True):
            if not least <= size <= most:
                raise ValueError(
                    f"requested an output size of {output_size}, but valid sizes range from {low} "
                    f"to {high} (for an input of {input.size()[2:]})"
                )
        return [size - least for size, least in zip(output_size, low, strict=True)]

    def forward(self, input, output_size=None):
        """The transposed convolution of the input."""
        if self.padding_mode != "zeros":
            raise ValueError(f"Only `zeros` padding mode is supported for {type(self).__name__}")
        more = self._output_padding(
            input,
            output_size,
            self.stride,
            self.padding,
            self.kernel_size,
            self.dims,
            self.dilation,
        )
        function = getattr(F, f"conv_transpose{self.dims}d")
        return function(
            input,
            self.weight,
            self.bias,
            self.stride,
            self.padding,
            more,
            self.groups,
            self.dilation,
        )


class ConvTranspose1d(_ConvTransposeNd):
    """The gradient of Conv1d by its input, as a layer."""

    dims = 1


class ConvTranspose2d(_ConvTransposeNd):
    """The gradient of Conv2d by its input, as a layer."""

    dims = 2


class ConvTranspose3d(_ConvTransposeNd):
    """The gradient of Conv3d by its input, as a layer."""

    dims = 3


class _LazyConv(LazyModuleMixin):
    """A convolution that learns in_channels at its first call."""

    def __init__(self, out_channels, kernel_size, *args, **kwargs):
        names = (
            "stride padding output_padding groups bias dilation padding_mode device dtype"
            if issubclass(type(self), _ConvTransposeNd)
            else "stride padding dilation groups bias padding_mode device dtype"
        ).split()
        options = {**dict(zip(names, args, strict=False)), **kwargs}
        bias = options.pop("bias", True)
        kind = {name: options.get(name) for name in ("device", "dtype")}
        groups = options.pop("groups", 1)
        super().__init__(0, 0, kernel_size, bias=False, **options)
        self.groups = groups
        self.weight = UninitializedParameter(**kind)
        self.out_channels = out_channels
        if bias:
            self.bias = UninitializedParameter(**kind)

    def reset_parameters(self):
        """Draw weight and bias, once they have their sizes."""
        if not self.has_uninitialized_params() and self.in_channels != 0:
            super().reset_parameters()

    def initialize_parameters(self, input, *args, **kwargs):
        """Take in_channels from the input."""
        if not self.has_uninitialized_params():
            return
        dims = len(self.kernel_size)
        if input.dim() not in (dims + 1, dims + 2):
            raise RuntimeError(
                f"Expected {dims + 1}D (unbatched) or {dims + 2}D (batched) input to "
                f"{type(self).__name__}, but got input of size: {input.shape}"
            )
        self.in_channels = input.shape[-dims - 1]
        if self.in_channels % self.groups != 0:
            raise ValueError("in_channels must be divisible by groups")
        first, second = self.out_channels, self.in_channels
        if self.transposed:
            first, second = second, first
        self.weight.materialize((first, second // self.groups, *self.kernel_size))
        if self.bias is not None:
            self.bias.materialize((self.out_channels,))
        self.reset_parameters()


class LazyConv1d(_LazyConv, Conv1d):
    """A Conv1d that learns in_channels at its first call."""

    cls_to_become = Conv1d


class LazyConv2d(_LazyConv, Conv2d):
    """A Conv2d that learns in_channels at its first call."""

    cls_to_become = Conv2d


class LazyConv3d(_LazyConv, Conv3d):
    """A Conv3d that learns in_channels at its first call."""

    cls_to_become = Conv3d


class LazyConvTranspose1d(_LazyConv, ConvTranspose1d):
    """A ConvTranspose1d that learns in_channels at its first call."""

    cls_to_become = ConvTranspose1d


class LazyConvTranspose2d(_LazyConv, ConvTranspose2d):
    """A ConvTranspose2d that learns in_channels at its first call."""

    cls_to_become = ConvTranspose2d


class LazyConvTranspose3d(_LazyConv, ConvTranspose3d):
    """A ConvTranspose3d that learns in_channels at its first call."""

    cls_to_become = ConvTranspose3d
