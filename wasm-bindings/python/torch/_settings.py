"""Settings of torch that have one value here, and calls that change nothing."""

from . import _dtypes, _types


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
    """The model itself: it runs as it is.

    Limit: Gives the model back as it is.
    """
    return (lambda function: function) if model is None else model


def save(*args, **kwargs):
    """Write an object to a file; see torch.serialization.save."""
    from .serialization import save

    save(*args, **kwargs)


def load(*args, **kwargs):
    """Read what torch.save wrote; see torch.serialization.load."""
    from .serialization import load

    return load(*args, **kwargs)


def autocast(*args, **kwargs):
    """Mixed precision, switched off; see torch.amp.autocast."""
    from .amp import autocast

    return autocast(*args, **kwargs)


def GradScaler(*args, **kwargs):
    """A scaler of losses, switched off; see torch.amp.GradScaler."""
    from .amp import GradScaler

    return GradScaler(*args, **kwargs)


def is_autocast_enabled(device_type=None):
    """False."""
    return False


def is_autocast_cpu_enabled():
    """False."""
    return False


def functions():
    """All functions above by name."""
    return {
        name: value
        for name, value in globals().items()
        if getattr(value, "__module__", None) == __name__ and name != "functions"
    }
