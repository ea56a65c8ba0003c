"""Where ticks stand (locators) and what they say (formatters)."""

import math

from ._formatters import (
    EngFormatter,
    FixedFormatter,
    FormatStrFormatter,
    Formatter,
    FuncFormatter,
    LogFormatter,
    LogFormatterExponent,
    LogFormatterMathtext,
    LogFormatterSciNotation,
    LogitFormatter,
    NullFormatter,
    PercentFormatter,
    ScalarFormatter,
    StrMethodFormatter,
)
from ._values import vector

__all__ = [
    "AutoLocator",
    "AutoMinorLocator",
    "EngFormatter",
    "FixedFormatter",
    "FixedLocator",
    "FormatStrFormatter",
    "Formatter",
    "FuncFormatter",
    "IndexLocator",
    "LinearLocator",
    "Locator",
    "LogFormatter",
    "LogFormatterExponent",
    "LogFormatterMathtext",
    "LogFormatterSciNotation",
    "LogLocator",
    "LogitFormatter",
    "LogitLocator",
    "MaxNLocator",
    "MultipleLocator",
    "NullFormatter",
    "NullLocator",
    "PercentFormatter",
    "ScalarFormatter",
    "StrMethodFormatter",
    "SymmetricalLogLocator",
]


def nonsingular(vmin, vmax, expander=0.05, tiny=1e-15):
    """A range that is not empty: one around the value where both ends are the same."""
    if not (math.isfinite(vmin) and math.isfinite(vmax)):
        return -expander, expander
    if vmax < vmin:
        vmin, vmax = vmax, vmin
    largest = max(abs(vmin), abs(vmax))
    if largest < 1e6 * 2.2250738585072014e-308:
        return -expander, expander
    if vmax - vmin <= largest * tiny:
        if vmin == 0 and vmax == 0:
            return -expander, expander
        return vmin - expander * abs(vmin), vmax + expander * abs(vmax)
    return vmin, vmax


class Locator:
    """Says where ticks stand. `axis` is set by the axis that uses it."""

    axis = None

    def tick_values(self, vmin, vmax):
        raise NotImplementedError("Derived must override")

    def __call__(self):
        return self.tick_values(*self.axis.get_view_interval())

    def set_params(self, **kwargs):
        for key, value in kwargs.items():
            setattr(self, f"_{key}", value)

    def set_axis(self, axis):
        self.axis = axis

    def nonsingular(self, v0, v1):
        return nonsingular(v0, v1)

    def view_limits(self, vmin, vmax):
        return nonsingular(vmin, vmax)


class NullLocator(Locator):
    def tick_values(self, vmin, vmax):
        return []


class FixedLocator(Locator):
    """Ticks at these places; with nbins at every so many of them."""

    def __init__(self, locs, nbins=None):
        self.locs = vector(locs)
        self.nbins = nbins

    def tick_values(self, vmin, vmax):
        if self.nbins is None:
            return self.locs
        step = max(math.ceil(len(self.locs) / self.nbins), 1)
        return self.locs[::step]


class IndexLocator(Locator):
    def __init__(self, base, offset):
        self._base, self._offset = base, offset

    def tick_values(self, vmin, vmax):
        count = math.floor((vmax + 1 - vmin - self._offset) / self._base) + 1
        return [vmin + self._offset + i * self._base for i in range(max(count, 0))]


class LinearLocator(Locator):
    """A fixed number of ticks over the range."""

    def __init__(self, numticks=11, presets=None):
        self.numticks = self._numticks = numticks

    def tick_values(self, vmin, vmax):
        vmin, vmax = nonsingular(vmin, vmax)
        count = self._numticks
        return [vmin + (vmax - vmin) * i / max(count - 1, 1) for i in range(count)]


class MultipleLocator(Locator):
    """Ticks at the multiples of a base."""

    def __init__(self, base=1.0, offset=0.0):
        self._base, self._offset = float(base), offset

    def tick_values(self, vmin, vmax):
        step, offset = self._base, self._offset
        if vmax < vmin:
            vmin, vmax = vmax, vmin
        first = math.ceil((vmin - offset) / step - 1e-10)
        count = math.floor((vmax - offset - first * step) / step + 0.001)
        return [offset + (first + i) * step for i in range(-1, count + 2)]


