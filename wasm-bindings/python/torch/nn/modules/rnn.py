"""Recurrent layers: RNN, LSTM, GRU. A whole stack of layers is one call of the engine."""

import math
import numbers

from ... import _ops
from ..._creation import empty
from ..._tensor import Tensor
from ..._warn import warn
from .. import init
from ..parameter import Parameter
from ..utils.rnn import PackedSequence, permuted
from .module import Module


def _check_options(hidden_size, num_layers, dropout, proj_size):
    if (
        not isinstance(dropout, numbers.Number)
        or not 0 <= dropout <= 1
        or isinstance(dropout, bool)
    ):
        raise ValueError(
            "dropout should be a number in range [0, 1] representing the probability of an "
            "element being zeroed"
        )
    if dropout > 0 and num_layers == 1:
        warn(
            "dropout option adds dropout after all but last recurrent layer, so non-zero dropout "
            "expects "
            f"num_layers greater than 1, but got dropout={dropout} and num_layers={num_layers}",
        )
    if not isinstance(hidden_size, int):
        raise TypeError(f"hidden_size should be of type int, got: {type(hidden_size).__name__}")
    if hidden_size <= 0:
        raise ValueError("hidden_size must be greater than zero")
    if num_layers <= 0:
        raise ValueError("num_layers must be greater than zero")
    if proj_size < 0:
        raise ValueError("proj_size should be a positive integer or zero to disable projections")
    if proj_size >= hidden_size:
        raise ValueError("proj_size has to be smaller than hidden_size")


