"""Instance normalisation: each channel of each sample by itself."""

from ..._warn import warn
from .. import functional as F
from .batchnorm import _LazyNormBase, _NormBase

__all__ = [
    "InstanceNorm1d",
    "InstanceNorm2d",
    "InstanceNorm3d",
    "LazyInstanceNorm1d",
    "LazyInstanceNorm2d",
    "LazyInstanceNorm3d",
]


class _InstanceNorm(_NormBase):
    dims = 0

    def __init__(
        self,
        num_features,
        eps=1e-05,
        momentum=0.1,
        affine=False,
        track_running_stats=False,
        device=None,
        dtype=None,
    ):
        super().__init__(
            num_features, eps, momentum, affine, track_running_stats, device=device, dtype=dtype
        )

    def _check_input_dim(self, input):
        low = self.dims + 1
        if input.dim() not in (low, low + 1):
            raise ValueError(f"expected {low}D or {low + 1}D input (got {input.dim()}D input)")

    def _get_no_batch_dim(self):
        return self.dims + 1

    def _apply_instance_norm(self, input):
        return F.instance_norm(
            input,
            self.running_mean,
            self.running_var,
            self.weight,
            self.bias,
            self.training or not self.track_running_stats,
            self.momentum if self.momentum is not None else 0.0,
            self.eps,
        )

    def forward(self, input):
        """The normalised input."""
        self._check_input_dim(input)
        single = input.dim() == self._get_no_batch_dim()
        channels = input.size(0 if single else 1)
        if channels != self.num_features:
            text = (
                f"input's size at dim={0 if single else 1} does not match num_features. "
                "You can silence this warning by not passing in num_features, "
                "which is not used because affine=False"
            )
            if self.affine:
                raise ValueError(
                    f"expected input's size at dim={0 if single else 1} to match num_features "
                    f"({self.num_features}), but got: {channels}."
                )
            warn(text)
        if single:
            return self._apply_instance_norm(input.unsqueeze(0)).squeeze(0)
        return self._apply_instance_norm(input)


class InstanceNorm1d(_InstanceNorm):
    """Mean 0 and variance 1 for each channel of each sample of (N, C, L) or (C, L)."""

    dims = 1


class InstanceNorm2d(_InstanceNorm):
    """Mean 0 and variance 1 for each channel of each sample of (N, C, H, W) or (C, H, W)."""

    dims = 2


class InstanceNorm3d(_InstanceNorm):
    """Mean 0 and variance 1 for each channel of each sample of (N, C, D, H, W)."""

    dims = 3


class _LazyInstanceNorm(_LazyNormBase):
    def __init__(
        self,
        eps=1e-05,
        momentum=0.1,
        affine=True,
        track_running_stats=True,
        device=None,
        dtype=None,
    ):
        super().__init__(eps, momentum, affine, track_running_stats, device, dtype)

    def initialize_parameters(self, input):
        """Take num_features from the input, which may have no batch."""
        single = input.dim() == self._get_no_batch_dim()
        super().initialize_parameters(input.unsqueeze(0) if single else input)


class LazyInstanceNorm1d(_LazyInstanceNorm, InstanceNorm1d):
    """An InstanceNorm1d that learns num_features at its first call."""

    cls_to_become = InstanceNorm1d


class LazyInstanceNorm2d(_LazyInstanceNorm, InstanceNorm2d):
    """An InstanceNorm2d that learns num_features at its first call."""

    cls_to_become = InstanceNorm2d


class LazyInstanceNorm3d(_LazyInstanceNorm, InstanceNorm3d):
    """An InstanceNorm3d that learns num_features at its first call."""

    cls_to_become = InstanceNorm3d
