"""Elements repeated, turned around, shifted and padded."""

import torch

from ._array import convert, wrap
from ._convert import asarray
from ._shape import axis_of, concatenate, ravel


def repeat(a, repeats, axis=None):
    """Each element several times."""
    a = asarray(a)
    if axis is None:
        a, axis = ravel(a), 0
    axis = axis_of(axis, a.ndim)
    counts = asarray(repeats).ravel().tolist()
    size = a.shape[axis]
    if len(counts) == 1:
        counts = counts * size
    if len(counts) != size:
        raise ValueError(
            f"operands could not be broadcast together with shape ({size},) ({len(counts)},)"
        )
    places = [i for i, count in enumerate(counts) for _ in range(count)]
    return a._like(torch.index_select(a._t, axis, torch.tensor(places, dtype=torch.int64)))


def tile(A, reps):
    """The whole array several times."""
    a = asarray(A)
    reps = (reps,) if hasattr(reps, "__index__") else tuple(asarray(reps).tolist())
    tensor = a._t
    while tensor.dim() < len(reps):
        tensor = tensor.unsqueeze(0)
    reps = (1,) * (tensor.dim() - len(reps)) + reps
    return a._like(tensor.repeat(*reps) if tensor.dim() else tensor.clone())


def flip(m, axis=None):
    """The elements in reverse order along axis, or all of them."""
    a = asarray(m)
    axes = range(a.ndim) if axis is None else (axis,) if hasattr(axis, "__index__") else axis
    made = a._like(a._t.flip([axis_of(axis, a.ndim) for axis in axes]))
    made._flipped = True
    return made


def flipud(m):
    """The rows in reverse order."""
    return flip(m, 0)


def fliplr(m):
    """The columns in reverse order."""
    return flip(m, 1)


def rot90(m, k=1, axes=(0, 1)):
    """Turned by k quarters."""
    a = asarray(m)
    first, second = axes
    k %= 4
    tensor = a._t
    if k == 1:
        tensor = tensor.flip(second).transpose(first, second)
    elif k == 2:
        tensor = tensor.flip(first).flip(second)
    elif k == 3:
        tensor = tensor.transpose(first, second).flip(second)
    return a._like(tensor)


def roll(a, shift, axis=None):
    """The elements shifted; what falls off one end comes in at the other."""
    a = asarray(a)
    if axis is None:
        flat = a._t.reshape(-1)
        return a._like(torch.roll(flat, int(shift), 0).reshape(a._t.shape))
    shifts = (shift,) if hasattr(shift, "__index__") else tuple(shift)
    axes = (axis,) if hasattr(axis, "__index__") else tuple(axis)
    if len(shifts) == 1:
        shifts = shifts * len(axes)
    return a._like(torch.roll(a._t, tuple(map(int, shifts)), axes))


def resize(a, new_shape):
    """An array of another size, filled by repeating a."""
    a = ravel(a)
    shape = (new_shape,) if hasattr(new_shape, "__index__") else tuple(new_shape)
    count = 1
    for size in shape:
        count *= size
    if not a.size:
        return a._like(a._t.new_zeros(shape))
    places = torch.arange(count) % a.size
    return a._like(a._t[places].reshape(shape))


def _widths(width, ndim):
    width = asarray(width).tolist()
    if not isinstance(width, list):
        return [(width, width)] * ndim
    if not isinstance(width[0], list):
        width = width * 2 if len(width) == 1 else width
        return [tuple(width)] * ndim
    pairs = [tuple(item * 2 if len(item) == 1 else item) for item in width]
    return pairs * ndim if len(pairs) == 1 else pairs


def _borders(a, axis, before, after, mode, options):
    size = a.shape[axis]
    line = lambda places: a._like(  # noqa: E731
        torch.index_select(a._t, axis, torch.tensor(places, dtype=torch.int64))
    )
    if mode == "edge":
        return line([0] * before), line([size - 1] * after)
    if mode == "wrap":
        places = [i % size for i in range(-before, size + after)]
    elif mode in ("reflect", "symmetric"):
        period = max(2 * size - 2, 1) if mode == "reflect" else 2 * size
        places = [i % period for i in range(-before, size + after)]
        over = period if mode == "reflect" else period - 1
        places = [i if i < size else over - i for i in places]
    else:
        low, high = _constants(options.get("constant_values", 0), axis)
        parts = []
        for count, value in ((before, low), (after, high)):
            shape = list(a.shape)
            shape[axis] = count
            value = asarray(value)
            parts.append(a._like(convert(value._t, value.dtype, a.dtype).expand(shape)))
        return parts
    return line(places[:before]), line(places[before + size :])


def _constants(values, axis):
    values = asarray(values).tolist()
    if not isinstance(values, list):
        return values, values
    if isinstance(values[0], list):
        values = values[axis] if len(values) > 1 else values[0]
    return (values * 2)[:2] if len(values) == 1 else values


def pad(array, pad_width, mode="constant", **options):
    """The array with a border: constant, edge, wrap, reflect, symmetric, mean, maximum, minimum."""
    a = asarray(array)
    for axis, (before, after) in enumerate(_widths(pad_width, a.ndim)):
        if before < 0 or after < 0:
            raise ValueError("index can't contain negative values")
        if mode in ("mean", "maximum", "minimum", "median"):
            from . import _reduce, _statistics

            act = {
                "mean": _reduce.mean, "maximum": _reduce.max, "minimum": _reduce.min,
                "median": _statistics.median,
            }[mode]  # fmt: skip
            value = act(a, axis=axis, keepdims=True).astype(a.dtype)
            parts = [value.repeat(before, axis), value.repeat(after, axis)]
        elif mode in ("constant", "edge", "wrap", "reflect", "symmetric"):
            parts = _borders(a, axis, before, after, mode, options)
        else:
            raise NotImplementedError(f"np.pad mode '{mode}' is not part of the small NumPy")
        a = concatenate([parts[0], a, parts[1]], axis)
    return a


def trim_zeros(filt, trim="fb"):
    """A line of values without the zeros at its ends."""
    a = asarray(filt)
    places = a.nonzero()[0].tolist()
    if not places:
        return a[:0]
    low = places[0] if "f" in trim.lower() else 0
    high = places[-1] + 1 if "b" in trim.lower() else a.size
    return filt[low:high]


def as_strided(x, shape=None, strides=None, **_):
    """A view with strides of its own, in bytes."""
    steps = x._t.stride() if strides is None else [step // x.itemsize for step in strides]
    return wrap(
        x._t.as_strided(x.shape if shape is None else shape, steps, x._t.storage_offset()), x.dtype
    )


def sliding_window_view(x, window_shape, axis=None, **_):
    """All windows of a size, a view."""
    a = asarray(x)
    sizes = (window_shape,) if hasattr(window_shape, "__index__") else tuple(window_shape)
    axes = range(a.ndim) if axis is None else (axis,) if hasattr(axis, "__index__") else axis
    tensor = a._t
    for size, along in zip(sizes, axes, strict=True):
        if size > a.shape[along]:
            raise ValueError("window shape cannot be larger than input array shape")
        tensor = tensor.unfold(axis_of(along, a.ndim), size, 1)
    return a._like(tensor)


FUNCTIONS = (repeat, tile, flip, flipud, fliplr, rot90, roll, resize, pad, trim_zeros)
