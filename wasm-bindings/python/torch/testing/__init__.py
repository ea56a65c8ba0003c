"""torch.testing: assertions over tensors, and tensors to test with."""

import cmath
import math
import warnings
from collections.abc import Mapping, Sequence

from .. import _dtypes
from .._creation import as_tensor, empty
from .._random_creation import randint
from .._tensor import Tensor

__all__ = ["assert_allclose", "assert_close", "make_tensor"]

_TOLERANCES = {
    "float16": (1e-3, 1e-5),
    "bfloat16": (1.6e-2, 1e-5),
    "float32": (1.3e-6, 1e-5),
    "float64": (1e-7, 1e-7),
    "complex64": (1.3e-6, 1e-5),
    "complex128": (1e-7, 1e-7),
}


def _defaults(*dtypes):
    found = [_TOLERANCES.get(str(dtype).removeprefix("torch."), (0.0, 0.0)) for dtype in dtypes]
    return tuple(max(pair[k] for pair in found) for k in (0, 1))


class _Options:
    def __init__(self, rtol, atol, equal_nan, check_dtype, check_stride):
        self.tolerances = None if rtol is None else (rtol, atol)
        self.equal_nan = equal_nan
        self.check_dtype = check_dtype
        self.check_stride = check_stride


def _scalar_message(actual, expected, rtol, atol):
    exact = rtol == 0 and atol == 0
    lines = [f"Expected {expected} but got {actual}."]
    if not isinstance(actual, (bool, str)) and not isinstance(expected, bool):
        absolute = abs(actual - expected)
        relative = math.inf if expected == 0 else absolute / abs(expected)
        allowed = ("", "") if exact else (f" (up to {atol} allowed)", f" (up to {rtol} allowed)")
        lines.append(f"Absolute difference: {absolute}{allowed[0]}")
        lines.append(f"Relative difference: {relative}{allowed[1]}")
    title = "Scalars are not equal!" if exact else "Scalars are not close!"
    return "\n".join([title, "", *lines])


def _index(place, shape):
    found = []
    for size in reversed(shape):
        place, rest = divmod(place, size)
        found.append(rest)
    return tuple(reversed(found))


def _tensor_message(actual, expected, matches, rtol, atol):
    exact = rtol == 0 and atol == 0
    count = int((~matches).sum())
    total = matches.numel()
    if not actual.dtype.is_floating_point:
        actual, expected = actual.to(_dtypes.int64), expected.to(_dtypes.int64)
    difference = (actual - expected).abs().masked_fill(matches, 0).reshape(-1)
    relative = (difference / expected.abs().reshape(-1)).masked_fill(matches.reshape(-1), 0)
    lines = [f"Mismatched elements: {count} / {total} ({count / total:.1%})"]
    for what, values, tolerance in (
        ("absolute", difference, atol),
        ("relative", relative, rtol),
    ):
        place = int(values.argmax())
        allowed = "" if exact else f" (up to {tolerance} allowed)"
        lines.append(
            f"Greatest {what} difference: {values[place].item()} at index "
            f"{_index(place, matches.shape)}{allowed}"
        )
    title = "Tensor-likes are not equal!" if exact else "Tensor-likes are not close!"
    return "\n".join([title, "", *lines])


def _attribute_message(name, actual, expected):
    return f"The values for attribute '{name}' do not match: {actual} != {expected}."


def _compare_tensors(actual, expected, options):
    if actual.shape != expected.shape:
        return _attribute_message("shape", actual.shape, expected.shape)
    if options.check_dtype and actual.dtype is not expected.dtype:
        return _attribute_message("dtype", actual.dtype, expected.dtype)
    if options.check_stride and actual.stride() != expected.stride():
        return _attribute_message("stride()", actual.stride(), expected.stride())
    rtol, atol = options.tolerances or _defaults(actual.dtype, expected.dtype)
    actual, expected = actual.detach(), expected.detach()
    if actual.dtype is not expected.dtype:
        actual, expected = actual.double(), expected.double()
    equal = actual == expected
    if actual.dtype.is_floating_point:
        finite = actual.isfinite() & expected.isfinite()
        equal = equal | (finite & ((actual - expected).abs() <= atol + rtol * expected.abs()))
        if options.equal_nan:
            equal = equal | (actual.isnan() & expected.isnan())
    elif rtol or atol:
        equal = (actual.double() - expected).abs() <= atol + rtol * expected.abs()
    if bool(equal.all()):
        return None
    if not actual.shape:
        return _scalar_message(actual.item(), expected.item(), rtol, atol)
    return _tensor_message(actual, expected, equal, rtol, atol)


_DTYPES = {bool: _dtypes.bool, int: _dtypes.int64, float: _dtypes.float64}


def _compare_numbers(actual, expected, options):
    if options.check_dtype and type(actual) is not type(expected):
        return f"The (d)types do not match: {type(actual)} != {type(expected)}."
    kinds = [_DTYPES.get(type(number), _dtypes.float64) for number in (actual, expected)]
    rtol, atol = options.tolerances or _defaults(*kinds)
    both_nan = options.equal_nan and cmath.isnan(actual) and cmath.isnan(expected)
    close = actual == expected or both_nan
    if not close and cmath.isfinite(actual) and cmath.isfinite(expected):
        close = abs(actual - expected) <= atol + rtol * abs(expected)
    return None if close else _scalar_message(actual, expected, rtol, atol)


