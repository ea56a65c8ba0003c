"""torch.distributions: random variables with their densities, samples and divergences."""

import sys
import types

from .._missing import by_name
from . import (
    _compound,
    _continuous,
    _discrete,
    _gammas,
    _multivariate,
    _relaxed,
    constraints,  # noqa: F401
    transforms,
)
from .distribution import Distribution, ExponentialFamily
from .kl import kl_divergence, register_kl
from .transforms import *  # noqa: F403

#: The module that PyTorch has each class in.
_HOMES = {
    _continuous: {
        "cauchy": "Cauchy",
        "exponential": "Exponential",
        "laplace": "Laplace",
        "normal": "Normal",
        "uniform": "Uniform",
    },
    _discrete: {
        "bernoulli": "Bernoulli",
        "binomial": "Binomial",
        "categorical": "Categorical",
        "geometric": "Geometric",
        "multinomial": "Multinomial",
        "one_hot_categorical": "OneHotCategorical OneHotCategoricalStraightThrough",
        "poisson": "Poisson",
    },
    _gammas: {
        "beta": "Beta",
        "chi2": "Chi2",
        "dirichlet": "Dirichlet",
        "gamma": "Gamma",
        "studentT": "StudentT",
    },
    _multivariate: {"multivariate_normal": "MultivariateNormal"},
    _compound: {
        "gumbel": "Gumbel",
        "half_cauchy": "HalfCauchy",
        "half_normal": "HalfNormal",
        "independent": "Independent",
        "log_normal": "LogNormal",
        "mixture_same_family": "MixtureSameFamily",
        "transformed_distribution": "TransformedDistribution",
    },
    _relaxed: {
        "relaxed_bernoulli": "LogitRelaxedBernoulli RelaxedBernoulli",
        "relaxed_categorical": "ExpRelaxedCategorical RelaxedOneHotCategorical",
    },
}
_HIDDEN = ("LogitRelaxedBernoulli", "ExpRelaxedCategorical")

__all__ = [
    "Distribution",
    "ExponentialFamily",
    "kl_divergence",
    "register_kl",
    *transforms.__all__,
]


def _settle():
    for source, homes in _HOMES.items():
        for home, names in homes.items():
            path = f"{__name__}.{home}"
            module = sys.modules[path] = types.ModuleType(path)
            globals()[home] = module
            for name in names.split():
                kind = getattr(source, name)
                kind.__module__ = path
                setattr(module, name, kind)
                if name not in _HIDDEN:
                    globals()[name] = kind
                    __all__.append(name)


_settle()
exp_family = types.ModuleType(f"{__name__}.exp_family")
exp_family.ExponentialFamily = ExponentialFamily
sys.modules[exp_family.__name__] = exp_family

__getattr__ = by_name(
    __name__,
    "CatTransform ContinuousBernoulli CorrCholeskyTransform CumulativeDistributionTransform "
    "FisherSnedecor InverseGamma Kumaraswamy LKJCholesky LogisticNormal "
    "LowRankMultivariateNormal LowerCholeskyTransform NegativeBinomial Pareto "
    "PositiveDefiniteTransform StackTransform VonMises Weibull Wishart biject_to "
    "constraint_registry transform_to",
)
