"""Names that fit at the cursor."""

import ast
import builtins
import inspect
import keyword
import re
import types

from . import modules, signatures
from .explain import Place
from .infer import instance_attributes
from .values import Instance, Known, Many, Own, OwnInstance, OwnModule, Parts, Super

#: Own names come first, then parameters, then what packages offer; what is private comes last.
_OWN, _PARAMETER, _LAST = 3, 2, -5


def complete(question):
    """The names that fit where `before` ends and `after` begins.

    `word` is the part that is typed already; each option has a `label`, the `type` of its icon, and
    at will a `detail` and a `boost`. None where nothing is to be offered.
    """
    place = Place(question)
    cursor = place.cursor
    options = _in_import(cursor, place.analysis)
    if options is None:
        owner = cursor.owner()
        options = _names(place) if owner is None else _members(place, owner)
    word = cursor.word
    options = [option for option in options if _is_wanted(option["label"], word)]
    return {"word": word, "options": options} if options else None


def _is_wanted(label, word):
    if label.startswith("__"):
        return word.startswith("__")
    return not label.startswith("_") or word.startswith("_")


def _option(label, kind, boost=0, detail=None):
    option = {"label": label, "type": kind}
    if boost or label.startswith("_"):
        option["boost"] = _LAST if label.startswith("_") else boost
    if detail:
        option["detail"] = detail
    return option


def _in_import(cursor, analysis):
    """Names of modules, and of what is in them, in an import statement."""
    line = cursor.line_before
    own = [name.removesuffix(".py") for name in analysis.files if re.fullmatch(r"\w+\.py", name)]
    if found := re.fullmatch(r"\s*from\s+([\w.]+)\s+import\s+(?:.*[\s,(])?\w*", line):
        if found[1] in own:
            home = analysis._own_module(found[1], None).home
            return [_own_option(name, home, home.root) for name in home.root.names if name != "*"]
        return _of_module(modules.module(found[1]))
    if found := re.fullmatch(r"\s*(?:from|import)\s+(?:.*,\s*)?([\w.]*?)\.?(\w*)", line):
        if found[1] and "." in line.rsplit(None, 1)[-1]:
            home = modules.module(found[1])
            parts = _of_module(home) if home else []
            return [part for part in parts if part["type"] == "namespace"]
        ours = [_option(name, "namespace", _OWN) for name in own]
        first = {"torch", "numpy", "matplotlib", "unroll"}
        return ours + [
            _option(name, "namespace", 1 if name in first else 0) for name in modules.importable()
        ]
    return None


def _names(place):
    """What can stand on its own: own names, parameters of the call, builtins, keywords."""
    options = {}

    def add(option):
        options.setdefault(option["label"], option)

    for option in _keywords_of_call(place):
        options[option["label"]] = option
    scope, start = place.scope, place.scope
    while scope:
        if not scope.is_class or scope is start:
            for name, bindings in scope.names.items():
                is_typed_now = all(binding.line == place.cursor.line for binding in bindings)
                if name not in ("*", "_") and not (is_typed_now and name == place.cursor.word):
                    add(_own_option(name, place.analysis, scope))
        scope = scope.parent
    for name, found in place.live.items():
        if not name.startswith("__"):
            add(_option(name, modules.kind(found), _OWN - 1))
    for star in place.analysis.root.names.get("*", ()):
        for option in _of_module(modules.module(star.source[0] or "")):
            add(option)
    for name in keyword.kwlist:
        add(_option(name, "keyword"))
    for name, found in vars(builtins).items():
        if not name.startswith("_"):
            add(_option(name, modules.kind(found), -1))
    return list(options.values())


def _own_option(name, analysis, scope):
    binding = scope.names[name][-1]
    kinds = {"import": "namespace", "definition": "function"}
    kind = kinds.get(binding.kind, "variable")
    if isinstance(binding.source, ast.ClassDef):
        kind = "class"
    elif binding.kind == "import" and binding.source[1]:
        value = analysis.name(name, scope, None)
        kind = modules.kind(value.object) if isinstance(value, Known) else "variable"
    return _option(name, kind, 1 if binding.kind == "import" else _OWN)


