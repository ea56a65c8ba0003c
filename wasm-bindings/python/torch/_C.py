"""The bridge to the engine: one JavaScript function takes an op's number and plain numbers, and
answers with a number.

`bind()` looks the JavaScript functions up; it runs by itself at the first call, and again after a
memory snapshot was
restored. Modules on the hot path keep their own copy of `call` and `result` with
`share(globals())`.
"""

import importlib
import json
import sys

_ERRORS = {
    "RuntimeError": RuntimeError,
    "IndexError": IndexError,
    "ValueError": ValueError,
    "TypeError": TypeError,
    "NotImplementedError": NotImplementedError,
    "RecursionError": RecursionError,
    "MemoryError": RuntimeError,
}
_NAMES = (
    "call",
    "result",
    "error",
    "shape",
    "strides",
    "dtype",
    "item",
    "text",
    "grad_fn_name",
    "to_array",
    "from_array",
    "bytes_of",
    "made_of_bytes",
    "connect_outside",
    "live",
    "memory_bytes",
    "value",
)
_sharers = []
_after_binding = []
#: What runs the functions that the engine calls, once the engine knows it.
outside = None


def share(namespace):
    """Give a module `call` and `result`, and keep them in its globals up to date."""
    _sharers.append(namespace)
    return globals()["call"], globals()["result"]


def _publish(functions):
    globals().update(functions)
    for namespace in _sharers:
        namespace["call"] = functions["call"]
        namespace["result"] = functions["result"]


def bind():
    """Connect to the engine that the page registered as `_unroll_engine`, and to the short ways of
    calling it in `_unroll_call` where this Pyodide has them.
    """
    sys.modules.pop("_unroll_engine", None)
    engine = importlib.import_module("_unroll_engine")
    functions = {name: getattr(engine, name) for name in _NAMES if name != "value"}
    functions["value"] = functions["call"]
    short = sys.modules.get("_unroll_call")
    if short:
        functions |= {name: getattr(short, name) for name in ("call", "value", "result", "shape")}
    _publish(functions)
    for function in _after_binding:
        function()


def after_binding(function):
    """Decorator: runs a function each time that the engine was bound."""
    _after_binding.append(function)
    return function


def unbind():
    """Forget all JavaScript objects, so that a memory snapshot can be taken. The next call binds
    again.
    """
    sys.modules.pop("_unroll_engine", None)
    sys.modules.pop("_unroll_call", None)
    _publish({name: _lazy(name) for name in _NAMES})
    globals()["outside"] = None


def _lazy(name):
    def first(*arguments):
        if globals()[name] is first:
            bind()
        return globals()[name](*arguments)

    return first


def fail():
    """Raise the error of the call that just failed, as the Python type that PyTorch raises."""
    report = json.loads(globals()["error"]())
    if report["type"] == "Callback":
        from . import _callbacks

        raise _callbacks.raised()
    raise _ERRORS.get(report["type"], RuntimeError)(report["message"])


def to_bytes(handle):
    """The bytes of a tensor's values in row-major order."""
    found = globals()["bytes_of"](handle)
    if found is None:
        fail()
    return found.to_bytes()


def from_bytes(dtype, buffer, *shape):
    """The handle of a new tensor of this dtype (its code) and shape, with a copy of the values in a
    bytes-like object.
    """
    handle = globals()["made_of_bytes"](dtype, memoryview(buffer).cast("B"), *shape)
    if handle is None:
        fail()
    return handle


_publish({name: _lazy(name) for name in _NAMES})
