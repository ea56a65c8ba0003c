"""NumPy's scalar types. float64 is a Python float, complex128 a complex, str_ a str; the others
hold a Python number and compute in their own type: whole numbers wrap around, float32 rounds.
"""

import math
import struct

from . import _dtypes
from ._dtypes import as_dtype, check_fits, wrap_int

_new = object.__new__


#: `np.array`, which needs this module: `_methods.py` puts it in.
as_array = None


class generic:
    """The base of all scalar types."""

    __slots__ = ()
    __module__ = "numpy"
    __array_priority__ = -1000000.0
    shape = ()
    strides = ()
    ndim = 0
    size = 1

    @property
    def T(self):
        """The scalar itself."""
        return self

    def item(self, *index):
        """The Python number."""
        return self._v

    tolist = item

    @property
    def itemsize(self):
        """Bytes of the value."""
        return self.dtype.itemsize

    nbytes = itemsize
    real = property(lambda self: self)

    @property
    def imag(self):
        """The imaginary part."""
        return type(self)(0)

    def astype(self, dtype, *args, **kwargs):
        """The value in another type."""
        kind = as_dtype(dtype)
        if kind.kind == "U":
            return str_(self)
        return kind.type(self.item())

    def __array__(self, dtype=None, copy=None):
        made = as_array(self)
        return made if dtype is None else made.astype(dtype)

    def __getattr__(self, name):
        if name.startswith("_") or not hasattr(array := as_array(self), name):
            raise AttributeError(f"'numpy.{type(self).__name__}' object has no attribute '{name}'")
        return getattr(array, name)

    def __getitem__(self, index):
        if index == ():
            return self
        if index is None or index is Ellipsis or isinstance(index, tuple):
            return as_array(self)[index]
        raise IndexError("invalid index to scalar variable.")

    def __reduce__(self):
        return type(self), (self.item(),)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class _Boxed(generic):
    """A scalar whose Python number is `_v`."""

    __slots__ = ()

    def __hash__(self):
        return hash(self._v)

    def __bool__(self):
        return self._v != 0

    def __int__(self):
        return int(self._v)

    def __float__(self):
        return float(self._v)

    def __complex__(self):
        return complex(self._v)

    def __str__(self):
        return str(self._v)

    def __repr__(self):
        return f"np.{type(self).__name__}({self})"

    def __format__(self, spec):
        return format(self._v, spec) if spec else str(self)

    def __round__(self, ndigits=None):
        rounded = round(self._v, ndigits) if ndigits is not None else round(self._v)
        return rounded if ndigits is None else type(self)(rounded)

    def __trunc__(self):
        return math.trunc(self._v)

    def __floor__(self):
        return math.floor(self._v)

    def __ceil__(self):
        return math.ceil(self._v)


class number(_Boxed):
    """The base of all numbers."""

    __slots__ = ()


class integer(number):
    """The base of whole numbers."""

    __slots__ = ()

    def __new__(cls, value=0):
        kind = cls.dtype
        if isinstance(value, (str, bytes)):
            value = int(value)
        elif type(value) is not int:
            if isinstance(value, (list, tuple)) or getattr(value, "ndim", 0):
                return as_array(value).astype(kind)
            value = int(value)
        else:
            check_fits(value, kind)
        made = _new(cls)
        made._v = wrap_int(value, kind)
        return made

    def __index__(self):
        return self._v

    def bit_count(self):
        """How many bits of the magnitude are set."""
        return abs(self._v).bit_count()

    def is_integer(self):
        """True."""
        return True


class signedinteger(integer):
    """The base of whole numbers with a sign."""

    __slots__ = ()


class unsignedinteger(integer):
    """The base of whole numbers without a sign."""

    __slots__ = ()


class inexact(number):
    """The base of numbers with a point."""

    __slots__ = ()


class floating(inexact):
    """The base of real numbers with a point."""

    __slots__ = ()

    def __new__(cls, value=0.0):
        if isinstance(value, (list, tuple)) or getattr(value, "ndim", 0):
            return as_array(value).astype(cls.dtype)
        made = _new(cls)
        made._v = _rounded(float(value), cls.dtype)
        return made

    def __str__(self):
        from ._format import scalar_text

        return scalar_text(self._v, self.dtype)

    def is_integer(self):
        """Whether the value is whole."""
        return float(self._v).is_integer()

    def as_integer_ratio(self):
        """The value as a fraction."""
        return self._v.as_integer_ratio()


class complexfloating(inexact):
    """The base of complex numbers."""

    __slots__ = ()


def _rounded(value, kind):
    code = kind.char
    try:
        return struct.unpack(code, struct.pack(code, value))[0]
    except OverflowError:
        return math.copysign(math.inf, value)


