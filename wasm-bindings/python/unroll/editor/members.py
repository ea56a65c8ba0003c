"""What objects and classes of packages have, without a call of theirs."""

import inspect
import sys

from . import returns
from .modules import is_a, is_routine
from .values import Instance, Known, Method, Parts


def instance_attributes(found):
    """What an object itself holds, by name, without a call of its class."""
    try:
        own = dict(object.__getattribute__(found, "__dict__"))
    except (AttributeError, TypeError):
        return {}
    if is_a(found, type):
        return {}
    for store in ("_parameters", "_buffers", "_modules"):
        if isinstance(own.get(store), dict):
            own.update(own[store])
    return own


def class_attribute(kind, name, owner):
    """What an attribute of a class is on an object of it."""
    value = inspect.getattr_static(kind, name, None)
    if value is None or type(value).__name__ == "_MissingAttribute":
        return _by_init(kind, name)
    value = unwrapped(value)
    if is_a(value, property):
        noted = getattr(value.fget, "__annotations__", {}).get("return")
        return Instance(noted) if isinstance(noted, type) else _property(kind, name)
    return Method(Known(value), owner) if is_routine(value) else Known(value)


def _property(kind, name):
    if issubclass(kind, returns.tensor_class()) or kind.__name__ == "ndarray":
        known = {"shape": tuple, "dtype": None, "ndim": int, "requires_grad": bool, "is_leaf": bool}
        if name == "shape" and kind.__name__ != "ndarray":
            return Instance(sys.modules["torch"].Size)
        noted = known.get(name, kind)
        return Instance(noted) if noted else None
    return None


def _by_init(kind, name):
    """Of an attribute that a torch module sets on itself, that it is there is all that is known."""
    if name in ("weight", "bias") and kind.__module__.startswith("torch.nn"):
        return Instance(sys.modules["torch"].nn.Parameter)
    return None


def unwrapped(value):
    """The function of a static or class method."""
    return value.__func__ if is_a(value, staticmethod, classmethod) else value


def class_of(value):
    """The class of the object that a value stands for; None where nobody knows."""
    if isinstance(value, Parts):
        return tuple
    kind = getattr(value, "type", None)
    return kind if isinstance(kind, type) else None


def is_array(value):
    """Whether a value is a tensor or an array of NumPy."""
    kind = type(value.object) if isinstance(value, Known) else getattr(value, "type", None)
    return isinstance(kind, type) and kind.__name__ in ("Tensor", "Parameter", "ndarray")


def part(value, index):
    """What `value[index]` stands for."""
    if isinstance(value, Parts):
        inside = -len(value.values) <= index < len(value.values)
        return value.values[index] if inside else None
    return returns.item_of(value)
