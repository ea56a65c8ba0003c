"""What ticks say: the formatters of matplotlib.ticker."""

import math

from ._rc import rcParams


class Formatter:
    """Makes text of a tick's value. `axis` is set by the axis that uses it."""

    axis = None
    locs = ()

    def __call__(self, x, pos=None):
        raise NotImplementedError("Derived must override")

    def set_axis(self, axis):
        self.axis = axis

    def set_locs(self, locs):
        self.locs = locs

    def format_ticks(self, values):
        self.set_locs(values)
        return [self(value, i) for i, value in enumerate(values)]

    def format_data(self, value):
        return self(value)

    format_data_short = format_data

    def get_offset(self):
        return ""

    @staticmethod
    def fix_minus(text):
        return text.replace("-", "−") if rcParams["axes.unicode_minus"] else text


class NullFormatter(Formatter):
    def __call__(self, x, pos=None):
        return ""


class FixedFormatter(Formatter):
    """These texts, one after another."""

    def __init__(self, seq):
        self.seq = list(seq)

    def __call__(self, x, pos=None):
        return self.seq[pos] if pos is not None and pos < len(self.seq) else ""


class FuncFormatter(Formatter):
    """What function(value, position) returns."""

    def __init__(self, func):
        self.func = func

    def __call__(self, x, pos=None):
        return self.func(x, pos)


class FormatStrFormatter(Formatter):
    def __init__(self, fmt):
        self.fmt = fmt

    def __call__(self, x, pos=None):
        return self.fmt % x


class StrMethodFormatter(Formatter):
    def __init__(self, fmt):
        self.fmt = fmt

    def __call__(self, x, pos=None):
        return self.fix_minus(self.fmt.format(x=x, pos=pos))


