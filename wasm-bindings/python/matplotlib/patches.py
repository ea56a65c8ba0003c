"""Areas: rectangles, polygons, circles, wedges, arrows."""

import math

from ._canvas import arc_segments, box_segments, line_segments, rounded_segments
from ._line_style import dash_pattern, normal_style
from ._rc import rcParams
from ._values import number, plain
from .artist import Artist


class Patch(Artist):
    """An area with a face and an edge."""

    zorder = 1
    _names = ("facecolor", "edgecolor", "linewidth", "linestyle", "fill", "hatch", "color")

    def __init__(
        self,
        *,
        edgecolor=None,
        facecolor=None,
        color=None,
        linewidth=None,
        linestyle=None,
        fill=True,
        hatch=None,
        **kwargs,
    ):
        super().__init__()
        self._linewidth = rcParams["patch.linewidth"] if linewidth is None else float(linewidth)
        self._linestyle = normal_style(linestyle or "-")
        self._fill = fill
        self._hatch = hatch
        self._facecolor = rcParams["patch.facecolor"] if facecolor is None else facecolor
        self._edgecolor = edgecolor
        if color is not None:
            self.set_color(color)
        self.set(**kwargs)

    def set_color(self, c):
        self._facecolor = self._edgecolor = c

    def set_linestyle(self, ls):
        self._linestyle = normal_style(ls)

    def set_linewidth(self, w):
        self._linewidth = rcParams["patch.linewidth"] if w is None else float(w)

    def get_facecolor(self):
        return self.rgba(self._facecolor) if self._fill else (*self.rgba(self._facecolor)[:3], 0)

    def get_edgecolor(self):
        return self._edge() or (0.0, 0.0, 0.0, 0.0)

    def _edge(self):
        if self._edgecolor is not None:
            return self.rgba(self._edgecolor)
        if rcParams["patch.force_edgecolor"] or not self._fill:
            return self.rgba(rcParams["patch.edgecolor"])
        return None

    def segments(self):
        """The outline in pixels."""
        raise NotImplementedError

    def draw(self, canvas):
        self.draw_segments(canvas, self.segments())

    def draw_segments(self, canvas, segments):
        width = canvas.points(self._linewidth)
        dash = [canvas.points(part) for part in dash_pattern(self._linestyle, self._linewidth)]
        face = self.rgba(self._facecolor) if self._fill else None
        edge = self._edge() if self._linestyle != "None" else None
        canvas.path(segments, face, edge, width, dash)
        if self._hatch:
            draw_hatch(canvas, segments, self._hatch, self._edge() or (0.0, 0.0, 0.0, 1.0))


def draw_hatch(canvas, segments, pattern, color):
    """Lines over an area, by its box (`/`, `\\`, `-`, `|`, `x`, `+`; other signs are dots)."""
    xs = [part[i] for part in segments for i in range(1, len(part), 2)]
    ys = [part[i] for part in segments for i in range(2, len(part), 2)]
    if not xs:
        return
    box = min(xs), min(ys), max(xs), max(ys)
    before, canvas.clip = canvas.clip, _within(box, canvas.clip)
    gap = canvas.points(72 / 6 / max(1, max(pattern.count(sign) for sign in pattern)))
    lines = []
    width, height = box[2] - box[0], box[3] - box[1]
    for sign in dict.fromkeys(pattern.replace("x", "/\\").replace("X", "/\\").replace("+", "-|")):
        if sign in "/\\":
            for i in range(int((width + height) / gap) + 2):
                x = box[0] + i * gap
                if sign == "/":
                    lines += [("M", x - height, box[1]), ("L", x, box[3])]
                else:
                    lines += [("M", x - height, box[3]), ("L", x, box[1])]
        elif sign == "-":
            for i in range(int(height / gap) + 1):
                y = box[1] + (i + 0.5) * gap
                lines += [("M", box[0], y), ("L", box[2], y)]
        elif sign == "|":
            for i in range(int(width / gap) + 1):
                x = box[0] + (i + 0.5) * gap
                lines += [("M", x, box[1]), ("L", x, box[3])]
        else:
            for i in range(int(width / gap) + 1):
                for j in range(int(height / gap) + 1):
                    at = box[0] + (i + 0.5) * gap, box[1] + (j + 0.5) * gap
                    lines += arc_segments(*at, gap / 8, gap / 8)
    canvas.path(lines, None, color, canvas.points(1.0))
    canvas.clip = before


def _within(box, clip):
    if clip is None:
        return box
    return (
        *(max(box[i], clip[i]) for i in (0, 1)),
        *(min(box[i], clip[i]) for i in (2, 3)),
    )


