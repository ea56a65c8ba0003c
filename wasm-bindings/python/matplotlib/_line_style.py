"""Line styles and the short notation 'r--o' of plot()."""

from ._rc import rcParams
from .colors import is_color_like, to_rgba

STYLES = {"-": "solid", "--": "dashed", "-.": "dashdot", ":": "dotted"}
_NAMES = {name: style for style, name in STYLES.items()} | {"": "None", " ": "None", "none": "None"}
_MARKERS = "o.,v^<>12348spP*hH+xXDd|_"
_LOOSE = {
    "solid": None,
    "dashed": "lines.dashed_pattern",
    "dashdot": "lines.dashdot_pattern",
    "dotted": "lines.dotted_pattern",
}


def normal_style(style):
    """A line style as '-', '--', '-.', ':', 'None' or (offset, pattern)."""
    if style is None:
        return rcParams["lines.linestyle"]
    if isinstance(style, (tuple, list)):
        return style
    found = _NAMES.get(style, style)
    if found not in STYLES and found != "None":
        raise ValueError(
            f"{style!r} is not a valid value for ls; supported values are '-', '--', '-.', ':', "
            "'None', ' ', '', 'solid', 'dashed', 'dashdot', 'dotted'"
        )
    return found


def dash_pattern(style, width):
    """Lengths of dashes and gaps in points of a line `width` points wide; () is a whole line."""
    if isinstance(style, (tuple, list)):
        pattern = style[1] if len(style) == 2 and not isinstance(style[1], (int, float)) else style
        return tuple(part * width for part in pattern or ())
    key = _LOOSE.get(STYLES.get(style, "solid"))
    return tuple(part * width for part in rcParams[key]) if key else ()


def parse_format(fmt):
    """(line style, marker, colour) of a text such as 'r--o', each None where it is not said.

    Raises ValueError in matplotlib's words for a text that is none.
    """
    # A number is a grey only where it is nothing else: '1' is a marker.
    try:
        to_rgba(fmt)
        if fmt not in _MARKERS or not fmt.replace(".", "").isdigit():
            return None, None, fmt
    except ValueError:
        pass
    style = marker = color = None
    i = 0
    wrong = f"{fmt!r} is not a valid format string"
    while i < len(fmt):
        two, one = fmt[i : i + 2], fmt[i]
        if two in ("--", "-."):
            if style is not None:
                raise ValueError(f"{wrong} (two linestyle symbols)")
            style, i = two, i + 2
        elif one in "-:":
            if style is not None:
                raise ValueError(f"{wrong} (two linestyle symbols)")
            style, i = one, i + 1
        elif one == "C" and fmt[i + 1 : i + 2].isdigit():
            end = i + 1
            while fmt[end : end + 1].isdigit():
                end += 1
            color, i = fmt[i:end], end
        elif one in _MARKERS:
            if marker is not None:
                raise ValueError(f"{wrong} (two marker symbols)")
            marker, i = one, i + 1
        elif one in "bgrcmykw":
            if color is not None:
                raise ValueError(f"{wrong} (two color symbols)")
            color, i = one, i + 1
        elif one == " ":
            i += 1
        else:
            raise ValueError(f"{wrong} (unrecognized character {one!r})")
    if style is None and marker is not None:
        style = "None"
    if marker is None and style is not None:
        marker = "None"
    return style, marker, color


def is_format(text):
    if is_color_like(text):
        return True
    try:
        parse_format(text)
    except ValueError:
        return False
    return True
