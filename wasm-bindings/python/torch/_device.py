"""torch.device. There is one device here, the CPU; the others can be named, not used."""

_TYPES = (
    "cpu, cuda, ipu, xpu, mkldnn, opengl, opencl, ideep, hip, ve, fpga, maia, xla, lazy, vulkan, "
    "mps, meta, hpu, mtia, "
    "privateuseone"
)
_KNOWN = frozenset(_TYPES.split(", "))


class device:
    """Where a tensor lives: `torch.device("cpu")`. Also a context manager, as in PyTorch."""

    __slots__ = ("type", "index")
    __module__ = "torch"

    def __init__(self, type="cpu", index=None):
        if isinstance(type, device):
            type, index = type.type, type.index
        elif isinstance(type, int):
            type, index = "cuda", type
        elif ":" in type:
            type, _, number = type.partition(":")
            if not number.isdigit():
                raise RuntimeError(f"Invalid device string: '{type}:{number}'")
            index = int(number)
        if type not in _KNOWN:
            raise RuntimeError(
                f"Expected one of {_TYPES} device type at start of device string: {type}"
            )
        self.type = type
        self.index = index

    def __repr__(self):
        place = "" if self.index is None else f", index={self.index}"
        return f"device(type='{self.type}'{place})"

    def __str__(self):
        return self.type if self.index is None else f"{self.type}:{self.index}"

    def __eq__(self, other):
        return isinstance(other, device) and (self.type, self.index) == (other.type, other.index)

    def __hash__(self):
        return hash((self.type, self.index))

    def __reduce__(self):
        return device, (self.type, self.index)

    def __enter__(self):
        check(self)
        return self

    def __exit__(self, *_):
        return None


CPU = device("cpu")


def check(place):
    """Return the CPU where place means it (or None); raise what a PyTorch without CUDA raises
    otherwise.
    """
    if place is None or place is CPU:
        return CPU
    kind = device(place).type
    if kind == "cpu":
        return CPU
    if kind == "cuda":
        raise AssertionError("Torch not compiled with CUDA enabled")
    raise NotImplementedError(f"device '{kind}' is not part of Unroll: tensors live on the CPU")


def get_default_device():
    """Where tensors are made: the CPU."""
    return CPU


def set_default_device(place):
    """Accepts the CPU only."""
    check(place)
