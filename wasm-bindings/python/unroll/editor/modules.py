"""The real modules that a program's imports mean, and what is in them."""

import importlib
import sys
import types

from unroll.imports import small_packages

#: Modules whose import shows something or changes how Python works.
_NOT_BY_LOOKING = {"antigravity", "this", "idlelib", "turtle", "tkinter", "test"}

_ROUTINES = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    types.MethodDescriptorType,
    types.ClassMethodDescriptorType,
    types.WrapperDescriptorType,
    types.MethodWrapperType,
)


def module(name):
    """A module by its name, imported where that has no effect on programs; None where it has."""
    found = sys.modules.get(name)
    if found is not None or not name or name.startswith("."):
        return found
    top = name.partition(".")[0]
    if top not in ("torch", "unroll", *small_packages()) and not _is_standard(top):
        return None
    try:
        return importlib.import_module(name)
    except Exception:
        return None


def _is_standard(top):
    """Whether a module is one of Python's own that are here without a download."""
    from unroll import rare_modules

    if top not in sys.stdlib_module_names or top.startswith("_") or top in _NOT_BY_LOOKING:
        return False
    rare = (finder for finder in sys.meta_path if isinstance(finder, rare_modules._Finder))
    return not any(top in finder.names for finder in rare)


def importable():
    """Names of the modules that a program is likely to import."""
    standard = (name for name in sys.stdlib_module_names if _is_standard(name))
    return sorted({"torch", "unroll", *small_packages(), *standard})


def attribute(found, name):
    """What is in a module under a name, also what it imports at first use; None where it is not."""
    if name in found.__dict__:
        return found.__dict__[name]
    if name in _later(found):
        try:
            return getattr(found, name)
        except Exception:
            return None
    return module(f"{found.__name__}.{name}")


def names(found):
    """What a module offers: name → object, or None for what it would import at first use."""
    offered = {}
    known = _pytorch_names(found.__name__)
    chosen = getattr(found, "__all__", None) if known is None else None
    for name, value in found.__dict__.items():
        if isinstance(value, types.ModuleType):
            wanted = value.__name__ == f"{found.__name__}.{name}"
        elif known is not None:
            wanted = name in known or name.startswith("_")
        else:
            # pyplot's own list has what it takes from elsewhere only.
            is_own = getattr(value, "__module__", None) == found.__name__
            wanted = chosen is None or name in chosen or is_own or name.startswith("_")
        if wanted:
            offered[name] = value
    for name in _later(found):
        if known is None or name in known:
            offered.setdefault(name, None)
    return offered


def _later(found):
    """Names that a module of a package imports at first use."""
    listed = found.__dict__.get("__dir__")
    if isinstance(listed, types.FunctionType):
        return [name for name in listed() if name not in found.__dict__]
    return getattr(found.__dict__.get("__getattr__"), "names", ())


def _pytorch_names(name):
    if not name.startswith("torch"):
        return None
    known = sys.modules["torch._pytorch_names"].NAMES.get(name)
    return None if known is None else set(known.split())


def is_a(found, *kinds):
    """`isinstance` without a question to the object, which may be a learner's."""
    return issubclass(type(found), kinds)


def is_routine(found):
    """Whether an object is a function or a method, by its type alone."""
    return is_a(found, *_ROUTINES)


def kind(value):
    """The kind of a thing in the words of CodeMirror's icons."""
    if is_a(value, types.ModuleType):
        return "namespace"
    if is_a(value, type):
        return "class"
    if is_a(value, property, types.GetSetDescriptorType, types.MemberDescriptorType):
        return "property"
    if is_routine(value) or is_a(value, staticmethod, classmethod):
        return "function"
    return "variable"
