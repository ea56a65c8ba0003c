"""Activations as layers: each calls the function of the same meaning in torch.nn.functional."""

from ... import _creation
from .. import functional as F
from .._common import defined_in
from ..parameter import Parameter
from .module import Module


class _Plain(Module):
    """An activation without options."""

    function = None

    def forward(self, input):
        """The function of the input."""
        return type(self).function(input)


class _Inplace(Module):
    """An activation that may write over its input."""

    function = None

    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace

    def forward(self, input):
        """The function of the input."""
        return type(self).function(input, inplace=self.inplace)

    def extra_repr(self):
        """inplace where it is set."""
        return "inplace=True" if self.inplace else ""


class _Valued(Module):
    """An activation with options, printed by name; `options` holds (name, default)."""

    function = None
    options = ()
    bare = False

    def __init__(self, *args, **kwargs):
        super().__init__()
        names = [name for name, _ in self.options]
        if len(args) > len(names):
            raise TypeError(
                f"{type(self).__name__}.__init__() takes from 1 to {len(names) + 1} positional "
                "arguments "
                f"but {len(args) + 1} were given"
            )
        values = {**dict(self.options), **dict(zip(names, args, strict=False)), **kwargs}
        for name, value in values.items():
            if name not in names:
                raise TypeError(
                    f"{type(self).__name__}.__init__() got an unexpected keyword argument '{name}'"
                )
            setattr(self, name, value)

    def forward(self, input):
        """The function of the input."""
        return type(self).function(input, *[getattr(self, name) for name, _ in self.options])

    def extra_repr(self):
        """The options."""
        shown = [(n, getattr(self, n)) for n, _ in self.options if n != "inplace" or self.inplace]
        return ", ".join(f"{value}" if self.bare else f"{name}={value!r}" for name, value in shown)


class Sigmoid(_Plain):
    """1 / (1 + e⁻ˣ)."""

    function = staticmethod(F.sigmoid)


class Tanh(_Plain):
    """tanh x."""

    function = staticmethod(F.tanh)


class LogSigmoid(_Plain):
    """log σ(x)."""

    function = staticmethod(F.logsigmoid)


class Softsign(_Plain):
    """x / (1 + |x|)."""

    function = staticmethod(F.softsign)


class Tanhshrink(_Plain):
    """x - tanh(x)."""

    function = staticmethod(F.tanhshrink)


class ReLU(_Inplace):
    """max(x, 0)."""

    function = staticmethod(F.relu)


class ReLU6(_Inplace):
    """x cut to [0, 6]."""

    function = staticmethod(F.relu6)

    def __init__(self, inplace=False):
        super().__init__(inplace)
        self.min_val, self.max_val = 0.0, 6.0


class SiLU(_Inplace):
    """x σ(x)."""

    function = staticmethod(F.silu)


class Mish(_Inplace):
    """x tanh(softplus(x))."""

    function = staticmethod(F.mish)


class SELU(_Inplace):
    """The self-normalising ELU."""

    function = staticmethod(F.selu)


class Hardsigmoid(_Inplace):
    """(x + 3) / 6 cut to [0, 1]."""

    function = staticmethod(F.hardsigmoid)

    def extra_repr(self):
        """Nothing."""
        return ""


class Hardswish(Hardsigmoid):
    """x hardsigmoid(x)."""

    function = staticmethod(F.hardswish)


class ELU(_Valued):
    """x, and alpha (eˣ - 1) where below zero."""

    function = staticmethod(F.elu)
    options = (("alpha", 1.0), ("inplace", False))


class CELU(_Valued):
    """x, and alpha (e^(x/alpha) - 1) where below zero."""

    function = staticmethod(F.celu)
    options = (("alpha", 1.0), ("inplace", False))


class LeakyReLU(_Valued):
    """x, times negative_slope where below zero."""

    function = staticmethod(F.leaky_relu)
    options = (("negative_slope", 0.01), ("inplace", False))


class Hardtanh(_Valued):
    """x cut to [min_val, max_val]."""

    function = staticmethod(F.hardtanh)
    options = (("min_val", -1.0), ("max_val", 1.0), ("inplace", False))


class Threshold(_Valued):
    """x, and value where x <= threshold."""

    function = staticmethod(F.threshold)
    options = (("threshold", None), ("value", None), ("inplace", False))


class GELU(_Valued):
    """x Φ(x)."""

    function = staticmethod(F.gelu)
    options = (("approximate", "none"),)


class GLU(_Valued):
    """a σ(b) for the two halves a, b of dim."""

    function = staticmethod(F.glu)
    options = (("dim", -1),)


class Softplus(_Valued):
    """log(1 + e^(beta x)) / beta."""

    function = staticmethod(F.softplus)
    options = (("beta", 1.0), ("threshold", 20.0))


class Hardshrink(_Valued):
    """x, and 0 where |x| <= lambd."""

    function = staticmethod(F.hardshrink)
    options = (("lambd", 0.5),)
    bare = True


class Softshrink(_Valued):
    """x moved towards zero by lambd."""

    function = staticmethod(F.softshrink)
    options = (("lambd", 0.5),)
    bare = True


class _AlongDim(Module):
    function = None

    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim

    def forward(self, input):
        """The function along dim."""
        return type(self).function(input, self.dim, _stacklevel=5)

    def extra_repr(self):
        """The dimension."""
        return f"dim={self.dim}"


class Softmax(_AlongDim):
    """eˣ scaled to sum to one along dim."""

    function = staticmethod(F.softmax)


class LogSoftmax(_AlongDim):
    """log of softmax along dim."""

    function = staticmethod(F.log_softmax)


class Softmin(_AlongDim):
    """softmax of -x along dim."""

    function = staticmethod(F.softmin)


class PReLU(Module):
    """x, times a trained weight where below zero."""

    def __init__(self, num_parameters=1, init=0.25, device=None, dtype=None):
        super().__init__()
        self.num_parameters = num_parameters
        self.init = init
        self.weight = Parameter(
            _creation.full((num_parameters,), float(init), device=device, dtype=dtype)
        )

    def forward(self, input):
        """The function of the input."""
        return F.prelu(input, self.weight)

    def extra_repr(self):
        """How many weights."""
        return f"num_parameters={self.num_parameters}"


class RReLU(Module):
    """x, times a slope where below zero: drawn from U(lower, upper) while training."""

    def __init__(self, lower=1.0 / 8, upper=1.0 / 3, inplace=False):
        super().__init__()
        self.lower = lower
        self.upper = upper
        self.inplace = inplace

    def forward(self, input):
        """The function of the input."""
        return F.rrelu(input, self.lower, self.upper, self.training, self.inplace)

    def extra_repr(self):
        """The range of the slope."""
        text = f"lower={self.lower}, upper={self.upper}"
        return text + ", inplace=True" if self.inplace else text


class Softmax2d(Module):
    """softmax over the channels of (N, C, H, W) or (C, H, W)."""

    def forward(self, input):
        """The function of the input."""
        if input.dim() not in (3, 4):
            raise ValueError(
                f"Softmax2d: expected input to be 3D or 4D, got {input.dim()}D instead"
            )
        return F.softmax(input, -3, _stacklevel=5)


__all__ = defined_in(globals())
