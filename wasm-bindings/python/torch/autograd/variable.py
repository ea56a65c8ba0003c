"""torch.autograd.Variable, which has been the tensor itself for years."""

from .._tensor import Tensor


class _VariableType(type):
    def __instancecheck__(cls, value):
        return isinstance(value, Tensor)

    def __call__(cls, data=None, requires_grad=False, volatile=False):
        from .._creation import empty

        tensor = empty(0) if data is None else data.detach()
        return tensor.requires_grad_(requires_grad) if requires_grad else tensor


class Variable(metaclass=_VariableType):
    """`Variable(x)` is the tensor x."""
