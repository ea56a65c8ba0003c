"""The same elements in another shape; arrays joined and cut."""

import torch

from ._array import convert, ndarray, wrap
from ._convert import array, asarray
from ._dtypes import as_dtype, promote


class AxisError(ValueError, IndexError):
    """An axis that the array has not."""

    __module__ = "numpy.exceptions"


def axis_of(axis, ndim):
    """The axis counted from 0. Raises AxisError where there is none such."""
    axis = axis.__index__()
    if not -ndim <= axis < ndim:
        raise AxisError(f"axis {axis} is out of bounds for array of dimension {ndim}")
    return axis % ndim


def _ints(values):
    if len(values) == 1 and not hasattr(values[0], "__index__"):
        values = values[0]
        if values is None:
            return None
    if isinstance(values, ndarray):
        values = values.tolist()
    return [value.__index__() for value in values]


def reshape(a, shape=None, order="C", *, newshape=None, copy=None):
    """The elements in another shape: a view where possible."""
    a = asarray(a)
    shape = newshape if shape is None else shape
    sizes = [shape.__index__()] if hasattr(shape, "__index__") else _ints((shape,))
    if order == "F":
        turned = reshape(ravel(a, "F"), sizes[::-1])
        return transpose(turned)
    count = a.size
    known = 1
    for size in sizes:
        known *= 1 if size == -1 else size
    free = sizes.count(-1)
    if free > 1:
        raise ValueError("can only specify one unknown dimension")
    if free and known and count % known == 0:
        sizes[sizes.index(-1)] = count // known
    elif free or known != count:
        shown = [size for size in sizes if size != -1] if free else sizes
        text = f"({','.join(map(str, shown))}{',' if len(shown) == 1 and not free else ''})"
        raise ValueError(f"cannot reshape array of size {count} into shape {text}")
    return a._like(a._t.reshape(sizes))


def ravel(a, order="C"):
    """One dimension: a view where possible."""
    a = asarray(a)
    if order == "F":
        a = transpose(a)
    return a._like(a._t.reshape(-1))


def flatten(a, order="C"):
    """One dimension, a copy."""
    made = ravel(a, order)
    return made._like(made._t.clone())


def transpose(a, axes=None):
    """The dimensions in another order, reversed where none is given: a view."""
    a = asarray(a)
    if axes is None:
        axes = range(a.ndim)[::-1]
    axes = list(axes)
    if len(axes) != a.ndim:
        raise ValueError("axes don't match array")
    axes = [axis_of(axis, a.ndim) for axis in axes]
    if sorted(axes) != list(range(a.ndim)):
        raise ValueError("repeated axis in transpose")
    return a._like(a._t.permute(axes))


def swapaxes(a, axis1, axis2):
    """Two dimensions exchanged, a view."""
    a = asarray(a)
    places = []
    for i, axis in enumerate((axis1, axis2), 1):
        try:
            places.append(axis_of(axis, a.ndim))
        except AxisError as error:
            raise AxisError(f"axis{i}: {error}") from None
    return a._like(a._t.transpose(*places))


def moveaxis(a, source, destination):
    """Dimensions moved to other places, a view."""
    a = asarray(a)
    source = [source] if hasattr(source, "__index__") else list(source)
    destination = [destination] if hasattr(destination, "__index__") else list(destination)
    source = [axis_of(axis, a.ndim) for axis in source]
    destination = [axis_of(axis, a.ndim) for axis in destination]
    order = [axis for axis in range(a.ndim) if axis not in source]
    for to, axis in sorted(zip(destination, source, strict=True)):
        order.insert(to, axis)
    return transpose(a, order)


def rollaxis(a, axis, start=0):
    """One dimension moved to before `start`, a view."""
    axis = axis_of(axis, a.ndim)
    start = start + a.ndim if start < 0 else start
    return moveaxis(a, axis, start - 1 if axis < start else start)


def squeeze(a, axis=None):
    """Without dimensions of size one."""
    a = asarray(a)
    if axis is None:
        return a._like(a._t.squeeze())
    axes = [axis] if hasattr(axis, "__index__") else list(axis)
    axes = [axis_of(axis, a.ndim) for axis in axes]
    if any(a.shape[axis] != 1 for axis in axes):
        raise ValueError("cannot select an axis to squeeze out which has size not equal to one")
    shape = [size for i, size in enumerate(a.shape) if i not in axes]
    return a._like(a._t.reshape(shape))


def expand_dims(a, axis):
    """With new dimensions of size one."""
    a = asarray(a)
    axes = [axis] if hasattr(axis, "__index__") else list(axis)
    total = a.ndim + len(axes)
    tensor = a._t
    for axis in sorted(axis_of(axis, total) for axis in axes):
        tensor = tensor.unsqueeze(axis)
    return a._like(tensor)


def atleast_1d(*arys):
    """Arrays of one dimension or more."""
    return _at_least(arys, lambda a: a.reshape(1) if a.ndim < 1 else a)


