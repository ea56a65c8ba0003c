"""Making tensors: from Python values, filled, counted or random."""

import math
from array import array
from itertools import chain

from . import _C, _dtypes, _numpy_bridge, _ops
from ._device import check as check_device
from ._dtypes import dtype as Dtype
from ._method_table import function
from ._numpy_bridge import from_numpy, is_array
from ._tensor import Tensor, wrap
from ._warn import warn

call, result = _C.share(globals())
function(from_numpy)

#: Up to this many values travel as plain arguments, more in one typed array.
_FEW = 48
#: Whole numbers up to here are exact as floats.
_EXACT = 2**53
#: Sizes up to here are those of the engine.
_LONG = 2**63
_MOST_DIMS = 128
#: Whole numbers that may not fit.
_SMALL = (_dtypes.uint8, _dtypes.int8, _dtypes.int16, _dtypes.int32)


def _flatten(data):
    """(flat list, shape) of a nested list. Raises ValueError where it is ragged."""
    shape = []
    level = [data]
    while level and isinstance(level[0], (list, tuple)):
        # A list may hold itself.
        if len(shape) == _MOST_DIMS:
            raise ValueError(f"too many dimensions '{_kind(level[0])}'")
        size = len(level[0])
        for item in level:
            if not isinstance(item, (list, tuple)):
                if isinstance(item, Tensor) and item.dim():
                    raise ValueError("only one element tensors can be converted to Python scalars")
                raise TypeError("not a sequence")
            if len(item) != size:
                raise ValueError(
                    f"expected sequence of length {size} at dim {len(shape)} (got {len(item)})"
                )
        shape.append(size)
        level = list(chain.from_iterable(level))
    return level, shape


def _as_lists(data):
    """Sequences that are neither list nor tuple (arrays, ranges and the like) as lists."""
    if isinstance(data, (list, tuple, int, float, str, bytes, dict, set, Tensor)):
        return data
    if hasattr(data, "tolist"):
        return data.tolist()
    if isinstance(data, range):
        return list(data)
    if hasattr(data, "__len__") and hasattr(data, "__getitem__"):
        return [_as_lists(item) for item in data]
    return data


def _infer(kinds, flat):
    if not kinds:
        return _dtypes.get_default_dtype()
    if float in kinds:
        return _dtypes.get_default_dtype()
    if kinds <= {bool}:
        return _dtypes.bool
    if kinds <= {bool, int}:
        return _dtypes.int64
    for value in flat:
        if isinstance(value, float):
            return _dtypes.get_default_dtype()
        if not isinstance(value, int):
            break
    else:
        return _dtypes.int64
    return None


def _from_wide(values, shape):
    """An int64 tensor from values that floats do not hold."""
    try:
        numbers = array("q", map(int, values))
    except OverflowError:
        raise RuntimeError("Overflow when unpacking long") from None
    return wrap(_C.from_bytes(_dtypes.int64.code, numbers, *shape))


def from_flat(values, shape, dtype):
    """A tensor from a flat sequence of Python numbers."""
    if dtype is _dtypes.int64 and values and not -_EXACT < min(values) <= max(values) < _EXACT:
        if all(isinstance(value, int) for value in values):
            return _from_wide(values, shape)
        values = list(map(float, values))
    if len(values) <= _FEW:
        handle = call(_ops.FROM_VALUES, dtype.code, len(shape), *shape, len(values), *values)
        if handle is None:
            _C.fail()
        return wrap(handle)
    from pyodide.ffi import to_js

    short = dtype.is_floating_point and dtype is not _dtypes.float64
    numbers = to_js(array("f" if short else "d", values))
    handle = _C.from_array(dtype.code, numbers, *shape)
    if handle is None:
        _C.fail()
    return wrap(handle)


def _numpy_dtype(data):
    name = getattr(getattr(data, "dtype", None), "name", None)
    kind = getattr(_dtypes, name, None) if name else None
    return kind if isinstance(kind, Dtype) else None


