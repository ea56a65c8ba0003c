"""What a program registers with `atexit`: it runs at the end of the program, as in a process."""

import atexit
import sys
import types

_real_register, _real_unregister = atexit.register, atexit.unregister
_functions = []
_is_on = False


def begin():
    """From here on it is a program that registers functions."""
    global _is_on
    _functions.clear()
    _is_on = True


def end():
    """The program is over. Whether it has registered functions."""
    global _is_on
    _is_on = False
    return bool(_functions)


def run(write_out):
    """Call the functions, the last one first. What they raise is told as Python does: by
    `sys.unraisablehook`, or with the words of `write_out`.
    """
    while _functions:
        function, args, options = _functions.pop()
        try:
            function(*args, **options)
        except BaseException as error:
            _tell(function, error, write_out)


def register(func, /, *args, **kwargs):
    """Call a function at the end of the program: `atexit.register()`."""
    if not _is_on:
        return _real_register(func, *args, **kwargs)
    if not callable(func):
        raise TypeError("the first argument must be callable")
    _functions.append((func, args, kwargs))
    return func


def unregister(func, /):
    """Do not call it: `atexit.unregister()`."""
    _functions[:] = [entry for entry in _functions if entry[0] != func]
    _real_unregister(func)


def _tell(function, error, write_out):
    words = f"Exception ignored in atexit callback {function!r}"
    hook = sys.unraisablehook
    if hook is sys.__unraisablehook__ or not callable(hook):
        print(f"{words}:\n{write_out(error)}", end="", file=sys.stderr)
        return
    hook(
        types.SimpleNamespace(
            exc_type=type(error),
            exc_value=error,
            exc_traceback=error.__traceback__,
            err_msg=words,
            object=None,
        )
    )


atexit.register, atexit.unregister = register, unregister
