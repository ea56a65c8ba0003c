"""What a file may name in torch.load(weights_only=True), and what is said of the rest."""

import _codecs
import re
from _compat_pickle import IMPORT_MAPPING, NAME_MAPPING
from collections import Counter, OrderedDict
from pickle import UnpicklingError

from . import _dtypes, _types, _utils, storage
from ._device import device
from ._layout import strided
from ._missing import missing
from ._size import Size
from ._tensor import Tensor
from .nn.parameter import Parameter

_UNSAFE = (
    "In PyTorch 2.6, we changed the default value of the `weights_only` argument in `torch.load` "
    "from `False` to `True`. Re-running `torch.load` with `weights_only` set to `False` will "
    "likely succeed, but it can result in arbitrary code execution. Do it only if you got the file "
    "from a trusted source."
)
_DOCS = (
    "\n\nCheck the documentation of torch.load to learn more about types accepted by default with "
    "weights_only https://pytorch.org/docs/stable/generated/torch.load.html."
)
#: Modules that nothing is taken from, not even what a program has added.
_BLOCKED = ("sys", "os", "posix", "nt")
#: What PyTorch takes from a file and Unroll does not have; in `torch` unless spelled with a module.
_ABSENT = """
ComplexDoubleStorage ComplexFloatStorage QInt32Storage QInt8Storage QUInt2x4Storage QUInt4x2Storage
QUInt8Storage cuda.ComplexDoubleStorage cuda.ComplexFloatStorage bits16 bits1x8 bits2x4 bits4x2
bits8 complex32 float8_e4m3fn float8_e4m3fnuz float8_e5m2 float8_e5m2fnuz per_channel_affine
per_channel_affine_float_qparams per_channel_symmetric per_tensor_affine per_tensor_symmetric qint32
qint8 quint2x4 quint4x2 quint8 uint16 uint32 uint64 _utils._rebuild_device_tensor_from_cpu_tensor
_utils._rebuild_device_tensor_from_numpy _utils._rebuild_meta_tensor_no_storage
_utils._rebuild_nested_tensor _utils._rebuild_qtensor _utils._rebuild_sparse_tensor
_utils._rebuild_wrapper_subclass nested._internal.nested_tensor.NestedTensor
"""
_LAYOUTS = "sparse_coo sparse_csr sparse_csc sparse_bsr sparse_bsc jagged _mkldnn"

_added = set()


def add_safe_globals(safe_globals):
    """Let torch.load(weights_only=True) use these classes and functions as well.

    An item may be a pair (class, "module.name"), where a file has another name for it.
    """
    _added.update(safe_globals)


def get_safe_globals():
    """What add_safe_globals has added."""
    return list(_added)


def clear_safe_globals():
    """Forget what add_safe_globals has added."""
    _added.clear()


class safe_globals:
    """add_safe_globals for the time of a `with` block."""

    def __init__(self, safe_globals):
        self.safe_globals = safe_globals

    def __enter__(self):
        add_safe_globals(self.safe_globals)

    def __exit__(self, *_):
        _added.difference_update(self.safe_globals)


def added():
    """What add_safe_globals has added, by the names that files have for it."""
    names = {}
    for item in _added:
        value, name = item, None
        if isinstance(item, tuple):
            if len(item) != 2:
                raise ValueError(
                    "Expected tuple of length 2 (global, str of callable full path), but got tuple "
                    f"of length: {len(item)}"
                )
            value, name = item
            if type(name) is not str:
                raise TypeError(
                    "Expected second item in tuple to be str of callable full path, but got: "
                    f"{type(name)}"
                )
        names[name or f"{value.__module__}.{value.__name__}"] = value
    return names


class StorageType:
    """What the name of an old storage class stands for in a file: a dtype, nothing to call."""

    def __init__(self, dtype):
        self.dtype = dtype

    def __str__(self):
        return f"StorageType(dtype={self.dtype})"


def _get_layout(name):
    """The layout of this name: how files name `torch.strided`."""
    if name == "torch.strided":
        return strided
    if isinstance(name, str) and name.removeprefix("torch.") in _LAYOUTS.split():
        raise missing(name)
    raise KeyError(name)


_get_layout.__module__ = "torch.serialization"