def _make(data, dtype):
    """A tensor with a copy of the data; dtype None is inferred."""
    if is_array(data):
        made = _numpy_bridge.to_tensor(data)
        return made.clone() if dtype in (None, made.dtype) else made.to(dtype)
    if isinstance(data, (list, tuple)) and data and is_array(data[0]):
        made = _numpy_bridge.joined(data)
        if made is not None:
            return made if dtype in (None, made.dtype) else made.to(dtype)
    if dtype is None and not isinstance(data, Tensor):
        dtype = _numpy_dtype(data)
    data = _as_lists(data)
    if isinstance(data, (list, tuple)):
        flat, shape = _flatten(data)
    else:
        flat, shape = [data], []
    kinds = set(map(type, flat))
    if not kinds <= {int, float, bool}:
        flat, kinds, dtype, shape = _unusual(flat, kinds, dtype, shape)
    inferred = dtype or _infer(kinds, flat)
    if inferred is _dtypes.bool:
        flat = [value != 0 for value in flat]
    elif not inferred.is_floating_point:
        flat = _as_ints(flat, kinds, inferred)
    if inferred in _SMALL and flat:
        _check_fits(min(flat), max(flat), inferred)
    return from_flat(flat, shape, inferred)


def _as_ints(flat, kinds, dtype):
    if float in kinds:
        if not all(-(2.0**63) <= value <= 2.0**63 for value in flat if type(value) is float):
            raise _no_room(dtype)
        flat = [int(value) for value in flat]
    # 2**63 itself is what the largest int64 becomes as a float; it wraps around.
    most = 2**63 - 1 + (float in kinds)
    if flat and not -(2**63) <= min(flat) <= max(flat) <= most:
        raise RuntimeError("Overflow when unpacking long")
    return flat


def _no_room(dtype):
    return RuntimeError(f"value cannot be converted to type {dtype._name} without overflow")


def _check_fits(low, high, dtype):
    limits = _dtypes.iinfo(dtype)
    # Negative numbers wrap around in uint8.
    if low < (limits.min or -limits.max) or high > limits.max:
        raise _no_room(dtype)


def _unusual(flat, kinds, dtype, shape):
    """Values that are not plain numbers: tensors, numpy scalars, and what cannot be converted."""
    dtype = dtype or _numpy_bridge.scalar_dtype(flat)
    for value in flat:
        if value is None and dtype is None:
            raise RuntimeError("Could not infer dtype of NoneType")
        if isinstance(value, (str, bytes)):
            if shape:
                raise ValueError(f"too many dimensions '{type(value).__name__}'")
            raise TypeError(f"new(): invalid data type '{type(value).__name__}'")
    if any(isinstance(value, Tensor) for value in flat):
        if dtype is None:
            found = [value.dtype for value in flat if isinstance(value, Tensor)]
            dtype = max(found, key=lambda d: d.code)
        tensors = [value for value in flat if isinstance(value, Tensor)]
        if any(value.numel() != 1 for value in tensors):
            raise ValueError("only one element tensors can be converted to Python scalars")
        flat = [value.item() if isinstance(value, Tensor) else value for value in flat]
    arrays = [_as_lists(value) for value in flat]
    if any(isinstance(value, list) for value in arrays):
        dtype = dtype or _numpy_dtype(flat[0])
        flat, inner = _flatten(arrays)
        shape = [*shape, *inner[1:]]
    else:
        flat = arrays
    kinds = set(map(type, flat))
    for value in flat:
        if not isinstance(value, (int, float)):
            if shape:
                raise TypeError(f"must be real number, not {type(value).__name__}")
            raise RuntimeError(f"Could not infer dtype of {type(value).__name__}")
    return flat, {float if issubclass(kind, float) else kind for kind in kinds}, dtype, shape


@function
def tensor(data, *, dtype=None, device=None, requires_grad=False, pin_memory=False):
    """A new leaf tensor with a copy of the data: a number, nested lists, an array or a tensor."""
    check_device(device)
    if dtype is not None and not isinstance(dtype, Dtype):
        dtype = _dtypes.from_python(dtype)
    if isinstance(data, Tensor):
        warn(
            "To copy construct from a tensor, it is recommended to use "
            "sourceTensor.clone().detach() "
            "or sourceTensor.clone().detach().requires_grad_(True), rather than "
            "torch.tensor(sourceTensor).",
        )
        made = data.detach().clone()
        made = made if dtype is None else made.to(dtype)
    else:
        made = _make(data, dtype)
    return _with_gradient(made) if requires_grad else made


