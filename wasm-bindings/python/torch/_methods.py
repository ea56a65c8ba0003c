"""Methods of Tensor whose arguments take more than one form, or that only exist as methods."""

from . import (
    _C,
    _creation,
    _device,
    _dtypes,
    _legacy,
    _numpy_bridge,
    _ops,
    _shapes,
    _types,
)
from ._arguments import in_place
from ._creation import given_sizes, size_tuple, sizes_of
from ._dtypes import dtype as Dtype
from ._method_table import INPLACE, METHODS, method
from ._missing import missing
from ._public import ALIASES
from ._tensor import Tensor
from ._warn import warn


def _given(sizes, names, name):
    """Sizes that may also be given by name."""
    return (names.pop(name),) if name in names else sizes


@method
def view(self, *shape):
    """The same storage in another shape.

    Limit: No view under another dtype.
    """
    if len(shape) == 1 and isinstance(shape[0], Dtype):
        if shape[0] is self.dtype:
            return self
        raise missing("Tensor.view(dtype)", "use Tensor.to(dtype), which converts the values")
    return _ops.view(self, sizes_of(shape, "view"))


@method
def reshape(self, *shape, **names):
    """The same values in another shape: a view where possible."""
    return _ops.reshape(self, sizes_of(_given(shape, names, "shape"), "reshape", "shape"))


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
    return _ops.permute(self, sizes_of(_given(dims, names, "dims"), "permute", "dims"))


@method
def repeat(self, *sizes, **names):
    """A copy repeated along each dimension."""
    return _ops.repeat(self, sizes_of(_given(sizes, names, "repeats"), "repeat", "repeats"))


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
    size = given_sizes(size, names, "new_zeros")
    return _creation.zeros(
        size, dtype=dtype or self.dtype, device=device, requires_grad=requires_grad, **names
    )


@method
def new_ones(self, *size, dtype=None, device=None, requires_grad=False, **names):
    """Ones of this tensor's dtype."""
    size = given_sizes(size, names, "new_ones")
    return _creation.ones(
        size, dtype=dtype or self.dtype, device=device, requires_grad=requires_grad, **names
    )


@method
def new_empty(self, *size, dtype=None, device=None, requires_grad=False, **names):
    """An unset tensor of this tensor's dtype."""
    size = given_sizes(size, names, "new_empty")
    return _creation.empty(
        size, dtype=dtype or self.dtype, device=device, requires_grad=requires_grad, **names
    )


@method
def new_full(self, size, fill_value, *, dtype=None, device=None, requires_grad=False):
    """One value in this tensor's dtype."""
    size = size_tuple(size, "new_full")
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


@method
def polygamma(self, n):
    """The n-th derivative of digamma."""
    return _ops.polygamma(n, self)


@method
def polygamma_(self, n):
    """In-place polygamma."""
    _ops.assign(self, _ops.polygamma(n, self))
    return self


@method
def storage_offset(self):
    """The place of the first element in the storage."""
    return int(_ops.storage_offset(self))


@method
def data_ptr(self):
    """The address of the first element in the engine's memory; 0 for an empty tensor."""
    return int(_ops.data_ptr(self)) if self.numel() else 0


@method
def is_set_to(self, tensor):
    """Whether both look at the same memory in the same way."""
    return (self.data_ptr(), self.shape, self.stride()) == (
        tensor.data_ptr(),
        tensor.shape,
        tensor.stride(),
    )


@method
def sum_to_size(self, *size):
    """The sum over what was repeated from the given shape."""
    size = sizes_of(size, "sum_to_size")
    lead = self.dim() - len(size)
    fits = lead >= 0 and all(a in (1, b) for a, b in zip(size, self.shape[lead:], strict=True))
    if not fits:
        raise RuntimeError(
            f"size {{{list(size)}}} is not expandable to size {{{list(self.shape)}}}."
        )
    dims = [d for d in range(self.dim()) if d < lead or (size[d - lead] == 1 < self.shape[d])]
    return _ops.reshape(_ops.sum(self, dims, True, None), size) if dims else self


@method
def new_empty_strided(self, size, stride, dtype=None, device=None, requires_grad=False):
    """An unset tensor of this tensor's dtype, with strides."""
    count = 1 + sum((n - 1) * step for n, step in zip(size, stride, strict=True))
    flat = _creation.empty(max(count, 0), dtype=dtype or self.dtype, device=device)
    return _ops.as_strided(flat, size, stride, 0).requires_grad_(requires_grad)


