"""Element types. The engine holds all but the complex ones, which are names only."""

import sys

from . import _C


class dtype:
    """The type of a tensor's elements, such as `torch.float32`."""

    __slots__ = ("_name", "_code", "is_floating_point", "is_complex", "is_signed", "itemsize")
    __module__ = "torch"

    def __init__(self, name, code, itemsize, floating=False, signed=True, is_complex=False):
        self._name = name
        self._code = code
        self.itemsize = itemsize
        self.is_floating_point = floating
        self.is_complex = is_complex
        self.is_signed = signed

    def __repr__(self):
        return f"torch.{self._name}"

    def __reduce__(self):
        return self._name

    def to_real(self):
        """The dtype itself: there are no complex tensors here."""
        return self

    @property
    def code(self):
        """The engine's number. Raises NotImplementedError for a dtype that the engine does not
        hold.
        """
        if self._code is None:
            raise NotImplementedError(
                f"torch.{self._name} is not part of Unroll; tensors hold no complex numbers: keep "
                "the real and the imaginary part as two tensors"
            )
        return self._code


bool = dtype("bool", 0, 1, signed=False)
int64 = long = dtype("int64", 1, 8)
float32 = float = dtype("float32", 2, 4, floating=True)
float64 = double = dtype("float64", 3, 8, floating=True)
uint8 = dtype("uint8", 4, 1, signed=False)
int8 = dtype("int8", 5, 1)
int16 = short = dtype("int16", 6, 2)
int32 = int = dtype("int32", 7, 4)
float16 = half = dtype("float16", 8, 2, floating=True)
bfloat16 = dtype("bfloat16", 9, 2, floating=True)
complex64 = cfloat = dtype("complex64", None, 8, is_complex=True)
complex128 = cdouble = dtype("complex128", None, 16, is_complex=True)

#: The dtypes by the engine's number.
BY_CODE = (bool, int64, float32, float64, uint8, int8, int16, int32, float16, bfloat16)
ALL = (*BY_CODE, complex64, complex128)
NAMES = tuple(
    name
    for name, value in list(globals().items())
    if isinstance(value, dtype) and not name.startswith("_")
)

#: How PyTorch's messages call the dtypes, by the engine's number.
SCALAR_NAMES = (
    "Bool",
    "Long",
    "Float",
    "Double",
    "Byte",
    "Char",
    "Short",
    "Int",
    "Half",
    "BFloat16",
)
#: How the old tensor types are called, by the engine's number.
TYPE_NAMES = tuple([f"torch.{name}Tensor" for name in SCALAR_NAMES])
#: The format characters of Python's memoryview, which has none for the halves.
FORMATS = ("?", "q", "f", "d", "B", "b", "h", "i", None, None)

_default = float32


def get_default_dtype():
    """The dtype that Python floats get; float32 at the start."""
    return _default


def set_default_dtype(d):
    """Make d, a floating-point dtype, the one that Python floats get.

    Limit: With float16 a quotient of integers stays float32.
    """
    global _default
    if not isinstance(d, dtype) or not d.is_floating_point:
        raise TypeError(f"only floating-point types are supported as the default type, got {d}")
    from . import _ops

    _ops.set_default_dtype(d)
    _default = d


def from_python(kind):
    """The dtype that a Python type (`float`, `int`, `bool`) or a dtype stands for."""
    if isinstance(kind, dtype):
        return kind
    from builtins import bool as py_bool
    from builtins import float as py_float
    from builtins import int as py_int

    if kind is py_float:
        return float64
    if kind is py_int:
        return int64
    if kind is py_bool:
        return bool
    raise TypeError(f"dtype must be a torch.dtype, not {type(kind).__name__}")


_LIMITS = {
    "float32": (1.1920928955078125e-07, 3.4028234663852886e38, 1.1754943508222875e-38, 1e-06, 32),
    "float16": (0.0009765625, 65504.0, 6.103515625e-05, 0.001, 16),
    "bfloat16": (0.0078125, 3.3895313892515355e38, 1.1754943508222875e-38, 0.01, 16),
    "float64": (sys.float_info.epsilon, sys.float_info.max, sys.float_info.min, 1e-15, 64),
}


class finfo:
    """Limits of a floating-point dtype."""

    def __init__(self, type=None):
        kind = type or _default
        if not isinstance(kind, dtype) or kind._name not in _LIMITS:
            raise TypeError(
                "torch.finfo() requires a floating point input type. Use torch.iinfo to handle "
                f"'{kind!r}'"
            )
        self.eps, self.max, self.tiny, self.resolution, self.bits = _LIMITS[kind._name]
        self.min = -self.max
        self.smallest_normal = self.tiny
        self.dtype = kind._name

    def __repr__(self):
        return (
            f"finfo(resolution={self.resolution:g}, min={self.min:g}, max={self.max:g}, "
            f"eps={self.eps:g}, "
            f"smallest_normal={self.tiny:g}, tiny={self.tiny:g}, dtype={self.dtype})"
        )


class iinfo:
    """Limits of an integer dtype."""

    def __init__(self, type):
        if not isinstance(type, dtype) or type.is_floating_point or type is bool:
            raise TypeError(
                "torch.iinfo() requires an integer input type. Use torch.finfo to handle "
                f"'{type!r}'"
            )
        self.bits = type.itemsize * 8
        self.max = 2 ** (self.bits - type.is_signed) - 1
        self.min = -(2 ** (self.bits - 1)) if type.is_signed else 0
        self.dtype = type._name

    def __repr__(self):
        return f"iinfo(min={self.min}, max={self.max}, dtype={self.dtype})"


def of(handle):
    """The dtype of the tensor with this handle."""
    return BY_CODE[_C.dtype(handle)]