def atleast_2d(*arys):
    """Arrays of two dimensions or more."""
    return _at_least(arys, lambda a: a.reshape(1, -1) if a.ndim < 2 else a)


def atleast_3d(*arys):
    """Arrays of three dimensions or more."""

    def grown(a):
        if a.ndim < 2:
            return a.reshape(1, -1, 1)
        return expand_dims(a, 2) if a.ndim == 2 else a

    return _at_least(arys, grown)


def _at_least(arys, act):
    made = [act(asarray(a)) for a in arys]
    return made[0] if len(made) == 1 else tuple(made)


def broadcast_to(array, shape, subok=False):
    """A view in another shape, by repeating."""
    a = asarray(array)
    shape = (shape,) if hasattr(shape, "__index__") else tuple(shape)
    try:
        return a._like(a._t.expand(shape))
    except RuntimeError:
        raise ValueError(
            "operands could not be broadcast together with remapped shapes [original->remapped]: "
            f"{str(a.shape).replace(' ', '')}  and requested shape {str(shape).replace(' ', '')}"
        ) from None


def broadcast_arrays(*args, subok=False):
    """All arrays in their common shape."""
    arrays = [asarray(a) for a in args]
    tensors = torch.broadcast_tensors(*[a._t for a in arrays])
    return tuple(a._like(t) for a, t in zip(arrays, tensors, strict=True))


def broadcast_shapes(*shapes):
    """The common shape."""
    return tuple(torch.broadcast_shapes(*shapes))


def _common(arrays, dtype=None):
    kind = arrays[0].dtype
    for a in arrays[1:]:
        kind = promote(kind, a.dtype)
    return kind if dtype is None else as_dtype(dtype)


def concatenate(arrays, axis=0, out=None, *, dtype=None, casting=None):
    """Arrays one after another along an existing axis."""
    arrays = [asarray(a) for a in arrays]
    if not arrays:
        raise ValueError("need at least one array to concatenate")
    if axis is None:
        arrays, axis = [ravel(a) for a in arrays], 0
    if not arrays[0].ndim:
        raise ValueError("zero-dimensional arrays cannot be concatenated")
    _check_joinable(arrays, axis)
    kind = _common(arrays, dtype)
    axis = axis_of(axis, arrays[0].ndim)
    made = wrap(torch.cat([convert(a._t, a.dtype, kind) for a in arrays], axis), kind)
    if out is not None:
        out[...] = made
        return out
    return made


def _check_joinable(arrays, axis):
    first = arrays[0]
    for i, a in enumerate(arrays[1:], 1):
        if a.ndim != first.ndim:
            raise ValueError(
                "all the input arrays must have same number of dimensions, but the array at "
                f"index 0 has {first.ndim} dimension(s) and the array at index {i} has {a.ndim} "
                "dimension(s)"
            )
        for d, (m, n) in enumerate(zip(first.shape, a.shape, strict=True)):
            if m != n and d != axis % first.ndim:
                raise ValueError(
                    "all the input array dimensions except for the concatenation axis must match "
                    f"exactly, but along dimension {d}, the array at index 0 has size {m} and the "
                    f"array at index {i} has size {n}"
                )


def stack(arrays, axis=0, out=None, *, dtype=None, casting=None):
    """Arrays of one shape side by side along a new axis."""
    arrays = [asarray(a) for a in arrays]
    if not arrays:
        raise ValueError("need at least one array to stack")
    if len({a.shape for a in arrays}) != 1:
        raise ValueError("all input arrays must have the same shape")
    kind = _common(arrays, dtype)
    axis = axis_of(axis, arrays[0].ndim + 1)
    made = wrap(torch.stack([convert(a._t, a.dtype, kind) for a in arrays], axis), kind)
    if out is not None:
        out[...] = made
        return out
    return made


def vstack(tup, *, dtype=None, casting=None):
    """Arrays below each other."""
    return concatenate([atleast_2d(a) for a in tup], 0, dtype=dtype)


def hstack(tup, *, dtype=None, casting=None):
    """Arrays beside each other."""
    arrays = [atleast_1d(a) for a in tup]
    return concatenate(arrays, 0 if arrays and arrays[0].ndim == 1 else 1, dtype=dtype)


def dstack(tup):
    """Arrays behind each other."""
    return concatenate([atleast_3d(a) for a in tup], 2)


def column_stack(tup):
    """Lists of values as columns."""
    arrays = [asarray(a) for a in tup]
    return concatenate([a.reshape(-1, 1) if a.ndim < 2 else a for a in arrays], 1)


def block(arrays):
    """A matrix out of nested lists of blocks."""
    if not isinstance(arrays, list):
        return atleast_1d(arrays)

    def depth(item):
        return 1 + depth(item[0]) if isinstance(item, list) else 0

    levels = depth(arrays)

    def joined(item, level):
        if not isinstance(item, list):
            a = asarray(item)
            return a.reshape((1,) * (levels - a.ndim) + a.shape)
        return concatenate([joined(part, level - 1) for part in item], -level)

    return joined(arrays, levels)


