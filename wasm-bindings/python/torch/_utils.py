"""How tensors are put together again out of what a pickle kept. Files name these functions."""

from collections import OrderedDict

from . import _ops, _tensor
from ._tensor import Tensor, become
from .nn.parameter import Buffer, Parameter


def _rebuild_tensor(storage, storage_offset, size, stride):
    flat = storage._flat
    made = _ops.as_strided(flat, tuple(size), tuple(stride), storage_offset)
    return _ops.detach(made)


def _rebuild_tensor_v2(
    storage, storage_offset, size, stride, requires_grad, backward_hooks, metadata=None
):
    made = _rebuild_tensor(storage, storage_offset, size, stride)
    made.requires_grad = requires_grad
    return made


def _rebuild_tensor_v3(
    storage, storage_offset, size, stride, requires_grad, backward_hooks, dtype, metadata=None
):
    from .storage import TypedStorage

    typed = TypedStorage(wrap_storage=storage, dtype=dtype)
    return _rebuild_tensor_v2(typed, storage_offset, size, stride, requires_grad, backward_hooks)


def _rebuild_parameter(data, requires_grad, backward_hooks):
    return Parameter(data, requires_grad)


def _rebuild_parameter_with_state(data, requires_grad, backward_hooks, state):
    return _with_state(Parameter(data, requires_grad), state)


def _with_state(made, state):
    values, slots = state if isinstance(state, tuple) else (state, {})
    for name, value in {**(values or {}), **(slots or {})}.items():
        setattr(made, name, value)
    return made


def _rebuild_from_type_v2(func, new_type, args, state):
    made = func(*args)
    if type(made) is not new_type:
        made = become(new_type, made)
    return _with_state(made, state) if state else made


def copy_tensor(tensor, memo):
    """What copy.deepcopy makes: a leaf. Tensors that share memory share it in the copies too."""
    from copy import deepcopy

    from .storage import TypedStorage, flat_storage

    storage = deepcopy(TypedStorage._over(flat_storage(tensor)), memo)
    offset = int(_ops.storage_offset(tensor))
    made = become(type(tensor), _rebuild_tensor(storage, offset, tensor.shape, tensor.stride()))
    memo[id(tensor)] = made
    made.requires_grad = tensor.requires_grad
    if tensor.grad is not None:
        made.grad = deepcopy(tensor.grad, memo)
    for name, value in _own(tensor).items():
        setattr(made, name, deepcopy(value, memo))
    return made


def _own(tensor):
    """What a program has put on a tensor; names with an underscore are this package's."""
    return {k: v for k, v in tensor.__dict__.items() if k[0] != "_"}


def reduce_tensor(tensor):
    """What pickle keeps of a tensor."""
    from .storage import TypedStorage, flat_storage

    state, kind = _own(tensor), type(tensor)
    if issubclass(kind, Buffer):
        state.pop("persistent", None)
        kind = Tensor
    if issubclass(kind, Parameter):
        parts = (tensor.data, tensor.requires_grad, OrderedDict())
        if kind is Parameter and state:
            return _rebuild_parameter_with_state, (*parts, state)
        function = _rebuild_parameter
    else:
        if not tensor.is_leaf and tensor.requires_grad:
            tensor = tensor.detach().requires_grad_()
        parts = (
            TypedStorage._over(flat_storage(tensor)),
            int(_ops.storage_offset(tensor)),
            tuple(tensor.shape),
            tensor.stride(),
            tensor.requires_grad,
            OrderedDict(),
        )
        function = _rebuild_tensor_v2
    if kind in (Tensor, Parameter) and not state:
        return function, parts
    return _rebuild_from_type_v2, (function, kind, parts, state)


_rebuild_from_type_v2.__module__ = "torch._tensor"
_tensor._rebuild_from_type_v2 = _rebuild_from_type_v2
