"""`x[...]` and `x[...] = v`: numbers, slices, None, Ellipsis, lists and tensors, in any mix, as
PyTorch reads them.
"""

from . import _C, _dtypes, _ops
from ._creation import _make, from_flat
from ._numpy_bridge import is_array, is_scalar, type_name
from ._tensor import Tensor, new

call, result = _C.share(globals())

_SELECT = _ops.INDEX["select"]
_SLICE = _ops.INDEX["slice"]


def getitem(self, index):
    """The value of `self[index]`: a view where only numbers and slices are used."""
    if type(index) is int:
        handle = call(_SELECT, self._h, 0, index)
        if handle is None:
            _select_error(self, 0, index)
            _C.fail()
        tensor = new(Tensor)
        tensor._h = handle
        return tensor
    view = _plain_view(self, index)
    if view is not None:
        return view
    view, tensors = _view(self, index)
    if tensors:
        return _ops.index(view, tensors)
    return _ops.view(view, view.shape) if view is self else view


def _plain_view(self, index):
    """The view for numbers and slices only; None for another index, or one that does not fit."""
    view, dim = self, 0
    for item in index if type(index) is tuple else (index,):
        kind = type(item)
        if kind is int:
            handle = call(_SELECT, view._h, dim, item)
        elif kind is slice:
            start, stop, step = item.start, item.stop, item.step
            if start is None and stop is None and step is None:
                dim += 1
                continue
            if not all(map(_plain_number, (start, stop, step))):
                return None
            bounds = (0,) if start is None else (1, start)
            bounds += (0,) if stop is None else (1, stop)
            handle = call(_SLICE, view._h, dim, *bounds, 1 if step is None else step)
            dim += 1
        else:
            return None
        if handle is None:
            return None
        view = new(Tensor)
        view._h = handle
    return None if view is self or dim > view.dim() else view


def _plain_number(value):
    return value is None or type(value) is int


def setitem(self, index, value):
    """`self[index] = value`, in place."""
    if isinstance(value, Tensor):
        pass
    elif is_scalar(value):
        value = value.item()
    elif not hasattr(value, "__float__") or is_array(value):
        kind = _dtypes.TYPE_NAMES[self.dtype.code]
        raise TypeError(f"can't assign a {type_name(value)} to a {kind}")
    view, tensors = _plain_view(self, index), ()
    if view is None:
        view, tensors = _view(self, index)
    if tensors:
        if not isinstance(value, Tensor):
            value = from_flat([float(value)], (), self.dtype)
        elif value.dtype is not self.dtype:
            if value.dim():
                raise RuntimeError(
                    "Index put requires the source and destination dtypes match, "
                    f"got {_scalar(self)} for the destination and {_scalar(value)} for the source."
                )
            value = value.to(self.dtype)
        _ops.index_put_(view, tensors, value, False)
    elif isinstance(value, Tensor):
        _ops.copy_(view, _fitted(value, view))
    else:
        _ops.fill_(view, value)


def _scalar(tensor):
    return _dtypes.SCALAR_NAMES[tensor.dtype.code]


def _fitted(value, view):
    """The value in the view's shape. Raises PyTorch's error where it does not broadcast to it."""
    while value.dim() > view.dim() and value.shape[0] == 1:
        value = value.select(0, 0)
    return value if value.shape == view.shape else _ops.expand(value, view.shape)


def _select_error(self, dim, index):
    """Raise PyTorch's words for a number that does not fit a dimension, where it does not."""
    if not self.shape:
        raise IndexError(
            "invalid index of a 0-dim tensor. "
            "Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor "
            "to a number"
        )
    size = self.shape[dim]
    if not -size <= index < size:
        raise _out_of_bounds(index, dim, size)


def _as_tuple(index):
    """A list counts as a tuple where it holds slices, tensors, None, Ellipsis or lists."""
    if isinstance(index, tuple):
        return index
    if isinstance(index, list) and len(index) < 32:
        special = (Tensor, slice, list, tuple, range)
        if any(item is None or item is Ellipsis or isinstance(item, special) for item in index):
            return tuple(index)
    return (index,)


def _taken(item):
    """How many dimensions an item of the index speaks for."""
    if item is None or item is Ellipsis or item is True or item is False:
        return 0
    if isinstance(item, Tensor) and item.dtype is _dtypes.bool:
        return item.dim()
    return 1


def _view(self, index):
    """(view, tensors): the view that numbers, slices and None give, and the tensors left to index
    it with.
    """
    items = _as_tuple(index)
    wanted = sum(map(_taken, items))
    if wanted > self.dim():
        if self.dim() == 0:
            _select_error(self, 0, 0)
        raise IndexError(f"too many indices for tensor of dimension {self.dim()}")
    view, tensors, dim = self, [], 0
    # Errors name the item's place in the index.
    for place, item in enumerate(items):
        if item is None:
            view, dim = view.unsqueeze(dim), dim + 1
        elif item is Ellipsis:
            dim += self.dim() - wanted
        elif isinstance(item, slice):
            view, dim = _sliced(view, dim, item), dim + 1
        elif isinstance(item, bool):
            view = view.unsqueeze(dim)
            dim = _put(tensors, dim, from_flat([item], (1,), _dtypes.bool))
        elif isinstance(item, (Tensor, list, tuple, range)) or hasattr(item, "__array__"):
            item = item if isinstance(item, Tensor) else _index_tensor(item)
            if item.dim() == 0 and item.dtype is _dtypes.int64:
                view = _selected(view, dim, item.item(), place)
            else:
                view, dim = _indexed(view, tensors, dim, item)
        elif isinstance(item, str):
            raise TypeError("new(): invalid data type 'str'")
        elif hasattr(item, "__index__"):
            view = _selected(view, dim, item.__index__(), place)
        else:
            raise IndexError(
                "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables "
                "are valid indices "
                f"(got {type(item).__name__})"
            )
    return view, tensors


def _sliced(view, dim, item):
    start, stop, step = (
        part if part is None else part.__index__() for part in (item.start, item.stop, item.step)
    )
    if step is not None and step <= 0:
        raise ValueError("step must be greater than zero")
    if start is None and stop is None and step is None:
        return view
    return _ops.slice(view, dim, start, stop, 1 if step is None else step)


def _out_of_bounds(index, dim, size):
    if not -(2**63) <= index < 2**63:
        return RuntimeError("Overflow when unpacking long")
    return IndexError(f"index {index} is out of bounds for dimension {dim} with size {size}")


def _selected(view, dim, index, place):
    size = view.shape[dim]
    if not -size <= index < size:
        raise _out_of_bounds(index, place, size)
    return _ops.select(view, dim, index)


def _index_tensor(item):
    made = _make(list(item) if isinstance(item, range) else item, None)
    return made.to(_dtypes.int64) if made.numel() == 0 and made.dtype.is_floating_point else made


def _put(tensors, dim, item):
    tensors.extend([None] * (dim - len(tensors)))
    tensors.append(item)
    return dim + 1


def _indexed(view, tensors, dim, item):
    if item.dtype.is_floating_point:
        raise IndexError("tensors used as indices must be long, int, byte or bool tensors")
    if item.dim() == 0:
        view = view.unsqueeze(dim)
        return view, _put(tensors, dim, item.reshape(1))
    return view, _put(tensors, dim, item)


def install():
    """Give Tensor its index protocol."""
    Tensor.__getitem__ = getitem
    Tensor.__setitem__ = setitem
