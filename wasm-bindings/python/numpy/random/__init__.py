"""np.random: the streams of NumPy's `RandomState` and `Generator`, number for number."""

from .._missing import by_name
from ._generator import Generator, default_rng
from ._legacy import RandomState
from ._mt19937 import MT19937
from ._pcg64 import PCG64
from ._seed import SeedSequence

BitGenerator = (MT19937, PCG64)
_global = RandomState()

_NAMES = [
    "seed", "get_state", "set_state", "random_sample", "random", "ranf", "sample", "rand",
    "standard_normal", "randn", "normal", "uniform", "randint", "random_integers", "bytes",
    "shuffle", "permutation", "choice", "standard_exponential", "exponential", "standard_gamma",
    "gamma", "beta", "chisquare", "f", "standard_t", "standard_cauchy", "lognormal", "poisson",
    "binomial", "geometric", "negative_binomial", "laplace", "gumbel", "logistic", "rayleigh",
    "weibull", "pareto", "power", "triangular", "multinomial", "dirichlet", "multivariate_normal",
]  # fmt: skip
globals().update({name: getattr(_global, name) for name in _NAMES})


def get_bit_generator():
    """The bit generator behind the functions of this module."""
    return _global._bits


__getattr__ = by_name(__name__)
__all__ = [
    *_NAMES, "Generator", "MT19937", "PCG64", "RandomState", "SeedSequence", "default_rng",
]  # fmt: skip
