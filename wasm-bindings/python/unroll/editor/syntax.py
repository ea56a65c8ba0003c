"""Whether Python can read what is being typed."""

import linecache
import warnings

from unroll.notebook import without_magics
from unroll.places import place_of

_NAME = "<editor>"


def syntax(question):
    """The first mistake of a program's syntax, with its place; `failure` is None without one."""
    source = question["before"] + question.get("after", "")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(without_magics(source)[0], _NAME, "exec", dont_inherit=True)
    except SyntaxError as error:
        linecache.cache[_NAME] = (len(source), None, source.splitlines(keepends=True), _NAME)
        place = place_of([], error, _NAME, "")
        linecache.cache.pop(_NAME)
        message = f"{type(error).__name__}: {error.msg}"
        return {"failure": {**place, "message": message} if place and place["line"] else None}
    except (ValueError, RecursionError, MemoryError):
        pass
    return {"failure": None}
