"""The x and the y axis: limits, scale, ticks with their labels, grid, axis label."""

import math

from . import _scales
from ._formatters import FixedFormatter, FuncFormatter, StrMethodFormatter
from ._rc import rcParams
from ._values import are_dates, are_words, number, plain, vector
from .ticker import (
    AutoLocator,
    AutoMinorLocator,
    FixedLocator,
    Formatter,
    LogFormatterSciNotation,
    LogitFormatter,
    LogitLocator,
    LogLocator,
    NullFormatter,
    NullLocator,
    ScalarFormatter,
    SymmetricalLogLocator,
)


class Ticker:
    """A locator and a formatter; axes that share an axis share it."""

    def __init__(self, locator, formatter):
        self.locator, self.formatter = locator, formatter


class View:
    """What axes that share an axis have in common: the limits, the scale and the ticks."""

    def __init__(self):
        self.low, self.high = 0.0, 1.0
        self.auto = True
        self.stale = False
        self.scale = _scales.LinearScale()
        self.axes = []
        self.words = {}
        self.dates = False
        self.major = Ticker(AutoLocator(), ScalarFormatter())
        self.minor = Ticker(NullLocator(), NullFormatter())


class Axis:
    """One axis of an Axes; `which` is 'x' or 'y'."""

    def __init__(self, axes, which, view):
        self.axes, self.which, self.view = axes, which, view
        self.axis_name = which
        from .text import Text

        self.label = Text(
            *((0.5, 0) if which == "x" else (0, 0.5)),
            color=rcParams["axes.labelcolor"],
            fontsize=rcParams["axes.labelsize"],
            fontweight=rcParams["axes.labelweight"],
            rotation=0 if which == "x" else 90,
        )
        self.labelpad = rcParams["axes.labelpad"]
        self.label_location = rcParams[f"{which}axis.labellocation"]
        self._visible = True
        self.inverted = False
        self.clear()

    def clear(self):
        which = self.which
        near, far = ("bottom", "top") if which == "x" else ("left", "right")
        tick = f"{which}tick"
        self.near, self.far = near, far
        self.sides = {near: rcParams[f"{tick}.{near}"], far: rcParams[f"{tick}.{far}"]}
        self.label_sides = {
            near: rcParams[f"{tick}.label{near}"],
            far: rcParams[f"{tick}.label{far}"],
        }
        self.label_side = near
        self.look = {
            kind: {
                "size": rcParams[f"{tick}.{kind}.size"],
                "width": rcParams[f"{tick}.{kind}.width"],
                "pad": rcParams[f"{tick}.{kind}.pad"],
                "color": rcParams[f"{tick}.color"],
                "direction": rcParams[f"{tick}.direction"],
            }
            for kind in ("major", "minor")
        }
        color = rcParams[f"{tick}.labelcolor"]
        self.text_look = {
            "color": rcParams[f"{tick}.color"] if color == "inherit" else color,
            "fontsize": rcParams[f"{tick}.labelsize"],
        }
        self.label_position_set = None
        self.grid_look = {"major": None, "minor": None}
        if rcParams["axes.grid"] and rcParams["axes.grid.axis"] in ("both", which):
            self.grid(True, rcParams["axes.grid.which"])
        self._texts = []

    # What a scale or the kind of data brings with it.

    @property
    def major(self):
        return self.view.major

    @property
    def minor(self):
        return self.view.minor

    def set_scale(self, value, **kwargs):
        view = self.view
        view.scale = scale = _scales.make_scale(value, **kwargs)
        if scale.name == "log":
            view.major = Ticker(LogLocator(scale.base), LogFormatterSciNotation(scale.base))
            subs = LogLocator(scale.base, scale.subs or "auto")
            view.minor = Ticker(subs, LogFormatterSciNotation(scale.base))
        elif scale.name == "symlog":
            locator = SymmetricalLogLocator(base=scale.base, linthresh=scale.linthresh)
            view.major = Ticker(locator, LogFormatterSciNotation(scale.base))
            view.minor = Ticker(NullLocator(), NullFormatter())
        elif scale.name == "logit":
            view.major = Ticker(LogitLocator(), LogitFormatter())
            view.minor = Ticker(NullLocator(), NullFormatter())
        else:
            view.major = Ticker(AutoLocator(), ScalarFormatter())
            view.minor = Ticker(NullLocator(), NullFormatter())
        self.axes._autoscale_later(self.which)

    _set_scale = set_scale

    def get_scale(self):
        return self.view.scale.name

    def numbers(self, values):
        """Data for this axis as floats; words get places, dates are days."""
        if not isinstance(values, list) or any(
            not isinstance(value, (int, float)) for value in values
        ):
            values = plain(values)
            values = values if isinstance(values, list) else [values]
        if are_words(values):
            return self._places(values)
        if are_dates(values):
            self._use_dates()
        elif self.view.words and any(isinstance(value, str) for value in values):
            return self._places([str(value) for value in values])
        return vector(values, self.which)

    def _places(self, words):
        known = self.view.words
        for word in words:
            known.setdefault(word, len(known))
        self.view.major = Ticker(FixedLocator(list(known.values())), FixedFormatter(list(known)))
        return [float(known[word]) for word in words]

    def _use_dates(self):
        if not self.view.dates:
            from .dates import AutoDateFormatter, AutoDateLocator

            self.view.dates = True
            locator = AutoDateLocator()
            self.view.major = Ticker(locator, AutoDateFormatter(locator))

    def axis_date(self, tz=None):
        self._use_dates()

    # Limits and ticks.

    def get_view_interval(self):
        return self.axes._limits(self.which)

    get_data_interval = get_view_interval

    def get_minpos(self):
        return self.axes._smallest_positive(self.which)

    def get_inverted(self):
        low, high = self.get_view_interval()
        return high < low

    axis_inverted = get_inverted

    def get_tick_space(self):
        """How many tick labels have room."""
        x0, y0, x1, y1 = self.axes.window()
        length = (x1 - x0) if self.which == "x" else (y1 - y0)
        from ._rc import font_size

        size = font_size(self.text_look["fontsize"]) * (3 if self.which == "x" else 2)
        return int(length * 72 / self.axes.figure.dpi // size) if size > 0 else 2**31 - 1

    def _bound(self, part):
        for one in (part.locator, part.formatter):
            one.axis = self
        return part

    def get_majorticklocs(self):
        return list(self._bound(self.major).locator())

    def get_minorticklocs(self):
        found = self._bound(self.minor).locator()
        major = self.get_majorticklocs() if found else []
        low, high = sorted(self.get_view_interval())
        near = (high - low) * 1e-5
        return [loc for loc in found if all(abs(loc - other) > near for other in major)]

    def get_ticklocs(self, *, minor=False):
        from ._values import array

        return array(self.get_minorticklocs() if minor else self.get_majorticklocs())

    def ticks(self, kind="major"):
        """(place, text) of the ticks that are in view."""
        low, high = sorted(self.get_view_interval())
        part = self._bound(self.major if kind == "major" else self.minor)
        locs = self.get_majorticklocs() if kind == "major" else self.get_minorticklocs()
        texts = part.formatter.format_ticks(list(locs))
        slack = self._slack(low, high)
        return [
            (loc, text)
            for loc, text in zip(locs, texts, strict=True)
            if low - slack <= loc <= high + slack
        ]

    def _slack(self, low, high):
        return abs(high - low) * 1e-10

    def set_ticks(self, ticks, labels=None, *, minor=False, **kwargs):
        """Put ticks at these places, with these labels."""
        if labels is None and kwargs:
            raise ValueError(
                f"Incorrect use of keyword argument {next(iter(kwargs))!r}. Keyword arguments "
                "other than 'minor' modify the text labels and can only be used if 'labels' are "
                "passed as well."
            )
        places = self.numbers(ticks) if plain(ticks) else []
        part = self.minor if minor else self.major
        part.locator = FixedLocator(places)
        if places and not minor:
            low, high = self.get_view_interval()
            reach = [*places, low, high]
            ends = (min(reach), max(reach)) if low <= high else (max(reach), min(reach))
            if ends != (low, high):
                self.axes._set_limits(self.which, *ends, auto=None)
        if labels is not None:
            self.set_ticklabels(labels, minor=minor, **kwargs)
        return places

    def set_ticklabels(self, labels, *, minor=False, fontdict=None, **kwargs):
        texts = [one.get_text() if hasattr(one, "get_text") else str(one) for one in plain(labels)]
        part = self.minor if minor else self.major
        if isinstance(part.locator, FixedLocator):
            if texts and len(texts) != len(part.locator.locs):
                raise ValueError(
                    f"The number of FixedLocator locations ({len(part.locator.locs)}), usually "
                    "from a call to set_ticks, does not match the number of labels "
                    f"({len(texts)})."
                )
            part.formatter = FixedFormatter(texts) if texts else NullFormatter()
        else:
            part.formatter = FixedFormatter(texts)
        self.text_look |= {**(fontdict or {}), **kwargs}
        return self.get_ticklabels(minor=minor)

    def get_ticklabels(self, minor=False, which=None):
        """The tick labels as Text; what is set on them is what the labels look like."""
        from .text import Text

        part = self._bound(self.minor if minor or which == "minor" else self.major)
        locs = list(part.locator())
        texts = part.formatter.format_ticks(locs)
        while len(self._texts) < len(locs):
            self._texts.append(Text(**self.text_look))
        for one, loc, text in zip(self._texts, locs, texts, strict=False):
            one.set_text(text)
            one.set_position((loc, 0) if self.which == "x" else (0, loc))
        return self._texts[: len(locs)]

    get_majorticklabels = get_ticklabels

    def get_minorticklabels(self):
        return self.get_ticklabels(minor=True)

    def get_major_ticks(self, numticks=None):
        return [_Tick(self, text) for text in self.get_ticklabels()]

    def get_minor_ticks(self, numticks=None):
        return []

    def get_ticklines(self, minor=False):
        return []

    get_majorticklines = get_minorticklines = get_gridlines = get_ticklines

    def set_major_locator(self, locator):
        self.major.locator = locator

    def set_minor_locator(self, locator):
        self.minor.locator = locator

    def set_major_formatter(self, formatter):
        self.major.formatter = _formatter(formatter)

    def set_minor_formatter(self, formatter):
        self.minor.formatter = _formatter(formatter)

    def get_major_locator(self):
        return self._bound(self.major).locator

    def get_minor_locator(self):
        return self._bound(self.minor).locator

    def get_major_formatter(self):
        return self._bound(self.major).formatter

    def get_minor_formatter(self):
        return self._bound(self.minor).formatter

    def minorticks_on(self):
        scale = self.view.scale
        log = scale.name == "log"
        self.minor.locator = LogLocator(scale.base, "auto") if log else AutoMinorLocator()

    def minorticks_off(self):
        self.minor.locator = NullLocator()

    # Looks.

    def grid(self, visible=None, which="major", **kwargs):
        if kwargs and visible is None:
            visible = True
        for kind in ("major", "minor"):
            if which in (kind, "both"):
                now = self.grid_look[kind]
                shown = now is None if visible is None else bool(visible)
                self.grid_look[kind] = {**(now or {}), **kwargs} if shown else None

    def set_tick_params(self, which="major", reset=False, **kwargs):
        names = {"length": "size", "width": "width", "pad": "pad", "color": "color"}
        names |= {"direction": "direction", "tickdir": "direction", "size": "size"}
        text_names = {"labelsize": "fontsize", "labelcolor": "color", "labelrotation": "rotation"}
        text_names |= {"rotation": "rotation", "labelfontfamily": "fontfamily"}
        for key, value in kwargs.items():
            if key in ("colors",):
                for kind in self._kinds(which):
                    self.look[kind]["color"] = value
                self.text_look["color"] = value
            elif key in names:
                for kind in self._kinds(which):
                    self.look[kind][names[key]] = value
            elif key in text_names:
                self.text_look[text_names[key]] = value
                for one in self._texts:
                    one.set(**{text_names[key]: value})
            elif key in self.sides:
                self.sides[key] = _truth(value)
            elif key.removeprefix("label") in self.label_sides and key.startswith("label"):
                self.label_sides[key[5:]] = _truth(value)
            elif key.startswith("grid_"):
                look = {key[5:]: value}
                self.grid_look["major"] = {**(self.grid_look["major"] or {}), **look}
            elif key not in ("zorder", "left", "right", "top", "bottom") and not key.startswith(
                "label"
            ):
                raise ValueError(
                    f"keyword {key} is not recognized; valid keywords are ['size', 'width', "
                    "'color', 'tickdir', 'pad', 'labelsize', 'labelcolor', 'labelfontfamily', "
                    "'zorder', 'gridOn', 'tick1On', 'tick2On', 'label1On', 'label2On', 'length', "
                    "'direction', 'left', 'bottom', 'right', 'top', 'labelleft', 'labelbottom', "
                    "'labelright', 'labeltop', 'labelrotation', ...]"
                )

    @staticmethod
    def _kinds(which):
        return ("major", "minor") if which == "both" else (which,)

    def set_visible(self, b):
        self._visible = bool(b)

    def get_visible(self):
        return self._visible

    def set_label_text(self, label, fontdict=None, **kwargs):
        self.label.set_text(label)
        self.label.set(**{**(fontdict or {}), **kwargs})
        return self.label

    def get_label(self):
        return self.label

    def get_label_text(self):
        return self.label.get_text()

    def set_label_position(self, position):
        self.label_side = position

    def get_label_position(self):
        return self.label_side

    def set_ticks_position(self, position):
        shown = {
            self.near: position in (self.near, "both", "default"),
            self.far: position in (self.far, "both"),
        }
        if position != "both":
            self.label_sides = dict(shown)
        self.sides = shown

    def get_ticks_position(self):
        near, far = (self.sides[side] for side in (self.near, self.far))
        return "both" if near and far else self.near if near else self.far if far else "none"

    def tick_top(self):
        self.set_ticks_position("top")

    def tick_bottom(self):
        self.set_ticks_position("bottom")

    def tick_left(self):
        self.set_ticks_position("left")

    def tick_right(self):
        self.set_ticks_position("right")

    def set_inverted(self, inverted):
        low, high = sorted(self.get_view_interval())
        ends = (high, low) if inverted else (low, high)
        self.axes._set_limits(self.which, *ends, auto=None)

    def set_units(self, u):
        pass

    def set(self, **kwargs):
        for key, value in kwargs.items():
            getattr(self, f"set_{key}")(value)

    def get_offset_text(self):
        from .text import Text

        return Text(0, 0, self._bound(self.major).formatter.get_offset())

    offsetText = property(get_offset_text)


class _Tick:
    """A tick of get_major_ticks(): its label."""

    def __init__(self, axis, text):
        self.label1 = self.label = self.label2 = text
        self.axis = axis

    def set_pad(self, value):
        self.axis.look["major"]["pad"] = value

    def set_visible(self, b):
        self.label1.set_visible(b)


def _truth(value):
    return value not in (False, "off", 0, None)


def _formatter(formatter):
    if isinstance(formatter, Formatter):
        return formatter
    if isinstance(formatter, str):
        return NullFormatter() if formatter == "" else StrMethodFormatter(formatter)
    if callable(formatter):
        return FuncFormatter(formatter)
    raise TypeError(
        f"formatter must be an instance of Formatter, a str or a function, not {formatter!r}"
    )


__all__ = ["Axis", "Ticker", "View", "math", "number"]
