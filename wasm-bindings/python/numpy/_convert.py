"""Python values into arrays: `np.array` and its relatives."""

from array import array as numbers
from itertools import chain

import torch
from torch import _C
from torch._creation import from_flat
from torch._tensor import wrap as wrap_handle

from . import _dtypes, _pool
from ._array import convert, from_tensor, is_tensor, ndarray, out, wrap
from ._dtypes import as_dtype, check_fits, promote, wrap_int
from ._scalars import generic, str_

_SEQUENCES = (list, tuple, range)
_CODES = {
    torch.int8: "b", torch.uint8: "B", torch.int16: "h", torch.int32: "i", torch.int64: "q",
    torch.float32: "f", torch.float64: "d",
}  # fmt: skip


def array(object, dtype=None, *, copy=True, order="K", subok=False, ndmin=0, like=None):
    """An array with a copy of the values: a number, nested lists, an array or a tensor. Raises
    ValueError where the lists are ragged.
    """
    made = _made(object, dtype)
    if copy and (made is object or is_tensor(object) or _foreign(object)):
        made = made._like(made._t.clone())
    while made.ndim < ndmin:
        made = made._like(made._t.unsqueeze(0))
    return made


def _foreign(value):
    return hasattr(value, "__array__") and not isinstance(value, (ndarray, generic))


def asarray(a, dtype=None, order=None, *, device=None, copy=None, like=None):
    """The values as an array; an array of the right type is returned as it is."""
    if copy:
        return array(a, dtype)
    if type(a) is ndarray and dtype is None:
        return a
    return _made(a, dtype)


def asanyarray(a, dtype=None, order=None, **_):
    """As `asarray`."""
    return asarray(a, dtype)


ascontiguousarray = asfortranarray = asanyarray


def _made(value, dtype):
    kind = None if dtype is None else as_dtype(dtype)
    if isinstance(value, ndarray):
        return value if kind is None or value.dtype is kind else astype(value, kind)
    if is_tensor(value):
        found = from_tensor(value) if not value.requires_grad else value.numpy()
        return found if kind is None else astype(found, kind)
    if _foreign(value):
        found = value.__array__()
        return found if kind is None else astype(found, kind)
    if isinstance(value, (bytes, bytearray)) or (
        not isinstance(value, (*_SEQUENCES, str, generic, dict, set))
        and hasattr(value, "__len__")
        and hasattr(value, "__getitem__")
    ):
        value = _listed(value)
    flat, shape = _flatten(value, kind)
    return _from_leaves(flat, shape, kind)


def _listed(value):
    if isinstance(value, (bytes, bytearray)):
        return value.decode("latin-1")
    return value.tolist() if hasattr(value, "tolist") else list(value)


def _flatten(value, kind):
    """(leaves, shape) of nested sequences."""
    level, shape = [value], []
    while level and isinstance(level[0], _SEQUENCES):
        size = len(level[0])
        even = all(isinstance(item, _SEQUENCES) and len(item) == size for item in level)
        if not even:
            if kind is _dtypes.object_:
                return level, shape
            raise _ragged(shape)
        shape.append(size)
        level = list(chain.from_iterable(level))
    if kind is not _dtypes.object_ and any(isinstance(item, _SEQUENCES) for item in level):
        raise _ragged(shape)
    return level, shape


def _ragged(shape):
    detected = f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"
    return ValueError(
        "setting an array element with a sequence. The requested array has an inhomogeneous shape "
        f"after {len(shape)} dimensions. The detected shape was {detected} + inhomogeneous part."
    )


def _from_leaves(flat, shape, kind):
    kinds = set(map(type, flat))
    if not kinds <= {int, float, bool, str}:
        if any(_array_like(item) for item in kinds):
            return _joined(flat, shape, kind)
        if kind is None:
            kind = _kind_of(kinds, flat)
        if kind is not _dtypes.object_:
            flat = [item.item() if isinstance(item, generic) else item for item in flat]
    elif kind is None:
        kind = _kind_of(kinds, flat)
    return from_values(flat, shape, kind)


def _array_like(kind):
    return issubclass(kind, (ndarray, torch.Tensor)) or (
        hasattr(kind, "__array__") and not issubclass(kind, generic)
    )


def _joined(flat, shape, kind):
    """Lists whose leaves are arrays or tensors."""
    parts = [asarray(item) for item in flat]
    inner = parts[0].shape
    if any(part.shape != inner for part in parts):
        if kind is _dtypes.object_:
            return from_values(flat, shape, kind)
        raise _ragged(shape)
    if kind is None:
        kind = parts[0].dtype
        for part in parts[1:]:
            kind = promote(kind, part.dtype)
    tensor = torch.stack([convert(part._t, part.dtype, kind) for part in parts])
    return wrap(tensor.reshape(*shape, *inner), kind)


