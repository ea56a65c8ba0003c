"""How NumPy writes numbers and arrays: the fewest digits that tell a value from its neighbours,
columns of one width, long arrays summarised.
"""

import contextlib
import math
import struct

import torch
from torch import _C
from torch._tensor import nest

from . import _pool

_CODES = {
    torch.bool: "?", torch.int8: "b", torch.uint8: "B", torch.int16: "h", torch.int32: "i",
    torch.int64: "q", torch.float32: "f", torch.float64: "d",
}  # fmt: skip

options = {
    "edgeitems": 3,
    "threshold": 1000,
    "floatmode": "maxprec",
    "precision": 8,
    "suppress": False,
    "linewidth": 75,
    "nanstr": "nan",
    "infstr": "inf",
    "sign": "-",
    "formatter": None,
    "legacy": False,
    "override_repr": None,
}
_DIGITS = {"float32": range(6, 10), "float16": range(3, 6)}


def set_printoptions(**given):
    """Set how arrays are printed: precision, threshold, edgeitems, linewidth, suppress, ..."""
    for name, value in given.items():
        if name not in options:
            raise TypeError(f"set_printoptions() got an unexpected keyword argument '{name}'")
        if value is not None or name == "formatter":
            options[name] = value
    if not given:
        return
    if "formatter" not in given:
        options["formatter"] = None


def get_printoptions():
    """How arrays are printed."""
    return dict(options)


@contextlib.contextmanager
def printoptions(**given):
    """Other printing inside a `with` block."""
    before = dict(options)
    set_printoptions(**given)
    try:
        yield dict(options)
    finally:
        options.update(before)


def shortest(value, kind):
    """(digits, exponent): the fewest digits d₁d₂… with |value| ≈ d₁.d₂… · 10^exponent."""
    value = abs(value)
    tries = _DIGITS.get(kind.name)
    text = repr(value)
    if tries:
        code = kind.char
        for digits in tries:
            text = f"{value:.{digits - 1}e}"
            try:
                if struct.unpack(code, struct.pack(code, float(text)))[0] == value:
                    break
            except OverflowError:
                continue
    head, _, exponent = text.partition("e")
    whole, _, part = head.partition(".")
    exponent = int(exponent or 0) + len(whole) - 1
    digits = whole + part
    stripped = digits.lstrip("0")
    if not stripped:
        return "0", 0
    exponent -= len(digits) - len(stripped)
    return stripped.rstrip("0") or "0", exponent


def _rounded(value, kind, precision, scientific):
    """(digits, exponent), with at most `precision` digits behind the point."""
    digits, exponent = shortest(value, kind)
    behind = len(digits) - 1 - (0 if scientific else exponent)
    if precision is None or behind <= precision:
        return digits, exponent
    if scientific:
        text = f"{abs(value):.{precision}e}"
        head, _, power = text.partition("e")
        return head.replace(".", "").rstrip("0") or "0", int(power)
    text = f"{abs(value):.{precision}f}"
    return shortest_of_text(text)


def shortest_of_text(text):
    """(digits, exponent) of a plain decimal text."""
    whole, _, part = text.partition(".")
    digits = whole + part
    stripped = digits.lstrip("0")
    if not stripped:
        return "0", 0
    return stripped.rstrip("0"), len(whole) - 1 - (len(digits) - len(stripped))


def positional(value, kind, precision=None):
    """A finite number as 'whole.part' without an exponent; no zeros at the end."""
    digits, exponent = _rounded(value, kind, precision, False)
    sign = "-" if math.copysign(1, value) < 0 else ""
    if exponent < 0:
        return f"{sign}0.{'0' * (-exponent - 1)}{digits}" if digits != "0" else f"{sign}0."
    digits = digits.ljust(exponent + 1, "0")
    return f"{sign}{digits[: exponent + 1]}.{digits[exponent + 1 :]}"


def scientific(value, kind, precision=None, exponent_digits=2):
    """A finite number as 'd.ddde+XX'; no zeros at the end."""
    digits, exponent = _rounded(value, kind, precision, True)
    sign = "-" if math.copysign(1, value) < 0 else ""
    power = f"{'-' if exponent < 0 else '+'}{abs(exponent):0{exponent_digits}d}"
    return f"{sign}{digits[0]}.{digits[1:]}e{power}"


def scalar_text(value, kind):
    """A number as `str` writes it."""
    if not math.isfinite(value):
        return str(value)
    if value == 0 or 1e-4 <= abs(value) < 1e16:
        text = positional(value, kind)
        return text + "0" if text.endswith(".") else text
    return scientific(value, kind).replace(".e", "e")


