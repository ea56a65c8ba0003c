"""Padding and resizing of torch.nn.functional."""

import math

from .. import _dtypes, _ops
from .._creation import from_flat
from .._missing import missing
from .._warn import warn
from ._common import named, size_text

__all__ = [
    "channel_shuffle",
    "interpolate",
    "native_channel_shuffle",
    "pad",
    "pixel_shuffle",
    "pixel_unshuffle",
    "upsample",
    "upsample_bilinear",
    "upsample_nearest",
]


def _integers(values):
    return from_flat(values, (len(values),), _dtypes.int64)


def _reflected(i, size):
    i = -i if i < 0 else i
    return 2 * (size - 1) - i if i >= size else i


_PLACES = {
    "reflect": _reflected,
    "replicate": lambda i, size: min(max(i, 0), size - 1),
    "circular": lambda i, size: i % size,
}
_NAMES = {
    "reflect": "ReflectionPad{}DBackward0",
    "replicate": "ReplicationPad{}DBackward0",
    "circular": "CopySlices",
}


def _check_around(input, ends, mode):
    """Raise PyTorch's errors for padding that takes more than there is."""
    dims = len(ends)
    for k, (left, right) in enumerate(ends):
        dim = input.dim() - 1 - k
        size = input.shape[dim]
        if mode == "reflect" and (left >= size or right >= size):
            raise RuntimeError(
                f"Argument #{4 + 2 * k}: Padding size should be less than the corresponding input "
                f"dimension, but got: padding ({left}, {right}) at dimension {dim} of input "
                f"{size_text(input.shape)}"
            )
        if mode == "circular" and (left > size or right > size):
            raise RuntimeError("Padding value causes wrapping around more than once.")
    if mode != "circular" and 0 in input.shape[-dims - 1 :]:
        raise RuntimeError(
            f"Expected {dims + 1}D or {dims + 2}D (batch mode) tensor with possibly 0 batch size "
            f"and other non-zero dimensions for input, but got: {size_text(input.shape)}"
        )


def pad(input, pad, mode="constant", value=None):
    """Values put around: (left, right) of the last dimension first.

    mode: "constant", "reflect", "replicate" or "circular".
    """
    pad = tuple(pad)
    if mode == "constant":
        return _ops.pad(input, pad, 0.0 if value is None else value)
    if value is not None and value != 0:
        raise ValueError(f'Padding mode "{mode}" doesn\'t take in value argument')
    if len(pad) % 2:
        raise RuntimeError("Padding length must be divisible by 2")
    if mode not in _PLACES:
        raise NotImplementedError(f"Unrecognised padding mode {mode}")
    ends = list(zip(pad[::2], pad[1::2], strict=True))
    if not 1 <= len(ends) <= 3 or input.dim() not in (len(ends) + 1, len(ends) + 2):
        raise NotImplementedError(
            "Only 2D, 3D, 4D, 5D padding with non-constant padding are supported for now"
        )
    _check_around(input, ends, mode)
    place, made = _PLACES[mode], input
    for k, (left, right) in enumerate(ends):
        dim = input.dim() - 1 - k
        size = input.shape[dim]
        if left or right:
            # More places than memory holds are refused here, before a list of them is made.
            _ops.empty((max(left + size + right, 0),), _dtypes.int64)
            taken = [place(i, size) for i in range(-left, size + right)]
            made = _ops.index_select(made, dim, _integers(taken))
    if made is input:
        return input.clone()
    return named(made, _NAMES[mode].format(len(ends)))


# resizing: along each dim a place is a sum of a few places of the input, each with its weight


def _ratio(size, out, factor, align_corners):
    """Steps of the input that are one step of the output."""
    if align_corners:
        return (size - 1) / (out - 1) if out > 1 else 0.0
    return 1.0 / factor if factor else size / out


def _nearest_taps(size, out, factor, align_corners, shift=0.0):
    ratio = _ratio(size, out, factor, False)
    return [([min(int((i + shift) * ratio), size - 1) for i in range(out)], None)]


def _centre(i, ratio, align_corners):
    return i * ratio if align_corners else (i + 0.5) * ratio - 0.5


def _linear_taps(size, out, factor, align_corners):
    ratio = _ratio(size, out, factor, align_corners)
    places = [max(_centre(i, ratio, align_corners), 0.0) for i in range(out)]
    low = [min(int(place), size - 1) for place in places]
    share = [place - at for place, at in zip(places, low, strict=True)]
    high = [min(at + 1, size - 1) for at in low]
    return [(low, [1.0 - part for part in share]), (high, share)]


