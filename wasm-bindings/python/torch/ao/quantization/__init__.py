"""Dynamic quantization: weights as whole numbers of eight bits.

Values are those of the eight-bit numbers, computed in float32: a model shows what quantization does
to its results, and gets neither smaller nor faster here. The inputs of linear layers are rounded as
PyTorch rounds them, those of recurrent layers are not.
"""

import copy

from ... import _dtypes
from ..._missing import by_name, missing
from ...autograd.grad_mode import no_grad
from ...nn import GRU, LSTM, GRUCell, Linear, LSTMCell, Module, RNNCell
from ...nn import functional as F

__all__ = ["default_dynamic_qconfig", "qint8", "quantize_dynamic", "quint8"]


class _QuantizedDtype:
    """The name of an eight-bit dtype; there are no tensors of it."""

    is_floating_point = False

    def __init__(self, name):
        self._name = name

    def __repr__(self):
        return f"torch.{self._name}"

    def __reduce__(self):
        return self._name


qint8 = _QuantizedDtype("qint8")
quint8 = _QuantizedDtype("quint8")
default_dynamic_qconfig = "default_dynamic_qconfig"


def rounded_weight(weight):
    """(the weight rounded to 256 steps around zero, the step)."""
    weight = weight.detach()
    scale = max(float(weight.abs().max()) / 127.5, 1.1920928955078125e-07)
    return (weight / scale).round().clamp(-128, 127) * scale, scale


def rounded_input(x):
    """The input rounded to 128 steps between its smallest and largest value, zero among them."""
    low, high = min(float(x.min()), 0.0), max(float(x.max()), 0.0)
    scale = (high - low) / 127 or 0.1
    zero = min(max(round(-low / scale), 0), 127)
    return ((x / scale).round() + zero).clamp(0, 127).sub(zero) * scale


class _DynamicLinear(Module):
    """A Linear with its weight in eight bits."""

    def __init__(self, linear):
        super().__init__()
        self.in_features = linear.in_features
        self.out_features = linear.out_features
        self.scale, self.zero_point = 1.0, 0
        self._weight, self._step = rounded_weight(linear.weight)
        self._bias = None if linear.bias is None else linear.bias.detach().clone()

    def _get_name(self):
        return "DynamicQuantizedLinear"

    def extra_repr(self):
        """The sizes and the kind of quantization."""
        return (
            f"in_features={self.in_features}, out_features={self.out_features}, "
            "dtype=torch.qint8, qscheme=torch.per_tensor_affine"
        )

    def weight(self):
        """The rounded weight, as float32."""
        return self._weight

    def bias(self):
        """The bias."""
        return self._bias

    def forward(self, x):
        """The rounded input times the rounded weight."""
        with no_grad():
            return F.linear(rounded_input(x), self._weight, self._bias)


def _recurrent(module):
    """A recurrent layer with its weights in eight bits."""
    made = copy.deepcopy(module)
    base = type(module)

    def forward(self, *args, **kwargs):
        with no_grad():
            return base.forward(self, *args, **kwargs)

    name = f"DynamicQuantized{base.__name__}"
    made.__class__ = type(base.__name__, (base,), {"forward": forward, "_get_name": lambda _: name})
    with no_grad():
        for key, parameter in made.named_parameters():
            if "weight" in key:
                parameter.copy_(rounded_weight(parameter)[0])
            parameter.requires_grad_(False)
    return made


_SWAPS = {
    Linear: _DynamicLinear,
    LSTM: _recurrent,
    GRU: _recurrent,
    LSTMCell: _recurrent,
    GRUCell: _recurrent,
    RNNCell: _recurrent,
}


def _wanted(spec, dtype):
    if dtype is not qint8:
        if dtype is _dtypes.float16:
            raise missing(
                "torch.ao.quantization.quantize_dynamic(dtype=torch.float16)", "use qint8"
            )
        if spec is not None:
            raise RuntimeError("Unknown dtype specified for quantize_dynamic: ", str(dtype))
        raise ValueError(
            f"Don't know how to quantize with default settings for {dtype}. Provide full qconfig "
            "please"
        )
    if spec is None:
        return set(_SWAPS), set()
    kinds = {item for item in spec if isinstance(item, type)}
    return kinds, {item for item in spec if isinstance(item, str)}


def quantize_dynamic(model, qconfig_spec=None, dtype=qint8, mapping=None, inplace=False):
    """A copy of the model with its linear and recurrent layers in eight bits.

    qconfig_spec: the kinds of layers, or the names of layers, to quantize; all known kinds if None.

    Limit: Weights are rounded to eight bits and computed with in float32: nothing gets smaller
    or faster.
    """
    kinds, names = _wanted(qconfig_spec, dtype)
    if not inplace:
        model = copy.deepcopy(model)
    model.eval()

    def swap(parent, path, inside):
        for name, child in list(parent._modules.items()):
            if child is None:
                continue
            full = f"{path}.{name}" if path else name
            chosen = inside or full in names or type(child) in kinds
            if chosen and type(child) in _SWAPS:
                parent._modules[name] = _SWAPS[type(child)](child)
            else:
                swap(child, full, inside or full in names)

    swap(model, "", False)
    return model


__getattr__ = by_name(
    __name__,
    "DeQuantStub FakeQuantize HistogramObserver MinMaxObserver QConfig QuantStub QuantWrapper "
    "convert default_qconfig fuse_modules get_default_qat_qconfig get_default_qconfig "
    "per_channel_dynamic_qconfig prepare prepare_qat quantize_fx quantize_qat",
    {"quantize": "use torch.ao.quantization.quantize_dynamic"},
)
