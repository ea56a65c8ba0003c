"""Where in a learner's files an error happened."""

import linecache
import os


def place_of(frames, error, filename, folder):
    """Where `error` happened, as a dict: file, lines, and columns as JavaScript counts.

    frames: of its traceback. It is the place of the wrong syntax, else the expression of the
    innermost frame in main.py (`filename`) or in a module beside it; None where there is none.
    """
    if isinstance(error, SyntaxError) and _is_own(error.filename, filename, folder):
        ends = (error.end_lineno or error.lineno, error.end_offset)
        return _place(error.filename, folder, error.lineno, error.offset, *ends, in_bytes=False)
    for frame in reversed(frames):
        if _is_own(frame.filename, filename, folder):
            ends = (frame.end_lineno, frame.end_colno)
            return _place(frame.filename, folder, frame.lineno, frame.colno, *ends, in_bytes=True)
    return None


def _is_own(path, filename, folder):
    return bool(path) and (path == filename or path.startswith(folder + os.sep))


def _place(path, folder, line, column, end_line, end_column, in_bytes):
    def units(number, at):
        if at is None or number is None or (not in_bytes and at < 1):
            return None
        text = linecache.getline(path, number)
        before = text.encode()[:at].decode(errors="ignore") if in_bytes else text[: at - 1]
        return len(before.encode("utf-16-le")) // 2

    return {
        "file": path.removeprefix(folder + os.sep),
        "line": line,
        "column": units(line, column),
        "endLine": end_line,
        "endColumn": units(end_line, end_column),
    }