def _cubic_taps(size, out, factor, align_corners):
    ratio, a = _ratio(size, out, factor, align_corners), -0.75
    places = [_centre(i, ratio, align_corners) for i in range(out)]

    def weight(x):
        x = abs(x)
        if x <= 1:
            return ((a + 2) * x - (a + 3)) * x * x + 1
        return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a

    taps = []
    for k in (-1, 0, 1, 2):
        index = [min(max(math.floor(place) + k, 0), size - 1) for place in places]
        taps.append((index, [weight(place - math.floor(place) - k) for place in places]))
    return taps


def _resampled(input, size, factors, align_corners, taps_of):
    for place, out in enumerate(size):
        dim = place + 2
        taps = taps_of(input.shape[dim], out, factors[place], align_corners)
        shape = [out if d == dim else 1 for d in range(input.dim())]
        parts = []
        for index, weights in taps:
            part = _ops.index_select(input, dim, _integers(index))
            parts.append(
                part
                if weights is None
                else part * from_flat(weights, (out,), input.dtype).reshape(shape)
            )
        input = sum(parts[1:], parts[0])
    return input


_MODES = {
    ("nearest", 3): (_nearest_taps, "UpsampleNearest1DBackward0"),
    ("nearest", 4): (_nearest_taps, "UpsampleNearest2DBackward0"),
    ("nearest", 5): (_nearest_taps, "UpsampleNearest3DBackward0"),
    ("linear", 3): (_linear_taps, "UpsampleLinear1DBackward0"),
    ("bilinear", 4): (_linear_taps, "UpsampleBilinear2DBackward0"),
    ("trilinear", 5): (_linear_taps, "UpsampleTrilinear3DBackward0"),
    ("bicubic", 4): (_cubic_taps, "UpsampleBicubic2DBackward0"),
}
for _dims in (3, 4, 5):
    _MODES["nearest-exact", _dims] = (
        lambda *options: _nearest_taps(*options, shift=0.5),
        f"UpsampleNearestExact{_dims - 2}DBackward0",
    )


def _target(input, size, scale_factor, recompute_scale_factor):
    """(size, factors) of the result; a factor is None where the size decides."""
    dims = input.dim() - 2
    if size is not None and scale_factor is not None:
        raise ValueError("only one of size or scale_factor should be defined")
    if size is None and scale_factor is None:
        raise ValueError("either size or scale_factor should be defined")
    given = size if scale_factor is None else scale_factor
    listed = list(given) if isinstance(given, (tuple, list)) else [given] * dims
    what = "size" if scale_factor is None else "scale_factor"
    if len(listed) != dims:
        kind = "output size" if what == "size" else "scale factor"
        raise ValueError(
            f"Input and {what} must have the same number of spatial dimensions, but got input with "
            f"spatial dimensions of {list(input.shape[2:])} and {kind} of {given}. Please provide "
            "input tensor in (N, C, d1, d2, ...,dK) format and "
            f"{kind} in {'(o1, o2, ...,oK)' if what == 'size' else '(s1, s2, ...,sK)'} format."
        )
    if scale_factor is None:
        if recompute_scale_factor:
            raise ValueError("recompute_scale_factor is not meaningful with an explicit size.")
        return [int(n) for n in listed], [None] * dims
    found = [
        int(math.floor(float(n) * factor))
        for n, factor in zip(input.shape[2:], listed, strict=True)
    ]
    return found, [None] * dims if recompute_scale_factor else [float(f) for f in listed]


def interpolate(
    input,
    size=None,
    scale_factor=None,
    mode="nearest",
    align_corners=None,
    recompute_scale_factor=None,
    antialias=False,
):
    """The input (N, C, *) in another size; mode: nearest, nearest-exact, linear, bilinear,
    bicubic, trilinear or area.

    Limit: No antialias.
    """
    if mode in ("nearest", "area", "nearest-exact"):
        if align_corners is not None:
            raise ValueError(
                "align_corners option can only be set with the interpolating modes: linear | "
                "bilinear | bicubic | trilinear"
            )
    elif align_corners is None:
        align_corners = False
    size, factors = _target(input, size, scale_factor, recompute_scale_factor)
    if antialias:
        if mode not in ("bilinear", "bicubic") or input.dim() != 4:
            raise ValueError(
                "Anti-alias option is restricted to bilinear and bicubic modes and requires a 4-D "
                "tensor as input"
            )
        raise missing("torch.nn.functional.interpolate(antialias=True)")
    if mode == "area":
        from . import _pool

        return getattr(_pool, f"adaptive_avg_pool{input.dim() - 2}d")(input, size)
    found = _MODES.get((mode, input.dim()))
    if found is None:
        if input.dim() not in (3, 4, 5) or mode not in {key[0] for key in _MODES}:
            raise NotImplementedError(
                "Input Error: Only 3D, 4D and 5D input Tensors supported "
                f"(got {input.dim()}D) for the modes: nearest | linear | bilinear | bicubic | "
                f"trilinear | area | nearest-exact (got {mode})"
            )
        wants = {"linear": 3, "bilinear": 4, "bicubic": 4, "trilinear": 5}[mode]
        raise NotImplementedError(f"Got {input.dim()}D input, but {mode} mode needs {wants}D input")
    if any(n <= 0 for n in (*input.shape[2:], *size)):
        link = " and" if len(size) == 1 else ""
        raise RuntimeError(
            "Input and output sizes should be greater than 0, but got input "
            f"{_sizes_text(input.shape[2:])}{link} output {_sizes_text(size)}"
        )
    # More than memory holds is refused here, before lists of places are made.
    _ops.empty((*input.shape[:2], *size), input.dtype)
    taps, name = found
    return named(_resampled(input, size, factors, align_corners, taps), name)


