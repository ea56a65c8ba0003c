"""Tables of the tensors that a program has left: the page's questions `tensors` and `tensor`."""

import math
import sys
from array import array

from unroll import runner
from unroll.assist import WithBytes

#: Rows of the list, and values of one table.
_MOST_NAMES = 500
_MOST_VALUES = 200_000
_MOST_COLUMNS = 1000


def tensors(_question):
    """The tensors, arrays and parameters of the last program: name, kind, shape, dtype, range."""
    return [_summary(name, kind, value) for name, kind, value in _all()][:_MOST_NAMES]


def tensor(question):
    """One of them as a table: its last two dimensions, at the indices `at` of those before.

    The bytes are float64 in row-major order, of as many rows and columns as fit.
    """
    for name, kind, value in _all():
        if name == question.get("name"):
            return _table(name, kind, value, question.get("at") or [])
    return None


def _all():
    import torch

    for name, value in list(runner.namespace().items()):
        if name.startswith("_"):
            continue
        if isinstance(value, torch.nn.Module):
            for path, parameter in value.named_parameters():
                yield f"{name}.{path}", "parameter", parameter
            for path, buffer in value.named_buffers():
                yield f"{name}.{path}", "buffer", buffer
        else:
            yield from _tensors_in(name, value)


def _tensors_in(name, value):
    """A tensor or an array, and those in a tuple, a list or a dict."""
    import torch

    numpy = sys.modules.get("numpy")
    if isinstance(value, torch.Tensor):
        yield name, "tensor", value
    elif numpy is not None and isinstance(value, numpy.ndarray):
        yield name, "array", value
    elif type(value) in (tuple, list) and len(value) <= 50:
        for i, item in enumerate(value):
            yield from _tensors_in(f"{name}[{i}]", item)
    elif type(value) is dict and len(value) <= 50:
        for key, item in value.items():
            yield from _tensors_in(f"{name}[{key!r}]", item)


def _summary(name, kind, value):
    numbers = _numbers(value)
    row = {
        "name": name,
        "kind": kind,
        "shape": [int(size) for size in value.shape],
        "dtype": str(value.dtype).removeprefix("torch."),
        "min": None,
        "mean": None,
        "max": None,
    }
    if numbers is not None and numbers.numel() > 0:
        for word in ("min", "mean", "max"):
            found = float(getattr(numbers, word)())
            row[word] = found if math.isfinite(found) else str(found)
    return row


def _numbers(value):
    """The values as a float64 tensor outside of any graph; None where they are no real numbers."""
    import torch

    try:
        with torch.no_grad():
            found = value if isinstance(value, torch.Tensor) else torch.tensor(value.tolist())
            return None if found.is_complex() else found.detach().to(torch.float64)
    except (TypeError, ValueError, RuntimeError, NotImplementedError):
        return None


def _table(name, kind, value, at):
    numbers = _numbers(value)
    if numbers is None:
        return None
    shape = list(numbers.shape)
    at = [min(max(int(i), 0), size - 1) for i, size in zip(_filled(at, shape), shape, strict=False)]
    for i in at:
        numbers = numbers[i]
    # A vector is a column, a number a table of one.
    while numbers.dim() < 2:
        numbers = numbers.unsqueeze(-1)
    rows, columns = numbers.shape
    shown_columns = min(columns, _MOST_COLUMNS)
    shown_rows = min(rows, _MOST_VALUES // max(1, shown_columns))
    part = numbers[:shown_rows, :shown_columns].flatten().tolist()
    answer = {
        **_summary(name, kind, value),
        "at": at,
        "rows": shown_rows,
        "columns": shown_columns,
        "ofRows": rows,
        "ofColumns": columns,
    }
    return WithBytes(answer, [array("d", part).tobytes()])


def _filled(at, shape):
    """An index for each dimension but the last two."""
    count = max(0, len(shape) - 2)
    return (list(at) + [0] * count)[:count]
