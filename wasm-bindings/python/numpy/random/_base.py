"""What both generators share: sizes, choices, shuffles."""

import math

from .._array import ndarray
from .._convert import array, asarray, from_values
from .._dtypes import float64, int64
from .._reduce import cumsum
from .._shape import broadcast_arrays


def sizes(size):
    """(shape, count) of a `size` argument."""
    if hasattr(size, "__index__"):
        size = (size.__index__(),)
    shape = tuple(n.__index__() for n in size)
    if any(n < 0 for n in shape):
        raise ValueError("negative dimensions are not allowed")
    return shape, math.prod(shape)


def draw(act, size, parameters=(), kind=float64):
    """Numbers that `act` draws, for parameters that are numbers or arrays."""
    if all(isinstance(p, (int, float)) for p in parameters):
        if size is None:
            return act(*parameters)
        shape, count = sizes(size)
        if parameters:
            values = [act(*parameters) for _ in range(count)]
        else:
            values = [act() for _ in range(count)]
        return from_values(values, shape, kind)
    arrays = broadcast_arrays(*[asarray(p) for p in parameters])
    shape = arrays[0].shape
    if size is not None:
        from .._create import zeros

        wanted, _ = sizes(size)
        arrays = broadcast_arrays(*arrays, zeros(wanted))[:-1]
        if arrays[0].shape != wanted:
            raise ValueError(
                f"Output size {wanted} is not compatible with broadcast dimensions of inputs "
                f"{shape}."
            )
    columns = [a.ravel().tolist() for a in arrays]
    values = [act(*row) for row in zip(*columns, strict=True)]
    if not arrays[0].ndim:
        return values[0]
    return from_values(values, arrays[0].shape, kind)


def mask_of(limit):
    """The smallest number of ones that covers a limit."""
    return (1 << limit.bit_length()) - 1


def swap_all(x, pick):
    """Exchange the items of x from the last to the second with one that `pick(i)` names."""
    n = len(x)
    if isinstance(x, ndarray):
        places = list(range(n))
        swap_all(places, pick)
        x[...] = x[array(places, int)]
        return
    if hasattr(x, "numpy") and hasattr(x, "dtype"):
        places = list(range(n))
        swap_all(places, pick)
        x.copy_(x[places].clone())
        return
    for i in range(n - 1, 0, -1):
        j = pick(i)
        x[i], x[j] = x[j], x[i]


def check_p(p, count):
    """The probabilities as floats. Raises ValueError where they are none."""
    p = asarray(p)
    if p.ndim != 1:
        raise ValueError("'p' must be 1-dimensional")
    if p.size != count:
        raise ValueError("'a' and 'p' must have same size")
    tolerance = math.sqrt(2.220446049250313e-16)
    if p.dtype.kind == "f":
        eps = {"float32": 1.1920929e-07, "float16": 0.000977}.get(p.dtype.name, 0.0)
        tolerance = max(tolerance, math.sqrt(eps))
    values = p.astype(float).tolist()
    total = math.fsum(values)
    if total != total:
        raise ValueError("probabilities contain NaN")
    if any(value < 0 for value in values):
        raise ValueError("probabilities are not non-negative")
    if abs(total - 1.0) > tolerance:
        raise ValueError("probabilities do not sum to 1")
    return p.astype(float)


def by_chance(p, samples):
    """The places that uniform samples pick, by the probabilities."""
    from .._sort import searchsorted

    line = cumsum(p)
    line = line / line[-1]
    return searchsorted(line, samples, side="right")


def without_repeats(p, size, uniform):
    """Distinct places drawn by their probabilities."""
    if sum(1 for value in p.tolist() if value > 0) < size:
        raise ValueError("Fewer non-zero entries in p than size")
    found, left = [], p.copy()
    while len(found) < size:
        samples = uniform(size - len(found))
        if found:
            left[array(found, int)] = 0
        for place in by_chance(left, samples).tolist():
            if place not in found:
                found.append(place)
    return found


def picked(a, places, size, scalar):
    """The chosen items: of an array where there is one, else the places themselves."""
    if scalar:
        return places if a is None else a[places]
    places = asarray(places, int64)
    shape = sizes(size)[0]
    places = places.reshape(shape)
    return places if a is None else a[places]


def population(a, size):
    """(array or None, its size). Raises ValueError where nothing can be chosen."""
    given = asarray(a) if not hasattr(a, "__index__") or isinstance(a, ndarray) else None
    if given is not None and not given.ndim and given.dtype.isint:
        a, given = given.item(), None
    wanted = 1 if size is None else sizes(size)[1]
    if given is None:
        count = a.__index__()
        if count <= 0 and wanted:
            raise ValueError("a must be greater than 0 unless no samples are taken")
        return None, count
    if given.ndim < 1:
        raise ValueError("a must be 1-dimensional or an integer")
    if not given.shape[0] and wanted:
        raise ValueError("'a' cannot be empty unless no samples are taken")
    return given, given.shape[0]
