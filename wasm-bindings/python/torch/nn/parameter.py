"""Tensors that a Module holds: parameters, which are trained, and buffers."""

from .._tensor import Tensor, become


class Parameter(Tensor):
    """A tensor that becomes a parameter of the Module that it is assigned to."""

    __module__ = "torch.nn.parameter"

    def __new__(cls, data=None, requires_grad=True):
        """Shares the storage of data; a leaf of its own."""
        if data is None:
            from .._creation import empty

            data = empty(0)
        if not isinstance(data, Tensor):
            raise TypeError(
                f"Parameter() argument 'data' must be Tensor, not {type(data).__name__}"
            )
        made = become(cls, data.detach())
        if requires_grad:
            made.requires_grad_()
        return made

    def __deepcopy__(self, memo):
        if id(self) in memo:
            return memo[id(self)]
        copy = type(self)(self.data.clone(), self.requires_grad)
        memo[id(self)] = copy
        return copy


class UninitializedParameter(Parameter):
    """Not here: a parameter whose size is not known yet."""

    def __new__(cls, *_, **__):
        raise NotImplementedError(
            "torch.nn.UninitializedParameter is not part of Unroll; give the layer its sizes"
        )


class Buffer(Tensor):
    """A tensor that becomes a buffer of the Module that it is assigned to."""

    __module__ = "torch.nn.parameter"

    def __new__(cls, data=None, *, persistent=True):
        """Shares the storage of data."""
        if data is None:
            from .._creation import empty

            data = empty(0)
        made = become(cls, data.detach())
        made.persistent = persistent
        return made
