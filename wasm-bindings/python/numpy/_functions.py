"""The mathematical functions, as ufuncs over torch's ops."""

import cmath
import math
import operator

import torch
from torch import _ops

from . import _errors
from ._ufunc import BY_OPERATOR, ufunc

FUNCTIONS = {}
_REDUCED = {}


def _elementwise(name):
    """Python's own function, value by value: for what torch has not."""
    act = getattr(math, name)

    def safe(*values):
        try:
            return float(act(*values))
        except (ValueError, ZeroDivisionError):
            return math.nan
        except OverflowError:
            return math.inf

    def run(*tensors):
        dtype = next(t.dtype for t in tensors if isinstance(t, torch.Tensor))
        tensors = [
            t if isinstance(t, torch.Tensor) else torch.tensor(t, dtype=dtype) for t in tensors
        ]
        shaped = torch.broadcast_tensors(*tensors)
        values = map(safe, *[t.reshape(-1).tolist() for t in shaped])
        return torch.tensor(list(values), dtype=dtype).reshape(shaped[0].shape)

    return run


def _torch(name, python=None):
    """torch's function, or Python's where torch has none."""
    act = torch.__dict__.get(name)
    return act if act is not None else _elementwise(python or name)


def _both(function):
    """The function with Python numbers made tensors."""

    def run(x, y):
        if not isinstance(x, torch.Tensor):
            x = torch.tensor(x, dtype=y.dtype)
        elif not isinstance(y, torch.Tensor):
            y = torch.tensor(y, dtype=x.dtype)
        return function(x, y)

    return run


def _add(x, name, nin, act, rule, python, **options):
    made = ufunc(name, nin, act, rule, python, **options)
    FUNCTIONS[name] = made
    if x:
        BY_OPERATOR[x] = made
    return made


def _bool_or(plain, on_bools):
    def run(x, y):
        first = x if isinstance(x, torch.Tensor) else y
        return (on_bools if first.dtype is torch.bool else plain)(x, y)

    return run


def _whole_division(act, name):
    """Integer division with 0 where the divisor is 0."""

    def run(x, y):
        first = x if isinstance(x, torch.Tensor) else y
        if first.dtype.is_floating_point:
            return act(x, y)
        divisor = y if isinstance(y, torch.Tensor) else torch.tensor(y, dtype=first.dtype)
        zero = torch.eq(divisor, 0)
        if not bool(zero.any()):
            return act(x, y)
        _errors.warn("divide", f"divide by zero encountered in {name}")
        result = act(x, torch.where(zero, torch.ones_like(divisor), divisor))
        return torch.where(zero, torch.zeros_like(result), result)

    return run


def _power(x, y):
    first = x if isinstance(x, torch.Tensor) else y
    if not first.dtype.is_floating_point:
        negative = bool(torch.lt(y, 0).any()) if isinstance(y, torch.Tensor) else y < 0
        if negative:
            raise ValueError("Integers to negative integer powers are not allowed.")
    return _ops.pow(x, y)


def _floor_divide(x, y):
    return _ops.div(x, y, 2)


def _fmod(x, y):
    return _ops.sub(x, _ops.mul(_ops.div(x, y, 1), y))


def _nan_aware(act, keep_nan):
    """maximum and minimum (NaN wins) or fmax and fmin (numbers win)."""

    def run(x, y):
        x, y = (
            v if isinstance(v, torch.Tensor) else torch.tensor(v, dtype=w.dtype)
            for v, w in ((x, y), (y, x))
        )
        if x.dtype is torch.bool:
            return (torch.logical_or if "max" in act.__name__ else torch.logical_and)(x, y)
        made = act(x, y)
        if keep_nan or not x.dtype.is_floating_point:
            return made
        made = torch.where(torch.isnan(x), y, made)
        return torch.where(torch.isnan(y), x.expand(made.shape), made)

    return run


