"""Draws a canvas by the browser's OffscreenCanvas, which a worker has."""

from . import _mathtext
from ._canvas import ImageItem, TextItem
from ._svg import _FAMILIES, _Writer
from ._text_size import line_width


def available():
    try:
        import js
    except ImportError:
        return False
    return hasattr(js, "OffscreenCanvas") and hasattr(js, "Path2D")


def draw(canvas, corner, size):
    """Rows of rgba bytes of the part of a canvas from `corner` on."""
    import js

    width, height = size
    screen = js.OffscreenCanvas.new(width, height)
    context = screen.getContext("2d")
    top = canvas.height - corner[1] - height
    context.translate(-corner[0], -top)
    writer = _Writer(canvas.height, themed=False)
    for item in canvas.items:
        context.save()
        if item.clip:
            x0, y0, x1, y1 = item.clip
            context.beginPath()
            context.rect(x0, canvas.height - y1, x1 - x0, y1 - y0)
            context.clip()
        if isinstance(item, TextItem):
            _text(context, item, canvas.height)
        elif isinstance(item, ImageItem):
            _image(js, context, item, canvas.height)
        else:
            _path(js, context, item, writer._d(item.segments))
        context.restore()
    data = context.getImageData(0, 0, width, height).data.to_bytes()
    return [data[i : i + 4 * width] for i in range(0, len(data), 4 * width)]


def _css(paint):
    red, green, blue, alpha = paint.rgba
    return f"rgba({round(red * 255)},{round(green * 255)},{round(blue * 255)},{alpha:g})"


def _path(js, context, item, d):
    path = js.Path2D.new(d)
    if item.fill:
        context.fillStyle = _css(item.fill)
        context.fill(path)
    if item.stroke:
        from pyodide.ffi import to_js

        context.strokeStyle = _css(item.stroke)
        context.lineWidth = item.width
        context.lineCap, context.lineJoin = item.cap, item.join
        context.setLineDash(to_js(list(item.dash)))
        context.stroke(path)


def _text(context, item, height):
    context.translate(item.x, height - item.y)
    context.rotate(-item.angle * 3.141592653589793 / 180)
    context.fillStyle = _css(item.paint)
    bold = "bold " if item.bold else ""
    x = (
        -line_width(item.text, item.size, item.bold, item.family == "monospace")
        * ({"start": 0, "middle": 0.5, "end": 1}[item.anchor])
    )
    runs = _mathtext.runs(item.text)
    if len(runs) == 1:
        # The browser's own width: its font may be another one.
        context.textAlign = {"start": "left", "middle": "center", "end": "right"}[item.anchor]
        x = 0
    for run in runs:
        slant = "italic " if item.italic or run.italic else ""
        context.font = f"{slant}{bold}{item.size * run.scale}px {_FAMILIES[item.family]}"
        context.fillText(run.text, x, -run.rise * item.size)
        x += context.measureText(run.text).width


def _image(js, context, item, height):
    rows = len(item.rows)
    columns = len(item.rows[0]) // 4
    part = js.OffscreenCanvas.new(columns, rows)
    data = js.Uint8ClampedArray.new(columns * rows * 4)
    data.assign(b"".join(bytes(row) for row in item.rows))
    part.getContext("2d").putImageData(js.ImageData.new(data, columns, rows), 0, 0)
    x0, y0, x1, y1 = item.box
    context.imageSmoothingEnabled = item.smooth
    context.drawImage(part, x0, height - y1, x1 - x0, y1 - y0)
