"""torch.cuda: there is none, as in a PyTorch without CUDA."""

from .._missing import by_name


def _refuse():
    raise AssertionError("Torch not compiled with CUDA enabled")


def is_available():
    """False."""
    return False


def is_initialized():
    """False."""
    return False


def is_bf16_supported(including_emulation=True):
    """False."""
    return False


def device_count():
    """0."""
    return 0


def manual_seed(seed):
    """Nothing: there is no CUDA stream to seed."""


def manual_seed_all(seed):
    """Nothing: there is no CUDA stream to seed."""


def empty_cache():
    """Nothing."""


def synchronize(device=None):
    """Raises what a PyTorch without CUDA raises."""
    _refuse()


def current_device():
    """Raises what a PyTorch without CUDA raises."""
    _refuse()


def get_device_name(device=None):
    """Raises what a PyTorch without CUDA raises."""
    _refuse()


def get_device_properties(device=None):
    """Raises what a PyTorch without CUDA raises."""
    _refuse()


def set_device(device):
    """Raises what a PyTorch without CUDA raises."""
    _refuse()


def memory_allocated(device=None):
    """0."""
    return 0


def max_memory_allocated(device=None):
    """0."""
    return 0


class _NoTensor(type):
    def __call__(cls, *args, **kwargs):
        raise TypeError(
            f"type torch.cuda.{cls.__name__} not available. Torch not compiled with CUDA enabled."
        )

    def __instancecheck__(cls, value):
        return False


for _name in (
    "FloatTensor",
    "DoubleTensor",
    "LongTensor",
    "IntTensor",
    "ByteTensor",
    "BoolTensor",
    "HalfTensor",
):
    globals()[_name] = _NoTensor(_name, (), {"__module__": "torch.cuda"})

__getattr__ = by_name(
    __name__,
    "Event Stream current_stream default_stream device get_device_capability graph memory "
    "nvtx stream",
    later="amp",
)
