"""What the page is told of a program that failed: words, the learner's own lines, a hint.

The exception belongs to the program: its methods may raise or never end, its attributes may be
anything. None of it is a failure of the runner.
"""

import os
import sys
import traceback

from unroll import clean_state, sessions
from unroll.places import place_of

#: How many steps of a traceback are kept, the innermost ones.
_STEPS = 1000


def describe(error: BaseException, filename: str, folder: str) -> dict:
    """How a run ended by `error`, as `runner.run_main` tells it."""
    for _ in range(2):
        try:
            return _full(error, filename, folder)
        except Exception:
            # The program may have changed what describes it.
            clean_state.restore()
    return _plain(error, filename)


def describe_exit(error: SystemExit, filename: str, folder: str) -> dict:
    """sys.exit() and sys.exit(0) end well; a text or another code is an error, no traceback."""
    code = getattr(error, "code", None)
    is_number = issubclass(type(code), int)
    if code is None or (is_number and int.__eq__(code, 0)):
        return {"status": "ok"}
    words = text_of(code)
    return {
        **describe(error, filename, folder),
        "message": f"the program exited with code {words}" if is_number else words,
        "traceback": "" if is_number else f"{words}\n",
    }


def tell_program(error: BaseException, filename: str, folder: str) -> bool:
    """Let the program's own `sys.excepthook` print the error. False where none does."""
    hook = sys.excepthook
    if hook is sys.__excepthook__ or not callable(hook):
        return False
    steps = error.__traceback__
    while steps and not is_learner(steps.tb_frame.f_code.co_filename, filename, folder):
        steps = steps.tb_next
    try:
        hook(type(error), error, steps)
    except Exception:
        print("Error in sys.excepthook:", file=sys.stderr)
        print(describe(sys.exception(), filename, folder)["traceback"], file=sys.stderr)
        print("Original exception was:", file=sys.stderr)
        return False
    return True


def is_learner(path: str, filename: str, folder: str) -> bool:
    """Whether a file is the program's own: main.py, one beside it, a program of its session."""
    return path == filename or path in sessions.files or path.startswith(folder + os.sep)


def text_of(value) -> str:
    """`str(value)`, which may fail for what a program made."""
    try:
        return str(value)
    except BaseException:
        return f"<{type(value).__name__} without words: its str() failed>"


def _full(error, filename, folder):
    report = traceback.TracebackException.from_exception(error, limit=-_STEPS)
    line = _line_of(report, error, filename)
    is_syntax = isinstance(error, SyntaxError)
    words = text_of(error.msg if is_syntax else error)
    hint = _hint(error, words, filename, folder)
    place = place_of(report.stack, error, filename, folder)
    _keep_learner_frames(report, filename, folder)
    return {
        "status": "error",
        "type": type(error).__name__,
        "message": words,
        "line": line,
        "place": place,
        "traceback": "".join(report.format()),
        "hint": hint,
    }


def _plain(error, filename):
    """The same in short, for an exception that cannot be written out."""
    line, step = None, error.__traceback__
    while step:
        if step.tb_frame.f_code.co_filename == filename:
            line = step.tb_lineno
        step = step.tb_next
    name, words = type(error).__name__, text_of(error)
    place = f'  File "{filename}", line {line}\n' if line else ""
    return {
        "status": "error",
        "type": name,
        "message": words,
        "line": line,
        "place": None,
        "traceback": f"Traceback (most recent call last):\n{place}{name}: {words}\n",
        "hint": None,
    }


def _hint(error, words, filename, folder):
    """What a beginner is told besides; looking at a learner's objects may fail."""
    try:
        from unroll import hints

        return hints.of_error(error, words, lambda path: is_learner(path, filename, folder))
    except Exception:
        return None


def _line_of(report, error, filename):
    """The line of main.py to mark: of the wrong syntax, else of the innermost frame there."""
    if isinstance(error, SyntaxError) and error.filename == filename:
        return error.lineno if type(error.lineno) is int else None
    lines = [frame.lineno for frame in report.stack if frame.filename == filename]
    return lines[-1] if lines else None


def _keep_learner_frames(report, filename, folder):
    """Drop every frame that is not in main.py or beside it, also in causes, contexts and groups."""
    seen, left = set(), [report]
    while left:
        report = left.pop()
        if report is None or id(report) in seen:
            continue
        seen.add(id(report))
        steps = report.stack or ()
        frames = [step for step in steps if is_learner(step.filename, filename, folder)]
        for frame in frames:
            frame.filename = frame.filename.removeprefix(folder + os.sep)
        if not frames and issubclass(report.exc_type, SyntaxError):
            report.stack = None
        elif report.stack is not None:
            report.stack[:] = frames
        left += (report.__cause__, report.__context__, *(report.exceptions or ()))
