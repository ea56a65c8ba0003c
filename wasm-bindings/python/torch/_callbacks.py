"""Python functions that the engine calls: gradients written in Python, and hooks.

Each has a number, which the part of the graph that calls it owns; when that part is freed, the
function is forgotten.
"""

import itertools

from . import _C

_numbers = itertools.count(1)
_functions = {}
_raised = []


def add(function):
    """The number of a function of handles; it returns None or a number."""
    if _C.outside is None:
        _C.connect_outside(_run, _release)
        _C.outside = _run
    number = next(_numbers)
    _functions[number] = function
    return number


def get(number):
    """The function of a number."""
    return _functions[number]


def raised():
    """The exception that ended the last call."""
    return _raised.pop()


def _run(number, *handles):
    try:
        return _functions[number](*handles) or 0
    except BaseException as error:
        # It crosses the engine as a number, and is raised again behind it.
        _raised.append(error)
        return -1


def _release(number):
    _functions.pop(number, None)
