"""Printing tensors, character for character as PyTorch does."""

from math import ceil, floor, inf, isfinite, isinf, isnan

from . import _C, _dtypes
from ._creation import tensor as make
from ._method_table import own_method
from ._tensor import flat_values
from .nn.parameter import Parameter


class _Options:
    precision = 4
    threshold = 1000
    edgeitems = 3
    linewidth = 80
    sci_mode = None


_PROFILES = {"default": (4, 1000, 3, 80), "short": (2, 1000, 2, 80), "full": (4, inf, 3, 80)}
options = _Options()


def set_printoptions(
    precision=None, threshold=None, edgeitems=None, linewidth=None, profile=None, sci_mode=None
):
    """How tensors are printed: digits, from how many elements on they are summarised, items kept at
    each edge, width.
    """
    if profile is not None:
        names = ("precision", "threshold", "edgeitems", "linewidth")
        for name, value in zip(names, _PROFILES[profile], strict=True):
            setattr(options, name, value)
    given = {
        "precision": precision,
        "threshold": threshold,
        "edgeitems": edgeitems,
        "linewidth": linewidth,
    }
    for name, value in given.items():
        if value is not None:
            setattr(options, name, value)
    options.sci_mode = sci_mode


def get_printoptions():
    """The options in force, as a dict."""
    return {
        name: getattr(options, name)
        for name in ("precision", "threshold", "edgeitems", "linewidth", "sci_mode")
    }


class _Formatter:
    """Chooses one notation and one width for all elements of a tensor."""

    def __init__(self, values, floating):
        self.floating = floating
        self.integers = True
        self.scientific = False
        self.width = 1
        if not floating:
            self.width = max((len(str(value)) for value in values), default=1)
            return
        values = [value for value in values if value != 0 and isfinite(value)]
        if not values:
            return
        largest, smallest = max(map(abs, values)), min(map(abs, values))
        self.integers = all(value == ceil(value) for value in values)
        spread = largest / smallest > 1000.0 or largest > 1.0e8
        self.scientific = spread or (not self.integers and smallest < 1.0e-4)
        if self.scientific:
            kind, extra = f".{options.precision}e", 0
        elif self.integers:
            kind, extra = ".0f", 1
        else:
            kind, extra = f".{options.precision}f", 0
        self.width = max(1, max(len(format(value, kind)) for value in values) + extra)
        if options.sci_mode is not None:
            self.scientific = options.sci_mode

    def format(self, value):
        if not self.floating:
            text = str(value)
        elif self.scientific:
            text = f"{value:.{options.precision}e}"
        elif self.integers:
            text = f"{value:.0f}"
            if not (isinf(value) or isnan(value)):
                text += "."
        else:
            text = f"{value:.{options.precision}f}"
        return text.rjust(self.width)


def _vector(values, cut, indent, formatter):
    per_line = max(1, floor((options.linewidth - indent) / (formatter.width + 2)))
    texts = [formatter.format(value) for value in values]
    if cut:
        edge = options.edgeitems
        texts = [*texts[:edge], " ...", *texts[edge:]] if edge else ["..."]
    lines = [", ".join(texts[i : i + per_line]) for i in range(0, len(texts), per_line)]
    return "[" + (",\n" + " " * (indent + 1)).join(lines) + "]"


def _nested(values, cuts, indent, formatter):
    """values: nested lists; cuts: for each dimension, whether its middle was left out."""
    if not cuts:
        return formatter.format(values)
    if len(cuts) == 1:
        return _vector(values, cuts[0], indent, formatter)
    parts = [_nested(value, cuts[1:], indent + 1, formatter) for value in values]
    if cuts[0]:
        edge = options.edgeitems
        parts = [*parts[:edge], "...", *parts[edge:]]
    return "[" + ("," + "\n" * (len(cuts) - 1) + " " * (indent + 1)).join(parts) + "]"


def _contents(tensor, indent):
    """The bracketed text of a tensor with at least one element."""
    shape = tensor.shape
    cuts = [False] * len(shape)
    if tensor.numel() > options.threshold:
        edge = options.edgeitems
        for dim, size in enumerate(shape):
            if size > 2 * edge:
                cuts[dim] = True
                tensor = tensor.index_select(dim, make([*range(edge), *range(size - edge, size)]))
    floating = tensor.dtype.is_floating_point
    formatter = _Formatter(flat_values(tensor), floating)
    return _nested(tensor.tolist(), cuts, indent, formatter)


def _with_suffixes(text, suffixes, indent):
    parts = [text]
    last_line = len(text) - text.rfind("\n") + 1
    for suffix in suffixes:
        if last_line + len(suffix) + 2 > options.linewidth:
            parts.append(",\n" + " " * indent + suffix)
            last_line = indent + len(suffix)
        else:
            parts.append(", " + suffix)
            last_line += len(suffix) + 2
    return "".join(parts) + ")"


@own_method("__repr__")
def _to_text(self, *, tensor_contents=None):
    """What `print(tensor)` shows."""
    prefix = "tensor("
    name = _C.grad_fn_name(self._h)
    needs_grad = not name and self.requires_grad
    plain = self.detach()
    default = _dtypes.get_default_dtype()
    suffixes = []
    if self.numel() == 0:
        if self.dim() != 1:
            suffixes.append(f"size={tuple(self.shape)}")
        if self.dtype is not default:
            suffixes.append(f"dtype={self.dtype}")
        contents = "[]"
    else:
        if self.dtype not in (default, _dtypes.int64, _dtypes.bool):
            suffixes.append(f"dtype={self.dtype}")
        contents = _contents(plain, len(prefix))
    if name:
        suffixes.append(f"grad_fn=<{name}>")
    elif needs_grad:
        suffixes.append("requires_grad=True")
    text = _with_suffixes(prefix + contents, suffixes, len(prefix))
    return f"Parameter containing:\n{text}" if isinstance(self, Parameter) else text