class bool_(_Boxed):
    """NumPy's truth value."""

    __slots__ = ("_v",)

    def __new__(cls, value=False):
        if getattr(value, "ndim", 0):
            return as_array(value).astype(bool)
        return True_ if value else False_

    def __repr__(self):
        return f"np.{self._v}_"

    def __index__(self):
        raise TypeError("only integer scalar arrays can be converted to a scalar index")


bool_.__name__ = bool_.__qualname__ = "bool"
True_, False_ = _new(bool_), _new(bool_)
True_._v, False_._v = True, False


class float64(floating, float):
    """A double: a Python float with NumPy's methods."""

    __slots__ = ()

    def __new__(cls, value=0.0):
        if isinstance(value, (list, tuple)) or getattr(value, "ndim", 0):
            return as_array(value).astype("float64")
        return float.__new__(cls, value)

    @property
    def _v(self):
        return float.__float__(self)

    def item(self, *index):
        """The Python float."""
        return float.__float__(self)

    tolist = item
    __hash__ = float.__hash__
    __bool__ = float.__bool__
    __int__ = float.__int__
    __float__ = float.__float__
    __format__ = float.__format__
    __trunc__ = float.__trunc__

    def __str__(self):
        return float.__repr__(self)


class complex128(complexfloating, complex):
    """A complex number of two doubles."""

    __slots__ = ()

    def __new__(cls, real=0, imag=0):
        return complex.__new__(cls, real, imag) if imag else complex.__new__(cls, real)

    @property
    def _v(self):
        return complex(complex.real.__get__(self), complex.imag.__get__(self))

    real = property(lambda self: float64(complex.real.__get__(self)))
    imag = property(lambda self: float64(complex.imag.__get__(self)))
    __hash__ = complex.__hash__
    __bool__ = complex.__bool__
    __abs__ = lambda self: float64(complex.__abs__(self))  # noqa: E731

    def __repr__(self):
        return f"np.complex128({complex.__repr__(self).strip('()')})"

    def __str__(self):
        return complex.__repr__(self)


class character(generic):
    """The base of texts."""

    __slots__ = ()


class str_(str, character):
    """A text: a Python str with NumPy's methods."""

    def item(self, *index):
        """The Python str."""
        return str.__str__(self)

    tolist = item
    __getitem__ = str.__getitem__
    dtype = property(lambda self: _dtypes.string(len(self)))

    def __repr__(self):
        return f"np.str_({str.__repr__(self)})"


class object_:
    """Stands for Python objects as elements; a scalar of this type is the object itself."""

    def __new__(cls, value=None):
        return value


def _declare(name, base, kind, doc):
    made = type(name, (base,), {"__slots__": ("_v",), "__module__": "numpy", "__doc__": doc})
    made.dtype, kind.type = kind, made
    return made


int8 = _declare("int8", signedinteger, _dtypes.int8, "Whole numbers of 8 bits.")
int16 = _declare("int16", signedinteger, _dtypes.int16, "Whole numbers of 16 bits.")
int32 = _declare("int32", signedinteger, _dtypes.int32, "Whole numbers of 32 bits.")
int64 = _declare("int64", signedinteger, _dtypes.int64, "Whole numbers of 64 bits.")
uint8 = _declare("uint8", unsignedinteger, _dtypes.uint8, "0 to 255.")
uint16 = _declare("uint16", unsignedinteger, _dtypes.uint16, "0 to 2¹⁶ − 1.")
uint32 = _declare("uint32", unsignedinteger, _dtypes.uint32, "0 to 2³² − 1.")
uint64 = _declare("uint64", unsignedinteger, _dtypes.uint64, "0 to 2⁶⁴ − 1.")
float16 = _declare("float16", floating, _dtypes.float16, "A half.")
float32 = _declare("float32", floating, _dtypes.float32, "A single.")
for _kind, _type in (("float64", float64), ("complex128", complex128), ("bool_", bool_)):
    _type.dtype = getattr(_dtypes, _kind)
    _type.dtype.type = _type
_dtypes.str_.type, _dtypes.object_.type = str_, object_
for _type in (float64, complex128, bool_, str_, object_, character):
    _type.__module__ = "numpy"
object_.dtype = _dtypes.object_

_ABSTRACT = (number, integer, signedinteger, unsignedinteger, inexact, floating, complexfloating)
for _type in _ABSTRACT:
    _type.__module__ = "numpy"


def make(value, kind):
    """The scalar of this type for a Python value that fits it."""
    if kind is _dtypes.float64:
        return float.__new__(float64, value)
    if kind.kind == "b":
        return True_ if value else False_
    if kind.kind in "UO":
        return str_(value) if kind.kind == "U" else value
    if kind.kind == "c":
        return complex128(value)
    made = _new(kind.type)
    made._v = value
    return made
