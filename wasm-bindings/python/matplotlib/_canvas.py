"""What a figure is made of: paths, texts and images in pixels, y upwards, that writers put out."""

import math
from typing import NamedTuple

from ._text_size import ASCENT, DESCENT, LINE, text_size

#: Colours that change with the page's theme: ink, paper, and the grey of grids and of legends'
#: frames, which is thin ink.
_ROLES = {
    (0.0, 0.0, 0.0): "ink",
    (1.0, 1.0, 1.0): "paper",
    (176 / 255, 176 / 255, 176 / 255): "grey",
    (0.8, 0.8, 0.8): "grey",
}


class Paint(NamedTuple):
    """A colour, and what it is on a page whose theme changes it: ink, paper, grey or nothing."""

    rgba: tuple
    role: str = ""


class PathItem(NamedTuple):
    """Lines and curves: segments ("M", x, y), ("L", x, y), ("C", six numbers), ("Z",)."""

    segments: list
    fill: Paint | None
    stroke: Paint | None
    width: float
    dash: tuple
    cap: str
    join: str
    clip: tuple | None
    hatch: str | None
    #: Of lines that only their colours tell apart the place in their order; None for all else.
    order: int | None = None


class TextItem(NamedTuple):
    """A line of text with its baseline at (x, y), turned about that point."""

    x: float
    y: float
    text: str
    size: float
    anchor: str
    angle: float
    paint: Paint
    bold: bool
    italic: bool
    family: str
    clip: tuple | None


class ImageItem(NamedTuple):
    """Rows of rgba bytes from the top, over the box (x0, y0, x1, y1)."""

    rows: list
    box: tuple
    smooth: bool
    clip: tuple | None


class Canvas:
    """Collects what is drawn on `width` by `height` pixels at `dpi` dots an inch."""

    def __init__(self, width, height, dpi):
        self.width, self.height, self.dpi = width, height, dpi
        self.items = []
        self.clip = None
        #: Whether black and white are the learner's own here: beside an image they stay.
        self.fixed_colors = False
        #: Whether a page shows it: that may draw below the figure, and knows lines that colours
        #: alone tell apart.
        self.on_page = False
        self.bottom = 0.0

    def points(self, value):
        """Points (1/72 inch) as pixels."""
        return value * self.dpi / 72

    def paint(self, rgba):
        """The paint of a colour; black is ink and white is paper, which a dark page exchanges."""
        if rgba is None or rgba[3] <= 0:
            return None
        role = "" if self.fixed_colors else _ROLES.get(tuple(rgba[:3]), "")
        return Paint(tuple(rgba), role)

    def path(
        self,
        segments,
        fill=None,
        stroke=None,
        width=1.0,
        dash=(),
        cap="butt",
        join="miter",
        hatch=None,
        order=None,
    ):
        """Draw segments; fill and stroke are rgba, width and dash are in pixels."""
        fill, stroke = self.paint(fill), self.paint(stroke) if width > 0 else None
        if segments and (fill or stroke or hatch):
            look = fill, stroke, width, tuple(dash), cap, join
            order = order if self.on_page else None
            self.items.append(PathItem(segments, *look, self.clip, hatch, order))

    def line(self, x0, y0, x1, y1, stroke, width, dash=(), cap="butt", order=None):
        self.path([("M", x0, y0), ("L", x1, y1)], None, stroke, width, dash, cap, order=order)

    def rectangle(self, x0, y0, x1, y1, fill=None, stroke=None, width=1.0):
        self.path(box_segments(x0, y0, x1, y1), fill, stroke, width)

    def image(self, rows, box, smooth=False):
        self.items.append(ImageItem(rows, box, smooth, self.clip))

    def text(
        self,
        x,
        y,
        text,
        size,
        color,
        ha="left",
        va="baseline",
        angle=0.0,
        bold=False,
        italic=False,
        family="sans-serif",
        spacing=LINE,
        align=None,
        anchored=False,
    ):
        """Draw text of one or more lines so that its turned box has (x, y) at its (ha, va)."""
        paint = self.paint(color)
        if not text or paint is None:
            return
        place = place_text(
            text, size, ha, va, angle, bold, family == "monospace", spacing, anchored
        )
        turn = math.radians(angle)
        cos, sin = math.cos(turn), math.sin(turn)
        align = align or ha
        shift = {"left": 0.0, "center": place.width / 2, "right": place.width}[align]
        anchor = {"left": "start", "center": "middle", "right": "end"}[align]
        for i, line in enumerate(text.split("\n")):
            down = size * (ASCENT + spacing * i)
            dx, dy = place.left + shift, place.top - down
            at = x + dx * cos - dy * sin, y + dx * sin + dy * cos
            if line:
                self.items.append(
                    TextItem(*at, line, size, anchor, angle, paint, bold, italic, family, self.clip)
                )


