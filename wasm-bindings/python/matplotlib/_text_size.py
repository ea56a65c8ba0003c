"""How wide and high text is in DejaVu Sans, the font in which figures are measured."""

from . import _mathtext

ASCENT, DESCENT, LINE = 0.78, 0.215, 1.2
"""Above and below the baseline, and from line to line, in parts of the font's size."""

_WIDTHS = [
    *(318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337),
    *(636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531),
    *(1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787),
    *(603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500),
    *(500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612),
    *(635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838),
]
_OTHERS = {"−": 838, "×": 838, "±": 838, "°": 500, "…": 1000, "–": 500, "—": 1000, "\u2009": 200}


def _letter(char):
    code = ord(char) - 32
    if 0 <= code < len(_WIDTHS):
        return _WIDTHS[code]
    if 0x300 <= ord(char) < 0x370:
        return 0
    return _OTHERS.get(char) or (1000 if ord(char) >= 0x2E80 else 620)


def line_width(line, size, bold=False, mono=False):
    """The width of one line, in the unit of `size`."""
    if "$" not in line:
        total = 602 * len(line) if mono else sum(map(_letter, line))
    else:
        total = sum(run.scale * sum(map(_letter, run.text)) for run in _mathtext.runs(line))
    return total * size * (1.13 if bold else 1) / 1000


def text_size(text, size, bold=False, mono=False, spacing=LINE):
    """(width, height) of a text of one or more lines."""
    lines = text.split("\n")
    width = max(line_width(line, size, bold, mono) for line in lines)
    return width, size * (ASCENT + DESCENT + spacing * (len(lines) - 1))
