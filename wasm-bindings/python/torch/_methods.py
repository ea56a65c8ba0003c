"""Methods of Tensor whose arguments take more than one form, or that only exist as methods."""

from . import (
    _C,
    _composed,
    _creation,
    _device,
    _dtypes,
    _functions,
    _legacy,
    _numpy_bridge,
    _ops,
    _types,
)
from ._creation import sizes_of
from ._dtypes import dtype as Dtype
from ._method_table import METHODS, method
from ._missing import missing
from ._public import ALIASES
from ._tensor import Tensor
from ._warn import warn


def _given(sizes, names, name):
    """Sizes that may also be given by name."""
    return (names.pop(name),) if name in names else sizes


@method
def view(self, *shape):
    """The same storage in another shape."""
    if len(shape) == 1 and isinstance(shape[0], Dtype):
        if shape[0] is self.dtype:
            return self
        raise missing("Tensor.view(dtype)", "use Tensor.to(dtype), which converts the values")
    return _ops.view(self, sizes_of(shape, "view"))


@method
def reshape(self, *shape, **names):
    """The same values in another shape: a view where possible."""
    return _ops.reshape(self, sizes_of(_given(shape, names, "shape"), "reshape"))


@method
def view_as(self, other):
    """A view in the other tensor's shape."""
    return _ops.view(self, other.shape)


@method
def reshape_as(self, other):
    """The same values in the other tensor's shape."""
    return _ops.reshape(self, other.shape)


@method
def expand(self, *sizes, **names):
    """A view in which dimensions of size one are repeated."""
    return _ops.expand(self, sizes_of(_given(sizes, names, "size"), "expand"))


@method
def expand_as(self, other):
    """A view in the other tensor's shape, by repeating."""
    return _ops.expand(self, other.shape)


@method
def permute(self, *dims, **names):
    """A view with the dimensions in another order."""
    return _ops.permute(self, sizes_of(_given(dims, names, "dims"), "permute"))


@method
def repeat(self, *sizes, **names):
    """A copy repeated along each dimension."""
    return _ops.repeat(self, sizes_of(_given(sizes, names, "repeats"), "repeat"))


@method
def ravel(self):
    """One dimension."""
    return _ops.flatten(self, 0, -1)


@method
def where(self, condition, other):
    """This tensor's elements where the condition holds, other's elsewhere."""
    return _ops.where(condition, self, other)


@method
def to(self, *args, **kwargs):
    """The tensor as another dtype; devices other than the CPU raise PyTorch's error."""
    kwargs.pop("non_blocking", None), kwargs.pop("memory_format", None)
    copy = kwargs.pop("copy", False)
    dtype = kwargs.pop("dtype", None)
    _device.check(kwargs.pop("device", None))
    if "other" in kwargs:
        args = (kwargs.pop("other"), *args)
    if kwargs:
        raise TypeError(f"to() received an invalid keyword argument '{next(iter(kwargs))}'")
    for arg in args:
        if isinstance(arg, Dtype):
            dtype = arg
        elif isinstance(arg, Tensor):
            dtype = arg.dtype
        elif isinstance(arg, (str, _device.device, int)) and not isinstance(arg, bool):
            _device.check(arg)
        elif isinstance(arg, type):
            dtype = _dtypes.from_python(arg)
    if dtype is None or dtype is self.dtype:
        return self.clone() if copy else self
    return _ops.to(self, dtype)


def _cast(name, dtype):
    def method(self, memory_format=None):
        return self if self.dtype is dtype else _ops.to(self, dtype)

    method.__name__ = method.__qualname__ = name
    method.__doc__ = f"The tensor as {dtype}."
    METHODS[name] = method


for _name in ("float", "double", "long", "bool", "int", "short", "half", "bfloat16"):
    _cast(_name, getattr(_dtypes, _name))
_cast("byte", _dtypes.uint8)
_cast("char", _dtypes.int8)


@method
def cpu(self, memory_format=None):
    """The tensor itself: it is on the CPU."""
    return self


@method
def cuda(self, device=None, non_blocking=False, memory_format=None):
    """Raises what a PyTorch without CUDA raises."""
    _device.check("cuda")


@method
def type(self, dtype=None, non_blocking=False):
    """The name of the old tensor type, or the tensor as another type."""
    if dtype is None:
        return _dtypes.TYPE_NAMES[self.dtype.code]
    return to(self, _types.dtype_of(dtype))


@method
def type_as(self, other):
    """The tensor as the other's dtype."""
    return to(self, other.dtype)


for _function in (_numpy_bridge.numpy, _numpy_bridge.__array__, _numpy_bridge.__array_wrap__):
    method(_function)


@method
def contiguous(self, memory_format=None):
    """The tensor itself where its elements lie in order, else a copy."""
    return self if _ops.is_contiguous(self) else _ops.contiguous(self)


