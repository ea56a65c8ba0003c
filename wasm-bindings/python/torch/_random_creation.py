"""Making random tensors. The numbers are those of PyTorch's CPU stream."""

from . import _dtypes, _ops
from ._creation import _check_sizes, _finish, empty, given_sizes, size_tuple, zeros_like
from ._method_table import function


def _id(generator):
    return 0 if generator is None else generator._id


def _random(name, op):
    def create(
        *size,
        generator=None,
        out=None,
        dtype=None,
        layout=None,
        device=None,
        requires_grad=False,
        **names,
    ):
        sizes = _check_sizes(given_sizes(size, names, name))
        made = op(sizes, dtype or _dtypes.get_default_dtype(), _id(generator))
        return _finish(made, device, requires_grad)

    create.__name__ = create.__qualname__ = name
    return create


rand = function(_random("rand", _ops.rand))
rand.__doc__ = "Uniform random values in [0, 1)."
randn = function(_random("randn", _ops.randn))
randn.__doc__ = "Standard normal random values."


@function
def rand_like(
    input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None
):
    """Uniform random values in the input's shape."""
    return _finish(_ops.rand(input.shape, dtype or input.dtype, 0), device, requires_grad)


@function
def randn_like(
    input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None
):
    """Standard normal random values in the input's shape."""
    return _finish(_ops.randn(input.shape, dtype or input.dtype, 0), device, requires_grad)


@function
def randint(
    low=None,
    high=None,
    size=None,
    *,
    generator=None,
    out=None,
    dtype=None,
    layout=None,
    device=None,
    requires_grad=False,
):
    """Random integers in [low, high); `randint(high, size)` starts at zero."""
    position = 3 if high is not None else 0
    if low is None:
        low = 0
    if size is None:
        position = 2
        if high is not None and not hasattr(high, "__index__"):
            low, high, size = 0, low, high
        else:
            raise TypeError(
                "randint() received an invalid combination of arguments: size is missing"
            )
    elif high is None:
        low, high = 0, low
    low, high = int(low), int(high)
    if low >= high:
        raise RuntimeError(
            f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}"
        )
    sizes = size_tuple(size, "randint", position)
    made = _ops.randint(low, high, sizes, dtype or _dtypes.int64, _id(generator))
    return _finish(made, device, requires_grad)


@function
def randint_like(input, low, high=None, *, dtype=None, device=None, requires_grad=False):
    """Random integers in the input's shape."""
    low, high = (0, low) if high is None else (low, high)
    return _finish(
        _ops.randint(low, high, input.shape, dtype or input.dtype, 0), device, requires_grad
    )


@function
def randperm(
    n,
    *,
    generator=None,
    out=None,
    dtype=None,
    layout=None,
    device=None,
    requires_grad=False,
    pin_memory=False,
):
    """The numbers from 0 to n - 1 in random order."""
    _check_sizes((n,))
    return _finish(_ops.randperm(n, dtype or _dtypes.int64, _id(generator)), device, requires_grad)


@function
def bernoulli(input, p=None, *, generator=None, out=None):
    """1 with the probability that the input holds at each place (or p), 0 otherwise."""
    if p is not None:
        return zeros_like(input).bernoulli_(p, generator=generator)
    return _ops.bernoulli(input, _id(generator))


@function
def normal(
    mean,
    std=1.0,
    size=None,
    *,
    generator=None,
    out=None,
    dtype=None,
    device=None,
    requires_grad=False,
):
    """Normal random values; mean and std are numbers with a size, or tensors."""
    if size is not None:
        made = empty(size, dtype=dtype).normal_(mean, std, generator=generator)
        return _finish(made, device, requires_grad)
    return _ops.normal(mean, std, _id(generator))


@function
def multinomial(input, num_samples, replacement=False, *, generator=None, out=None):
    """Indices drawn from the rows of the input, which holds weights."""
    return _ops.multinomial(input, num_samples, replacement, _id(generator))


@function
def poisson(input, generator=None):
    """Poisson random numbers with the rates that the input holds."""
    return _ops.poisson(input, _id(generator))


@function
def binomial(count, prob, generator=None):
    """How many of `count` attempts succeed, each with probability `prob`."""
    return _ops.binomial(count, prob, _id(generator))


@function
def _standard_gamma(self, generator=None):
    """Gamma random numbers of rate 1; gradients do not flow through."""
    return _ops.standard_gamma(self, _id(generator))


@function
def _sample_dirichlet(self, generator=None):
    """Random points on the simplex; gradients do not flow through."""
    return _ops.sample_dirichlet(self, _id(generator))
