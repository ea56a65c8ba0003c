"""Methods of Tensor that write over it, fill it with random numbers, or change its geometry."""

import math

from . import _dtypes, _ops, _random_creation
from ._creation import sizes_of
from ._method_table import METHODS, method
from ._tensor import Tensor, adopt


@method
def fill_(self, value):
    """Write one value everywhere."""
    _ops.fill_(self, value)
    return self


@method
def zero_(self):
    """Write zeros everywhere."""
    _ops.zero_(self)
    return self


@method
def copy_(self, src, non_blocking=False):
    """Write another tensor's values, cast and broadcast."""
    _ops.copy_(self, src)
    return self


@method
def add_(self, other, *, alpha=1):
    """self += alpha * other."""
    _ops.add_(self, other, alpha)
    return self


@method
def sub_(self, other, *, alpha=1):
    """self -= alpha * other."""
    _ops.add_(self, other, -alpha)
    return self


@method
def mul_(self, other):
    """self *= other."""
    _ops.mul_(self, other)
    return self


# random numbers


def _id(generator):
    return 0 if generator is None else generator._id


@method
def uniform_(self, from_=0.0, to=1.0, *, generator=None, **names):
    """Fill with uniform random numbers."""
    _ops.uniform_(self, names.get("from", from_), to, _id(generator))
    return self


@method
def normal_(self, mean=0.0, std=1.0, *, generator=None):
    """Fill with normal random numbers."""
    if std < 0:
        raise RuntimeError(f"normal expects std >= 0.0, but found std {std}")
    _ops.normal_(self, mean, std, _id(generator))
    return self


@method
def bernoulli_(self, p=0.5, *, generator=None):
    """Fill with 1 (probability p) and 0."""
    if isinstance(p, Tensor):
        return self.copy_(_ops.bernoulli(_ops.expand(p, self.shape), _id(generator)))
    _ops.bernoulli_(self, p, _id(generator))
    return self


@method
def exponential_(self, lambd=1.0, *, generator=None):
    """Fill with exponential random numbers."""
    _ops.exponential_(self, lambd, _id(generator))
    return self


_RANDOM_ENDS = {
    "bool": 2,
    "uint8": 2**8,
    "int8": 2**7,
    "int16": 2**15,
    "int32": 2**31,
    "float16": 2**11 + 1,
    "bfloat16": 2**8 + 1,
    "float32": 2**24 + 1,
    "float64": 2**53 + 1,
}


@method
def random_(self, from_=0, to=None, *, generator=None, **names):
    """Fill with random integers: over the whole range, below `to`, or in [from, to)."""
    from_ = names.get("from", from_)
    if to is None and not from_ and self.dtype is _dtypes.int64:
        _ops.random_full_(self, _id(generator))
        return self
    if to is None:
        from_, to = (0, from_) if from_ else (0, _RANDOM_ENDS[self.dtype._name])
    _ops.random_(self, from_, to, _id(generator))
    return self


@method
def multinomial(self, num_samples, replacement=False, *, generator=None):
    """Indices drawn from the rows of this tensor, which holds weights."""
    return _ops.multinomial(self, num_samples, replacement, _id(generator))


@method
def bernoulli(self, p=None, *, generator=None):
    """1 with the probability that this tensor (or p) says, 0 otherwise."""
    return _random_creation.bernoulli(self, p, generator=generator)


# geometry, in place: the Python object takes another handle


def _adopting(name):
    op = getattr(_ops, name)

    def method(self, *args, **kwargs):
        return adopt(self, op(self, *args, **kwargs))

    method.__name__ = method.__qualname__ = f"{name}_"
    method.__doc__ = f"In-place {name}."
    METHODS[f"{name}_"] = method


for _name in ("squeeze", "unsqueeze", "t", "transpose", "as_strided"):
    _adopting(_name)


