"""The old constructors."""

from . import _dtypes, _ops
from ._creation import _check_sizes, _make, sizes_of
from ._device import check as check_device
from ._method_table import own_method
from ._size import Size
from ._tensor import Tensor


def legacy_tensor(dtype, data, device=None):
    """`torch.Tensor(2, 3)`, `torch.LongTensor([1, 2])`: sizes, or values, as the old constructors
    take them.
    """
    check_device(device)
    if not data:
        return _ops.empty((0,), dtype)
    first = data[0]
    if len(data) == 1:
        if isinstance(first, Tensor):
            if first.dtype is not dtype:
                raise TypeError(
                    f"expected {_dtypes.TYPE_NAMES[dtype.code].split('.')[1]} "
                    f"(got {_dtypes.TYPE_NAMES[first.dtype.code]})"
                )
            return first.detach()
        if not isinstance(first, int):
            if isinstance(first, Size):
                return _ops.empty(first, dtype)
            if isinstance(first, (float, str)):
                raise TypeError(f"new(): data must be a sequence (got {type(first).__name__})")
            return _make(first, dtype)
    return _ops.empty(_check_sizes(sizes_of(data, "new")), dtype)


@own_method("__new__")
def _new_tensor(cls, *data, dtype=None, device=None):
    """The old constructor: sizes, or a nested list, give a tensor of the default dtype."""
    return legacy_tensor(_dtypes.get_default_dtype(), data, device)