class MaxNLocator(Locator):
    """At most nbins + 1 ticks at round steps."""

    def __init__(self, nbins=10, **kwargs):
        self._nbins = nbins
        self._steps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]
        self._integer = False
        self._symmetric = False
        self._prune = None
        self._min_n_ticks = 2
        self.set_params(**kwargs)

    def set_params(self, **kwargs):
        unknown = kwargs.keys() - {"nbins", "steps", "integer", "symmetric", "prune", "min_n_ticks"}
        if unknown:
            raise TypeError(
                f"set_params() got an unexpected keyword argument '{sorted(unknown)[0]}'"
            )
        steps = kwargs.pop("steps", None)
        if steps is not None:
            steps = vector(steps)
            steps = steps if steps[0] == 1 else [1, *steps]
            self._steps = steps if steps[-1] == 10 else [*steps, 10]
        super().set_params(**kwargs)

    def _count(self):
        if self._nbins != "auto":
            return self._nbins
        space = self.axis.get_tick_space() if self.axis else 9
        return min(max(space, max(1, self._min_n_ticks - 1)), 9)

    def _raw_ticks(self, vmin, vmax):
        nbins = self._count()
        width = vmax - vmin
        middle = (vmax + vmin) / 2
        offset = 0.0
        if abs(middle) / width >= 100:
            offset = math.copysign(10 ** (math.log10(abs(middle)) // 1), middle)
        scale = 10 ** (math.log10(width / nbins) // 1)
        low, high = vmin - offset, vmax - offset
        all_steps = [0.1 * s for s in self._steps[:-1]] + self._steps + [10 * self._steps[1]]
        steps = [scale * step for step in all_steps]
        if self._integer:
            steps = [s for s in steps if s < 1 or abs(s - round(s)) < 0.001]
        raw = (high - low) / nbins
        fit = next((i for i, step in enumerate(steps) if step >= raw), len(steps) - 1)
        ticks = []
        for step in reversed(steps[: fit + 1]):
            if self._integer and math.floor(high) - math.ceil(low) >= self._min_n_ticks - 1:
                step = max(1, step)
            base = (low // step) * step
            first, last = _floor(low - base, step, offset), _ceil(high - base, step, offset)
            ticks = [i * step + base for i in range(first, last + 1)]
            if sum(low <= tick <= high for tick in ticks) >= self._min_n_ticks:
                break
        return [tick + offset for tick in ticks]

    def tick_values(self, vmin, vmax):
        if self._symmetric:
            vmax = max(abs(vmin), abs(vmax))
            vmin = -vmax
        vmin, vmax = nonsingular(vmin, vmax, expander=1e-13, tiny=1e-14)
        ticks = self._raw_ticks(vmin, vmax)
        start = self._prune in ("lower", "both")
        return ticks[start : len(ticks) - (self._prune in ("upper", "both"))]


def _close(number, edge, step, offset):
    """Whether a number of steps is an edge, seen the rounding errors of large offsets."""
    tolerance = 1e-10
    if offset:
        digits = math.log10(abs(offset) / step)
        tolerance = min(0.4999, max(1e-10, 10 ** (digits - 12)))
    return abs(number - edge) < tolerance


def _floor(value, step, offset):
    whole, rest = divmod(value, step)
    return int(whole) + _close(rest / step, 1, step, offset)


def _ceil(value, step, offset):
    whole, rest = divmod(value, step)
    return int(whole) + (not _close(rest / step, 0, step, offset))


class AutoLocator(MaxNLocator):
    """What axes use: as many ticks as there is room for, at steps of 1, 2, 2.5 or 5."""

    def __init__(self):
        super().__init__(nbins="auto", steps=[1, 2, 2.5, 5, 10])


class AutoMinorLocator(Locator):
    """Divides the steps between major ticks into n parts, 4 or 5 by default."""

    def __init__(self, n=None):
        self.ndivs = n

    def __call__(self):
        vmin, vmax = sorted(self.axis.get_view_interval())
        major = sorted(set(self.axis.get_majorticklocs()))
        if len(major) < 2:
            return []
        step = major[1] - major[0]
        lead = round(10 ** (math.log10(step) % 1), 4)
        parts = self.ndivs or (5 if min(abs(lead - s) for s in (1, 2.5, 5, 10)) < 1e-3 else 4)
        small = step / parts
        first = round((vmin - major[0]) / small)
        last = round((vmax - major[0]) / small) + 1
        ticks = [major[0] + i * small for i in range(first, last)]
        return [tick for tick in ticks if vmin <= tick <= vmax]

    def tick_values(self, vmin, vmax):
        raise NotImplementedError("Cannot get tick locations for a AutoMinorLocator")


class LogLocator(Locator):
    """Ticks at powers of the base, or at their multiples `subs`."""

    def __init__(self, base=10.0, subs=(1.0,), *, numticks=None):
        self._base, self._subs, self._numticks = float(base), subs, numticks

    def nonsingular(self, vmin, vmax):
        if not (math.isfinite(vmin) and math.isfinite(vmax)) or vmax <= 0:
            return 1, 10
        if vmin > vmax:
            vmin, vmax = vmax, vmin
        if vmin <= 0:
            vmin = self.axis.get_minpos() if self.axis else 1e-300
        if vmin == vmax:
            power = math.log(vmin) / math.log(self._base)
            return self._base ** (math.ceil(power) - 1), self._base ** (math.floor(power) + 1)
        return vmin, vmax

    def tick_values(self, vmin, vmax):
        count = self._numticks
        if count is None:
            count = min(max(self.axis.get_tick_space(), 2), 9) if self.axis else 9
        if vmax < vmin:
            vmin, vmax = vmax, vmin
        if vmin <= 0 or not math.isfinite(vmin):
            return []
        base = self._base
        low, high = (math.log(v) / math.log(base) for v in (vmin, vmax))
        decades = math.floor(high + 1e-10) - math.ceil(low - 1e-10)
        subs = self._subs
        if isinstance(subs, str):
            if decades > 10 or base < 3:
                return [] if subs == "auto" else self._powers(low, high, count)
            subs = range(2 if subs == "auto" else 1, math.ceil(base))
        stride = 1
        while decades // stride + 1 > count:
            stride += 1
        first, last = math.floor(low) - stride, math.ceil(high) + 2 * stride
        powers = range(first, last, stride)
        if stride > 1:
            # In matplotlib the stride starts at the lowest decade of the view.
            powers = range(math.floor(low) - stride, math.ceil(high) + 2 * stride, stride)
            if len(list(subs)) > 1:
                return []
        return [sub * base**power for power in powers for sub in subs]

    def _powers(self, low, high, count):
        return [self._base**power for power in range(math.floor(low), math.ceil(high) + 1)]


class SymmetricalLogLocator(Locator):
    """Ticks at 0 and at powers of the base on both sides."""

    def __init__(self, transform=None, subs=None, linthresh=2, base=10):
        self._base, self._linthresh, self._subs = base, linthresh, subs or [1.0]
        self.numticks = 15

    def tick_values(self, vmin, vmax):
        base, threshold = self._base, self._linthresh
        if -threshold <= vmin < vmax <= threshold:
            return sorted({vmin, 0, vmax})

        def powers(limit):
            if limit <= threshold:
                return []
            low = math.floor(math.log(threshold) / math.log(base))
            high = math.ceil(math.log(limit) / math.log(base))
            return [base**power for power in range(low, high + 1)]

        below, above = powers(-vmin), powers(vmax)
        step = max((len(below) + len(above)) // (self.numticks - 1), 1)
        zero = [0.0] if vmin <= threshold and vmax >= -threshold else []
        return [-tick for tick in below[::step][::-1]] + zero + above[::step]


class LogitLocator(Locator):
    def __init__(self, minor=False, *, nbins="auto"):
        self._minor = minor

    def tick_values(self, vmin, vmax):
        if self._minor:
            return []
        return sorted({0.5, *(10.0**-i for i in range(1, 8)), *(1 - 10.0**-i for i in range(1, 8))})
