"""plot() and its relatives: lines through points."""

import math

from .._line_style import is_format, parse_format
from .._values import broadcast, columns, plain, vector
from ..artist import ALIASES
from ..collections import LineCollection, PolyCollection
from ..container import ErrorbarContainer, StemContainer
from ..lines import AxLine, Line2D
from ..patches import Polygon, Rectangle
from ._frame import FrameAxes


def normal(kwargs, *short):
    """Keyword arguments by their long names; raises TypeError where both are given."""
    found = {}
    for key, value in kwargs.items():
        name = ALIASES.get(key, key)
        if name in found:
            raise TypeError(f"Got both {name!r} and {key!r}, which are aliases of one another")
        found[name] = value
    return found


class LineAxes(FrameAxes):
    """An axes that draws lines."""

    def plot(self, *args, scalex=True, scaley=True, data=None, **kwargs):
        """plot([x], y, [fmt], …): lines and markers. Returns the list of Line2D."""
        if data is not None:
            args = [data[arg] if isinstance(arg, str) and arg in data else arg for arg in args]
        kwargs = normal(kwargs)
        lines = []
        args = list(args)
        while args:
            take = [args.pop(0)]
            if args and not isinstance(args[0], str):
                take.append(args.pop(0))
            if args and isinstance(args[0], str):
                take.append(args.pop(0))
            lines += self._plot_one(take, dict(kwargs))
        for line in lines:
            self.add_line(line)
        return lines

    def _plot_one(self, take, kwargs):
        style, fmt = {}, None
        if len(take) > 1 and isinstance(take[-1], str):
            # plot(["a", "b"], "r") has words as data; a text after data is a format.
            fmt = take.pop()
            names = ("linestyle", "marker", "color")
            style = {k: v for k, v in zip(names, parse_format(fmt), strict=True) if v is not None}
        if len(take) == 2:
            xs, ys = columns(take[0]), columns(take[1])
        else:
            ys = columns(take[0])
            index = getattr(take[0], "index", None)
            given = hasattr(index, "tolist")
            xs = columns(index) if given else [list(range(len(ys[0])))] if ys else [[]]
        if len(xs[0]) != len(ys[0]) and len(take) == 2:
            raise ValueError(
                f"x and y must have same first dimension, but have shapes {_shape(xs)} and "
                f"{_shape(ys)}"
            )
        if len(xs) > 1 and len(ys) > 1 and len(xs) != len(ys):
            raise ValueError(f"x has {len(xs)} columns but y has {len(ys)} columns")
        lines = []
        count = max(len(xs), len(ys))
        labels = kwargs.pop("label", None)
        several = isinstance(labels, (list, tuple)) and count > 1
        for i in range(count):
            x, y = xs[i % len(xs)], ys[i % len(ys)]
            own = {**style, **kwargs}
            own["label"] = labels[i] if several else labels
            lines.append(self._line(x, y, own))
        return lines

    def _line(self, x, y, own):
        wanted = self._line_cycle.rows[0].keys()
        if any(own.get(key) is None for key in wanted):
            own = {**self._line_cycle.next(), **{k: v for k, v in own.items() if v is not None}}
        label = own.pop("label", None)
        line = Line2D([], [], **own)
        line.axes = self
        line.set_data(x, y)
        line.set_label(f"_child{len(self._artists())}" if label is None else label)
        return line

    def plot_date(self, x, y, fmt="o", tz=None, xdate=True, ydate=False, **kwargs):
        (self.xaxis if xdate else self.yaxis)._use_dates()
        return self.plot(x, y, fmt, **kwargs)

    def semilogx(self, *args, **kwargs):
        self.set_xscale("log", **_scale_options(kwargs, "x"))
        return self.plot(*args, **kwargs)

    def semilogy(self, *args, **kwargs):
        self.set_yscale("log", **_scale_options(kwargs, "y"))
        return self.plot(*args, **kwargs)

    def loglog(self, *args, **kwargs):
        options = _scale_options(kwargs, "")
        self.set_xscale("log", **options)
        self.set_yscale("log", **options)
        return self.plot(*args, **kwargs)

    def step(self, x, y, *args, where="pre", data=None, **kwargs):
        """A staircase through points."""
        if where not in ("pre", "post", "mid"):
            raise ValueError(
                f"{where!r} is not a valid value for where; supported values are "
                "'pre', 'post', 'mid'"
            )
        kwargs["drawstyle"] = f"steps-{where}"
        return self.plot(x, y, *args, data=data, **kwargs)

    def stairs(
        self, values, edges=None, *, baseline=0, fill=False, orientation="vertical", **kwargs
    ):
        values = vector(values)
        edges = vector(edges) if edges is not None else [float(i) for i in range(len(values) + 1)]
        points = [[edges[0], float(baseline)]]
        for value, low, high in zip(values, edges, edges[1:], strict=False):
            points += [[low, value], [high, value]]
        points.append([edges[-1], float(baseline)])
        if orientation == "horizontal":
            points = [point[::-1] for point in points]
        color = kwargs.pop("color", None) or self._patch_cycle.next()["color"]
        patch = Polygon(points, closed=fill, fill=fill, edgecolor=color, facecolor=color, **kwargs)
        return self.add_patch(patch)

    def fill_between(
        self, x, y1, y2=0, where=None, interpolate=False, step=None, *, data=None, **kwargs
    ):
        """The area between two curves over x."""
        return self._fill_between("x", x, y1, y2, where, step, kwargs)

    def fill_betweenx(
        self, y, x1, x2=0, where=None, step=None, interpolate=False, *, data=None, **kwargs
    ):
        """The area between two curves beside y."""
        return self._fill_between("y", y, x1, x2, where, step, kwargs)

    def _fill_between(self, along, at, first, second, where, step, kwargs):
        across = "y" if along == "x" else "x"
        at = self.numbers(along, at)
        first = broadcast(self.numbers(across, first), len(at), "arg 1")
        second = broadcast(self.numbers(across, second), len(at), "arg 2")
        shown = [True] * len(at) if where is None else [bool(value) for value in plain(where)]
        if len(shown) != len(at):
            raise ValueError(f"where size ({len(shown)}) does not match {along!r} size ({len(at)})")
        polygons, run = [], []
        for values, show in [
            *zip(zip(at, first, second, strict=True), shown, strict=True),
            ((), False),
        ]:
            if show and all(math.isfinite(value) for value in values):
                run.append(values)
                continue
            if len(run) > 0:
                polygons.append(_band(run, step))
            run = []
        if along == "y":
            polygons = [[point[::-1] for point in polygon] for polygon in polygons]
        kwargs = normal(kwargs)
        if "facecolor" not in kwargs and "color" not in kwargs:
            kwargs["facecolor"] = self._patch_cycle.next()["color"]
        return self.add_collection(PolyCollection(polygons, **kwargs))

    def fill(self, *args, data=None, **kwargs):
        """Areas within points: fill(x, y, [colour], …)."""
        patches, args, kwargs = [], list(args), normal(kwargs)
        while args:
            x, y = self.numbers("x", args.pop(0)), self.numbers("y", args.pop(0))
            own = dict(kwargs)
            if args and isinstance(args[0], str):
                own["color"] = parse_format(args.pop(0))[2]
            if "color" not in own and "facecolor" not in own:
                own["color"] = self._patch_cycle.next()["color"]
            points = [list(point) for point in zip(x, y, strict=True)]
            patches.append(self.add_patch(Polygon(points, **own)))
        return patches

    def axhline(self, y=0, xmin=0, xmax=1, **kwargs):
        """A line across the axes at y."""
        line = Line2D([xmin, xmax], [0, 0], **normal(kwargs))
        line._transform = self.get_yaxis_transform()
        return self._across(line, [], self.numbers("y", [y]), [xmin, xmax], [y, y])

    def axvline(self, x=0, ymin=0, ymax=1, **kwargs):
        """A line up the axes at x."""
        line = Line2D([0, 0], [ymin, ymax], **normal(kwargs))
        line._transform = self.get_xaxis_transform()
        return self._across(line, self.numbers("x", [x]), [], [x, x], [ymin, ymax])

    def _across(self, line, seen_x, seen_y, xs, ys):
        line._xorig, line._yorig = xs, ys
        line._xdata = [seen_x[0]] * 2 if seen_x else list(xs)
        line._ydata = [seen_y[0]] * 2 if seen_y else list(ys)
        line.axes = self
        if not line.get_label():
            line.set_label(f"_child{len(self._artists())}")
        self._add(line, self.lines, see=False)
        # Such a line widens the limits along its own axis only.
        for which, seen in (("x", seen_x), ("y", seen_y)):
            if seen:
                self._see(*((seen, []) if which == "x" else ([], seen)))
        line.limits = lambda: (seen_x, seen_y)
        return line

    def axline(self, xy1, xy2=None, *, slope=None, **kwargs):
        """A line without ends through two points, or through one with a slope."""
        if (xy2 is None) == (slope is None):
            raise TypeError("Exactly one of 'xy2' and 'slope' must be given")
        kwargs = normal(kwargs)
        kwargs.setdefault("color", self._line_cycle.next()["color"])
        return self.add_line(AxLine(xy1, xy2, slope, **kwargs))

    def axhspan(self, ymin, ymax, xmin=0, xmax=1, **kwargs):
        """A band across the axes from ymin to ymax."""
        low, high = self.numbers("y", [ymin, ymax])
        patch = Rectangle((xmin, low), xmax - xmin, high - low, **normal(kwargs))
        patch._transform = self.get_yaxis_transform()
        patch.limits = lambda: ([], [low, high])
        return self.add_patch(patch)

    def axvspan(self, xmin, xmax, ymin=0, ymax=1, **kwargs):
        """A band up the axes from xmin to xmax."""
        low, high = self.numbers("x", [xmin, xmax])
        patch = Rectangle((low, ymin), high - low, ymax - ymin, **normal(kwargs))
        patch._transform = self.get_xaxis_transform()
        patch.limits = lambda: ([low, high], [])
        return self.add_patch(patch)

    def arrow(self, x, y, dx, dy, **kwargs):
        """An arrow from (x, y) by (dx, dy)."""
        from ..patches import FancyArrow

        return self.add_patch(FancyArrow(x, y, dx, dy, **kwargs))

    def hlines(self, y, xmin, xmax, colors=None, linestyles="solid", label="", **kwargs):
        """Lines at each y from xmin to xmax."""
        ys = self.numbers("y", y)
        low, high = (broadcast(self.numbers("x", ends), len(ys)) for ends in (xmin, xmax))
        lines = [[[a, at], [b, at]] for a, b, at in zip(low, high, ys, strict=True)]
        return self._bundle(lines, colors, linestyles, label, kwargs)

    def vlines(self, x, ymin, ymax, colors=None, linestyles="solid", label="", **kwargs):
        """Lines at each x from ymin to ymax."""
        xs = self.numbers("x", x)
        low, high = (broadcast(self.numbers("y", ends), len(xs)) for ends in (ymin, ymax))
        lines = [[[at, a], [at, b]] for a, b, at in zip(low, high, xs, strict=True)]
        return self._bundle(lines, colors, linestyles, label, kwargs)

    def _bundle(self, lines, colors, linestyles, label, kwargs):
        kwargs = normal(kwargs)
        kwargs.setdefault("linestyle", linestyles)
        collection = LineCollection(lines, colors=colors, **kwargs)
        collection.set_label(label)
        return self.add_collection(collection)

    def errorbar(
        self,
        x,
        y,
        yerr=None,
        xerr=None,
        fmt="",
        *,
        ecolor=None,
        elinewidth=None,
        capsize=None,
        barsabove=False,
        capthick=None,
        errorevery=1,
        **kwargs,
    ):
        """Points with error bars. Returns (line, caps, bars)."""
        from .._rc import rcParams

        kwargs = normal(kwargs)
        label = kwargs.pop("label", None)
        xs, ys = self.numbers("x", x), self.numbers("y", y)
        line = None
        if str(fmt).lower() != "none":
            line = self.plot(xs, ys, *([fmt] if fmt else []), label="_nolegend_", **kwargs)[0]
            color = line.get_color()
        else:
            color = kwargs.get("color") or self._line_cycle.next()["color"]
        color = color if ecolor is None else ecolor
        capsize = rcParams["errorbar.capsize"] if capsize is None else capsize
        width = kwargs.get("linewidth") if elinewidth is None else elinewidth
        bars, caps = [], []
        cap = dict(
            linestyle="None", color=color, markersize=2 * capsize, zorder=kwargs.get("zorder")
        )
        if capthick is not None:
            cap["markeredgewidth"] = capthick
        for err, along in ((xerr, "x"), (yerr, "y")):
            if err is None:
                continue
            low, high = _errors(err, len(xs))
            base = xs if along == "x" else ys
            starts = [value - less for value, less in zip(base, low, strict=True)]
            ends = [value + more for value, more in zip(base, high, strict=True)]
            draw = self.hlines if along == "x" else self.vlines
            other = ys if along == "x" else xs
            bars.append(
                draw(other, starts, ends, colors=color, linewidth=width, alpha=kwargs.get("alpha"))
            )
            if capsize:
                for tips in (starts, ends):
                    place = (tips, ys) if along == "x" else (xs, tips)
                    shape = {**cap, "marker": "|" if along == "x" else "_", "label": "_nolegend_"}
                    caps.append(self.add_line(Line2D(*place, **shape)))
        container = ErrorbarContainer(
            (line, tuple(caps), tuple(bars)), xerr is not None, yerr is not None, label=label
        )
        return self.add_container(container)

    def stem(
        self,
        *args,
        linefmt=None,
        markerfmt=None,
        basefmt=None,
        bottom=0,
        label=None,
        orientation="vertical",
        **kwargs,
    ):
        """Stems from a baseline to markers. Returns (markers, stems, baseline)."""
        texts = [arg for arg in args if isinstance(arg, str)]
        numbers = [arg for arg in args if not isinstance(arg, str)]
        ys = self.numbers("y", numbers[-1])
        xs = (
            self.numbers("x", numbers[0])
            if len(numbers) > 1
            else [float(i) for i in range(len(ys))]
        )
        linefmt = linefmt or (texts[0] if texts else "C0-")
        style, _, color = parse_format(linefmt)
        style = style if style not in (None, "None") else "-"
        stems = self.vlines(xs, bottom, ys, colors=color or "C0", linestyles=style)
        _, marker, own = parse_format(markerfmt or (texts[1] if len(texts) > 1 else "o"))
        marker = marker if marker not in (None, "None") else "o"
        markers = self.plot(xs, ys, marker, color=own or color or "C0", label="_nolegend_")[0]
        base = self.plot(
            [min(xs), max(xs)], [bottom, bottom], basefmt or "C3-", label="_nolegend_"
        )[0]
        return self.add_container(StemContainer((markers, stems, base), label=label))

    def stackplot(self, x, *args, labels=(), colors=None, baseline="zero", **kwargs):
        """Areas on top of each other."""
        rows = [row for arg in args for row in (plain(arg) if _two(arg) else [vector(arg)])]
        xs = self.numbers("x", x)
        below, found = [0.0] * len(xs), []
        if baseline == "sym":
            below = [-sum(row[i] for row in rows) / 2 for i in range(len(xs))]
        for i, row in enumerate(rows):
            above = [a + b for a, b in zip(below, row, strict=True)]
            color = colors[i % len(colors)] if colors else self._line_cycle.next()["color"]
            label = labels[i] if i < len(labels) else None
            area = self.fill_between(xs, below, above, facecolor=color, label=label, **kwargs)
            area.sticky_y = [0.0]
            found.append(area)
            below = above
        return found

    def eventplot(
        self,
        positions,
        orientation="horizontal",
        lineoffsets=1,
        linelengths=1,
        colors=None,
        **kwargs,
    ):
        """Rows of short lines at positions."""
        rows = plain(positions)
        rows = rows if rows and isinstance(rows[0], list) else [rows]
        found = []
        for i, row in enumerate(rows):
            at = plain(lineoffsets)
            at = at[i] if isinstance(at, list) else at * (i if len(rows) > 1 else 1)
            length = plain(linelengths)
            half = (length[i] if isinstance(length, list) else length) / 2
            color = colors[i] if isinstance(colors, (list, tuple)) else colors
            draw = self.vlines if orientation == "horizontal" else self.hlines
            color = color or ("C0" if len(rows) == 1 else f"C{i}")
            found.append(draw(row, at - half, at + half, colors=color, **kwargs))
        return found