class Floats:
    """Writes each number of an array in one width."""

    def __init__(self, values, kind, options, sign="-"):
        self.kind, self.options, self.sign = kind, options, sign
        finite = [v for v in values if math.isfinite(v)]
        sizes = [abs(v) for v in finite if v != 0]
        mode, precision = options["floatmode"], options["precision"]
        self.exponent = False
        if sizes:
            high, low = max(sizes), min(sizes)
            self.exponent = high >= 1e8 or (
                not options["suppress"] and (low < 0.0001 or high / low > 1000.0)
            )
        fixed = mode == "fixed"
        cut = None if mode == "unique" else precision
        self.fixed = precision if fixed else None
        least = precision if mode == "maxprec_equal" else 0
        if self.exponent:
            texts = [self._scientific(v, cut) for v in finite]
            self.power = max((len(t.partition("e")[2]) - 1 for t in texts), default=2)
            heads = [t.partition("e")[0].partition(".") for t in texts]
        else:
            heads = [self._positional(v, cut).partition(".") for v in finite]
        self.left = max((len(h[0]) for h in heads), default=0)
        self.right = max((len(h[2]) for h in heads), default=0)
        self.cut = cut
        self.full = self.exponent or mode == "maxprec_equal" and least >= 0 or fixed
        if self.sign != "-":
            self.left = max(
                (len(h[0]) + (not h[0].startswith("-")) for h in heads), default=self.left
            )
        if len(finite) != len(values):
            negative = any(v == -math.inf for v in values) or self.sign != "-"
            offset = self.right + 1
            wide = len(options["infstr"]) + negative - offset
            self.left = max(self.left, len(options["nanstr"]) - offset, wide)

    def _scientific(self, value, cut):
        if self.fixed is None:
            return scientific(value, self.kind, cut)
        text = f"{value:.{self.fixed}e}"
        return text if "." in text else text.replace("e", ".e")

    def _positional(self, value, cut):
        if self.fixed is None:
            return positional(value, self.kind, cut)
        text = f"{value:.{self.fixed}f}"
        return text if "." in text else text + "."

    def __call__(self, value):
        if not math.isfinite(value):
            plain = self.options["nanstr" if value != value else "infstr"]
            sign = "-" if value == -math.inf else "+" if self.sign == "+" and value > 0 else ""
            return (sign + plain).rjust(self.left + self.right + 1)
        sign = "+" if self.sign == "+" and math.copysign(1, value) > 0 else ""
        tail = ""
        if self.exponent:
            text = self._scientific(value, self.cut)
            text, _, power = text.partition("e")
            tail = f"e{power[0]}{power[1:].rjust(self.power, '0')}"
        else:
            text = self._positional(value, self.cut)
        whole, _, part = text.partition(".")
        part = part.ljust(self.right, "0" if self.full else " ")
        return f"{(sign + whole).rjust(self.left)}.{part}{tail}"


class Complexes:
    """Writes complex numbers as real and imaginary columns."""

    def __init__(self, values, kind, options):
        from ._dtypes import float64

        self.real = Floats([v.real for v in values], float64, options)
        self.imaginary = Floats([v.imag for v in values], float64, options, "+")

    def __call__(self, value):
        imaginary = self.imaginary(value.imag)
        end = len(imaginary.rstrip())
        return f"{self.real(value.real)}{imaginary[:end]}j{imaginary[end:]}"


def _trimmed(text, trim):
    head, mark, tail = text.partition("e")
    if trim in "0" and head.endswith("."):
        head += "0"
    elif trim == "-":
        head = head.rstrip(".")
    return head + mark + tail


def format_float_positional(
    x, precision=None, unique=True, fractional=True, trim="k", sign=False, pad_left=None,
    pad_right=None, min_digits=None,
):  # fmt: skip
    """A number without an exponent."""
    from ._dtypes import float64

    kind, value = getattr(x, "dtype", float64), float(x)
    text = positional(value, kind, precision) if unique else f"{value:.{precision}f}"
    whole, _, part = text.partition(".")
    if not unique and trim != "k":
        part = part.rstrip("0")
    if not fractional and precision is not None:
        text = positional(float(f"{value:.{precision - 1}e}"), kind)
        whole, _, part = text.partition(".")
    part = part.ljust(min_digits or 0, "0")
    text = _trimmed(f"{whole}.{part}", trim)
    if sign and value >= 0:
        text = "+" + text
    if pad_left:
        text = " " * (pad_left - len(text.partition(".")[0])) + text
    if pad_right:
        text += " " * (pad_right - len(text.partition(".")[2]))
    return text


def format_float_scientific(
    x, precision=None, unique=True, trim="k", sign=False, pad_left=None, exp_digits=None,
    min_digits=None,
):  # fmt: skip
    """A number with an exponent."""
    from ._dtypes import float64

    kind, value = getattr(x, "dtype", float64), float(x)
    text = scientific(value, kind, precision, exp_digits or 2)
    if not unique:
        text = f"{value:.{precision}e}"
    text = _trimmed(text, trim)
    return "+" + text if sign and value >= 0 else text


def values_of(tensor, kind):
    """The elements of a tensor that holds values of this type, as nested Python values."""
    nested = _numbers(tensor)
    if kind.pooled:
        return _mapped(nested, tensor.dim(), lambda row: _pool.values(row))
    if kind.name == "uint64":
        return _mapped(nested, tensor.dim(), lambda row: [v % 2**64 for v in row])
    return nested


def _numbers(tensor):
    """The numbers of a tensor as nested lists, whole numbers to the last digit."""
    if not tensor.dim():
        return tensor.item()
    code = _CODES.get(tensor.dtype)
    if code is None:
        return tensor.tolist()
    flat = memoryview(_C.to_bytes(tensor._h)).cast(code).tolist()
    return flat if tensor.dim() == 1 else nest(flat, tensor.shape)


def _mapped(nested, depth, act):
    if depth == 0:
        return act([nested])[0]
    if depth == 1:
        return act(nested)
    return [_mapped(row, depth - 1, act) for row in nested]
