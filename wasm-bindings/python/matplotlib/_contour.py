"""Contours: lines of equal value through a grid, and the areas between them."""

from ._values import plain, shape, vector
from .collections import LineCollection, QuadMesh
from .colors import ListedColormap, Normalize
from .ticker import MaxNLocator


class ContourSet:
    """What contour() and contourf() return."""

    def __init__(self, axes, levels, collections, mappable):
        self.axes, self.levels, self.collections = axes, levels, collections
        self._mappable = mappable

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._mappable, name)


def _grid(args, levels):
    args = list(args)
    if len(args) in (2, 4):
        levels = args.pop() if levels is None else levels
    z = plain(args[-1])
    rows, columns = shape(z)
    if len(args) == 3:
        x, y = plain(args[0]), plain(args[1])
        x = vector(x[0] if isinstance(x[0], list) else x)
        y = vector([row[0] for row in y] if isinstance(y[0], list) else y)
    else:
        x, y = [float(i) for i in range(columns)], [float(i) for i in range(rows)]
    if len(x) != columns or len(y) != rows:
        raise TypeError(f"Length of x ({len(x)}) must match number of columns in z ({columns})")
    return x, y, z, levels


def _levels(z, levels, filled):
    values = [value for row in z for value in row if value == value]
    low, high = min(values), max(values)
    if levels is None or isinstance(levels, int):
        count = 7 if levels is None else levels
        if low == high:
            return [low, low + 1.0]
        found = MaxNLocator(count + 1, min_n_ticks=1).tick_values(low, high)
        inside = [i for i, level in enumerate(found) if low <= level <= high]
        start, end = (inside[0], inside[-1]) if inside else (0, len(found) - 1)
        start -= start > 0 and found[start] > low
        end += end < len(found) - 1 and found[end] < high
        return found[start : end + 1] if filled else found[start : end + 1]
    return vector(levels)


def contour(axes, args, levels, colors, cmap, linewidths, kwargs):
    x, y, z, levels = _grid(args, levels)
    levels = _levels(z, levels, filled=False)
    segments, values, shades = [], [], []
    single = colors if isinstance(colors, str) else None
    for i, level in enumerate(levels):
        for line in _lines_at(x, y, z, level):
            segments.append(line)
            values.append(level)
            shades.append(single or (colors[i % len(colors)] if colors else "k"))
    kwargs = {key: kwargs[key] for key in ("alpha", "zorder", "linestyles") if key in kwargs}
    found = LineCollection(
        segments, colors=shades or None, linewidths=linewidths, cmap=cmap, **kwargs
    )
    if colors is None:
        found.norm = Normalize(min(levels), max(levels))
        found.set_array(values)
    axes.add_collection(found, autolim=False)
    _limit(axes, found, x, y)
    axes._current_image(found)
    return ContourSet(axes, levels, [found], found)


def _limit(axes, artist, x, y):
    artist.sticky_x, artist.sticky_y = [min(x), max(x)], [min(y), max(y)]
    axes._see(artist.sticky_x, artist.sticky_y)


def _lines_at(x, y, z, level):
    """Marching squares: one short line for each box that the level passes."""
    for i in range(len(y) - 1):
        upper, lower = z[i + 1], z[i]
        for j in range(len(x) - 1):
            corners = (
                (x[j], y[i], lower[j]),
                (x[j + 1], y[i], lower[j + 1]),
                (x[j + 1], y[i + 1], upper[j + 1]),
                (x[j], y[i + 1], upper[j]),
            )
            cuts = []
            for (x0, y0, a), (x1, y1, b) in zip(corners, corners[1:] + corners[:1], strict=True):
                if (a < level) != (b < level):
                    share = (level - a) / (b - a)
                    cuts.append([x0 + share * (x1 - x0), y0 + share * (y1 - y0)])
            yield from (cuts[k : k + 2] for k in range(0, len(cuts) - 1, 2))


def contourf(axes, args, levels, colors, cmap, kwargs):
    x, y, z, levels = _grid(args, levels)
    levels = _levels(z, levels, filled=True)
    bands = max(len(levels) - 1, 1)
    if colors is not None:
        names = [colors] if isinstance(colors, str) else list(colors)
        map_ = ListedColormap([names[i % len(names)] for i in range(bands)])
    else:
        from .cm import get_cmap

        full = get_cmap(cmap)
        map_ = ListedColormap([full.rgba((i + 0.5) / bands) for i in range(bands)])
    fine_x, fine_y, fine_z = _refined(x, y, z)
    shares = [[_band(levels, value) for value in row] for row in fine_z]
    mesh = QuadMesh(
        fine_x, fine_y, shares, cmap=map_, norm=Normalize(0, bands), alpha=kwargs.get("alpha"),
        zorder=kwargs.get("zorder", 1),
    )  # fmt: skip
    map_.set_under("none")
    map_.set_over("none")
    mesh.covers = kwargs.get("alpha") is None
    _limit(axes, mesh, x, y)
    axes.add_collection(mesh, autolim=False)
    bar = QuadMesh([0, 1], [0, 1], [[levels[0]]], cmap=map_, norm=Normalize(levels[0], levels[-1]))
    bar.axes, bar.figure = axes, axes.figure
    axes._current_image(bar)
    return ContourSet(axes, levels, [mesh], bar)


def _band(levels, value):
    for i, (low, high) in enumerate(zip(levels, levels[1:], strict=False)):
        if low <= value < high or (value == high and i == len(levels) - 2):
            return i + 0.5
    return -1.0 if value < levels[0] else len(levels) + 1.0


def _refined(x, y, z):
    """The grid with so many values between its own that its boxes do not show."""
    parts = max(1, min(8, round(200 / max(len(x), len(y)))))

    def inside(values):
        """Values in the middle of each part of the steps between values."""
        return [
            a + (b - a) * (k + 0.5) / parts
            for a, b in zip(values, values[1:], strict=False)
            for k in range(parts)
        ]

    def edges(values):
        steps = [
            a + (b - a) * k / parts
            for a, b in zip(values, values[1:], strict=False)
            for k in range(parts)
        ]
        return [*steps, values[-1]]

    wide = [inside(row) for row in z]
    tall = [inside(list(column)) for column in zip(*wide, strict=True)]
    return edges(x), edges(y), [list(row) for row in zip(*tall, strict=True)]
