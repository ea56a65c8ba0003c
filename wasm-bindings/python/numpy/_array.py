"""np.ndarray: an engine tensor with NumPy's element type and protocol. Views share memory with
their base and with the torch tensors that `torch.from_numpy` and `Tensor.numpy` give.

Methods come from the modules beside this one; `_methods.py` puts them in.
"""

import torch
from torch import Tensor, _ops

from . import _dtypes
from ._format import values_of
from ._scalars import make

_new = object.__new__


class ndarray:
    """A grid of elements of one type."""

    __slots__ = ("_t", "dtype", "_n", "_flipped", "__weakref__")
    __module__ = "numpy"
    __array_priority__ = 0.0
    __hash__ = None

    def _like(self, tensor):
        """An array of the same type over another tensor."""
        made = _new(ndarray)
        made._t, made.dtype = tensor, self.dtype
        return made

    @property
    def shape(self):
        """The sizes of all dimensions."""
        return tuple(self._t.shape)

    @property
    def ndim(self):
        """The number of dimensions."""
        try:
            return self._n
        except AttributeError:
            self._n = n = self._t.dim()
            return n

    @property
    def size(self):
        """The number of elements."""
        return self._t.numel()

    @property
    def itemsize(self):
        """Bytes of one element."""
        return self.dtype.itemsize

    @property
    def nbytes(self):
        """Bytes of all elements."""
        return self.dtype.itemsize * self._t.numel()

    @property
    def strides(self):
        """Bytes between neighbours along each dimension."""
        return tuple([step * self.dtype.itemsize for step in self._t.stride()])

    @property
    def T(self):
        """The dimensions in reverse order, a view."""
        return self._like(self._t.permute(*range(self._t.dim())[::-1]))

    @property
    def mT(self):
        """The last two dimensions exchanged, a view."""
        return self._like(self._t.transpose(-2, -1))

    @property
    def base(self):
        """None: which array owns memory is not kept."""
        return None

    @property
    def flags(self):
        """What is known about the memory."""
        return flagsobj(self._t)

    @property
    def data(self):
        """The bytes of a copy, as a memoryview."""
        return memoryview(self.tobytes())

    @property
    def __array_interface__(self):
        return {
            "data": (_ops.data_ptr(self._t), False),
            "strides": None if self._t.is_contiguous() else self.strides,
            "descr": [("", self.dtype.str)],
            "typestr": self.dtype.str,
            "shape": self.shape,
            "version": 3,
        }

    def __array__(self, dtype=None, copy=None):
        made = self if dtype is None else self.astype(dtype, copy=False)
        return made.copy() if copy and made is self else made

    def item(self, *index):
        """One element as a Python value: the only one, or the one at an index."""
        if index:
            if len(index) == 1 and not isinstance(index[0], tuple) and self.ndim != 1:
                return self.ravel()[index[0]].item()
            return _python(self[index if len(index) > 1 else index[0]])
        if self.size != 1:
            raise ValueError("can only convert an array of size 1 to a Python scalar")
        return values_of(self._t.reshape(()), self.dtype)

    def tolist(self):
        """The elements as nested lists of Python values."""
        return values_of(self._t, self.dtype)

    def __len__(self):
        if not self._t.dim():
            raise TypeError("len() of unsized object")
        return self._t.shape[0]

    def __iter__(self):
        if not self._t.dim():
            raise TypeError("iteration over a 0-d array")
        if self._t.dim() == 1:
            kind = self.dtype
            return iter([make(value, kind) for value in self.tolist()])
        return iter([self._like(row) for row in self._t.unbind(0)])

    def __format__(self, spec):
        if not self._t.dim():
            return format(self.item(), spec)
        if spec:
            raise TypeError("unsupported format string passed to numpy.ndarray.__format__")
        return str(self)

    def __bool__(self):
        size = self.size
        if size == 1:
            return bool(self.item())
        if size == 0:
            raise ValueError(
                "The truth value of an empty array is ambiguous. Use `array.size > 0` to check "
                "that an array is not empty."
            )
        raise ValueError(
            "The truth value of an array with more than one element is ambiguous. Use a.any() or "
            "a.all()"
        )

    def _number(self, kind):
        if self.size != 1:
            raise TypeError("only length-1 arrays can be converted to Python scalars")
        return kind(self.item())

    def __int__(self):
        return self._number(int)

    def __float__(self):
        return self._number(float)

    def __complex__(self):
        return self._number(complex)

    def __index__(self):
        if self._t.dim() or not self.dtype.isint:
            raise TypeError("only integer scalar arrays can be converted to a scalar index")
        return self.item()

    def __contains__(self, value):
        return bool((self == value).any())

    def __copy__(self):
        return self._like(self._t.clone())

    def __deepcopy__(self, memo):
        return self._like(self._t.clone())


