"""savefig(): the bytes of a file."""

import contextlib

from ._png import encode_png
from ._svg import write_svg

_OTHERS = "eps ps pgf raw rgba svgz tif tiff webp jpg jpeg gif"


def encode(figure, kind, bbox, pad):
    """The figure as a file of this kind."""
    if kind not in ("svg", "png", "pdf"):
        if kind in _OTHERS.split():
            raise NotImplementedError(
                f"savefig() writes PNG, SVG and PDF here; {kind} is part of the real matplotlib, "
                'which comes when "matplotlib" is in the panel\'s packages'
            )
        raise ValueError(f"Format {kind!r} is not supported (supported formats: pdf, png, svg)")
    canvas = figure.render()
    box = figure.tight_box(canvas, pad) if bbox == "tight" else None
    if kind == "svg":
        text = write_svg(canvas, "", themed=False, box=box)
        return f'<?xml version="1.0" encoding="utf-8" standalone="no"?>\n{text}\n'.encode()
    if kind == "pdf":
        from ._pdf import write_pdf

        return write_pdf(canvas, box)
    rows = _rows(canvas, box)
    return encode_png(rows, figure.dpi)


def pixels(figure):
    """The figure's pixels as rgba bytes, row by row."""
    return b"".join(bytes(row) for row in _rows(figure.render(), None))


def _rows(canvas, box):
    x0, y0, x1, y1 = box or (0, 0, canvas.width, canvas.height)
    size = max(1, round(x1 - x0)), max(1, round(y1 - y0))
    from . import _offscreen, _raster

    if _offscreen.available():
        # A browser may have the canvas and refuse to draw on it in a worker.
        with contextlib.suppress(Exception):
            return _offscreen.draw(canvas, (x0, y0), size)
    return _raster.draw(canvas, (x0, y0), size)
