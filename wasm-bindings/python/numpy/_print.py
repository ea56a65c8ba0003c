"""How NumPy writes arrays: columns of one width, long arrays summarised."""

import torch

from ._format import Complexes, Floats
from ._format import options as _options


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
        return Floats(values, kind, options, sign)
    if kind.kind == "b":
        return lambda value: "False" if not value else " True" if shape else "True"
    if kind.isint:
        width = max((len(str(v)) for v in values), default=0)
        return lambda value: str(value).rjust(width)
    if kind.kind == "c":
        return Complexes(values, kind, options)
    return _object_text if kind.kind == "O" else repr


def _corners(tensor, edge):
    """The first and last `edge` items along each dimension."""
    for dim, size in enumerate(tensor.shape):
        if size > 2 * edge:
            ends = (tensor.narrow(dim, 0, edge), tensor.narrow(dim, size - edge, edge))
            tensor = torch.cat(ends, dim)
    return tensor


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
