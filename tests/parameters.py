"""Which parameters of public functions no line reads, for parameters.mjs; runs in Pyodide."""

import ast

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def unread_parameters(sources: dict) -> list:
    """Pairs (path, "function(parameter)") of what public functions and methods take and never read.

    A function that only raises, or has no body, reads nothing on purpose. Names with an underscore
    in front are not public; of those methods that Python calls only `__init__`, `__new__` and
    `__call__` have callers who choose the arguments. A name for all further arguments counts, also
    with an underscore in front: it swallows what was asked for.

    sources: the text of each file by its path.
    """
    return [
        (path, found)
        for path, source in sources.items()
        for found in _visit(ast.parse(source).body, "", is_method=False)
    ]


def _is_public(name):
    return not name.startswith("_") or name in ("__init__", "__new__", "__call__")


def _visit(body, prefix, is_method):
    for node in body:
        if isinstance(node, ast.ClassDef) and _is_public(node.name):
            yield from _visit(node.body, f"{prefix}{node.name}.", is_method=True)
        elif isinstance(node, _FUNCTIONS) and _is_public(node.name) and not _is_stub(node):
            yield from (f"{prefix}{node.name}({name})" for name in _unread(node, is_method))


def _is_stub(node):
    """Whether a body does nothing: a docstring, `...`, `pass`, or an error."""
    return all(
        isinstance(line, (ast.Pass, ast.Raise))
        or (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))
        for line in node.body
    )


def _unread(node, is_method):
    arguments = node.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    is_static = any(getattr(one, "id", None) == "staticmethod" for one in node.decorator_list)
    first = named[:1] if is_method and not is_static else []
    names = [one.arg for one in named if one not in first and not one.arg.startswith("_")]
    names += [f"*{arguments.vararg.arg}"] if arguments.vararg else []
    names += [f"**{arguments.kwarg.arg}"] if arguments.kwarg else []
    read = {one.id for line in node.body for one in ast.walk(line) if isinstance(one, ast.Name)}
    calls = {one.func.id for line in node.body for one in ast.walk(line) if _is_call(one)}
    # locals() and a bare super() may take what they like.
    return [] if "locals" in calls else [name for name in names if name.lstrip("*") not in read]


def _is_call(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
