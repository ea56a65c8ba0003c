"""Functions of numbers that are no ufuncs: rounding, limits, parts."""

import math

import torch
from torch import _ops

from . import _dtypes
from ._array import wrap
from ._convert import asarray
from ._functions import FUNCTIONS


def divmod(x1, x2):
    """(floor_divide, remainder)."""
    return FUNCTIONS["floor_divide"](x1, x2), FUNCTIONS["remainder"](x1, x2)


def modf(x):
    """(fractional part, whole part), both with the sign of x."""
    a = asarray(x)
    whole = FUNCTIONS["trunc"](a if a.dtype.kind == "f" else a.astype(float))
    return a - whole, whole


def frexp(x):
    """(mantissa, exponent): x = mantissa · 2^exponent."""
    a = asarray(x, float)
    pairs = [math.frexp(v) for v in a.ravel().tolist()]
    return (
        asarray([p[0] for p in pairs]).reshape(a.shape)[()],
        asarray([p[1] for p in pairs], "int32").reshape(a.shape)[()],
    )


def clip(a, a_min=None, a_max=None, out=None, *, min=None, max=None, **_):
    """The values limited to [a_min, a_max]."""
    low, high = a_min if min is None else min, a_max if max is None else max
    made = asarray(a)
    if low is not None:
        made = FUNCTIONS["maximum"](made, low)
    if high is not None:
        made = FUNCTIONS["minimum"](made, high)
    if out is not None:
        out[...] = made
        return out
    return made if made is not a else made.copy()


def round(a, decimals=0, out=None):
    """To the given number of decimals, halves to even."""
    a = asarray(a)
    if a.dtype.kind == "c":
        values = [complex(_round(v.real, decimals), _round(v.imag, decimals)) for v in a.ravel()]
        return asarray(values).reshape(a.shape)
    if a.dtype.kind != "f":
        if decimals >= 0:
            return a.copy()[()] if a.dtype.kind != "b" else a.astype("float16")[()]
        scale = 10**-decimals
        made = wrap(_ops.round(_ops.div(a._t.double(), scale), 0) * scale, _dtypes.float64)
        return made.astype(a.dtype)[()]
    scale = 10.0 ** abs(decimals)
    if decimals == 0:
        made = _ops.round(a._t, 0)
    elif decimals > 0:
        made = _ops.div(_ops.round(_ops.mul(a._t, scale), 0), scale)
    else:
        made = _ops.mul(_ops.round(_ops.div(a._t, scale), 0), scale)
    made = a._like(made)
    if out is not None:
        out[...] = made
        return out
    return made[()] if not made.ndim else made


def _round(value, decimals):
    import builtins

    return builtins.round(value, decimals)


def fix(x, out=None):
    """Towards zero."""
    return FUNCTIONS["trunc"](x)


def sinc(x):
    """sin(πx) / (πx), 1 at 0."""
    a = asarray(x, float) * math.pi
    a = wrap(torch.where(torch.eq(a._t, 0), torch.full_like(a._t, 1e-20), a._t), a.dtype)
    return FUNCTIONS["sin"](a) / a


def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    """NaN as 0, infinities as the largest numbers."""
    a = asarray(x)
    if a.dtype.kind != "f":
        return a.copy()[()]
    high = {"float64": 1.7976931348623157e308, "float32": 3.4028234663852886e38}
    top = high.get(a.dtype.name, 65504.0)
    t = a._t
    made = torch.where(torch.isnan(t), torch.full_like(t, nan), t)
    for sign, value in ((1, posinf), (-1, neginf)):
        value = sign * top if value is None else value
        made = torch.where(torch.eq(t, sign * math.inf), torch.full_like(t, value), made)
    if not copy:
        t.copy_(made)
        return x
    return a._like(made)[()]


def real(val):
    """The real parts."""
    return asarray(val).real


def imag(val):
    """The imaginary parts."""
    return asarray(val).imag


def angle(z, deg=False):
    """The angle of complex numbers."""
    a = asarray(z)
    made = FUNCTIONS["arctan2"](a.imag, a.real)
    return made * (180 / math.pi) if deg else made


def isposinf(x, out=None):
    """Where values are +∞."""
    return asarray(x) == math.inf


def isneginf(x, out=None):
    """Where values are −∞."""
    return asarray(x) == -math.inf


def i0(x):
    """The modified Bessel function of the first kind, order 0."""

    def one(v):
        total = term = 1.0
        for k in range(1, 500):
            term *= (v / 2 / k) ** 2
            total += term
            if term < total * 1e-17:
                break
        return total

    a = asarray(x, float)
    return asarray([one(v) for v in a.ravel().tolist()]).reshape(a.shape)[()]


OTHERS = (
    divmod, modf, frexp, clip, round, fix, sinc, nan_to_num, real, imag, angle, isposinf,
    isneginf, i0,
)  # fmt: skip
