"""Arrays compared, functions applied to them, and what is known about types."""

import torch
from torch import _ops

from . import _dtypes
from ._array import ndarray, wrap
from ._convert import array, asarray
from ._dtypes import as_dtype, dtype, promote
from ._functions import FUNCTIONS as MATH
from ._scalars import generic


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    """Whether |a − b| <= atol + rtol · |b|."""
    x, y = asarray(a), asarray(b)
    x = x.astype(float) if x.dtype.kind in "biu" else x
    y = y.astype(float) if y.dtype.kind in "biu" else y
    same = asarray(x == y)
    near = asarray(abs(x - y) <= atol + rtol * abs(y)) & asarray(MATH["isfinite"](y))
    made = same | near
    if equal_nan:
        made = asarray(made) | (asarray(MATH["isnan"](x)) & asarray(MATH["isnan"](y)))
    return made


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    """Whether all elements are close."""
    from ._errors import errstate

    with errstate(invalid="ignore"):
        return bool(asarray(isclose(a, b, rtol, atol, equal_nan)).all())


def array_equal(a1, a2, equal_nan=False):
    """Whether shapes and elements are the same."""
    a, b = asarray(a1), asarray(a2)
    if a.shape != b.shape:
        return False
    same = asarray(a == b)
    if equal_nan and a.dtype.kind == b.dtype.kind == "f":
        same = same | (asarray(MATH["isnan"](a)) & asarray(MATH["isnan"](b)))
    return bool(same.all())


def array_equiv(a1, a2):
    """Whether the elements are the same after broadcasting."""
    try:
        return bool(asarray(asarray(a1) == asarray(a2)).all())
    except ValueError:
        return False


def vectorize(pyfunc, otypes=None, doc=None, excluded=None, cache=False, signature=None):
    """A function of elements as a function of arrays."""

    def over(*args, **kwargs):
        arrays = [asarray(a) for a in args]
        shaped = torch.broadcast_tensors(*[a._t for a in arrays])
        lists = [a._like(t.reshape(-1)) for a, t in zip(arrays, shaped, strict=True)]
        values = [pyfunc(*items, **kwargs) for items in zip(*lists, strict=True)]
        kinds = otypes if isinstance(otypes, (list, tuple)) else list(otypes or ())
        shape = tuple(shaped[0].shape)
        if values and isinstance(values[0], tuple):
            columns = zip(*values, strict=True)
            return tuple(array(list(c)).reshape(shape) for c in columns)
        return array(values, kinds[0] if kinds else None).reshape(shape)[()]

    over.__doc__ = doc or pyfunc.__doc__
    return over


def frompyfunc(func, nin, nout, **_):
    """A function of elements as a function of arrays of objects."""
    return vectorize(func, otypes=[object])


def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    """A function of lines applied to all lines along axis."""
    a = asarray(arr)
    axis = axis % a.ndim
    moved = a._like(a._t.movedim(axis, -1))
    lines = moved.reshape(-1, a.shape[axis])
    results = [asarray(func1d(line, *args, **kwargs)) for line in lines]
    made = array([r.tolist() if r.ndim else r.item() for r in results], results[0].dtype)
    rest = moved.shape[:-1]
    made = made.reshape(*rest, *results[0].shape)
    if results[0].ndim:
        return made._like(made._t.movedim(-1, axis)) if results[0].ndim == 1 else made
    return made


def apply_over_axes(func, a, axes):
    """A reduction applied to several axes, one after another."""
    made = asarray(a)
    for axis in axes if hasattr(axes, "__len__") else [axes]:
        made = func(made, axis=axis, keepdims=True)
    return made


def piecewise(x, condlist, funclist, *args, **kw):
    """Other functions where other conditions hold."""
    x = asarray(x)
    made = wrap(torch.zeros_like(x._t), x.dtype)
    conditions = [asarray(c) for c in condlist]
    if len(funclist) == len(conditions) + 1:
        rest = ~conditions[0]
        for c in conditions[1:]:
            rest = rest & ~c
        conditions.append(rest)
    for condition, act in zip(conditions, funclist, strict=True):
        made[condition] = act(x[condition], *args, **kw) if callable(act) else act
    return made


def select(condlist, choicelist, default=0):
    """The first choice whose condition holds."""
    from ._choose import where

    made = asarray(default)
    for condition, choice in zip(condlist[::-1], choicelist[::-1], strict=True):
        made = where(condition, choice, made)
    return made


def choose(a, choices, out=None, mode="raise"):
    """For each place the element of the choice with that number."""
    from ._shape import broadcast_arrays, stack

    a = asarray(a)
    a, *rest = broadcast_arrays(a, *choices)
    return stack(rest)._like(torch.gather(stack(rest)._t, 0, a._t.unsqueeze(0))[0])


def ndim(a):
    """The number of dimensions."""
    return asarray(a).ndim


def shape(a):
    """The sizes of all dimensions."""
    return asarray(a).shape


def size(a, axis=None):
    """The number of elements, or of those along axis."""
    a = asarray(a)
    return a.size if axis is None else a.shape[axis]


def isscalar(element):
    """Whether this is a number or a text, not an array."""
    return isinstance(element, (generic, int, float, complex, str, bytes))


def iscomplexobj(x):
    """Whether the elements are complex."""
    return asarray(x).dtype.kind == "c"


def isrealobj(x):
    """Whether the elements are real."""
    return not iscomplexobj(x)


def isreal(x):
    """Where elements have no imaginary part."""
    return asarray(x).imag == 0


def iscomplex(x):
    """Where elements have an imaginary part."""
    return asarray(x).imag != 0


def iterable(y):
    """Whether one can iterate over it."""
    try:
        iter(y)
    except TypeError:
        return False
    return True


