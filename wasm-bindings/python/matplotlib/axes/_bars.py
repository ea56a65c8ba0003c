"""bar(), hist(), pie() and other areas that stand for numbers."""

import math

from .. import _histogram
from .._rc import rcParams
from .._values import are_words, array, broadcast, finite, plain, vector
from ..container import BarContainer
from ..lines import Line2D
from ..patches import Polygon, Rectangle, Wedge
from ._lines import LineAxes, normal


class BarAxes(LineAxes):
    """An axes that draws bars."""

    def bar(self, x, height, width=0.8, bottom=None, *, align="center", data=None, **kwargs):
        """Bars over x. Returns a BarContainer."""
        return self._bars("x", x, height, width, bottom, align, kwargs)

    def barh(self, y, width, height=0.8, left=None, *, align="center", data=None, **kwargs):
        """Bars beside y. Returns a BarContainer."""
        return self._bars("y", y, width, height, left, align, kwargs)

    def _bars(self, along, at, lengths, thick, base, align, kwargs):
        if align not in ("center", "edge"):
            raise ValueError(
                f"{align!r} is not a valid value for align; supported values are 'center', 'edge'"
            )
        across = "y" if along == "x" else "x"
        kwargs = normal(kwargs)
        words = plain(at)
        lengths = vector(lengths)
        at = self.numbers(along, words)
        count = max(len(at), len(lengths))
        if 1 not in (len(at), len(lengths)) and len(at) != len(lengths):
            raise ValueError(
                "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is "
                f"between arg 0 with shape ({len(at)},) and arg 1 with shape ({len(lengths)},)."
            )
        at, lengths = broadcast(at, count, "arg 0"), broadcast(lengths, count, "arg 1")
        thick = broadcast(thick, count, "arg 2")
        starts = broadcast(0.0 if base is None else base, count, "arg 3")
        errors = {key: kwargs.pop(key, None) for key in ("xerr", "yerr")}
        look = dict(
            ecolor=kwargs.pop("ecolor", "k"),
            capsize=kwargs.pop("capsize", rcParams["errorbar.capsize"]),
            **(kwargs.pop("error_kw", None) or {}),
        )
        if kwargs.pop("log", False):
            (self.set_yscale if along == "x" else self.set_xscale)("log")
        ticks = kwargs.pop("tick_label", None)
        label = kwargs.pop("label", None)
        labels = plain(label) if isinstance(label, (list, tuple)) else None
        colors = _each(kwargs.pop("color", None), kwargs.pop("facecolor", None), count)
        if colors is None:
            colors = [self._patch_cycle.next()["color"]] * count
        edges = _each(kwargs.pop("edgecolor", None), None, count) or [None] * count
        widths = kwargs.pop("linewidth", None)
        widths = [None] * count if widths is None else broadcast(widths, count)
        hatches = kwargs.pop("hatch", None)
        bars = []
        for i in range(count):
            side = at[i] - thick[i] / 2 if align == "center" else at[i]
            box = (side, starts[i], thick[i], lengths[i])
            box = box if along == "x" else (box[1], box[0], box[3], box[2])
            hatch = hatches[i] if isinstance(hatches, (list, tuple)) else hatches
            bar = Rectangle(
                box[:2],
                *box[2:],
                facecolor=colors[i],
                edgecolor=edges[i],
                linewidth=widths[i],
                hatch=hatch,
                **kwargs,
            )
            bar.set_label(labels[i] if labels else "_nolegend_")
            setattr(bar, f"sticky_{across}", [starts[i]])
            bars.append(self.add_patch(bar))
        error = None
        if errors["xerr"] is not None or errors["yerr"] is not None:
            tips = [s + length for s, length in zip(starts, lengths, strict=True)]
            middle = [a if align == "center" else a + t / 2 for a, t in zip(at, thick, strict=True)]
            place = (middle, tips) if along == "x" else (tips, middle)
            error = self.errorbar(*place, fmt="none", label="_nolegend_", **errors, **look)
        if ticks is not None:
            texts = [ticks] * count if isinstance(ticks, str) else plain(ticks)
            (self.xaxis if along == "x" else self.yaxis).set_ticks(at, texts)
        return self.add_container(
            BarContainer(
                bars,
                error,
                datavalues=array(lengths),
                orientation="vertical" if along == "x" else "horizontal",
                label="_nolegend_" if labels else label,
            )
        )

    def bar_label(
        self, container, labels=None, *, fmt="%g", label_type="edge", padding=0, **kwargs
    ):
        """Write each bar's length at its end or in its middle."""
        upright = container.orientation != "horizontal"
        found = []
        for i, bar in enumerate(container.patches):
            (x, y), (width, height) = bar.get_xy(), (bar.get_width(), bar.get_height())
            value = height if upright else width
            text = labels[i] if labels is not None else _formatted(fmt, value)
            middle = label_type == "center"
            sign = -1 if value < 0 else 1
            share = 0.5 if middle else 1.0
            if upright:
                place, gap = (x + width / 2, y + height * share), (0, sign * padding)
                align = ("center", "center" if middle else "bottom" if sign > 0 else "top")
            else:
                place, gap = (x + width * share, y + height / 2), (sign * padding, 0)
                align = ("center" if middle else "left" if sign > 0 else "right", "center")
            look = {"ha": align[0], "va": align[1], **kwargs}
            found.append(self.annotate(text, place, xytext=gap, textcoords="offset points", **look))
        return found

    def broken_barh(self, xranges, yrange, **kwargs):
        """Bars beside each other in one row."""
        low, high = yrange
        kwargs.setdefault("color", self._patch_cycle.next()["color"])
        return [
            self.add_patch(Rectangle((start, low), width, high, **kwargs))
            for start, width in plain(xranges)
        ]

    def hist(
        self,
        x,
        bins=None,
        *,
        range=None,  # noqa: A002
        density=False,
        weights=None,
        cumulative=False,
        bottom=None,
        histtype="bar",
        align="mid",
        orientation="vertical",
        rwidth=None,
        log=False,
        color=None,
        label=None,
        stacked=False,
        data=None,
        **kwargs,
    ):
        """Count values in bins and draw the counts. Returns (counts, edges, bars)."""
        density = kwargs.pop("normed", density)
        sets = _sets(x)
        if any(are_words(one) for one in sets):
            sets = [self.numbers("x", one) for one in sets]
            bins = bins or [i - 0.5 for i in _numbers_to(max(map(max, sets)) + 1)]
        sets = [vector(one) for one in sets]
        loads = [None] * len(sets) if weights is None else [vector(w) for w in _sets(weights)]
        everything = [value for one in sets for value in one if value == value]
        edges = _histogram.bin_edges(
            everything, rcParams["hist.bins"] if bins is None else bins, range
        )
        counts = [_histogram.count(one, edges, load) for one, load in zip(sets, loads, strict=True)]
        if density:
            if stacked:
                sizes = [high - low for low, high in zip(edges, edges[1:], strict=False)]
                total = sum(map(sum, counts))
                counts = [
                    [number / total / size for number, size in zip(row, sizes, strict=True)]
                    for row in counts
                ]
            else:
                counts = [_histogram.density(row, edges) for row in counts]
        if cumulative:
            counts = [_summed(row, edges if density else None, cumulative) for row in counts]
        tops = counts
        if stacked:
            tops = [
                [sum(column[: i + 1]) for column in zip(*counts, strict=True)]
                for i, _ in enumerate(counts)
            ]
        colors = _each(color, None, len(sets)) or [self._line_cycle.next()["color"] for _ in sets]
        labels = label if isinstance(label, (list, tuple)) else [label] + [None] * (len(sets) - 1)
        kwargs = normal(kwargs)
        groups = []
        for i, row in enumerate(counts):
            base = (
                tops[i - 1]
                if stacked and i
                else broadcast(0.0 if bottom is None else bottom, len(row))
            )
            own = {"color": colors[i], **kwargs}
            if histtype.startswith("step"):
                group = self._outline(edges, row, base, histtype, orientation, own)
            else:
                place = (i, len(sets)) if histtype == "bar" and not stacked else (0, 1)
                group = self._hist_bars(edges, row, base, place, align, rwidth, orientation, own)
            holder = group[0]
            holder.set_label(
                labels[i] if i < len(labels) and labels[i] is not None else "_nolegend_"
            )
            groups.append(group)
        if log:
            (self.set_yscale if orientation == "vertical" else self.set_xscale)("log")
        if len(sets) == 1:
            return array(tops[0]), array(edges), groups[0]
        return array(tops), array(edges), groups

    def _hist_bars(self, edges, counts, base, place, align, rwidth, orientation, own):
        which, many = place
        share = rwidth if rwidth is not None else (0.8 if many > 1 else 1.0)
        widths = [(high - low) * share / many for low, high in zip(edges, edges[1:], strict=False)]
        middles = [(low + high) / 2 for low, high in zip(edges, edges[1:], strict=False)]
        shift = {"mid": 0.0, "left": -0.5, "right": 0.5}[align] * (edges[1] - edges[0])
        at = [
            middle + shift + (which - (many - 1) / 2) * width
            for middle, width in zip(middles, widths, strict=True)
        ]
        draw = self.bar if orientation == "vertical" else self.barh
        return draw(at, counts, widths, base, align="center", **own)

    def _outline(self, edges, counts, base, histtype, orientation, own):
        points = [[edges[0], base[0]]]
        for value, low, high, under in zip(counts, edges, edges[1:], base, strict=False):
            points += [[low, value + under], [high, value + under]]
        points.append([edges[-1], base[-1]])
        filled = histtype == "stepfilled"
        if orientation == "horizontal":
            points = [point[::-1] for point in points]
        color = own.pop("color")
        edge = own.pop("edgecolor", None if filled else color)
        patch = Polygon(points, closed=filled, fill=filled, facecolor=color, edgecolor=edge, **own)
        setattr(patch, "sticky_y" if orientation == "vertical" else "sticky_x", [0.0])
        return [self.add_patch(patch)]

    def pie(
        self,
        x,
        explode=None,
        labels=None,
        colors=None,
        autopct=None,
        pctdistance=0.6,
        shadow=False,
        labeldistance=1.1,
        startangle=0,
        radius=1,
        counterclock=True,
        wedgeprops=None,
        textprops=None,
        center=(0, 0),
        frame=False,
        rotatelabels=False,
        *,
        normalize=True,
        data=None,
    ):
        """A disc cut into shares. Returns (wedges, texts) or (wedges, texts, percentages)."""
        values = vector(x)
        if any(value < 0 for value in values):
            raise ValueError("Wedge sizes 'x' must be non negative values")
        total = sum(values) if normalize else 1.0
        shares = [value / total for value in values]
        labels = [""] * len(shares) if labels is None else plain(labels)
        if len(labels) != len(shares):
            raise ValueError("'label' must be of length 'x'")
        offsets = [0.0] * len(shares) if explode is None else vector(explode)
        cycle = [row["color"] for row in self._line_cycle.rows]
        colors = list(colors) if colors is not None else cycle
        wedges, texts, percents = [], [], []
        angle = startangle / 360
        for i, (share, label, out) in enumerate(zip(shares, labels, offsets, strict=True)):
            end = angle + share if counterclock else angle - share
            turn = 2 * math.pi * (angle + end) / 2
            cx, cy = center[0] + out * math.cos(turn), center[1] + out * math.sin(turn)
            low, high = sorted((angle, end))
            look = {"facecolor": colors[i % len(colors)], **(wedgeprops or {})}
            wedge = Wedge((cx, cy), radius, 360 * low, 360 * high, **look)
            wedge.set_label(label)
            wedge._clip_on = False
            wedges.append(self.add_patch(wedge))
            if labeldistance is not None:
                x0 = cx + labeldistance * radius * math.cos(turn)
                y0 = cy + labeldistance * radius * math.sin(turn)
                ha = "left" if x0 > 0 else "right"
                props = {"ha": ha, "va": "center", **(textprops or {})}
                texts.append(self.text(x0, y0, label, **props))
            if autopct is not None:
                x0 = cx + pctdistance * radius * math.cos(turn)
                y0 = cy + pctdistance * radius * math.sin(turn)
                text = autopct(100 * share) if callable(autopct) else autopct % (100 * share)
                props = {"ha": "center", "va": "center", **(textprops or {})}
                percents.append(self.text(x0, y0, text, **props))
            angle = end
        if not frame:
            self._frame_on = False
            self.set_xticks([])
            self.set_yticks([])
            self.set_xlim(-1.25 * radius + center[0], 1.25 * radius + center[0])
            self.set_ylim(-1.25 * radius + center[1], 1.25 * radius + center[1])
        self.set_aspect("equal")
        return (wedges, texts) if autopct is None else (wedges, texts, percents)

    def boxplot(
        self,
        x,
        notch=None,
        sym=None,
        vert=True,
        whis=1.5,
        positions=None,
        widths=None,
        patch_artist=False,
        tick_labels=None,
        labels=None,
        showfliers=True,
        showmeans=False,
        showcaps=True,
        orientation=None,
        boxprops=None,
        medianprops=None,
        whiskerprops=None,
        capprops=None,
        flierprops=None,
        meanprops=None,
        meanline=False,
        **kwargs,
    ):
        """Boxes from quartile to quartile with whiskers. Returns a dict of lists of lines."""
        vert = vert if orientation is None else orientation == "vertical"
        sets = [sorted(finite(vector(one))) for one in _sets(x)]
        positions = (
            vector(positions) if positions is not None else [i + 1.0 for i in range_of(sets)]
        )
        span = max(positions) - min(positions)
        default = min(max(0.15 * span, 0.15), 0.5)
        widths = [default] * len(sets) if widths is None else broadcast(widths, len(sets))
        found = {key: [] for key in ("whiskers", "caps", "boxes", "medians", "fliers", "means")}

        def line(key, xs, ys, props, **look):
            if not vert:
                xs, ys = ys, xs
            look = {"color": "black", "linewidth": 1.0, **look, **normal(props or {})}
            found[key].append(self.add_line(Line2D(xs, ys, **look)))

        for values, at, width in zip(sets, positions, widths, strict=True):
            if not values:
                continue
            q1, median, q3 = (_histogram.percentile(values, p) for p in (25, 50, 75))
            reach = whis * (q3 - q1)
            inside = [value for value in values if q1 - reach <= value <= q3 + reach]
            low, high = min(inside[0], q1), max(inside[-1], q3)
            left, right = at - width / 2, at + width / 2
            if patch_artist:
                box = (left, q1, width, q3 - q1) if vert else (q1, left, q3 - q1, width)
                look = {"edgecolor": "black", **normal(boxprops or {})}
                found["boxes"].append(self.add_patch(Rectangle(box[:2], *box[2:], **look)))
            else:
                corners = [left, right, right, left, left], [q1, q1, q3, q3, q1]
                line("boxes", *corners, boxprops)
            for start, end in ((q1, low), (q3, high)):
                line("whiskers", [at, at], [start, end], whiskerprops)
                if showcaps:
                    line("caps", [at - width / 4, at + width / 4], [end, end], capprops)
            line("medians", [left, right], [median] * 2, medianprops, color="C1", zorder=2.1)
            if showmeans:
                mean = sum(values) / len(values)
                look = dict(linestyle="None", marker="^", color="C2")
                line("means", [at], [mean], meanprops, **look)
            if showfliers and sym != "":
                far = [value for value in values if not low <= value <= high]
                look = dict(linestyle="None", marker="o", markerfacecolor="none")
                line("fliers", [at] * len(far), far, flierprops, **look)
        names = tick_labels if tick_labels is not None else labels
        axis = self.xaxis if vert else self.yaxis
        shown = plain(names) if names is not None else [f"{at:g}" for at in positions]
        axis.set_ticks(positions, shown)
        low, high = min(positions) - 0.5, max(positions) + 0.5
        (self.set_xlim if vert else self.set_ylim)(low, high)
        return found

    def violinplot(self, dataset, positions=None, widths=0.5, **kwargs):
        raise NotImplementedError(
            "violinplot is not part of Unroll's matplotlib; use boxplot(), or put "
            '"matplotlib" into the panel\'s packages'
        )

    def hist2d(self, x, y, bins=10, range=None, density=False, **kwargs):  # noqa: A002
        """Count points in boxes. Returns (counts, x edges, y edges, mesh)."""
        xs, ys = vector(x), vector(y)
        several = isinstance(bins, (list, tuple)) and len(bins) == 2
        both = bins if several else (bins, bins)
        spans = range if range is not None else (None, None)
        edges = [
            _histogram.bin_edges(values, one, span)
            for values, one, span in zip((xs, ys), both, spans, strict=True)
        ]
        counts = [[0.0] * (len(edges[1]) - 1) for _ in edges[0][1:]]
        for a, b in zip(xs, ys, strict=True):
            i, j = _histogram.place(edges[0], a), _histogram.place(edges[1], b)
            if i is not None and j is not None:
                counts[i][j] += 1
        mesh = self.pcolormesh(*edges, [list(row) for row in zip(*counts, strict=True)], **kwargs)
        return array(counts), array(edges[0]), array(edges[1]), mesh


