"""Runs a learner's main.py the way `python main.py` would, and reports how it ended.

The panel's worker calls `run_main` once a run. Each run gets a fresh `__main__`; modules that lie
beside main.py are imported anew; a traceback shows the learner's own lines only. The names of the
last program stay until the next one begins, for the page to look at (assist.py).
"""

import builtins
import contextlib
import gc
import importlib
import json
import linecache
import os
import random
import signal
import sys
import types
import warnings

import unroll
from unroll import (
    absent,
    at_exit,
    clean_state,
    dialogue,
    exercise,
    failures,
    imports,
    page,
    sessions,
)
from unroll.notebook import without_magics


def run_main(source: str, filename: str = "main.py", around: str = "{}") -> str:
    """Run `source` as the program `filename` in the working directory.

    around: JSON of what goes around the program: `setup` and `check`, hidden code before and after
    it (unroll/exercise.py); `session`, the name of the session whose namespace it runs in
    (unroll/sessions.py), and whether that one is to begin `fresh`; `seed`, what the random streams
    start from, or null.

    Returns JSON: `status` is 'ok', 'error' or 'stopped'; on 'error' there are also `type`,
    `message`, `traceback` (text, as Python prints it) and `line` (in main.py, or null). `check` is
    the check's verdict where there is a check and the program ended well. Lines that only a
    notebook understands are left out before the run.
    Never raises for what the program does.
    """
    global _last, _is_ready
    dialogue.guard()
    if not _is_ready:
        plan = json.loads(around)
        make_ready(plan.get("session"), plan.get("fresh", False))
    _is_ready = False
    plan = {"setup": "", "check": "", "session": None, "fresh": False, "seed": None}
    plan.update(json.loads(around))
    folder = os.getcwd()
    exercise.remember(source, filename)
    shared = sessions.current
    main = shared.main if shared else types.ModuleType("__main__")
    main.__file__ = os.path.join(folder, filename)
    old_main = sys.modules["__main__"]
    _fresh_interpreter(filename, folder)
    sys.modules["__main__"] = main
    if shared:
        sessions.files.add(filename)
        shared.resume()
    if plan["seed"] is not None:
        _seed(plan["seed"])
    try:
        with warnings.catch_warnings():
            result = _with_exercise(source, filename, main, folder, plan)
    except KeyboardInterrupt:
        # In the runner's own work, just before or behind the program.
        result = {"status": "stopped"}
    finally:
        dialogue.end()
        sys.modules["__main__"] = old_main
        _last = main
        if shared:
            shared.pause()
    return _written(result)


def make_ready(session: str | None = None, fresh: bool = False) -> None:
    """Forget the last program and what it changed, unless the next one goes on from it.

    What the program left may take its time to go: a `__del__` runs as long as it likes.
    """
    global _is_ready
    _restore_builtins()
    clean_state.begin(_getcwd())
    sessions.enter(session, fresh)
    _forget_last_program()
    _is_ready = True


def _written(result: dict) -> str:
    try:
        return json.dumps(result)
    except Exception:
        # The program has changed what writes it.
        clean_state.restore()
        return json.dumps(result)


def _with_exercise(
    source: str, filename: str, main: types.ModuleType, folder: str, plan: dict
) -> dict:
    """The program between the hidden code of its exercise, where there is any."""

    def describe(error: BaseException, file: str) -> dict:
        return failures.describe(error, file, folder)

    if plan["setup"]:
        failure = exercise.run_setup(plan["setup"], main.__dict__, describe)
        _flush()
        if failure:
            return failure
    recorder = exercise.record_output() if plan["check"] else None
    result = _execute(without_magics(source)[0], filename, main, folder)
    if recorder and result["status"] == "ok":
        program = {"source": source, "output": recorder.text, "filename": filename}
        try:
            result["check"] = exercise.run_check(plan["check"], main.__dict__, program, describe)
        except KeyboardInterrupt as error:
            return {**describe(error, exercise.CHECK_FILE), "status": "stopped"}
    return result


def namespace() -> dict:
    """The global names of the last program as it left them; empty before the first one."""
    return {} if _last is None else _last.__dict__


def _forget_last_program() -> None:
    """Free its tensors before the next one makes its own."""
    global _last
    if _last is None:
        return
    if not sessions.holds(_last):
        _last.__dict__.clear()
    _last = None
    gc.collect()


