"""A line search for the strong Wolfe conditions.           [Nocedal & Wright 2006]"""

from typing import NamedTuple

from .._tensor import Tensor

_DECREASE, _CURVATURE, _MAX_STEPS = 1e-4, 0.9, 25


class Point(NamedTuple):
    """A place on the line: how far, the loss, the gradient, and the gradient along the line."""

    t: object
    loss: float
    grad: Tensor
    slope: Tensor


def _cubic_minimum(a, b, low=None, high=None):
    """Where the cubic through two points and their slopes is lowest, within [low, high]."""
    if a.t > b.t:
        a, b = b, a
    low, high = (a.t, b.t) if low is None else (low, high)
    bend = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.t - b.t)
    square = bend**2 - a.slope * b.slope
    if not square >= 0:
        return (low + high) / 2.0
    root = square.sqrt()
    place = b.t - (b.t - a.t) * ((b.slope + root - bend) / (b.slope - a.slope + 2 * root))
    return min(max(place, low), high)


def strong_wolfe(evaluate, first, t, direction, tolerance):
    """Returns (the point found, how often `evaluate` was called).

    evaluate(t) gives the loss and the gradient at t; first is the point at 0.
    """
    calls = 0

    def at(t):
        nonlocal calls
        calls += 1
        loss, grad = evaluate(t)
        return Point(t, loss, grad, grad.dot(direction))

    def too_high(point):
        return point.loss > first.loss + _DECREASE * point.t * first.slope

    def flat(point):
        return abs(point.slope) <= -_CURVATURE * first.slope

    last, new = first, at(t)
    for steps in range(_MAX_STEPS):  # noqa: B007  (the count goes on below)
        if (
            too_high(new)
            or (steps > 1 and new.loss >= last.loss)
            or (not flat(new) and new.slope >= 0)
        ):
            bracket = [last, new]
            break
        if flat(new):
            return new, calls
        t = _cubic_minimum(last, new, new.t + 0.01 * (new.t - last.t), new.t * 10)
        last, new = new, at(t)
    else:
        bracket, steps = [first, new], _MAX_STEPS
    return _zoom(at, too_high, flat, bracket, steps, direction.abs().max(), tolerance), calls


def _zoom(at, too_high, flat, bracket, steps, longest, tolerance):
    """Narrow a bracket around a point that fits; returns its lower end."""
    stuck = False
    low, high = bracket if bracket[0].loss <= bracket[1].loss else bracket[::-1]
    while steps < _MAX_STEPS and abs(high.t - low.t) * longest >= tolerance:
        left, right = min(low.t, high.t), max(low.t, high.t)
        t = _cubic_minimum(low, high)
        # Too near an end twice running, or at it: go a tenth of the bracket away from it.
        margin = 0.1 * (right - left)
        near = min(right - t, t - left) < margin
        if near and (stuck or t >= right or t <= left):
            t = right - margin if abs(t - right) < abs(t - left) else left + margin
            near = False
        stuck = near
        new = at(t)
        steps += 1
        if too_high(new) or new.loss >= low.loss:
            high = new
            if high.loss < low.loss:
                low, high = high, low
            continue
        if flat(new):
            return new
        if new.slope * (high.t - low.t) >= 0:
            high = low
        low = new
    return low
