"""How NumPy writes numbers and arrays: the fewest digits that tell a value from its neighbours,
columns of one width, long arrays summarised.
"""

import contextlib
import math
import struct

from . import _pool

_options = {
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
        if name not in _options:
            raise TypeError(f"set_printoptions() got an unexpected keyword argument '{name}'")
        if value is not None or name == "formatter":
            _options[name] = value
    if not given:
        return
    if "formatter" not in given:
        _options["formatter"] = None


def get_printoptions():
    """How arrays are printed."""
    return dict(_options)


@contextlib.contextmanager
def printoptions(**given):
    """Other printing inside a `with` block."""
    before = dict(_options)
    set_printoptions(**given)
    try:
        yield dict(_options)
    finally:
        _options.update(before)


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


class _Floats:
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


class _Complex:
    """Writes complex numbers as real and imaginary columns."""

    def __init__(self, values, kind, options):
        from ._dtypes import float64

        self.real = _Floats([v.real for v in values], float64, options)
        self.imaginary = _Floats([v.imag for v in values], float64, options, "+")

    def __call__(self, value):
        imaginary = self.imaginary(value.imag)
        end = len(imaginary.rstrip())
        return f"{self.real(value.real)}{imaginary[:end]}j{imaginary[end:]}"


def _object_text(value):
    return f"list({value!r})" if type(value) is list else repr(value)


def _custom(kind, options):
    formatter = options["formatter"] or {}
    names = {
        "b": ("bool",),
        "i": ("int", "int_kind"),
        "u": ("int", "int_kind"),
        "f": ("float", "float_kind"),
        "c": ("complexfloat", "complex_kind"),
        "U": ("numpystr", "str_kind"),
        "O": ("object",),
    }[kind.kind]
    for name in (*names, "all"):
        if formatter.get(name):
            return formatter[name]
    return None


def writer(values, kind, shape, options):
    """A function that writes one of these values."""
    custom = _custom(kind, options)
    if custom:
        from ._scalars import make

        return lambda value: custom(make(value, kind))
    if kind.kind == "f":
        sign = options["sign"]
        return _Floats(values, kind, options, sign)
    if kind.kind == "b":
        return lambda value: "False" if not value else " True" if shape else "True"
    if kind.isint:
        width = max((len(str(v)) for v in values), default=0)
        return lambda value: str(value).rjust(width)
    if kind.kind == "c":
        return _Complex(values, kind, options)
    return _object_text if kind.kind == "O" else repr


def _corners(tensor, edge):
    """The first and last `edge` items along each dimension."""
    for dim, size in enumerate(tensor.shape):
        if size > 2 * edge:
            ends = (tensor.narrow(dim, 0, edge), tensor.narrow(dim, size - edge, edge))
            tensor = _cat(ends, dim)
    return tensor


def _cat(parts, dim):
    import torch

    return torch.cat(parts, dim)


def _flat(nested, depth):
    for _ in range(depth - 1):
        nested = [item for row in nested for item in row]
    return nested


def array2string(
    a, max_line_width=None, precision=None, suppress_small=None, separator=" ", prefix="", *,
    formatter=None, threshold=None, edgeitems=None, sign=None, floatmode=None, suffix="", **_,
):  # fmt: skip
    """The array's elements as text."""
    given = {
        "linewidth": max_line_width, "precision": precision, "suppress": suppress_small,
        "formatter": formatter, "threshold": threshold, "edgeitems": edgeitems, "sign": sign,
        "floatmode": floatmode,
    }  # fmt: skip
    options = {**_options, **{k: v for k, v in given.items() if v is not None}}
    if a.size == 0:
        return "[]"
    edge = options["edgeitems"]
    summarised = a.size > options["threshold"]
    part = a._t
    if summarised:
        part = _corners(part, edge)
    nested = a._like(part).tolist()
    if not a.shape:
        return writer([nested], a.dtype, (), options)(nested)
    flat = _flat(nested, a.ndim)
    write = writer(flat, a.dtype, a.shape, options)
    layout = _Layout(a.shape, write, separator, "..." if summarised else "", edge)
    return layout.text(nested, 0, " " * (len(prefix) + 1), options["linewidth"] - len(suffix))


class _Layout:
    """Puts the elements into lines and brackets."""

    def __init__(self, shape, write, separator, insert, edge):
        self.shape, self.write, self.separator = shape, write, separator
        self.insert, self.edge = insert, edge

    def text(self, items, axis, indent, width):
        """The items of one dimension in brackets."""
        if axis == len(self.shape):
            return self.write(items)
        items = list(items)
        gap = self.insert and 2 * self.edge < self.shape[axis]
        last = axis == len(self.shape) - 1
        inner = [self.text(item, axis + 1, indent + " ", width - 1) for item in items]
        if gap:
            inner.insert(self.edge, self.insert)
        if not inner:
            return "[]"
        lines = self._row(inner, indent, width) if last else self._rows(inner, axis, indent)
        return f"[{lines[len(indent) :]}]"

    def _row(self, words, indent, width):
        done, line = "", indent
        room = width - max(len(self.separator.rstrip()), 1)
        for i, word in enumerate(words):
            if i == len(words) - 1:
                room = width
            if len(line) + len(word) > room and len(line) > len(indent):
                done, line = done + line.rstrip() + "\n", indent
            line += word + (self.separator if i < len(words) - 1 else "")
        return done + line

    def _rows(self, parts, axis, indent):
        joint = self.separator.rstrip() + "\n" * (len(self.shape) - axis - 1)
        return joint.join(indent + part for part in parts)


def _plain(kind):
    return kind.name in ("int64", "float64", "bool", "complex128")


def array_repr(a, max_line_width=None, precision=None, suppress_small=None):
    """The array as `repr` writes it."""
    width = max_line_width or _options["linewidth"]
    extras = []
    if (a.size == 0 and a.shape != (0,)) or a.size > _options["threshold"]:
        extras.append(f"shape={a.shape!r}")
    if not _plain(a.dtype) or not a.size:
        kind = a.dtype
        name = f"'{kind.str}'" if kind.kind == "U" else kind.name
        extras.append(f"dtype={name}")
    text = array2string(
        a, width, precision, suppress_small, ", ", "array(", suffix="," if extras else ")"
    )
    if not extras:
        return f"array({text})"
    text = f"array({text},"
    extra = ", ".join(extras) + ")"
    gap = " "
    if len(text) - (text.rfind("\n") + 1) + len(extra) + 1 > width:
        gap = "\n" + " " * len("array(")
    return text + gap + extra


def array_str(a, max_line_width=None, precision=None, suppress_small=None):
    """The array as `str` writes it."""
    if not a.shape:
        return str(a[()])
    return array2string(a, max_line_width, precision, suppress_small)


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
    nested = tensor.tolist()
    if kind.pooled:
        return _mapped(nested, tensor.dim(), lambda row: _pool.values(row))
    if kind.name == "uint64":
        return _mapped(nested, tensor.dim(), lambda row: [v % 2**64 for v in row])
    return nested


def _mapped(nested, depth, act):
    if depth == 0:
        return act([nested])[0]
    if depth == 1:
        return act(nested)
    return [_mapped(row, depth - 1, act) for row in nested]
