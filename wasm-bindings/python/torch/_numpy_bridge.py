"""Between tensors and NumPy's arrays.

The small NumPy that is built in keeps its elements in engine tensors, so an array and a tensor
share memory. With the real NumPy, where a program asked for it, the values are copied.
"""

import importlib

from . import _C, _dtypes, _ops
from ._tensor import wrap

_MESSAGE = "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead."


def is_array(value):
    """Whether this is an array of either NumPy."""
    kind = type(value)
    return kind.__name__ == "ndarray" and kind.__module__ == "numpy"


def is_scalar(value):
    """Whether this is a NumPy number."""
    return type(value).__module__ == "numpy" and hasattr(value, "item") and not is_array(value)


def to_tensor(array):
    """The tensor over an array's memory (a copy of the real NumPy's). Raises TypeError for an
    element type that tensors have not.
    """
    if hasattr(array, "_t"):
        return array._to_tensor()
    kind = getattr(_dtypes, array.dtype.name, None)
    if not isinstance(kind, _dtypes.dtype):
        raise TypeError(
            f"can't convert np.ndarray of type {array.dtype.type.__module__}."
            f"{array.dtype.type.__name__}. The only supported types are: float64, float32, "
            "float16, complex64, complex128, int64, int32, int16, int8, uint64, uint32, uint16, "
            "uint8, and bool."
        )
    if any(step < 0 for step in array.strides):
        raise ValueError(
            "At least one stride in the given numpy array is negative, and tensors with negative "
            "strides are not currently supported. (You can probably work around this by making a "
            "copy of your array  with array.copy().) "
        )
    handle = _C.from_bytes(kind.code, array.tobytes(), *array.shape)
    return wrap(handle)


def from_numpy(array):
    """A tensor that shares memory with an array; with the real NumPy a copy, since its memory is
    not the engine's.

    Limit: An array of the real NumPy is copied; one of the built-in NumPy shares memory.
    """
    if not is_array(array):
        raise TypeError(f"expected np.ndarray (got {type(array).__name__})")
    return to_tensor(array)


def to_array(tensor):
    """The array over a tensor's memory (a copy for the real NumPy)."""
    # By name: what the program imports decides whether this is the small NumPy, which says itself
    # how its arrays are made, or the real one.
    numpy = importlib.import_module("numpy")
    from_tensor = getattr(numpy.ndarray, "_from_tensor", None)
    if from_tensor:
        return from_tensor(tensor)
    name = tensor.dtype._name
    if name == "bfloat16":
        raise TypeError("Got unsupported ScalarType BFloat16")
    data = _C.to_bytes(tensor._h)
    return numpy.frombuffer(data, dtype=name).reshape(tuple(tensor.shape)).copy()


def numpy(self, *, force=False):
    """The values as a NumPy array that shares this tensor's memory. Raises RuntimeError for a
    tensor that requires gradients.

    Limit: With the real NumPy loaded the array is a copy.
    """
    if self.requires_grad:
        if not force:
            raise RuntimeError(_MESSAGE)
        self = self.detach()
    return to_array(self)


def __array__(self, dtype=None, copy=None):
    if self.requires_grad:
        raise RuntimeError(_MESSAGE)
    made = to_array(self)
    return made if dtype is None else made.astype(dtype, copy=False)


def __array_wrap__(self, array, context=None, return_scalar=False):
    return to_tensor(array)


def joined(values):
    """A list of arrays as one tensor; None where the values are no arrays of one shape."""
    if not all(is_array(value) for value in values):
        return None
    parts = [to_tensor(value) for value in values]
    if any(part.shape != parts[0].shape or part.dtype is not parts[0].dtype for part in parts):
        return None
    return _ops.stack(parts, 0)


def _promoted(a, b):
    found = _ops.promote_types(a, b)
    return found if isinstance(found, _dtypes.dtype) else _dtypes.BY_CODE[found]


def type_name(value):
    """How Python itself calls the value's type in errors."""
    return "numpy.ndarray" if is_array(value) else type(value).__name__


def scalar_dtype(values):
    """The dtype of a list that holds NumPy numbers, or None where there is none among them."""
    found = None
    for value in values:
        if is_scalar(value):
            kind = getattr(_dtypes, value.dtype.name, None)
        elif isinstance(value, bool):
            kind = _dtypes.bool
        elif isinstance(value, int):
            kind = _dtypes.int64
        elif isinstance(value, float):
            kind = _dtypes.get_default_dtype()
        else:
            return None
        if kind is None:
            return None
        found = kind if found is None or found is kind else _promoted(found, kind)
    return found
