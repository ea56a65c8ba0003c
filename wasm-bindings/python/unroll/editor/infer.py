"""What an expression of a program would give, read from its text and never computed."""

import ast
import builtins
import inspect
import sys
import types

from . import modules, returns
from .members import class_attribute, class_of, instance_attributes, is_array, part, unwrapped
from .scopes import Scope, set_on, walk_function
from .values import Instance, Known, Many, Method, Own, OwnInstance, OwnModule, Parts, Super

_DEEPEST = 14
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Analysis:
    """A module of the learner's: the names of its text, and where it has run those of its run."""

    def __init__(self, tree, files=None, live=None):
        self.root = Scope(tree)
        self.files = files or {}
        #: Names of the last run, by which what the text does not tell is looked up.
        self.live = live or {}
        self.depth = 0
        self.others = {}

    def of(self, text, scope, line):
        """What an expression stands for in a scope, seen from a line; None where nobody knows."""
        try:
            node = ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError):
            return None
        return self.value(node, scope, line)

    def value(self, node, scope, line):
        """The same for a node of a syntax tree."""
        handler = getattr(self, f"_of_{type(node).__name__}", None)
        if handler is None or self.depth > _DEEPEST:
            return None
        self.depth += 1
        try:
            return handler(node, scope, line)
        finally:
            self.depth -= 1

    def name(self, name, scope, line):
        """What a name stands for."""
        start = scope
        while scope:
            found = scope.names.get(name)
            if found and not (scope.is_class and scope is not start):
                value = self._bound(found, scope, line if scope is start else None)
                if value is not None or scope.parent:
                    return value
            scope = scope.parent
        if name in self.live:
            return Known(self.live[name])
        for star in self.root.names.get("*", ()):
            source = modules.module(star.source[0] or "")
            if source and (value := modules.attribute(source, name)) is not None:
                return Known(value)
        return Known(getattr(builtins, name)) if hasattr(builtins, name) else None

    def attribute(self, owner, name):
        """What `owner.name` stands for."""
        if isinstance(owner, OwnModule):
            return owner.home.name(name, owner.home.root, None)
        if isinstance(owner, (Own, OwnInstance, Super)):
            return self._own_attribute(owner, name)
        if isinstance(owner, Known):
            return self._known_attribute(owner.object, name)
        kind = class_of(owner)
        return None if kind is None else class_attribute(kind, name, owner)

    def called(self, function, arguments=(), owner=None):
        """What a call of a value gives; `arguments` stand for its positional ones."""
        if isinstance(function, Method):
            return self.called(function.function, arguments, function.owner)
        if isinstance(function, Own):
            if isinstance(function.node, ast.ClassDef):
                return OwnInstance(function)
            return function.home._result(function)
        if isinstance(function, OwnInstance):
            for method in ("forward", "__call__"):
                found = self.attribute(function, method)
                if isinstance(found, Method):
                    return self.called(found)
            base = self.known_base(function.type)
            return returns.called(base) if base else None
        if isinstance(function, Instance):
            return returns.called(function.type)
        if isinstance(function, Known):
            return self._known_call(function.object, arguments, owner)
        return None

    def bases(self, own):
        """What a learner's class inherits from."""
        return [own.home.value(base, own.scope, own.node.lineno) for base in own.node.bases]

    def known_base(self, own, depth=0):
        """The first class of a package that a learner's class inherits from."""
        for base in self.bases(own) if depth < _DEEPEST else ():
            if isinstance(base, Known) and modules.is_a(base.object, type):
                return base.object
            if isinstance(base, Own) and (found := self.known_base(base, depth + 1)):
                return found
        return None

    def class_around(self, scope):
        """The learner's class that a function's scope is a method of."""
        while scope and not (scope.is_function and scope.parent and scope.parent.is_class):
            scope = scope.parent
        return scope and Own(scope.parent.node, scope.parent.parent, self)

    def own_attributes(self, own, depth=0):
        """What objects of a learner's class have: name → (bindings, scope, home)."""
        found = {}
        for base in self.bases(own) if depth < _DEEPEST else ():
            if isinstance(base, Own):
                found.update(self.own_attributes(base, depth + 1))
        body = own.scope.child(own.node)
        if body is None:
            return found
        for name, bindings in body.names.items():
            found[name] = (bindings, body, own.home)
        for method in body.children:
            if method.is_function and method.node.args.args:
                itself = method.node.args.args[0].arg
                for name, bindings in set_on(method.node, itself).items():
                    found.setdefault(name, (bindings, method, own.home))
        return found

    def _own_attribute(self, owner, name):
        own = owner if isinstance(owner, Own) else owner.type
        if not isinstance(own.node, ast.ClassDef):
            return None
        found = None if isinstance(owner, Super) else self.own_attributes(own).get(name)
        if found:
            bindings, scope, home = found
            value = home._bound(bindings, scope, None)
            is_method = isinstance(value, Own) and isinstance(value.node, _FUNCTIONS)
            if is_method and any("property" in ast.unparse(d) for d in value.node.decorator_list):
                return home._result(value)
            return Method(value, owner) if is_method and not isinstance(owner, Own) else value
        for base in self.bases(own):
            if isinstance(base, Own):
                inner = base if isinstance(owner, Own) else OwnInstance(base)
                if value := self._own_attribute(inner, name):
                    return value
            elif isinstance(base, Known) and modules.is_a(base.object, type):
                return class_attribute(base.object, name, Instance(base.object))
        return None

    def _known_attribute(self, found, name):
        if modules.is_a(found, types.ModuleType):
            value = modules.attribute(found, name)
            return None if value is None else Known(value)
        own = instance_attributes(found)
        if name in own:
            return Known(own[name])
        if modules.is_a(found, type):
            value = inspect.getattr_static(found, name, None)
            return None if value is None else Known(unwrapped(value))
        return class_attribute(type(found), name, Instance(type(found)))

    def _known_call(self, function, arguments, owner):
        if modules.is_a(function, type):
            return returns.made(function, arguments) or Instance(function)
        if modules.is_routine(function):
            return returns.made(function, arguments) or returns.returned(function, owner)
        return returns.called(type(function))

    def _bound(self, bindings, scope, line):
        """The value of the last binding that stands before a line, or else of any that is known."""
        before = [b for b in bindings if line is None or b.line < line]
        for binding in reversed(before or bindings[:1]):
            value = self._of_binding(binding, scope)
            if value is not None:
                return value
        return None

    def _of_binding(self, binding, scope):
        kind, source, line, path = binding
        if self.depth > _DEEPEST:
            return None
        if kind == "definition":
            return Own(source, scope, self)
        if kind == "import":
            return self._imported(*source)
        if kind == "parameter":
            return self._parameter(source, scope)
        value = self.value(source, scope, line) if isinstance(source, ast.AST) else None
        if kind == "item":
            value = returns.item_of(value)
        elif kind in ("instance", "raised"):
            value = self.called(value) if value else None
        for index in path:
            value = part(value, index)
        return value

    def _imported(self, module, name):
        path = module.lstrip(".")
        if f"{path}.py" in self.files or module == ".":
            return self._own_module(path, name)
        found = modules.module(path)
        if found is None:
            return Known(self.live[name]) if name in self.live else None
        value = found if name is None else modules.attribute(found, name)
        return None if value is None else Known(value)

    def _own_module(self, path, name):
        if path not in self.others:
            from .text import Cursor

            home = Analysis(Cursor(self.files.get(f"{path}.py", "")).tree(), self.files)
            home.others = self.others
            self.others[path] = home
        home = self.others[path]
        return OwnModule(home) if name is None else home.name(name, home.root, None)

    def _parameter(self, argument, scope):
        function = scope.node
        if argument.annotation:
            return self.called(self.value(argument.annotation, scope.parent, function.lineno))
        own = self.class_around(scope) if scope.parent and scope.parent.is_class else None
        if own and function.args.args[:1] == [argument]:
            return OwnInstance(own)
        defaults = dict(
            zip(reversed(function.args.args), reversed(function.args.defaults), strict=False)
        )
        if value := argument in defaults and self.value(defaults[argument], scope.parent, None):
            return value
        base = own and self.known_base(own)
        if base and function.name == "forward" and issubclass(base, sys.modules["torch"].nn.Module):
            return Instance(returns.tensor_class())
        return None if own else self._from_a_call(function, argument)

    def _from_a_call(self, function, argument):
        """What a call of the function in this module gives for a parameter."""
        index = function.args.args.index(argument) if argument in function.args.args else None
        for node in ast.walk(self.root.node):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id != function.name:
                continue
            given = {keyword.arg: keyword.value for keyword in node.keywords}.get(argument.arg)
            if given is None and index is not None and index < len(node.args):
                given = node.args[index]
            if given is not None:
                return self.value(given, self.root.at(node.lineno, node.col_offset), node.lineno)
        return None

    def _result(self, own):
        """What a call of a learner's function gives: what its last `return` does."""
        inside = own.scope.child(own.node)
        if own.node.returns:
            return self.called(self.value(own.node.returns, own.scope, None))
        if inside is None:
            return None
        for node in reversed(list(walk_function(own.node))):
            if isinstance(node, ast.Return) and node.value:
                value = self.value(node.value, inside, node.lineno)
                if value is not None:
                    return value
        return None

    def _of_Name(self, node, scope, line):
        return self.name(node.id, scope, line)

    def _of_Attribute(self, node, scope, line):
        owner = self.value(node.value, scope, line)
        return None if owner is None else self.attribute(owner, node.attr)

    def _of_Call(self, node, scope, line):
        if isinstance(node.func, ast.Name) and node.func.id == "super":
            own = self.class_around(scope)
            return Super(own) if own else None
        function = self.value(node.func, scope, line)
        return self.called(function, [self.value(part, scope, line) for part in node.args])

    def _of_Subscript(self, node, scope, line):
        value = self.value(node.value, scope, line)
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, int):
            return part(value, node.slice.value)
        if isinstance(node.slice, ast.Slice):
            return value
        return None if isinstance(value, Parts) else returns.item_of(value)

    def _of_BinOp(self, node, scope, line):
        sides = [self.value(side, scope, line) for side in (node.left, node.right)]
        arrays = [side for side in sides if is_array(side)]
        return arrays[0] if arrays else next((side for side in sides if side), None)

    def _of_Compare(self, node, scope, line):
        left = self.value(node.left, scope, line)
        return left if is_array(left) else Instance(bool)

    def _of_UnaryOp(self, node, scope, line):
        return self.value(node.operand, scope, line)

    def _of_Constant(self, node, scope, line):
        return None if node.value is None else Instance(type(node.value))

    def _of_JoinedStr(self, node, scope, line):
        return Instance(str)

    def _of_Tuple(self, node, scope, line):
        return Parts(tuple(self.value(part, scope, line) for part in node.elts))

    def _of_List(self, node, scope, line):
        return Many(self.value(node.elts[0], scope, line) if node.elts else None)

    def _of_Set(self, node, scope, line):
        return Many(self.value(node.elts[0], scope, line), set)

    def _of_ListComp(self, node, scope, line):
        return Many(self.value(node.elt, scope, node.lineno))

    _of_SetComp = _of_GeneratorExp = _of_ListComp

    def _of_Dict(self, node, scope, line):
        return Instance(dict)

    _of_DictComp = _of_Dict

    def _of_IfExp(self, node, scope, line):
        return self.value(node.body, scope, line) or self.value(node.orelse, scope, line)

    def _of_BoolOp(self, node, scope, line):
        return next(filter(None, (self.value(part, scope, line) for part in node.values)), None)

    def _of_NamedExpr(self, node, scope, line):
        return self.value(node.value, scope, line)

    def _of_Await(self, node, scope, line):
        return self.value(node.value, scope, line)
