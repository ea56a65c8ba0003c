"""Marker shapes, each about 0, 0 in a box from -0.5 to 0.5."""

import math

from ._canvas import arc_segments, line_segments


def _polygon(sides, turn=0.0, radius=0.5):
    return [
        (radius * math.sin(angle), radius * math.cos(angle))
        for angle in (2 * math.pi * i / sides + math.radians(turn) for i in range(sides))
    ]


def _star(points, inner, turn=0.0):
    return [
        (r * math.sin(angle), r * math.cos(angle))
        for i in range(2 * points)
        for r, angle in [(0.5 * (inner if i % 2 else 1), math.pi * i / points + math.radians(turn))]
    ]


def _strokes(*lines):
    return [segment for line in lines for segment in line_segments(line)]


_TRIANGLE = [(0, 0.5), (-0.5, -0.5), (0.5, -0.5)]
_PLUS = [(-1, 0.5), (-1, 1.5), (1, 1.5), (1, 0.5), (3, 0.5), (3, -0.5)]
_PLUS = [(1, 3), (1, 1), (3, 1), (3, -1), (1, -1), (1, -3), (-1, -3), (-1, -1), (-3, -1), (-3, 1)]
_PLUS = [(x / 6, y / 6) for x, y in [*_PLUS, (-1, 1), (-1, 3)]]
_CROSS = [(-2, -1), (-1, 0), (-2, 1), (-1, 2), (0, 1), (1, 2), (2, 1), (1, 0), (2, -1), (1, -2)]
_CROSS = [(x / 4, y / 4) for x, y in [*_CROSS, (0, -1), (-1, -2)]]


def _turned(points, degrees):
    angle = math.radians(degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    return [(x * cos - y * sin, x * sin + y * cos) for x, y in points]


_FILLED = {
    "v": _turned(_TRIANGLE, 180),
    "^": _TRIANGLE,
    "<": _turned(_TRIANGLE, 90),
    ">": _turned(_TRIANGLE, -90),
    "8": _polygon(8, 22.5),
    "s": [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)],
    "p": _polygon(5),
    "P": _PLUS,
    "*": _star(5, 0.381966),
    "h": _polygon(6),
    "H": _polygon(6, 30),
    "X": _CROSS,
    "D": [(0, 0.707), (0.707, 0), (0, -0.707), (-0.707, 0)],
    "d": [(0, 0.707), (0.424, 0), (0, -0.707), (-0.424, 0)],
}
_STROKED = {
    "+": _strokes([(-0.5, 0), (0.5, 0)], [(0, -0.5), (0, 0.5)]),
    "x": _strokes([(-0.5, -0.5), (0.5, 0.5)], [(-0.5, 0.5), (0.5, -0.5)]),
    "|": _strokes([(0, -0.5), (0, 0.5)]),
    "_": _strokes([(-0.5, 0), (0.5, 0)]),
    "1": _strokes([(0, 0), (0, -0.5)], [(0, 0), (0.4, 0.25)], [(0, 0), (-0.4, 0.25)]),
    "2": _strokes([(0, 0), (0, 0.5)], [(0, 0), (0.4, -0.25)], [(0, 0), (-0.4, -0.25)]),
    "3": _strokes([(0, 0), (-0.5, 0)], [(0, 0), (0.25, 0.4)], [(0, 0), (0.25, -0.4)]),
    "4": _strokes([(0, 0), (0.5, 0)], [(0, 0), (-0.25, 0.4)], [(0, 0), (-0.25, -0.4)]),
}
NOTHING = ("None", "none", "", " ", None)


class MarkerStyle:
    """A marker by its name; `segments` is its shape, `filled` whether it has an inside."""

    filled_markers = (*(".o"), *_FILLED)
    markers = {name: name for name in [*_FILLED, *_STROKED, ".", ",", "o", "None"]}

    def __init__(self, marker="o", fillstyle=None, **kwargs):
        if isinstance(marker, MarkerStyle):
            marker = marker._name
        self._name = marker
        self.filled, self.scale = True, 1.0
        if marker in NOTHING:
            self.segments = []
        elif isinstance(marker, (tuple, list)) and len(marker) in (2, 3):
            sides, kind = marker[0], marker[1] if len(marker) > 1 else 0
            turn = marker[2] if len(marker) == 3 else 0
            points = _star(sides, 0.5, -turn) if kind == 1 else _polygon(sides, -turn)
            self.segments = line_segments(points, True)
        elif isinstance(marker, str) and marker in ("o", ".", ","):
            self.scale = {"o": 1.0, ".": 0.5, ",": 0.15}[marker]
            self.segments = [*arc_segments(0, 0, 0.5 * self.scale, 0.5 * self.scale), ("Z",)]
        elif isinstance(marker, str) and marker in _FILLED:
            self.segments = line_segments(_FILLED[marker], True)
        elif isinstance(marker, str) and marker in _STROKED:
            self.filled, self.segments = False, _STROKED[marker]
        elif isinstance(marker, int) and 0 <= marker < 12:
            turn = {0: 180, 1: 0, 2: 90, 3: 270}.get(marker % 4, 0)
            if marker < 4:
                self.filled = False
                self.segments = line_segments(_turned([(0, 0), (0.5, 0)], turn))
            else:
                self.segments = line_segments(
                    _turned([(0, 0), (-0.5, 0.4), (-0.5, -0.4)], turn), True
                )
        elif isinstance(marker, str) and marker.startswith("$") and marker.endswith("$"):
            self.segments = [*arc_segments(0, 0, 0.5, 0.5), ("Z",)]
        else:
            raise ValueError(f"Unrecognized marker style {marker!r}")

    def get_marker(self):
        return self._name

    def is_filled(self):
        return self.filled

    def at(self, x, y, size):
        """The shape's segments about (x, y), `size` wide."""
        return [
            (
                part[0],
                *(value * size + (y if i % 2 else x) for i, value in enumerate(part[1:])),
            )
            for part in self.segments
        ]


def draw_markers(canvas, marker, points, size, fill, edge, width):
    """Draw one marker at many points, in pixels. Where colours cover, all are one path."""
    if not marker.segments:
        return
    if not marker.filled:
        fill = None
    elif marker._name == ",":
        edge = None
    faint = any(paint is not None and paint[3] < 1 for paint in (fill, edge))
    together = []
    for x, y in points:
        if x - x or y - y:
            continue
        shape = marker.at(x, y, size)
        if faint or edge is not None and fill is not None and edge != fill:
            canvas.path(shape, fill, edge, width)
        else:
            together += shape
    canvas.path(together, fill, edge, width)
