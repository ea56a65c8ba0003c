"""Tables of the tensors that a program has left: the page's questions `tensors` and `tensor`."""

import math
import sys
from array import array
from contextlib import suppress

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
    row = {
        "name": name,
        "kind": kind,
        "shape": [int(size) for size in value.shape],
        "dtype": str(value.dtype).removeprefix("torch."),
        "min": None,
        "mean": None,
        "max": None,
    }
    with suppress(*_NO_NUMBERS):
        row |= _range(value)
    return row


#: What values raise that are no real numbers, or too many to be read a second time.
_NO_NUMBERS = (TypeError, ValueError, RuntimeError, NotImplementedError, MemoryError)


def _range(value):
    """Smallest, mean and largest value, found where the values are: a copy may not fit."""
    import torch

    if 0 in value.shape:
        return {}
    with torch.no_grad():
        if isinstance(value, torch.Tensor):
            value = value.detach()
            found = (value.min(), value.mean(dtype=torch.float64), value.max())
        else:
            found = (value.min(), value.mean(), value.max())
    numbers = zip(("min", "mean", "max"), map(float, found), strict=True)
    return {word: each if math.isfinite(each) else str(each) for word, each in numbers}


def _numbers(part):
    """Values as a float64 tensor outside of any graph; None where they are no real numbers."""
    import torch

    try:
        if isinstance(part, torch.Tensor):
            return None if part.is_complex() else part.detach().to(torch.float64)
        return torch.tensor(part.tolist(), dtype=torch.float64)
    except _NO_NUMBERS:
        return None


def _table(name, kind, value, at):
    shape = list(value.shape)
    at = [min(max(int(i), 0), size - 1) for i, size in zip(_filled(at, shape), shape, strict=False)]
    # A vector is a column, a number a table of one.
    of_rows, of_columns = (shape + [1, 1])[:2] if len(shape) < 2 else shape[-2:]
    shown_columns = min(of_columns, _MOST_COLUMNS)
    shown_rows = min(of_rows, _MOST_VALUES // max(1, shown_columns))
    part = value
    for i in at:
        part = part[i]
    if part.ndim > 0:
        part = part[:shown_rows]
    if part.ndim > 1:
        part = part[:, :shown_columns]
    numbers = _numbers(part)
    if numbers is None:
        return None
    while numbers.dim() < 2:
        numbers = numbers.unsqueeze(-1)
    rows, columns = numbers.shape
    answer = {
        **_summary(name, kind, value),
        "at": at,
        "rows": rows,
        "columns": columns,
        "ofRows": of_rows,
        "ofColumns": of_columns,
    }
    return WithBytes(answer, [array("d", numbers.flatten().tolist()).tobytes()])


def _filled(at, shape):
    """An index for each dimension but the last two."""
    count = max(0, len(shape) - 2)
    return (list(at) + [0] * count)[:count]