def _fresh_interpreter(filename: str, folder: str) -> None:
    """Undo what the last program may have changed for those after it."""
    _forget_learner_modules(folder)
    sys.argv[:] = [filename]
    sys.path[:] = [folder, *(entry for entry in sys.path if entry not in ("", folder))]
    sys.dont_write_bytecode = True
    # A program may have closed its streams; the files below them stay open.
    sys.stdout = sys.__stdout__ = open(1, "w", 1, "utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.__stderr__ = open(2, "w", 1, "utf-8", "backslashreplace", closefd=False)  # noqa: SIM115
    sys.excepthook = sys.__excepthook__
    random.seed()
    unroll.fresh_start()
    page.begin()
    dialogue.begin()
    _figures("begin_run")


def _seed(seed: int) -> None:
    import torch

    random.seed(seed)
    torch.manual_seed(seed)


def _figures(moment: str) -> None:
    """Tell whoever draws figures that a run begins, or ends with figures that nobody has shown."""
    for name in ("matplotlib._page", "unroll.matplotlib_backend"):
        if module := sys.modules.get(name):
            getattr(module, moment)()


def tidy() -> None:
    """Free what the last program left behind: reference cycles and what they hold."""
    _forget_learner_modules(os.getcwd())
    gc.collect()


#: What a start loads, so that importing it costs a program nothing.
AT_ONCE = ("torch", "numpy")


def settle() -> None:
    """Load what programs import at once, and take it out of the garbage collector's rounds."""
    for name in AT_ONCE:
        importlib.import_module(name)
    imports.small_packages()
    clean_state.save()
    gc.collect()
    gc.freeze()


def _execute(source: str, filename: str, main: types.ModuleType, folder: str) -> dict:
    # A program that took all memory leaves this much for what is told of it.
    reserve = bytearray(_RESERVE)
    at_exit.begin()
    try:
        try:
            exec(compile(source, filename, "exec", dont_inherit=True), main.__dict__)
        finally:
            del reserve
            _restore_builtins()
        _figures("end_run")
        return {"status": "ok"}
    except SystemExit as error:
        with contextlib.suppress(Exception):
            _figures("end_run")
        return failures.describe_exit(error, filename, folder)
    except BaseException as error:
        report = failures.describe(error, filename, folder)
        if isinstance(error, KeyboardInterrupt) and dialogue.was_stopped():
            return {**report, "status": "stopped"}
        if failures.tell_program(error, filename, folder):
            report["traceback"] = ""
        return report
    finally:
        # A session goes on.
        if at_exit.end() and not sessions.current:
            _run_exit_functions(filename, folder)
        _flush()


def _run_exit_functions(filename: str, folder: str) -> None:
    def write_out(error: BaseException) -> str:
        if isinstance(error, KeyboardInterrupt) and dialogue.was_stopped():
            raise error
        return failures.describe(error, filename, folder)["traceback"]

    with contextlib.suppress(Exception):
        at_exit.run(write_out)


def _flush() -> None:
    for stream in (page, sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()


def _restore_builtins() -> None:
    builtins.__dict__.update(_own_builtins)
    for name in builtins.__dict__.keys() - _own_builtins.keys():
        del builtins.__dict__[name]


def _forget_learner_modules(folder: str) -> None:
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        if isinstance(path, str) and path.startswith(folder + os.sep):
            del sys.modules[name]
            linecache.cache.pop(path, None)
    # Python remembers what lies in a folder by its time, which two runs within a second share.
    sys.path_importer_cache.pop(folder, None)


#: Bytes that a program cannot have.
_RESERVE = 4 << 20
_getcwd = os.getcwd
#: `__main__` of the last program.
_last = None
#: Whether the last program is forgotten already.
_is_ready = False

absent.answer_imports()
# What Pyodide takes for a fault of its own ends the program here, with the code of a process.
os.abort = lambda: os._exit(128 + signal.SIGABRT)
# Pyodide has a hook of its own; a program that sets one is asked.
sys.excepthook = sys.__excepthook__
# For the real matplotlib, where a program needs it.
os.environ.setdefault("MPLBACKEND", "module://unroll.matplotlib_backend")
builtins.input = dialogue.read_line
_own_builtins = dict(builtins.__dict__)