@method
def get_device(self):
    """-1: the CPU."""
    return -1


@method
def dim_order(self):
    """The dimensions, from the one with the largest steps on."""
    steps = self.stride()
    return tuple(sorted(range(self.dim()), key=lambda d: -steps[d]))


@method
def to_dense(self, dtype=None, *, masked_grad=None):
    """The tensor itself: all tensors are dense."""
    return self if dtype is None else to(self, dtype)


@method
def resize(self, *sizes):
    """The old spelling of reshape for as many elements."""
    warn("non-inplace resize is deprecated")
    return _ops.reshape(self, sizes_of(sizes, "resize"))


@method
def resize_as(self, tensor):
    """The old spelling of reshape_as."""
    return resize(self, tensor.shape)


@method
def is_coalesced(self):
    """Raises what PyTorch raises for a dense tensor."""
    raise RuntimeError("is_coalesced expected sparse coordinate tensor layout but got Strided")


@method
def __rmatmul__(self, other):
    if not isinstance(other, Tensor):
        return NotImplemented
    return _ops.matmul(other, self)


@method
def __delitem__(self, index):
    raise TypeError("Tensor does not support deleting items")


def _always(name, value):
    def method(self):
        return value

    method.__doc__ = f"{value}."
    METHODS[name] = method


for _name in (
    "has_names",
    "is_pinned",
    "is_conj",
    "is_neg",
    "is_inference",
    "is_distributed",
    "is_shared",
):
    _always(_name, False)


def _itself(name):
    def method(self, *args, **kwargs):
        return self

    method.__doc__ = "The tensor itself."
    METHODS[name] = method


for _name in ("pin_memory", "share_memory_", "resolve_conj", "resolve_neg", "conj"):
    _itself(_name)


def _matrices(name):
    """The property `name`, which exchanges the last two dimensions."""

    def turned(self):
        if name == "H" and self.dim() not in (0, 2):
            raise RuntimeError(
                "tensor.H is only supported on matrices (2-D tensors). Got "
                f"{self.dim()}-D tensor."
                + (" For batches of matrices, consider using tensor.mH" if self.dim() > 2 else "")
            )
        if name != "H" and self.dim() < 2:
            raise RuntimeError(
                f"tensor.{name} is only supported on matrices or batches of matrices. Got "
                f"{self.dim()}-D tensor."
            )
        return _ops.transpose(self, -2, -1) if self.dim() else self

    return turned


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
    "mT": _matrices("mT"),
    "H": _matrices("H"),
    "mH": _matrices("mH"),
    "imag": lambda self: _shapes.imag(self),
    "real": lambda self: self,
    "is_cuda": lambda self: False,
    "is_cpu": lambda self: True,
    "is_sparse": lambda self: False,
    "is_quantized": lambda self: False,
    "is_mps": lambda self: False,
    "is_meta": lambda self: False,
    "name": lambda self: None,
    "itemsize": lambda self: self.dtype.itemsize,
    "nbytes": lambda self: self.numel() * self.dtype.itemsize,
    "output_nr": lambda self: 0,
    "names": lambda self: (None,) * self.dim(),
}


_NEVER = "is_ipu is_maia is_mkldnn is_mtia is_nested is_sparse_csr is_vulkan is_xla is_xpu volatile"


def install():
    """Give Tensor its methods: from the op table first, then those written in Python over them."""
    for name in _ops.METHODS:
        setattr(Tensor, name, getattr(_ops, name))
    for name, function in METHODS.items():
        setattr(Tensor, name, function)
    for name in (*_ops.INPLACE, *INPLACE):
        if f"{name}_" not in METHODS and name in Tensor.__dict__:
            setattr(Tensor, f"{name}_", in_place(name, Tensor.__dict__[name]))
    for alias, name in ALIASES.items():
        for end in ("", "_"):
            if name + end in Tensor.__dict__:
                setattr(Tensor, alias + end, Tensor.__dict__[name + end])
    for name, getter in _PROPERTIES.items():
        setattr(Tensor, name, property(getter))
    for name in _NEVER.split():
        setattr(Tensor, name, property(lambda self: False))