def _keywords_of_call(place):
    call = place.cursor.call()
    if not call or not call.direct or call.keyword:
        return
    found = signatures.of(place.value(call.callee), place.analysis)
    for parameter in (found and found.parameters) or ():
        if parameter.text.startswith("*") or parameter.name in call.given:
            continue
        default = parameter.text.partition("=")[2].strip()
        yield _option(f"{parameter.name}=", "property", _PARAMETER, default and f"= {default}")


def _of_module(found):
    if found is None:
        return []
    return [_option(name, _module_kind(value)) for name, value in modules.names(found).items()]


def _module_kind(value):
    # What a module imports at first use are mostly layers, and functions.
    return "function" if value is None else modules.kind(value)


def _members(place, owner):
    """What `owner.` may go on with."""
    value = place.value(owner) if owner else None
    options = {option["label"]: option for option in _of_value(value, place.analysis)}
    was = () if place.scope.is_function and "." not in owner else place.found(owner)
    if was and not modules.is_a(was[0], types.ModuleType) and _fits(value, was[0]):
        for option in _of_object(was[0]):
            options.setdefault(option["label"], option)
    return list(options.values())


def _fits(value, found):
    """Whether an object of the last run is what the program's text says now."""
    if isinstance(value, OwnInstance):
        return type(found).__name__ == value.type.node.name
    kind = getattr(value, "type", None)
    return value is None or isinstance(value, Known) or kind is type(found)


def _of_value(value, analysis):
    if isinstance(value, OwnModule):
        home = value.home
        return [_own_option(name, home, home.root) for name in home.root.names if name != "*"]
    if isinstance(value, (Own, OwnInstance, Super)):
        return _of_own(value, analysis)
    if isinstance(value, Known):
        if modules.is_a(value.object, types.ModuleType):
            return _of_module(value.object)
        return _of_object(value.object)
    if isinstance(value, Parts):
        return _of_class(tuple)
    return _of_class(value.type) if isinstance(value, (Instance, Many)) else []


def _of_own(value, analysis):
    own = value if isinstance(value, Own) else value.type
    if not isinstance(own.node, ast.ClassDef):
        return []
    options = {}
    found = {} if isinstance(value, Super) else analysis.own_attributes(own)
    for name, (bindings, _scope, _home) in found.items():
        is_method = isinstance(bindings[-1].source, (ast.FunctionDef, ast.AsyncFunctionDef))
        options[name] = _option(name, "method" if is_method else "property", _OWN)
    base = analysis.known_base(own) or object
    for option in _of_class(base):
        options.setdefault(option["label"], option)
    return list(options.values())


def _of_object(found):
    if modules.is_a(found, type):
        return _of_class(found, methods="function")
    options = {name: _option(name, "property", 1) for name in instance_attributes(found)}
    for option in _of_class(type(found)):
        options.setdefault(option["label"], option)
    return [option for name, option in options.items() if isinstance(name, str)]


def _of_class(kind, methods="method"):
    options = {}
    for base in kind.__mro__:
        for name, value in base.__dict__.items():
            if type(value).__name__ == "_MissingAttribute" or not isinstance(name, str):
                continue
            icon = modules.kind(value)
            icon = methods if icon == "function" else icon if icon == "class" else "property"
            boost = -1 if base is object or name.endswith("_") else 0
            options.setdefault(name, _option(name, icon, boost))
        if methods == "method" and base.__module__.startswith(("torch.nn", "torch.optim")):
            for name in _set_by_init(base):
                options.setdefault(name, _option(name, "property", 1))
    return list(options.values())


def _set_by_init(kind):
    """What a layer sets on itself when it is made, by the names that its code stores."""
    made = kind.__dict__.get("__init__")
    if not isinstance(made, types.FunctionType):
        return []
    from dis import get_instructions

    stored = (step.argval for step in get_instructions(made) if step.opname == "STORE_ATTR")
    return [name for name in stored if inspect.getattr_static(kind, name, None) is None]
