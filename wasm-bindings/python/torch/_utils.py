"""How tensors are put together again out of what a pickle kept. Files name these functions."""

from collections import OrderedDict
from copy import deepcopy

from . import _ops, _tensor
from ._method_table import own_method
from ._tensor import Tensor, become
from .nn.parameter import Buffer, Parameter
from .storage import TypedStorage, flat_storage


def _rebuild_tensor(storage, storage_offset, size, stride):
    negative = [n for n in size if n < 0]
    if negative:
        raise RuntimeError(
            f"Trying to create tensor with negative dimension {negative[0]}: {list(size)}"
        )
    # A storage may itself be a part of another, in old files.
    start = int(_ops.storage_offset(storage._flat)) + storage_offset
    return _ops.detach(_ops.as_strided(storage._flat, tuple(size), tuple(stride), start))


def _rebuild_tensor_v2(
    storage, storage_offset, size, stride, requires_grad, backward_hooks, metadata=None
):
    if metadata and any(metadata.values()):
        raise NotImplementedError(
            f"tensors with the bits {metadata} are not part of Unroll; save x.resolve_neg()"
        )
    result = _rebuild_tensor(storage, storage_offset, size, stride)
    result.requires_grad = requires_grad
    return result


def _rebuild_tensor_v3(
    storage, storage_offset, size, stride, requires_grad, backward_hooks, dtype, metadata=None
):
    typed = TypedStorage(wrap_storage=storage, dtype=dtype)
    return _rebuild_tensor_v2(
        typed, storage_offset, size, stride, requires_grad, backward_hooks, metadata
    )


def _rebuild_parameter(data, requires_grad, backward_hooks):
    return Parameter(data, requires_grad)


def _rebuild_parameter_with_state(data, requires_grad, backward_hooks, state):
    return _with_state(Parameter(data, requires_grad), state)


def set_attributes(target, attributes):
    """Give an object the attributes that a pickle kept, as a dict or None."""
    for name, value in (attributes or {}).items():
        if name == "_h" and isinstance(target, Tensor):
            raise RuntimeError("Invalid serialized state: _h is the tensor itself in Unroll")
        setattr(target, name, value)


def _with_state(target, state):
    parts = state if isinstance(state, tuple) else (state, None)
    if len(parts) != 2:
        raise RuntimeError(f"Invalid serialized state: {state}")
    for attributes in parts:
        set_attributes(target, attributes)
    return target


@own_method("__setstate__")
def _set_state(tensor, state):
    """Take over what pickles of old PyTorch keep of a tensor or a parameter."""
    if not tensor.is_leaf:
        raise RuntimeError("__setstate__ can be only called on leaf Tensors")
    if len(state) == 4:
        tensor.set_(*state)
        return
    if len(state) == 5:
        tensor.data = state[0]
        state = (state[3], state[4], state[2])
    tensor.requires_grad, _, _ = state


def _rebuild_from_type_v2(func, new_type, args, state):
    result = func(*args)
    if not isinstance(result, Tensor):
        raise AttributeError(f"'{type(result).__name__}' object has no attribute 'as_subclass'")
    if type(result) is not new_type:
        if not (isinstance(new_type, type) and issubclass(new_type, Tensor)):
            raise RuntimeError(
                "Creating a Tensor subclass from a class that does not inherit from Tensor is not "
                "possible. Make sure your class inherits from Tensor."
            )
        result = become(new_type, result)
    if type(result).__setstate__ is not Tensor.__setstate__:
        result.__setstate__(state)
        return result
    return _with_state(result, state)


@own_method("__deepcopy__")
def _copy(self, memo):
    """A leaf with a copy of the values. Tensors that share memory share it in the copies too."""
    if not self.is_leaf:
        raise RuntimeError(
            "Only Tensors created explicitly by the user "
            "(graph leaves) support the deepcopy protocol at the moment.  "
            "If you were attempting to deepcopy a module, this may be because "
            "of a torch.nn.utils.weight_norm usage, "
            "see https://github.com/pytorch/pytorch/pull/103001"
        )
    if id(self) in memo:
        return memo[id(self)]
    return _copy_of(self, memo)


def _copy_of(tensor, memo):
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


@own_method("__reduce_ex__")
def _reduce(tensor, protocol):
    """What pickle keeps of a tensor."""
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
