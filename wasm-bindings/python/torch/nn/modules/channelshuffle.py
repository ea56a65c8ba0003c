"""ChannelShuffle: channels dealt out again."""

from .. import functional as F
from .module import Module

__all__ = ["ChannelShuffle"]


class ChannelShuffle(Module):
    """(N, C, *) seen as (groups, C/groups), transposed."""

    def __init__(self, groups):
        super().__init__()
        self.groups = groups

    def forward(self, input):
        """The input with its channels in another order."""
        return F.channel_shuffle(input, self.groups)

    def extra_repr(self):
        """The groups."""
        return f"groups={self.groups}"
