"""torch: PyTorch's words for Unroll's engine.

Meanings, names, defaults, printed forms, errors and random numbers are those of PyTorch 2.6 on the
CPU. What is not here
says so by name. Start reading at `_tensor.py`; `_ops.py` is generated from the engine's op table.
"""

# ruff: noqa: F401, E402  (names are imported to be shown, in the order in which they build on each other)

import math as _math

from . import _dtypes, _missing
from . import _tensor as _tensor_module
from ._device import device, get_default_device, set_default_device
from ._dtypes import dtype, finfo, get_default_dtype, iinfo, set_default_dtype
from ._size import Size

Tensor = _tensor_module.Tensor

# Files with methods of Tensor, which install() puts in.
from . import (
    _indexing,
    _inplace,
    _legacy,
    _methods,
    _operators,
    _public,
    _tensor_str,
    _utils,
    autograd,
)

_operators.install()
_indexing.install()
_methods.install()
globals().update({_name: getattr(_dtypes, _name) for _name in _dtypes.NAMES})
globals().update(_public.functions())

from . import (
    _names,
    _pytorch_names,
    _settings,
    _types,
    accelerator,
    backends,
    cuda,
    linalg,
    nn,
    optim,
    random,
    return_types,
    special,
    storage,
    utils,
    version,
)
from ._layout import (
    channels_last,
    contiguous_format,
    layout,
    memory_format,
    preserve_format,
    strided,
)
from ._tensor_str import get_printoptions, set_printoptions
from .autograd.anomaly_mode import is_anomaly_check_nan_enabled, is_anomaly_enabled
from .autograd.grad_mode import (
    enable_grad,
    inference_mode,
    is_grad_enabled,
    is_inference_mode_enabled,
    no_grad,
    set_grad_enabled,
)
from .nn import _torch_forms
from .nn import modules as _modules
from .nn._common import lazily as _lazily
from .nn.modules import homes as _homes
from .random import (
    Generator,
    default_generator,
    fork_rng,
    get_rng_state,
    initial_seed,
    manual_seed,
    seed,
    set_rng_state,
)
from .storage import TypedStorage, UntypedStorage, is_storage
from .version import __version__

globals().update(_types.ALL)
globals().update(_settings.functions())
globals().update(storage.LEGACY)
storage.install(_settings.save, _settings.load)
_homes.settle(vars(_modules))

e = _math.e
inf = _math.inf
nan = _math.nan
newaxis = None
pi = _math.pi

Tensor.layout = property(lambda self: strided)

__getattr__ = _lazily(
    __name__,
    {
        ".nn.functional": _torch_forms.SAME,
        ".nn._torch_forms": _torch_forms.OTHER,
        ".ao.quantization": "qint8 quint8",
    },
    _missing.by_name(__name__, _pytorch_names.NAMES["torch"], _names.HINTS, _names.LATER),
)
_missing.attributes_by_name(Tensor, "torch.Tensor", _pytorch_names.NAMES["torch.Tensor"])
_missing.answer_imports()

__all__ = [
    _name
    for _name in globals()
    if not _name.startswith("_") and _name not in ("layout", "memory_format")
]
