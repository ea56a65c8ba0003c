"""Dropout: zeros at random places while training."""

from .. import functional as F
from .._common import defined_in
from .module import Module


class _Dropout(Module):
    def __init__(self, p=0.5, inplace=False):
        super().__init__()
        if p < 0 or p > 1:
            raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
        self.p = p
        self.inplace = inplace

    def extra_repr(self):
        """The probability."""
        return f"p={self.p}, inplace={self.inplace}"


class Dropout(_Dropout):
    """While training, zeros each element with probability p; the rest is scaled by 1/(1-p)."""

    def forward(self, input):
        """The input with zeros in it."""
        return F.dropout(input, self.p, self.training, self.inplace)


class Dropout1d(_Dropout):
    """Zeros whole channels of (N, C, L) or (C, L)."""

    def forward(self, input):
        """The input with channels zeroed."""
        return F.dropout1d(input, self.p, self.training, self.inplace)


class Dropout2d(_Dropout):
    """Zeros whole channels of (N, C, H, W) or (N, C, L)."""

    def forward(self, input):
        """The input with channels zeroed."""
        return F.dropout2d(input, self.p, self.training, self.inplace)


class Dropout3d(_Dropout):
    """Zeros whole channels of (N, C, D, H, W) or (C, D, H, W)."""

    def forward(self, input):
        """The input with channels zeroed."""
        return F.dropout3d(input, self.p, self.training, self.inplace)


class AlphaDropout(_Dropout):
    """Dropout that keeps mean and variance, for SELU networks.  [Klambauer et al. 2017]"""

    def forward(self, input):
        """The input with elements moved to where SELU saturates."""
        return F.alpha_dropout(input, self.p, self.training)


class FeatureAlphaDropout(_Dropout):
    """AlphaDropout of whole channels."""

    def forward(self, input):
        """The input with channels moved to where SELU saturates."""
        return F.feature_alpha_dropout(input, self.p, self.training)


__all__ = defined_in(globals())