def range_of(values):
    return range(len(values))


def _numbers_to(count):
    return range(int(count) + 1)


def _formatted(fmt, value):
    if callable(fmt):
        return fmt(value)
    return fmt.format(value) if "{" in fmt else fmt % value


def _each(first, second, count):
    """One colour for each of so many, from one colour or a list of them."""
    from ..colors import is_color_like

    chosen = second if first is None else first
    if chosen is None:
        return None
    if isinstance(chosen, str) or (is_color_like(chosen) and not isinstance(chosen, list)):
        return [chosen] * count
    chosen = plain(chosen) if hasattr(chosen, "tolist") else list(chosen)
    if chosen and isinstance(chosen[0], (int, float)):
        return [tuple(chosen)] * count
    return [chosen[i % len(chosen)] for i in range(count)]


def _sets(x):
    """Data as a list of data sets: the rows of a list of lists, the columns of an array."""
    values = plain(x)
    if not isinstance(values, list):
        return [[values]]
    if not values or not isinstance(values[0], list):
        return [values]
    if hasattr(x, "shape") and len(x.shape) == 2:
        return [list(column) for column in zip(*values, strict=True)]
    return values


def _summed(row, edges, direction):
    if edges is not None:
        row = [n * (high - low) for n, low, high in zip(row, edges, edges[1:], strict=False)]
    backward = not isinstance(direction, bool) and direction < 0
    row = row[::-1] if backward else row
    total, found = 0.0, []
    for value in row:
        total += value
        found.append(total)
    return found[::-1] if backward else found
