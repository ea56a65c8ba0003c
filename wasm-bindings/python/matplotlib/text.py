"""Text and annotations."""

import math

from ._canvas import LINE, box_segments, line_segments, place_text, rounded_segments
from ._rc import font_size, rcParams
from .artist import Artist
from .patches import FancyArrowPatch


class Text(Artist):
    """Text at a place, aligned by `ha` and `va`, turned by `rotation`."""

    zorder = 3
    _names = (
        *("text", "color", "fontsize", "fontweight", "fontstyle", "fontfamily", "rotation"),
        *("horizontalalignment", "verticalalignment", "bbox", "linespacing", "rotation_mode"),
        *("multialignment", "backgroundcolor", "position", "x", "y", "fontdict"),
    )

    def __init__(self, x=0, y=0, text="", *, color=None, fontsize=None, transform=None, **kwargs):
        super().__init__()
        self._x, self._y = x, y
        self.set_text(text)
        self._given = color is not None
        self._color = rcParams["text.color"] if color is None else color
        self._fontsize = font_size(fontsize)
        self._fontweight = rcParams["font.weight"]
        self._fontstyle = rcParams["font.style"]
        self._fontfamily = rcParams["font.family"]
        self._rotation = 0.0
        self._horizontalalignment, self._verticalalignment = "left", "baseline"
        self._linespacing, self._rotation_mode = LINE, "default"
        self._multialignment = self._bbox = self._backgroundcolor = self._fontdict = None
        self._transform = transform
        self._clip_on = False
        self.set(**kwargs)

    def set_text(self, s):
        self._text = "" if s is None else str(s)

    def set_color(self, color):
        from .colors import check_color

        if not (isinstance(color, str) and color == "auto"):
            check_color(color)
        self._given = True
        self._color = color

    def set_fontsize(self, fontsize):
        self._fontsize = font_size(fontsize)

    def set_fontdict(self, fontdict):
        self.set(**(fontdict or {}))

    set_fontproperties = set_font_properties = set_font = lambda self, value: self.set(
        **value if isinstance(value, dict) else getattr(value, "settings", {})
    )

    def set_rotation(self, s):
        words = {None: 0.0, "horizontal": 0.0, "vertical": 90.0}
        self._rotation = words[s] if s in words else float(s) % 360

    def set_horizontalalignment(self, align):
        self._horizontalalignment = _one_of(align, "ha", ("center", "right", "left"))

    def set_verticalalignment(self, align):
        allowed = ("baseline", "bottom", "center", "center_baseline", "top")
        self._verticalalignment = _one_of(align, "va", allowed)

    def set_x(self, x):
        self._x = x

    def set_y(self, y):
        self._y = y

    def set_position(self, xy):
        self._x, self._y = xy

    def get_position(self):
        return self._x, self._y

    def set_bbox(self, rectprops):
        self._bbox = dict(rectprops) if rectprops else None

    def set_backgroundcolor(self, color):
        self._bbox = {"facecolor": color, "edgecolor": color, "pad": 2}

    @property
    def bold(self):
        weight = self._fontweight
        if isinstance(weight, str):
            return weight in (
                "bold",
                "heavy",
                "black",
                "extra bold",
                "semibold",
                "demibold",
                "demi",
            )
        return weight >= 600

    @property
    def family(self):
        first = self._fontfamily
        first = (first if isinstance(first, str) else first[0]).lower()
        if "mono" in first or "courier" in first or "consol" in first:
            return "monospace"
        return "serif" if first in ("serif", "times new roman", "times") else "sans-serif"

    def anchor(self):
        """Its point in pixels."""
        return self.place(*([value] for value in (self._x, self._y)))[0]

    def placed(self, canvas, x, y):
        """The box around the text in pixels, when its point is at (x, y)."""
        return place_text(
            self._text,
            canvas.points(self._fontsize),
            self._horizontalalignment,
            self._verticalalignment,
            self._rotation,
            self.bold,
            self.family == "monospace",
            self._linespacing,
            self._rotation_mode == "anchor",
        ).box(x, y, self._rotation)

    def get_window_extent(self, renderer=None, dpi=None):
        from .transforms import Bbox

        figure = self.figure if self.figure is not None else self.axes.figure
        canvas = figure.new_canvas()
        return Bbox.from_extents(*self.placed(canvas, *self.anchor()))

    def draw(self, canvas):
        if self._text:
            self.draw_at(canvas, *self.anchor())

    def draw_at(self, canvas, x, y):
        """Draw it at this place in pixels."""
        if x - x or y - y:
            return
        size = canvas.points(self._fontsize)
        if self._bbox:
            self._draw_box(canvas, self.placed(canvas, x, y), size)
        canvas.text(
            x,
            y,
            self._text,
            size,
            self.rgba(self._color),
            self._horizontalalignment,
            self._verticalalignment,
            self._rotation,
            self.bold,
            self._fontstyle in ("italic", "oblique"),
            self.family,
            self._linespacing,
            self._multialignment,
            self._rotation_mode == "anchor",
        )

    def _draw_box(self, canvas, box, size):
        from .colors import to_rgba

        style = dict(self._bbox)
        name, *options = str(style.pop("boxstyle", "square")).split(",")
        pad = style.pop("pad", None)
        grow = canvas.points(pad) if pad is not None else 0.3 * size
        for option in options:
            if option.strip().startswith("pad="):
                grow = float(option.split("=")[1]) * size
        if pad is None and "boxstyle" not in self._bbox:
            grow = canvas.points(4)
        alpha = style.get("alpha")
        face = style.get("facecolor", style.get("fc", style.get("color", "C0")))
        edge = style.get("edgecolor", style.get("ec", style.get("color", "black")))
        width = canvas.points(style.get("linewidth", style.get("lw", 1.0)))
        x0, y0, x1, y1 = box[0] - grow, box[1] - grow, box[2] + grow, box[3] + grow
        shape = (
            rounded_segments(x0, y0, x1, y1, grow)
            if name.startswith("round")
            else box_segments(x0, y0, x1, y1)
        )
        canvas.path(shape, to_rgba(face, alpha), to_rgba(edge, alpha), width)

    def __repr__(self):
        return f"Text({self._x}, {self._y}, {self._text!r})"