class Rectangle(Patch):
    """A box from its corner `xy`, `width` and `height` in data coordinates."""

    _names = ("x", "y", "xy", "width", "height", "angle", "bounds")

    def __init__(self, xy, width, height, *, angle=0.0, rotation_point="xy", **kwargs):
        self._x, self._y = (number(value) for value in xy)
        self._width, self._height = number(width), number(height)
        self._angle = angle
        super().__init__(**kwargs)

    xy = property(lambda self: (self._x, self._y), lambda self, xy: self.set_xy(xy))

    def set_xy(self, xy):
        self._x, self._y = xy

    def get_xy(self):
        return self._x, self._y

    def set_width(self, w):
        self._width = number(w)

    def set_height(self, h):
        self._height = number(h)

    def get_bbox(self):
        from .transforms import Bbox

        return Bbox.from_bounds(self._x, self._y, self._width, self._height)

    def get_center(self):
        return self._x + self._width / 2, self._y + self._height / 2

    def _corners(self):
        x0, y0, width, height = self._x, self._y, self._width, self._height
        corners = [(0, 0), (width, 0), (width, height), (0, height)]
        if self._angle:
            turn = math.radians(self._angle)
            cos, sin = math.cos(turn), math.sin(turn)
            corners = [(x * cos - y * sin, x * sin + y * cos) for x, y in corners]
        return [(x0 + x, y0 + y) for x, y in corners]

    def limits(self):
        if self._transform is not None:
            return [], []
        xs, ys = zip(*self._corners(), strict=True)
        return list(xs), list(ys)

    def segments(self):
        xs, ys = zip(*self._corners(), strict=True)
        return line_segments(self.place(xs, ys), closed=True)

    def __str__(self):
        return (
            f"Rectangle(xy=({self._x:g}, {self._y:g}), width={self._width:g}, "
            f"height={self._height:g}, angle={self._angle:g})"
        )


class FancyBboxPatch(Rectangle):
    """A box with round corners."""

    def __init__(self, xy, width, height, boxstyle="round", *, mutation_scale=1, **kwargs):
        self._boxstyle = str(boxstyle)
        super().__init__(xy, width, height, **kwargs)

    def set_boxstyle(self, boxstyle=None, **kwargs):
        self._boxstyle = str(boxstyle)

    def segments(self):
        name, *options = self._boxstyle.split(",")
        pad = 0.3
        for option in options:
            key, _, value = option.strip().partition("=")
            if key == "pad":
                pad = float(value)
        x0, y0 = self._x - pad, self._y - pad
        x1, y1 = self._x + self._width + pad, self._y + self._height + pad
        (px0, py0), (px1, py1) = self.place([x0, x1], [y0, y1])
        if not name.startswith("round"):
            return box_segments(px0, py0, px1, py1)
        inner = self.place([self._x], [self._y])[0]
        return rounded_segments(px0, py0, px1, py1, max(inner[0] - px0, 2))


class Polygon(Patch):
    """An area within points."""

    _names = ("xy", "closed")

    def __init__(self, xy, *, closed=True, **kwargs):
        self._xy = [[number(value) for value in point] for point in plain(xy)]
        self._closed = closed
        super().__init__(**kwargs)

    def set_xy(self, xy):
        self._xy = plain(xy)

    xy = property(lambda self: self._xy, set_xy)

    def limits(self):
        xs, ys = zip(*self._xy, strict=True)
        return list(xs), list(ys)

    def segments(self):
        xs, ys = zip(*self._xy, strict=True)
        return line_segments(self.place(xs, ys), self._closed)


class Ellipse(Patch):
    _names = ("center", "width", "height", "angle")

    def __init__(self, xy, width, height, *, angle=0, **kwargs):
        self._center, self._width, self._height = tuple(plain(xy)), width, height
        self._angle = angle
        super().__init__(**kwargs)

    center = property(lambda self: self._center, lambda self, xy: self.set_center(xy))

    def limits(self):
        (x, y), rx, ry = self._center, self._width / 2, self._height / 2
        return [x - rx, x + rx], [y - ry, y + ry]

    def segments(self):
        turn = math.radians(self._angle)
        cos, sin = math.cos(turn), math.sin(turn)
        found = []
        for part in arc_segments(0, 0, self._width / 2, self._height / 2):
            values = []
            for x, y in zip(part[1::2], part[2::2], strict=True):
                at = self._center[0] + x * cos - y * sin, self._center[1] + x * sin + y * cos
                values += self.place([at[0]], [at[1]])[0]
            found.append((part[0], *values))
        return [*found, ("Z",)]


class Circle(Ellipse):
    def __init__(self, xy, radius=5, **kwargs):
        self.radius = radius
        super().__init__(xy, 2 * radius, 2 * radius, **kwargs)

    def set_radius(self, radius):
        self.radius = radius
        self._width = self._height = 2 * radius

    def get_radius(self):
        return self.radius


class Wedge(Patch):
    """A piece of a disc from angle theta1 to theta2, or of a ring `width` wide."""

    def __init__(self, center, r, theta1, theta2, *, width=None, **kwargs):
        self.center, self.r, self.theta1, self.theta2 = center, r, theta1, theta2
        self.width = width
        super().__init__(**kwargs)

    def limits(self):
        (x, y), r = self.center, self.r
        return [x - r, x + r], [y - r, y + r]

    def segments(self):
        whole = abs(self.theta2 - self.theta1) >= 360
        parts = arc_segments(*self.center, self.r, self.r, self.theta1, self.theta2)
        if self.width is not None and self.width < self.r:
            inner = self.r - self.width
            pen = "M" if whole else "L"
            parts += arc_segments(*self.center, inner, inner, self.theta2, self.theta1, pen)
        elif not whole:
            parts.append(("L", *self.center))
        found = []
        for part in parts:
            values = []
            for x, y in zip(part[1::2], part[2::2], strict=True):
                values += self.place([x], [y])[0]
            found.append((part[0], *values))
        return [*found, ("Z",)]


