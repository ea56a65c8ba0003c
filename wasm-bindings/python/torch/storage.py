"""torch.storage: the memory that tensors look into. Files are made of it."""

import io
import warnings
from types import SimpleNamespace

from . import _C, _dtypes, _ops
from ._device import CPU
from ._tensor import Tensor, wrap

_NAMES = {
    "float32": "FloatStorage",
    "float64": "DoubleStorage",
    "float16": "HalfStorage",
    "bfloat16": "BFloat16Storage",
    "int64": "LongStorage",
    "int32": "IntStorage",
    "int16": "ShortStorage",
    "int8": "CharStorage",
    "uint8": "ByteStorage",
    "bool": "BoolStorage",
}


#: torch.save and torch.load, which need this module: install() is given them.
_files = SimpleNamespace()


class _Storage:
    """A one-dimensional tensor over the whole memory; `dtype` is that of its elements."""

    is_cuda = False
    is_sparse = False
    device = CPU

    def __new__(cls, *args, **kwargs):
        return object.__new__(cls)

    def data_ptr(self):
        """The address of the first byte."""
        return int(_ops.data_ptr(self._flat))

    def nbytes(self):
        """The size in bytes."""
        return self._flat.numel() * self._flat.dtype.itemsize

    def get_device(self):
        """-1: the CPU."""
        return -1

    def is_pinned(self, device=None):
        """False."""
        return False

    def is_shared(self):
        """False."""
        return False

    def cpu(self):
        """The storage itself."""
        return self

    def share_memory_(self):
        """The storage itself."""
        return self

    def cuda(self, device=None, non_blocking=False):
        """Raises what a PyTorch without CUDA raises."""
        self._flat.cuda()

    def clone(self):
        """A copy."""
        return type(self)._over(self._flat.clone())

    def copy_(self, source, non_blocking=None):
        """Write another storage's contents over this one."""
        self._flat.copy_(source._flat)
        return self

    def fill_(self, value):
        """Write one value everywhere."""
        self._flat.fill_(value)
        return self

    @classmethod
    def _over(cls, flat):
        made = cls.__new__(cls)
        made._flat = flat
        return made

    def __len__(self):
        return self.size()

    def __iter__(self):
        return iter(self.tolist())

    def __copy__(self):
        return self.clone()

    def __deepcopy__(self, memo):
        known = memo.setdefault("torch", {})
        key = key_of(self._flat)
        if key not in known:
            known[key] = self.clone()._flat
        return type(self)._over(known[key])

    def __reduce__(self):
        file = io.BytesIO()
        _files.save(self, file, _use_new_zipfile_serialization=False)
        return _load_from_bytes, (file.getvalue(),)


