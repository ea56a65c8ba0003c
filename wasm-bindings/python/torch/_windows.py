"""Window functions of signal processing, as torch.hann_window and its neighbours."""

import math

from . import _dtypes, _ops
from ._creation import arange, full
from ._method_table import function


def _angles(name, length, periodic, dtype):
    """(2 pi k / N for k below length, dtype); None in the place of angles for one point or none."""
    if length < 0:
        raise RuntimeError(
            f"{name} requires non-negative window_length, got window_length={length}"
        )
    dtype = dtype or _dtypes.get_default_dtype()
    if not dtype.is_floating_point:
        raise RuntimeError(
            f"{name} expects floating point dtypes, got: TensorOptions(dtype={dtype})"
        )
    if length < 2:
        return None, dtype
    steps = length if periodic else length - 1
    return arange(length, dtype=_dtypes.float64) * (2 * math.pi / steps), dtype


def _cosines(name, length, periodic, dtype, requires_grad, weights):
    """The sum of weights[k] * cos(k * angle)."""
    angles, dtype = _angles(name, length, periodic, dtype)
    if angles is None:
        window = full((length,), 1.0, dtype=dtype)
    else:
        window = sum(w * _ops.cos(angles * k) for k, w in enumerate(weights)).to(dtype)
    return window.requires_grad_() if requires_grad else window


@function
def hann_window(
    window_length,
    periodic=True,
    *,
    dtype=None,
    layout=None,
    device=None,
    pin_memory=False,
    requires_grad=False,
):
    """The Hann window: a raised cosine."""
    return _cosines("hann_window", window_length, periodic, dtype, requires_grad, (0.5, -0.5))


@function
def hamming_window(
    window_length,
    periodic=True,
    alpha=0.54,
    beta=0.46,
    *,
    dtype=None,
    layout=None,
    device=None,
    pin_memory=False,
    requires_grad=False,
):
    """alpha - beta * cos(angle)."""
    weights = (alpha, -beta)
    return _cosines("hamming_window", window_length, periodic, dtype, requires_grad, weights)


@function
def blackman_window(
    window_length,
    periodic=True,
    *,
    dtype=None,
    layout=None,
    device=None,
    pin_memory=False,
    requires_grad=False,
):
    """The Blackman window: two cosines."""
    weights = (0.42, -0.5, 0.08)
    return _cosines("blackman_window", window_length, periodic, dtype, requires_grad, weights)


@function
def bartlett_window(
    window_length,
    periodic=True,
    *,
    dtype=None,
    layout=None,
    device=None,
    pin_memory=False,
    requires_grad=False,
):
    """The Bartlett window: a triangle."""
    angles, dtype = _angles("bartlett_window", window_length, periodic, dtype)
    if angles is None:
        window = full((window_length,), 1.0, dtype=dtype)
    else:
        window = (1 - _ops.abs(angles / math.pi - 1)).to(dtype)
    return window.requires_grad_() if requires_grad else window


@function
def kaiser_window(
    window_length,
    periodic=True,
    beta=12.0,
    *,
    dtype=None,
    layout=None,
    device=None,
    pin_memory=False,
    requires_grad=False,
):
    """The Kaiser window, from the Bessel function i0."""
    angles, dtype = _angles("kaiser_window", window_length, periodic, dtype)
    if angles is None:
        window = full((window_length,), 1.0, dtype=dtype)
    else:
        place = angles / math.pi - 1
        inner = _ops.sqrt(_ops.clamp(1 - place * place, 0, None))
        window = (_ops.i0(beta * inner) / _ops.i0(full((), beta, dtype=_dtypes.float64))).to(dtype)
    return window.requires_grad_() if requires_grad else window