class FancyArrowPatch(Patch):
    """An arrow between two points."""

    def __init__(
        self, posA, posB, *, arrowstyle="simple", connectionstyle=None, mutation_scale=10, **kwargs
    ):
        self._from, self._to, self._style = posA, posB, arrowstyle
        self._connection = connectionstyle
        super().__init__(**kwargs)

    def limits(self):
        return [self._from[0], self._to[0]], [self._from[1], self._to[1]]

    def draw(self, canvas):
        start, end = self.place(*zip(self._from, self._to, strict=True))
        edge = self._edge() or self.rgba("black")
        width = canvas.points(self._linewidth)
        self.draw_arrow(
            canvas, start, end, self._style, self.rgba(self._facecolor), edge, width,
            connection=self._connection,
        )  # fmt: skip

    @staticmethod
    def draw_arrow(
        canvas,
        start,
        end,
        style,
        face,
        edge,
        line,
        width=5.0,
        head=15.0,
        length=15.0,
        connection=None,
    ):
        """Draw an arrow in pixels: '->', '-|>', '<->', '-', 'simple' …"""
        style = str(style).split(",")[0]
        distance = math.dist(start, end)
        if distance < 1e-6:
            return
        bend = 0.0
        for option in str(connection or "").split(","):
            if option.strip().startswith("rad="):
                bend = float(option.split("=")[1])
        dx, dy = (end[0] - start[0]) / distance, (end[1] - start[1]) / distance
        if style in ("simple", "fancy", "wedge"):
            length = min(length, distance)
            side, wing = width / 2, head / 2
            neck = end[0] - dx * length, end[1] - dy * length
            points = [
                (start[0] - dy * side, start[1] + dx * side),
                (neck[0] - dy * side, neck[1] + dx * side),
                (neck[0] - dy * wing, neck[1] + dx * wing),
                end,
                (neck[0] + dy * wing, neck[1] - dx * wing),
                (neck[0] + dy * side, neck[1] - dx * side),
                (start[0] + dy * side, start[1] - dx * side),
            ]
            canvas.path(line_segments(points, True), face, edge, line)
            return
        middle = (
            (start[0] + end[0]) / 2 + dy * distance * bend,
            (start[1] + end[1]) / 2 - dx * distance * bend,
        )
        curve = [
            *(start[i] + 2 / 3 * (middle[i] - start[i]) for i in (0, 1)),
            *(end[i] + 2 / 3 * (middle[i] - end[i]) for i in (0, 1)),
            *end,
        ]
        canvas.path([("M", *start), ("C", *curve)], None, edge, line)
        size = canvas.points(4)
        for tip, other in ((end, middle), (start, middle)):
            sign = style[-2:] if tip is end else style[:2]
            if not (">" in sign or "<" in sign):
                continue
            reach = math.dist(tip, other) or 1
            ux, uy = (tip[0] - other[0]) / reach, (tip[1] - other[1]) / reach
            back = tip[0] - ux * size, tip[1] - uy * size
            wings = [
                (back[0] - uy * size / 2, back[1] + ux * size / 2),
                tip,
                (back[0] + uy * size / 2, back[1] - ux * size / 2),
            ]
            filled = "|" in style
            canvas.path(line_segments(wings, filled), edge if filled else None, edge, line)


class FancyArrow(Polygon):
    """What arrow() draws, in data coordinates."""

    def __init__(
        self,
        x,
        y,
        dx,
        dy,
        *,
        width=0.001,
        length_includes_head=False,
        head_width=None,
        head_length=None,
        **kwargs,
    ):
        head_width = 3 * width if head_width is None else head_width
        head_length = 1.5 * head_width if head_length is None else head_length
        distance = math.hypot(dx, dy) or 1.0
        ux, uy = dx / distance, dy / distance
        length = distance if length_includes_head else distance + head_length
        neck = length - head_length
        corners = [(0, width / 2), (neck, width / 2), (neck, head_width / 2), (length, 0)]
        corners += [(along, -side) for along, side in corners[2::-1]]
        super().__init__([[x + ux * a - uy * s, y + uy * a + ux * s] for a, s in corners], **kwargs)


Arrow = FancyArrow
ConnectionPatch = FancyArrowPatch


class RegularPolygon(Polygon):
    def __init__(self, xy, numVertices, *, radius=5, orientation=0, **kwargs):
        angles = [
            orientation + math.pi / 2 + 2 * math.pi * i / numVertices for i in range(numVertices)
        ]
        x, y = xy
        super().__init__(
            [[x + radius * math.cos(a), y + radius * math.sin(a)] for a in angles], **kwargs
        )
