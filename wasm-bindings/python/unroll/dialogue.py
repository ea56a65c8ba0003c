"""How a running program hears of its page: of Stop, of time that passes, of lines for input().

The panel's worker calls `connect`. Where the browser lets WebAssembly wait for promises, Python
comes back to the page's events every 50 ms by a signal of its own; on a cross-origin isolated page
the worker waits in shared memory. Elsewhere there are only the lines that were written beforehand.
"""

import builtins
import io
import signal
import sys
import time

from pyodide import ffi
from pyodide.ffi import can_run_sync, run_sync

_page = None
_keyboard = None
_running = False
_waiting = False
#: Whether a Stop waits for the end of a `__del__`.
_stop = False
#: Whether the program has heard a Stop.
_stopped = False
_handler = signal.default_int_handler
_real_signal, _real_getsignal = signal.signal, signal.getsignal
# Not Pyodide's own, which goes by asyncio, in whose callbacks a Stop would land.
_real_sleep = getattr(time.sleep, "__wrapped__", time.sleep)
_real_input = builtins.input


def connect(page):
    """Take the worker's side: see web/worker/dialogue.ts."""
    global _page
    _page = page
    _real_signal(signal.SIGINT, _on_signal)


def guard():
    """Let Python see how much stack there is for what runs from here on."""
    if _page:
        _page.guard()


def begin():
    """Give the program a fresh standard input, and let it hear of Stop."""
    global _keyboard, _handler, _running, _stop, _stopped
    written = _page.stdin() if _page else ""
    _keyboard = _Keyboard(written)
    sys.stdin = sys.__stdin__ = io.TextIOWrapper(io.BufferedReader(_keyboard), "utf-8", newline="")
    if _page and _page.waits:
        time.sleep = sleep
        _real_signal(signal.SIGINT, _on_signal)
        _handler = signal.default_int_handler
        signal.signal, signal.getsignal = _set_handler, _get_handler
        ffi.run_sync = _run_sync
    _stop = _stopped = False
    _running = True
    if _page:
        _page.listen(True)


def end():
    """The program is over: what is left to do is not interrupted."""
    global _running
    _running = False
    if _page:
        _page.listen(False)


def was_stopped():
    """Whether the page has asked the program to stop: a program may interrupt itself."""
    return _stopped


def read_line(prompt="", /):
    """Read a line that the reader types: `input()`."""
    _keyboard.prompt = str(prompt)
    try:
        line = _real_input(prompt)
    except EOFError:
        raise EOFError(_keyboard.why_empty()) from None
    finally:
        _keyboard.prompt = ""
    if _keyboard.is_written and _page:
        _page.echo(f"{line}\n")
    return line


def sleep(seconds, /):
    """Wait, so that the page can be heard meanwhile: `time.sleep()`."""
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    if not _may_wait():
        return _real_sleep(seconds)
    if _outcome(_page.sleep(float(seconds))):
        raise _interrupt()
    return None


class _Keyboard(io.RawIOBase):
    """Standard input, a line at a time: `written` before the run, or typed where that is None."""

    def __init__(self, written):
        self.is_written = written is not None
        self._lines = (written or "").splitlines()
        self._count = len(self._lines)
        self._rest = b""
        self.prompt = ""

    def readable(self):
        return True

    def readinto(self, buffer):
        if not self._rest:
            self._rest = self._next().encode()
        taken = self._rest[: len(buffer)]
        self._rest = self._rest[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)

    def _next(self):
        if self.is_written or not _may_wait():
            return f"{self._lines.pop(0)}\n" if self._lines else ""
        sys.stdout.flush()
        line = _outcome(_page.ask(self.prompt))
        if line is None:
            raise _interrupt()
        if line:
            _page.echo(line)
        return line

    def why_empty(self):
        """Why there is no line, and what to do."""
        if self.is_written:
            had = "1 line" if self._count == 1 else f"{self._count} lines"
            return (
                f'input() found no line: "Input for the program" has {had}; '
                "write one line for each input() and run again"
            )
        if not (_page and _page.waits):
            return (
                "input() cannot ask here while the program runs: write its lines into "
                '"Input for the program", one for each input(), and run again'
            )
        if not _may_wait():
            return "input() cannot ask inside of a function that torch's backward() calls"
        return "EOF when reading a line"


def _on_signal(number, frame):
    """Python's own signal: of the page's Stop, or every 50 ms to listen to the page."""
    if not _running:
        return
    try:
        stops = not _waiting and _must_stop(frame)
    finally:
        _page.listen(True)
    if stops and callable(_handler):
        _interrupt()
        _handler(number, frame)


def _interrupt():
    """What a Stop raises."""
    global _stopped
    _stopped = True
    return KeyboardInterrupt()


def _must_stop(frame):
    global _stop
    if _page.beats and not _stop and not _wait_for(_page.beat):
        return False
    # Python would swallow the exception where an object is being freed.
    _stop = _is_within(frame, lambda code: code.co_name == "__del__")
    if _stop:
        _page.again()
    return not _stop


def _is_within(frame, is_meant):
    """Whether one of the functions that run, from `frame` some thousand outwards, is meant."""
    # Of a million of them each look at the page would take a second.
    for _ in range(5000):
        if frame is None or is_meant(frame.f_code):
            break
        frame = frame.f_back
    else:
        return False
    return frame is not None


def _set_handler(number, handler):
    """`signal.signal()`: the program's handler of SIGINT is for Stop, not for each signal."""
    global _handler
    if number != signal.SIGINT:
        return _real_signal(number, handler)
    old, _handler = _handler, handler
    if handler is signal.SIG_DFL:
        _handler = signal.default_int_handler
    return old


def _get_handler(number):
    return _handler if number == signal.SIGINT else _real_getsignal(number)


def _may_wait():
    """Whether the program can wait here: a promise not below a call from JavaScript."""
    return bool(_page and _page.waits) and (not _page.suspends or _wait_for(_page.moment))


def _wait_for(promise):
    """What the page promises; False where nothing can wait for it, which only the try tells."""
    if not (can_run_sync() and _is_program()):
        return False
    try:
        return _outcome(promise())
    except RuntimeError:
        # Python runs below JavaScript: see web/worker/guarded-waits.ts.
        return False


def _is_program():
    """Whether this runs below the program. In a callback of a promise, whose calls begin anew, a
    wait breaks Python although can_run_sync() is true.
    """
    frame = sys._getframe()
    for _ in range(5000):
        if frame.f_back is None:
            return frame.f_globals.get("__name__") == "unroll.runner"
        frame = frame.f_back
    # A recursion as deep as that is a program's.
    return True


def _run_sync(awaitable):
    """`pyodide.ffi.run_sync()`, which says where it cannot wait."""
    if _running and not _is_program():
        raise RuntimeError("run_sync() cannot wait in a function that a promise calls: use await")
    return run_sync(awaitable)


def _outcome(answer):
    """What the page answers, at once or as a promise."""
    global _waiting
    if not hasattr(answer, "then"):
        return answer
    # On its way into the wait and out of it Python cannot begin another one.
    _waiting = True
    try:
        return run_sync(answer)
    finally:
        _waiting = False