def _unary(name, torch_name=None, rule="float", python=None, operator_name=None, risk=None):
    act = _torch(torch_name or name, python)
    complex_act = getattr(cmath, python or torch_name or name, None)
    _add(operator_name, name, 1, act, rule, complex_act, risk=risk)


_add("add", "add", 2, _bool_or(_ops.add, _ops.logical_or), "same", operator.add, identity=0)
_add("sub", "subtract", 2, _ops.sub, "same", operator.sub)
_add("mul", "multiply", 2, _bool_or(_ops.mul, _ops.logical_and), "same", operator.mul, identity=1)
_DIVIDE = ("divide", "divide by zero")
_add("truediv", "divide", 2, _ops.div, "divide", operator.truediv, risk=_DIVIDE)
_add(
    "floordiv", "floor_divide", 2, _whole_division(_floor_divide, "floor_divide"), "same",
    operator.floordiv, risk=_DIVIDE,
)  # fmt: skip
_add(
    "mod", "remainder", 2, _whole_division(_ops.remainder, "remainder"), "same", operator.mod,
    risk=_DIVIDE,
)  # fmt: skip
_add("pow", "power", 2, _power, "same", operator.pow, risk=("over", "overflow"))
_add(None, "float_power", 2, _ops.pow, "float", operator.pow)
_add(None, "fmod", 2, _whole_division(_fmod, "fmod"), "same", math.fmod)
_add(None, "maximum", 2, _nan_aware(_ops.maximum, True), "same", max)
_add(None, "minimum", 2, _nan_aware(_ops.minimum, True), "same", min)
_add(None, "fmax", 2, _nan_aware(_ops.maximum, False), "same", max)
_add(None, "fmin", 2, _nan_aware(_ops.minimum, False), "same", min)
_add(None, "arctan2", 2, _both(_torch("atan2")), "float", None)
_add(None, "hypot", 2, _both(_torch("hypot")), "float", None)
_add(None, "copysign", 2, _both(_torch("copysign")), "float", None)
_add(None, "nextafter", 2, _both(_torch("nextafter")), "float", None)
_add(None, "heaviside", 2, _both(lambda x, y: torch.where(
    torch.eq(x, 0), y, torch.gt(x, 0).to(x.dtype))), "float", None)  # fmt: skip


def _sign(x):
    made = _ops.sign(x)
    return torch.where(torch.isnan(x), x, made) if x.dtype.is_floating_point else made


def _logaddexp(x, y):
    high = _ops.maximum(x, y)
    gap = _ops.neg(_ops.abs(_ops.sub(x, y)))
    return _ops.add(high, _ops.log1p(_ops.exp(gap)))


_add(None, "logaddexp", 2, _logaddexp, "float", None)
_add(None, "logaddexp2", 2, lambda x, y: _ops.div(
    _logaddexp(_ops.mul(x, math.log(2)), _ops.mul(y, math.log(2))), math.log(2)), "float", None,
)  # fmt: skip
_add(None, "gcd", 2, _both(torch.__dict__.get("gcd") or _elementwise("gcd")), "bits", math.gcd)
_add(None, "lcm", 2, _both(torch.__dict__.get("lcm") or _elementwise("lcm")), "bits", math.lcm)
_add(None, "ldexp", 2, lambda x, y: _ops.mul(x, _ops.pow(2.0, y)), "float", None)
_add("and", "bitwise_and", 2, _ops.bitwise_and, "bits", operator.and_)
_add("or", "bitwise_or", 2, _ops.bitwise_or, "bits", operator.or_)
_add("xor", "bitwise_xor", 2, _ops.bitwise_xor, "bits", operator.xor)
_add("lshift", "left_shift", 2, lambda x, y: _ops.mul(x, _ops.pow(2, y)), "bits", operator.lshift)
_add(
    "rshift", "right_shift", 2, lambda x, y: _ops.div(x, _ops.pow(2, y), 2), "bits",
    operator.rshift,
)  # fmt: skip
for _name, _label in (
    ("eq", "equal"), ("ne", "not_equal"), ("lt", "less"), ("le", "less_equal"),
    ("gt", "greater"), ("ge", "greater_equal"),
):  # fmt: skip
    _add(_name, _label, 2, getattr(_ops, _name), "bool", getattr(operator, _name))