def _defaults():
    names = {
        "_codecs.encode": _codecs.encode,
        "builtins.bytearray": bytearray,
        "builtins.complex": complex,
        "builtins.set": set,
        "collections.Counter": Counter,
        "collections.OrderedDict": OrderedDict,
        "torch.Size": Size,
        "torch.Tensor": Tensor,
        "torch._tensor._rebuild_from_type_v2": _utils._rebuild_from_type_v2,
        "torch.device": device,
        "torch.nn.parameter.Parameter": Parameter,
        "torch.serialization._get_layout": _get_layout,
        "torch.storage.TypedStorage": storage.TypedStorage,
        "torch.storage.UntypedStorage": storage.UntypedStorage,
    }
    for function in (
        _utils._rebuild_parameter,
        _utils._rebuild_parameter_with_state,
        _utils._rebuild_tensor,
        _utils._rebuild_tensor_v2,
        _utils._rebuild_tensor_v3,
    ):
        names[f"torch._utils.{function.__name__}"] = function
    for name, kind in storage.LEGACY.items():
        names[f"torch.{name}"] = names[f"torch.cuda.{name}"] = StorageType(kind._kind)
    names |= {str(dtype): dtype for dtype in _dtypes.ALL}
    names |= {f"torch.{name}": kind for name, kind in _types.ALL.items()}
    return names


def _absent():
    names = {f"torch.{name}" for name in _ABSENT.split()}
    for part in ("cuda", "sparse", "cuda.sparse"):
        names |= {f"torch.{part}.{name}" for name in _types.ALL}
    return names


_DEFAULTS, _ELSEWHERE = _defaults(), _absent()
_DEFAULT_IDS = frozenset(map(id, _DEFAULTS.values()))


def modern(module, name):
    """(module, name) as Python 3 has them: files of Python 2 have other names."""
    renamed = (IMPORT_MAPPING.get(module, module), name)
    return NAME_MAPPING.get((module, name), renamed)


def find(module, name):
    """The class, function or dtype that a file names. Raises UnpicklingError where that is not
    allowed, NotImplementedError where PyTorch allows it and Unroll does not have it.
    """
    full = f"{module}.{name}"
    if module in _BLOCKED:
        raise UnpicklingError(
            f"Trying to load unsupported GLOBAL {full} whose module {module} is blocked."
        )
    for names in (_DEFAULTS, added()):
        if full in names:
            return names[full]
    if full in _ELSEWHERE:
        raise missing(full)
    raise UnpicklingError(
        f"Unsupported global: GLOBAL {full} was not an allowed global by default. Please use "
        f"`torch.serialization.add_safe_globals([{name}])` or the "
        f"`torch.serialization.safe_globals([{name}])` context manager to allowlist this "
        "global if you trust this class/function."
    )


def is_default(value):
    """Whether a value is one of those that every file may name."""
    return id(value) in _DEFAULT_IDS


def is_added(value):
    """Whether a value is one of those that add_safe_globals has added."""
    return any(value is known for known in added().values())


def unsafe(names):
    """Those of the names that a file must not use."""
    return list(set(names) - _DEFAULTS.keys() - added().keys() - _ELSEWHERE)


def explain(error):
    """The text that PyTorch puts around what went wrong."""
    message = str(error)
    if re.search(r"GLOBAL (\S+) was not an allowed global by default.", message):
        return (
            "Weights only load failed. This file can still be loaded, to do so you have two "
            "options, \033[1mdo those steps only if you trust the source of the checkpoint\033[0m. "
            f"\n\t(1) {_UNSAFE}\n\t(2) Alternatively, to load with `weights_only=True` please "
            "check the recommended steps in the following error message.\n\tWeightsUnpickler "
            f"error: {message}{_DOCS}"
        )
    invitation = (
        ""
        if "is blocked" in message
        else "Please file an issue with the following so that we can make `weights_only=True` "
        "compatible with your use case: WeightsUnpickler error: "
    )
    return f"Weights only load failed. {_UNSAFE}\n{invitation}{message}{_DOCS}"


def refuse(what):
    """The error for a kind of file that is not read with weights_only=True."""
    return RuntimeError(f"Cannot use ``weights_only=True`` with {what}. {_UNSAFE}")
