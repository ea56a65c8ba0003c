"""Universal functions: element by element over broadcast operands, with `out=`, `where=`, `reduce`,
`accumulate`, `outer` and `at`. The functions themselves are listed in `_functions.py`.
"""

import math

import torch
from torch import _C, _ops

from . import _dtypes, _errors
from ._array import convert, is_tensor, ndarray, out, to_tensor, values_of, wrap, wrapped
from ._convert import array, asarray, from_values, operand
from ._dtypes import as_dtype, check_fits, float_for, promote, with_number

call, result = _C.share(globals())
_new = object.__new__

#: The ufunc behind each Python operator, by the operator's name without underscores.
BY_OPERATOR = {}


class UFuncTypeError(TypeError):
    """A result that does not fit the type of `out=`."""


class ufunc:
    """A function of elements. `rule` says which type it computes in and gives: "same", "float",
    "bool", "bits".
    """

    __module__ = "numpy"

    def __init__(self, name, nin, act, rule, python=None, identity=None, risk=None):
        self.__name__ = self.__qualname__ = name
        self.nin, self.nout, self.nargs = nin, 1, nin + 1
        self._act, self._rule, self._python, self._risk = act, rule, python, risk
        self.identity = identity
        self._row = _ops.INDEX.get(getattr(act, "__name__", "")) if nin == 1 else None
        self.__doc__ = f"{name.replace('_', ' ')}, element by element."

    def __repr__(self):
        return f"<ufunc '{self.__name__}'>"

    def __reduce__(self):
        return self.__name__

    def __call__(self, *args, out=None, where=True, dtype=None, **_):
        if self._row is not None and out is None and where is True and dtype is None:
            made = self._quick(*args)
            if made is not None:
                return made
        if len(args) > self.nin:
            *args, out = args
        if len(args) != self.nin:
            raise TypeError(
                f"{self.__name__}() takes from {self.nin} to {self.nin + 1} positional arguments "
                f"but {len(args)} were given"
            )
        if any(map(is_tensor, args)):
            return self._over_tensors(args)
        if self.nin == 1:
            made = self._one(args[0], dtype)
        elif self.nin == 2:
            made = self._two(args[0], args[1], dtype)
        else:
            made = self._act(*map(asarray, args))
        if out is None and where is True:
            return made
        return write(made, out, where)

    def _quick(self, value, *more):
        """The shortest way for one array of floats; None where it is something else."""
        if type(value) is not ndarray or more or not value.ndim:
            return None
        kind = value.dtype
        if kind is not _dtypes.float64 and kind is not _dtypes.float32:
            return None
        handle = call(self._row, value._t._h)
        if handle is None:
            return None
        tensor = _new(torch.Tensor)
        tensor._h = handle
        if self._risk and not finite(tensor):
            return None
        made = _new(ndarray)
        made._t, made.dtype, made._n = tensor, kind, value.ndim
        if self._rule == "bool":
            made.dtype = _dtypes.bool_
        return made

    def _over_tensors(self, args):
        made = self(*[item.numpy() if is_tensor(item) else item for item in args])
        return to_tensor(asarray(made))

    def _one(self, value, dtype=None):
        tensor, kind = operand(value)
        if kind is None:
            kind = _dtypes.int64 if type(tensor) is int else _dtypes.float64
        given = kind
        if dtype is not None:
            kind = as_dtype(dtype)
        kind = self._computes_in(kind)
        if kind.pooled:
            return self._by_python([(tensor, given)])
        if not isinstance(tensor, torch.Tensor):
            tensor = torch.tensor(tensor, dtype=given.storage)
        result = self._act(convert(tensor, given, kind))
        if self._risk and _errors.cares("divide", "invalid", "over"):
            self._check(result, (tensor,))
        return self._finish(result, kind)

    def _two(self, a, b, dtype=None):
        x, first = operand(a)
        y, second = operand(b)
        if dtype is not None:
            kind = as_dtype(dtype)
        elif first is second and first is not None:
            kind = first
        elif first is None and second is None:
            first = _python_kind(x)
            second = _python_kind(y)
            kind = promote(first, second)
        elif second is None:
            kind = with_number(first, y)
        elif first is None:
            kind = with_number(second, x)
        else:
            kind = promote(first, second)
        kind = self._computes_in(kind)
        if kind.pooled:
            return self._by_python([(x, first), (y, second)])
        x, y = self._ready(x, first, kind), self._ready(y, second, kind)
        if not isinstance(x, torch.Tensor) and not isinstance(y, torch.Tensor):
            x = torch.tensor(x, dtype=kind.storage)
        try:
            result = self._act(x, y)
        except RuntimeError:
            _check_shapes(x, y)
            raise
        if self._risk and _errors.cares("divide", "invalid", "over"):
            self._check(result, (x, y))
        return self._finish(result, kind)

    def _computes_in(self, kind):
        rule = self._rule
        if rule == "divide":
            return _dtypes.float64 if kind.kind in "biu" else kind
        if rule == "float":
            return float_for(kind) if kind.kind in "biu" else kind
        if kind.kind == "f" and rule == "bits":
            raise TypeError(
                f"ufunc '{self.__name__}' not supported for the input types, and the inputs could "
                "not be safely coerced to any supported types according to the casting rule "
                "''safe''"
            )
        if kind.kind == "b" and rule == "same":
            return _bool_kind(self.__name__)
        return kind

    def _ready(self, value, source, kind):
        """An operand in the type that is computed in: a tensor, or a Python number."""
        if isinstance(value, torch.Tensor):
            return convert(value, source or kind, kind)
        if kind.kind == "f":
            return float(value)
        if kind.kind == "b":
            return bool(value)
        if source is None and self._rule != "bool":
            check_fits(value, kind)
        return int(value)

    def _finish(self, result, kind):
        if self._rule == "bool":
            return out(result, _dtypes.bool_)
        if result.dtype is not kind.storage:
            result = result.to(kind.storage)
        return out(wrapped(result, kind) if kind.wraps else result, kind)

    def _by_python(self, operands):
        """Strings, objects and complex numbers: one by one."""
        if self._python is None:
            raise TypeError(f"ufunc '{self.__name__}' not supported for the input types")
        tensors = [
            (v, k or _python_kind(v)) if isinstance(v, torch.Tensor) else _as_tensor(v, k)
            for v, k in operands
        ]
        shaped = torch.broadcast_tensors(*[tensor for tensor, _ in tensors])
        lists = [
            values_of(t.reshape(-1), kind) for t, (_, kind) in zip(shaped, tensors, strict=True)
        ]
        texts = [kind.kind == "U" for _, kind in tensors]
        if any(texts) and not all(texts) and not any(k.kind == "O" for _, k in tensors):
            if self._rule == "bool":
                raise TypeError(f"ufunc '{self.__name__}' did not contain a loop for these types")
            kinds = ", ".join(f"dtype('{kind}')" for _, kind in tensors)
            raise UFuncTypeError(
                f"ufunc '{self.__name__}' did not contain a loop with signature matching types "
                f"({kinds}) -> None"
            )
        values = [self._python(*items) for items in zip(*lists, strict=True)]
        shape = tuple(shaped[0].shape)
        if self._rule == "bool":
            made = from_values(values, shape, _dtypes.bool_)
        elif any(k.kind == "O" for _, k in tensors):
            made = from_values(values, shape, _dtypes.object_)
        else:
            made = array(values).reshape(shape)
        return out(made._t, made.dtype)

    def _check(self, result, inputs):
        """Warn where the result has infinities or NaNs that the operands have not."""
        if not result.dtype.is_floating_point or _all_finite(result):
            return
        given = [t for t in inputs if isinstance(t, torch.Tensor) and t.dtype.is_floating_point]
        infinite = torch.zeros((), dtype=torch.bool)
        for tensor in given:
            infinite = torch.logical_or(infinite, torch.isinf(tensor))
        if bool(torch.logical_and(torch.isinf(result), torch.logical_not(infinite)).any()):
            kind, words = self._risk
            _errors.warn(kind, f"{words} encountered in {self.__name__}")
        known = torch.zeros((), dtype=torch.bool)
        for tensor in given:
            known = torch.logical_or(known, torch.isnan(tensor))
        new = torch.logical_and(torch.isnan(result), torch.logical_not(known))
        if bool(new.any()):
            _errors.warn("invalid", f"invalid value encountered in {self.__name__}")

    def reduce(self, array, axis=0, dtype=None, out=None, keepdims=False, initial=None, where=True):
        """Put the function between all elements along axis."""
        from . import _reduce

        known = _reduce.BY_UFUNC.get(self.__name__)
        if known:
            given = {} if initial is None else {"initial": initial}
            return known(array, axis=axis, out=out, keepdims=keepdims, **given)
        a = asarray(array)
        items = [a._like(t) for t in a._t.unbind(axis or 0)]
        total = items[0]
        for item in items[1:]:
            total = self(total, item)
        if keepdims:
            total = asarray(total)
            total = total._like(total._t.unsqueeze(axis))
        return total

    def accumulate(self, array, axis=0, dtype=None, out=None):
        """All steps of `reduce` along axis."""
        from . import _reduce

        known = {"add": _reduce.cumsum, "multiply": _reduce.cumprod}.get(self.__name__)
        if known:
            return known(array, axis, dtype)
        a = asarray(array)
        steps = []
        for tensor in a._t.unbind(axis):
            item = a._like(tensor)
            steps.append(self(steps[-1], item) if steps else item)
        steps = [asarray(item) for item in steps]
        return wrap(torch.stack([item._t for item in steps], axis), steps[-1].dtype)

    def outer(self, A, B, **kwargs):
        """The function over every pair of elements."""
        a, b = asarray(A), asarray(B)
        return self(a.reshape(a.shape + (1,) * b.ndim), b, **kwargs)

    def at(self, a, indices, b=None):
        """Apply the function in place at these indices, each as often as it is named."""
        if self.__name__ in ("add", "subtract") and not isinstance(indices, (slice, tuple)):
            from ._index import index_tensor

            place = index_tensor(asarray(indices))
            values = asarray(b)
            tensor = convert(values._t, values.dtype, a.dtype)
            shape = (*place.shape, *a._t.shape[1:])
            tensor = tensor if self.__name__ == "add" else torch.neg(tensor)
            _ops.index_put_(a._t, [place], tensor.expand(shape), True)
            return
        places = list(zip(*map(_each, indices), strict=True)) if isinstance(indices, tuple) else (
            _each(indices)
        )  # fmt: skip
        values = [None] * len(places) if b is None else asarray(b).ravel().tolist()
        values = values * len(places) if len(values) == 1 else values
        for place, value in zip(places, values, strict=True):
            a[place] = self(a[place]) if b is None else self(a[place], value)


