"""torch.amp: mixed precision, switched off as PyTorch does where there is no GPU."""

from functools import wraps

from .. import _dtypes
from .._device import device as Device
from .._missing import missing
from .._warn import warn

__all__ = ["GradScaler", "autocast", "custom_bwd", "custom_fwd", "is_autocast_available"]


class autocast:
    """A context, or decorator, that changes nothing: device_type "cuda" is switched off.

    Limit: Accepted where it is off; bfloat16 on the CPU raises.
    """

    def __init__(self, device_type, dtype=None, enabled=True, cache_enabled=None):
        if not isinstance(device_type, str):
            raise ValueError(f"Expected `device_type` of type `str`, got: `{type(device_type)}`")
        self.device = Device(device_type).type
        self.fast_dtype = dtype or (_dtypes.bfloat16 if device_type == "cpu" else _dtypes.float16)
        if enabled and device_type == "cuda":
            warn("User provided device_type of 'cuda', but CUDA is not available. Disabling")
        elif enabled and device_type == "cpu":
            raise missing(
                "torch.autocast('cpu')", "leave it out, or pass enabled=False: sums run in float32"
            )
        elif device_type not in ("cuda", "cpu"):
            raise RuntimeError(
                f"User specified an unsupported autocast device_type '{device_type}'"
            )
        self._enabled = False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    def __call__(self, func):
        @wraps(func)
        def decorated(*args, **kwargs):
            return func(*args, **kwargs)

        return decorated


class GradScaler:
    """A scaler of losses that is switched off: scale() gives the loss back, step() steps."""

    def __init__(
        self,
        device="cuda",
        init_scale=65536.0,
        growth_factor=2.0,
        backoff_factor=0.5,
        growth_interval=2000,
        enabled=True,
    ):
        if enabled and device == "cuda":
            warn("torch.cuda.amp.GradScaler is enabled, but CUDA is not available.  Disabling.")
        self._device = device
        self._enabled = False

    def scale(self, outputs):
        """The outputs themselves."""
        return outputs

    def unscale_(self, optimizer):
        """Nothing: gradients are not scaled."""

    def step(self, optimizer, *args, **kwargs):
        """The optimizer's step."""
        return optimizer.step(*args, **kwargs)

    def update(self, new_scale=None):
        """Nothing."""

    def get_scale(self):
        """1.0."""
        return 1.0

    def is_enabled(self):
        """False."""
        return False

    def state_dict(self):
        """{}."""
        return {}

    def load_state_dict(self, state_dict):
        """Nothing."""


def is_autocast_available(device_type):
    """False."""
    return False


def custom_fwd(fwd=None, *, device_type="cuda", cast_inputs=None):
    """Decorator: the function itself."""
    return fwd if fwd is not None else lambda function: function


def custom_bwd(bwd=None, *, device_type="cuda"):
    """Decorator: the function itself."""
    return bwd if bwd is not None else lambda function: function
