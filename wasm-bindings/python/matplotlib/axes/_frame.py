"""Limits, scales, labels, ticks, titles, legend: what stands around the data."""

from .._values import plain
from ..axis import Axis, View
from ..text import Annotation, Text
from ._base import BaseAxes, Cycle


class FrameAxes(BaseAxes):
    """An axes with everything around it."""

    def set_xlim(self, left=None, right=None, *, emit=True, auto=False, xmin=None, xmax=None):
        return self._ends("x", left, right, auto, xmin, xmax)

    def set_ylim(self, bottom=None, top=None, *, emit=True, auto=False, ymin=None, ymax=None):
        return self._ends("y", bottom, top, auto, ymin, ymax)

    def _ends(self, which, low, high, auto, also_low, also_high):
        if high is None and (isinstance(low, (tuple, list)) or hasattr(low, "tolist")):
            ends = plain(low)
            low, high = ends if isinstance(ends, list) else (ends, None)
        low = also_low if low is None else low
        high = also_high if high is None else high
        return self._set_limits(which, low, high, auto)

    def get_xlim(self):
        return tuple(self._limits("x"))

    def get_ylim(self):
        return tuple(self._limits("y"))

    def get_xbound(self):
        return tuple(sorted(self._limits("x")))

    def get_ybound(self):
        return tuple(sorted(self._limits("y")))

    def set_xbound(self, lower=None, upper=None):
        self._ends("x", lower, upper, None, None, None)

    def set_ybound(self, lower=None, upper=None):
        self._ends("y", lower, upper, None, None, None)

    def invert_xaxis(self):
        self.xaxis.set_inverted(not self.xaxis.get_inverted())

    def invert_yaxis(self):
        self.yaxis.set_inverted(not self.yaxis.get_inverted())

    def xaxis_inverted(self):
        return self.xaxis.get_inverted()

    def yaxis_inverted(self):
        return self.yaxis.get_inverted()

    def margins(self, *margins, x=None, y=None, tight=True):
        """The free space beside the data, in parts of its extent."""
        if len(margins) == 1:
            x = y = margins[0]
        elif len(margins) == 2:
            x, y = margins
        for which, value in (("x", x), ("y", y)):
            if value is not None:
                self._margins[which] = value
                self._autoscale_later(which)
        return None if margins or x is not None or y is not None else tuple(self._margins.values())

    def set_xmargin(self, m):
        self.margins(x=m)

    def set_ymargin(self, m):
        self.margins(y=m)

    def autoscale(self, enable=True, axis="both", tight=None):
        for which in "xy":
            if axis in (which, "both"):
                view = self._views[which]
                view.auto = view.auto if enable is None else enable
                view.stale = True
                if tight:
                    self._margins[which] = 0

    def autoscale_view(self, tight=None, scalex=True, scaley=True):
        for which, wanted in (("x", scalex), ("y", scaley)):
            self._views[which].stale = self._views[which].stale or wanted

    def set_autoscale_on(self, b):
        for view in self._views.values():
            view.auto = b

    def get_autoscale_on(self):
        return all(view.auto for view in self._views.values())

    def set_xscale(self, value, **kwargs):
        for axes in self._views["x"].axes:
            axes.xaxis.set_scale(value, **kwargs)

    def set_yscale(self, value, **kwargs):
        for axes in self._views["y"].axes:
            axes.yaxis.set_scale(value, **kwargs)

    def get_xscale(self):
        return self.xaxis.get_scale()

    def get_yscale(self):
        return self.yaxis.get_scale()

    def set_xlabel(self, xlabel, fontdict=None, labelpad=None, *, loc=None, **kwargs):
        return self._label_axis(self.xaxis, xlabel, fontdict, labelpad, loc, kwargs)

    def set_ylabel(self, ylabel, fontdict=None, labelpad=None, *, loc=None, **kwargs):
        return self._label_axis(self.yaxis, ylabel, fontdict, labelpad, loc, kwargs)

    @staticmethod
    def _label_axis(axis, text, fontdict, pad, loc, kwargs):
        axis.labelpad = axis.labelpad if pad is None else pad
        axis.label_location = loc or axis.label_location
        return axis.set_label_text(text, fontdict, **kwargs)

    def get_xlabel(self):
        return self.xaxis.get_label_text()

    def get_ylabel(self):
        return self.yaxis.get_label_text()

    def set_title(self, label, fontdict=None, loc=None, pad=None, *, y=None, **kwargs):
        from .._rc import rcParams

        loc = (loc or rcParams["axes.titlelocation"]).lower()
        if loc not in self._titles:
            raise ValueError(
                f"{loc!r} is not a valid value for loc; supported values are "
                "'left', 'center', 'right'"
            )
        title = self._titles[loc]
        title.set_text(label)
        title.set(**{**(fontdict or {}), **kwargs})
        self._title_pad = self._title_pad if pad is None else pad
        self._title_y = self._title_y if y is None else y
        return title

    def get_title(self, loc="center"):
        return self._titles[loc.lower()].get_text()

    # Ticks.

    def set_xticks(self, ticks, labels=None, *, minor=False, **kwargs):
        return self.xaxis.set_ticks(ticks, labels, minor=minor, **kwargs)

    def set_yticks(self, ticks, labels=None, *, minor=False, **kwargs):
        return self.yaxis.set_ticks(ticks, labels, minor=minor, **kwargs)

    def get_xticks(self, *, minor=False):
        return self.xaxis.get_ticklocs(minor=minor)

    def get_yticks(self, *, minor=False):
        return self.yaxis.get_ticklocs(minor=minor)

    def set_xticklabels(self, labels, *, minor=False, fontdict=None, **kwargs):
        return self.xaxis.set_ticklabels(labels, minor=minor, fontdict=fontdict, **kwargs)

    def set_yticklabels(self, labels, *, minor=False, fontdict=None, **kwargs):
        return self.yaxis.set_ticklabels(labels, minor=minor, fontdict=fontdict, **kwargs)

    def get_xticklabels(self, minor=False, which=None):
        return self.xaxis.get_ticklabels(minor, which)

    def get_yticklabels(self, minor=False, which=None):
        return self.yaxis.get_ticklabels(minor, which)

    get_xmajorticklabels, get_ymajorticklabels = get_xticklabels, get_yticklabels

    def get_xticklines(self, minor=False):
        return []

    get_yticklines = get_xgridlines = get_ygridlines = get_xticklines

    def tick_params(self, axis="both", **kwargs):
        if axis not in ("x", "y", "both"):
            raise ValueError(
                f"{axis!r} is not a valid value for axis; supported values are 'x', 'y', 'both'"
            )
        for which, one, foreign in (
            ("x", self.xaxis, ("left", "right", "labelleft", "labelright")),
            ("y", self.yaxis, ("bottom", "top", "labelbottom", "labeltop")),
        ):
            if axis in (which, "both"):
                own = {key: value for key, value in kwargs.items() if key not in foreign}
                one.set_tick_params(**own)

    def ticklabel_format(
        self,
        *,
        axis="both",
        style=None,
        scilimits=None,
        useOffset=None,
        useLocale=None,
        useMathText=None,
    ):
        for one in self._chosen(axis):
            formatter = one.major.formatter
            if not hasattr(formatter, "set_scientific"):
                raise AttributeError("This method only works with the ScalarFormatter")
            if style:
                formatter.set_scientific(style in ("sci", "scientific"))
            if scilimits is not None:
                formatter.set_powerlimits(scilimits)
            if useOffset is not None:
                formatter.set_useOffset(useOffset)
            if useMathText is not None:
                formatter.set_useMathText(useMathText)

    def locator_params(self, axis="both", tight=None, **kwargs):
        for one in self._chosen(axis):
            one.major.locator.set_params(**kwargs)

    def _chosen(self, axis):
        return [one for one in (self.xaxis, self.yaxis) if axis in (one.which, "both")]

    def minorticks_on(self):
        self.xaxis.minorticks_on()
        self.yaxis.minorticks_on()

    def minorticks_off(self):
        self.xaxis.minorticks_off()
        self.yaxis.minorticks_off()

    def grid(self, visible=None, which="major", axis="both", **kwargs):
        """Show grid lines, hide them, or turn them over."""
        visible = kwargs.pop("b", visible)
        for one in self._chosen(axis):
            one.grid(visible, which, **kwargs)

    # What is shown, and how.

    def axis(self, arg=None, /, *, emit=True, **kwargs):
        """'on', 'off', 'equal', 'scaled', 'tight', 'auto', 'image', 'square', or four limits."""
        if isinstance(arg, bool):
            arg = "on" if arg else "off"
        if isinstance(arg, str):
            self._axis_word(arg)
        elif arg is not None:
            limits = plain(arg)
            if len(limits) != 4:
                raise TypeError(
                    "the first argument to axis() must be an iterable of the form "
                    "[xmin, xmax, ymin, ymax]"
                )
            self.set_xlim(limits[:2])
            self.set_ylim(limits[2:])
        elif kwargs:
            self.set_xlim(kwargs.get("xmin"), kwargs.get("xmax"))
            self.set_ylim(kwargs.get("ymin"), kwargs.get("ymax"))
        return (*self.get_xlim(), *self.get_ylim())

    def _axis_word(self, word):
        if word in ("on", "off"):
            self._axis_on = word == "on"
            return
        if word not in ("equal", "tight", "scaled", "auto", "image", "square"):
            raise ValueError(f"Unrecognized string {word!r} to axis; try 'on' or 'off'")
        self.autoscale(True)
        self.set_aspect("auto")
        if word not in ("tight", "auto"):
            self.set_aspect("equal", adjustable="datalim" if word == "equal" else "box")
        if word == "image":
            self.autoscale(True, tight=True)
        if word == "square":
            ends = [self._limits(which) for which in "xy"]
            span = max(abs(high - low) for low, high in ends)
            self.set_xlim(ends[0][0], ends[0][0] + span)
            self.set_ylim(ends[1][0], ends[1][0] + span)

    def set_aspect(self, aspect, adjustable=None, anchor=None, share=False):
        self._aspect = {"equal": 1.0, "auto": "auto"}.get(aspect, aspect)
        if self._aspect != "auto":
            self._aspect = float(self._aspect)
        self._adjustable = adjustable or self._adjustable
        self._anchor = anchor or self._anchor

    def set_box_aspect(self, aspect=None):
        self._box_aspect = aspect

    def set_adjustable(self, adjustable, share=False):
        self._adjustable = adjustable

    def set_axis_off(self):
        self._axis_on = False

    def set_axis_on(self):
        self._axis_on = True

    def get_legend(self):
        return self.legend_

    def set_facecolor(self, color):
        from ..colors import to_rgba

        to_rgba(color)
        self._facecolor = color

    set_fc = set_facecolor

    def set_prop_cycle(self, *args, **kwargs):
        from .._rc import cycler, rcParams

        default = rcParams["axes.prop_cycle"]
        cycle = default if args == (None,) else cycler(*args, **kwargs)
        self._line_cycle, self._patch_cycle = Cycle(cycle), Cycle(cycle)

    def text(self, x, y, s, fontdict=None, **kwargs):
        """Text at a place in data coordinates."""
        text = Text(x, y, s, **{**(fontdict or {}), **kwargs})
        if text._transform is None:
            # Words and dates of an axis are known only to it.
            if not isinstance(x, (int, float)):
                text._x = self.numbers("x", [x])[0]
            if not isinstance(y, (int, float)):
                text._y = self.numbers("y", [y])[0]
        return self._add(text, self.texts, see=False)

    def annotate(self, text, xy, xytext=None, *args, **kwargs):
        """Text with an arrow to a point."""
        names = ("xycoords", "textcoords", "arrowprops", "annotation_clip")
        kwargs |= dict(zip(names, args, strict=False))
        if "s" in kwargs:
            text = kwargs.pop("s")
        return self._add(Annotation(text, xy, xytext, **kwargs), self.texts, see=False)

    def legend(self, *args, **kwargs):
        """legend(), legend(labels), legend(handles), legend(handles, labels); all its options."""
        from ..legend import Legend, handles_and_labels

        handles, labels = handles_and_labels([self], args, kwargs)
        self.legend_ = Legend(self, handles, labels, **kwargs)
        return self.legend_

    def get_legend_handles_labels(self, legend_handler_map=None):
        from ..legend import labelled

        found = labelled([self])
        return [handle for handle, _ in found], [label for _, label in found]

    def add_legend(self, legend):
        self.legend_ = legend

    # Axes beside this one.

    def twinx(self):
        """A second axes in the same place with the same x axis and its own y axis at the right."""
        return self._twin("y")

    def twiny(self):
        """A second axes in the same place with the same y axis and its own x axis at the top."""
        return self._twin("x")

    def _twin(self, own):
        kwargs = {"sharex": self} if own == "y" else {"sharey": self}
        twin = type(self)(self.figure, self._place, **kwargs)
        self.figure._add_axes(twin)
        twin._facecolor = "none"
        axis = twin.yaxis if own == "y" else twin.xaxis
        side = "right" if own == "y" else "top"
        axis.set_ticks_position(side)
        axis.set_label_position(side)
        (twin.xaxis if own == "y" else twin.yaxis).set_visible(False)
        twin._margins = dict(self._margins)
        twin.follow = self
        self._twins.append(twin)
        twin._twins = self._twins
        return twin

    def secondary_xaxis(self, location, functions=None, **kwargs):
        raise NotImplementedError(
            "secondary_xaxis is not part of Unroll's matplotlib; use twiny(), or put "
            '"matplotlib" into the panel\'s packages'
        )

    secondary_yaxis = secondary_xaxis

    def inset_axes(self, bounds, **kwargs):
        """An axes inside this one, its place in parts of this one."""
        x, y, width, height = bounds
        outer = self

        class Inside:
            @staticmethod
            def box(figure):
                x0, y0, x1, y1 = outer._fractions()
                wide, high = x1 - x0, y1 - y0
                left, bottom = x0 + x * wide, y0 + y * high
                return left, bottom, left + width * wide, bottom + height * high

        child = type(self)(self.figure, Inside(), **kwargs)
        self.child_axes.append(child)
        return child

    def sharex(self, other):
        self._join("x", other)

    def sharey(self, other):
        self._join("y", other)

    def _join(self, which, other):
        self._views[which] = view = other._views[which]
        view.axes.append(self)
        view.stale = True
        (self.xaxis if which == "x" else self.yaxis).view = view

    def get_shared_x_axes(self):
        return _Shared(self, "x")

    def get_shared_y_axes(self):
        return _Shared(self, "y")

    def label_outer(self):
        """Tick labels and axis labels only at the rim of a grid of axes."""
        spec = self.get_subplotspec()
        if spec is None:
            return
        if not spec.is_last_row():
            self.xaxis.label_sides["bottom"] = False
            self.xaxis.set_label_text("")
        if not spec.is_first_col():
            self.yaxis.label_sides["left"] = False
            self.yaxis.set_label_text("")

    def set_axisbelow(self, b):
        self._axisbelow = b

    def get_xaxis(self):
        return self.xaxis

    def get_yaxis(self):
        return self.yaxis

    def has_data(self):
        return any((self.lines, self.patches, self.collections, self.images))

    def in_axes(self, mouseevent):
        return False

    def format_coord(self, x, y):
        return f"x={x} y={y}"

    def __repr__(self):
        parts = []
        if self._label:
            parts.append(f"label={self._label!r}")
        titles = {
            loc: self._titles[loc].get_text()
            for loc in ("left", "center", "right")
            if self._titles[loc].get_text()
        }
        if titles:
            parts.append(f"title={titles}")
        for which in "xy":
            label = getattr(self, f"{which}axis").get_label_text()
            if label:
                parts.append(f"{which}label={label!r}")
        return f"<Axes: {', '.join(parts)}>"


class _Shared:
    """get_shared_x_axes(): joins axes, and says which are joined."""

    def __init__(self, axes, which):
        self.own, self.which = axes, which

    def join(self, first, *others):
        for other in others:
            if other is not first:
                other._join(self.which, first)

    def get_siblings(self, axes):
        return list(axes._views[self.which].axes)

    def joined(self, first, second):
        return first._views[self.which] is second._views[self.which]


__all__ = ["Axis", "FrameAxes", "View"]
