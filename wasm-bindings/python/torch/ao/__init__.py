"""torch.ao: here it holds dynamic quantization only."""

from .._missing import by_name

__getattr__ = by_name(__name__, "nn ns pruning", None, "quantization")