def _two(values):
    values = plain(values)
    return bool(values) and isinstance(values[0], list)


def _shape(parts):
    rows = len(parts[0]) if parts else 0
    return f"({rows},)" if len(parts) == 1 else f"({rows}, {len(parts)})"


def _band(run, step):
    at, first, second = zip(*run, strict=True)
    if step:
        from ..lines import stepped

        style = f"steps-{step}"
        ups = stepped(list(at), list(first), style)
        downs = stepped(list(at), list(second), style)
        forth = list(zip(*ups, strict=True))
        back = list(zip(*downs, strict=True))
    else:
        forth, back = list(zip(at, first, strict=True)), list(zip(at, second, strict=True))
    return [list(point) for point in [*forth, *reversed(back)]]


def _errors(err, count):
    """Distances down and up for each point."""
    err = plain(err)
    if isinstance(err, list) and len(err) == 2 and isinstance(err[0], list):
        low, high = err
    else:
        low = high = err
    low, high = broadcast(low, count), broadcast(high, count)
    if any(value < 0 for value in (*low, *high)):
        raise ValueError("'yerr' must not contain negative values")
    return low, high


def _scale_options(kwargs, which):
    names = ("base", "subs", "nonpositive")
    return {
        name: kwargs.pop(key) for name in names for key in (name, f"{name}{which}") if key in kwargs
    }


__all__ = ["LineAxes", "is_format", "normal"]
