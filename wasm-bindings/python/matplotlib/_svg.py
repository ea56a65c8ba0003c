"""Writes a canvas as one SVG."""

import base64
import re

from . import _mathtext
from ._canvas import ImageItem, TextItem
from ._png import encode_png

_FAMILIES = {
    "sans-serif": "DejaVu Sans, Bitstream Vera Sans, Verdana, Geneva, Arial, sans-serif",
    "serif": "DejaVu Serif, Bitstream Vera Serif, Times New Roman, serif",
    "monospace": "DejaVu Sans Mono, Menlo, Consolas, monospace",
}


def write_svg(canvas, title="", themed=True, box=None):
    """The `<svg>` element as text.

    themed: black is the page's ink (currentColor) and white its paper, so that the figure reads on
    dark pages as well; else colours are as they are, with sizes in points for a file.
    box: (x0, y0, x1, y1) in pixels, the part of the canvas to show.
    """
    x0, y0, x1, y1 = box or (0, 0, canvas.width, canvas.height)
    width, height = x1 - x0, y1 - y0
    writer = _Writer(canvas.height, themed)
    for item in canvas.items:
        writer.item(item)
    writer.end_clip()
    unit = "" if themed else "pt"
    scale = 1 if themed else 72 / canvas.dpi
    name = f"<title>{_escape(title)}</title>" if title else ""
    label = f' aria-label="{_escape(title)}"' if title else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width * scale)}{unit}" '
        f'height="{_n(height * scale)}{unit}" '
        f'viewBox="{_n(x0)} {_n(canvas.height - y1)} {_n(width)} {_n(height)}" role="img"{label} '
        f'font-family="{_FAMILIES["sans-serif"]}">{name}{"".join(writer.out)}</svg>'
    )


def _escape(text):
    """A text as it stands in an element or in a quoted attribute. The library's own functions lie
    in the archive of rare modules.
    """
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")


def _n(value):
    """A number as short as a tenth of a pixel's tenth allows."""
    text = f"{value:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class _Writer:
    def __init__(self, height, themed):
        self.height = height
        self.themed = themed
        self.out = []
        self.clip = None

    def item(self, item):
        if item.clip != self.clip:
            self.end_clip()
            self._begin_clip(item.clip)
        if isinstance(item, TextItem):
            self._text(item)
        elif isinstance(item, ImageItem):
            self._image(item)
        else:
            self._path(item)

    def _begin_clip(self, clip):
        # An inner <svg> clips without an id, which two figures of a page could share.
        if clip:
            x0, y0, x1, y1 = clip
            box = _n(x0), _n(self.height - y1), _n(x1 - x0), _n(y1 - y0)
            self.out.append(
                f'<svg x="{box[0]}" y="{box[1]}" width="{box[2]}" height="{box[3]}" '
                f'viewBox="{" ".join(box)}" overflow="hidden">'
            )
        self.clip = clip

    def end_clip(self):
        if self.clip:
            self.out.append("</svg>")
        self.clip = None

    def _paint(self, name, paint):
        if paint is None:
            return f' {name}="none"'
        red, green, blue, alpha = paint.rgba
        color = f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
        if self.themed and paint.role == "ink":
            color = "currentColor"
        elif self.themed and paint.role == "grey":
            color, alpha = "currentColor", alpha * (1 - red)
        elif self.themed and paint.role == "paper":
            color = "var(--unroll-paper, #fff)"
        faint = f' {name}-opacity="{_n(alpha)}"' if alpha < 1 else ""
        return f' {name}="{color}"{faint}'

    def _d(self, segments):
        parts, height, last = [], self.height, ""
        for segment in segments:
            kind = segment[0]
            if kind == "Z":
                parts.append("Z")
            else:
                numbers = [
                    _n(value if i % 2 == 0 else height - value)
                    for i, value in enumerate(segment[1:])
                ]
                # After M or L a further pair of numbers is a line.
                parts.append((" " if kind == "L" == last else kind) + " ".join(numbers))
            last = kind
        return "".join(parts)

    def _path(self, item):
        attributes = self._paint("fill", item.fill)
        if not item.stroke and is_box(item.segments):
            # Neighbouring bars meet without a gleam between them.
            attributes += ' shape-rendering="crispEdges"'
        if item.stroke:
            attributes += self._paint("stroke", item.stroke)
            if item.width != 1:
                attributes += f' stroke-width="{_n(item.width)}"'
            if item.dash:
                attributes += f' stroke-dasharray="{" ".join(_n(part) for part in item.dash)}"'
            if item.cap != "butt":
                attributes += f' stroke-linecap="{item.cap}"'
            if item.join != "miter":
                attributes += f' stroke-linejoin="{item.join}"'
            if item.order is not None:
                # The page gives it dashes where colours are forced.
                attributes += f' class="unroll-line-{item.order}"'
        self.out.append(f'<path d="{self._d(item.segments)}"{attributes}/>')

    def _text(self, item):
        x, y = _n(item.x), _n(self.height - item.y)
        attributes = self._paint("fill", item.paint) + f' font-size="{_n(item.size)}"'
        if item.anchor != "start":
            attributes += f' text-anchor="{item.anchor}"'
        if item.angle:
            attributes += f' transform="rotate({_n(-item.angle)} {x} {y})"'
        if item.bold:
            attributes += ' font-weight="bold"'
        if item.italic:
            attributes += ' font-style="italic"'
        if item.family != "sans-serif":
            attributes += f' font-family="{_FAMILIES[item.family]}"'
        if re.search(r"^ | $|  ", item.text):
            attributes += ' style="white-space:pre"'
        self.out.append(f'<text x="{x}" y="{y}"{attributes}>{_spans(item)}</text>')

    def _image(self, item):
        x0, y0, x1, y1 = item.box
        data = base64.b64encode(encode_png(item.rows)).decode()
        sharp = "" if item.smooth else ' style="image-rendering:pixelated"'
        self.out.append(
            f'<image x="{_n(x0)}" y="{_n(self.height - y1)}" width="{_n(x1 - x0)}" '
            f'height="{_n(y1 - y0)}" preserveAspectRatio="none"{sharp} '
            f'href="data:image/png;base64,{data}"/>'
        )


def is_box(segments):
    """Whether these are the four sides of an upright box."""
    if [segment[0] for segment in segments] != ["M", "L", "L", "L", "Z"]:
        return False
    corners = segments[:4]
    return all(
        a[1] == b[1] or a[2] == b[2]
        for a, b in zip(corners, corners[1:] + corners[:1], strict=True)
    )


def _spans(item):
    if "$" not in item.text:
        return _escape(item.text)
    spans, height = [], 0.0
    for run in _mathtext.runs(item.text):
        if run.scale == 1 and run.rise == 0 == height and not run.italic:
            spans.append(_escape(run.text))
            continue
        attributes = ""
        if run.rise != height:
            attributes += f' dy="{_n((height - run.rise) * item.size)}"'
        if run.scale != 1:
            attributes += f' font-size="{_n(item.size * run.scale)}"'
        if run.italic:
            attributes += ' font-style="italic"'
        space = ' style="white-space:pre"' if run.text != run.text.strip() else ""
        spans.append(f"<tspan{attributes}{space}>{_escape(run.text)}</tspan>")
        height = run.rise
    return "".join(spans)
