"""Draws a canvas in plain Python, where there is no OffscreenCanvas: even light, no smooth text.

Areas are filled row by row with the share of each pixel that they cover.
"""

import math

from . import _mathtext
from ._canvas import ImageItem, TextItem
from ._raster_font import glyph
from ._svg import is_box
from ._text_size import line_width


def draw(canvas, corner, size):
    """Rows of rgba bytes of the part of a canvas from `corner` on."""
    sheet = _Sheet(*size)
    top = corner[1] + size[1]
    for item in canvas.items:
        clip = (0, 0, *size)
        if item.clip:
            x0, y0, x1, y1 = item.clip
            box = (x0 - corner[0], top - y1, x1 - corner[0], top - y0)
            clip = (*map(max, clip[:2], box[:2]), *map(min, clip[2:], box[2:]))
        sheet.clip = tuple(round(edge) for edge in clip)
        if isinstance(item, TextItem):
            _text(sheet, item, item.x - corner[0], top - item.y)
        elif isinstance(item, ImageItem):
            x0, y0, x1, y1 = item.box
            sheet.image(item.rows, (x0 - corner[0], top - y1, x1 - corner[0], top - y0))
        else:
            lines = _flattened(item.segments, corner[0], top)
            if item.fill and item.fill.rgba[3] == 1 and is_box(item.segments):
                sheet.box(lines[0][0], item.fill.rgba)
            elif item.fill:
                sheet.fill([line for line, _ in lines], item.fill.rgba)
            if item.stroke:
                _stroke(sheet, lines, item)
    return sheet.rows


