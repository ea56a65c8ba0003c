"""The ground of an Axes: where it lies, limits, what it holds, how it is drawn."""

import itertools
import math

from .._axis_drawing import draw_axis, draw_grid
from .._background import Background
from .._rc import rcParams
from .._values import finite, number
from ..artist import Artist
from ..axis import Axis, View
from ..collections import Collection
from ..colorbar import ShrunkPlace
from ..colors import to_rgba
from ..gridspec import SubplotSpec
from ..image import AxesImage
from ..lines import Line2D
from ..patches import Patch
from ..spines import Spine, Spines
from ..text import Text
from ..ticker import nonsingular
from ..transforms import Bbox, Transform


class Cycle:
    """The property cycle of an axes: the next colour that nobody has asked for."""

    def __init__(self, cycler):
        self.rows, self.at = list(cycler), 0

    def next(self):
        row = self.rows[self.at % len(self.rows)]
        self.at += 1
        return dict(row)


class BaseAxes(Artist):
    """What all plotting methods build on."""

    name = "rectilinear"
    _names = ("facecolor", "axisbelow", "anchor", "frame_on", "aspect", "gid")

    def __init__(self, figure, place, sharex=None, sharey=None, **kwargs):
        super().__init__()
        self.axes, self.figure = self, figure
        self._place = place
        self._active = None
        self._sharex, self._sharey = sharex, sharey
        self._views = {
            "x": sharex._views["x"] if sharex is not None else View(),
            "y": sharey._views["y"] if sharey is not None else View(),
        }
        for view in self._views.values():
            view.axes.append(self)
        self._twins = [self]
        self.transData = Transform(self._to_pixels, self._from_pixels)
        self.transAxes = Transform(self._part_to_pixels, self._pixels_to_part)
        self._start()
        self.set(**kwargs)

    def _start(self):
        self.lines, self.patches, self.collections = [], [], []
        self.texts, self.images, self.artists, self.containers = [], [], [], []
        self.child_axes = []
        self.legend_ = None
        self.spines = Spines(
            {side: Spine(self, side) for side in ("left", "right", "bottom", "top")}
        )
        self.xaxis = Axis(self, "x", self._views["x"])
        self.yaxis = Axis(self, "y", self._views["y"])
        self._facecolor = rcParams["axes.facecolor"]
        self._axisbelow = rcParams["axes.axisbelow"]
        self._frame_on, self._axis_on = True, True
        self._aspect, self._adjustable, self._anchor = "auto", "box", "C"
        self._margins = {"x": rcParams["axes.xmargin"], "y": rcParams["axes.ymargin"]}
        self._data = {which: [math.inf, -math.inf, math.inf] for which in "xy"}
        self._line_cycle = Cycle(rcParams["axes.prop_cycle"])
        self._patch_cycle = Cycle(rcParams["axes.prop_cycle"])
        self._gid = None
        weight, size = rcParams["axes.titleweight"], rcParams["axes.titlesize"]
        color = rcParams["axes.titlecolor"]
        color = rcParams["text.color"] if color == "auto" else color
        self._titles = {
            loc: Text(x, 1.0, color=color, fontsize=size, fontweight=weight, ha=loc, va="baseline")
            for loc, x in (("left", 0.0), ("center", 0.5), ("right", 1.0))
        }
        self.title = self._titles["center"]
        self._title_pad, self._title_y = rcParams["axes.titlepad"], rcParams["axes.titley"]

    def clear(self):
        """Start anew: no artists, no labels, automatic limits."""
        for which, shared in (("x", self._sharex), ("y", self._sharey)):
            view = self._views[which]
            if shared is None and view.axes == [self]:
                self._views[which] = fresh = View()
                fresh.axes.append(self)
            else:
                view.auto, view.stale = True, True
        visible = [
            (side, axis.label_sides[side]) for axis in (self.xaxis, self.yaxis)
            for side in (axis.near,) if shared_hidden(self, axis)
        ]  # fmt: skip
        self._start()
        for side, shown in visible:
            (self.xaxis if side == "bottom" else self.yaxis).label_sides[side] = shown

    cla = clear

    def __str__(self):
        x0, y0, x1, y1 = self._fractions()
        return f"Axes({x0:g},{y0:g};{x1 - x0:g}x{y1 - y0:g})"

    # Where it lies.

    def _fractions(self):
        if isinstance(self._place, tuple):
            return self._place
        return self._place.box(self.figure)

    def _unfitted(self):
        width, height = self.figure.pixels()
        x0, y0, x1, y1 = self._fractions()
        return x0 * width, y0 * height, x1 * width, y1 * height

    def window(self):
        """Its box (x0, y0, x1, y1) in pixels, its aspect kept."""
        box = self._unfitted()
        ratio = self._box_ratio()
        if ratio is None:
            return box
        x0, y0, x1, y1 = box
        width, height = x1 - x0, y1 - y0
        new_width, new_height = (width, width * ratio)
        if new_height > height:
            new_width, new_height = height / ratio, height
        ax, ay = _ANCHORS.get(self._anchor, (0.5, 0.5))
        x0 += (width - new_width) * ax
        y0 += (height - new_height) * ay
        return x0, y0, x0 + new_width, y0 + new_height

    def _box_ratio(self):
        """Height over width that the axes must have, or None."""
        if getattr(self, "_box_aspect", None):
            return self._box_aspect
        if self._aspect == "auto" or self._adjustable != "box":
            return None
        spans = []
        for which in "xy":
            forward = self._views[which].scale.forward
            low, high = self._limits(which)
            spans.append(abs(forward(high) - forward(low)))
        if not all(math.isfinite(span) and span for span in spans):
            return None
        return self._aspect * spans[1] / spans[0]

    def get_position(self, original=False):
        width, height = self.figure.pixels()
        x0, y0, x1, y1 = self._unfitted() if original else self.window()
        return Bbox.from_extents(x0 / width, y0 / height, x1 / width, y1 / height)

    def set_position(self, pos, which="both"):
        if hasattr(pos, "extents"):
            self._place = pos.extents
        else:
            left, bottom, width, height = pos
            self._place = (left, bottom, left + width, bottom + height)

    patch = property(Background)

    def get_subplotspec(self):
        place = self._place
        while isinstance(place, ShrunkPlace):
            place = place.place
        return place if isinstance(place, SubplotSpec) else None

    def get_gridspec(self):
        spec = self.get_subplotspec()
        return spec and spec.gridspec

    def get_window_extent(self, renderer=None):
        return Bbox.from_extents(*self.window())

    bbox = property(get_window_extent)

    # Data to pixels and back.

    def numbers(self, which, values):
        return (self.xaxis if which == "x" else self.yaxis).numbers(values)

    def _map(self, which):
        """(scale, factor, shift): pixel = factor * scale(value) + shift."""
        x0, y0, x1, y1 = self.window()
        start, end = (x0, x1) if which == "x" else (y0, y1)
        scale = self._views[which].scale
        low, high = (scale.forward(value) for value in self._limits(which))
        factor = (end - start) / (high - low or 1.0)
        return scale, factor, start - factor * low

    def pixel(self, which, value):
        scale, factor, shift = self._map(which)
        return scale.forward(value) * factor + shift

    def points(self, xs, ys):
        """Data as a list of (x, y) in pixels."""
        found = []
        for which, values in (("x", xs), ("y", ys)):
            scale, factor, shift = self._map(which)
            if scale.name == "linear":
                found.append([value * factor + shift for value in values])
            else:
                found.append([scale.forward(value) * factor + shift for value in values])
        return list(zip(*found, strict=True))

    def _to_pixels(self, x, y):
        return self.points(self.numbers("x", [x]), self.numbers("y", [y]))[0]

    def _from_pixels(self, x, y):
        found = []
        for which, value in (("x", x), ("y", y)):
            scale, factor, shift = self._map(which)
            found.append(scale.inverse((value - shift) / factor))
        return tuple(found)

    def _part_to_pixels(self, x, y):
        x0, y0, x1, y1 = self.window()
        return x0 + x * (x1 - x0), y0 + y * (y1 - y0)

    def _pixels_to_part(self, x, y):
        x0, y0, x1, y1 = self.window()
        return (x - x0) / (x1 - x0), (y - y0) / (y1 - y0)

    def get_xaxis_transform(self, which="grid"):
        """x in data, y in parts of the axes."""
        return Transform(
            lambda x, y: (
                self.pixel("x", self.numbers("x", [x])[0]),
                self._part_to_pixels(0, y)[1],
            )
        )

    def get_yaxis_transform(self, which="grid"):
        return Transform(
            lambda x, y: (
                self._part_to_pixels(x, 0)[0],
                self.pixel("y", self.numbers("y", [y])[0]),
            )
        )

    def holds(self, x, y):
        """Whether a place in pixels lies inside."""
        x0, y0, x1, y1 = self.window()
        return x0 - 0.5 <= x <= x1 + 0.5 and y0 - 0.5 <= y <= y1 + 0.5

    # Limits.

    def _see(self, xs, ys):
        """Take data into account for automatic limits."""
        for which, values in (("x", xs), ("y", ys)):
            known = finite(values)
            if known:
                data = self._data[which]
                data[0], data[1] = min(data[0], *known), max(data[1], *known)
                data[2] = min([data[2], *(value for value in known if value > 0)])
            self._autoscale_later(which)

    def _autoscale_later(self, which):
        self._views[which].stale = True

    def _smallest_positive(self, which):
        found = min(axes._data[which][2] for axes in self._views[which].axes)
        return found if math.isfinite(found) else 1e-300

    def fit_data(self):
        """With the same scale on both axes and a box that stays: show more along one of them."""
        if self._aspect == "auto" or self._adjustable != "datalim":
            return
        x0, y0, x1, y1 = self._unfitted()
        (left, right), (bottom, top) = self._limits("x"), self._limits("y")
        per_x, per_y = abs(right - left) / (x1 - x0), abs(top - bottom) * self._aspect / (y1 - y0)
        which, ends, grow = ("x", (left, right), per_y / per_x) if per_x < per_y else (
            "y", (bottom, top), per_x / per_y
        )  # fmt: skip
        view, middle = self._views[which], sum(ends) / 2
        view.low, view.high = (middle + (end - middle) * grow for end in ends)

    def _limits(self, which):
        view = self._views[which]
        if view.stale:
            view.stale = False
            if view.auto:
                self._autoscale(which, view)
        return view.low, view.high

    def _autoscale(self, which, view):
        axes = view.axes
        low = min(one._data[which][0] for one in axes)
        high = max(one._data[which][1] for one in axes)
        low, high = (low, high) if low <= high else (-math.inf, math.inf)
        axis = self.xaxis if which == "x" else self.yaxis
        sticky = sorted(
            edge
            for one in axes
            for artist in one._artists()
            for edge in getattr(artist, f"sticky_{which}", ())
            if not (view.scale.positive and edge <= 0)
        )
        tolerance = 1e-5 * abs(high - low) if math.isfinite(high - low) else 0
        floor = max((edge for edge in sticky if edge <= low + tolerance), default=-math.inf)
        ceiling = min((edge for edge in sticky if edge >= high - tolerance), default=math.inf)
        locator = axis._bound(axis.major).locator
        low, high = locator.nonsingular(low, high)
        if view.scale.name == "logit" and not 0 < low < high < 1:
            low, high = max(low, 1e-3), min(high, 1 - 1e-3)
        margin = max(one._margins[which] for one in axes)
        start, end = view.scale.forward(low), view.scale.forward(high)
        grow = (end - start) * margin
        grow = grow if math.isfinite(grow) else 0.0
        low = max(view.scale.inverse(start - grow), floor)
        high = min(view.scale.inverse(end + grow), ceiling)
        inverted = view.high < view.low
        view.low, view.high = (high, low) if inverted else (low, high)

    def _set_limits(self, which, low, high, auto=False):
        view = self._views[which]
        old = self._limits(which)
        ends = [
            old[i] if value is None else self.numbers(which, [value])[0]
            for i, value in enumerate((low, high))
        ]
        if not all(math.isfinite(value) for value in ends):
            raise ValueError("Axis limits cannot be NaN or Inf")
        if ends[0] == ends[1]:
            import warnings

            warnings.warn(
                f"Attempting to set identical low and high {which}lims makes transformation "
                "singular; automatically expanding.",
                UserWarning,
                stacklevel=4,
            )
            ends = list(nonsingular(*ends))
        if view.scale.positive:
            ends = [old[i] if value <= 0 else value for i, value in enumerate(ends)]
        view.low, view.high = ends
        view.stale = False
        if auto is not None:
            view.auto = auto
        return tuple(ends)

    # What it holds.

    def _artists(self):
        groups = (self.patches, self.collections, self.lines, self.texts, self.images, self.artists)
        return [artist for group in groups for artist in group]

    def _add(self, artist, group, see=True):
        artist.axes, artist.figure = self, self.figure
        artist._order = next(_COUNT)
        group.append(artist)
        artist._remove_from = (group, *artist._remove_from)
        if see:
            self._see(*artist.limits())
        return artist

    def add_line(self, line):
        return self._add(line, self.lines)

    def add_patch(self, p):
        return self._add(p, self.patches)

    def add_collection(self, collection, autolim=True):
        return self._add(collection, self.collections, autolim)

    def add_image(self, image):
        return self._add(image, self.images)

    def add_table(self, tab):
        return self.add_artist(tab)

    def add_artist(self, a):
        kinds = ((Line2D, self.lines), (Patch, self.patches), (Collection, self.collections))
        kinds += ((AxesImage, self.images), (Text, self.texts))
        for kind, group in kinds:
            if isinstance(a, kind):
                return self._add(a, group, see=False)
        return self._add(a, self.artists, see=False)

    def add_container(self, container):
        self.containers.append(container)
        container._remove_from = (self.containers,)
        return container

    def get_children(self):
        return [*self._artists(), *self.spines.values(), self.xaxis, self.yaxis, self.title]

    def get_lines(self):
        return self.lines

    def get_images(self):
        return self.images

    def relim(self, visible_only=False):
        """See anew what lines, areas and images show now."""
        self._data = {which: [math.inf, -math.inf, math.inf] for which in "xy"}
        for artist in self._artists():
            if not visible_only or artist.get_visible():
                self._see(*artist.limits())

    def remove(self):
        self.figure.delaxes(self)

    def _show_extent(self, image):
        xs, ys = image.limits()
        image.sticky_x, image.sticky_y = xs, ys
        for which, ends in (("x", xs), ("y", ys)):
            data = self._data[which]
            data[0], data[1] = min(data[0], *ends), max(data[1], *ends)
            if self._views[which].auto:
                self._set_limits(which, *ends, auto=None)

    # Drawing.

    def draw(self, canvas):
        if not self._visible:
            return
        canvas.fixed_colors = bool(self.images) or any(
            collection.covers for collection in self.collections
        )
        if self._axis_on and self._frame_on and to_rgba(self._facecolor)[3]:
            fixed, canvas.fixed_colors = canvas.fixed_colors, False
            canvas.rectangle(*self.window(), to_rgba(self._facecolor, self._alpha))
            canvas.fixed_colors = fixed
        grid_level = {True: 0.5, "line": 1.5, False: 2.5}[self._axisbelow]
        layers = [(artist.get_zorder(), 1, artist) for artist in self._artists()]
        layers.append((grid_level, 0, None))
        for _, _, artist in sorted(layers, key=lambda layer: layer[:2]):
            if artist is None:
                self._draw_grids(canvas)
            elif artist.get_visible():
                clipped = artist.get_clip_on() and not isinstance(artist, Text)
                canvas.clip = self.window() if clipped else None
                artist.draw(canvas)
        canvas.clip = None
        canvas.fixed_colors = False
        self.draw_frame(canvas)
        for child in self.child_axes:
            child.draw(canvas)
        if self.legend_ is not None and self.legend_.get_visible():
            self.legend_.draw(canvas)

    def _draw_grids(self, canvas):
        if self._axis_on:
            draw_grid(self.xaxis, canvas)
            draw_grid(self.yaxis, canvas)

    def draw_frame(self, canvas):
        """Axes lines, ticks, labels and titles."""
        if self._axis_on:
            draw_axis(self.xaxis, canvas)
            draw_axis(self.yaxis, canvas)
            for spine in self.spines.values():
                if spine.get_visible() and self._frame_on:
                    spine.draw(canvas)
        self._draw_titles(canvas)

    def _draw_titles(self, canvas):
        x0, y0, x1, y1 = self.window()
        if not any(title.get_text() for title in self._titles.values()):
            return
        top = y1
        if (
            self._axis_on
            and self._title_y is None
            and (self.xaxis.label_sides["top"] or self.xaxis.label_side == "top")
        ):
            top = max(top, self.reach(canvas, self.xaxis)[3])
        if self._title_y is not None:
            top = y0 + self._title_y * (y1 - y0)
        for title in self._titles.values():
            if title.get_visible() and title.get_text():
                pad = canvas.points(getattr(title, "_pad", None) or self._title_pad)
                title.draw_at(canvas, x0 + title._x * (x1 - x0), top + pad)

    def reach(self, canvas, axis=None):
        """The box around the axes with its labels and titles, or around one axis."""
        from .._canvas import item_box

        scratch = self.figure.new_canvas()
        if axis is not None:
            draw_axis(axis, scratch)
        else:
            self.draw_frame(scratch)
            for text in self.texts:
                if text.get_visible():
                    text.draw(scratch)
            if self.legend_ is not None:
                self.legend_.draw(scratch)
        boxes = [self.window() if self._axis_on or axis is None else None]
        boxes += [item_box(item) for item in scratch.items]
        boxes = [box for box in boxes if box]
        return tuple(pick(box[i] for box in boxes) for i, pick in enumerate((min, min, max, max)))

    def get_tightbbox(self, renderer=None, **kwargs):
        return Bbox.from_extents(*self.reach(None))


def shared_hidden(axes, axis):
    return not axis.label_sides[axis.near]


_COUNT = itertools.count()
_ANCHORS = {
    "C": (0.5, 0.5),
    "SW": (0.0, 0.0),
    "S": (0.5, 0.0),
    "SE": (1.0, 0.0),
    "E": (1.0, 0.5),
    "NE": (1.0, 1.0),
    "N": (0.5, 1.0),
    "NW": (0.0, 1.0),
    "W": (0.0, 0.5),
}

__all__ = ["BaseAxes", "Cycle", "number"]
