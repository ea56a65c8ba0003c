"""The imports of a Python file, for circles.mjs; runs in Pyodide."""

import ast


def imports(source: str, name: str, is_package: bool) -> list:
    """Pairs (module, member) of all imports in a module's source, in functions too; the member is
    "" for `import module`. What lazily() imports by name counts as well.
    Left out is what stands under `if TYPE_CHECKING`.
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
            case ast.Dict(keys=keys):
                texts = [key.value for key in keys if isinstance(key, ast.Constant)]
                named = [absolute(text, name, True) for text in texts if _is_module(text)]
                pairs.extend((module, "") for module in named)
            case ast.ImportFrom():
                module = absolute("." * node.level + (node.module or ""), name, is_package)
                pairs.extend((module, alias.name) for alias in node.names)
        pending.extend(ast.iter_child_nodes(node))
    return pairs


def _is_module(text) -> bool:
    """Whether a text names a module as lazily() takes it: ".modules.conv", "torch.nn._conv"."""
    is_name = isinstance(text, str) and text.replace(".", "_").isidentifier()
    return is_name and (text.startswith(".") or "._" in text)


def absolute(target: str, name: str, is_package: bool) -> str:
    """The full name of the module `target`, which may begin with dots, where the module `name` says
    it.
    """
    rest = target.lstrip(".")
    level = len(target) - len(rest)
    if not level:
        return target
    parents = name.split(".")
    kept = parents[: len(parents) - level + is_package]
    return ".".join(kept + ([rest] if rest else []))
