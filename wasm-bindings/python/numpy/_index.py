"""`a[...]` and `a[...] = v` as NumPy reads them: numbers, slices, None, Ellipsis, integer and
boolean arrays, in any mix.
"""

import torch
from torch import _ops

from ._array import convert, is_tensor, ndarray, scalar
from ._convert import asarray
from ._scalars import bool_, integer

_WHAT = (
    "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean "
    "arrays are valid indices"
)


def getitem(self, index):
    """The value of `self[index]`: a view for numbers and slices, a scalar for one element."""
    tensor = self._t
    if type(index) is int:
        n = self.ndim
        if n:
            try:
                item = _ops.select(tensor, 0, index)
            except IndexError:
                raise _out_of_bounds(index, 0, tensor.shape[0]) from None
            return scalar(item, self.dtype) if n == 1 else self._like(item)
    view, places, flips, keeps = _parse(tensor, index)
    if places:
        view = _take(view, places)
    elif flips:
        made = self._like(view.flip(flips))
        made._flipped = True
        return made
    if not view.dim() and not keeps:
        return scalar(view, self.dtype)
    return self._like(view)


def setitem(self, index, value):
    """`self[index] = value`, in place."""
    kind = self.dtype
    view, places, flips, _ = _parse(self._t, index)
    if type(value) in (int, float) and not kind.pooled and not kind.isint and not places:
        view.fill_(value if kind.kind != "b" else bool(value))
        return
    if kind.kind == "O" and not isinstance(value, (ndarray, list, tuple)):
        from ._convert import from_values

        value = from_values([value], (), kind)
    if is_tensor(value):
        value = value.numpy()
    shared = type(value) is ndarray
    if not shared:
        value = _as_elements(value, kind)
    tensor = convert(value._t, value.dtype, kind)
    while tensor.dim() > view.dim() and tensor.shape[0] == 1 and not places:
        tensor = tensor.select(0, 0)
    if places:
        target = _target_shape(view, places)
        while tensor.dim() > len(target) and tensor.shape[0] == 1:
            tensor = tensor.select(0, 0)
        tensor = _fitted(tensor, target)
        try:
            _ops.index_put_(view, places, tensor.contiguous(), False)
        except (IndexError, RuntimeError) as error:
            raise IndexError(str(error).replace("dimension", "axis")) from None
        return
    tensor = _fitted(tensor, tuple(view.shape))
    if flips:
        tensor = tensor.flip(flips)
    view.copy_(tensor.clone() if shared and tensor.dim() else tensor)


def _as_elements(value, kind):
    """What is assigned, with Python's own errors for what is no element."""
    if isinstance(value, (list, tuple)) or not kind.isint and kind.kind != "f":
        return asarray(value)
    if kind.isint and isinstance(value, float):
        return asarray(value)
    if isinstance(value, str):
        return asarray(float(value) if kind.kind == "f" else int(value), kind)
    return asarray(value, kind) if type(value) in (int, float, bool) else asarray(value)


def _target_shape(view, places):
    """The shape that indexing `view` with `places` gives."""
    shape = tuple(view.shape)
    expanded = [None if place is None else tuple(place.shape) for place in places]
    joint = torch.broadcast_shapes(*[s for s in expanded if s is not None])
    used = [i for i, s in enumerate(expanded) if s is not None]
    rest = [shape[i] for i in range(len(shape)) if i not in used]
    together = used == list(range(used[0], used[-1] + 1))
    start = used[0] if together else 0
    return (*rest[:start], *joint, *rest[start:])


def _fitted(tensor, shape):
    """The values broadcast to a shape. Raises NumPy's error where they do not go there."""
    given = tuple(tensor.shape)
    if given == shape:
        return tensor
    try:
        return tensor.expand(shape)
    except RuntimeError:
        text = [f"({','.join(map(str, s))}{',' if len(s) == 1 else ''})" for s in (given, shape)]
        raise ValueError(
            f"could not broadcast input array from shape {text[0]} into shape {text[1]}"
        ) from None


def _out_of_bounds(index, axis, size):
    return IndexError(f"index {index} is out of bounds for axis {axis} with size {size}")


def _take(view, places):
    try:
        return _ops.index(view, places)
    except (IndexError, RuntimeError) as error:
        message = str(error)
        if "broadcast" in message:
            shapes = " ".join(
                f"({','.join(map(str, p.shape))}{',' if p.dim() == 1 else ''})"
                for p in places
                if p is not None
            )
            raise IndexError(
                "shape mismatch: indexing arrays could not be broadcast together with shapes "
                f"{shapes} "
            ) from None
        raise IndexError(message.replace("dimension", "axis")) from None


def _normal(index):
    """The items of an index, with lists and arrays as index tensors."""
    items = index if type(index) is tuple else (index,)
    made = []
    for item in items:
        kind = type(item)
        if kind is int or kind is slice or item is None or item is Ellipsis:
            made.append(item)
        elif kind is bool or kind is bool_:
            made.append(torch.tensor(bool(item)))
        elif isinstance(item, integer):
            made.append(item._v)
        elif isinstance(item, (ndarray, list, tuple, range)) or is_tensor(item):
            found = index_tensor(asarray(item))
            if not found.dim() and found.dtype is not torch.bool:
                found = int(found.item())
            made.append(found)
        elif hasattr(item, "__index__") and not isinstance(item, (str, float)):
            made.append(item.__index__())
        else:
            raise IndexError(_WHAT)
    return made