def _each(value):
    return asarray(value).ravel().tolist()


def _python_kind(value):
    return _dtypes.int64 if type(value) is int else _dtypes.float64


def _as_tensor(value, kind):
    made = array(value, kind)
    return made._t, made.dtype


def _bool_kind(name):
    if name in ("add", "multiply", "maximum", "minimum", "fmax", "fmin", "absolute", "conjugate"):
        return _dtypes.bool_
    if name in ("subtract", "negative"):
        other = "subtract" if name == "subtract" else "negative"
        sign, start = "-", "numpy boolean" if name == "subtract" else "The numpy boolean"
        instead = (
            "the bitwise_xor, the `^` operator, or the logical_xor function instead."
            if name == "subtract"
            else "the `~` operator or the logical_not function instead."
        )
        raise TypeError(f"{start} {other}, the `{sign}` operator, is not supported, use {instead}")
    if name in ("floor", "ceil", "trunc", "rint"):
        return _dtypes.float16
    return _dtypes.int8


def finite(tensor):
    """Whether all values are finite; False also where only their sum is not."""
    return math.isfinite(_ops.sum(tensor).item())


def _all_finite(tensor):
    return finite(tensor) or _ops.sum(_ops.mul(tensor, 0.0)).item() == 0


def _check_shapes(x, y):
    """Raise NumPy's error where two shapes do not go together."""
    shapes = [tuple(t.shape) if isinstance(t, torch.Tensor) else () for t in (x, y)]
    for i in range(1, min(map(len, shapes)) + 1):
        m, n = shapes[0][-i], shapes[1][-i]
        if m != n and 1 not in (m, n):
            text = " ".join(_plain(shape) for shape in shapes)
            raise ValueError(f"operands could not be broadcast together with shapes {text} ")


def _plain(shape):
    return f"({','.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def write(made, target, where):
    """Put a result into `out=`, or only `where` a mask holds."""
    if isinstance(target, tuple):
        target = target[0]
    made = asarray(made)
    if where is not True:
        mask = asarray(where)._t
        if target is None:
            return out(torch.where(mask, made._t, torch.zeros_like(made._t)), made.dtype)
        old = convert(target._t, target.dtype, made.dtype)
        made = made._like(torch.where(mask, made._t, old))
    if made.dtype.kind in "fc" and target.dtype.kind in "iub":
        raise TypeError(
            f"Cannot cast ufunc output from {made.dtype!r} to {target.dtype!r} with casting rule "
            "'same_kind'"
        )
    if made.shape != target.shape:
        raise ValueError(
            f"non-broadcastable output operand with shape {_plain(target.shape)} doesn't match "
            f"the broadcast shape {_plain(made.shape)}"
        )
    target._t.copy_(convert(made._t, made.dtype, target.dtype))
    return target
