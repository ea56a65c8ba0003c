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
import sys
import traceback
import types
import warnings

import unroll
from unroll import absent, dialogue, exercise, imports, page, sessions
from unroll.notebook import without_magics
from unroll.places import place_of


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
    global _last
    _forget_last_program()
    plan = {"setup": "", "check": "", "session": None, "fresh": False, "seed": None}
    plan.update(json.loads(around))
    folder = os.getcwd()
    exercise.remember(source, filename)
    shared = sessions.session(plan["session"], plan["fresh"]) if plan["session"] else None
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
    return json.dumps(result)


def _with_exercise(
    source: str, filename: str, main: types.ModuleType, folder: str, plan: dict
) -> dict:
    """The program between the hidden code of its exercise, where there is any."""

    def describe(error: BaseException, file: str) -> dict:
        return _describe(error, file, folder)

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
    gc.collect()
    gc.freeze()


def _execute(source: str, filename: str, main: types.ModuleType, folder: str) -> dict:
    try:
        try:
            exec(compile(source, filename, "exec", dont_inherit=True), main.__dict__)
        finally:
            _restore_builtins()
        _figures("end_run")
        return {"status": "ok"}
    except SystemExit as error:
        with contextlib.suppress(Exception):
            _figures("end_run")
        return _describe_exit(error, filename, folder)
    except KeyboardInterrupt as error:
        return {**_describe(error, filename, folder), "status": "stopped"}
    except BaseException as error:
        return _describe(error, filename, folder)
    finally:
        _flush()


def _flush() -> None:
    for stream in (page, sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()


def _describe_exit(error: SystemExit, filename: str, folder: str) -> dict:
    """sys.exit() and sys.exit(0) end well; a text or another code is an error, no traceback."""
    if error.code is None or error.code == 0:
        return {"status": "ok"}
    is_text = not isinstance(error.code, int)
    return {
        **_describe(error, filename, folder),
        "message": str(error.code) if is_text else f"the program exited with code {error.code}",
        "traceback": f"{error.code}\n" if is_text else "",
    }


def _describe(error: BaseException, filename: str, folder: str) -> dict:
    report = traceback.TracebackException.from_exception(error)
    line = _line_of(report, error, filename)
    words = _hint(error, filename, folder)
    place = place_of(report.stack, error, filename, folder)
    _keep_learner_frames(report, filename, folder)
    return {
        "status": "error",
        "type": type(error).__name__,
        "message": error.msg if isinstance(error, SyntaxError) else str(error),
        "line": line,
        "place": place,
        "traceback": "".join(report.format()),
        "hint": words,
    }


def _hint(error: BaseException, filename: str, folder: str) -> str | None:
    """What a beginner is told besides; looking at a learner's objects may fail."""
    try:
        from unroll import hints

        return hints.of_error(error, lambda path: _is_learner(path, filename, folder))
    except Exception:
        return None


def _line_of(
    report: traceback.TracebackException, error: BaseException, filename: str
) -> int | None:
    """The line of main.py to mark: of the wrong syntax, else of the innermost frame there."""
    if isinstance(error, SyntaxError) and error.filename == filename:
        return error.lineno
    lines = [frame.lineno for frame in report.stack if frame.filename == filename]
    return lines[-1] if lines else None


def _keep_learner_frames(
    report: traceback.TracebackException, filename: str, folder: str, seen: set | None = None
) -> None:
    """Drop every frame that is not in main.py or beside it, also in causes, contexts and groups."""
    seen = set() if seen is None else seen
    if report is None or id(report) in seen:
        return
    seen.add(id(report))
    frames = [frame for frame in report.stack if _is_learner(frame.filename, filename, folder)]
    for frame in frames:
        frame.filename = frame.filename.removeprefix(folder + os.sep)
    report.stack[:] = frames
    if not frames and issubclass(report.exc_type, SyntaxError):
        report.stack = None
    for other in (report.__cause__, report.__context__, *(report.exceptions or ())):
        _keep_learner_frames(other, filename, folder, seen)


def _is_learner(path: str, filename: str, folder: str) -> bool:
    return path == filename or path in sessions.files or path.startswith(folder + os.sep)


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


#: `__main__` of the last program.
_last = None

absent.answer_imports()
# For the real matplotlib, where a program needs it.
os.environ.setdefault("MPLBACKEND", "module://unroll.matplotlib_backend")
builtins.input = dialogue.read_line
_own_builtins = dict(builtins.__dict__)
