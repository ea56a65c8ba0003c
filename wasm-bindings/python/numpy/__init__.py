"""numpy: the small NumPy that is built into Unroll, over the same engine as torch.

Arrays and tensors share memory. Meanings, names, printed forms, errors and random numbers are
those of NumPy 2.2. What is not here says so by name. Start reading at `_array.py`.
"""

# ruff: noqa: F401, F811, E402, I001  (names are imported to be shown, in the order in which they build on each other)

import math as _math

__version__ = "2.2.4"

from . import _dtypes, _scalars

# isort: split
from . import (
    _array,
    _choose,
    _convert,
    _create,
    _errors,
    _format,
    _functions,
    _histogram,
    _index,
    _io,
    _linear,
    _logic,
    _methods,
    _numbers,
    _polynomial,
    _reduce,
    _repeat,
    _shape,
    _sort,
    _statistics,
)
from ._array import ndarray
from ._convert import (
    array,
    asanyarray,
    asarray,
    ascontiguousarray,
    asfortranarray,
)
from ._dtypes import dtype
from ._errors import errstate, geterr, seterr
from ._format import (
    format_float_positional,
    format_float_scientific,
    get_printoptions,
    printoptions,
    set_printoptions,
)
from ._extra import (
    astype,
    base_repr,
    binary_repr,
    c_,
    copyto,
    diag_indices,
    diag_indices_from,
    fill_diagonal,
    index_exp,
    matrix_transpose,
    mgrid,
    ndenumerate,
    ndindex,
    ogrid,
    place,
    putmask,
    r_,
    ravel_multi_index,
    s_,
    show_config,
    tril_indices_from,
    triu_indices_from,
    unravel_index,
    unstack,
    vecdot,
)
from ._index import flatiter
from ._functions import FUNCTIONS as _UFUNCS
from ._print import array2string, array_repr, array_str
from ._scalars import (
    False_,
    True_,
    bool_,
    character,
    complex128,
    complexfloating,
    float16,
    float32,
    float64,
    floating,
    generic,
    inexact,
    int8,
    int16,
    int32,
    int64,
    integer,
    number,
    object_,
    signedinteger,
    str_,
    uint8,
    uint16,
    uint32,
    uint64,
    unsignedinteger,
)
from ._ufunc import ufunc

_methods.install()
bool = bool_
half, single, double, cdouble = float16, float32, float64, complex128
byte, short, intc, int_, intp, long, longlong = int8, int16, int32, int64, int64, int64, int64
ubyte, ushort, uintc, uint, uintp = uint8, uint16, uint32, uint64, uint64
ulong = ulonglong = uint64
pi, e, inf, nan, euler_gamma = _math.pi, _math.e, _math.inf, _math.nan, 0.5772156649015329
newaxis = None
little_endian = True


def _publish():
    shown = {}
    families = (
        _choose, _create, _shape, _repeat, _reduce, _sort, _linear, _statistics, _histogram,
        _polynomial, _io,
    )  # fmt: skip
    for module in families:
        shown.update({function.__name__: function for function in module.FUNCTIONS})
    shown.update({function.__name__: function for function in _numbers.OTHERS})
    shown.update({function.__name__: function for function in _logic.OTHERS})
    shown.update(_UFUNCS)
    for function in shown.values():
        if type(function).__name__ == "function":
            function.__module__ = "numpy"
    return shown


globals().update(_publish())
globals().update(
    {new: globals()[old] for new, old in {
        "amax": "max", "amin": "min", "around": "round", "concat": "concatenate",
        "permute_dims": "transpose", "cumulative_sum": "cumsum", "cumulative_prod": "cumprod",
        "trapz": "trapezoid", "row_stack": "vstack", "may_share_memory": "shares_memory",
    }.items()}
)  # fmt: skip


from . import exceptions
from ._missing import by_name as _by_name

#: Submodules that load on first use.
_LAZY = ("random", "linalg", "testing", "typing", "lib", "char")
__getattr__ = _by_name(__name__, _LAZY)
__all__ = [_name for _name in globals() if not _name.startswith("_")]
