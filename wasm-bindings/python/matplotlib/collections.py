"""Many shapes as one artist: scatter points, filled areas, bundles of lines, meshes."""

import math

from ._canvas import box_segments, line_segments
from ._line_style import dash_pattern, normal_style
from ._rc import rcParams
from ._values import array, plain, vector
from .artist import Artist
from .cm import ScalarMappable
from .colors import is_color_like, to_rgba_array
from .lines import both_finite
from .markers import MarkerStyle, draw_markers
from .patches import draw_hatch


class Collection(Artist, ScalarMappable):
    """Shapes whose colours, widths and styles take turns, or come from values and a colour map."""

    zorder = 1
    #: Whether it covers the paper, so that black on it must stay black.
    covers = False
    _names = ("facecolor", "edgecolor", "linewidth", "linestyle", "color", "hatch")

    def __init__(
        self,
        *,
        facecolors=None,
        edgecolors=None,
        linewidths=None,
        linestyles="solid",
        cmap=None,
        norm=None,
        facecolor=None,
        edgecolor=None,
        linewidth=None,
        linestyle=None,
        color=None,
        hatch=None,
        **kwargs,
    ):
        Artist.__init__(self)
        ScalarMappable.__init__(self, norm, cmap)
        self._hatch = hatch
        self._facecolor = self._edgecolor = None
        self.set_facecolor(facecolors if facecolor is None else facecolor)
        self.set_edgecolor(edgecolors if edgecolor is None else edgecolor)
        self.set_linewidth(linewidths if linewidth is None else linewidth)
        self.set_linestyle(linestyles if linestyle is None else linestyle)
        if color is not None:
            self.set_color(color)
        self.set(**kwargs)

    def set_color(self, c):
        self.set_facecolor(c)
        self.set_edgecolor(c)

    def set_facecolor(self, c):
        self._facecolor = c

    def set_edgecolor(self, c):
        self._edgecolor = c

    set_facecolors = set_facecolor
    set_edgecolors = set_edgecolor

    def set_linewidth(self, lw):
        default = rcParams["patch.linewidth"]
        self._linewidth = [default] if lw is None else vector(lw) or [default]

    def set_linestyle(self, ls):
        several = isinstance(ls, list) or (
            isinstance(ls, tuple) and ls and isinstance(ls[0], (str, tuple, list))
        )
        self._linestyle = [normal_style(one) for one in (ls if several else [ls])]

    def set_alpha(self, alpha):
        self._alpha = alpha

    def get_facecolor(self):
        return array([list(color) for color in self._faces()])

    def get_edgecolor(self):
        return array([list(color) for color in self._edges(self._faces())])

    get_facecolors, get_edgecolors = get_facecolor, get_edgecolor

    def _mapped(self):
        if self._A is None:
            return None
        shares = self.norm.map(_flat_floats(self._A))
        colors = [self.cmap.rgba(share) for share in shares]
        if isinstance(self._alpha, (int, float)):
            colors = [(*color[:3], self._alpha) for color in colors]
        return colors

    def _faces(self):
        mapped = self._mapped()
        if mapped is not None and not _is_none(self._facecolor):
            return mapped
        color = rcParams["patch.facecolor"] if self._facecolor is None else self._facecolor
        return to_rgba_array(color, plain(self._alpha))

    def _edges(self, faces):
        if self._edgecolor is None:
            return []
        if isinstance(self._edgecolor, str) and self._edgecolor == "face":
            return faces
        return to_rgba_array(self._edgecolor, plain(self._alpha))

    def _strokes(self, canvas, count):
        """For each shape its width and its dashes, in pixels."""
        for i in range(count):
            width = self._linewidth[i % len(self._linewidth)]
            style = self._linestyle[i % len(self._linestyle)]
            dash = [canvas.points(part) for part in dash_pattern(style, width)]
            yield canvas.points(width), dash


def _is_none(color):
    return isinstance(color, str) and color.lower() == "none"


def _flat_floats(values):
    if values and isinstance(values[0], list):
        return [float(value) for row in values for value in row]
    return [float(value) for value in values]


def _turn(values, i):
    return values[i % len(values)] if values else None


