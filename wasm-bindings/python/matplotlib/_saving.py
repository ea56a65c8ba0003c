"""savefig(): the bytes of a file."""

from ._png import encode_png
from ._svg import write_svg

_OTHERS = (
    "pdf",
    "eps",
    "ps",
    "pgf",
    "raw",
    "rgba",
    "svgz",
    "tif",
    "tiff",
    "webp",
    "jpg",
    "jpeg",
    "gif",
)


def encode(figure, kind, bbox, pad):
    """The figure as a file of this kind."""
    if kind not in ("svg", "png"):
        if kind in _OTHERS:
            raise NotImplementedError(
                f"savefig() writes PNG and SVG here; {kind} is part of the real matplotlib, which "
                'comes when "matplotlib" is in the panel\'s packages'
            )
        raise ValueError(f"Format {kind!r} is not supported (supported formats: png, svg)")
    canvas = figure.render()
    box = figure.tight_box(canvas, pad) if bbox == "tight" else None
    if kind == "svg":
        text = write_svg(canvas, "", themed=False, box=box)
        return f'<?xml version="1.0" encoding="utf-8" standalone="no"?>\n{text}\n'.encode()
    rows = _rows(canvas, box)
    return encode_png(rows, figure.dpi)


def pixels(figure):
    """The figure's pixels as rgba bytes, row by row."""
    return b"".join(bytes(row) for row in _rows(figure.render(), None))


def _rows(canvas, box):
    x0, y0, x1, y1 = box or (0, 0, canvas.width, canvas.height)
    size = max(1, round(x1 - x0)), max(1, round(y1 - y0))
    from . import _offscreen

    if _offscreen.available():
        return _offscreen.draw(canvas, (x0, y0), size)
    from . import _raster

    return _raster.draw(canvas, (x0, y0), size)
