"""What a name is and how a call goes on: hover, the info beside a list of names, signature help."""

import ast
import inspect
import re
import types

from unroll import runner

from . import modules, signatures
from .infer import Analysis, instance_attributes
from .text import Cursor
from .values import Known, Many, Method, Own, OwnInstance, OwnModule, Parts

_LONGEST = 4000


class Place:
    """A cursor with what is known of its program."""

    def __init__(self, question):
        self.cursor = cursor = Cursor(question["before"], question.get("after", ""))
        self.live = runner.namespace() if question.get("main", True) else {}
        self.analysis = Analysis(cursor.tree(), question.get("files"), self.live)
        line = cursor.line_before
        self.scope = self.analysis.root.at(cursor.line, len(line) - len(line.lstrip()))

    def value(self, text):
        """What an expression stands for at the cursor."""
        return self.analysis.of(text, self.scope, self.cursor.line)

    def found(self, text):
        """The object that an expression was at the end of the last run, as (object,); else ()."""
        try:
            node = ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, ValueError):
            return ()
        return _found(node, self.live)


def _found(node, live):
    if isinstance(node, ast.Name) and node.id in live:
        return (live[node.id],)
    if isinstance(node, ast.Attribute) and (owner := _found(node.value, live)):
        own = instance_attributes(owner[0])
        return (own[node.attr],) if node.attr in own else ()
    return ()


def hover(question):
    """What the name that ends at the cursor is: title, docstring, and its value in the last run.

    None where there is nothing to say.
    """
    place = Place(question)
    cursor = place.cursor
    if imported := _imported(cursor):
        return _described(cursor.word, imported, place, ())
    text = cursor.expression(cursor.offset)
    call = cursor.call()
    if call and call.keyword and re.match(r"\s*=(?!=)", cursor.masked[cursor.offset :]):
        return _keyword(place, call, cursor.word)
    if not text:
        return None
    was = () if place.scope.is_function else place.found(text)
    value = place.value(text)
    doc = _property_doc(place)
    if value is None and not was:
        return _answer("property", cursor.word, doc) if doc else None
    return _described(cursor.word, value, place, was, doc)


def signature(question):
    """How the call that the cursor is in goes on; None outside of a call.

    `parameters` are texts, `active` is the index of the one at the cursor or null.
    """
    place = Place(question)
    call = place.cursor.call()
    if call is None:
        return None
    found = signatures.of(place.value(call.callee), place.analysis)
    if found is None or found.parameters is None:
        return None
    return {
        "name": call.callee.rpartition(".")[2],
        "parameters": [parameter.text for parameter in found.parameters],
        "active": _active(found.parameters, call),
        "doc": paragraphs(found.doc)[0] if found.doc else "",
    }


def paragraphs(doc):
    """A docstring's first paragraph, and those that begin with `Limit:`."""
    parts = re.split(r"\n\s*\n", doc.strip())
    limits = [part for part in parts[1:] if part.lstrip().startswith(("Limit:", "Not here"))]
    return [parts[0], *limits]


def _active(parameters, call):
    names = [parameter.name for parameter in parameters]
    if call.keyword:
        return names.index(call.keyword) if call.keyword in names else None
    at = -1
    for index, parameter in enumerate(parameters):
        if parameter.text == "*" or parameter.text.startswith("**"):
            return None
        at += 1
        if at == call.index or parameter.text.startswith("*"):
            return index
    return None


def _imported(cursor):
    """What a name in an import stands for."""
    line = cursor.line_before
    if found := re.fullmatch(r"\s*from\s+([\w.]+)\s+import\s+(?:.*[\s,(])?(\w+)", line):
        home = modules.module(found[1])
        value = modules.attribute(home, found[2]) if home else None
        return None if value is None else Known(value)
    if found := re.fullmatch(r"\s*(?:from|import)\s+(?:.*,\s*)?([\w.]+)", line):
        value = modules.module(found[1])
        return value and Known(value)
    return None


def _keyword(place, call, name):
    found = signatures.of(place.value(call.callee), place.analysis)
    for parameter in (found and found.parameters) or ():
        if parameter.name == name:
            doc = paragraphs(found.doc)[0] if found.doc else ""
            return _answer("parameter", parameter.text, f"Of {call.callee}: {doc}" if doc else "")
    return None


def _property_doc(place):
    """The docstring of the property that the name at the cursor is; '' where it is none."""
    owner = place.cursor.owner()
    value = owner and place.value(owner)
    kind = getattr(value, "type", None)
    if isinstance(value, Known) and not modules.is_a(value.object, type, types.ModuleType):
        kind = type(value.object)
    if not isinstance(kind, type):
        return ""
    found = inspect.getattr_static(kind, place.cursor.word, None)
    return signatures.docstring(found) if isinstance(found, property) else ""


def _described(name, value, place, was, doc=""):
    """The answer for a value; `was` is its object in the last run, if any."""
    last = signatures.last_run(was[0]) if was and not _is_callable(was[0]) else None
    kind, inner = "variable", value
    if isinstance(inner, Method):
        kind, inner = "method", inner.function
    if isinstance(inner, Own) or (isinstance(inner, Known) and _is_callable(inner.object)):
        found = signatures.of(value, place.analysis)
        is_class = isinstance(inner, Own) and isinstance(inner.node, ast.ClassDef)
        is_class = is_class or modules.is_a(getattr(inner, "object", None), type)
        kind = "class" if is_class else "function" if kind == "variable" else kind
        known = found is not None and found.parameters is not None
        listed = ", ".join(p.text for p in found.parameters) if known else "…"
        return _answer(kind, f"{name}({listed})", found.doc if found else "")
    if isinstance(inner, Known) and modules.is_a(inner.object, types.ModuleType):
        doc = signatures.docstring(inner.object)
        return _answer("module", inner.object.__name__, doc)
    said = type_name(value) or (type(was[0]).__name__ if was else "")
    doc = doc or _instance_doc(value)
    if isinstance(inner, Known) and not was:
        last = signatures.last_run(inner.object)
        said = type(inner.object).__name__
    return _answer(kind, f"{name}: {said}" if said else name, doc, last)


def _answer(kind, title, doc, last=None):
    return {"kind": kind, "title": title, "doc": doc[:_LONGEST], "last": last}


def _is_callable(found):
    return modules.is_a(found, type) or modules.is_routine(found)


def _instance_doc(value):
    if isinstance(value, OwnInstance):
        return signatures.own_docstring(value.type.node)
    kind = getattr(value, "type", None)
    is_torch = isinstance(kind, type) and kind.__module__.startswith(("torch.nn", "torch.optim"))
    return signatures.docstring(kind) if is_torch else ""


def type_name(value):
    """A value's type in a learner's words; '' where nobody knows."""
    if isinstance(value, Parts):
        return f"({', '.join(type_name(part) or '…' for part in value.values)})"
    if isinstance(value, Many):
        inner = type_name(value.item)
        return f"{value.type.__name__} of {inner}" if inner else value.type.__name__
    if isinstance(value, OwnInstance):
        return value.type.node.name
    if isinstance(value, OwnModule):
        return "module"
    if isinstance(value, Known):
        return type(value.object).__name__
    kind = getattr(value, "type", None)
    return kind.__name__ if isinstance(kind, type) else ""
