"""How functions and classes are called, and what their docstrings say."""

import ast
import inspect
import re
import sys
import types
from typing import NamedTuple

from . import modules
from .values import Instance, Known, Method, Own, OwnInstance

#: Values whose text is not a learner's code.
_PLAIN = (int, float, str, bytes, bool, type(None))
#: "The current axes' plot(): see matplotlib.axes.Axes.plot."
_SEE = re.compile(r"\bsee ([a-zA-Z_]\w*(?:\.\w+)+)")


class Parameter(NamedTuple):
    """A parameter as it is written: `bias=True`, `*size`; the bare `*` has no name."""

    name: str
    text: str


class Signature(NamedTuple):
    """How something is called."""

    parameters: list
    doc: str


def of(value, analysis):
    """How a value is called; None where it is not, or nobody knows."""
    if isinstance(value, Method):
        found = of(value.function, analysis)
        is_static = _is_static(value)
        drop = found and found.parameters and not is_static
        return found._replace(parameters=found.parameters[1:]) if drop else found
    if isinstance(value, Own):
        return _of_own(value, analysis)
    if isinstance(value, OwnInstance):
        forward = analysis.attribute(value, "forward") or analysis.attribute(value, "__call__")
        return of(forward, analysis) if isinstance(forward, Method) else None
    if isinstance(value, Instance):
        forward = inspect.getattr_static(value.type, "forward", None)
        if forward is None or not value.type.__module__.startswith("torch."):
            return None
        return of(Method(Known(forward), value), analysis)
    return _of_object(value.object) if isinstance(value, Known) else None


def docstring(found):
    """The docstring of an object that is there; '' where it has none of its own."""
    text = None
    if modules.is_a(found, type):
        text = type.__getattribute__(found, "__doc__")
    elif modules.is_routine(found) or modules.is_a(found, property, types.ModuleType):
        text = found.__doc__
    return inspect.cleandoc(text) if isinstance(text, str) else ""


def seen(found):
    """What a docstring such as "see torch.serialization.save" leads to; else None."""
    doc = docstring(found)
    place = _SEE.search(doc)
    home = getattr(found, "__module__", None) or ""
    if not place or not home.startswith(("torch", "matplotlib")):
        return None
    names = place[1].rstrip(".").split(".")
    target = modules.module(names[0])
    for name in names[1:]:
        if isinstance(target, types.ModuleType):
            target = modules.attribute(target, name)
        elif isinstance(target, type):
            target = inspect.getattr_static(target, name, None)
    return target if modules.is_routine(target) and target is not found else None


def own_docstring(node):
    """The docstring of a learner's function or class."""
    return ast.get_docstring(node) or ""


def _is_static(method):
    owner, function = method.owner, method.function
    if isinstance(owner, OwnInstance) and isinstance(function, Own):
        marks = [ast.unparse(mark) for mark in function.node.decorator_list]
        return "staticmethod" in marks
    return False


def _of_own(own, analysis):
    node = own.node
    if isinstance(node, ast.ClassDef):
        made = analysis.attribute(OwnInstance(own), "__init__")
        found = of(made, analysis) if isinstance(made, Method) else None
        parameters = found.parameters if found else []
        return Signature(parameters, own_docstring(node) or (found.doc if found else ""))
    return Signature(_written(node.args), own_docstring(node))


def _written(arguments):
    """Parameters as the learner wrote them."""
    first = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(first) - len(arguments.defaults)) + arguments.defaults
    found = [_one(part, default) for part, default in zip(first, defaults, strict=True)]
    if arguments.vararg:
        found.append(_one(arguments.vararg, None, "*"))
    elif arguments.kwonlyargs:
        found.append(Parameter("", "*"))
    found += map(_one, arguments.kwonlyargs, arguments.kw_defaults)
    if arguments.kwarg:
        found.append(_one(arguments.kwarg, None, "**"))
    return found


def _one(argument, default, stars=""):
    text = stars + argument.arg
    if argument.annotation:
        text += f": {ast.unparse(argument.annotation)}"
    if default is not None:
        text += f" = {ast.unparse(default)}" if argument.annotation else f"={ast.unparse(default)}"
    return Parameter(argument.arg, text)


def _of_object(found):
    if modules.is_a(found, types.MethodType):
        found = found.__func__
    if not modules.is_a(found, type) and not modules.is_routine(found):
        return _of_a_module(found)
    target = seen(found)
    doc = docstring(found)
    try:
        if modules.is_a(found, type):
            parameters = _of_class(found)
        else:
            parameters = _parameters(inspect.signature(target or found))
            if target and isinstance(found, types.FunctionType) and "." in target.__qualname__:
                parameters = parameters[1:]
    except (ValueError, TypeError):
        return Signature(None, doc)
    return Signature(parameters, docstring(target) if target else doc)


def _of_a_module(found):
    """A module of torch is called as its forward pass is."""
    kind = type(found)
    forward = inspect.getattr_static(kind, "forward", None)
    if isinstance(forward, types.FunctionType):
        return Signature(_parameters(inspect.signature(forward))[1:], docstring(forward))
    return None


def _of_class(kind):
    """Parameters of the first `__init__` that names them: LSTM takes what RNNBase does."""
    for base in kind.__mro__:
        made = base.__dict__.get("__init__")
        if not isinstance(made, types.FunctionType):
            continue
        parameters = _parameters(inspect.signature(made))[1:]
        if not all(parameter.text.startswith("*") for parameter in parameters) or not parameters:
            return [p for p in parameters if base is kind or p.name != "mode"]
    return _parameters(inspect.signature(kind))


def _parameters(signature):
    found, starred = [], False
    for parameter in signature.parameters.values():
        kind = parameter.kind
        hidden = kind is parameter.VAR_KEYWORD and parameter.name == "names"
        if hidden or parameter.name.startswith("_"):
            continue
        if kind is parameter.KEYWORD_ONLY and not starred:
            found.append(Parameter("", "*"))
        starred = starred or kind in (parameter.KEYWORD_ONLY, parameter.VAR_POSITIONAL)
        stars = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(kind, "")
        text = stars + parameter.name
        if parameter.default is not parameter.empty:
            text += f"={_value(parameter.default)}"
        found.append(Parameter(parameter.name, text))
    return found


def _value(default):
    if type(default) in _PLAIN:
        return repr(default)
    if type(default) in (tuple, list) and all(type(part) in _PLAIN for part in default):
        return repr(default)
    if isinstance(default, type | types.FunctionType):
        return default.__name__
    return repr(default) if type(default).__module__.startswith("torch") else "…"


def last_run(found):
    """What an object of the last run is, in a few words: `Tensor float32 (2, 3)`."""
    kind = type(found)
    torch = sys.modules["torch"]
    if kind in (torch.Tensor, torch.nn.Parameter):
        return f"{kind.__name__} {str(found.dtype).removeprefix('torch.')} {tuple(found.shape)}"
    if kind in _PLAIN:
        text = repr(found)
        return text if len(text) < 60 else f"{kind.__name__} of length {len(found)}"
    if kind in (list, tuple, dict, set):
        return f"{kind.__name__} of length {len(found)}"
    if kind.__name__ == "ndarray" and kind.__module__ == "numpy":
        return f"ndarray {found.dtype} {tuple(found.shape)}"
    return kind.__name__
