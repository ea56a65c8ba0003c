"""The unpickler of torch.load(weights_only=True): it makes tensors and plain values only."""

import _codecs
import pickle
import pickletools
from collections import Counter, OrderedDict

_HEAD = (
    "Weights only load failed. This file can still be loaded, to do so you have two options, "
    "\033[1mdo those steps only if you trust the source of the checkpoint\033[0m. \n"
    "\t(1) In PyTorch 2.6, we changed the default value of the `weights_only` argument in "
    "`torch.load` from `False` to `True`. Re-running `torch.load` with `weights_only` set to "
    "`False` will likely succeed, but it can result in arbitrary code execution. Do it only if "
    "you got the file from a trusted source.\n"
    "\t(2) Alternatively, to load with `weights_only=True` please check the recommended steps in "
    "the following error message.\n\tWeightsUnpickler error: "
)
_TAIL = (
    "\n\nCheck the documentation of torch.load to learn more about types accepted by default with "
    "weights_only https://pytorch.org/docs/stable/generated/torch.load.html."
)

_allowed = {}


def add_safe_globals(safe_globals):
    """Let torch.load(weights_only=True) use these classes and functions as well.

    An item may be a pair (class, "module.name"), where a file has another name for it.
    """
    _allowed.update(_named(safe_globals))


def get_safe_globals():
    """What add_safe_globals has added."""
    return list(_allowed.values())


def clear_safe_globals():
    """Forget what add_safe_globals has added."""
    _allowed.clear()


class safe_globals:
    """add_safe_globals for the time of a `with` block."""

    def __init__(self, safe_globals):
        self._items = safe_globals

    def __enter__(self):
        self._before = dict(_allowed)
        add_safe_globals(self._items)

    def __exit__(self, *_):
        _allowed.clear()
        _allowed.update(self._before)


def _named(items):
    names = {}
    for item in items:
        value, name = (
            item if isinstance(item, tuple) else (item, f"{item.__module__}.{item.__qualname__}")
        )
        names[name] = value
    return names


def _defaults():
    import torch

    from . import _dtypes, _utils, storage
    from .nn.parameter import Parameter
    from .serialization import _get_layout

    names = {
        "collections.OrderedDict": OrderedDict,
        "collections.Counter": Counter,
        "builtins.set": set,
        "builtins.complex": complex,
        "builtins.bytearray": bytearray,
        "__builtin__.set": set,
        "__builtin__.complex": complex,
        "__builtin__.bytearray": bytearray,
        "_codecs.encode": _codecs.encode,
        "torch.Size": torch.Size,
        "torch.Tensor": torch.Tensor,
        "torch.device": torch.device,
        "torch.nn.parameter.Parameter": Parameter,
        "torch.serialization._get_layout": _get_layout,
        "torch.storage.UntypedStorage": storage.UntypedStorage,
        "torch.storage.TypedStorage": storage.TypedStorage,
        "torch._tensor._rebuild_from_type_v2": _utils._rebuild_from_type_v2,
    }
    names.update({f"torch.{name}": kind for name, kind in storage.LEGACY.items()})
    names.update({f"torch.storage.{name}": kind for name, kind in storage.LEGACY.items()})
    names.update({f"torch.{dtype._name}": dtype for dtype in _dtypes.ALL})
    for name in vars(_utils):
        if name.startswith("_rebuild_") and name != "_rebuild_from_type_v2":
            names[f"torch._utils.{name}"] = getattr(_utils, name)
    return names


class SafeUnpickler(pickle.Unpickler):
    """An Unpickler that knows tensors, plain values and what add_safe_globals has added."""

    _known = None

    def find_class(self, module, name):
        """The class or function of a name, where it is allowed."""
        if SafeUnpickler._known is None:
            SafeUnpickler._known = _defaults()
        full = f"{module}.{name}"
        for names in (SafeUnpickler._known, _allowed):
            if full in names:
                return names[full]
        raise pickle.UnpicklingError(
            f"Unsupported global: GLOBAL {full} was not an allowed global by default. Please use "
            f"`torch.serialization.add_safe_globals([{name}])` or the "
            f"`torch.serialization.safe_globals([{name}])` context manager to allowlist this "
            "global if you trust this class/function."
        )


def explain(error):
    """The text that PyTorch puts around what went wrong."""
    return f"{_HEAD}{error}{_TAIL}"


def get_unsafe_globals(data):
    """The names in a pickle that are not allowed."""
    if SafeUnpickler._known is None:
        SafeUnpickler._known = _defaults()
    found, texts = [], []
    for opcode, argument, _ in pickletools.genops(data):
        if opcode.name == "GLOBAL":
            found.append(argument.replace(" ", "."))
        elif opcode.name == "STACK_GLOBAL":
            found.append(".".join(texts[-2:]))
        elif "UNICODE" in opcode.name:
            texts.append(argument)
    return [name for name in found if name not in SafeUnpickler._known and name not in _allowed]
