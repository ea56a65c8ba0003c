"""torch.utils: data loading."""

from .._missing import by_name
from . import data

__all__ = ["data"]

__getattr__ = by_name(
    __name__,
    "backend_registration benchmark checkpoint cpp_extension deterministic dlpack hooks "
    "mobile_optimizer",
)
