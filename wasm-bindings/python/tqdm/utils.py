"""How numbers and times are written on a bar."""

import shutil
import sys
import unicodedata

__all__ = ["cells", "format_interval", "format_num", "format_sizeof", "trim"]


def format_sizeof(num, suffix="", divisor=1000):
    """A number with an SI prefix and three or four significant figures: 1234 is '1.23k'."""
    for unit in ["", "k", "M", "G", "T", "P", "E", "Z"]:
        if abs(num) < 999.5:
            if abs(num) < 99.95:
                if abs(num) < 9.995:
                    return f"{num:1.2f}{unit}{suffix}"
                return f"{num:2.1f}{unit}{suffix}"
            return f"{num:3.0f}{unit}{suffix}"
        num /= divisor
    return f"{num:3.1f}Y{suffix}"


def format_interval(t):
    """Seconds as [H:]MM:SS."""
    sign = "-" if t < 0 else ""
    minutes, s = divmod(abs(int(t)), 60)
    h, m = divmod(minutes, 60)
    return sign + (f"{h:d}:{m:02d}:{s:02d}" if h else f"{m:02d}:{s:02d}")


def format_num(n):
    """A number as text, in scientific notation where that is shorter."""
    short = f"{n:.3g}".replace("e+0", "e+").replace("e-0", "e-")
    plain = str(n)
    return short if len(short) < len(plain) else plain


def cells(text):
    """How many columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        2 if unicodedata.east_asian_width(char) in "FW" else not unicodedata.combining(char)
        for char in text
    )


def trim(text, columns):
    """The beginning of a text that fits into so many columns."""
    while cells(text) > columns:
        text = text[:-1]
    return text


def screen_size(stream):
    """(columns, rows) of the terminal behind a stream, each None where there is none."""
    if stream not in (sys.stdout, sys.stderr) or not getattr(stream, "isatty", bool)():
        return None, None
    size = shutil.get_terminal_size((0, 0))
    return size.columns or None, size.lines or None