def _one_of(value, name, allowed):
    if value not in allowed:
        listed = ", ".join(map(repr, allowed))
        raise ValueError(
            f"{value!r} is not a valid value for {name}; supported values are {listed}"
        )
    return value


class Annotation(Text):
    """Text beside a point, with an arrow to it."""

    def __init__(
        self,
        text,
        xy,
        xytext=None,
        xycoords="data",
        textcoords=None,
        arrowprops=None,
        annotation_clip=None,
        **kwargs,
    ):
        x, y = xy if xytext is None else xytext
        super().__init__(x, y, text, **kwargs)
        self.xy, self.xycoords = xy, xycoords
        self.anncoords = textcoords or xycoords
        self.arrowprops = arrowprops

    @property
    def xyann(self):
        return self._x, self._y

    @xyann.setter
    def xyann(self, place):
        self._x, self._y = place

    def _at(self, x, y, coords):
        if coords in ("offset points", "offset pixels"):
            base = self._at(*self.xy, self.xycoords)
            unit = self.axes.figure.dpi / 72 if coords == "offset points" else 1
            return base[0] + x * unit, base[1] + y * unit
        if coords == "data":
            return self.axes.points(self.axes.numbers("x", [x]), self.axes.numbers("y", [y]))[0]
        transforms = {
            "axes fraction": self.axes.transAxes,
            "figure fraction": self.axes.figure.transFigure,
        }
        transform = transforms.get(coords, coords)
        return transform.transform((x, y)) if hasattr(transform, "transform") else (x, y)

    def anchor(self):
        return self._at(self._x, self._y, self.anncoords)

    def draw(self, canvas):
        x, y = self.anchor()
        target = self._at(*self.xy, self.xycoords)
        if self.xycoords == "data" and not self.axes.holds(*target):
            return
        if self.arrowprops is not None:
            self._draw_arrow(canvas, (x, y), target)
        self.draw_at(canvas, x, y)

    def _draw_arrow(self, canvas, start, target):
        props = dict(self.arrowprops)
        if self._text:
            x0, y0, x1, y1 = self.placed(canvas, *start)
            pad = canvas.points(4)
            start = (x0 + x1) / 2, (y0 + y1) / 2
            start = _edge(start, target, (x0 - pad, y0 - pad, x1 + pad, y1 + pad))
        simple = "arrowstyle" not in props
        shrink = props.get("shrink", 0.0) if simple else 0.0
        pad = canvas.points(props.get("shrinkB", 2 if not simple else 0))
        length = math.dist(start, target)
        if length > pad:
            share = shrink + pad / length
            target = tuple(t + (s - t) * share for s, t in zip(start, target, strict=True))
            start = tuple(s + (t - s) * shrink for s, t in zip(start, target, strict=True))
        color = props.get("color")
        FancyArrowPatch.draw_arrow(
            canvas,
            start,
            target,
            props.get("arrowstyle", "simple"),
            self.rgba(props.get("facecolor", props.get("fc", color or "C0"))),
            self.rgba(props.get("edgecolor", props.get("ec", color or "black"))),
            canvas.points(props.get("linewidth", props.get("lw", 1.0))),
            canvas.points(props.get("width", 4)),
            canvas.points(props.get("headwidth", 12)),
            canvas.points(props.get("headlength", 12)),
            props.get("connectionstyle"),
        )


def _edge(inside, outside, box):
    """Where the way from inside a box to a point outside leaves it."""
    dx, dy = outside[0] - inside[0], outside[1] - inside[1]
    share = 1.0
    for low, high, at, step in ((box[0], box[2], inside[0], dx), (box[1], box[3], inside[1], dy)):
        if step:
            share = min(share, ((high if step > 0 else low) - at) / step)
    return inside[0] + dx * share, inside[1] + dy * share


__all__ = ["Annotation", "Text", "line_segments"]