class Placed(NamedTuple):
    """Where a text's own box lies about its point, before turning: left and top, and its size."""

    left: float
    top: float
    width: float
    height: float

    def box(self, x, y, angle=0.0):
        """(x0, y0, x1, y1) around the turned text."""
        turn = math.radians(angle)
        cos, sin = math.cos(turn), math.sin(turn)
        corners = [
            (x + dx * cos - dy * sin, y + dx * sin + dy * cos)
            for dx in (self.left, self.left + self.width)
            for dy in (self.top - self.height, self.top)
        ]
        xs, ys = zip(*corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)


def place_text(
    text,
    size,
    ha="left",
    va="baseline",
    angle=0.0,
    bold=False,
    mono=False,
    spacing=LINE,
    anchored=False,
):
    """Where a text goes whose turned box is aligned: by ha and va about a point at 0, 0."""
    width, height = text_size(text, size, bold, mono, spacing)
    turn = math.radians(angle)
    cos, sin = math.cos(turn), math.sin(turn)
    if anchored:
        # The text is aligned first and turned about its point after that.
        left = {"left": 0.0, "center": -width / 2, "right": -width}[ha]
        return Placed(left, _above(va, -height, 0.0, size), width, height)
    box = Placed(0.0, 0.0, width, height).box(0, 0, angle)
    want_x = {"left": -box[0], "right": -box[2], "center": -(box[0] + box[2]) / 2}[ha]
    want_y = _above(va, box[1], box[3], size)
    if va in ("baseline", "center_baseline") and angle % 180:
        base = -height + size * DESCENT
        want_y = -(base * cos) if va == "baseline" else -(box[1] + box[3]) / 2
    # The offset in the page's directions, turned back into the text's own.
    return Placed(want_x * cos + want_y * sin, -want_x * sin + want_y * cos, width, height)


def _above(va, bottom, top, size):
    """How far a box from `bottom` to `top` moves so that `va` of it comes to 0."""
    if va == "top":
        return -top
    if va == "bottom":
        return -bottom
    if va == "baseline":
        return -bottom - size * DESCENT
    return -(bottom + top) / 2 - (size * DESCENT / 2 if va == "center_baseline" else 0)


def box_segments(x0, y0, x1, y1):
    return [("M", x0, y0), ("L", x1, y0), ("L", x1, y1), ("L", x0, y1), ("Z",)]


def rounded_segments(x0, y0, x1, y1, r):
    """A box with round corners."""
    k = r * 0.45
    return [
        ("M", x0 + r, y0),
        ("L", x1 - r, y0),
        ("C", x1 - k, y0, x1, y0 + k, x1, y0 + r),
        ("L", x1, y1 - r),
        ("C", x1, y1 - k, x1 - k, y1, x1 - r, y1),
        ("L", x0 + r, y1),
        ("C", x0 + k, y1, x0, y1 - k, x0, y1 - r),
        ("L", x0, y0 + r),
        ("C", x0, y0 + k, x0 + k, y0, x0 + r, y0),
        ("Z",),
    ]


def line_segments(points, closed=False):
    """Segments through points; a point that is not finite is a gap."""
    segments, pen = [], "M"
    for x, y in points:
        if x - x == 0 and y - y == 0:
            segments.append((pen, x, y))
            pen = "L"
        else:
            pen = "M"
    if closed and segments:
        segments.append(("Z",))
    return segments


def arc_segments(cx, cy, rx, ry, start=0.0, end=360.0, pen="M"):
    """An elliptic arc between angles in degrees, as curves."""
    count = max(1, math.ceil(abs(end - start) / 90))
    step = math.radians(end - start) / count
    k = 4 / 3 * math.tan(step / 4)
    angle = math.radians(start)
    segments = [(pen, cx + rx * math.cos(angle), cy + ry * math.sin(angle))]
    for _ in range(count):
        c0, s0 = math.cos(angle), math.sin(angle)
        angle += step
        c1, s1 = math.cos(angle), math.sin(angle)
        segments.append(
            (
                "C",
                *(cx + rx * (c0 - k * s0), cy + ry * (s0 + k * c0)),
                *(cx + rx * (c1 + k * s1), cy + ry * (s1 - k * c1)),
                *(cx + rx * c1, cy + ry * s1),
            )
        )
    return segments


def item_box(item):
    """(x0, y0, x1, y1) around an item, within its clip."""
    if isinstance(item, ImageItem):
        box = item.box
    elif isinstance(item, TextItem):
        ha = {"start": "left", "middle": "center", "end": "right"}[item.anchor]
        place = place_text(item.text, item.size, ha, "baseline", 0, item.bold, anchored=True)
        box = place.box(item.x, item.y, item.angle)
    else:
        xs = [value for part in item.segments for value in part[1::2]]
        ys = [value for part in item.segments for value in part[2::2]]
        if not xs:
            return None
        half = item.width / 2 if item.stroke else 0
        box = min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half
    if item.clip:
        clip = item.clip
        box = *(max(box[i], clip[i]) for i in (0, 1)), *(min(box[i], clip[i]) for i in (2, 3))
        if box[0] > box[2] or box[1] > box[3]:
            return None
    return box
