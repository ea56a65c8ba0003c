"""Arithmetic and comparisons of NumPy's scalars: in their own types, with NumPy's warnings."""

import builtins
import math
import operator

import torch

from . import _dtypes, _errors
from ._dtypes import check_fits, promote, with_number, wrap_int
from ._scalars import _Boxed, bool_, complex128, float64, generic, integer, signedinteger


def _common(a, b):
    """(type, a, b) as Python numbers in the type of the result; None where b is no scalar."""
    kind = type(a).dtype
    if isinstance(b, generic):
        if isinstance(b, str):
            return None
        return promote(kind, type(b).dtype), a._v, b._v
    if isinstance(b, builtins.bool):
        return promote(kind, _dtypes.bool_), a._v, b
    if isinstance(b, (int, float, complex)):
        result = with_number(kind, b)
        if isinstance(b, int):
            check_fits(b, result)
        return result, a._v, b
    return None


def _result(kind, value, name):
    made = kind.type(wrap_int(value, kind)) if kind.isint else kind.type(value)
    if kind.isint and made._v != value:
        _errors.warn("over", f"overflow encountered in scalar {name}")
    return made


def _add(a, b):
    return a + b


def _div(a, b):
    if b != 0:
        return a / b
    if a == 0 or a != a:
        _errors.warn("invalid", "invalid value encountered in scalar divide")
        return math.nan
    _errors.warn("divide", "divide by zero encountered in scalar divide")
    return math.copysign(math.inf, a) * math.copysign(1, b)


def _by_zero(name, a):
    if not isinstance(a, float):
        _errors.warn("divide", f"divide by zero encountered in scalar {name}")
        return 0
    if name == "floor_divide" and a:
        _errors.warn("divide", f"divide by zero encountered in scalar {name}")
        return math.copysign(math.inf, a)
    _errors.warn("invalid", f"invalid value encountered in scalar {name}")
    return math.nan


def _pow(a, b):
    if isinstance(a, int) and isinstance(b, int) and b < 0:
        raise ValueError("Integers to negative integer powers are not allowed.")
    try:
        result = a**b
    except OverflowError:
        _errors.warn("over", "overflow encountered in scalar power")
        return math.inf
    except ZeroDivisionError:
        _errors.warn("divide", "divide by zero encountered in scalar power")
        return math.inf
    return math.nan if isinstance(result, complex) and not isinstance(a, complex) else result


_ARITHMETIC = {
    "add": ("add", operator.add),
    "sub": ("subtract", operator.sub),
    "mul": ("multiply", operator.mul),
    "truediv": ("divide", _div),
    "floordiv": (
        "floor_divide",
        lambda a, b: a // b if b != 0 else _by_zero("floor_divide", a),
    ),
    "mod": ("remainder", lambda a, b: a % b if b != 0 else _by_zero("remainder", a)),
    "pow": ("power", _pow),
    "and": ("bitwise_and", operator.and_),
    "or": ("bitwise_or", operator.or_),
    "xor": ("bitwise_xor", operator.xor),
    "lshift": ("left_shift", operator.lshift),
    "rshift": ("right_shift", operator.rshift),
}
_COMPARE = ("eq", "ne", "lt", "le", "gt", "ge")
_LOGICAL = ("and", "or", "xor")


def _other(name, a, b, reflected):
    """The operator where the other side is no scalar: an array, a list, a tensor or a stranger."""
    from ._array import ndarray

    if isinstance(b, torch.Tensor):
        a = a.item()
        act = _ARITHMETIC[name][1] if name in _ARITHMETIC else getattr(operator, name)
        act = operator.truediv if name == "truediv" else operator.pow if name == "pow" else act
        return act(b, a) if reflected else act(a, b)
    if name == "mul" and isinstance(a, integer) and isinstance(b, (list, tuple)):
        return b * int(a)
    if isinstance(b, (ndarray, list, tuple)):
        from ._ufunc import BY_OPERATOR

        act = BY_OPERATOR[name]
        return act(b, a) if reflected else act(a, b)
    return NotImplemented


def _arithmetic(name, label, act, reflected):
    quick = name in ("add", "sub", "mul")

    def forward(self, other):
        if quick and type(self) is float64 and type(other) in (float64, float):
            a, b = float.__float__(self), float.__float__(other)
            return float64(act(b, a) if reflected else act(a, b))
        found = _common(self, other)
        if found is None:
            return _other(name, self, other, reflected)
        kind, a, b = found
        if reflected:
            a, b = b, a
        if kind.kind == "b" and name not in _LOGICAL:
            if name == "sub":
                raise TypeError(
                    "numpy boolean subtract, the `-` operator, is not supported, use the "
                    "bitwise_xor, the `^` operator, or the logical_xor function instead."
                )
            kind = _dtypes.bool_ if name in ("add", "mul") else _dtypes.int8
        if name == "truediv" and kind.kind in "biu":
            kind = _dtypes.float64
        if kind.kind in "f":
            a, b = float(a), float(b)
        return _result(kind, act(a, b), label)

    return forward


def _compare(name):
    act = getattr(operator, name)

    def forward(self, other):
        if isinstance(other, generic) and not isinstance(other, str):
            return bool_(act(self._v, other._v))
        if isinstance(other, float) and type(self).dtype.kind == "f":
            return bool_(act(self._v, type(self)(other)._v))
        if isinstance(other, (int, float, complex)):
            return bool_(act(self._v, other))
        if other is None or isinstance(other, str):
            return NotImplemented
        return _other(name, self, other, False)

    return forward


def install():
    """Give the scalar types their operators."""
    for kind in (_Boxed, float64, complex128):
        for name, (label, act) in _ARITHMETIC.items():
            setattr(kind, f"__{name}__", _arithmetic(name, label, act, False))
            setattr(kind, f"__r{name}__", _arithmetic(name, label, act, True))
        for name in _COMPARE:
            setattr(kind, f"__{name}__", _compare(name))
        kind.__divmod__ = lambda self, other: (self // other, self % other)
        kind.__neg__ = lambda self: _result(type(self).dtype, -self._v, "negative")
        kind.__pos__ = lambda self: self
        if kind is not complex128:
            kind.__abs__ = lambda self: _result(type(self).dtype, abs(self._v), "absolute")
    bool_.__invert__ = lambda self: bool_(not self._v)
    integer.__invert__ = lambda self: type(self)(
        ~self._v if self._v <= 0 or isinstance(self, signedinteger) else
        _dtypes.limits(self.dtype)[1] - self._v
    )  # fmt: skip
    float64.__repr__ = lambda self: f"np.float64({float.__repr__(self)})"
    float64.__round__ = _Boxed.__round__
    for kind in (_Boxed, float64, complex128):
        kind.__hash__ = {float64: float.__hash__, complex128: complex.__hash__}.get(
            kind, lambda self: hash(self._v)
        )
