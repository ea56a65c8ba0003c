"""Colours by their many names, colour maps, and norms that bring data into the range of a map."""

import math
import re

from ._color_names import CSS4_COLORS
from ._rc import rcParams
from ._values import finite, plain

TABLEAU_COLORS = {
    "tab:blue": "#1f77b4",
    "tab:orange": "#ff7f0e",
    "tab:green": "#2ca02c",
    "tab:red": "#d62728",
    "tab:purple": "#9467bd",
    "tab:brown": "#8c564b",
    "tab:pink": "#e377c2",
    "tab:gray": "#7f7f7f",
    "tab:olive": "#bcbd22",
    "tab:cyan": "#17becf",
}
BASE_COLORS = {
    "b": (0, 0, 1),
    "g": (0, 0.5, 0),
    "r": (1, 0, 0),
    "c": (0, 0.75, 0.75),
    "m": (0.75, 0, 0.75),
    "y": (0.75, 0.75, 0),
    "k": (0, 0, 0),
    "w": (1, 1, 1),
}
cnames = CSS4_COLORS
_cache = {}


def to_rgba(c, alpha=None):
    """A colour as (red, green, blue, alpha), each from 0 to 1.

    c: a name, '#rrggbb', 'C0', a grey such as '0.5', a tuple, (colour, alpha), or 'none'. Raises
    ValueError for what is none of these.
    """
    if isinstance(c, tuple) and len(c) == 2 and isinstance(c[0], (str, tuple, list)):
        c, own = c
        alpha = own if alpha is None else alpha
    if isinstance(c, str):
        red, green, blue, own = _from_text(c)
        if own == 0 and c.lower() == "none":
            return 0.0, 0.0, 0.0, 0.0
        return red, green, blue, own if alpha is None else float(alpha)
    values = plain(c)
    if not isinstance(values, list) or len(values) not in (3, 4):
        raise ValueError(f"Invalid RGBA argument: {c!r}")
    try:
        values = [float(value) for value in values]
    except (TypeError, ValueError):
        raise ValueError(f"Invalid RGBA argument: {c!r}") from None
    if not all(0 <= value <= 1 for value in values):
        raise ValueError("RGBA values should be within 0-1 range")
    own = values[3] if len(values) == 4 else 1.0
    return *values[:3], own if alpha is None else float(alpha)


def _from_text(text):
    if re.fullmatch(r"C\d+", text):
        cycle = rcParams["axes.prop_cycle"].by_key().get("color", ["k"])
        return to_rgba(cycle[int(text[1:]) % len(cycle)])
    if text not in _cache:
        _cache[text] = _parse(text)
    return _cache[text]


def _parse(text):
    if text.lower() == "none":
        return 0.0, 0.0, 0.0, 0.0
    if text in BASE_COLORS:
        return *(float(part) for part in BASE_COLORS[text]), 1.0
    known = TABLEAU_COLORS.get(text.lower().replace("grey", "gray")) or CSS4_COLORS.get(
        text.lower()
    )
    code = known or text
    if re.fullmatch(r"#([0-9a-fA-F]{3}){1,2}|#([0-9a-fA-F]{4}){1,2}", code):
        digits = code[1:]
        if len(digits) < 6:
            digits = "".join(digit * 2 for digit in digits)
        parts = [int(digits[i : i + 2], 16) / 255 for i in range(0, len(digits), 2)]
        return *parts[:3], parts[3] if len(parts) == 4 else 1.0
    try:
        grey = float(text)
    except ValueError:
        raise ValueError(f"Invalid RGBA argument: {text!r}") from None
    if not 0 <= grey <= 1:
        raise ValueError(f"Invalid string grayscale value {text!r}. Value must be within 0-1 range")
    return grey, grey, grey, 1.0


def is_color_like(c):
    try:
        to_rgba(c)
    except (ValueError, TypeError):
        return False
    return True


def check_color(color):
    """Raises ValueError in matplotlib's words for what is no colour."""
    if not is_color_like(color):
        raise ValueError(
            f"{color!r} is not a valid value for color: supported inputs are (r, g, b) and "
            "(r, g, b, a) 0-1 float tuples; '#rrggbb', '#rrggbbaa', '#rgb', '#rgba' strings; named "
            "color strings; string reprs of 0-1 floats for grayscale values; 'C0', 'C1', ... "
            "strings for colors of the color cycle; and pairs combining one of the above with an "
            "alpha value"
        )


def to_rgb(c):
    return to_rgba(c)[:3]


def to_hex(c, keep_alpha=False):
    """A colour as '#rrggbb'."""
    parts = to_rgba(c)[: 4 if keep_alpha else 3]
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


rgb2hex = to_hex


