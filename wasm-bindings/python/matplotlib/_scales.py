"""Axis scales: what lies between data and even steps on the page."""

import math

_ALLOWED = ("linear", "log", "symlog", "logit")


class LinearScale:
    name = "linear"
    positive = False

    @staticmethod
    def forward(value):
        return value

    inverse = forward


class LogScale:
    name = "log"
    positive = True

    def __init__(self, base=10, subs=None, nonpositive="clip"):
        self.base = base
        self.subs = subs
        self.nonpositive = nonpositive

    def forward(self, value):
        if value <= 0:
            return -1000.0 if self.nonpositive == "clip" else math.nan
        return math.log10(value)

    def inverse(self, value):
        return 10.0**value


class SymmetricalLogScale:
    """Linear around 0 up to linthresh, logarithmic beyond on both sides."""

    name = "symlog"
    positive = False

    def __init__(self, base=10, linthresh=2, subs=None, linscale=1):
        self.base, self.linthresh, self.subs = base, linthresh, subs
        self.adjusted = linscale / (1 - 1 / base)

    def forward(self, value):
        size = abs(value)
        if size <= self.linthresh:
            return value * self.adjusted
        grown = self.adjusted + math.log(size / self.linthresh) / math.log(self.base)
        return math.copysign(self.linthresh * grown, value)

    def inverse(self, value):
        size = abs(value)
        if size <= self.linthresh * self.adjusted:
            return value / self.adjusted
        grown = self.base ** (size / self.linthresh - self.adjusted)
        return math.copysign(self.linthresh * grown, value)


class LogitScale:
    name = "logit"
    positive = True

    def __init__(self, nonpositive="mask"):
        pass

    @staticmethod
    def forward(value):
        if value <= 0:
            return -1000.0
        return 1000.0 if value >= 1 else math.log10(value / (1 - value))

    @staticmethod
    def inverse(value):
        return 1 / (1 + 10.0**-value)


class FunctionScale:
    name = "function"
    positive = False

    def __init__(self, functions):
        self.forward, self.inverse = (_plain_function(one) for one in functions)


def _plain_function(function):
    def apply(value):
        return float(function(value))

    return apply


def make_scale(value, **kwargs):
    """The scale of this name. Raises ValueError for a name that there is none of."""
    kinds = {
        "linear": LinearScale,
        "log": LogScale,
        "symlog": SymmetricalLogScale,
        "logit": LogitScale,
        "function": FunctionScale,
    }
    if not isinstance(value, str):
        return value
    if value not in kinds:
        raise ValueError(
            f"{value!r} is not a valid value for scale; supported values are "
            "'linear', 'log', 'symlog', 'asinh', 'logit', 'function', 'functionlog'"
        )
    # Old spellings carry the axis: basex, linthreshy.
    options = {
        key[:-1] if key[:-1] in ("base", "linthresh", "subs", "nonpos") else key: option
        for key, option in kwargs.items()
    }
    return kinds[value](**options)