@method
def is_contiguous(self, memory_format=None):
    """Whether the elements lie in memory in row-major order."""
    return _ops.is_contiguous(self)


@method
def clone(self, *, memory_format=None):
    """A copy that gradients flow through."""
    return _ops.clone(self)


@method
def stride(self, dim=None):
    """How many elements apart neighbours along each dimension, or one, are."""
    text = _C.strides(self._h)
    strides = tuple(map(int, text.split(","))) if text else ()
    return strides if dim is None else strides[dim]


@method
def element_size(self):
    """Bytes of one element."""
    return self.dtype.itemsize


@method
def new_zeros(self, *size, dtype=None, device=None, requires_grad=False, **names):
    """Zeros of this tensor's dtype."""
    return _creation.zeros(
        *size, dtype=dtype or self.dtype, device=device, requires_grad=requires_grad, **names
    )


@method
def new_ones(self, *size, dtype=None, device=None, requires_grad=False, **names):
    """Ones of this tensor's dtype."""
    return _creation.ones(
        *size, dtype=dtype or self.dtype, device=device, requires_grad=requires_grad, **names
    )


@method
def new_empty(self, *size, dtype=None, device=None, requires_grad=False, **names):
    """An unset tensor of this tensor's dtype."""
    return _creation.empty(
        *size, dtype=dtype or self.dtype, device=device, requires_grad=requires_grad, **names
    )


@method
def new_full(self, size, fill_value, *, dtype=None, device=None, requires_grad=False):
    """One value in this tensor's dtype."""
    return _creation.full(
        size, fill_value, dtype=dtype or self.dtype, device=device, requires_grad=requires_grad
    )


@method
def new_tensor(self, data, *, dtype=None, device=None, requires_grad=False):
    """A tensor with a copy of the data, of this tensor's dtype."""
    return _creation.tensor(
        data, dtype=dtype or self.dtype, device=device, requires_grad=requires_grad
    )


@method
def new(self, *data, device=None):
    """The old constructor, with this tensor's dtype."""
    return _legacy.legacy_tensor(self.dtype, data, device)


@method
def apply_(self, callable):
    """Replace each value by callable(value)."""
    return self.copy_(
        _creation.from_flat(
            [callable(v) for v in self.reshape(-1).tolist()], self.shape, self.dtype
        )
    )


def _itself(name):
    def method(self, *args, **kwargs):
        return self

    method.__doc__ = "The tensor itself."
    METHODS[name] = method


for _name in ("pin_memory", "share_memory_", "resolve_conj", "resolve_neg", "conj"):
    _itself(_name)


def _transposed(self):
    if self.dim() not in (0, 2):
        warn(
            "The use of `x.T` on tensors of dimension other than 2 to reverse their shape is "
            "deprecated and it will "
            "throw an error in a future release. Consider `x.mT` to transpose batches of matrices "
            "or "
            "`x.permute(*torch.arange(x.ndim - 1, -1, -1))` to reverse the dimensions of a tensor.",
        )
    return _ops.permute(self, tuple(range(self.dim()))[::-1])


_PROPERTIES = {
    "T": _transposed,
    "mT": lambda self: _ops.transpose(self, -2, -1),
    "H": lambda self: _ops.transpose(self, 0, 1),
    "mH": lambda self: _ops.transpose(self, -2, -1),
    "real": lambda self: self,
    "is_cuda": lambda self: False,
    "is_cpu": lambda self: True,
    "is_sparse": lambda self: False,
    "is_quantized": lambda self: False,
    "is_mps": lambda self: False,
    "is_meta": lambda self: False,
    "itemsize": lambda self: self.dtype.itemsize,
    "nbytes": lambda self: self.numel() * self.dtype.itemsize,
    "output_nr": lambda self: 0,
    "names": lambda self: (None,) * self.dim(),
}


def install():
    """Give Tensor its methods: from the op table first, then the dressed ones over them."""
    for name in _ops.METHODS:
        setattr(Tensor, name, getattr(_ops, name))
    for module in (_functions, _composed):
        for name in module.METHODS:
            setattr(Tensor, name, getattr(module, name))
    for name, function in METHODS.items():
        setattr(Tensor, name, function)
    for name in _ops.INPLACE:
        if f"{name}_" not in METHODS and name in Tensor.__dict__:
            setattr(Tensor, f"{name}_", _assigned(name, Tensor.__dict__[name]))
    for alias, name in ALIASES.items():
        for end in ("", "_"):
            if name + end in Tensor.__dict__:
                setattr(Tensor, alias + end, Tensor.__dict__[name + end])
    for name, getter in _PROPERTIES.items():
        setattr(Tensor, name, property(getter))


def _assigned(name, function):
    def method(self, *args, **kwargs):
        _ops.assign(self, function(self, *args, **kwargs))
        return self

    method.__name__ = method.__qualname__ = f"{name}_"
    method.__doc__ = f"In-place {name}."
    return method