class RNNBase(Module):
    """What RNN, LSTM and GRU share: options, weights and their order, the checks, the call."""

    def __init__(
        self,
        mode,
        input_size,
        hidden_size,
        num_layers=1,
        bias=True,
        batch_first=False,
        dropout=0.0,
        bidirectional=False,
        proj_size=0,
        device=None,
        dtype=None,
    ):
        super().__init__()
        _check_options(hidden_size, num_layers, dropout, proj_size)
        if mode not in _ops.CELLS:
            raise ValueError("Unrecognized RNN mode: " + mode)
        self.mode = mode
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.bias = bias
        self.batch_first = batch_first
        self.dropout = float(dropout)
        self.bidirectional = bidirectional
        self.proj_size = proj_size
        self._all_weights = []
        for layer in range(num_layers):
            for direction in range(self._directions):
                self._add_weights(layer, direction, device, dtype)
        self._flat_weights_names = [name for names in self._all_weights for name in names]
        self.reset_parameters()

    @property
    def _directions(self):
        return 2 if self.bidirectional else 1

    @property
    def _output_size(self):
        """Features of one direction's output."""
        return self.proj_size or self.hidden_size

    def _add_weights(self, layer, direction, device, dtype):
        gates = _ops.CELLS[self.mode][0] * self.hidden_size
        inputs = self.input_size if layer == 0 else self._output_size * self._directions
        shapes = {"weight_ih": (gates, inputs), "weight_hh": (gates, self._output_size)}
        if self.bias:
            shapes.update(bias_ih=(gates,), bias_hh=(gates,))
        if self.proj_size:
            shapes["weight_hr"] = (self.proj_size, self.hidden_size)
        suffix = "_reverse" if direction else ""
        names = []
        for kind, shape in shapes.items():
            names.append(f"{kind}_l{layer}{suffix}")
            setattr(self, names[-1], Parameter(empty(shape, device=device, dtype=dtype)))
        self._all_weights.append(names)

    def reset_parameters(self):
        """Draw all weights from U(-1/√hidden_size, 1/√hidden_size)."""
        bound = 1.0 / math.sqrt(self.hidden_size) if self.hidden_size > 0 else 0
        for weight in self.parameters():
            init.uniform_(weight, -bound, bound)

    def flatten_parameters(self):
        """Nothing: it only matters on a GPU."""

    @property
    def _flat_weights(self):
        found = self._parameters
        try:
            return [found[name] for name in self._flat_weights_names]
        except KeyError:
            # Some are computed: a parametrization, weight_norm, a program's own attribute.
            return [getattr(self, name) for name in self._flat_weights_names]

    def __getstate__(self):
        # Files of whole modules hold the list: PyTorch reads it.
        return {**self.__dict__, "_flat_weights": self._flat_weights}

    def __setstate__(self, state):
        super().__setstate__(
            {name: value for name, value in state.items() if name != "_flat_weights"}
        )

    @property
    def all_weights(self):
        """The weights, one list a layer and direction."""
        return [[getattr(self, name) for name in names] for names in self._all_weights]

    def extra_repr(self):
        """The sizes, and what differs from the defaults."""
        text = f"{self.input_size}, {self.hidden_size}"
        if self.proj_size != 0:
            text += f", proj_size={self.proj_size}"
        if self.num_layers != 1:
            text += f", num_layers={self.num_layers}"
        if self.bias is not True:
            text += f", bias={self.bias}"
        if self.batch_first is not False:
            text += f", batch_first={self.batch_first}"
        if self.dropout != 0:
            text += f", dropout={self.dropout}"
        if self.bidirectional is not False:
            text += f", bidirectional={self.bidirectional}"
        return text

    # checks

    def check_input(self, input, batch_sizes):
        """Raise PyTorch's errors for an input of the wrong dtype or size."""
        first = getattr(self, self._flat_weights_names[0])
        if input.dtype is not first.dtype:
            raise ValueError(f"input must have the type {first.dtype}, got type {input.dtype}")
        dims = 2 if batch_sizes is not None else 3
        if input.dim() != dims:
            raise RuntimeError(f"input must have {dims} dimensions, got {input.dim()}")
        if self.input_size != input.size(-1):
            raise RuntimeError(
                f"input.size(-1) must be equal to input_size. Expected {self.input_size}, got "
                f"{input.size(-1)}"
            )

    def _state_size(self, input, batch_sizes, features):
        if batch_sizes is not None:
            batch = int(batch_sizes[0])
        else:
            batch = input.size(0) if self.batch_first else input.size(1)
        return self.num_layers * self._directions, batch, features

    def get_expected_hidden_size(self, input, batch_sizes):
        """The shape of the hidden state for this input."""
        return self._state_size(input, batch_sizes, self._output_size)

    def check_hidden_size(self, hx, expected_hidden_size, msg="Expected hidden size {}, got {}"):
        """Raise PyTorch's error for a state of another size."""
        if hx.size() != expected_hidden_size:
            raise RuntimeError(msg.format(expected_hidden_size, list(hx.size())))

    def check_forward_args(self, input, hidden, batch_sizes):
        """Raise PyTorch's errors for an input or a state that does not fit."""
        self.check_input(input, batch_sizes)
        if hidden is not None:
            self.check_hidden_size(hidden, self.get_expected_hidden_size(input, batch_sizes))

    def permute_hidden(self, hx, permutation):
        """The state with the batch in another order."""
        return permuted(hx, permutation)

    # the call

    def _states(self, hx):
        """The state as a list for the engine; empty for None."""
        return [] if hx is None else [hx]

    def _state(self, states):
        """The engine's final states in the form that forward returns."""
        return states[0]

    def _check_dims(self, hx, batched):
        dims = hx.dim()
        if batched and dims != 3:
            raise RuntimeError(
                f"For batched 3-D input, hx should also be 3-D but got {dims}-D tensor"
            )
        if not batched and dims != 2:
            raise RuntimeError(
                f"For unbatched 2-D input, hx should also be 2-D but got {dims}-D tensor"
            )

    def _run(self, input, states, batch_sizes):
        cell, weights = _ops.CELLS[self.mode][1], self._flat_weights
        if batch_sizes is None:
            options = self.bias, self.batch_first, self.dropout, self.bidirectional, self.training
            return _ops.rnn(input, states, weights, cell, self.num_layers, *options)
        options = self.bias, self.dropout, self.bidirectional, self.training
        return _ops.rnn_packed(input, batch_sizes, states, weights, cell, self.num_layers, *options)

    def forward(self, input, hx=None):
        """The outputs of all steps and the final state.

        Shapes: input (T,B,I), with batch_first (B,T,I), unbatched (T,I), or a PackedSequence.
        """
        if isinstance(input, PackedSequence):
            return self._forward_packed(input, hx)
        states = self._states(hx)
        for given in (input, *states):
            if not isinstance(given, Tensor):
                self._check_dims(hx, input.dim() == 3)
        # The engine checks sizes and dtypes, in PyTorch's words.
        output, *states = self._run(input, states, None)
        return output, self._state(states)

    def _forward_packed(self, packed, hx):
        input, batch_sizes, sorted_indices, unsorted_indices = packed
        if hx is not None:
            hx = self.permute_hidden(hx, sorted_indices)
        self.check_forward_args(input, hx, batch_sizes)
        output, *states = self._run(input, self._states(hx), batch_sizes)
        packed = PackedSequence(output, batch_sizes, sorted_indices, unsorted_indices)
        return packed, self.permute_hidden(self._state(states), unsorted_indices)


