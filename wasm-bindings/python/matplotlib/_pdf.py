"""Writes a canvas as a PDF of one page, with text in Helvetica."""

import math
import zlib

from . import _mathtext
from ._canvas import ImageItem, TextItem
from ._text_size import line_width

#: Helvetica is so much narrower than the font that figures are measured in.
_NARROWER = 0.9
_CAPS = {"butt": 0, "round": 1, "square": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}


def write_pdf(canvas, box=None):
    """The bytes of a PDF of the part `box` (x0, y0, x1, y1 in pixels) of a canvas."""
    return _Writer(canvas, box or (0, 0, canvas.width, canvas.height)).write()


class _Writer:
    def __init__(self, canvas, box):
        self.canvas, self.box = canvas, box
        self.out, self.alphas, self.images = [], {}, []

    def write(self):
        scale = 72 / self.canvas.dpi
        x0, y0, x1, y1 = self.box
        self.put(f"{scale:.6f} 0 0 {scale:.6f} {-x0 * scale:.3f} {-y0 * scale:.3f} cm")
        for item in self.canvas.items:
            self.put("q")
            if item.clip:
                self._rectangle(item.clip, "W n")
            if isinstance(item, TextItem):
                self._text(item)
            elif isinstance(item, ImageItem):
                self._image(item)
            else:
                self._path(item)
            self.put("Q")
        return self._file((x1 - x0) * scale, (y1 - y0) * scale)

    def put(self, text):
        self.out.append(text.encode("latin-1"))

    def _rectangle(self, box, operator):
        x0, y0, x1, y1 = box
        self.put(f"{x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re {operator}")

    def _paint(self, paint, operator):
        red, green, blue, alpha = paint.rgba
        self.put(f"{red:.3f} {green:.3f} {blue:.3f} {operator}")
        return alpha

    def _alpha(self, fill, stroke):
        if fill < 1 or stroke < 1:
            name = self.alphas.setdefault((fill, stroke), f"G{len(self.alphas)}")
            self.put(f"/{name} gs")

    def _path(self, item):
        fill = self._paint(item.fill, "rg") if item.fill else 1
        stroke = self._paint(item.stroke, "RG") if item.stroke else 1
        self._alpha(fill, stroke)
        dash = " ".join(f"{part:.2f}" for part in item.dash)
        self.put(f"{item.width:.2f} w [{dash}] 0 d {_CAPS[item.cap]} J {_JOINS[item.join]} j")
        for kind, *numbers in item.segments:
            place = " ".join(f"{number:.2f}" for number in numbers)
            self.put("h" if kind == "Z" else f"{place} {kind.lower()}")
        self.put(
            {(1, 0): "f", (0, 1): "S", (1, 1): "B"}.get((bool(item.fill), bool(item.stroke)), "n")
        )

    def _text(self, item):
        self._alpha(self._paint(item.paint, "rg"), 1)
        turn = math.radians(item.angle)
        cos, sin = math.cos(turn), math.sin(turn)
        share = {"start": 0, "middle": 0.5, "end": 1}[item.anchor]
        mono = item.family == "monospace"
        narrower = 1 if mono else _NARROWER
        along = -share * narrower * line_width(item.text, item.size, item.bold, mono)
        for run in _mathtext.runs(item.text):
            size, up = item.size * run.scale, run.rise * item.size
            x, y = item.x + along * cos - up * sin, item.y + along * sin + up * cos
            font = "F3" if mono else "F2" if item.bold else "F1"
            text = run.text.replace("−", "–").encode("cp1252", "replace")
            for sign in (b"\\", b"(", b")"):
                text = text.replace(sign, b"\\" + sign)
            matrix = f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x:.2f} {y:.2f}"
            self.put(f"BT /{font} {size:.2f} Tf {matrix} Tm")
            self.out.append(b"(" + text + b") Tj ET")
            along += narrower * line_width(run.text, size, item.bold, mono)

    def _image(self, item):
        x0, y0, x1, y1 = item.box
        name = f"I{len(self.images)}"
        self.images.append(item.rows)
        self.put(f"{x1 - x0:.2f} 0 0 {y1 - y0:.2f} {x0:.2f} {y0:.2f} cm /{name} Do")

    def _file(self, width, height):
        objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        ]
        fonts = ("Helvetica", "Helvetica-Bold", "Courier")
        first_font, first_image = 5, 5 + len(fonts)
        font_names = " ".join(f"/F{i + 1} {first_font + i} 0 R" for i in range(len(fonts)))
        states = " ".join(
            f"/{name} << /ca {fill:.3f} /CA {stroke:.3f} >>"
            for (fill, stroke), name in self.alphas.items()
        )
        image_names = " ".join(f"/I{i} {first_image + 2 * i} 0 R" for i in range(len(self.images)))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.2f} {height:.2f}] "
            f"/Contents 4 0 R /Resources << /Font << {font_names} >> /ExtGState << {states} >> "
            f"/XObject << {image_names} >> >> >>".encode()
        )
        objects.append(_stream("", b"\n".join(self.out)))
        for font in fonts:
            objects.append(
                f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} "
                "/Encoding /WinAnsiEncoding >>".encode()
            )
        for i, rows in enumerate(self.images):
            data = b"".join(map(bytes, rows))
            rgb = bytearray(len(data) // 4 * 3)
            for part in range(3):
                rgb[part::3] = data[part::4]
            look = f"/Type /XObject /Subtype /Image /Width {len(rows[0]) // 4} /Height {len(rows)}"
            look += " /BitsPerComponent 8 /ColorSpace"
            mask = first_image + 2 * i + 1
            objects.append(_stream(f"{look} /DeviceRGB /SMask {mask} 0 R", bytes(rgb)))
            objects.append(_stream(f"{look} /DeviceGray", data[3::4]))
        return _assembled(objects)


def _stream(entries, data):
    packed = zlib.compress(data)
    head = f"<< {entries} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode()
    return head + packed + b"\nendstream"


def _assembled(objects):
    """The objects with their numbers, and the table that says where each begins."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode()