def _compare(actual, expected, options, place=""):
    """The message of the first difference, or None."""
    if actual is None or expected is None:
        if actual is expected:
            return None
        return (
            f"Expected {expected} but got {actual} instead."
            if expected is None
            else (f"Expected {expected} but got {actual}.")
        )
    message = None
    numbers = (bool, int, float, complex)
    if isinstance(actual, Mapping) and isinstance(expected, Mapping):
        missing = sorted(set(expected) - set(actual), key=str)
        more = sorted(set(actual) - set(expected), key=str)
        if missing or more:
            return (
                "The keys of the mappings do not match:\n"
                f"Missing keys in the actual mapping: {missing}\n"
                f"Additional keys in the actual mapping: {more}"
            )
        pairs = [(key, actual[key], expected[key]) for key in actual]
    elif (
        isinstance(actual, Sequence)
        and isinstance(expected, Sequence)
        and not isinstance(actual, str)
    ):
        if len(actual) != len(expected):
            return f"The length of the sequences mismatch: {len(actual)} != {len(expected)}"
        pairs = [(i, a, b) for i, (a, b) in enumerate(zip(actual, expected, strict=True))]
    elif isinstance(actual, numbers) and isinstance(expected, numbers):
        message, pairs = _compare_numbers(actual, expected, options), []
    elif _is_tensor_like(actual) and _is_tensor_like(expected):
        if isinstance(actual, Tensor) != isinstance(expected, Tensor):
            actual, expected = as_tensor(actual), as_tensor(expected)
        message, pairs = _compare_tensors(as_tensor(actual), as_tensor(expected), options), []
    else:
        raise TypeError(
            f"No comparison pair was able to handle inputs of type {type(actual)} and "
            f"{type(expected)}."
        )
    for key, a, b in pairs:
        found = _compare(a, b, options, f"{place}[{key!r}]")
        if found is not None:
            return found
    if message is not None and place:
        message += f"\n\nThe failure occurred for item {place}"
    return message


def _is_tensor_like(value):
    return isinstance(value, (Tensor, int, float)) or hasattr(value, "__array__")


def assert_close(
    actual,
    expected,
    *,
    allow_subclasses=True,
    rtol=None,
    atol=None,
    equal_nan=False,
    check_device=True,
    check_dtype=True,
    check_layout=True,
    check_stride=False,
    msg=None,
):
    """Raise AssertionError unless |actual - expected| <= atol + rtol |expected| everywhere.

    Tensors, numbers, and sequences and mappings of them; the tolerances come from the dtype.
    """
    if (rtol is None) != (atol is None):
        absent, given = ("rtol", "atol") if rtol is None else ("atol", "rtol")
        raise ValueError(
            "Both 'rtol' and 'atol' must be either specified or unspecified, but got no "
            f"{absent} and {given}={atol if rtol is None else rtol}."
        )
    options = _Options(rtol, atol, equal_nan, check_dtype, check_stride)
    message = _compare(actual, expected, options)
    if message is not None:
        if msg is not None:
            message = msg(message) if callable(msg) else msg
        raise AssertionError(message)


def assert_allclose(actual, expected, rtol=None, atol=None, equal_nan=True, msg=""):
    """The old name of assert_close, which compares tensors of any dtype."""
    warnings.warn(
        "`torch.testing.assert_allclose()` is deprecated since 1.12 and will be removed in a "
        "future release. Please use `torch.testing.assert_close()` instead. You can find detailed "
        "upgrade instructions in https://github.com/pytorch/pytorch/issues/61844.",
        FutureWarning,
        stacklevel=2,
    )
    if rtol is None and atol is None:
        rtol, atol = _defaults(as_tensor(actual).dtype, as_tensor(expected).dtype)
    assert_close(
        as_tensor(actual),
        as_tensor(expected),
        rtol=rtol,
        atol=atol,
        equal_nan=equal_nan,
        check_dtype=False,
        msg=msg or None,
    )


def make_tensor(
    *shape,
    dtype,
    device=None,
    low=None,
    high=None,
    requires_grad=False,
    noncontiguous=False,
    exclude_zero=False,
    memory_format=None,
):
    """A tensor of values drawn from [low, high): [-9, 9] where they are not given."""
    shape = tuple(shape[0]) if len(shape) == 1 and not isinstance(shape[0], int) else shape
    size = (*shape[:-1], 2 * shape[-1]) if noncontiguous and shape and shape[-1] > 1 else shape
    low, high = (-9 if low is None else low), (9 if high is None else high)
    if dtype is _dtypes.bool:
        made = randint(0, 2, size).to(dtype)
    elif dtype.is_floating_point:
        made = empty(size, dtype=dtype).uniform_(low, high)
    else:
        made = randint(math.floor(low), math.ceil(high) + (high == 9), size).to(dtype)
    if size != tuple(shape):
        made = made[..., ::2]
    if exclude_zero:
        made = made.masked_fill(made == 0, 1)
    return made.requires_grad_() if requires_grad else made