def _no_projection(kwargs):
    if "proj_size" in kwargs:
        raise ValueError("proj_size argument is only supported for LSTM, not RNN or GRU")


class RNN(RNNBase):
    """h' = tanh(W_ih x + b_ih + W_hh h + b_hh), or relu.  [Elman 1990]"""

    def __init__(self, *args, **kwargs):
        _no_projection(kwargs)
        if len(args) > 3:
            nonlinearity = args[3]
            args = args[:3] + args[4:]
        else:
            nonlinearity = kwargs.pop("nonlinearity", "tanh")
        self.nonlinearity = nonlinearity
        if nonlinearity not in ("tanh", "relu"):
            raise ValueError(
                f"Unknown nonlinearity '{nonlinearity}'. Select from 'tanh' or 'relu'."
            )
        super().__init__("RNN_TANH" if nonlinearity == "tanh" else "RNN_RELU", *args, **kwargs)


class GRU(RNNBase):
    """Gated recurrent units; gates r, z and candidate n.  [Cho et al. 2014]"""

    def __init__(self, *args, **kwargs):
        _no_projection(kwargs)
        super().__init__("GRU", *args, **kwargs)


class LSTM(RNNBase):
    """Long short-term memory; gates i, f, o and candidate g.  [Hochreiter & Schmidhuber 1997]"""

    def __init__(self, *args, **kwargs):
        super().__init__("LSTM", *args, **kwargs)

    def get_expected_cell_size(self, input, batch_sizes):
        """The shape of the cell state for this input."""
        return self._state_size(input, batch_sizes, self.hidden_size)

    def check_forward_args(self, input, hidden, batch_sizes):
        """Raise PyTorch's errors for an input or a state that does not fit."""
        self.check_input(input, batch_sizes)
        if hidden is None:
            return
        sizes = (
            self.get_expected_hidden_size(input, batch_sizes),
            self.get_expected_cell_size(input, batch_sizes),
        )
        for i, size in enumerate(sizes):
            self.check_hidden_size(hidden[i], size, f"Expected hidden[{i}] size {{}}, got {{}}")

    def permute_hidden(self, hx, permutation):
        """The states with the batch in another order."""
        if permutation is None:
            return hx
        return permuted(hx[0], permutation), permuted(hx[1], permutation)

    def _states(self, hx):
        return [] if hx is None else [hx[0], hx[1]]

    def _state(self, states):
        return tuple(states)

    def _check_dims(self, hx, batched):
        dims = hx[0].dim(), hx[1].dim()
        want = 3 if batched else 2
        if dims != (want, want):
            kind = "batched 3-D" if batched else "unbatched 2-D"
            raise RuntimeError(
                f"For {kind} input, hx and cx should also be {want}-D but got ({dims[0]}-D, "
                f"{dims[1]}-D) tensors"
            )
