"""The four lines around an axes."""

from ._line_style import dash_pattern, normal_style
from ._rc import rcParams
from .artist import Artist


class Spine(Artist):
    """One side of the frame: visible or not, and where it lies."""

    zorder = 2.5
    _names = ("color", "linewidth", "linestyle", "position", "bounds")

    def __init__(self, axes, side):
        super().__init__()
        self.axes, self.side, self.spine_type = axes, side, side
        self._color = rcParams["axes.edgecolor"]
        self._linewidth = rcParams["axes.linewidth"]
        self._linestyle = "-"
        self._position = ("outward", 0.0)
        self._bounds = None
        self._visible = rcParams[f"axes.spines.{side}"]

    set_edgecolor = set_ec = lambda self, color: self.set_color(color)
    get_edgecolor = lambda self: self.rgba(self._color)  # noqa: E731

    def set_linestyle(self, ls):
        self._linestyle = normal_style(ls)

    def set_position(self, position):
        words = {"center": ("axes", 0.5), "zero": ("data", 0)}
        self._position = words.get(position, position)

    def set_bounds(self, low=None, high=None):
        self._bounds = low if isinstance(low, tuple) else (low, high)

    def at(self):
        """Its x (left, right) or y (bottom, top) in pixels."""
        x0, y0, x1, y1 = self.axes.window()
        upright = self.side in ("left", "right")
        kind, value = self._position
        edge = {"left": x0, "right": x1, "bottom": y0, "top": y1}[self.side]
        if kind == "outward":
            sign = 1 if self.side in ("right", "top") else -1
            return edge + sign * value * self.axes.figure.dpi / 72
        if kind == "axes":
            return x0 + value * (x1 - x0) if upright else y0 + value * (y1 - y0)
        x, y = self.axes.points([value], [value])[0]
        return x if upright else y

    def draw(self, canvas):
        x0, y0, x1, y1 = self.axes.window()
        at = self.at()
        upright = self.side in ("left", "right")
        low, high = (y0, y1) if upright else (x0, x1)
        if self._bounds:
            ends = [value for value in self._bounds if value is not None]
            places = [point[upright] for point in self.axes.points(ends, ends)]
            low = places[0] if self._bounds[0] is not None else low
            high = places[-1] if self._bounds[1] is not None else high
        ends = (at, low, at, high) if upright else (low, at, high, at)
        width = canvas.points(self._linewidth)
        dash = [canvas.points(part) for part in dash_pattern(self._linestyle, self._linewidth)]
        canvas.line(*ends, self.rgba(self._color), width, dash, "butt" if dash else "square")


class Spines(dict):
    """The spines by side; `spines[["top", "right"]]` and `spines[:]` are several at once."""

    def __getitem__(self, key):
        if isinstance(key, (list, tuple)):
            return _Several([self[one] for one in key])
        if isinstance(key, slice):
            return _Several(list(self.values()))
        return super().__getitem__(key)

    def __getattr__(self, name):
        if name in self:
            return self[name]
        raise AttributeError(f"'Spines' object does not contain a '{name}' spine")


class _Several:
    def __init__(self, spines):
        self._spines = spines

    def __getattr__(self, name):
        def all_of_them(*args, **kwargs):
            for spine in self._spines:
                getattr(spine, name)(*args, **kwargs)

        return all_of_them
