"""Line2D: a line through points, with markers."""

import math

from ._canvas import line_segments
from ._line_style import STYLES, dash_pattern, normal_style
from ._rc import rcParams
from ._values import plain, vector
from .artist import Artist
from .markers import NOTHING, MarkerStyle, draw_markers

lineStyles = STYLES
#: More points than this are thinned to what the width of a figure can show.
_MANY = 4000
#: More lines than this nobody tells apart.
_MOST_PLAIN = 40


class Line2D(Artist):
    """A line through (x, y); what plot() returns."""

    zorder = 2
    lineStyles = STYLES
    _names = (
        *("color", "linestyle", "linewidth", "marker", "markersize", "markeredgewidth"),
        *("markerfacecolor", "markeredgecolor", "markerfacecoloralt", "markevery", "drawstyle"),
        *("fillstyle", "gid"),
    )

    def __init__(
        self,
        xdata,
        ydata,
        *,
        linewidth=None,
        linestyle=None,
        color=None,
        marker=None,
        markersize=None,
        markeredgewidth=None,
        markeredgecolor=None,
        markerfacecolor=None,
        markerfacecoloralt="none",
        fillstyle=None,
        markevery=None,
        drawstyle="default",
        **kwargs,
    ):
        super().__init__()
        self.set_linewidth(rcParams["lines.linewidth"] if linewidth is None else linewidth)
        self._linestyle = normal_style(linestyle)
        self._has_style = linestyle is not None
        self._color = color
        self.set_color(rcParams["lines.color"] if color is None else color)
        self.set_marker(rcParams["lines.marker"] if marker is None else marker)
        self._markersize = rcParams["lines.markersize"] if markersize is None else markersize
        self._markeredgewidth = (
            rcParams["lines.markeredgewidth"] if markeredgewidth is None else markeredgewidth
        )
        self._markeredgecolor = "auto" if markeredgecolor is None else markeredgecolor
        self._markerfacecolor = "auto" if markerfacecolor is None else markerfacecolor
        self._markerfacecoloralt = markerfacecoloralt
        self._fillstyle = fillstyle or "full"
        self._markevery = markevery
        self._drawstyle = drawstyle or "default"
        self._gid = None
        self.set_data(xdata, ydata)
        self.set(**kwargs)

    def set_color(self, color):
        from .colors import check_color

        if not (isinstance(color, str) and color == "auto"):
            check_color(color)
        self._color = color

    def set_linestyle(self, ls):
        self._linestyle = normal_style(ls)
        self._has_style = True

    def set_dashes(self, seq):
        self._linestyle = "-" if seq in ((None, None), ()) else (0, list(seq))
        self._has_style = True

    def set_linewidth(self, w):
        self._linewidth = float(w)

    def set_marker(self, marker):
        self._shape = MarkerStyle(marker)
        self._marker = marker

    def get_marker(self):
        return self._marker

    def get_markerfacecolor(self):
        if self._fillstyle == "none":
            return "none"
        return self._color if self._markerfacecolor == "auto" else self._markerfacecolor

    def get_markeredgecolor(self):
        return self._color if self._markeredgecolor == "auto" else self._markeredgecolor

    def set_data(self, *args):
        """Take other points: set_data(x, y)."""
        x, y = args if len(args) == 2 else args[0]
        for name, values in (("x", x), ("y", y)):
            if not isinstance(plain(values), list):
                raise RuntimeError(f"{name} must be a sequence")
        self._xorig, self._yorig = x, y
        self._xdata, self._ydata = self._numbers("x", x), self._numbers("y", y)

    def _numbers(self, which, values):
        if self.axes is None:
            return vector(values, which)
        return self.axes.numbers(which, values)

    def set_xdata(self, x):
        self.set_data(x, self._yorig)

    def set_ydata(self, y):
        self.set_data(self._xorig, y)

    def get_data(self, orig=True):
        return self.get_xdata(orig), self.get_ydata(orig)

    def get_xdata(self, orig=True):
        return _as_array(self._xorig if orig else self._xdata)

    def get_ydata(self, orig=True):
        return _as_array(self._yorig if orig else self._ydata)

    def get_xydata(self):
        from ._values import array

        return array([list(point) for point in zip(self._xdata, self._ydata, strict=True)])

    def limits(self):
        return ([], []) if self._transform is not None else both_finite(self._xdata, self._ydata)

    def _pixels(self):
        xs, ys = self._xdata, self._ydata
        if len(xs) == 1 < len(ys):
            xs = xs * len(ys)
        if len(xs) != len(ys):
            raise ValueError(f"shape mismatch: x has {len(xs)} and y has {len(ys)} values")
        if self._drawstyle.startswith("steps"):
            xs, ys = stepped(xs, ys, self._drawstyle)
        return self.place(xs, ys)

    def draw(self, canvas):
        points = self._pixels()
        width = canvas.points(self._linewidth)
        if self._linestyle != "None" and width:
            dash = [canvas.points(part) for part in dash_pattern(self._linestyle, self._linewidth)]
            cap = "butt" if dash else "square"
            path, color = line_segments(thinned(points)), self.rgba(self._color)
            canvas.path(path, None, color, width, dash, cap, "round", order=self.order())
        if self._marker not in NOTHING:
            if self._drawstyle.startswith("steps"):
                points = self.place(self._xdata, self._ydata)
            self.draw_markers(canvas, every(points, self._markevery))

    def order(self):
        """Its place among the lines of its axes that colours alone tell apart; None for others."""
        lines = self.axes.lines if self.axes is not None else ()
        plain = [line for line in lines[:_MOST_PLAIN] if line._is_plain()]
        return plain.index(self) if len(plain) > 1 and self in plain else None

    def _is_plain(self):
        return not self._has_style and self._marker in NOTHING

    def draw_markers(self, canvas, points, scale=1.0):
        draw_markers(
            canvas,
            self._shape,
            points,
            canvas.points(self._markersize) * scale,
            self.rgba(self.get_markerfacecolor()),
            self.rgba(self.get_markeredgecolor()),
            canvas.points(self._markeredgewidth),
        )

    def __str__(self):
        if self._label:
            return f"Line2D({self._label})"
        return f"Line2D({len(self._xdata)} points)"


