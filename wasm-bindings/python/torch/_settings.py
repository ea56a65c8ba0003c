"""Settings of torch that have one value here, and calls that change nothing."""

from . import _dtypes, _types
from ._missing import missing as _missing


def set_num_threads(num):
    """Accepts any number: there is one thread."""


def get_num_threads():
    """1."""
    return 1


def set_num_interop_threads(num):
    """Accepts any number: there is one thread."""


def get_num_interop_threads():
    """1."""
    return 1


def use_deterministic_algorithms(mode, *, warn_only=False):
    """Accepts both: everything is deterministic."""


def are_deterministic_algorithms_enabled():
    """True."""
    return True


def set_float32_matmul_precision(precision):
    """Accepts any: products are computed in float32."""


def get_float32_matmul_precision():
    """ "highest"."""
    return "highest"


def set_flush_denormal(mode):
    """False: not supported."""
    return False


def set_default_tensor_type(t):
    """Make the dtype of an old tensor type, such as torch.DoubleTensor, the default."""
    _dtypes.set_default_dtype(_types.dtype_of(t))


def compile(model=None, **_):
    """The model itself: it runs as it is."""
    return (lambda function: function) if model is None else model


def save(obj, f, *_, **__):
    """Not here yet."""
    raise _missing("torch.save", "keep the state_dict in a variable")


def load(f, *_, **__):
    """Not here yet."""
    raise _missing("torch.load", "keep the state_dict in a variable")


def functions():
    """All functions above by name."""
    return {
        name: value
        for name, value in globals().items()
        if getattr(value, "__module__", None) == __name__ and name != "functions"
    }