_add(None, "logical_and", 2, _ops.logical_and, "bool", lambda a, b: bool(a and b))
_add(None, "logical_or", 2, _ops.logical_or, "bool", lambda a, b: bool(a or b))
_add(None, "logical_xor", 2, _ops.logical_xor, "bool", lambda a, b: bool(a) != bool(b))

_add("neg", "negative", 1, _ops.neg, "same", operator.neg)
_add("pos", "positive", 1, torch.clone, "same", operator.pos)


def _absolute(x):
    return x if x.dtype is torch.bool else _ops.abs(x)


_add("abs", "absolute", 1, _absolute, "same", abs)
_add("invert", "bitwise_not", 1, _ops.bitwise_not, "bits", operator.invert)
_add(None, "logical_not", 1, _ops.logical_not, "bool", operator.not_)
_add(None, "conjugate", 1, torch.clone, "same", lambda v: v.conjugate())
_add(None, "fabs", 1, _ops.abs, "float", None)
_add(None, "sign", 1, _sign, "same", None)
_add(None, "square", 1, lambda x: _ops.mul(x, x), "same", lambda v: v * v)
_add(None, "reciprocal", 1, _ops.reciprocal, "same", lambda v: 1 / v, risk=_DIVIDE)
_LOG, _EXP = _DIVIDE, ("over", "overflow")
for _name in ("log", "log2", "log10", "log1p"):
    _unary(_name, risk=_LOG)
for _name in ("exp", "expm1", "exp2", "sinh", "cosh"):
    _unary(_name, risk=_EXP)
for _name in ("sqrt", "sin", "cos", "tan", "tanh"):
    _unary(_name, risk=_LOG)
_unary("cbrt", risk=_LOG)
for _name in ("asin", "acos", "atan", "asinh", "acosh", "atanh"):
    _unary(f"arc{_name[1:]}", _name, risk=_LOG)


def _rounding(name, act):
    def run(x):
        return act(x) if x.dtype.is_floating_point else x.clone()

    _add(None, name, 1, run, "same", None)


for _name in ("floor", "ceil", "trunc"):
    _rounding(_name, getattr(_ops, _name))
_rounding("rint", lambda x: _ops.round(x, 0))
FUNCTIONS["rint"]._rule = "float"
_add(None, "degrees", 1, lambda x: _ops.mul(x, 180 / math.pi), "float", None)
_add(None, "radians", 1, lambda x: _ops.mul(x, math.pi / 180), "float", None)
for _name in ("isnan", "isinf", "isfinite"):
    _add(None, _name, 1, getattr(_ops, _name), "bool", getattr(cmath, _name))
_add(None, "signbit", 1, lambda x: torch.lt(
    torch.where(torch.eq(x, 0), torch.reciprocal(x), x) if x.dtype.is_floating_point else x, 0),
    "bool", None,
)  # fmt: skip
_add(None, "spacing", 1, _elementwise("ulp"), "float", None)

for _alias, _name in {
    "abs": "absolute", "true_divide": "divide", "mod": "remainder", "pow": "power",
    "invert": "bitwise_not", "bitwise_invert": "bitwise_not", "conj": "conjugate",
    "deg2rad": "radians", "rad2deg": "degrees", "bitwise_left_shift": "left_shift",
    "bitwise_right_shift": "right_shift", "asin": "arcsin", "acos": "arccos", "atan": "arctan",
    "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh", "atan2": "arctan2",
}.items():  # fmt: skip
    FUNCTIONS[_alias] = FUNCTIONS[_name]