def result_type(*arrays_and_dtypes):
    """The type of a result over all of these."""
    kind, weak = None, []
    for item in arrays_and_dtypes:
        if type(item) in (int, float, complex):
            weak.append(item)
            continue
        if isinstance(item, (ndarray, generic)):
            found = item.dtype
        elif isinstance(item, (dtype, type, str)):
            found = as_dtype(item)
        else:
            found = asarray(item).dtype
        kind = found if kind is None else promote(kind, found)
    for item in weak:
        kind = asarray(item).dtype if kind is None else _dtypes.with_number(kind, item)
    return kind


def promote_types(type1, type2):
    """The smallest type that holds the values of both."""
    return promote(as_dtype(type1), as_dtype(type2))


def min_scalar_type(a):
    """The smallest type that holds a number."""
    value = asarray(a).item()
    if isinstance(value, float):
        return _dtypes.float16
    for kind in (_dtypes.uint8, _dtypes.int8, _dtypes.uint16, _dtypes.int16, _dtypes.uint32,
                 _dtypes.int32, _dtypes.uint64, _dtypes.int64):  # fmt: skip
        low, high = _dtypes.limits(kind)
        if low <= value <= high:
            return kind
    return _dtypes.object_


def can_cast(from_, to, casting="safe"):
    """Whether a cast keeps all values ("safe"), or the kind ("same_kind")."""
    if isinstance(from_, (int, float)) and not isinstance(from_, generic):
        raise TypeError(
            "can_cast() does not support Python ints, floats, and complex because the result used "
            "to depend on the value.\nThis change was part of adopting NEP 50, we may explicitly "
            "allow them again in the future."
        )
    first, second = as_dtype(getattr(from_, "dtype", from_)), as_dtype(to)
    if casting == "unsafe":
        return True
    if casting == "same_kind":
        order = "buifcO"
        if order.find(first.kind) <= order.find(second.kind):
            return True
    return promote(first, second) is second


def issubdtype(arg1, arg2):
    """Whether a type belongs to a family of types."""
    from . import _scalars

    first = arg1 if isinstance(arg1, type) and issubclass(arg1, generic) else as_dtype(arg1).type
    if isinstance(arg2, type) and issubclass(arg2, generic):
        return issubclass(first, arg2)
    if arg2 in (int, float, complex, bool, str, object):
        families = {float: _scalars.float64, int: _scalars.int64}
        return issubclass(first, families.get(arg2, as_dtype(arg2).type))
    return issubclass(first, as_dtype(arg2).type)


def shares_memory(a, b, max_work=None):
    """Whether two arrays have storage in common."""
    a, b = a._t, b._t
    low, high = _ops.data_ptr(a), _ops.data_ptr(b)
    first = low + _extent(a)
    second = high + _extent(b)
    return low < second and high < first


def _extent(tensor):
    last = sum((n - 1) * s for n, s in zip(tensor.shape, tensor.stride(), strict=True))
    return (last + 1) * tensor.element_size() if tensor.numel() else 0


may_share_memory = shares_memory


def require(a, dtype=None, requirements=None, **_):
    """The values as an array."""
    return asarray(a, dtype)


def asarray_chkfinite(a, dtype=None, order=None):
    """The values as an array. Raises ValueError for infinities and NaNs."""
    made = asarray(a, dtype)
    if made.dtype.kind == "f" and not MATH["isfinite"](made).all():
        raise ValueError("array must not contain infs or NaNs")
    return made


class finfo:
    """Limits of a floating-point type."""

    def __init__(self, dtype):
        kind = as_dtype(getattr(dtype, "dtype", dtype) if not isinstance(dtype, type) else dtype)
        bits, digits, top = {"float16": (10, 3, 16), "float32": (23, 6, 128)}.get(
            kind.name, (52, 15, 1024)
        )
        if kind.kind != "f":
            raise ValueError(f"data type {kind.type!r} not inexact")
        make = kind.type
        self.dtype, self.bits, self.precision, self.nmant = kind, 8 * kind.itemsize, digits, bits
        self.eps = make(2.0**-bits)
        self.epsneg = make(2.0 ** (-bits - 1))
        self.max = make((2.0 - 2.0**-bits) * 2.0 ** (top - 1))
        self.min = make(-float(self.max))
        self.tiny = self.smallest_normal = make(2.0 ** (2 - top))
        self.smallest_subnormal = make(2.0 ** (2 - top - bits))
        self.resolution = make(10.0**-digits)

    def __repr__(self):
        return (
            f"finfo(resolution={self.resolution}, min={self.min}, max={self.max}, "
            f"dtype={self.dtype})"
        )


class iinfo:
    """Limits of an integer type."""

    def __init__(self, type):
        kind = as_dtype(type.dtype if isinstance(type, (ndarray, generic)) else type)
        if not kind.isint:
            raise ValueError(f"Invalid integer data type {kind.kind!r}.")
        self.dtype, self.kind, self.bits = kind, kind.kind, 8 * kind.itemsize
        self.min, self.max = _dtypes.limits(kind)

    def __repr__(self):
        return f"iinfo(min={self.min}, max={self.max}, dtype={self.dtype})"


OTHERS = (
    isclose, allclose, array_equal, array_equiv, vectorize, frompyfunc, apply_along_axis,
    apply_over_axes, piecewise, select, choose, ndim, shape, size, isscalar, iscomplexobj,
    isrealobj, isreal, iscomplex, iterable, result_type, promote_types, min_scalar_type, can_cast,
    issubdtype, shares_memory, may_share_memory, require, asarray_chkfinite, finfo, iinfo,
)  # fmt: skip
