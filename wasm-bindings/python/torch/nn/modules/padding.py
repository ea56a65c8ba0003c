"""Padding layers: values put around the last one to three dimensions."""

from .. import functional as F
from .module import Module

__all__ = [
    "CircularPad1d",
    "CircularPad2d",
    "CircularPad3d",
    "ConstantPad1d",
    "ConstantPad2d",
    "ConstantPad3d",
    "ReflectionPad1d",
    "ReflectionPad2d",
    "ReflectionPad3d",
    "ReplicationPad1d",
    "ReplicationPad2d",
    "ReplicationPad3d",
    "ZeroPad1d",
    "ZeroPad2d",
    "ZeroPad3d",
]


class _Pad(Module):
    """(left, right) of the last dimension first; one number stands for all."""

    dims = 0
    mode = "constant"

    def __init__(self, padding):
        super().__init__()
        count = 2 * self.dims
        self.padding = (padding,) * count if isinstance(padding, int) else tuple(padding)

    def forward(self, input):
        """The input with values around it."""
        return F.pad(input, self.padding, self.mode)

    def extra_repr(self):
        """The sizes."""
        return f"{self.padding}"


class _ConstantPadNd(_Pad):
    def __init__(self, padding, value):
        super().__init__(padding)
        self.value = value

    def forward(self, input):
        """The input with the value around it."""
        return F.pad(input, self.padding, "constant", self.value)

    def extra_repr(self):
        """The sizes and the value."""
        return f"padding={self.padding}, value={self.value}"


class _CircularPadNd(_Pad):
    mode = "circular"

    def forward(self, input):
        """The input with its other end around it."""
        self._check_input_dim(input)
        return F.pad(input, self.padding, self.mode)

    def _check_input_dim(self, input):
        if input.dim() not in (self.dims + 1, self.dims + 2):
            raise ValueError(
                f"expected {self.dims + 1}D or {self.dims + 2}D input (got {input.dim()}D input)"
            )


class _ReflectionPadNd(_Pad):
    mode = "reflect"


class _ReplicationPadNd(_Pad):
    mode = "replicate"


class CircularPad1d(_CircularPadNd):
    """The other end around (N, C, L) or (C, L)."""

    dims = 1


class CircularPad2d(_CircularPadNd):
    """The other end around (N, C, H, W) or (C, H, W)."""

    dims = 2


class CircularPad3d(_CircularPadNd):
    """The other end around (N, C, D, H, W) or (C, D, H, W)."""

    dims = 3


class ConstantPad1d(_ConstantPadNd):
    """One value around (N, C, L) or (C, L)."""

    dims = 1


class ConstantPad2d(_ConstantPadNd):
    """One value around (N, C, H, W) or (C, H, W)."""

    dims = 2


class ConstantPad3d(_ConstantPadNd):
    """One value around (N, C, D, H, W) or (C, D, H, W)."""

    dims = 3


class ReflectionPad1d(_ReflectionPadNd):
    """The mirrored input around (N, C, L) or (C, L)."""

    dims = 1


class ReflectionPad2d(_ReflectionPadNd):
    """The mirrored input around (N, C, H, W) or (C, H, W)."""

    dims = 2


class ReflectionPad3d(_ReflectionPadNd):
    """The mirrored input around (N, C, D, H, W) or (C, D, H, W)."""

    dims = 3


class ReplicationPad1d(_ReplicationPadNd):
    """The edge around (N, C, L) or (C, L)."""

    dims = 1


class ReplicationPad2d(_ReplicationPadNd):
    """The edge around (N, C, H, W) or (C, H, W)."""

    dims = 2


class ReplicationPad3d(_ReplicationPadNd):
    """The edge around (N, C, D, H, W) or (C, D, H, W)."""

    dims = 3


class ZeroPad1d(ConstantPad1d):
    """Zeros around (N, C, L) or (C, L)."""

    def __init__(self, padding):
        super().__init__(padding, 0.0)

    def extra_repr(self):
        """The sizes."""
        return f"{self.padding}"


class ZeroPad2d(ConstantPad2d):
    """Zeros around (N, C, H, W) or (C, H, W)."""

    def __init__(self, padding):
        super().__init__(padding, 0.0)

    def extra_repr(self):
        """The sizes."""
        return f"{self.padding}"


class ZeroPad3d(ConstantPad3d):
    """Zeros around (N, C, D, H, W) or (C, D, H, W)."""

    def __init__(self, padding):
        super().__init__(padding, 0.0)

    def extra_repr(self):
        """The sizes."""
        return f"{self.padding}"