class UntypedStorage(_Storage):
    """Memory as bytes. `UntypedStorage(size)` is that many zeros."""

    __module__ = "torch.storage"

    def __init__(self, *args, **kwargs):
        count = args[0] if args and isinstance(args[0], int) else 0
        self._flat = _ops.full((-(-count // 4),), 0, _dtypes.float32)
        if count % 4:
            raise NotImplementedError(
                "torch.UntypedStorage of a size that is no multiple of 4 is not part of Unroll; "
                "make a tensor and take its untyped_storage()"
            )

    def size(self):
        """The size in bytes."""
        return self.nbytes()

    def element_size(self):
        """1."""
        return 1

    def _bytes(self):
        return _C.to_bytes(self._flat._h)

    def tolist(self):
        """All bytes as numbers."""
        return list(self._bytes())

    def __getitem__(self, index):
        return self._bytes()[index]

    def untyped(self):
        """The storage itself."""
        return self

    def __repr__(self):
        lines = "".join(f" {value}\n" for value in self.tolist())
        return f"{lines}[torch.storage.UntypedStorage(device=cpu) of size {self.nbytes()}]"


class TypedStorage(_Storage):
    """Memory as elements of one dtype."""

    __module__ = "torch.storage"
    _kind = None

    def __init__(self, *args, wrap_storage=None, dtype=None, device=None, _internal=False):
        dtype = self._kind or dtype or _dtypes.get_default_dtype()
        if wrap_storage is not None:
            self._flat = _retyped(wrap_storage._flat, dtype)
        elif args and not isinstance(args[0], int):
            from ._creation import tensor

            self._flat = tensor(list(args[0]), dtype=dtype)
        else:
            self._flat = _ops.full((args[0] if args else 0,), 0, dtype)

    @property
    def dtype(self):
        """The type of the elements."""
        return self._flat.dtype

    def size(self):
        """How many elements there are."""
        return self._flat.numel()

    def element_size(self):
        """Bytes of one element."""
        return self.dtype.itemsize

    def tolist(self):
        """All elements as Python numbers."""
        return self._flat.tolist()

    def __getitem__(self, index):
        return self.tolist()[index] if isinstance(index, slice) else self._flat[index].item()

    def __setitem__(self, index, value):
        self._flat[index] = value

    def untyped(self):
        """The same memory as bytes."""
        return UntypedStorage._over(self._flat)

    def pickle_storage_type(self):
        """The name of the old storage class."""
        return _NAMES[self.dtype._name]

    def __repr__(self):
        lines = "".join(f" {value}\n" for value in self.tolist())
        return (
            f"{lines}[torch.storage.TypedStorage(dtype={self.dtype}, device=cpu) of size "
            f"{self.size()}]"
        )


def _legacy(dtype_name, name):
    kind = getattr(_dtypes, dtype_name)
    members = {"_kind": kind, "__module__": "torch", "__doc__": f"Memory as elements of {kind}."}
    made = type(name, (TypedStorage,), members)
    made.dtype = kind
    return made


#: The old storage classes by name.
LEGACY = {name: _legacy(dtype, name) for dtype, name in _NAMES.items()}


def flat_storage(tensor):
    """The whole memory that a tensor looks into, as a one-dimensional tensor of its dtype."""
    count = int(_ops.storage_bytes(tensor)) // tensor.dtype.itemsize
    return _ops.as_strided(_ops.detach(tensor), (count,), (1,), 0)


def key_of(flat):
    """What tells one memory from another: its address; empty ones are all different."""
    return int(_ops.data_ptr(flat)) if flat.numel() else ("empty", id(flat))


def from_bytes(data, dtype):
    """A one-dimensional tensor of this dtype with these bytes."""
    return wrap(_C.from_bytes(dtype.code, data, len(data) // dtype.itemsize))


def _retyped(flat, dtype):
    return flat if flat.dtype is dtype else from_bytes(_C.to_bytes(flat._h), dtype)


def is_storage(obj):
    """Whether obj is a storage."""
    return isinstance(obj, _Storage)


def _load_from_bytes(data):
    return _files.load(io.BytesIO(data), weights_only=False)


def _storage(self):
    warnings.warn(
        "TypedStorage is deprecated. It will be removed in the future and UntypedStorage will be "
        "the only storage class. This should only matter to you if you are using storages "
        "directly.  To access UntypedStorage directly, use tensor.untyped_storage() instead of "
        "tensor.storage()",
        UserWarning,
        stacklevel=2,
    )
    return self._typed_storage()


def install(save, load):
    """Give Tensor the methods that show its memory, and storages what their pickles are made with:
    torch.save and torch.load.
    """
    _files.save, _files.load = save, load
    Tensor._typed_storage = lambda self: TypedStorage._over(flat_storage(self))
    Tensor.storage = _storage
    Tensor.untyped_storage = lambda self: UntypedStorage._over(flat_storage(self))
    Tensor.storage_offset = lambda self: int(_ops.storage_offset(self))
    Tensor.data_ptr = lambda self: int(_ops.data_ptr(self))
    Tensor.storage_type = lambda self: LEGACY[_NAMES[self.dtype._name]]
    for name, text in (
        ("storage", "The memory, as elements. Deprecated."),
        ("untyped_storage", "The memory, as bytes."),
        ("storage_offset", "Which element of the memory is the first."),
        ("data_ptr", "The address of the first element."),
        ("storage_type", "The old storage class of this dtype."),
    ):
        method = getattr(Tensor, name)
        method.__name__, method.__doc__ = name, text
        method.__qualname__ = f"Tensor.{name}"
