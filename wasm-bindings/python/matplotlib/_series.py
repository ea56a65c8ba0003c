"""What a figure is drawn from, for the table behind it: lines, points and bars."""

import contextlib


def series_of(figure):
    """A list of {"name", "x", "y"}; what has no such form is left out."""
    found = []
    for number, axes in enumerate(figure.axes, 1):
        title = axes.get_title() or (f"axes {number}" if len(figure.axes) > 1 else "")
        for kind, artist, read in _drawn(axes):
            with contextlib.suppress(Exception):
                x, y = read(artist)
                label = str(getattr(artist, "get_label", str)() or "")
                name = kind if not label or label.startswith("_") else label
                found.append({"name": f"{title}: {name}" if title else name, "x": x, "y": y})
    return found


def _drawn(axes):
    for line in axes.lines:
        yield "line", line, _of_line
    for container in axes.containers:
        if getattr(container, "patches", None):
            yield "bars", container, _of_bars
    for collection in axes.collections:
        if hasattr(collection, "get_offsets"):
            yield "points", collection, _of_points


def _of_line(line):
    return list(line.get_xdata()), list(line.get_ydata())


def _of_bars(container):
    bars = list(container.patches)
    return [bar.get_x() + bar.get_width() / 2 for bar in bars], [bar.get_height() for bar in bars]


def _of_points(collection):
    points = [tuple(point) for point in collection.get_offsets()]
    return [x for x, _ in points], [y for _, y in points]
