"""torch.Tensor: an integer handle of the engine's, with the protocol of a Python value.

Methods that are ops come from the op table (`_ops.py`, generated). Others come from files that need
this one: `_method_table.py` collects them and `_methods.py` puts them in.
"""

from . import _C, _dtypes, _size
from ._device import CPU

new = object.__new__
parse = _size.parse
_DTYPES = _dtypes.BY_CODE
call, result = _C.share(globals())

FREE, ITEM, DTYPE = 0, 1, 2


class Tensor:
    """A strided view over shared storage, with a place in the autograd graph."""

    __slots__ = ("_h", "__dict__", "__weakref__")
    __module__ = "torch"
    __hash__ = object.__hash__
    __array_priority__ = 1000

    def __del__(self):
        try:
            call(FREE, self._h)
        except AttributeError:
            return  # a half-made object, or the interpreter is ending

    @property
    def shape(self):
        """The sizes of all dimensions."""
        return parse(_C.shape(self._h))

    @property
    def dtype(self):
        """The type of the elements."""
        return _DTYPES[call(DTYPE, self._h)]

    @property
    def device(self):
        """Where the tensor lives: the CPU."""
        return CPU

    @property
    def ndim(self):
        """The number of dimensions."""
        return len(self.shape)

    def dim(self):
        """The number of dimensions."""
        return len(self.shape)

    ndimension = dim

    def size(self, dim=None):
        """The sizes of all dimensions, or of one. Raises IndexError for a dimension that is not
        there.
        """
        shape = self.shape
        if dim is None:
            return shape
        n = len(shape)
        if not -n <= dim < n:
            low, high = (-n, n - 1) if n else (-1, 0)
            if n == 0 and -1 <= dim <= 0:
                raise IndexError(f"Dimension specified as {dim} but tensor has no dimensions")
            raise IndexError(
                f"Dimension out of range (expected to be in range of [{low}, {high}], but got "
                f"{dim})"
            )
        return shape[dim]

    def numel(self):
        """The number of elements."""
        return self.shape.numel()

    nelement = numel

    def __len__(self):
        shape = self.shape
        if not shape:
            raise TypeError("len() of a 0-d tensor")
        return shape[0]

    def item(self):
        """The value of a one-element tensor, as a Python number."""
        dtype = self.dtype
        if dtype.is_floating_point:
            value = _C.value(ITEM, self._h)
            if value is None:
                _C.fail()
            return float(value)
        value = _C.item(self._h)
        if value is None:
            _C.fail()
        return bool(value) if dtype is _dtypes.bool else int(value)

    def tolist(self):
        """All values as nested lists of Python numbers, or one number for a zero-dim tensor."""
        shape = self.shape
        if not shape:
            return self.item()
        return nest(flat_values(self), shape)

    def __bool__(self):
        count = self.numel()
        if count != 1:
            what = "no values" if count == 0 else "more than one value"
            raise RuntimeError(f"Boolean value of Tensor with {what} is ambiguous")
        return bool(_C.item(self._h))

    def __float__(self):
        return float(_one_value(self))

    def __int__(self):
        return int(_one_value(self))

    def __complex__(self):
        return complex(_one_value(self))

    def __index__(self):
        if self.dtype.is_floating_point or self.numel() != 1:
            raise TypeError("only integer tensors of a single element can be converted to an index")
        return int(self.item())

    def __round__(self, ndigits=None):
        return self.round(decimals=ndigits or 0)

    def __format__(self, spec):
        if not self.shape:
            return self.item().__format__(spec)
        if spec:
            raise TypeError("unsupported format string passed to Tensor.__format__")
        return str(self)

    def __iter__(self):
        if not self.shape:
            raise TypeError("iteration over a 0-d tensor")
        return iter(self.unbind(0))

    def __reversed__(self):
        return self.flip(0) if self.shape else self

    def __contains__(self, element):
        if isinstance(element, (Tensor, int, float)):
            return bool((self == element).any())
        raise RuntimeError(
            "Tensor.__contains__ only supports Tensor or scalar, but you passed in a "
            f"{type(element)}."
        )

    def __dir__(self):
        names = set(object.__dir__(self))
        return sorted(name for name in names if hasattr(self, name))

    # the autograd side

    @property
    def requires_grad(self):
        """Whether gradients are computed for this tensor."""
        return _ops.requires_grad(self)

    @requires_grad.setter
    def requires_grad(self, on):
        _ops.set_requires_grad(self, on)

    def requires_grad_(self, requires_grad=True):
        """Set `requires_grad`, in place."""
        _ops.set_requires_grad(self, requires_grad)
        return self

    @property
    def is_leaf(self):
        """True where no recorded op made this tensor."""
        return _ops.is_leaf(self)

    @property
    def grad(self):
        """The gradient that backward() accumulated, or None."""
        return _ops.get_grad(self)

    @grad.setter
    def grad(self, grad):
        if grad is not None and not isinstance(grad, Tensor):
            raise TypeError(
                "assigned grad expected to be a Tensor or None but got grad of type "
                f"{type(grad).__name__}"
            )
        _ops.set_grad(self, grad)

    @grad.deleter
    def grad(self):
        _ops.set_grad(self, None)

    @property
    def data(self):
        """The same values without a graph; writing to it writes to this tensor."""
        return _ops.data_alias(self)

    @data.setter
    def data(self, source):
        _ops.set_data(self, source)

    @property
    def retains_grad(self):
        """Whether a non-leaf keeps its gradient."""
        return getattr(self, "_retains_grad", False)

    @property
    def _version(self):
        return _ops.version(self)

    def detach(self):
        """The same values without a graph; the storage and the version check are shared."""
        return _ops.detach(self)

    def detach_(self):
        """Cut this tensor off from its graph, in place."""
        return adopt(self, _ops.detach(self))

    def retain_grad(self):
        """Keep the gradient of this non-leaf in `grad`."""
        if not self.requires_grad:
            raise RuntimeError("can't retain_grad on Tensor that has requires_grad=False")
        if not self.is_leaf:
            _ops.retain_grad(self)
            self._retains_grad = True


def wrap(handle):
    """A Tensor that owns the handle, or None for the handle of nothing."""
    if not handle:
        return None
    tensor = new(Tensor)
    tensor._h = handle
    return tensor


def _one_value(tensor):
    if tensor.numel() != 1:
        raise ValueError("only one element tensors can be converted to Python scalars")
    return tensor.item()


def become(kind, tensor):
    """An object of class `kind` that takes over the tensor's handle; the tensor must not be used
    afterwards.
    """
    made = new(kind)
    made._h = tensor._h
    del tensor._h
    return made


def adopt(tensor, other):
    """Let `tensor` stand for what `other` stands for, and return it: how in-place changes of
    geometry work.
    """
    tensor._h, other._h = other._h, tensor._h
    return tensor


def flat_values(tensor):
    """All values in row-major order, as a list of Python numbers."""
    kind = _dtypes.FORMATS[tensor.dtype.code]
    if kind is None:
        return flat_values(tensor.to(_dtypes.float32))
    return memoryview(_C.to_bytes(tensor._h)).cast(kind).tolist()


def nest(values, shape):
    """A flat list cut into nested lists of the given shape."""
    if 0 in shape:
        return _empty_nest(shape)
    for size in reversed(shape[1:]):
        values = [values[i : i + size] for i in range(0, len(values), size)]
    return values


def _empty_nest(shape):
    if not shape:
        return []
    return [_empty_nest(shape[1:]) for _ in range(shape[0])] if len(shape) > 1 else []


from . import _ops  # noqa: E402  (the generated ops need the class above)