class flagsobj:
    """What is known about an array's memory."""

    def __init__(self, tensor):
        self.c_contiguous = self.contiguous = tensor.is_contiguous()
        self.f_contiguous = tensor.permute(*range(tensor.dim())[::-1]).is_contiguous()
        self.fnc = self.f_contiguous and not self.c_contiguous
        self.forc = self.f_contiguous or self.c_contiguous
        self.owndata = self.writeable = self.aligned = True

    def __getitem__(self, name):
        return getattr(self, name.lower())

    def __setitem__(self, name, value):
        setattr(self, name.lower(), value)


def _python(value):
    return value.item() if hasattr(value, "item") else value


def wrap(tensor, kind):
    """An array of this type over a tensor."""
    made = _new(ndarray)
    made._t, made.dtype = tensor, kind
    return made


def out(tensor, kind):
    """What a function returns: an array, or a scalar where there are no dimensions."""
    if tensor.dim():
        made = _new(ndarray)
        made._t, made.dtype = tensor, kind
        return made
    return scalar(tensor, kind)


def scalar(tensor, kind):
    """The scalar that a zero-dim tensor holds."""
    if kind.kind == "f":
        return make(tensor.item(), kind)
    return make(values_of(tensor, kind), kind)


def from_tensor(tensor):
    """An array that shares memory with a tensor that needs no gradient. Raises NotImplementedError
    for bfloat16, which NumPy has not.
    """
    kind = _dtypes.BY_TORCH.get(tensor.dtype)
    if kind is None:
        raise TypeError("Got unsupported ScalarType BFloat16")
    return wrap(tensor.detach(), kind)


def to_tensor(array):
    """The tensor that shares memory with an array. Raises the errors of torch.from_numpy."""
    kind = array.dtype
    if kind.name in ("uint16", "uint32", "uint64"):
        raise NotImplementedError(
            f"torch.{kind.name} is not part of Unroll; use astype('int64') before"
        )
    if kind.pooled:
        name = f"{kind.name}_" if kind.kind == "O" else "str_" if kind.kind == "U" else kind.name
        raise TypeError(
            f"can't convert np.ndarray of type numpy.{name}. The only supported types are: "
            "float64, float32, float16, complex64, complex128, int64, int32, int16, int8, uint64, "
            "uint32, uint16, uint8, and bool."
        )
    if getattr(array, "_flipped", False):
        raise ValueError(
            "At least one stride in the given numpy array is negative, and tensors with negative "
            "strides are not currently supported. (You can probably work around this by making a "
            "copy of your array  with array.copy().) "
        )
    return array._t.detach()


def convert(tensor, source, target):
    """The tensor that holds `source` values, as one that holds `target` values."""
    if source is target:
        return tensor
    if source.pooled or target.pooled:
        if source.kind == target.kind == "U":
            return tensor
        from ._convert import from_values

        values = list(wrap(tensor.reshape(-1), source))
        return from_values(values, tuple(tensor.shape), target, cast=True)._t
    if target.isint and source.kind == "f" and target.storage is not torch.int64:
        tensor = tensor.to(torch.int64)
    made = tensor.to(target.storage) if tensor.dtype is not target.storage else tensor
    return wrapped(made, target) if target.wraps else made


def wrapped(tensor, kind):
    """Values brought back into the range of an integer type that the engine holds in a wider
    one.
    """
    bits = 8 * kind.itemsize
    if bits == 64:
        return tensor
    mask = 2**bits - 1
    if kind.kind == "u":
        return torch.bitwise_and(tensor, mask)
    half = 2 ** (bits - 1)
    return torch.bitwise_and(tensor + half, mask) - half


def is_tensor(value):
    """Whether this is a torch tensor."""
    return isinstance(value, Tensor)


ndarray._from_tensor, ndarray._to_tensor = staticmethod(from_tensor), to_tensor
