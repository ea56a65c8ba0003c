"""What programs draw (lists, tensors, arrays, dates, words) as plain lists of floats."""

import datetime
import math
from collections.abc import Iterable

NAN = math.nan


def plain(values):
    """A list, nested as the data are; a single value stays one. Tensors must be detached."""
    if isinstance(values, (int, float, str, datetime.date)) or values is None:
        return values
    if getattr(values, "requires_grad", False):
        # numpy() refuses in PyTorch's words.
        values.numpy()
    if hasattr(values, "detach"):
        values = values.detach()
    if hasattr(values, "tolist"):
        return _dates(values) or values.tolist()
    if hasattr(values, "to_numpy"):
        return values.to_numpy().tolist()
    if isinstance(values, Iterable):
        return [plain(value) for value in values]
    return values


def _dates(values):
    """An array of datetime64 as datetimes: its own tolist() may give nanoseconds."""
    if str(getattr(values, "dtype", "")).startswith("datetime64"):
        return values.astype("datetime64[us]").tolist()
    return None


def number(value):
    """A float; None and masked values are a gap."""
    if value is None:
        return NAN
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, datetime.date):
        return date_number(value)
    if isinstance(value, list) and len(value) == 1:
        return number(value[0])
    try:
        return float(value)
    except (TypeError, ValueError):
        if isinstance(value, complex):
            return value.real
        raise


def vector(values, name="values"):
    """One-dimensional data as a list of floats."""
    values = plain(values)
    if not isinstance(values, list):
        return [number(values)]
    if values and isinstance(values[0], list) and all(len(row) == 1 for row in values):
        values = [row[0] for row in values]
    if any(isinstance(value, list) for value in values):
        raise ValueError(f"{name} must be 1D")
    return [number(value) for value in values]


def columns(values):
    """One- or two-dimensional data as a list of columns, each a list as it was."""
    values = plain(values)
    if not isinstance(values, list):
        return [[values]]
    if not values or not isinstance(values[0], list):
        return [values]
    if values[0] and isinstance(values[0][0], list):
        raise ValueError("x and y can be no greater than 2D")
    if len({len(row) for row in values}) > 1:
        raise ValueError(
            "setting an array element with a sequence. The requested array has an inhomogeneous "
            "shape after 1 dimensions. The detected shape was "
            f"({len(values)},) + inhomogeneous part."
        )
    return [list(column) for column in zip(*values, strict=True)]


def shape(values):
    """The shape of nested lists."""
    found = []
    while isinstance(values, list):
        found.append(len(values))
        if not values:
            break
        values = values[0]
    return tuple(found)


def are_words(values):
    return bool(values) and all(isinstance(value, str) for value in values)


def are_dates(values):
    return bool(values) and isinstance(values[0], datetime.date)


def date_number(value):
    """Days since 1970-01-01."""
    if not isinstance(value, datetime.datetime):
        return float((value - datetime.date(1970, 1, 1)).days)
    if value.tzinfo is not None:
        value = value.astimezone(datetime.UTC).replace(tzinfo=None)
    return (value - datetime.datetime(1970, 1, 1)) / datetime.timedelta(days=1)


def finite(values):
    return [value for value in values if math.isfinite(value)]


def broadcast(values, size, name="values"):
    """A list of `size` floats from one value or as many."""
    found = vector(values)
    if len(found) == 1:
        return found * size
    if len(found) != size:
        raise ValueError(
            f"shape mismatch: objects cannot be broadcast to a single shape.  "
            f"Mismatch is between {name} with shape ({len(found)},) and ({size},)."
        )
    return found


def array(values):
    """A list as NumPy's array, which functions such as hist() return; without NumPy the list."""
    try:
        import numpy
    except ImportError:
        return values
    return numpy.array(values)
