"""Which names a program binds, where, and to what."""

import ast
from typing import NamedTuple

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Binding(NamedTuple):
    """One place where a name gets a value.

    kind: 'value' (of an expression), 'item' (of what it iterates over), 'entered' (by `with`),
    'raised', 'import', 'parameter' or 'definition'. source: the expression, or the node. path: for
    `a, (b, c) = …`, which part of the value. line: from where on the name is bound.
    """

    kind: str
    source: object
    line: int
    path: tuple = ()


class Scope:
    """The names of a module, a class or a function."""

    def __init__(self, node, parent=None):
        self.node = node
        self.parent = parent
        self.names = {}
        self.children = []
        if isinstance(node, (*_FUNCTIONS, ast.Lambda)):
            self._parameters(node)
        body = node.body if isinstance(node.body, list) else [node.body]
        for statement in body:
            self._visit(statement)

    @property
    def is_class(self):
        """Whether these are the names of a class's body."""
        return isinstance(self.node, ast.ClassDef)

    @property
    def is_function(self):
        """Whether these are the names of a function."""
        return isinstance(self.node, _FUNCTIONS)

    def at(self, line, indent):
        """The innermost scope that a line of this indentation is in."""
        for child in self.children:
            node = child.node
            first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])
            if first < line <= node.end_lineno and indent > node.col_offset:
                return child.at(line, indent)
        return self

    def child(self, node):
        """The scope of a function or class that is defined here."""
        return next((child for child in self.children if child.node is node), None)

    def _bind(self, name, kind, source, line, path=()):
        self.names.setdefault(name, []).append(Binding(kind, source, line, path))

    def _parameters(self, function):
        arguments = function.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        for argument in (*every, arguments.vararg, arguments.kwarg):
            if argument:
                self._bind(argument.arg, "parameter", argument, function.lineno)

    def _target(self, target, kind, source, line, path=()):
        if isinstance(target, ast.Name):
            self._bind(target.id, kind, source, line, path)
        elif isinstance(target, ast.Starred):
            self._target(target.value, "unknown", source, line)
        elif isinstance(target, (ast.Tuple, ast.List)):
            for index, part in enumerate(target.elts):
                self._target(part, kind, source, line, (*path, index))

    def _visit(self, node):
        handler = getattr(self, f"_on_{type(node).__name__}", None)
        if handler:
            handler(node)
        for child in () if isinstance(node, _NEW_SCOPES) else ast.iter_child_nodes(node):
            if not isinstance(child, _LEAVES):
                self._visit(child)

    def _on_ClassDef(self, node):
        self._bind(node.name, "definition", node, node.lineno)
        self.children.append(Scope(node, self))

    _on_FunctionDef = _on_AsyncFunctionDef = _on_ClassDef

    def _on_Lambda(self, node):
        for argument in node.args.args:
            self._bind(argument.arg, "unknown", argument, node.lineno - 1)
        self._visit(node.body)

    def _on_Assign(self, node):
        for target in node.targets:
            self._target(target, "value", node.value, node.end_lineno)

    def _on_AnnAssign(self, node):
        kind, source = ("value", node.value) if node.value else ("instance", node.annotation)
        self._target(node.target, kind, source, node.end_lineno)

    def _on_NamedExpr(self, node):
        self._target(node.target, "value", node.value, node.lineno - 1)

    def _on_For(self, node):
        self._target(node.target, "item", node.iter, node.lineno - 1)

    _on_AsyncFor = _on_comprehension = lambda self, node: self._target(
        node.target, "item", node.iter, node.target.lineno - 1
    )

    def _on_withitem(self, node):
        if node.optional_vars:
            self._target(
                node.optional_vars, "entered", node.context_expr, node.optional_vars.lineno - 1
            )

    def _on_ExceptHandler(self, node):
        if node.name:
            self._bind(node.name, "raised", node.type, node.lineno)

    def _on_Import(self, node):
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            self._bind(name, "import", (alias.name if alias.asname else name, None), node.lineno)

    def _on_ImportFrom(self, node):
        for alias in node.names:
            if alias.name == "*":
                self.names.setdefault("*", []).append(
                    Binding("import", (node.module, "*"), node.lineno)
                )
            else:
                found = (("." * node.level) + (node.module or ""), alias.name)
                self._bind(alias.asname or alias.name, "import", found, node.lineno)


_LEAVES = (ast.Name, ast.Constant, ast.expr_context, ast.operator, ast.alias)
_NEW_SCOPES = (*_FUNCTIONS, ast.ClassDef, ast.Lambda)


def set_on(function, itself):
    """`self.name = …` in a method: name → bindings."""
    holder = Scope(ast.Module([], []))
    for node in walk_function(function):
        targets = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            _attributes(target, itself, node, holder)
    return holder.names


def _attributes(target, itself, node, holder, path=()):
    if isinstance(target, (ast.Tuple, ast.List)):
        for index, part in enumerate(target.elts):
            _attributes(part, itself, node, holder, (*path, index))
    elif (
        isinstance(target, ast.Attribute)
        and isinstance(target.value, ast.Name)
        and target.value.id == itself
    ):
        kind, source = ("value", node.value) if node.value else ("instance", node.annotation)
        holder._bind(target.attr, kind, source, node.end_lineno, path)


def walk_function(function):
    """The nodes of a function in order, without those of functions inside it."""
    waiting = list(reversed(function.body))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (*_FUNCTIONS, ast.ClassDef, ast.Lambda)):
            waiting.extend(reversed(list(ast.iter_child_nodes(node))))
