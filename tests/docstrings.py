"""Which public names of a Python package have no docstring, for docstrings.mjs; runs in Pyodide."""

import ast

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def public_names(sources: dict) -> list:
    """Triples (path, name, whether it has a docstring) of the functions and classes of modules, and
    of the methods of classes. A name with an underscore in front is not public. A method has also
    what help() shows: the docstring of a class below its own, which is looked up by its bare name.

    sources: the text of each file by its path.
    """
    trees = {path: ast.parse(source).body for path, source in sources.items()}
    classes = {
        node.name: node
        for body in trees.values()
        for node in body
        if isinstance(node, ast.ClassDef)
    }
    return [
        (path, name, is_told)
        for path, body in trees.items()
        for name, is_told in _visit(body, "", [], classes)
    ]


def _visit(body, prefix, bases, classes):
    for node in body:
        is_class = isinstance(node, ast.ClassDef)
        if not is_class and not isinstance(node, _FUNCTIONS):
            continue
        if node.name.startswith("_") or _is_setter(node):
            continue
        yield prefix + node.name, bool(ast.get_docstring(node)) or node.name in _told(bases)
        if is_class:
            below = [*_below(node, classes, set())]
            yield from _visit(node.body, f"{prefix}{node.name}.", below, classes)


def _below(node, classes, seen):
    """The classes that a class derives from, as far as they are in the package."""
    for base in node.bases:
        name = base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", None)
        if name in classes and name not in seen:
            seen.add(name)
            yield classes[name]
            yield from _below(classes[name], classes, seen)


def _told(bases):
    """The methods of classes that have docstrings."""
    methods = [node for base in bases for node in base.body if isinstance(node, _FUNCTIONS)]
    return {node.name for node in methods if ast.get_docstring(node)}


def _is_setter(node):
    """Setters of a property are told of by the property."""
    return any(
        isinstance(decorator, ast.Attribute) and decorator.attr in ("setter", "deleter")
        for decorator in node.decorator_list
    )