class ScalarFormatter(Formatter):
    """Numbers with as many decimals as they differ in, a common offset and a common power of 10."""

    def __init__(self, useOffset=None, useMathText=None, useLocale=None):
        self._use_offset, self.offset = True, 0
        self.set_useOffset(rcParams["axes.formatter.useoffset"] if useOffset is None else useOffset)
        self._math_text = bool(useMathText or rcParams["axes.formatter.use_mathtext"])
        self._scientific = True
        self._powerlimits = tuple(rcParams["axes.formatter.limits"])
        self.orderOfMagnitude = 0
        self.format = ""

    def set_useOffset(self, val):
        if isinstance(val, bool):
            self.offset, self._use_offset = 0, val
        else:
            self.offset, self._use_offset = val, False

    def get_useOffset(self):
        return self._use_offset

    useOffset = property(get_useOffset, set_useOffset)

    def set_scientific(self, b):
        self._scientific = bool(b)

    def set_powerlimits(self, lims):
        self._powerlimits = tuple(lims)

    def set_useMathText(self, val):
        self._math_text = bool(val)

    def set_useLocale(self, val):
        pass

    def __call__(self, x, pos=None):
        if not self.locs:
            return ""
        value = (x - self.offset) / 10.0**self.orderOfMagnitude
        return self.fix_minus(self.format % (0.0 if abs(value) < 1e-8 else value))

    def get_offset(self):
        """What is common to all ticks: '1e6', '+1.5e3' or ''."""
        if not self.locs or not (self.orderOfMagnitude or self.offset):
            return ""
        offset = power = ""
        if self.offset:
            offset = ("+" if self.offset > 0 else "") + self.format_data(self.offset)
        if self.orderOfMagnitude:
            power = f"1e{self.orderOfMagnitude:d}"
            if self._math_text:
                power = rf"$\times\mathdefault{{10^{{{self.orderOfMagnitude}}}}}$"
        return self.fix_minus(power + offset)

    def format_data(self, value):
        """A value alone, as short as it can be written."""
        exponent = math.floor(math.log10(abs(value))) if value else 0
        lead = round(value / 10.0**exponent, 10)
        digits = f"{lead:.10g}"
        text = f"{digits}e{exponent}" if exponent else digits
        return self.fix_minus(text)

    def format_data_short(self, value):
        return self.fix_minus(f"{value:<.5g}")

    def set_locs(self, locs):
        self.locs = list(locs)
        if not self.locs:
            return
        if self._use_offset:
            self._find_offset()
        self._find_power()
        self._find_format()

    def _view(self):
        return (
            sorted(self.axis.get_view_interval()) if self.axis else (min(self.locs), max(self.locs))
        )

    def _find_offset(self):
        self.offset = 0
        vmin, vmax = self._view()
        locs = [loc for loc in self.locs if vmin <= loc <= vmax]
        if not locs:
            return
        low, high = min(locs), max(locs)
        if low == high or low <= 0 <= high:
            return
        small, large = sorted([abs(low), abs(high)])
        sign = math.copysign(1, low)
        power = math.ceil(math.log10(large))
        while small // 10.0**power == large // 10.0**power:
            power -= 1
        power += 1
        if (large - small) / 10.0**power <= 1e-2:
            power = math.ceil(math.log10(large))
            while large // 10.0**power - small // 10.0**power <= 1:
                power -= 1
            power += 1
        digits = rcParams["axes.formatter.offset_threshold"] - 1
        if large // 10.0**power >= 10.0**digits:
            self.offset = sign * (large // 10.0**power) * 10.0**power

    def _find_power(self):
        self.orderOfMagnitude = 0
        if not self._scientific:
            return
        low_power, high_power = self._powerlimits
        if low_power == high_power != 0:
            self.orderOfMagnitude = low_power
            return
        vmin, vmax = self._view()
        locs = [abs(loc) for loc in self.locs if vmin <= loc <= vmax]
        if not locs:
            return
        largest = vmax - vmin if self.offset else max(locs)
        power = math.floor(math.log10(largest)) if largest else 0
        if power <= low_power or power >= high_power:
            self.orderOfMagnitude = power

    def _find_format(self):
        few = [*self.locs, *self._view()] if len(self.locs) < 2 else self.locs
        values = [(loc - self.offset) / 10.0**self.orderOfMagnitude for loc in few]
        span = max(values) - min(values) or max(abs(value) for value in values) or 1
        power = math.floor(math.log10(span))
        if len(self.locs) < 2:
            values = values[:-2]
        digits = max(0, 3 - power)
        threshold = 1e-3 * 10.0**power
        while digits >= 0 and max(abs(v - round(v, digits)) for v in values) < threshold:
            digits -= 1
        self.format = f"%1.{digits + 1}f"


class LogFormatter(Formatter):
    """Powers of the base; other values only where a view shows few powers."""

    def __init__(self, base=10.0, labelOnlyBase=False, minor_thresholds=None, linthresh=None):
        self._base = float(base)
        self.labelOnlyBase = labelOnlyBase
        self._thresholds = minor_thresholds or (1, 0.4)
        self._subs = None

    def set_locs(self, locs=None):
        self.locs = locs or ()
        self._subs = None
        if self.axis is None:
            return
        vmin, vmax = sorted(self.axis.get_view_interval())
        if vmin <= 0 or not math.isfinite(vmin):
            self._subs = {1}
            return
        low, high = (math.log(v) / math.log(self._base) for v in (vmin, vmax))
        powers = math.floor(high) - math.ceil(low) + 1
        if powers > self._thresholds[0]:
            self._subs = {1}
        elif high - low > self._thresholds[1]:
            steps = int(self._base) // 2 + 1
            self._subs = {round(self._base ** (i / (steps - 1))) for i in range(steps)}
        else:
            self._subs = set(range(1, int(self._base) + 1))

    def _shown(self, x):
        power = math.log(abs(x)) / math.log(self._base)
        whole = abs(power - round(power)) < 1e-10
        exponent = round(power) if whole else math.floor(power)
        lead = round(abs(x) / self._base**exponent)
        if self.labelOnlyBase and not whole:
            return None
        if self._subs is not None and lead not in self._subs:
            return None
        return power, whole

    def __call__(self, x, pos=None):
        if x == 0:
            return "0"
        shown = self._shown(x)
        return "" if shown is None else self.fix_minus(f"{x:1.3g}")


class LogFormatterMathtext(LogFormatter):
    def __call__(self, x, pos=None):
        if x == 0:
            return "0"
        shown = self._shown(x)
        if shown is None:
            return ""
        power, whole = shown
        sign = "−" if x < 0 else ""
        base = f"{self._base:g}"
        if whole:
            return rf"$\mathdefault{{{sign}{base}^{{{round(power)}}}}}$"
        return self._between(sign, base, power)

    def _between(self, sign, base, power):
        return rf"$\mathdefault{{{sign}{base}^{{{power:.2f}}}}}$"


class LogFormatterSciNotation(LogFormatterMathtext):
    def _between(self, sign, base, power):
        exponent = math.floor(power)
        lead = self._base ** (power - exponent)
        lead = round(lead) if abs(lead - round(lead)) < 1e-6 else round(lead, 2)
        return rf"$\mathdefault{{{sign}{lead:g}\times{base}^{{{exponent}}}}}$"


class LogFormatterExponent(LogFormatter):
    def __call__(self, x, pos=None):
        shown = self._shown(x) if x else None
        return "" if shown is None else f"{shown[0]:g}"


class LogitFormatter(Formatter):
    def __call__(self, x, pos=None):
        if x == 0.5:
            return r"$\mathdefault{1/2}$"
        small = x < 0.5
        power = round(math.log10(x if small else 1 - x))
        return rf"$\mathdefault{{{'' if small else '1−'}10^{{{power}}}}}$"


class PercentFormatter(Formatter):
    """Shares of xmax as percent."""

    def __init__(self, xmax=100, decimals=None, symbol="%", is_latex=False):
        self.xmax, self.decimals, self.symbol = xmax, decimals, symbol or ""

    def __call__(self, x, pos=None):
        share = 100.0 * x / self.xmax
        decimals = self.decimals
        if decimals is None:
            span = 100.0 * abs(self._span()) / self.xmax
            decimals = 0 if span > 50 else min(max(math.ceil(2 - math.log10(2 * span)), 0), 5)
        return self.fix_minus(f"{share:0.{int(decimals)}f}") + self.symbol

    def _span(self):
        low, high = self.axis.get_view_interval() if self.axis else (0, self.xmax)
        return high - low or 1


class EngFormatter(Formatter):
    """Numbers with the prefixes of engineers."""

    _PREFIXES = "y z a f p n µ m _ k M G T P E Z Y".replace("_", "").split(" ")

    def __init__(self, unit="", places=None, sep=" ", **kwargs):
        self.unit, self.places, self.sep = unit, places, sep

    def __call__(self, x, pos=None):
        power = min(max(math.floor(math.log10(abs(x)) / 3), -8), 8) if x else 0
        value = x / 1000.0**power
        digits = f"{value:g}" if self.places is None else f"{value:.{self.places}f}"
        suffix = self._PREFIXES[power + 8] + self.unit
        return self.fix_minus(digits) + (self.sep + suffix if suffix else "")