def to_rgba_array(c, alpha=None):
    """Colours as a list of rgba."""
    if isinstance(c, str):
        return [] if c.lower() == "none" else [to_rgba(c, alpha)]
    if is_color_like(c) and not (isinstance(c, (list, tuple)) and isinstance(c[0], str)):
        return [to_rgba(c, alpha)]
    items = c if isinstance(c, (list, tuple)) else plain(c)
    alphas = plain(alpha) if not isinstance(alpha, (int, float, type(None))) else alpha
    if isinstance(alphas, list):
        return [to_rgba(one, a) for one, a in zip(items, alphas, strict=True)]
    return [to_rgba(one, alpha) for one in items]


def rgb_to_hsv(arr):
    import colorsys

    return colorsys.rgb_to_hsv(*plain(arr))


def hsv_to_rgb(hsv):
    import colorsys

    return colorsys.hsv_to_rgb(*plain(hsv))


class Normalize:
    """Brings values from vmin … vmax to 0 … 1; limits not given come from the first data."""

    def __init__(self, vmin=None, vmax=None, clip=False):
        self.vmin = None if vmin is None else float(vmin)
        self.vmax = None if vmax is None else float(vmax)
        self.clip = clip

    def autoscale(self, values):
        self.vmin = self.vmax = None
        self.autoscale_None(values)

    def autoscale_None(self, values):
        known = self._known(values)
        if self.vmin is None and known:
            self.vmin = min(known)
        if self.vmax is None and known:
            self.vmax = max(known)

    def scaled(self):
        return self.vmin is not None and self.vmax is not None

    def _known(self, values):
        return finite(flat(values))

    def _at(self, value):
        span = self.vmax - self.vmin
        return (value - self.vmin) / span if span else 0.0

    def _back(self, share):
        return self.vmin + share * (self.vmax - self.vmin)

    def map(self, values):
        """A list of shares for a list of values."""
        self.autoscale_None(values)
        if not self.scaled():
            return [0.0] * len(values)
        if self.vmin > self.vmax:
            raise ValueError("minvalue must be less than or equal to maxvalue")
        shares = [self._at(value) for value in values]
        return [min(max(share, 0.0), 1.0) for share in shares] if self.clip else shares

    def __call__(self, value, clip=None):
        values = plain(value)
        if not isinstance(values, list):
            return self.map([float(values)])[0]
        from ._values import array

        return array(_nested(values, self.map))

    def inverse(self, value):
        values = plain(value)
        if not isinstance(values, list):
            return self._back(values)
        return _nested(values, lambda row: [self._back(share) for share in row])


def flat(values):
    """All numbers of nested lists."""
    if values and isinstance(values[0], list):
        return [number for row in values for number in flat(row)]
    return values


def _nested(values, function):
    if values and isinstance(values[0], list):
        return [_nested(row, function) for row in values]
    return function(values)


class NoNorm(Normalize):
    def map(self, values):
        return values


class LogNorm(Normalize):
    """Like Normalize, on the logarithm of positive values."""

    def _known(self, values):
        return [value for value in super()._known(values) if value > 0]

    def _at(self, value):
        if value <= 0:
            return math.nan
        low = math.log(self.vmin)
        return (math.log(value) - low) / (math.log(self.vmax) - low)

    def _back(self, share):
        return self.vmin * (self.vmax / self.vmin) ** share


class PowerNorm(Normalize):
    def __init__(self, gamma, vmin=None, vmax=None, clip=False):
        super().__init__(vmin, vmax, clip)
        self.gamma = gamma

    def _at(self, value):
        share = super()._at(value)
        return share**self.gamma if share > 0 else share

    def _back(self, share):
        return super()._back(share ** (1 / self.gamma))


class TwoSlopeNorm(Normalize):
    """vcenter comes to 0.5, each side has its own slope."""

    def __init__(self, vcenter, vmin=None, vmax=None):
        super().__init__(vmin, vmax)
        self.vcenter = vcenter

    def _at(self, value):
        if value < self.vcenter:
            return 0.5 * (value - self.vmin) / (self.vcenter - self.vmin)
        return 0.5 + 0.5 * (value - self.vcenter) / (self.vmax - self.vcenter)

    def _back(self, share):
        if share < 0.5:
            return self.vmin + 2 * share * (self.vcenter - self.vmin)
        return self.vcenter + (2 * share - 1) * (self.vmax - self.vcenter)


class CenteredNorm(TwoSlopeNorm):
    """vcenter comes to 0.5, both sides have the same slope."""

    def __init__(self, vcenter=0, halfrange=None, clip=False):
        reach = (None, None) if halfrange is None else (vcenter - halfrange, vcenter + halfrange)
        super().__init__(vcenter, *reach)

    def autoscale_None(self, values):
        known = self._known(values)
        if not self.scaled() and known:
            reach = max(abs(value - self.vcenter) for value in known)
            self.vmin, self.vmax = self.vcenter - reach, self.vcenter + reach


