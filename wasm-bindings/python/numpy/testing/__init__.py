"""np.testing: checks that say what differs."""

import contextlib

from .._convert import asarray
from .._errors import errstate
from .._functions import FUNCTIONS as MATH
from .._logic import array_equal, isclose
from .._missing import by_name
from .._reduce import max as largest


def _same_shape(actual, desired):
    return actual.shape == desired.shape or not actual.shape or not desired.shape


def _report(actual, desired, wrong, header, err_msg, verbose):
    """The message of a failed comparison, as NumPy writes it."""
    lines = ["", header + (f"\n{err_msg}" if err_msg else ""), ""]
    wrong = asarray(wrong)
    total, count = max(wrong.size, 1), int(wrong.sum())
    lines.append(f"Mismatched elements: {count} / {total} ({100 * count / total:.3g}%)")
    if actual.dtype.kind in "iufb" and desired.dtype.kind in "iufb":
        with errstate(all="ignore"):
            a, b = actual.astype(float), desired.astype(float)
            gap = asarray(abs(a - b))
            relative = asarray(gap / abs(b))
            if gap.ndim:
                bad = asarray(wrong)
                gap, relative = gap[bad], relative[bad]
            lines.append(f"Max absolute difference among violations: {_short(largest(gap))}")
            lines.append(f"Max relative difference among violations: {_short(largest(relative))}")
    if verbose:
        for name, value in (("ACTUAL", actual), ("DESIRED", desired)):
            lines.append(f" {name}: {value!r}" if value.ndim else f" {name}: {value!r}")
    return "\n".join(lines)


def _short(value):
    from .._print import array2string

    return array2string(asarray(value))


def _check(actual, desired, same, header, err_msg="", verbose=True):
    actual, desired = asarray(actual), asarray(desired)
    if not _same_shape(actual, desired):
        raise AssertionError(
            f"\n{header}\n{err_msg}\n(shapes {actual.shape}, {desired.shape} mismatch)\n "
            f"ACTUAL: {actual!r}\n DESIRED: {desired!r}"
        )
    right = asarray(same(actual, desired))
    if not right.all():
        raise AssertionError(_report(actual, desired, ~right, header, err_msg, verbose))


def assert_allclose(
    actual, desired, rtol=1e-07, atol=0, equal_nan=True, err_msg="", verbose=True, **_
):
    """Raise AssertionError where |actual − desired| > atol + rtol · |desired|."""
    header = f"Not equal to tolerance rtol={rtol:g}, atol={atol:g}"
    same = lambda a, b: isclose(a, b, rtol, atol, equal_nan)  # noqa: E731
    _check(actual, desired, same, header, err_msg, verbose)


def _equal(a, b):
    made = asarray(a == b)
    if a.dtype.kind == b.dtype.kind == "f":
        made = made | (asarray(MATH["isnan"](a)) & asarray(MATH["isnan"](b)))
    return made


def assert_array_equal(actual, desired, err_msg="", verbose=True, *, strict=False):
    """Raise AssertionError where elements differ."""
    _check(actual, desired, _equal, "Arrays are not equal", err_msg, verbose)


def assert_equal(actual, desired, err_msg="", verbose=True, **_):
    """Raise AssertionError where values, lists, dicts or arrays differ."""
    if isinstance(desired, dict):
        assert_equal(len(actual), len(desired), err_msg)
        for key in desired:
            assert_equal(actual[key], desired[key], f"key={key!r}\n{err_msg}")
    elif isinstance(desired, (list, tuple)) and isinstance(actual, (list, tuple)):
        assert_equal(len(actual), len(desired), err_msg)
        for i, (a, b) in enumerate(zip(actual, desired, strict=True)):
            assert_equal(a, b, f"item={i!r}\n{err_msg}")
    elif hasattr(actual, "shape") or hasattr(desired, "shape"):
        if not array_equal(actual, desired, equal_nan=True):
            assert_array_equal(actual, desired, err_msg, verbose)
    elif actual != desired and not (actual != actual and desired != desired):
        message = f"\nItems are not equal:{err_msg}\n ACTUAL: {actual!r}\n DESIRED: {desired!r}"
        raise AssertionError(message)


def assert_almost_equal(actual, desired, decimal=7, err_msg="", verbose=True):
    """Raise AssertionError where values differ in the first decimals."""
    header = f"Arrays are not almost equal to {decimal} decimals"
    same = lambda a, b: isclose(a, b, 0, 1.5 * 10.0**-decimal, True)  # noqa: E731
    if not getattr(actual, "shape", ()) and not getattr(desired, "shape", ()):
        if isinstance(actual, (int, float)) and abs(desired - actual) >= 1.5 * 10.0**-decimal:
            raise AssertionError(
                f"\n{header}\n ACTUAL: {actual!r}\n DESIRED: {desired!r}".replace("Arrays", "Items")
            )
        return
    _check(actual, desired, same, header, err_msg, verbose)


def assert_array_almost_equal(actual, desired, decimal=6, err_msg="", verbose=True):
    """Raise AssertionError where elements differ in the first decimals."""
    header = f"Arrays are not almost equal to {decimal} decimals"
    same = lambda a, b: isclose(a, b, 0, 1.5 * 10.0**-decimal, True)  # noqa: E731
    _check(actual, desired, same, header, err_msg, verbose)


def assert_array_less(x, y, err_msg="", verbose=True, *, strict=False):
    """Raise AssertionError where an element is not less."""
    _check(x, y, lambda a, b: a < b, "Arrays are not strictly ordered `x < y`", err_msg, verbose)


def assert_(val, msg=""):
    """Raise AssertionError where the value is false."""
    if not val:
        raise AssertionError(msg() if callable(msg) else msg)


class _Raises:
    def __init__(self, kind, pattern=None):
        self._kind, self._pattern = kind, pattern

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        import re

        if kind is None:
            raise AssertionError(f"{self._kind.__name__} not raised")
        if not issubclass(kind, self._kind):
            return False
        if self._pattern and not re.search(self._pattern, str(error)):
            raise AssertionError(f'"{self._pattern}" does not match "{error}"')
        return True


def assert_raises(exception_class, function=None, *args, **kwargs):
    """Raise AssertionError where a function, or a `with` block, does not raise."""
    if function is None:
        return _Raises(exception_class)
    with _Raises(exception_class):
        function(*args, **kwargs)
    return None


def assert_raises_regex(exception_class, expected_regexp, function=None, *args, **kwargs):
    """As assert_raises, with a pattern that the message must match."""
    if function is None:
        return _Raises(exception_class, expected_regexp)
    with _Raises(exception_class, expected_regexp):
        function(*args, **kwargs)
    return None


@contextlib.contextmanager
def suppress_warnings(*_):
    """No warnings inside a `with` block."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


__getattr__ = by_name(__name__)