def _kind_of(kinds, flat):
    """The type for leaves of these Python types."""
    if not kinds:
        return _dtypes.float64
    found = None
    for item in kinds:
        if issubclass(item, generic) and not issubclass(item, str):
            kind = item.dtype
        elif issubclass(item, bool):
            kind = _dtypes.bool_
        elif issubclass(item, int):
            kind = _dtypes.int64
        elif issubclass(item, float):
            kind = _dtypes.float64
        elif issubclass(item, complex):
            kind = _dtypes.complex128
        elif issubclass(item, (str, bytes)):
            longest = max(len(v) for v in flat if isinstance(v, (str, bytes)))
            kind = _dtypes.string(max(longest, 1))
        else:
            return _dtypes.object_
        found = kind if found is None else promote(found, kind)
    if found is _dtypes.int64 and not -(2**63) <= min(flat) <= max(flat) < 2**63:
        return _dtypes.uint64 if 0 <= min(flat) <= max(flat) < 2**64 else _dtypes.object_
    return found


def from_values(values, shape, kind, cast=False):
    """An array from flat Python values; with cast=True integers wrap around."""
    if kind.kind == "U":
        values = [item if type(item) is str else _text(item) for item in values]
        if not kind.itemsize:
            kind = _dtypes.string(max(map(len, values), default=1) or 1)
        length = kind.itemsize // 4
        values = [item[:length] for item in values]
    elif kind.kind == "c":
        values = [complex(item) for item in values]
    elif kind.kind == "b":
        values = [bool(item) for item in values]
    elif kind.kind == "f":
        values = [_float(item) for item in values]
    elif kind.isint:
        values = [_int(item, kind, cast) for item in values]
    if kind.pooled:
        values = _pool.places(values)
    return wrap(_filled(values, tuple(shape), kind.storage), kind)


def _filled(values, shape, storage):
    """A tensor of these numbers: few travel as they are, more as bytes."""
    code = _CODES.get(storage)
    if code is None or (len(values) <= 16 and code != "q"):
        return from_flat(values, shape, storage)
    return wrap_handle(_C.from_bytes(storage.code, numbers(code, values), *shape))


def _text(item):
    if isinstance(item, bytes):
        return item.decode("latin-1")
    return str(item) if not isinstance(item, str) else str_.item(item)


def _float(item):
    if type(item) is float:
        return item
    if item is None:
        return float("nan")
    try:
        return float(item)
    except ValueError:
        raise ValueError(f"could not convert string to float: {item!r}") from None
    except TypeError:
        if isinstance(item, complex):
            return item.real
        raise TypeError(
            f"float() argument must be a string or a real number, not '{type(item).__name__}'"
        ) from None


def _int(item, kind, cast):
    if type(item) is not int:
        if isinstance(item, float):
            if item != item:
                raise ValueError("cannot convert float NaN to integer")
            return wrap_int(int(item), kind)
        item = int(item)
    elif not cast:
        check_fits(item, kind)
    value = wrap_int(item, kind)
    return value - 2**64 if value >= 2**63 else value


def astype(a, dtype, order="K", casting="unsafe", subok=True, copy=True):
    """The array in another type; a copy unless copy=False and the type is the same."""
    kind = as_dtype(dtype)
    if kind is a.dtype:
        return a._like(a._t.clone()) if copy else a
    if kind.kind == "U" and not kind.itemsize:
        made = from_values(a.ravel().tolist(), a.shape, kind)
        return wrap(made._t, promote(made.dtype, _text_width(a.dtype)))
    return wrap(convert(a._t, a.dtype, kind), kind)


def _text_width(kind):
    """How wide NumPy makes the texts of numbers."""
    widths = {"b": 5, "f": 32, "c": 64, "U": 0, "O": 0}
    small = {1: 4 if kind.kind == "i" else 3, 2: 6, 4: 11, 8: 21}
    width = widths.get(kind.kind, small.get(kind.itemsize, 21))
    return _dtypes.string(width)


def operand(value):
    """(tensor or Python number, type or None) of an operand; the type of a Python number is None:
    it adapts to the other operand.
    """
    kind = type(value)
    if kind is ndarray:
        return value._t, value.dtype
    if kind is float or kind is int:
        return value, None
    if isinstance(value, (str, complex)) and not isinstance(value, generic):
        made = array(value)
        return made._t, made.dtype
    if isinstance(value, generic) and not isinstance(value, str):
        return value._v, kind.dtype
    if kind is bool:
        return value, _dtypes.bool_
    made = asarray(value)
    return made._t, made.dtype


def result(value):
    """An array as a function returns it: a scalar where there are no dimensions."""
    return value if value._t.dim() else out(value._t, value.dtype)
