"""Python's operators on tensors: the shortest way from `a + b` to the engine."""

from . import _C, _ops
from ._marshal import operand
from ._tensor import Tensor, new, wrap

call, result = _C.share(globals())
fail = _C.fail


def _binary(op):
    """`a op b` for an op of two operands."""

    def forward(self, other):
        if isinstance(other, Tensor):
            handle = call(op, self._h, other._h)
        elif type(other) is float:
            handle = call(op, self._h, -2, other)
        elif isinstance(other, (int, float)):
            handle = call(op, self._h, *operand(other))
        else:
            return NotImplemented
        if handle is None:
            fail()
        tensor = new(Tensor)
        tensor._h = handle
        return tensor

    return forward, _reflected(op)


def _binary_with(op, option):
    """The same for an op with one more number behind the operands."""

    def forward(self, other):
        if isinstance(other, Tensor):
            handle = call(op, self._h, other._h, option)
        elif type(other) is float:
            handle = call(op, self._h, -2, other, option)
        elif isinstance(other, (int, float)):
            handle = call(op, self._h, *operand(other), option)
        else:
            return NotImplemented
        if handle is None:
            fail()
        tensor = new(Tensor)
        tensor._h = handle
        return tensor

    return forward, _reflected(op, option)


def _reflected(op, *options):
    """`b op a` where b is a number."""

    def reflected(self, other):
        if not isinstance(other, (int, float)):
            return NotImplemented
        handle = call(op, *operand(other), self._h, *options)
        if handle is None:
            fail()
        return wrap(handle)

    return reflected


def _inplace(op, *options):
    """`a op= b` for an in-place op of the table."""

    def method(self, other):
        if not isinstance(other, (Tensor, int, float)):
            return NotImplemented
        if call(op, self._h, *operand(other), *options) is None:
            fail()
        return self

    return method


def _assigned(method):
    """`a op= b` as the op followed by an assignment of its result."""

    def inplace(self, other):
        made = method(self, other)
        if made is NotImplemented:
            return made
        _ops.assign(self, made)
        return self

    return inplace


def _pair(name, methods):
    forward, reflected = methods
    setattr(Tensor, f"__{name}__", forward)
    setattr(Tensor, f"__r{name}__", reflected)
    setattr(Tensor, f"__i{name}__", _assigned(forward))


def _matmul(self, other):
    if not isinstance(other, Tensor):
        return NotImplemented
    return _ops.matmul(self, other)


def install():
    """Give Tensor its operators."""
    index = _ops.INDEX
    _pair("add", _binary_with(index["add"], 1))
    _pair("sub", _binary_with(index["sub"], 1))
    _pair("mul", _binary(index["mul"]))
    _pair("truediv", _binary_with(index["div"], 0))
    _pair("floordiv", _binary_with(index["div"], 2))
    _pair("mod", _binary(index["remainder"]))
    _pair("pow", _binary(index["pow"]))
    _pair("and", _binary(index["bitwise_and"]))
    _pair("or", _binary(index["bitwise_or"]))
    _pair("xor", _binary(index["bitwise_xor"]))
    _pair("lshift", _binary(index["bitwise_left_shift"]))
    _pair("rshift", _binary(index["bitwise_right_shift"]))
    Tensor.__iadd__ = _inplace(index["add_"], 1)
    Tensor.__isub__ = _inplace(index["add_"], -1)
    Tensor.__imul__ = _inplace(index["mul_"])
    for name in ("eq", "ne", "lt", "le", "gt", "ge"):
        setattr(Tensor, f"__{name}__", _binary(index[name])[0])
    Tensor.__hash__ = object.__hash__
    Tensor.__matmul__ = _matmul
    Tensor.__neg__ = _ops.neg
    Tensor.__abs__ = _ops.abs
    Tensor.__invert__ = _ops.bitwise_not
    Tensor.__pos__ = lambda self: self
