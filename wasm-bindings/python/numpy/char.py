"""np.char: the methods of texts, over arrays of texts."""

from ._convert import array, asarray
from ._missing import by_name
from ._shape import broadcast_arrays


def _method(name):
    def act(a, *args, **kwargs):
        a = asarray(a)
        values = [getattr(text, name)(*args, **kwargs) for text in a.ravel().tolist()]
        return array(values).reshape(a.shape)[()]

    act.__name__ = act.__qualname__ = name
    act.__doc__ = f"str.{name} of each text."
    return act


_NAMES = [
    "upper", "lower", "title", "capitalize", "strip", "lstrip", "rstrip", "replace", "startswith",
    "endswith", "find", "count", "isdigit", "isalpha", "isspace", "isupper", "islower", "center",
    "ljust", "rjust", "zfill", "split", "swapcase", "encode",
]  # fmt: skip
globals().update({name: _method(name) for name in _NAMES})


def add(x1, x2):
    """Texts joined, one by one."""
    a, b = broadcast_arrays(asarray(x1), asarray(x2))
    pairs = zip(a.ravel().tolist(), b.ravel().tolist(), strict=True)
    return array([x + y for x, y in pairs]).reshape(a.shape)[()]


def multiply(a, i):
    """Each text i times."""
    a = asarray(a)
    return array([text * i for text in a.ravel().tolist()]).reshape(a.shape)[()]


def join(sep, seq):
    """The characters of each text joined."""
    a = asarray(seq)
    return array([sep.join(text) for text in a.ravel().tolist()]).reshape(a.shape)[()]


def str_len(a):
    """How many characters each text has."""
    a = asarray(a)
    return array([len(text) for text in a.ravel().tolist()], int).reshape(a.shape)[()]


__getattr__ = by_name(__name__)
