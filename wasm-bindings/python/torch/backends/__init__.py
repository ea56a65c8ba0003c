"""torch.backends: switches of backends that are not here; they can be set and do nothing."""


class _Backend:
    """A backend that is not there: its switches keep what is put into them."""

    def __init__(self, name, **switches):
        self.__name__ = f"torch.backends.{name}"
        self.__dict__.update(switches)

    def is_available(self):
        """False."""
        return False

    def is_built(self):
        """False."""
        return False

    def version(self):
        """None."""


cudnn = _Backend("cudnn", enabled=True, deterministic=False, benchmark=False, allow_tf32=True)
mps = _Backend("mps")
cuda = _Backend("cuda", matmul=_Backend("cuda.matmul", allow_tf32=False))
mkl = _Backend("mkl")
mkldnn = _Backend("mkldnn", enabled=False)
openmp = _Backend("openmp")
