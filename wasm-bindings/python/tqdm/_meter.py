"""The text of a bar: `tqdm.format_meter`."""

import datetime

from .utils import cells, format_interval, format_num, format_sizeof, trim

UTF = " ▏▎▍▌▋▊▉█"
ASCII = " 123456789#"
BLANK = "  "
_COLOURS = {
    "BLACK": "\x1b[30m",
    "RED": "\x1b[31m",
    "GREEN": "\x1b[32m",
    "YELLOW": "\x1b[33m",
    "BLUE": "\x1b[34m",
    "MAGENTA": "\x1b[35m",
    "CYAN": "\x1b[36m",
    "WHITE": "\x1b[37m",
}


class Bar:
    """The bar itself, formatted with its width: '{:10}', '{:10a}' in ASCII, '{:10b}' blank."""

    def __init__(self, frac, default_len=10, charset=UTF, colour=None):
        self.frac = min(max(frac, 0), 1)
        self.default_len = default_len
        self.charset = charset
        self.colour = colour

    def __format__(self, spec):
        kinds = {"a": ASCII, "u": UTF, "b": BLANK}
        charset = kinds.get(spec[-1:].lower())
        digits = spec[:-1] if charset else spec
        charset = charset or self.charset
        length = int(digits) if digits else self.default_len
        if length < 0:
            length = max(1, length + self.default_len)
        whole, part = divmod(int(self.frac * length * (len(charset) - 1)), len(charset) - 1)
        bar = charset[-1] * whole
        if whole < length:
            bar += charset[part] + charset[0] * (length - whole - 1)
        return self._coloured(bar)

    def _coloured(self, bar):
        if not self.colour:
            return bar
        code = _COLOURS.get(self.colour.upper())
        if code is None:
            red, green, blue = (int(self.colour[i : i + 2], 16) for i in (1, 3, 5))
            code = f"\x1b[38;2;{red};{green};{blue}m"
        return f"{code}{bar}\x1b[0m"


class _Asked:
    """Stands in for the bar to measure the rest, and knows whether it was asked for."""

    asked = False

    def __format__(self, _):
        self.asked = True
        return ""


def format_meter(
    n,
    total,
    elapsed,
    ncols=None,
    prefix="",
    ascii=False,  # noqa: A002
    unit="it",
    unit_scale=False,
    rate=None,
    bar_format=None,
    postfix=None,
    unit_divisor=1000,
    initial=0,
    colour=None,
    **extra_kwargs,
):
    """A bar as text, at most `ncols` columns wide.

    n of total iterations are done after `elapsed` seconds; rate overrides n / elapsed;
    bar_format arranges {l_bar}{bar}{r_bar} or their parts.
    """
    if total and n >= total + 0.5:
        total = None
    if unit_scale and unit_scale not in (True, 1):
        total = total * unit_scale if total else total
        n *= unit_scale
        rate = rate * unit_scale if rate else rate
        unit_scale = False
    if rate is None and elapsed:
        rate = (n - initial) / elapsed
    parts = _numbers(n, total, elapsed, rate, unit, unit_scale, unit_divisor)
    l_bar = prefix + ": " if prefix and not prefix.endswith(": ") else prefix or ""
    if postfix:
        postfix = ", " + postfix if bar_format is None or "{postfix" in bar_format else postfix
    else:
        postfix = ""
    r_bar = (
        f"| {parts['n_fmt']}/{parts['total_fmt']} "
        f"[{parts['elapsed']}<{parts['remaining']}, {parts['rate_fmt']}{postfix}]"
    )
    fields = {
        **parts,
        "n": n,
        "total": total,
        "ncols": ncols,
        "desc": prefix or "",
        "unit": unit,
        "unit_divisor": unit_divisor,
        "postfix": postfix,
        "colour": colour,
        "bar_format": bar_format,
        "r_bar": r_bar,
        **extra_kwargs,
    }
    if total:
        percentage = n / total * 100
        l_bar += f"{percentage:3.0f}%|"
        if ncols == 0:
            return l_bar[:-1] + r_bar[1:]
        fields |= {"l_bar": l_bar, "percentage": percentage}
        layout = bar_format or "{l_bar}{bar}{r_bar}"
        charset = ASCII if ascii is True else ascii or UTF
        return _with_bar(layout, fields, n / total, ncols, charset, colour)
    if bar_format:
        l_bar += "|"
        fields |= {"l_bar": l_bar, "percentage": 0}
        return _with_bar(bar_format, fields, 0, ncols, BLANK, colour)
    return f"{l_bar}{parts['n_fmt']}{unit} [{parts['elapsed']}, {parts['rate_fmt']}{postfix}]"


def _with_bar(layout, fields, frac, ncols, charset, colour):
    gap = _Asked()
    rest = layout.format(bar=gap, **fields)
    if not gap.asked:
        return rest
    length = max(1, ncols - cells(rest)) if ncols else 10
    text = layout.format(bar=Bar(frac, length, charset, colour), **fields)
    return trim(text, ncols) if ncols and not colour else text


def _numbers(n, total, elapsed, rate, unit, unit_scale, divisor):
    inverse = 1 / rate if rate else None

    def number(value):
        if not value:
            return "?"
        return format_sizeof(value) if unit_scale else f"{value:5.2f}"

    forward, backward = f"{number(rate)}{unit}/s", f"{number(inverse)}s/{unit}"
    if unit_scale:
        n_fmt = format_sizeof(n, divisor=divisor)
        total_fmt = format_sizeof(total, divisor=divisor) if total is not None else "?"
    else:
        n_fmt, total_fmt = str(n), str(total) if total is not None else "?"
    seconds = (total - n) / rate if rate and total else 0
    try:
        eta = datetime.datetime.now() + datetime.timedelta(seconds=seconds)
    except OverflowError:
        eta = datetime.datetime.max
    return {
        "n_fmt": n_fmt,
        "total_fmt": total_fmt,
        "elapsed": format_interval(elapsed),
        "elapsed_s": elapsed,
        "remaining": format_interval(seconds) if rate else "?",
        "remaining_s": seconds,
        "rate": rate if inverse is None or inverse <= 1 else inverse,
        "rate_fmt": backward if inverse and inverse > 1 else forward,
        "rate_noinv": rate,
        "rate_noinv_fmt": forward,
        "rate_inv": inverse,
        "rate_inv_fmt": backward,
        "eta": eta,
    }


__all__ = ["Bar", "format_interval", "format_meter", "format_num", "format_sizeof"]