class BoundaryNorm(Normalize):
    """Each interval between boundaries has one colour of the map."""

    def __init__(self, boundaries, ncolors, clip=False, *, extend="neither"):
        self.boundaries = [float(value) for value in plain(boundaries)]
        super().__init__(self.boundaries[0], self.boundaries[-1], clip)
        self.Ncmap = self.N = ncolors

    def _at(self, value):
        intervals = len(self.boundaries) - 1
        index = sum(value >= edge for edge in self.boundaries) - 1
        if not 0 <= index < intervals:
            return -1.0 if index < 0 else 2.0
        return (index * (self.Ncmap - 1) // max(intervals - 1, 1) + 0.5) / self.Ncmap


class Colormap:
    """From a share between 0 and 1 to a colour. `lut` holds N colours, each rgba."""

    def __init__(self, name, N=256, lut=None):
        self.name = name
        self.N = N
        self.lut = lut or []
        self._under = self._over = None
        self._bad = (0.0, 0.0, 0.0, 0.0)

    def index(self, share):
        """Which colour of the table a share has; None where there is no value."""
        if share != share:
            return None
        if share == 1:
            return self.N - 1
        return -1 if share < 0 else min(int(share * self.N), self.N)

    def rgba(self, share):
        """The colour of a share."""
        index = self.index(share)
        if index is None:
            return self._bad
        if index < 0:
            return self._under or self.lut[0]
        return self.lut[index] if index < self.N else self._over or self.lut[-1]

    def __call__(self, X, alpha=None, bytes=False):  # noqa: A002
        values = plain(X)
        if isinstance(values, list):
            from ._values import array

            return array(_each(values, lambda value: self(value, alpha, bytes)))
        if isinstance(values, int) and not isinstance(values, bool):
            last = self.N - 1
            found = self.lut[min(max(values, 0), last)]
        else:
            found = self.rgba(float(values))
        found = (*found[:3], found[3] if alpha is None else float(alpha))
        return tuple(round(part * 255) for part in found) if bytes else found

    def set_bad(self, color="k", alpha=None):
        self._bad = to_rgba(color, alpha)

    def set_under(self, color="k", alpha=None):
        self._under = to_rgba(color, alpha)

    def set_over(self, color="k", alpha=None):
        self._over = to_rgba(color, alpha)

    def copy(self):
        other = Colormap.__new__(type(self))
        other.__dict__.update(self.__dict__)
        return other

    __copy__ = copy

    def reversed(self, name=None):
        other = self.copy()
        other.name = name or f"{self.name}_r"
        other.lut = self.lut[::-1]
        other._under, other._over = self._over, self._under
        return other

    def resampled(self, lutsize):
        other = self.copy()
        other.N = lutsize
        last = max(lutsize - 1, 1)
        other.lut = [self.lut[round(i * (self.N - 1) / last)] for i in range(lutsize)]
        return other

    def __eq__(self, other):
        return isinstance(other, Colormap) and self.lut == other.lut

    __hash__ = object.__hash__


def _each(values, function):
    return [
        _each(value, function) if isinstance(value, list) else function(value) for value in values
    ]


class ListedColormap(Colormap):
    """A map of these colours, not blended."""

    def __init__(self, colors, name="from_list", N=None):
        if isinstance(colors, str):
            colors = [colors] * (N or 1)
        colors = plain(colors) if hasattr(colors, "tolist") else list(colors)
        lut = [to_rgba(color) for color in colors]
        N = N or len(lut)
        lut = (lut * (N // len(lut) + 1))[:N]
        super().__init__(name, N, lut)
        self.colors = colors


class LinearSegmentedColormap(Colormap):
    """A map that blends linearly between colours; made by `from_list`."""

    def __init__(self, name, segmentdata, N=256, gamma=1.0):
        at = [i / (N - 1) for i in range(N)]
        parts = [
            [_segment(segmentdata[part], x) for x in at] if part in segmentdata else [1.0] * N
            for part in ("red", "green", "blue", "alpha")
        ]
        super().__init__(name, N, list(zip(*parts, strict=True)))
        self._segmentdata = segmentdata

    @staticmethod
    def from_list(name, colors, N=256, gamma=1.0):
        """Blend between colours, evenly spaced or given as (place, colour)."""
        colors = list(colors)
        if len(colors[0]) == 2 and not isinstance(colors[0], str):
            places, colors = zip(*colors, strict=True)
        else:
            places = [i / (len(colors) - 1) for i in range(len(colors))]
        rgba = [to_rgba(color) for color in colors]
        data = {
            part: [(x, color[i], color[i]) for x, color in zip(places, rgba, strict=True)]
            for i, part in enumerate(("red", "green", "blue", "alpha"))
        }
        return LinearSegmentedColormap(name, data, N, gamma)


def _segment(rows, x):
    if callable(rows):
        return min(max(float(rows(x)), 0.0), 1.0)
    for (x0, _, low), (x1, high, _) in zip(rows, rows[1:], strict=False):
        if x <= x1:
            share = (x - x0) / (x1 - x0) if x1 > x0 else 0.0
            return low + share * (high - low)
    return rows[-1][1]
