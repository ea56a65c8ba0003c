"""The colour bar: an axes that shows which colours stand for which values."""

from .collections import QuadMesh


class Colorbar:
    """The bar of a mappable in its own axes `ax`."""

    def __init__(
        self,
        ax,
        mappable,
        *,
        orientation="vertical",
        label="",
        ticks=None,
        format=None,  # noqa: A002
        extend=None,
        alpha=None,
        **kwargs,
    ):
        self.ax, self.mappable = ax, mappable
        self.orientation = orientation
        mappable = getattr(mappable, "_mappable", mappable)
        if mappable._A is not None:
            mappable.norm.autoscale_None(mappable._A)
        norm = mappable.norm
        if not norm.scaled():
            norm.vmin, norm.vmax = 0.0, 1.0
        self.norm, self.cmap = norm, mappable.cmap
        self.vmin, self.vmax = norm.vmin, norm.vmax
        vertical = orientation == "vertical"
        self._axis = ax.yaxis if vertical else ax.xaxis
        other = ax.xaxis if vertical else ax.yaxis
        other.set_ticks([])
        low, high = (norm.vmin, norm.vmax) if norm.vmin < norm.vmax else (norm.vmin, norm.vmin + 1)
        if type(norm).__name__ == "LogNorm":
            (ax.set_yscale if vertical else ax.set_xscale)("log")
        edges = self._edges(low, high)
        middles = [(a + b) / 2 for a, b in zip(edges, edges[1:], strict=False)]
        cells = [[value] for value in middles] if vertical else [middles]
        place = ([0, 1], edges) if vertical else (edges, [0, 1])
        mesh = QuadMesh(*place, cells, cmap=self.cmap, norm=norm)
        mesh._alpha = getattr(mappable, "_alpha", None) if alpha is None else alpha
        if isinstance(mesh._alpha, list):
            mesh._alpha = None
        self.solids = mesh
        ax.add_collection(mesh, autolim=False)
        (ax.set_ylim if vertical else ax.set_xlim)(low, high)
        (ax.set_xlim if vertical else ax.set_ylim)(0, 1)
        side = "right" if vertical else "bottom"
        self._axis.set_ticks_position(side)
        self._axis.set_label_position(side)
        ax._axisbelow = False
        if ticks is not None:
            self.set_ticks(ticks)
        if format is not None:
            from .ticker import FormatStrFormatter

            percent = isinstance(format, str) and "%" in format
            self._axis.set_major_formatter(FormatStrFormatter(format) if percent else format)
        if label:
            self.set_label(label)

    def _edges(self, low, high):
        count = 256 if self.cmap.N > 32 else self.cmap.N
        if type(self.norm).__name__ == "BoundaryNorm":
            return list(self.norm.boundaries)
        return [self.norm._back(i / count) for i in range(count)] + [high]

    def set_label(self, label, *, loc=None, **kwargs):
        self._axis.set_label_text(label, **kwargs)

    def set_ticks(self, ticks, *, labels=None, minor=False, **kwargs):
        if hasattr(ticks, "tick_values"):
            self._axis.set_major_locator(ticks)
        else:
            self._axis.set_ticks(ticks, labels, minor=minor, **kwargs)

    def set_ticklabels(self, ticklabels, **kwargs):
        self._axis.set_ticklabels(ticklabels, **kwargs)

    def get_ticks(self, minor=False):
        return self._axis.get_ticklocs(minor=minor)

    def minorticks_on(self):
        self._axis.minorticks_on()

    def minorticks_off(self):
        self._axis.minorticks_off()

    def set_alpha(self, alpha):
        self.solids._alpha = alpha

    def update_normal(self, mappable):
        self.__init__(self.ax, mappable, orientation=self.orientation)

    def draw_all(self):
        pass

    def remove(self):
        self.ax.remove()

    @property
    def outline(self):
        return self.ax.spines[:]


def make_place(figure, parents, orientation, fraction, pad, shrink, location):
    """Take room from the axes beside which the bar goes; gives the bar's place."""
    boxes = [axes._fractions() for axes in parents]
    x0, y0 = min(box[0] for box in boxes), min(box[1] for box in boxes)
    x1, y1 = max(box[2] for box in boxes), max(box[3] for box in boxes)
    width, height = x1 - x0, y1 - y0
    vertical = orientation == "vertical"
    pad = (0.05 if vertical else 0.15) if pad is None else pad
    first = location in ("left", "bottom")
    if vertical:
        room, gap = width * fraction, width * pad
        start = x0 if first else x1 - room
        middle, half = (y0 + y1) / 2, height * shrink / 2
        place = (start, middle - half, start + room, middle + half)
        keep = (x0 + room + gap, x1) if first else (x0, x1 - room - gap)
    else:
        room, gap = height * fraction, height * pad
        start = y1 - room if location == "top" else y0
        middle, half = (x0 + x1) / 2, width * shrink / 2
        place = (middle - half, start, middle + half, start + room)
        keep = (y0, y1 - room - gap) if location == "top" else (y0 + room + gap, y1)
    bar = BarPlace(parents, figure, place)
    for axes in parents:
        axes._place = ShrunkPlace(axes._place, vertical, keep, (x0, x1) if vertical else (y0, y1))
    return bar


class ShrunkPlace:
    """A place that gave up a part of its width or height to a colour bar."""

    def __init__(self, place, vertical, keep, whole):
        self.place, self.vertical = place, vertical
        low, high = whole
        span = high - low
        self.shares = (keep[0] - low) / span, (keep[1] - low) / span

    def whole(self, figure):
        """Its box before."""
        return self.place if isinstance(self.place, tuple) else self.place.box(figure)

    def box(self, figure):
        x0, y0, x1, y1 = self.whole(figure)
        low, high = self.shares
        if self.vertical:
            return x0 + low * (x1 - x0), y0, x0 + high * (x1 - x0), y1
        return x0, y0 + low * (y1 - y0), x1, y0 + high * (y1 - y0)


class BarPlace:
    """The place of a colour bar beside one axes: it moves with it."""

    def __init__(self, parents, figure, place):
        self.parents = parents
        boxes = [axes._fractions() for axes in parents]
        x0, y0 = min(box[0] for box in boxes), min(box[1] for box in boxes)
        x1, y1 = max(box[2] for box in boxes), max(box[3] for box in boxes)
        self.shares = (
            (place[0] - x0) / (x1 - x0),
            (place[1] - y0) / (y1 - y0),
            (place[2] - x0) / (x1 - x0),
            (place[3] - y0) / (y1 - y0),
        )

    def box(self, figure):
        boxes = [axes._place.whole(figure) for axes in self.parents]
        x0, y0 = min(box[0] for box in boxes), min(box[1] for box in boxes)
        x1, y1 = max(box[2] for box in boxes), max(box[3] for box in boxes)
        a, b, c, d = self.shares
        return (
            x0 + a * (x1 - x0),
            y0 + b * (y1 - y0),
            x0 + c * (x1 - x0),
            y0 + d * (y1 - y0),
        )
