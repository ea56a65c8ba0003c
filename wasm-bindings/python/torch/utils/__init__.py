"""torch.utils: data loading."""

from .._missing import by_name
from . import data

__all__ = ["data"]

__getattr__ = by_name(
    __name__,
    "backend_registration benchmark cpp_extension deterministic dlpack mobile_optimizer",
    later="checkpoint hooks",
)
