"""Which public names of a Python file have no docstring, for docstrings.mjs; runs in Pyodide."""

import ast

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def public_names(source: str) -> list:
    """Pairs (name, whether it has a docstring) of the functions and classes of a module, and of
    the methods of its classes. A name with an underscore in front is not public.
    """
    return list(_visit(ast.parse(source).body, ""))


def _visit(body, prefix):
    for node in body:
        if not isinstance(node, _DEFINITIONS) or node.name.startswith("_") or _is_setter(node):
            continue
        yield prefix + node.name, ast.get_docstring(node) is not None
        if isinstance(node, ast.ClassDef):
            yield from _visit(node.body, f"{prefix}{node.name}.")


def _is_setter(node):
    """Setters of a property are told of by the property."""
    return any(
        isinstance(decorator, ast.Attribute) and decorator.attr in ("setter", "deleter")
        for decorator in node.decorator_list
    )
