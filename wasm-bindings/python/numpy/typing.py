"""np.typing: names for annotations."""

from typing import Any

from ._array import ndarray


class _Array:
    """An array with elements of a type, for annotations only."""

    def __getitem__(self, item):
        return ndarray


NDArray = _Array()
ArrayLike = DTypeLike = Any
__all__ = ["ArrayLike", "DTypeLike", "NDArray"]
