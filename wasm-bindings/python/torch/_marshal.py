"""Arguments on their way to the engine: each helper turns a Python value into the numbers that
stand for it.
"""

from . import _C, _dtypes
from ._dtypes import dtype as Dtype
from ._numpy_bridge import is_array, type_name
from ._tensor import Tensor, wrap

call, result = _C.share(globals())

_SCALARS = {
    "bool": "Bool",
    "uint8": "Byte",
    "int8": "Char",
    "int16": "Short",
    "int32": "Int",
    "int64": "Long",
    "float16": "Half",
    "bfloat16": "BFloat16",
    "float32": "Float",
    "float64": "Double",
}
REQUIRED = object()
_REDUCTIONS = {"none": 0, "mean": 1, "sum": 2}


def scalar_name(dtype):
    """ "Float" for torch.float32, as error messages spell it."""
    return _SCALARS.get(dtype._name, dtype._name)


def operand(value, op="op", name="other", position=2):
    """A tensor or a number."""
    if isinstance(value, Tensor):
        return (value._h,)
    if isinstance(value, bool):
        return (-3, value)
    if isinstance(value, int):
        return (-1, value)
    if isinstance(value, float):
        return (-2, value)
    if not hasattr(value, "__float__") or is_array(value):
        raise TypeError(
            f"{op}(): argument '{name}' (position {position}) must be Tensor, not "
            f"{type_name(value)}"
        )
    if hasattr(value, "__index__"):
        return (-1, value.__index__())
    return (-2, float(value))


def optional_operand(value, op="op", name="other", position=2):
    """A tensor, a number or None."""
    return (0,) if value is None else operand(value, op, name, position)


def tensors(values, op="op", name="tensors", position=1):
    """A list of tensors; None stands for an undefined one."""
    if isinstance(values, Tensor):
        raise TypeError(
            f"{op}(): argument '{name}' (position {position}) must be tuple of Tensors, not Tensor"
        )
    handles = []
    for i, value in enumerate(values):
        if value is None:
            handles.append(0)
        elif isinstance(value, Tensor):
            handles.append(value._h)
        else:
            raise TypeError(
                f"expected Tensor as element {i} in argument {position - 1}, but got "
                f"{type_name(value)}"
            )
    return (len(handles), *handles)


def integer(value, op="op", name="dim", position=2):
    """A whole number; also a one-element integer tensor."""
    if isinstance(value, float) or not hasattr(value, "__index__"):
        raise TypeError(
            f"{op}(): argument '{name}' (position {position}) must be int, not "
            f"{type(value).__name__}"
        )
    return value.__index__()


def optional_integer(value, op="op", name="dim", position=2):
    """A whole number or None."""
    return (0,) if value is None else (1, integer(value, op, name, position))


def number(value, op="op", name="value", position=2):
    """A real number; also a one-element tensor."""
    if isinstance(value, float):
        return value
    if isinstance(value, str) or not hasattr(value, "__float__"):
        raise TypeError(
            f"{op}(): argument '{name}' (position {position}) must be float, not "
            f"{type(value).__name__}"
        )
    return float(value)


def optional_number(value, op="op", name="value", position=2):
    """A real number or None."""
    return (0,) if value is None else (1, number(value, op, name, position))


def dims(value, op="op", name="dim", position=2):
    """One dimension (or size) or a list of them."""
    if isinstance(value, (tuple, list)):
        return (len(value), *[integer(item, op, name, position) for item in value])
    if not hasattr(value, "__index__"):
        kind = type(value).__name__
        raise TypeError(
            f"{op}(): argument '{name}' (position {position}) must be tuple of ints, not {kind}"
        )
    return (1, value.__index__())


def optional_dims(value, op="op", name="dim", position=2):
    """One dimension, a list of them, or None."""
    return (0,) if value is None else (1, *dims(value, op, name, position))


def floats(values):
    """A list of real numbers."""
    return (len(values), *values)


def dtype_code(value, op="op", name="dtype", position=2):
    """A dtype."""
    if not isinstance(value, Dtype):
        value = _dtypes.from_python(value)
    return value.code


def reduction(value, op="op", name="reduction", position=3):
    """How a loss sums up: "none", "mean", "sum" or the engine's number."""
    if isinstance(value, int):
        return value
    code = _REDUCTIONS.get(value)
    if code is None:
        raise ValueError(f"{value} is not a valid value for reduction")
    return code


def many(first):
    """All results of a call that gives a list of tensors, as a tuple."""
    count = result(-1)
    if not count:
        return ()
    return (wrap(first), *[wrap(result(i)) for i in range(1, count)])


def bad_argument(op, error, names, values):
    """The TypeError for the first argument that had to be a tensor and was not; `error` itself
    where all were.
    """
    for position, (name, value) in enumerate(zip(names, values, strict=True), 1):
        if not isinstance(value, Tensor):
            kind = type_name(value)
            return TypeError(
                f"{op}(): argument '{name}' (position {position}) must be Tensor, not {kind}"
            )
    return error


_ALIASES = {
    "axis": "dim",
    "keepdims": "keepdim",
    "x": "input",
    "x1": "input",
    "x2": "other",
    "axes": "dims",
}


def renamed(function, extra, given):
    """Call an op again with NumPy's argument names turned into PyTorch's, and with `out=`."""
    out = extra.pop("out", None)
    for name, value in extra.items():
        target = _ALIASES.get(name)
        if target == "dim" and "dim" not in given and "dims" in given:
            target = "dims"
        if target not in given:
            raise TypeError(f"{function.__name__}() got an unexpected keyword argument '{name}'")
        given[target] = value
    for name, value in given.items():
        if value is REQUIRED:
            raise TypeError(
                f'{function.__name__}() missing 1 required positional arguments: "{name}"'
            )
    result = function(*given.values())
    return result if out is None else write_all(out, result, function.__name__)


def write_all(out, result, name=""):
    """Put one result, or each of several, into what the caller gave as `out=`."""
    if isinstance(result, Tensor):
        return write_out(out, result, name)
    for target, value in zip(out, result, strict=True):
        write_out(target, value, name)
    return type(result)(*out) if hasattr(result, "_fields") else tuple(out)


def _order(dtype):
    return dtype.is_floating_point, dtype is not _dtypes.bool


def write_out(out, result, name=""):
    """Put a result into the tensor that the caller gave as `out=`, which takes its shape."""
    from ._tensor import adopt

    if result.requires_grad or out.requires_grad:
        raise RuntimeError(
            f"{name}(): functions with out=... arguments don't support automatic differentiation, "
            "but one of the arguments requires grad."
        )
    if _order(out.dtype) < _order(result.dtype):
        raise RuntimeError(
            f"result type {scalar_name(result.dtype)} can't be cast to the desired output type "
            f"{scalar_name(out.dtype)}"
        )
    if out.shape == result.shape:
        return out.copy_(result)
    return adopt(out, result.to(out.dtype))


def missing_argument(op, name):
    """The TypeError for a required argument that was not given."""
    return TypeError(f'{op}() missing 1 required positional arguments: "{name}"')
