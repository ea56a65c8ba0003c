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


#: The types by their names.
ALL = {
    f"{name}Tensor": _make(f"{name}Tensor", dtype)
    for name, dtype in zip(_dtypes.SCALAR_NAMES, _dtypes.BY_CODE, strict=True)
}
globals().update(ALL)


def dtype_of(kind):
    """The dtype that a dtype, an old tensor type or its name ("torch.FloatTensor") stands for."""
    if isinstance(kind, _TensorType):
        return kind.dtype
    if isinstance(kind, str):
        if kind.startswith("torch.cuda."):
            raise TypeError(f"type {kind} not available. Torch not compiled with CUDA enabled.")
        found = ALL.get(kind.removeprefix("torch."))
        if found is None:
            raise ValueError(f"invalid type: '{kind}'")
        return found.dtype
    return kind