def array_split(ary, indices_or_sections, axis=0):
    """Parts of an array, as even as they can be."""
    a = asarray(ary)
    size = a.shape[axis]
    if hasattr(indices_or_sections, "__index__"):
        n = indices_or_sections.__index__()
        if n <= 0:
            raise ValueError("number sections must be larger than 0.")
        each, extra = divmod(size, n)
        cuts = [0]
        for i in range(n):
            cuts.append(cuts[-1] + each + (i < extra))
    else:
        cuts = [0, *_ints((indices_or_sections,)), size]
    axis = axis_of(axis, a.ndim)
    lead = (slice(None),) * axis
    return [a[(*lead, slice(low, high))] for low, high in zip(cuts, cuts[1:])]  # noqa: B905


def split(ary, indices_or_sections, axis=0):
    """Parts of an array. Raises ValueError where they are not equal."""
    if hasattr(indices_or_sections, "__index__") and asarray(ary).shape[axis] % indices_or_sections:
        raise ValueError("array split does not result in an equal division")
    return array_split(ary, indices_or_sections, axis)


def vsplit(ary, indices_or_sections):
    """Parts along the rows."""
    return split(ary, indices_or_sections, 0)


def hsplit(ary, indices_or_sections):
    """Parts along the columns."""
    return split(ary, indices_or_sections, 1 if asarray(ary).ndim > 1 else 0)


def dsplit(ary, indices_or_sections):
    """Parts along the third dimension."""
    return split(ary, indices_or_sections, 2)


def append(arr, values, axis=None):
    """An array with values behind it."""
    if axis is None:
        return concatenate([ravel(arr), ravel(values)])
    return concatenate([arr, values], axis)


def insert(arr, obj, values, axis=None):
    """An array with values put in before a place."""
    a = asarray(arr)
    if axis is None:
        a, axis = ravel(a), 0
    axis = axis_of(axis, a.ndim)
    size = a.shape[axis]
    values = asarray(values)
    kind = a.dtype
    if hasattr(obj, "__index__"):
        place = obj.__index__() % (size + 1) if obj.__index__() < 0 else obj.__index__()
        if place > size:
            raise IndexError(f"index {obj} is out of bounds for axis {axis} with size {size}")
        target = list(a.shape)
        target[axis] = 1 if values.ndim < a.ndim and a.ndim > 1 else max(values.size, 1)
        if a.ndim > 1:
            if values.ndim == a.ndim:
                target[axis] = values.shape[axis]
            elif values.ndim:
                values = expand_dims(values, axis)
        part = wrap(convert(values._t, values.dtype, kind).expand(target), kind)
        lead = (slice(None),) * axis
        return concatenate([a[(*lead, slice(place))], part, a[(*lead, slice(place, None))]], axis)
    places = [p + size if p < 0 else p for p in _ints((obj,))]
    values = broadcast_to(values, (len(places),)) if a.ndim == 1 else values
    order = sorted(range(len(places)), key=lambda i: places[i])
    parts, last = [], 0
    lead = (slice(None),) * axis
    for i in order:
        parts.append(a[(*lead, slice(last, places[i]))])
        item = asarray(values[i]) if values.ndim else values
        target = list(a.shape)
        target[axis] = 1
        parts.append(wrap(convert(item._t, item.dtype, kind).expand(target), kind))
        last = places[i]
    return concatenate([*parts, a[(*lead, slice(last, None))]], axis)


def delete(arr, obj, axis=None):
    """An array without the elements at these places."""
    a = asarray(arr)
    if axis is None:
        a, axis = ravel(a), 0
    axis = axis_of(axis, a.ndim)
    size = a.shape[axis]
    if isinstance(obj, slice):
        drop = set(range(*obj.indices(size)))
    else:
        found = asarray(obj)
        if found.dtype.kind == "b":
            found = found._like(found._t).nonzero()[0]
        given = [found.item()] if not found.ndim else found.ravel().tolist()
        for place in given:
            if not -size <= place < size:
                raise IndexError(f"index {place} is out of bounds for axis {axis} with size {size}")
        drop = {place % size for place in given}
    keep = array([i for i in range(size) if i not in drop], int)
    return a[(slice(None),) * axis + (keep,)]


FUNCTIONS = (
    reshape, ravel, transpose, swapaxes, moveaxis, rollaxis, squeeze, expand_dims, atleast_1d,
    atleast_2d, atleast_3d, broadcast_to, broadcast_arrays, broadcast_shapes, concatenate, stack,
    vstack, hstack, dstack, column_stack, block, array_split, split, vsplit, hsplit, dsplit,
    append, insert, delete,
)  # fmt: skip