class PathCollection(Collection):
    """Markers at points, each with its size and colour; what scatter() returns."""

    _names = ("sizes", "offsets")

    def __init__(self, xs, ys, sizes, marker, **kwargs):
        self._xs, self._ys = xs, ys
        self._sizes = sizes
        self.marker = MarkerStyle(marker)
        super().__init__(**kwargs)

    def set_sizes(self, sizes, dpi=72.0):
        self._sizes = vector(sizes)

    def set_offsets(self, offsets):
        points = plain(offsets)
        self._xs = [float(x) for x, _ in points]
        self._ys = [float(y) for _, y in points]

    def get_offsets(self):
        return array([list(point) for point in zip(self._xs, self._ys, strict=True)])

    def limits(self):
        return ([], []) if self._transform is not None else both_finite(self._xs, self._ys)

    def draw(self, canvas):
        faces = self._faces()
        edges = self._edges(faces)
        points = self.place(self._xs, self._ys)
        groups = {}
        for i, point in enumerate(points):
            look = (
                _turn(self._sizes, i),
                _turn(faces, i),
                _turn(edges, i),
                self._linewidth[i % len(self._linewidth)],
            )
            groups.setdefault(look, []).append(point)
        for (size, face, edge, width), group in groups.items():
            self._draw_group(canvas, group, size, face, edge, width)

    def _draw_group(self, canvas, points, size, face, edge, width):
        if not self.marker.filled:
            face, edge = None, edge or face
        side = canvas.points(math.sqrt(size))
        if edge is not None and edge == face:
            # One shape with its rim in the same colour: no darker ring where it is transparent.
            side += canvas.points(width)
            draw_markers(canvas, self.marker, points, side, face, None, 0)
        else:
            draw_markers(canvas, self.marker, points, side, face, edge, canvas.points(width))

    def draw_markers(self, canvas, points, scale=1.0):
        faces = self._faces()
        edges = self._edges(faces)
        size = sorted(self._sizes)[len(self._sizes) // 2] if self._sizes else 36.0
        look = _turn(faces, 0), _turn(edges, 0)
        self._draw_group(canvas, points, size * scale**2, *look, self._linewidth[0])

    def legend_elements(self, prop="colors", num="auto", fmt=None, func=lambda x: x, **kwargs):
        """Handles and labels for the values that the colours stand for."""
        from .lines import Line2D
        from .ticker import MaxNLocator

        values = sorted(set(_flat_floats(self._A or [])))
        if len(values) > 9:
            low, high = values[0], values[-1]
            values = [v for v in MaxNLocator(nbins=8).tick_values(low, high) if low <= v <= high]
        handles, labels = [], []
        for value in values:
            color = self.cmap.rgba(self.norm.map([value])[0])
            marker = self.marker.get_marker()
            handles.append(Line2D([0], [0], linestyle="None", marker=marker, color=color, **kwargs))
            shown = func(value)
            labels.append(fmt.format(x=shown) if isinstance(fmt, str) else f"{shown:g}")
        return handles, [rf"$\mathdefault{{{label}}}$" for label in labels]


class PolyCollection(Collection):
    """Filled polygons, each a list of points."""

    def __init__(self, verts, sizes=None, *, closed=True, **kwargs):
        self._polygons = plain(verts)
        super().__init__(**kwargs)

    def set_verts(self, verts, closed=True):
        self._polygons = plain(verts)

    def get_paths(self):
        return self._polygons

    def limits(self):
        if self._transform is not None:
            return [], []
        points = [point for polygon in self._polygons for point in polygon]
        return [x for x, _ in points], [y for _, y in points]

    def draw(self, canvas):
        faces = self._faces()
        edges = self._edges(faces)
        strokes = self._strokes(canvas, len(self._polygons))
        for i, (polygon, (width, dash)) in enumerate(zip(self._polygons, strokes, strict=True)):
            if not polygon:
                continue
            path = line_segments(self.place(*zip(*polygon, strict=True)), closed=True)
            edge = _turn(edges, i)
            canvas.path(path, _turn(faces, i), edge, width, dash)
            if self._hatch:
                draw_hatch(canvas, path, self._hatch, edge or (0.0, 0.0, 0.0, 1.0))


FillBetweenPolyCollection = PolyCollection


class PatchCollection(Collection):
    """Patches in one collection."""

    def __init__(self, patches, match_original=False, **kwargs):
        self._patches = list(patches)
        self._original = match_original
        super().__init__(**kwargs)

    def limits(self):
        found = [patch.limits() for patch in self._patches]
        return [x for xs, _ in found for x in xs], [y for _, ys in found for y in ys]

    def draw(self, canvas):
        faces = self._faces()
        edges = self._edges(faces)
        strokes = self._strokes(canvas, len(self._patches))
        for i, (patch, (width, dash)) in enumerate(zip(self._patches, strokes, strict=True)):
            patch.axes = self.axes
            if self._original:
                patch.draw(canvas)
            else:
                canvas.path(patch.segments(), _turn(faces, i), _turn(edges, i), width, dash)


class LineCollection(Collection):
    """Lines, each a list of points."""

    zorder = 2
    _names = ("segments",)

    def __init__(self, segments, *, colors=None, **kwargs):
        self.set_segments(segments)
        colors = kwargs.pop("color", None) if colors is None else colors
        kwargs.setdefault("edgecolors", rcParams["lines.color"] if colors is None else colors)
        kwargs.setdefault("facecolors", "none")
        if kwargs.get("linewidths") is None and kwargs.get("linewidth") is None:
            kwargs["linewidths"] = rcParams["lines.linewidth"]
        super().__init__(**kwargs)

    def set_segments(self, segments):
        self._segments = plain(segments)

    set_verts = set_segments

    def set_color(self, c):
        self._edgecolor = c

    set_colors = set_color

    def get_color(self):
        return self.get_edgecolor()

    get_colors = get_color

    def limits(self):
        if self._transform is not None:
            return [], []
        points = [point for line in self._segments for point in line]
        return [point[0] for point in points], [point[1] for point in points]

    def draw(self, canvas):
        colors = self._mapped() or self._edges([])
        strokes = self._strokes(canvas, len(self._segments))
        for i, (line, (width, dash)) in enumerate(zip(self._segments, strokes, strict=True)):
            points = self.place(*zip(*line, strict=True))
            canvas.path(line_segments(points), None, _turn(colors, i), width, dash)


class QuadMesh(Collection):
    """Boxes between lines of a grid, coloured by values; what pcolormesh() returns."""

    zorder = 0
    covers = True

    def __init__(self, x_edges, y_edges, values, **kwargs):
        self._x, self._y = x_edges, y_edges
        kwargs.setdefault("edgecolors", "none")
        super().__init__(**kwargs)
        self.set_array(values)

    def limits(self):
        return [min(self._x), max(self._x)], [min(self._y), max(self._y)]

    def draw(self, canvas):
        colors = self._mapped()
        count = len(self._x) - 1
        px = [x for x, _ in self.place(self._x, [self._y[0]] * len(self._x))]
        py = [y for _, y in self.place([self._x[0]] * len(self._y), self._y)]
        edges = self._edges([])
        if not edges and _even(px) and _even(py):
            self._draw_image(canvas, colors, px, py, count)
            return
        width = canvas.points(self._linewidth[0])
        for row in range(len(self._y) - 1):
            for column in range(count):
                color = colors[row * count + column]
                if color[3] > 0:
                    box = box_segments(px[column], py[row], px[column + 1], py[row + 1])
                    canvas.path(box, color, _turn(edges, 0), width)

    def _draw_image(self, canvas, colors, px, py, count):
        rows = []
        for row in range(len(py) - 1):
            line = colors[row * count : (row + 1) * count]
            line = line[::-1] if px[-1] < px[0] else line
            rows.append(bytes(round(part * 255) for color in line for part in color))
        if py[-1] > py[0]:
            rows.reverse()
        box = min(px[0], px[-1]), min(py[0], py[-1]), max(px[0], px[-1]), max(py[0], py[-1])
        canvas.image(rows, box)


def _even(edges):
    steps = [b - a for a, b in zip(edges, edges[1:], strict=False)]
    return len(steps) < 2 or max(steps) - min(steps) < 1e-3 * abs(steps[0])


__all__ = [
    "Collection",
    "LineCollection",
    "PatchCollection",
    "PathCollection",
    "PolyCollection",
    "QuadMesh",
    "is_color_like",
]
