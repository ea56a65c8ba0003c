"""Activations as layers: each calls the function of the same meaning in torch.nn.functional.

Those that differ in a formula only come from wasm-bindings/table/activations.mjs.
"""

from ... import _creation
from .. import functional as F
from .._activation_table import LAYERS as _LAYERS
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
    fields = ()
    prints = ""

    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace
        for name, value in self.fields:
            setattr(self, name, value)

    def forward(self, input):
        """The function of the input."""
        return type(self).function(input, inplace=self.inplace)

    def extra_repr(self):
        """inplace where it is set."""
        return "inplace=True" if self.inplace and self.prints != "nothing" else ""


class _Valued(Module):
    """An activation with options, printed by name; `options` holds (name, default)."""

    function = None
    options = ()
    prints = ""

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
        bare = self.prints == "values"
        return ", ".join(f"{value}" if bare else f"{name}={value!r}" for name, value in shown)


def _layer(name, function, text, options, fields, prints):
    """The class of an entry of the table of activations."""
    members = {"__doc__": text, "function": staticmethod(getattr(F, function))}
    if not options:
        return type(name, (_Plain,), members)
    members["prints"] = prints
    if [option for option, _ in options] == ["inplace"]:
        return type(name, (_Inplace,), {**members, "fields": fields})
    return type(name, (_Valued,), {**members, "options": options})


globals().update({entry[0]: _layer(*entry) for entry in _LAYERS})


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
