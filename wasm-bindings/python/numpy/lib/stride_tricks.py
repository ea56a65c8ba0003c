"""Views with strides of their own."""

from .._repeat import as_strided, sliding_window_view
from .._shape import broadcast_arrays, broadcast_shapes, broadcast_to

__all__ = [
    "as_strided", "broadcast_arrays", "broadcast_shapes", "broadcast_to", "sliding_window_view",
]  # fmt: skip