@method
def resize_(self, *sizes):
    """Another shape for the same values, in place; more elements than there were are zeros."""
    shape = sizes_of(sizes, "resize_")
    flat = self.reshape(-1)
    count = 1
    for size in shape:
        count *= size
    if count > flat.numel():
        flat = _ops.cat([flat, _ops.full((count - flat.numel(),), 0, self.dtype)], 0)
    return adopt(self, _ops.reshape(flat.narrow(0, 0, count), shape))


@method
def resize_as_(self, the_template, *, memory_format=None):
    """The other tensor's shape for the same values, in place."""
    return resize_(self, the_template.shape)


@method
def fill_diagonal_(self, fill_value, wrap=False):
    """Write one value on the diagonal; on again below it in a tall matrix where wrap."""
    if self.dim() < 2:
        raise RuntimeError("dimensions must larger than 1")
    if self.dim() > 2 and len(set(self.shape)) > 1:
        raise RuntimeError("all dimensions of input must be of equal length")
    if self.dim() > 2 or not wrap:
        size = min(self.shape)
        line = _ops.as_strided(self, (size,), (sum(self.stride()),), self.storage_offset())
        _ops.fill_(line, fill_value)
        return self
    rows, columns = self.shape
    for start in range(0, rows, columns + 1):
        part = _ops.narrow(self, 0, start, min(columns, rows - start))
        _ops.fill_(_ops.diagonal(part, 0, 0, 1), fill_value)
    return self


@method
def map_(self, tensor, callable):
    """Replace each value by callable(value, other's value)."""
    from ._creation import from_flat

    other = _ops.expand(tensor, self.shape).reshape(-1).tolist()
    pairs = zip(self.reshape(-1).tolist(), other, strict=True)
    return self.copy_(from_flat([callable(a, b) for a, b in pairs], self.shape, self.dtype))


@method
def geometric_(self, p, *, generator=None):
    """Fill with the number of trials until a success of probability p."""
    if not 0 < p < 1:
        raise RuntimeError(f"geometric_ expects p to be in (0, 1), but got p={p:g}")
    draws = _ops.full(self.shape, 0, _dtypes.float64)
    _ops.uniform_(draws, 0.0, 1.0, _id(generator))
    return self.copy_((_ops.log1p(-draws) / math.log1p(-p)).ceil())


@method
def log_normal_(self, mean=1, std=2, *, generator=None):
    """Fill with numbers whose logarithms are normal."""
    if std <= 0:
        raise RuntimeError(f"log_normal_ expects std > 0.0, but found std={std:g}")
    _ops.normal_(self, mean, std, _id(generator))
    return self.copy_(_ops.exp(self))


@method
def cauchy_(self, median=0, sigma=1, *, generator=None):
    """Fill with numbers of the Cauchy distribution."""
    if sigma <= 0:
        raise RuntimeError(f"cauchy_ expects sigma > 0.0, but found sigma={sigma:g}")
    draws = _ops.full(self.shape, 0, self.dtype)
    _ops.uniform_(draws, 0.0, 1.0, _id(generator))
    return self.copy_(median + sigma * _ops.tan(math.pi * (draws - 0.5)))


@method
def set_(self, source=None, storage_offset=0, size=None, stride=None):
    """Let this tensor stand for another's memory, or for a part of a storage."""
    from . import _utils, storage

    if source is None:
        return adopt(self, _ops.empty((0,), self.dtype))
    if not storage.is_storage(source):
        return adopt(self, _ops.detach(source))
    typed = storage.TypedStorage(wrap_storage=source, dtype=self.dtype)
    size = (typed.size(),) if size is None else size
    if stride is None:
        stride = [math.prod(size[d + 1 :]) for d in range(len(size))]
    return adopt(self, _utils._rebuild_tensor(typed, storage_offset, size, stride))


@method
def index_put_(self, indices, values, accumulate=False):
    """self[indices] = values, or += where accumulate."""
    _ops.index_put_(self, indices, values, accumulate)
    return self
