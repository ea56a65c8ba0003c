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
        if requires_grad and isinstance(data, Tensor) and not data.is_floating_point():
            raise RuntimeError(
                "Only Tensors of floating point and complex dtype can require gradients"
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


_NO_SHAPE = (
    "Can't access the shape of an uninitialized parameter or buffer. This error usually happens in "
    "`load_state_dict` when trying to load an uninitialized parameter into an initialized one. "
    "Call `forward` to initialize the parameters before accessing their attributes."
)


class _Uninitialized:
    """What waits for its size. Its values cannot be used before materialize()."""

    def materialize(self, shape, device=None, dtype=None):
        """Get a size and memory, and become an ordinary parameter or buffer."""
        from .._creation import empty

        dtype = self.data.dtype if dtype is None else dtype
        self.__class__ = self.cls_to_become
        self.data = empty(tuple(shape), dtype=dtype, device=device)

    @property
    def shape(self):
        """Raises RuntimeError: there is no size yet."""
        raise RuntimeError(_NO_SHAPE)

    def __repr__(self):
        return f"<{type(self).__name__}>"

    def share_memory_(self):
        """Raises RuntimeError: there is no memory yet."""
        raise RuntimeError(
            "Can't share memory on an uninitialized parameter or buffer. Call `forward` to "
            "initialize the parameters before calling `module.share_memory()`."
        )

    def __deepcopy__(self, memo):
        if id(self) not in memo:
            memo[id(self)] = type(self)(dtype=self.data.dtype, **self._options())
        return memo[id(self)]

    def _options(self):
        return {}


class UninitializedParameter(_Uninitialized, Parameter):
    """A parameter whose size is not known yet."""

    __module__ = "torch.nn.parameter"
    cls_to_become = Parameter

    def __new__(cls, requires_grad=True, device=None, dtype=None):
        """Nothing but a dtype."""
        from .._creation import empty

        return super().__new__(cls, empty(0, dtype=dtype, device=device), requires_grad)

    def _options(self):
        return {"requires_grad": self.requires_grad}


class UninitializedBuffer(_Uninitialized, Tensor):
    """A buffer whose size is not known yet."""

    __module__ = "torch.nn.parameter"
    cls_to_become = Tensor

    def __new__(cls, requires_grad=False, device=None, dtype=None):
        """Nothing but a dtype."""
        from .._creation import empty

        return become(cls, empty(0, dtype=dtype, device=device))


class _UninitializedMeta(type):
    def __instancecheck__(cls, value):
        return is_lazy(value)


class UninitializedTensorMixin(metaclass=_UninitializedMeta):
    """What UninitializedParameter and UninitializedBuffer are."""


def is_lazy(param):
    """Whether a parameter or buffer still waits for its size."""
    return isinstance(param, _Uninitialized)


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