def _with_gradient(made):
    if not made.dtype.is_floating_point:
        raise RuntimeError("Only Tensors of floating point and complex dtype can require gradients")
    return made.requires_grad_()


@function
def as_tensor(data, dtype=None, device=None):
    """The data as a tensor; a tensor of the right dtype is returned as it is."""
    check_device(device)
    if isinstance(data, Tensor):
        return data if dtype is None else data.to(dtype)
    if is_array(data):
        made = _numpy_bridge.to_tensor(data)
        return made if dtype is None else made.to(dtype)
    return _make(data, dtype)


@function
def asarray(obj, *, dtype=None, device=None, copy=None, requires_grad=False):
    """As `as_tensor`, with `copy=True` for a copy in any case."""
    made = as_tensor(obj, dtype, device)
    made = made.clone() if copy and (made is obj or is_array(obj)) else made
    return made.requires_grad_() if requires_grad else made


def sizes_of(sizes, op="zeros", name="size", position=1):
    """Sizes given one by one or as one sequence, as a tuple of ints. The names are for errors."""
    if len(sizes) == 1 and isinstance(sizes[0], tuple | list):
        sizes = sizes[0]
    try:
        given = tuple([size.__index__() for size in sizes])
    except (AttributeError, TypeError):
        raise _bad_sizes(sizes, op, name, position) from None
    for place, size in enumerate(given, 1):
        if not -_LONG <= size < _LONG:
            raise TypeError(
                f"{op}(): argument '{name}' failed to unpack the object at pos {place} with error "
                '"Overflow when unpacking long"'
            )
    return given


def size_tuple(size, op, position=1):
    """Sizes that come as one sequence only, as a tuple of ints."""
    if isinstance(size, tuple | list):
        return sizes_of((size,), op, position=position)
    where = f" (position {position})" if position else ""
    raise TypeError(f"{op}(): argument 'size'{where} must be tuple of ints, not {_kind(size)}")


def given_sizes(sizes, names, op):
    """Sizes that may also be given by name."""
    return size_tuple(names.pop("size"), op, 0) if "size" in names else sizes_of(sizes, op)


def _kind(value):
    return type(value).__name__


def _bad_sizes(sizes, op, name, position):
    place, wrong = next((i, s) for i, s in enumerate(sizes) if not _is_index(s))
    if place:
        return TypeError(
            f"{op}(): argument '{name}' failed to unpack the object at pos {place + 1} with error "
            f'"type must be tuple of ints,but got {_kind(wrong)}"'
        )
    start = f"{op}(): argument '{name}'"
    if not position:
        return TypeError(f"{start} must be tuple of ints, not {_kind(sizes)}")
    return TypeError(
        f"{start} (position {position}) must be tuple of ints, but found element of type "
        f"{_kind(wrong)} at pos 0"
    )


def _is_index(value):
    try:
        value.__index__()
    except (AttributeError, TypeError):
        return False
    return True


def _finish(made, device, requires_grad):
    check_device(device)
    return _with_gradient(made) if requires_grad else made


def _check_sizes(sizes):
    for size in sizes:
        if size < 0:
            raise RuntimeError(
                f"Trying to create tensor with negative dimension {size}: "
                f"[{', '.join(map(str, sizes))}]"
            )
    return sizes


def _filled(op, value):
    def create(*size, out=None, dtype=None, layout=None, device=None, requires_grad=False, **names):
        sizes = _check_sizes(given_sizes(size, names, op))
        names.pop("pin_memory", None), names.pop("memory_format", None)
        if names:
            raise TypeError(f"{op}() got an unexpected keyword argument '{next(iter(names))}'")
        made = _ops.full(sizes, value, dtype or _dtypes.get_default_dtype())
        return _finish(made, device, requires_grad)

    create.__name__ = create.__qualname__ = op
    create.__doc__ = f"A tensor of the given size filled with {value}."
    return create


zeros = function(_filled("zeros", 0))
ones = function(_filled("ones", 1))


