"""The imports of a Python file, for circles.mjs; runs in Pyodide."""

import ast


def imports(source: str, name: str, is_package: bool) -> list:
    """Pairs (module, member) of all imports in a module's source, in functions too; the member is
    "" for `import module`. Left out is what stands under `if TYPE_CHECKING`.
    """
    pairs = []
    pending = [ast.parse(source)]
    while pending:
        node = pending.pop()
        match node:
            case ast.If(test=ast.Name("TYPE_CHECKING")):
                pending.extend(node.orelse)
                continue
            case ast.Import():
                pairs.extend((alias.name, "") for alias in node.names)
            case ast.ImportFrom():
                module = home(node, name, is_package)
                pairs.extend((module, alias.name) for alias in node.names)
        pending.extend(ast.iter_child_nodes(node))
    return pairs


def home(node: ast.ImportFrom, name: str, is_package: bool) -> str:
    """The full name of the module that `from ... import` names."""
    if not node.level:
        return node.module
    parents = name.split(".")
    kept = parents[: len(parents) - node.level + is_package]
    return ".".join(kept + ([node.module] if node.module else []))
