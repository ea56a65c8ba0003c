"""torch.layout and torch.memory_format: tensors are always strided."""


class layout:
    """How a tensor lies in memory; here always strided."""

    __module__ = "torch"

    def __init__(self, name):
        self._name = name

    def __repr__(self):
        return f"torch.{self._name}"


class memory_format(layout):
    """In which order dimensions lie in memory; accepted and not used."""

    __module__ = "torch"


strided = layout("strided")
contiguous_format = memory_format("contiguous_format")
preserve_format = memory_format("preserve_format")
channels_last = memory_format("channels_last")