def _sizes_text(sizes):
    letters = {1: "W", 2: "HW", 3: "DHW"}[len(sizes)]
    parts = [f"{letter}: {size}" for letter, size in zip(letters, sizes, strict=True)]
    return f"({', '.join(parts)})"


def upsample(input, size=None, scale_factor=None, mode="nearest", align_corners=None):
    """The old name of interpolate."""
    warn("`nn.functional.upsample` is deprecated. Use `nn.functional.interpolate` instead.")
    return interpolate(input, size, scale_factor, mode, align_corners)


def upsample_nearest(input, size=None, scale_factor=None):
    """The old name of interpolate with mode="nearest"."""
    warn("`nn.functional.upsample_nearest` is deprecated. Use `nn.functional.interpolate` instead.")
    return interpolate(input, size, scale_factor, mode="nearest")


def upsample_bilinear(input, size=None, scale_factor=None):
    """The old name of interpolate with mode="bilinear" and align_corners=True."""
    warn(
        "`nn.functional.upsample_bilinear` is deprecated. Use `nn.functional.interpolate` instead."
    )
    return interpolate(input, size, scale_factor, mode="bilinear", align_corners=True)


def pixel_shuffle(input, upscale_factor):
    """(*, C r², H, W) → (*, C, H r, W r)."""
    r = upscale_factor
    if input.dim() < 3:
        raise RuntimeError(
            "pixel_shuffle expects input to have at least 3 dimensions, but got input with "
            f"{input.dim()} dimension(s)"
        )
    if r <= 0:
        raise RuntimeError(f"pixel_shuffle expects a positive upscale_factor, but got {r}")
    *lead, channels, height, width = input.shape
    if channels % (r * r):
        raise RuntimeError(
            "pixel_shuffle expects its input's 'channel' dimension to be divisible by the square "
            f"of upscale_factor, but input.size(-3)={channels} is not divisible by {r * r}"
        )
    n = len(lead)
    split = input.reshape(*lead, channels // (r * r), r, r, height, width)
    moved = split.permute(*range(n), n, n + 3, n + 1, n + 4, n + 2)
    made = moved.reshape(*lead, channels // (r * r), height * r, width * r)
    return named(made, "PixelShuffleBackward0")


def pixel_unshuffle(input, downscale_factor):
    """(*, C, H r, W r) → (*, C r², H, W)."""
    r = downscale_factor
    if input.dim() < 3:
        raise RuntimeError(
            "pixel_unshuffle expects input to have at least 3 dimensions, but got input with "
            f"{input.dim()} dimension(s)"
        )
    if r <= 0:
        raise RuntimeError(f"pixel_unshuffle expects a positive downscale_factor, but got {r}")
    *lead, channels, height, width = input.shape
    for what, size, place in (("height", height, -2), ("width", width, -1)):
        if size % r:
            raise RuntimeError(
                f"pixel_unshuffle expects {what} to be divisible by downscale_factor, but "
                f"input.size({place})={size} is not divisible by {r}"
            )
    n = len(lead)
    split = input.reshape(*lead, channels, height // r, r, width // r, r)
    moved = split.permute(*range(n), n, n + 2, n + 4, n + 1, n + 3)
    made = moved.reshape(*lead, channels * r * r, height // r, width // r)
    return named(made, "PixelUnshuffleBackward0")


def channel_shuffle(input, groups):
    """Channels dealt out again: (N, C, *) seen as (groups, C/groups), transposed."""
    if input.dim() < 3:
        raise RuntimeError(
            "channel_shuffle expects input with > 2 dims, but got input with sizes "
            f"{size_text(input.shape)}"
        )
    if groups <= 0:
        raise RuntimeError(
            f"Number of groups to divide channels in must be positive. Value of groups:{groups}"
        )
    samples, channels, *rest = input.shape
    if channels % groups:
        raise RuntimeError(
            f"Number of channels must be divisible by groups. Got {channels} channels and "
            f"{groups} groups."
        )
    split = input.reshape(samples, groups, channels // groups, *rest)
    return named(split.transpose(1, 2).reshape(input.shape), "ChannelShuffleBackward0")


native_channel_shuffle = channel_shuffle
