"""Hidden code around a learner's program: `setup` before it, `check` after it.

A check runs in the program's own namespace. It says what it thinks by `assert condition, "words"`,
or by `check`, `failed` and `passed` of this module, which it has at hand without an import, as it
has `output` (what the program printed) and `source` (its text), unless the program uses these
names.
"""

import ast
import builtins
import contextlib
import io
import linecache
import sys
import traceback

SETUP_FILE = "setup.py"
CHECK_FILE = "check.py"

#: Of the printed text as much as this is kept for the check.
_KEPT = 10_000_000

#: What the program that is checked printed, and its text.
output = ""
source = ""

_praise = ""


class CheckFailed(AssertionError):
    """The learner's program is not right yet; the text says why."""


def check(condition, message="Not right yet."):
    """Fail the exercise with `message` unless `condition` is true."""
    if not condition:
        raise CheckFailed(message)


def failed(message="Not right yet."):
    """Fail the exercise with `message`."""
    raise CheckFailed(message)


def passed(message):
    """Say `message` where the exercise is passed, in place of the panel's own words."""
    global _praise
    _praise = str(message)


def remember(text, filename):
    """Let tracebacks and `inspect` find the lines of a program that lies in no file."""
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)


class Recorder(io.FileIO):
    """A stream's file that also keeps what is written."""

    def __init__(self, number):
        super().__init__(number, "w", closefd=False)
        self.chunks = []
        self.size = 0

    def write(self, data):
        count = super().write(data)
        if self.size < _KEPT:
            self.chunks.append(bytes(data[:count]))
            self.size += count
        return count

    @property
    def text(self):
        return b"".join(self.chunks).decode("utf-8", "replace")


def record_output():
    """Keep what the program prints from here on. Returns the `Recorder`."""
    recorder = Recorder(1)
    stream = io.TextIOWrapper(io.BufferedWriter(recorder), "utf-8", line_buffering=True)
    sys.stdout = sys.__stdout__ = stream
    return recorder


def run_setup(code, namespace, describe):
    """Run the author's code before the program. Returns None, or how the run ended by it."""
    remember(code, SETUP_FILE)
    try:
        exec(compile(code, SETUP_FILE, "exec", dont_inherit=True), namespace)
    except KeyboardInterrupt as error:
        return {**describe(error, SETUP_FILE), "status": "stopped"}
    except BaseException as error:
        report = describe(error, SETUP_FILE)
        words = (
            "The hidden code that prepares this exercise failed. That is not your program's fault: "
            "please tell the author of this page."
        )
        return {
            **report,
            "type": "SetupError",
            "message": f"{words} ({report['type']}: {report['message']})",
            "line": None,
            "traceback": f"{words}\n{report['traceback']}",
        }
    return None


def run_check(code, namespace, program, describe):
    """Run the author's code after the program, and give its verdict.

    program: {"source", "output", "filename"}. Returns {"status": 'passed', 'failed' or 'error' (the
    check itself broke), "message", "traceback"}. Lets a KeyboardInterrupt through. What the check
    names or changes at the top of the namespace is gone after it.
    """
    global output, source, _praise
    output, source, _praise = program["output"], program["source"], ""
    remember(code, CHECK_FILE)
    at_hand = dict(check=check, failed=failed, passed=passed, output=output, source=source)
    before = dict(namespace)
    # As builtins: names of the program itself win.
    namespace["__builtins__"] = {**builtins.__dict__, **at_hand}
    try:
        exec(compile(code, CHECK_FILE, "exec", dont_inherit=True), namespace)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return _verdict(error, code, program["filename"], describe)
    finally:
        namespace.clear()
        namespace.update(before)
        with contextlib.suppress(Exception):
            sys.stdout.flush()
    return {"status": "passed", "message": _praise, "traceback": ""}


def _verdict(error, code, filename, describe):
    """Tells a program that is not right from a check that is broken."""
    frames = [(f.filename, f.lineno) for f in traceback.extract_tb(error.__traceback__)]
    files = [name for name, _ in frames]
    if isinstance(error, CheckFailed):
        return _failure(str(error))
    if filename in files:
        line = next(line for name, line in reversed(frames) if name == filename)
        text = f"{type(error).__name__}: {error}".rstrip(": ")
        words = f"The check used your program, which then stopped on line {line}: {text}"
        return _failure(words, describe(error, filename)["traceback"])
    in_check = bool(files) and files[-1] == CHECK_FILE
    if in_check and isinstance(error, AssertionError):
        return _failure(str(error) or _untrue(code, frames[-1][1]))
    if in_check and isinstance(error, NameError) and _is_asked_for(error.name, code):
        return _failure(f"The check looks for {error.name}, which your program does not define.")
    report = describe(error, CHECK_FILE)
    words = "The check of this exercise is broken, so nothing is said about your program"
    return {
        "status": "error",
        "message": f"{words} ({report['type']}: {report['message']}).",
        "traceback": report["traceback"],
    }


def _failure(message, trace=""):
    return {"status": "failed", "message": message, "traceback": trace}


def _untrue(code, line):
    """Words for an assert that has none."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Assert) and node.lineno <= line <= node.end_lineno:
            return f"This is not true yet: {ast.unparse(node.test)}"
    return "Not right yet."


def _is_asked_for(name, code):
    """Whether a check uses a name that it does not itself set anywhere."""
    own = (n.id for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Name) and not _loads(n))
    return name not in own


def _loads(node):
    return isinstance(node.ctx, ast.Load)
