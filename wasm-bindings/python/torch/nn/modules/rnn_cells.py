"""Recurrent cells: one step of an RNN, LSTM or GRU."""

import math

from ... import _ops
from ..._creation import empty
from .. import init
from ..parameter import Parameter
from .module import Module


class RNNCellBase(Module):
    """What the cells share: the sizes, the weights and their order."""

    def __init__(self, input_size, hidden_size, bias, num_chunks, device=None, dtype=None):
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.bias = bias
        gates = num_chunks * hidden_size
        self.weight_ih = Parameter(empty((gates, input_size), device=device, dtype=dtype))
        self.weight_hh = Parameter(empty((gates, hidden_size), device=device, dtype=dtype))
        for name in ("bias_ih", "bias_hh"):
            if bias:
                setattr(self, name, Parameter(empty(gates, device=device, dtype=dtype)))
            else:
                self.register_parameter(name, None)
        self.reset_parameters()

    def reset_parameters(self):
        """Draw all weights from U(-1/√hidden_size, 1/√hidden_size)."""
        bound = 1.0 / math.sqrt(self.hidden_size) if self.hidden_size > 0 else 0
        for weight in self.parameters():
            init.uniform_(weight, -bound, bound)

    def extra_repr(self):
        """The sizes, and what differs from the defaults."""
        text = f"{self.input_size}, {self.hidden_size}"
        if self.bias is not True:
            text += f", bias={self.bias}"
        if getattr(self, "nonlinearity", "tanh") != "tanh":
            text += f", nonlinearity={self.nonlinearity}"
        return text

    def _check(self, input, states):
        """Raise PyTorch's errors for an input or states of the wrong number of dimensions."""
        name = self._get_name()
        if input.dim() not in (1, 2):
            raise ValueError(f"{name}: Expected input to be 1D or 2D, got {input.dim()}D instead")
        for what, state in states:
            if state.dim() not in (1, 2):
                raise ValueError(
                    f"{name}: Expected {what} to be 1D or 2D, got {state.dim()}D instead"
                )

    def _zeros(self, input):
        return _ops.full((*input.shape[:-1], self.hidden_size), 0, input.dtype)

    def _weights(self):
        return self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh

    def _step(self, input, states, op):
        """Run one step; an unbatched input becomes a batch of one."""
        if input.dim() == 2:
            return op(input, *states)
        made = op(input.unsqueeze(0), *[state.unsqueeze(0) for state in states])
        return (
            tuple([part.squeeze(0) for part in made])
            if isinstance(made, tuple)
            else made.squeeze(0)
        )


class RNNCell(RNNCellBase):
    """h' = tanh(W_ih x + b_ih + W_hh h + b_hh), or relu. Shapes: x (B,I), h (B,H) → (B,H), or
    without B.
    """

    def __init__(
        self, input_size, hidden_size, bias=True, nonlinearity="tanh", device=None, dtype=None
    ):
        super().__init__(input_size, hidden_size, bias, _ops.CELLS["RNN_TANH"][0], device, dtype)
        self.nonlinearity = nonlinearity

    def forward(self, input, hx=None):
        """The next state."""
        self._check(input, [] if hx is None else [("hidden", hx)])
        if self.nonlinearity not in ("tanh", "relu"):
            raise RuntimeError(f"Unknown nonlinearity: {self.nonlinearity}")
        hx = self._zeros(input) if hx is None else hx
        cell = _ops.CELLS["RNN_" + self.nonlinearity.upper()][1]
        return self._step(input, [hx], lambda x, h: _ops.cell_step(cell, x, h, *self._weights()))


class LSTMCell(RNNCellBase):
    """One step of an LSTM. Shapes: x (B,I), (h, c) each (B,H) → (h', c'), or without B."""

    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, _ops.CELLS["LSTM"][0], device, dtype)

    def forward(self, input, hx=None):
        """The next states (h, c)."""
        self._check(
            input, [] if hx is None else [(f"hx[{i}]", state) for i, state in enumerate(hx)]
        )
        if hx is None:
            zeros = self._zeros(input)
            hx = (zeros, zeros)
        cell, weights = _ops.CELLS["LSTM"][1], self._weights()
        return self._step(input, hx, lambda x, h, c: _ops.cell_step_with_c(cell, x, h, c, *weights))


class GRUCell(RNNCellBase):
    """One step of a GRU. Shapes: x (B,I), h (B,H) → (B,H), or without B."""

    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, _ops.CELLS["GRU"][0], device, dtype)

    def forward(self, input, hx=None):
        """The next state."""
        self._check(input, [] if hx is None else [("hidden", hx)])
        hx = self._zeros(input) if hx is None else hx
        cell = _ops.CELLS["GRU"][1]
        return self._step(input, [hx], lambda x, h: _ops.cell_step(cell, x, h, *self._weights()))
