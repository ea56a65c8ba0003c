"""What happens at a division by zero, an overflow or an invalid value: `seterr`, `errstate`."""

import warnings

_state = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}


class errstate:
    """Another handling of floating-point errors inside a `with` block, or for a function."""

    def __init__(self, *, all=None, **kinds):
        self._kinds = {"all": all, **kinds}
        self._kinds.pop("call", None)

    def __enter__(self):
        self._before = seterr(**self._kinds)

    def __exit__(self, *error):
        seterr(**self._before)

    def __call__(self, function):
        def inside(*args, **kwargs):
            with errstate(**self._kinds):
                return function(*args, **kwargs)

        return inside


def seterr(all=None, divide=None, over=None, under=None, invalid=None):
    """Set how floating-point errors are handled: 'ignore', 'warn', 'raise' or 'print'; gives the
    former handling.
    """
    before = dict(_state)
    given = {"divide": divide, "over": over, "under": under, "invalid": invalid}
    for kind, value in given.items():
        if value or all:
            _state[kind] = value or all
    return before


def geterr():
    """How floating-point errors are handled."""
    return dict(_state)


def cares(*kinds):
    """Whether one of these errors is not ignored."""
    return any(_state[kind] != "ignore" for kind in kinds)


def warn(kind, message):
    """Handle an error of this kind as `seterr` says."""
    how = _state[kind]
    if how == "raise":
        raise FloatingPointError(message)
    if how == "print":
        print(f"Warning: {message}")
    elif how == "warn":
        warnings.warn(message, RuntimeWarning, stacklevel=_depth())


def _depth():
    """How far above the program's own line stands."""
    import sys

    frame, depth = sys._getframe(1), 1
    while frame is not None and frame.f_globals.get("__name__", "").split(".")[0] == "numpy":
        frame, depth = frame.f_back, depth + 1
    return depth
