"""torch.nn.parallel: there is one device, so that a model runs as it is."""

from ..._missing import by_name
from ..modules.module import Module

__all__ = ["DataParallel", "data_parallel"]


class DataParallel(Module):
    """Runs the module that it wraps.

    Limit: Runs the module on the one device there is.
    """

    def __init__(self, module, device_ids=None, output_device=None, dim=0):
        super().__init__()
        self.module = module
        self.device_ids = []
        self.dim = dim

    def forward(self, *inputs, **kwargs):
        """What the module returns."""
        return self.module(*inputs, **kwargs)


DataParallel.__module__ = "torch.nn.parallel.data_parallel"


def data_parallel(module, inputs, device_ids=None, output_device=None, dim=0, module_kwargs=None):
    """What the module returns."""
    inputs = inputs if isinstance(inputs, tuple) else (inputs,)
    return module(*inputs, **(module_kwargs or {}))


__getattr__ = by_name(
    __name__,
    "DistributedDataParallel gather parallel_apply replicate scatter",
    {"DistributedDataParallel": "there is one process here; use the model itself"},
)
