"""The old tensor types (`torch.FloatTensor`, …): constructors, `isinstance` tests and targets of
`type()`.
"""

from . import _dtypes, _legacy
from ._tensor import Tensor


class _TensorType(type):
    def __call__(cls, *data, device=None):
        return _legacy.legacy_tensor(cls.dtype, data, device)

    def __instancecheck__(cls, value):
        return isinstance(value, Tensor) and value.dtype is cls.dtype

    def __repr__(cls):
        return f"<class 'torch.{cls.__name__}'>"


def _make(name, dtype):
    return _TensorType(
        name, (), {"dtype": dtype, "__module__": "torch", "__doc__": f"Tensors of {dtype}."}
    )


FloatTensor = _make("FloatTensor", _dtypes.float32)
DoubleTensor = _make("DoubleTensor", _dtypes.float64)
LongTensor = _make("LongTensor", _dtypes.int64)
BoolTensor = _make("BoolTensor", _dtypes.bool)
ByteTensor = _make("ByteTensor", _dtypes.uint8)
IntTensor = _make("IntTensor", _dtypes.int32)
ShortTensor = _make("ShortTensor", _dtypes.int16)
CharTensor = _make("CharTensor", _dtypes.int8)
HalfTensor = _make("HalfTensor", _dtypes.float16)

ALL = {
    kind.__name__: kind
    for kind in (
        FloatTensor,
        DoubleTensor,
        LongTensor,
        BoolTensor,
        ByteTensor,
        IntTensor,
        ShortTensor,
        CharTensor,
        HalfTensor,
    )
}


def dtype_of(kind):
    """The dtype that a dtype, an old tensor type or its name ("torch.FloatTensor") stands for."""
    if isinstance(kind, _TensorType):
        return kind.dtype
    if isinstance(kind, str):
        found = ALL.get(kind.removeprefix("torch."))
        if found is None:
            raise ValueError(f"invalid type: '{kind}'")
        return found.dtype
    return kind
