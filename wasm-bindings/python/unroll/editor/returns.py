"""What functions of the packages give back, where more than their text tells."""

import inspect
import sys
import types
import typing

from .values import Instance, Known, Many, Parts


def _words(text):
    return frozenset(text.split())


_NUMBERS = {
    "item": float, "dim": int, "ndimension": int, "numel": int, "nelement": int,
    "element_size": int, "stride": tuple, "tolist": list, "data_ptr": int, "is_tensor": bool,
    "allclose": bool, "is_contiguous": bool, "is_floating_point": bool,
    "is_complex": bool, "initial_seed": int, "seed": int, "get_num_threads": int, "parse": list,
    "array_equal": bool,
}  # fmt: skip
_NOTHING = _words(
    "save backward set_default_dtype set_printoptions set_num_threads use_deterministic_algorithms "
    "set_grad_enabled register_buffer register_parameter zero_grad clip_grad_value_ show savefig "
    "load"
)
_LISTS = _words("split hsplit vsplit dsplit array_split meshgrid broadcast_arrays unravel_index")
_BUILTINS = {
    "len": int, "sum": float, "abs": float, "round": float, "input": str, "repr": str, "chr": str,
    "ord": int, "format": str, "divmod": tuple, "hash": int, "id": int, "isinstance": bool,
    "any": bool, "all": bool, "callable": bool, "bin": str, "hex": str, "pow": float,
}  # fmt: skip
_SAME = _words("train eval to cpu cuda double float half requires_grad_ apply")
_STRING = _words(
    "join lower upper strip lstrip rstrip replace format title capitalize center ljust rjust zfill "
    "read readline removeprefix removesuffix decode expandtabs swapcase"
)


def tensor_class():
    """torch.Tensor."""
    return sys.modules["torch"].Tensor


def returned(function, owner):
    """What a call of a package's function gives; `owner` is the Instance that it is called on."""
    name = getattr(function, "__name__", "")
    home = getattr(function, "__module__", None) or ""
    kind = owner.type if isinstance(owner, Instance) else None
    if noted := _annotated(function):
        return noted
    if home in ("builtins", "_io") or isinstance(
        function, (types.BuiltinFunctionType, type(str.join))
    ):
        return _builtin(name, kind)
    package = home.partition(".")[0]
    if package in ("torch", "numpy"):
        return _array(name, kind, package)
    return _matplotlib(name) if package == "matplotlib" else None


def _annotated(function):
    """What a function says that it returns; functions of torch do where it is no tensor."""
    noted = getattr(function, "__annotations__", {}) if inspect.isfunction(function) else {}
    kind, parts = noted.get("return"), typing.get_args(noted.get("return"))
    if hasattr(kind, "_fields"):
        return Parts((Instance(tensor_class()),) * len(kind._fields))
    if typing.get_origin(kind) is tuple:
        items = tuple(map(Instance, parts))
        return Many(items[0], tuple) if parts[-1] is ... else Parts(items)
    return Instance(kind) if isinstance(kind, type) else None


def _builtin(name, kind):
    if kind is None:
        if name == "open":
            return Instance(sys.modules["io"].TextIOWrapper)
        return Instance(_BUILTINS[name]) if name in _BUILTINS else None
    if name in ("split", "splitlines", "readlines", "rsplit"):
        return Many(Instance(str))
    if name in _STRING:
        return Instance(bytes if kind is bytes and name != "decode" else str)
    if name in ("count", "find", "index", "rfind"):
        return Instance(int)
    return Instance(kind) if name == "copy" else None


def _array(name, kind, package):
    torch = sys.modules["torch"]
    if kind is not None and issubclass(kind, torch.nn.Module):
        return _of_module(name, kind)
    if kind is not None and issubclass(kind, torch.optim.Optimizer):
        return None
    if name in _NOTHING or name.startswith(("set_", "is_", "get_", "_")):
        return None
    if name in _NUMBERS:
        return Instance(_NUMBERS[name])
    if name == "size":
        return Instance(torch.Size)
    if name == "manual_seed":
        return Instance(torch.Generator)
    if name == "numpy":
        return Instance(__import__("numpy").ndarray)
    here = Instance(tensor_class() if package == "torch" else sys.modules["numpy"].ndarray)
    if name == "from_numpy":
        return Instance(tensor_class())
    return Many(here, tuple) if name in _LISTS else here


def _of_module(name, kind):
    if name in ("parameters", "buffers"):
        return Many(Instance(sys.modules["torch"].nn.Parameter))
    if name in ("named_parameters", "named_buffers"):
        return Many(Parts((Instance(str), Instance(sys.modules["torch"].nn.Parameter))))
    if name in ("children", "modules"):
        return Many(Instance(sys.modules["torch"].nn.Module))
    if name == "state_dict":
        return Instance(dict)
    return Instance(kind) if name in _SAME else None


def called(kind):
    """What a call of an object of a class of torch gives: the forward pass of its modules."""
    nn, tensor = sys.modules["torch"].nn, Instance(tensor_class())
    if not issubclass(kind, nn.Module):
        return None
    if issubclass(kind, nn.LSTM):
        return Parts((tensor, Parts((tensor, tensor))))
    if issubclass(kind, (nn.RNN, nn.GRU)):
        return Parts((tensor, tensor))
    if issubclass(kind, nn.LSTMCell) or kind.__name__ == "MultiheadAttention":
        return Parts((tensor, tensor))
    return tensor


def made(kind, arguments):
    """What a call of a class gives; `arguments` are what its positional ones stand for."""
    first = arguments[0] if arguments else None
    if kind in (list, tuple, set, frozenset, sorted, reversed):
        return Many(item_of(first), kind if isinstance(kind, type) else list)
    if kind is enumerate:
        return Many(Parts((Instance(int), item_of(first))), enumerate)
    if kind is zip:
        return Many(Parts(tuple(map(item_of, arguments))), zip)
    if kind is range:
        return Many(Instance(int), range)
    return None


def item_of(value):
    """What a loop over a value gives."""
    if isinstance(value, Many):
        return value.item
    if isinstance(value, Parts):
        return value.values[0] if value.values else None
    kind = type(value.object) if isinstance(value, Known) else getattr(value, "type", None)
    if not isinstance(kind, type):
        return None
    if kind in (str, range):
        return Instance(str if kind is str else int)
    if issubclass(kind, tensor_class()):
        return Instance(tensor_class())
    torch = sys.modules["torch"]
    if issubclass(kind, (torch.nn.Sequential, torch.nn.ModuleList)):
        return Instance(torch.nn.Module)
    if kind.__name__ == "DataLoader":
        return Many(Instance(tensor_class()))
    if kind.__name__ == "TextIOWrapper":
        return Instance(str)
    return Instance(kind) if kind.__name__ == "tqdm" else None


def _matplotlib(name):
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return None
    figure, axes = (Instance(getattr(pyplot, kind)) for kind in ("Figure", "Axes"))
    if name == "subplots":
        return Parts((figure, axes))
    if name in ("figure", "gcf"):
        return figure
    if name in ("gca", "subplot", "add_subplot", "twinx", "twiny", "axes"):
        return axes
    return None
