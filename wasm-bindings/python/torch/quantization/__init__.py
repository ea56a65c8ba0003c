"""The old place of torch.ao.quantization."""

from ..ao import quantization as _home
from ..ao.quantization import default_dynamic_qconfig, qint8, quantize_dynamic, quint8

__all__ = ["default_dynamic_qconfig", "qint8", "quantize_dynamic", "quint8"]


def __getattr__(name):
    return getattr(_home, name)
