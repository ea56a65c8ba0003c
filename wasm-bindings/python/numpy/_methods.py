"""The methods of arrays: the functions of the modules beside, with the array as first argument."""

from . import (
    _choose,
    _convert,
    _create,
    _functions,
    _index,
    _io,
    _linear,
    _numbers,
    _operators,
    _reduce,
    _repeat,
    _scalar_math,
    _scalars,
    _shape,
    _sort,
)
from ._array import ndarray
from ._dtypes import as_dtype, float64
from ._print import array_repr, array_str


def _sizes(function):
    def method(self, *sizes, **kwargs):
        return function(self, sizes[0] if len(sizes) == 1 else sizes, **kwargs)

    method.__doc__ = function.__doc__
    return method


def _transpose(self, *axes):
    """The dimensions in another order, reversed where none is given: a view."""
    if len(axes) == 1 and not hasattr(axes[0], "__index__"):
        axes = axes[0]
    return _shape.transpose(self, axes or None)


def _sort_inplace(self, axis=-1, kind=None, order=None, **_):
    """Sort the elements along axis, in place."""
    self._t.copy_(_sort.sort(self, axis)._t)


def _fill(self, value):
    """Set all elements to one value."""
    self[...] = value


def _copy(self, order="C"):
    """A copy."""
    return self._like(self._t.clone())


def _view(self, dtype=None, type=None):
    """The same memory as another array, or the same bytes as another type (a copy)."""
    if dtype is None or isinstance(dtype, __builtins_type) and issubclass(dtype, ndarray):
        return self._like(self._t.view(self._t.shape))
    kind = as_dtype(dtype)
    if kind is self.dtype:
        return self._like(self._t)
    shape = list(self.shape)
    shape[-1] = shape[-1] * self.itemsize // kind.itemsize
    return _create.from_bytes(self.tobytes(), kind, shape)


__builtins_type = type


def _resize_inplace(self, *shape, refcheck=True):
    """Change shape and size, in place."""
    shape = shape[0] if len(shape) == 1 and not hasattr(shape[0], "__index__") else shape
    count = 1
    for size in shape:
        count *= size
    flat = self._t.reshape(-1)
    made = flat.new_zeros((count,))
    part = min(count, flat.numel())
    made[:part] = flat[:part]
    self._t = made.reshape(tuple(shape))
    self._n = len(shape)


def _setflags(self, write=None, align=None, uic=None):
    """Accepted; arrays stay writeable."""


def _diagonal(a, offset=0, axis1=0, axis2=1):
    """A diagonal, a view."""
    return a._like(a._t.diagonal(offset, axis1, axis2))


def _byteswap(self, inplace=False):
    kind = self.dtype
    data = self.tobytes()
    n = kind.itemsize
    swapped = b"".join(data[i : i + n][::-1] for i in range(0, len(data), n))
    return _create.from_bytes(swapped, kind, self.shape)


def _new(cls, shape=(), dtype=float, buffer=None, offset=0, strides=None, order=None):
    """An array of the given shape whose values are not set."""
    if buffer is not None:
        return _create.frombuffer(buffer, dtype, offset=offset).reshape(shape)
    return _create.empty(shape, dtype)


def _set_shape(self, shape):
    self._t = _shape.reshape(self, shape)._t
    self._n = self._t.dim()


def _flat(self):
    """The elements one after another; assigning to it sets them."""
    return _index.flatiter(self)


def _set_flat(self, value):
    self.flat[...] = value


def _part(name, doc):
    """The property of this name: one part of complex numbers."""

    def part(self):
        if self.dtype.kind == "c":
            values = [getattr(v, name) for v in self.ravel().tolist()]
            return _convert.from_values(values, self.shape, float64)
        return self if name == "real" else _create.zeros(self.shape, self.dtype)

    return property(part, doc=doc)


def _repr(self):
    return array_repr(self)


def _str(self):
    return array_str(self)


def _reduced(self):
    if self.dtype.pooled:
        return _convert.from_values, (self.ravel().tolist(), self.shape, self.dtype)
    return _create.from_bytes, (self.tobytes(), self.dtype, self.shape)


def _namespace(self, **_):
    import numpy

    return numpy


def _install_own():
    """Those that have no function beside them; errors name them as a class does."""
    own = {
        "__new__": _new,
        "__repr__": _repr,
        "__str__": _str,
        "__reduce__": _reduced,
        "__array_namespace__": _namespace,
    }
    for name, function in own.items():
        function.__name__, function.__qualname__ = name, f"ndarray.{name}"
        setattr(ndarray, name, staticmethod(function) if name == "__new__" else function)
    ndarray.shape = ndarray.shape.setter(_set_shape)
    ndarray.flat = property(_flat, _set_flat)
    ndarray.real = _part("real", "The real parts.")
    ndarray.imag = _part("imag", "The imaginary parts.")


def install():
    """Put the methods in."""
    _scalars.as_array = _convert.array
    _scalar_math.install()
    _operators.install()
    _index.install()
    groups = {
        _reduce: "sum prod mean var std max min argmax argmin all any cumsum cumprod",
        _shape: "ravel flatten swapaxes squeeze",
        _repeat: "repeat",
        _numbers: "clip round",
        _choose: "nonzero take put compress",
        _sort: "argsort searchsorted partition argpartition",
        _linear: "dot trace",
        _create: "tobytes",
        _convert: "astype",
        _io: "tofile dump dumps",
    }
    for module, names in groups.items():
        for name in names.split():
            setattr(ndarray, name, _method(name, getattr(module, name)))
    _install_own()
    ndarray.reshape = _sizes(_shape.reshape)
    ndarray.transpose = _transpose
    ndarray.sort = _sort_inplace
    ndarray.partition = _sort_inplace_part
    ndarray.fill, ndarray.copy, ndarray.view, ndarray.resize = _fill, _copy, _view, _resize_inplace
    ndarray.diagonal, ndarray.setflags, ndarray.byteswap = _diagonal, _setflags, _byteswap
    ndarray.conj = ndarray.conjugate = lambda self: _functions.FUNCTIONS["conjugate"](self)
    ndarray.__matmul__ = _matmul(False)
    ndarray.__rmatmul__ = _matmul(True)
    ndarray.__imatmul__ = lambda self, other: _assign(self, _linear.matmul(self, other))


def _assign(target, value):
    target[...] = value
    return target


def _sort_inplace_part(self, kth, axis=-1, **_):
    """Sort as far as the k-th element needs, in place."""
    self._t.copy_(_sort.sort(self, axis)._t)


def _matmul(reflected):
    def method(self, other):
        from ._array import is_tensor, to_tensor

        if is_tensor(other):
            if not reflected:
                return NotImplemented
            made = _linear.matmul(other.numpy(), self)
            return to_tensor(_convert.asarray(made))
        return _linear.matmul(other, self) if reflected else _linear.matmul(self, other)

    return method


def _method(name, function):
    def method(self, *args, **kwargs):
        return function(self, *args, **kwargs)

    method.__name__ = name
    method.__qualname__ = f"ndarray.{name}"
    method.__doc__ = function.__doc__
    return method