def index_tensor(array):
    """The tensor to index with: int64 or bool."""
    kind = array.dtype
    if kind.kind == "b":
        return array._t
    if kind.isint:
        return array._t.to(torch.int64)
    if not array.size and array.ndim == 1:
        return torch.zeros(0, dtype=torch.int64)
    raise IndexError("arrays used as indices must be of integer (or boolean) type")


def _parse(tensor, index):
    """(view, index tensors, dimensions to turn around, whether a zero-dim result is an array)."""
    items = _normal(index)
    advanced = any(isinstance(item, torch.Tensor) for item in items)
    wanted = 0
    for item in items:
        if isinstance(item, torch.Tensor):
            wanted += item.dim() if item.dtype is torch.bool else 1
        elif item is not None and item is not Ellipsis:
            wanted += 1
    depth = tensor.dim()
    if wanted > depth:
        raise IndexError(
            f"too many indices for array: array is {depth}-dimensional, but {wanted} were indexed"
        )
    if sum(1 for item in items if item is Ellipsis) > 1:
        raise IndexError("an index can only have a single ellipsis ('...')")
    view, places, flips, dim, axis = tensor, [], [], 0, 0
    keeps = False
    for item in items:
        if item is None:
            view, dim = view.unsqueeze(dim), dim + 1
        elif item is Ellipsis:
            dim, axis, keeps = dim + depth - wanted, axis + depth - wanted, True
        elif type(item) is slice:
            view, turned = _sliced(view, dim, item)
            if turned:
                flips.append(dim)
            dim, axis = dim + 1, axis + 1
        elif isinstance(item, torch.Tensor):
            if item.dtype is torch.bool and not item.dim():
                view = view.unsqueeze(dim)
                item = item.reshape(1)
            elif item.dtype is torch.bool:
                _check_mask(item, view, dim, axis)
            places.extend([None] * (dim - len(places)))
            places.append(item)
            used = item.dim() if item.dtype is torch.bool else 1
            dim, axis = dim + used, axis + used
        else:
            size = view.shape[dim]
            if not -size <= item < size:
                raise _out_of_bounds(item, axis, size)
            if advanced:
                places.extend([None] * (dim - len(places)))
                places.append(torch.tensor([item]))
                dim += 1
            else:
                view = _ops.select(view, dim, item)
            axis += 1
    if places and flips:
        view, flips = view.flip(flips), []
    if places:
        places = _unmasked(places)
    return view, places, flips, keeps


def _unmasked(places):
    """Boolean masks of several dimensions as one index tensor a dimension, so that every place
    stands at its own dimension.
    """
    made, skip = [], 0
    for place in places:
        if skip and place is None:
            skip -= 1
            continue
        skip = 0
        if place is not None and place.dtype is torch.bool:
            made.extend(place.nonzero().unbind(1))
            skip = place.dim() - 1
        else:
            made.append(place)
    return made


def _check_mask(mask, view, dim, axis):
    for i, size in enumerate(mask.shape):
        if view.shape[dim + i] != size:
            raise IndexError(
                f"boolean index did not match indexed array along axis {axis + i}; size of axis "
                f"is {view.shape[dim + i]} but size of corresponding boolean axis is {size}"
            )


def _sliced(view, dim, item):
    """(view, whether it must be turned around) for one slice."""
    if item.start is None and item.stop is None and item.step is None:
        return view, False
    start, stop, step = _bounds(item, view.shape[dim])
    if step > 0:
        return _ops.slice(view, dim, start, max(start, stop), step), False
    count = max(0, -(-(start - stop) // -step))
    if not count:
        return _ops.slice(view, dim, 0, 0, 1), False
    last = start + (count - 1) * step
    return _ops.slice(view, dim, last, start + 1, -step), True


def _bounds(item, size):
    parts = [
        part if part is None or type(part) is int else part.__index__()
        for part in (item.start, item.stop, item.step)
    ]
    if parts[2] == 0:
        raise ValueError("slice step cannot be zero")
    return slice(*parts).indices(size)


class flatiter:
    """The elements of an array one after another."""

    def __init__(self, array):
        self.base = array
        self._at = 0

    def __iter__(self):
        return iter(self.base.ravel())

    def __next__(self):
        if self._at >= self.base.size:
            raise StopIteration
        self._at += 1
        return self.base.ravel()[self._at - 1]

    def __len__(self):
        return self.base.size

    def __getitem__(self, index):
        return self.base.ravel()[index]

    def __setitem__(self, index, value):
        flat = self.base.ravel()
        flat[index] = value
        self.base._t.copy_(flat._t.reshape(self.base._t.shape))

    def copy(self):
        """The elements as a new array of one dimension."""
        return self.base.flatten()

    def __array__(self, dtype=None, copy=None):
        return self.base.flatten()


def install():
    """Give ndarray its index protocol."""
    ndarray.__getitem__ = getitem
    ndarray.__setitem__ = setitem
    ndarray.__delitem__ = None
