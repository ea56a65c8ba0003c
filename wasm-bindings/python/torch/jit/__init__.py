"""torch.jit: modules and functions run as they are, so scripting gives them back unchanged."""

from typing import Final  # noqa: F401

from .._missing import by_name, missing
from ..nn.modules.module import Module

_ANSWER = "save the state_dict with torch.save; the model itself runs as it is"


class ScriptModule(Module):
    """A Module."""


class ScriptFunction:
    """The type of scripted functions, which no function here has."""


class Attribute:
    """A value with its type: the value is what a module keeps."""

    def __new__(cls, value, type):
        return value


def script(obj, *_, **__):
    """The module, function or class itself.

    Limit: Gives the module or function back as it is; nothing is compiled.
    """
    return obj


def trace(func, example_inputs=None, *_, **__):
    """The module or function itself.

    Limit: Gives the module or function back as it is; nothing is compiled.
    """
    return func


def trace_module(mod, inputs, *_, **__):
    """The module itself."""
    return mod


def script_method(fn):
    """Decorator: the method itself."""
    return fn


def export(fn):
    """Decorator: the method itself."""
    return fn


def unused(fn):
    """Decorator: the method itself."""
    return fn


def ignore(drop=False, **_):
    """Decorator: the function itself."""
    return drop if callable(drop) else lambda fn: fn


def interface(obj):
    """The class itself."""
    return obj


def freeze(mod, *_, **__):
    """The module itself."""
    return mod


def optimize_for_inference(mod, *_, **__):
    """The module itself."""
    return mod


def annotate(the_type, the_value):
    """The value."""
    return the_value


def is_scripting():
    """False."""
    return False


def is_tracing():
    """False."""
    return False


def isinstance(obj, target_type):
    """Python's own isinstance."""
    import builtins

    return builtins.isinstance(obj, target_type)


class Future:
    """The result of fork(): it is there at once."""

    def __init__(self, result):
        self._result = result

    def wait(self):
        """The result."""
        return self._result


def fork(func, *args, **kwargs):
    """Call func now; wait() gives the result."""
    return Future(func(*args, **kwargs))


def wait(future):
    """The result of a fork()."""
    return future.wait()


def save(m, f, _extra_files=None):
    """Not here: raises by name."""
    raise missing("torch.jit.save", _ANSWER)


def load(f, map_location=None, _extra_files=None):
    """Not here: raises by name."""
    raise missing("torch.jit.load", "load a state_dict with torch.load into the model's class")


__getattr__ = by_name(
    __name__,
    "CompilationUnit Error RecursiveScriptModule ScriptWarning TopLevelTracedModule TracedModule "
    "TracingCheckError enable_onednn_fusion last_executed_optimized_graph "
    "onednn_fusion_enabled set_fusion_strategy strict_fusion",
)