def both_finite(xs, ys):
    """The coordinates of points without a gap in x or in y."""
    if len(xs) != len(ys):
        return xs, ys
    kept = [(x, y) for x, y in zip(xs, ys, strict=True) if x - x == 0 == y - y]
    return [x for x, _ in kept], [y for _, y in kept]


def _as_array(values):
    if hasattr(values, "shape") or (isinstance(values, list) and values and _odd(values[0])):
        return values
    from ._values import array

    return array(plain(values))


def _odd(value):
    return not isinstance(value, (int, float))


def every(points, markevery):
    """The points that carry a marker."""
    if markevery is None:
        return points
    if isinstance(markevery, int):
        return points[::markevery]
    if isinstance(markevery, slice):
        return points[markevery]
    if isinstance(markevery, float):
        return points[:: max(1, round(markevery * len(points)))]
    if isinstance(markevery, tuple) and len(markevery) == 2:
        return points[int(markevery[0]) :: int(markevery[1])]
    places = plain(markevery)
    if places and isinstance(places[0], bool):
        return [point for point, shown in zip(points, places, strict=True) if shown]
    return [points[i] for i in places]


def stepped(xs, ys, style):
    """The corners of a staircase through points."""
    out_x, out_y = list(xs[:1]), list(ys[:1])
    for i in range(1, len(xs)):
        if style == "steps-mid":
            middle = (xs[i - 1] + xs[i]) / 2
            out_x += [middle, middle]
            out_y += [ys[i - 1], ys[i]]
        elif style == "steps-post":
            out_x += [xs[i], xs[i]]
            out_y += [ys[i - 1], ys[i]]
        else:
            out_x += [xs[i - 1], xs[i]]
            out_y += [ys[i], ys[i]]
    if style == "steps-mid":
        out_x += xs[-1:]
        out_y += ys[-1:]
    return out_x, out_y


def thinned(points):
    """Of many points, those that can be told apart: four in each half pixel."""
    if len(points) <= _MANY:
        return points
    kept, column, group = [], None, []
    for point in [*points, (math.inf, 0.0)]:
        x = point[0]
        here = math.floor(x * 2) if math.isfinite(x) else x
        if here != column:
            if len(group) > 4:
                order = sorted(range(len(group)), key=lambda i: group[i][1])
                chosen = {0, len(group) - 1, order[0], order[-1]}
                group = [group[i] for i in sorted(chosen)]
            kept += group
            column, group = here, []
        group.append(point)
    return kept


class AxLine(Line2D):
    """A line through one point with a slope, or through two, across the whole axes."""

    def __init__(self, xy1, xy2, slope, **kwargs):
        super().__init__([0, 1], [0, 1], **kwargs)
        self._xy1, self._xy2, self._slope = xy1, xy2, slope

    def limits(self):
        points = [self._xy1] + ([self._xy2] if self._xy2 else [])
        return [x for x, _ in points], [y for _, y in points]

    def _pixels(self):
        (x1, y1), axes = self._xy1, self.axes
        if self._slope is None:
            x2, y2 = self._xy2
        else:
            x2, y2 = x1 + 1, y1 + self._slope
        (px, py), (qx, qy) = axes.points([x1, x2], [y1, y2])
        x0, y0, x3, y3 = axes.window()
        if abs(qx - px) < 1e-9:
            return [(px, y0), (px, y3)]
        slope = (qy - py) / (qx - px)
        return [(x0, py + slope * (x0 - px)), (x3, py + slope * (x3 - px))]
