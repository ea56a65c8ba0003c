"""Images: values through a colour map, or pixels as they are."""

from ._png import decode_png, encode_png
from ._rc import rcParams
from ._values import array, plain, shape
from .artist import Artist
from .cm import ScalarMappable
from .colors import Normalize


class AxesImage(Artist, ScalarMappable):
    """What imshow() returns: rows of numbers (H, W), or of colours (H, W, 3 or 4)."""

    _names = ("extent", "interpolation", "origin")

    def __init__(
        self, *, cmap=None, norm=None, interpolation=None, origin=None, extent=None, **kwargs
    ):
        Artist.__init__(self)
        ScalarMappable.__init__(self, norm, cmap)
        self._interpolation = interpolation or rcParams["image.interpolation"]
        self.origin = self._origin = origin or rcParams["image.origin"]
        self._extent = extent
        self.set(**kwargs)

    def set_data(self, A):
        values = plain(A)
        size = shape(values)
        while len(size) == 3 and size[2] == 1:
            values = [[pixel[0] for pixel in row] for row in values]
            size = size[:2]
        if len(size) not in (2, 3) or (len(size) == 3 and size[2] not in (3, 4)):
            raise TypeError(f"Invalid shape {size} for image data")
        self._A = values
        self._size = size

    set_array = set_data

    def get_size(self):
        return self._size[:2]

    def get_shape(self):
        return self._size

    def get_extent(self):
        """(left, right, bottom, top) in data coordinates."""
        if self._extent is not None:
            return list(self._extent)
        rows, columns = self._size[:2]
        bottom, top = (rows - 0.5, -0.5) if self.origin == "upper" else (-0.5, rows - 0.5)
        return [-0.5, columns - 0.5, bottom, top]

    def set_extent(self, extent, **kwargs):
        self._extent = tuple(extent)
        if self.axes is not None:
            self.axes._show_extent(self)

    def limits(self):
        left, right, bottom, top = self.get_extent()
        return [left, right], [bottom, top]

    def _rows(self):
        """Rows of rgba bytes from the data's first row on."""
        alpha = plain(self._alpha)
        if len(self._size) == 3:
            return [self._pixels(row, alpha) for row in self._A]
        self.norm.autoscale_None(self._A)
        table = [_bytes(color, alpha) for color in self.cmap.lut]
        under = _bytes(self.cmap._under or self.cmap.lut[0], alpha)
        over = _bytes(self.cmap._over or self.cmap.lut[-1], alpha)
        bad = _bytes(self.cmap._bad, None)
        count, rows = self.cmap.N, []
        plain_norm = type(self.norm) is Normalize and self.norm.scaled()
        for i, row in enumerate(self._A):
            if plain_norm:
                low, span = self.norm.vmin, (self.norm.vmax - self.norm.vmin) or 1.0
                shares = [(value - low) / span for value in row]
            else:
                shares = self.norm.map([float(value) for value in row])
            cells = [
                table[int(share * count)]
                if 0 <= share < 1
                else (
                    table[-1] if share == 1 else under if share < 0 else over if share > 1 else bad
                )
                for share in shares
            ]
            if isinstance(alpha, list):
                cells = [
                    cell[:3] + bytes([round(a * 255)])
                    for cell, a in zip(cells, alpha[i], strict=True)
                ]
            rows.append(b"".join(cells))
        return rows

    def _pixels(self, row, alpha):
        whole = all(isinstance(part, int) for part in row[0])
        faint = 255 if not isinstance(alpha, (int, float)) else round(alpha * 255)
        out = bytearray()
        for pixel in row:
            parts = pixel if whole else [part * 255 for part in pixel]
            parts = [min(max(int(part + (0 if whole else 0.5)), 0), 255) for part in parts]
            out += bytes(parts if len(parts) == 4 else (*parts, faint))
        return bytes(out)

    def draw(self, canvas):
        left, right, bottom, top = self.get_extent()
        (x0, y0), (x1, y1) = self.place([left, right], [bottom, top])
        rows = self._rows()
        if not rows or not rows[0]:
            return
        # The data's first row lies at the top of the extent, or at its bottom.
        first_up = (y1 > y0) == (self.origin == "upper")
        if not first_up:
            rows = rows[::-1]
        if x1 < x0:
            rows = [b"".join(row[i : i + 4] for i in range(len(row) - 4, -1, -4)) for row in rows]
        smooth = self._interpolation not in ("auto", "antialiased", "nearest", "none", None)
        if self._interpolation in ("auto", "antialiased"):
            # As matplotlib: an image shown smaller than it is, is averaged.
            smooth = len(rows) > abs(y1 - y0)
        canvas.image(rows, (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), smooth)


def _bytes(color, alpha):
    red, green, blue, own = color
    own = alpha if isinstance(alpha, (int, float)) and own else own
    return bytes(round(part * 255) for part in (red, green, blue, own))


def imread(fname, format=None):  # noqa: A002
    """A PNG file as an array (H, W), (H, W, 3) or (H, W, 4) of floats from 0 to 1."""
    data = fname.read() if hasattr(fname, "read") else _read(fname)
    width, _, channels, rows = decode_png(data)
    if channels == 1:
        return array([[value / 255 for value in row] for row in rows])
    return array(
        [
            [[part / 255 for part in row[i * channels : (i + 1) * channels]] for i in range(width)]
            for row in rows
        ]
    )


def _read(path):
    with open(path, "rb") as file:
        return file.read()


def imsave(fname, arr, vmin=None, vmax=None, cmap=None, origin=None, **kwargs):
    """Write an image as it is, one pixel a value, to a PNG file."""
    image = AxesImage(cmap=cmap, norm=Normalize(vmin, vmax), origin=origin)
    image.set_data(arr)
    rows = image._rows()
    data = encode_png(rows[::-1] if image.origin == "lower" else rows)
    if hasattr(fname, "write"):
        fname.write(data)
    else:
        with open(fname, "wb") as file:
            file.write(data)