@function
def empty(*size, out=None, dtype=None, layout=None, device=None, requires_grad=False, **names):
    """A tensor of the given size whose values are not set."""
    sizes = _check_sizes(given_sizes(size, names, "empty"))
    return _finish(_ops.empty(sizes, dtype or _dtypes.get_default_dtype()), device, requires_grad)


@function
def full(size, fill_value, *, out=None, dtype=None, layout=None, device=None, requires_grad=False):
    """A tensor of the given size filled with one value."""
    if isinstance(fill_value, Tensor):
        fill_value = fill_value.item()
    if dtype is None:
        dtype = _infer({type(fill_value)}, [fill_value])
    sizes = _check_sizes(size_tuple(size, "full"))
    if isinstance(fill_value, int) and not -_EXACT < fill_value < _EXACT:
        made = _ops.empty(sizes, dtype)
        _ops.fill_(made, fill_value)
    else:
        made = _ops.full(sizes, fill_value, dtype)
    return _finish(made, device, requires_grad)


@function
def zeros_like(
    input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None
):
    """Zeros of the input's shape and dtype."""
    return _finish(_ops.full(input.shape, 0, dtype or input.dtype), device, requires_grad)


@function
def ones_like(
    input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None
):
    """Ones of the input's shape and dtype."""
    return _finish(_ops.full(input.shape, 1, dtype or input.dtype), device, requires_grad)


@function
def empty_like(
    input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None
):
    """An unset tensor of the input's shape and dtype."""
    return _finish(_ops.empty(input.shape, dtype or input.dtype), device, requires_grad)


@function
def full_like(
    input,
    fill_value,
    *,
    dtype=None,
    layout=None,
    device=None,
    requires_grad=False,
    memory_format=None,
):
    """One value in the input's shape and dtype."""
    return _finish(full(input.shape, fill_value, dtype=dtype or input.dtype), device, requires_grad)


@function
def arange(
    start=0,
    end=None,
    step=1,
    *,
    out=None,
    dtype=None,
    layout=None,
    device=None,
    requires_grad=False,
):
    """Values from start up to, not including, end."""
    if end is None:
        start, end = 0, start
    start, end, step = (v.item() if hasattr(v, "item") else v for v in (start, end, step))
    if step == 0:
        raise RuntimeError("step must be nonzero")
    if (end - start) * step < 0:
        raise RuntimeError("upper bound and larger bound inconsistent with step sign")
    if dtype is None:
        whole = all(isinstance(value, int) for value in (start, end, step))
        dtype = _dtypes.int64 if whole else _dtypes.get_default_dtype()
    return _finish(_ops.arange(start, end, step, dtype), device, requires_grad)


def range_(start=0, end=None, step=1, *, dtype=None, device=None, requires_grad=False):
    """Values from start to end, both included (the old `torch.range`)."""
    if end is None:
        start, end = 0, start
    count = math.floor((end - start) / step) + 1
    made = _ops.arange(
        start, start + count * step - step / 2, step, dtype or _dtypes.get_default_dtype()
    )
    return _finish(made, device, requires_grad)


function(range_, "range")


@function
def linspace(
    start, end, steps, *, out=None, dtype=None, layout=None, device=None, requires_grad=False
):
    """`steps` values from start to end, evenly spaced."""
    start, end = (v.item() if isinstance(v, Tensor) else v for v in (start, end))
    if steps < 0:
        raise RuntimeError("number of steps must be non-negative")
    return _finish(
        _ops.linspace(start, end, steps, dtype or _dtypes.get_default_dtype()),
        device,
        requires_grad,
    )


@function
def logspace(start, end, steps, base=10.0, *, dtype=None, device=None, requires_grad=False):
    """base to the powers of `linspace(start, end, steps)`."""
    powers = _ops.linspace(start, end, steps, _dtypes.float64)
    return _finish(
        _ops.pow(base, powers).to(dtype or _dtypes.get_default_dtype()), device, requires_grad
    )


@function
def eye(n, m=None, *, out=None, dtype=None, layout=None, device=None, requires_grad=False):
    """Ones on the diagonal, zeros elsewhere."""
    made = _ops.eye(n, n if m is None else m, dtype or _dtypes.get_default_dtype())
    return _finish(made, device, requires_grad)