def _flattened(segments, left, top):
    """Lists of points, y downwards, and whether each is closed."""
    lines, points = [], []
    for segment in segments:
        kind, numbers = segment[0], segment[1:]
        if kind == "Z":
            if points:
                lines.append((points, True))
            points = []
            continue
        spots = [(x - left, top - y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        if kind == "M":
            if len(points) > 1:
                lines.append((points, False))
            points = spots
        elif kind == "L":
            points += spots
        else:
            (ax, ay), (bx, by), (cx, cy), (dx, dy) = points[-1], *spots
            for i in range(1, 9):
                t = i / 8
                s = 1 - t
                k = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
                x = k[0] * ax + k[1] * bx + k[2] * cx + k[3] * dx
                points.append((x, k[0] * ay + k[1] * by + k[2] * cy + k[3] * dy))
    if len(points) > 1:
        lines.append((points, False))
    return lines


def _stroke(sheet, lines, item):
    half = max(item.width, 0.8) / 2
    areas = []
    for points, closed in lines:
        points = [*points, points[0]] if closed else points
        for part in _dashes(points, item.dash) if item.dash else [points]:
            areas += _thick(part, half, item.cap == "square")
    # All parts at once: where two meet, a faint colour is not twice as dark.
    sheet.fill(areas, item.stroke.rgba, even=False)


def _dashes(points, pattern):
    at, on, left, part = 0, True, pattern[0], [points[0]]
    for (ax, ay), (bx, by) in zip(points, points[1:], strict=False):
        length = math.hypot(bx - ax, by - ay)
        done = 0.0
        while length - done > left:
            done += left
            spot = ax + (bx - ax) * done / length, ay + (by - ay) * done / length
            if on:
                yield [*part, spot]
            on, at = not on, (at + 1) % len(pattern)
            left, part = max(pattern[at], 0.01), [spot]
        left -= length - done
        part.append((bx, by))
    if on and len(part) > 1:
        yield part


def _thick(points, half, square):
    """Boxes along a line, with squares at its corners."""
    areas = []
    last = len(points) - 2
    for i, ((ax, ay), (bx, by)) in enumerate(zip(points, points[1:], strict=False)):
        length = math.hypot(bx - ax, by - ay)
        if length == 0:
            continue
        ux, uy = (bx - ax) / length * half, (by - ay) / length * half
        start = 1 if square and i == 0 else 0
        end = 1 if square and i == last else 0
        if half > 0.6 and i < last:
            end = 0.5
        ax, ay, bx, by = ax - ux * start, ay - uy * start, bx + ux * end, by + uy * end
        areas.append(
            [(ax - uy, ay + ux), (bx - uy, by + ux), (bx + uy, by - ux), (ax + uy, ay - ux)]
        )
    return areas


class _Sheet:
    """Pixels: one bytearray of rgba a row."""

    def __init__(self, width, height):
        self.width, self.height = width, height
        self.rows = [bytearray(4 * width) for _ in range(height)]
        self.clip = (0, 0, width, height)

    def fill(self, areas, rgba, even=True):
        """Fill areas by the even-odd rule, or each on its own."""
        if not areas:
            return
        groups = [areas] if even else [[area] for area in areas]
        shares = {}
        for group in groups:
            for y, row in self._coverage(group).items():
                mine = shares.setdefault(y, {})
                for x, share in row.items():
                    mine[x] = min(mine.get(x, 0.0) + share, 1.0)
        for y, row in shares.items():
            self._blend(y, row, rgba)

    def _coverage(self, areas):
        """For each row the share of its pixels that is covered, from four lines a row."""
        left, top, right, bottom = self.clip
        found = {}
        edges = [
            (a, b) if a[1] < b[1] else (b, a)
            for area in areas
            for a, b in zip(area, [*area[1:], area[0]], strict=True)
            if a[1] != b[1]
        ]
        if not edges:
            return found
        first = max(math.floor(min(a[1] for a, _ in edges)), top)
        last = min(math.ceil(max(b[1] for _, b in edges)), bottom)
        buckets = {}
        for (ax, ay), (bx, by) in edges:
            slope = (bx - ax) / (by - ay)
            start = max(math.ceil((ay - first) * 4 - 0.5), 0)
            end = min(math.ceil((by - first) * 4 - 0.5), (last - first) * 4)
            for line in range(start, end):
                y = first + (line + 0.5) / 4
                buckets.setdefault(line, []).append(ax + slope * (y - ay))
        for line, crossings in buckets.items():
            row = found.setdefault(first + line // 4, {})
            crossings.sort()
            for x0, x1 in zip(crossings[::2], crossings[1::2], strict=False):
                self._span(row, max(x0, left), min(x1, right))
        return found

    @staticmethod
    def _span(row, x0, x1):
        if x1 <= x0:
            return
        start, end = math.floor(x0), math.floor(x1)
        if start == end:
            row[start] = row.get(start, 0.0) + (x1 - x0) / 4
            return
        row[start] = row.get(start, 0.0) + (start + 1 - x0) / 4
        for x in range(start + 1, end):
            row[x] = row.get(x, 0.0) + 0.25
        if x1 > end:
            row[end] = row.get(end, 0.0) + (x1 - end) / 4

    def _blend(self, y, shares, rgba):
        row = self.rows[y]
        red, green, blue, alpha = rgba[0] * 255, rgba[1] * 255, rgba[2] * 255, rgba[3]
        solid = bytes((round(red), round(green), round(blue), 255))
        for x, share in shares.items():
            if not 0 <= x < self.width:
                continue
            at, amount = 4 * x, min(share, 1.0) * alpha
            if amount > 0.996:
                row[at : at + 4] = solid
                continue
            under = row[at + 3] / 255 * (1 - amount)
            total = amount + under
            if total <= 0:
                continue
            for i, part in enumerate((red, green, blue)):
                row[at + i] = round((part * amount + row[at + i] * under) / total)
            row[at + 3] = round(total * 255)

    def box(self, corners, rgba):
        """Fill an upright box, its edges on the pixels' edges."""
        xs, ys = zip(*corners, strict=True)
        left, right = max(round(min(xs)), self.clip[0]), min(round(max(xs)), self.clip[2])
        top, bottom = max(round(min(ys)), self.clip[1]), min(round(max(ys)), self.clip[3])
        line = bytes((*(round(part * 255) for part in rgba[:3]), 255)) * max(right - left, 0)
        for y in range(top, bottom):
            self.rows[y][4 * left : 4 * right] = line

    def image(self, rows, box):
        x0, y0, x1, y1 = box
        columns = len(rows[0]) // 4
        left, top = max(round(x0), self.clip[0]), max(round(y0), self.clip[1])
        right, bottom = min(round(x1), self.clip[2]), min(round(y1), self.clip[3])
        sources = [
            min(max(int((x + 0.5 - x0) / (x1 - x0) * columns), 0), columns - 1) * 4
            for x in range(left, right)
        ]
        for y in range(top, bottom):
            source = rows[min(max(int((y + 0.5 - y0) / (y1 - y0) * len(rows)), 0), len(rows) - 1)]
            line = b"".join(source[at : at + 4] for at in sources)
            if line[3::4].strip(b"\xff"):
                for i in range(0, len(line), 4):
                    color = tuple(part / 255 for part in line[i : i + 4])
                    self._blend(y, {left + i // 4: 1.0}, color)
            else:
                self.rows[y][4 * left : 4 * right] = line


def _text(sheet, item, x, y):
    turn = math.radians(item.angle)
    cos, sin = math.cos(turn), math.sin(turn)
    along = (
        -line_width(item.text, item.size, item.bold, item.family == "monospace")
        * ({"start": 0, "middle": 0.5, "end": 1}[item.anchor])
    )
    areas = []
    for run in _mathtext.runs(item.text):
        size = item.size * run.scale
        for char in run.text:
            wide = line_width(char, size, item.bold)
            # A glyph is 5 by 7 dots on the baseline.
            dot_x, dot_y = wide / 6, size * 0.73 / 7
            for column, bits in enumerate(glyph(char)):
                for row in range(8):
                    if bits >> row & 1:
                        left = along + (column + 0.3) * dot_x
                        up = (7 - row) * dot_y + run.rise * item.size
                        corners = [
                            (left, up), (left + dot_x * 1.15, up),
                            (left + dot_x * 1.15, up - dot_y), (left, up - dot_y),
                        ]  # fmt: skip
                        areas.append(
                            [(x + a * cos - b * sin, y - a * sin - b * cos) for a, b in corners]
                        )
            along += wide
    sheet.fill(areas, item.paint.rgba, even=False)
