"""kl_divergence: how far one distribution is from another."""

import math

import torch
from torch.nn import functional as F

from ._compound import Gumbel, HalfNormal, Independent, TransformedDistribution
from ._continuous import Exponential, Laplace, Normal, Uniform
from ._discrete import Bernoulli, Binomial, Categorical, Geometric, OneHotCategorical, Poisson
from ._gammas import Beta, Dirichlet, Gamma
from ._multivariate import MultivariateNormal, half_log_det, mahalanobis
from .transforms import sum_rightmost
from .utils import euler_constant

__all__ = ["kl_divergence", "register_kl"]

_REGISTRY = {}


def register_kl(type_p, type_q):
    """Decorator: the function is KL(p || q) for these two classes."""

    def decorator(fun):
        _REGISTRY[type_p, type_q] = fun
        return fun

    return decorator


def kl_divergence(p, q):
    """KL(p || q) of each member of the batch. Raises NotImplementedError for an unknown pair."""
    for kind_p in type(p).__mro__:
        for kind_q in type(q).__mro__:
            if (kind_p, kind_q) in _REGISTRY:
                return _REGISTRY[kind_p, kind_q](p, q)
    raise NotImplementedError(
        f"No KL(p || q) is implemented for p type {type(p).__name__} and q type {type(q).__name__}"
    )


@register_kl(Bernoulli, Bernoulli)
def _bernoulli(p, q):
    heads = p.probs * (F.softplus(-q.logits) - F.softplus(-p.logits))
    heads = torch.where(q.probs == 0, math.inf, heads)
    tails = (1 - p.probs) * (F.softplus(q.logits) - F.softplus(p.logits))
    tails = torch.where(q.probs == 1, math.inf, tails)
    return torch.where(p.probs == 0, 0.0, heads) + torch.where(p.probs == 1, 0.0, tails)


@register_kl(Binomial, Binomial)
def _binomial(p, q):
    if (p.total_count < q.total_count).any():
        raise NotImplementedError(
            "KL between Binomials where q.total_count > p.total_count is not implemented"
        )
    one = p.probs * (p.logits - q.logits) + (-p.probs).log1p() - (-q.probs).log1p()
    return torch.where(p.total_count > q.total_count, math.inf, p.total_count * one)


@register_kl(Categorical, Categorical)
def _categorical(p, q):
    terms = p.probs * (p.logits - q.logits)
    terms = torch.where(q.probs == 0, math.inf, terms)
    return torch.where(p.probs == 0, 0.0, terms).sum(-1)


@register_kl(OneHotCategorical, OneHotCategorical)
def _one_hot(p, q):
    return _categorical(p._categorical, q._categorical)


@register_kl(Normal, Normal)
def _normal(p, q):
    ratio = (p.scale / q.scale).pow(2)
    return 0.5 * (ratio + ((p.loc - q.loc) / q.scale).pow(2) - 1 - ratio.log())


@register_kl(HalfNormal, HalfNormal)
def _half_normal(p, q):
    return _normal(p.base_dist, q.base_dist)


@register_kl(MultivariateNormal, MultivariateNormal)
def _multivariate_normal(p, q):
    if p.event_shape != q.event_shape:
        raise ValueError(
            "KL-divergence between two Multivariate Normals with different event shapes cannot be "
            "computed"
        )
    a, b = torch.broadcast_tensors(q._scale, p._scale)
    trace = torch.linalg.solve_triangular(a, b, upper=False).pow(2).sum((-2, -1))
    distance = mahalanobis(q._scale, q.loc - p.loc)
    volumes = half_log_det(q._scale) - half_log_det(p._scale)
    return volumes + 0.5 * (trace + distance - p.event_shape[0])


@register_kl(Laplace, Laplace)
def _laplace(p, q):
    ratio, distance = p.scale / q.scale, (p.loc - q.loc).abs()
    return -ratio.log() + distance / q.scale + ratio * torch.exp(-distance / p.scale) - 1


@register_kl(Uniform, Uniform)
def _uniform(p, q):
    found = ((q.high - q.low) / (p.high - p.low)).log()
    return torch.where((q.low > p.low) | (q.high < p.high), math.inf, found)


@register_kl(Exponential, Exponential)
def _exponential(p, q):
    ratio = q.rate / p.rate
    return -ratio.log() + ratio - 1


@register_kl(Gamma, Gamma)
def _gamma(p, q):
    a, b = p.concentration, q.concentration
    return (
        b * (p.rate / q.rate).log()
        + (torch.lgamma(b) - torch.lgamma(a))
        + (a - b) * torch.digamma(a)
        + (q.rate - p.rate) * (a / p.rate)
    )


@register_kl(Dirichlet, Dirichlet)
def _dirichlet(p, q):
    a, b = p.concentration, q.concentration
    totals = torch.lgamma(a.sum(-1)) - torch.lgamma(b.sum(-1))
    parts = (torch.lgamma(a) - torch.lgamma(b)).sum(-1)
    slopes = torch.digamma(a) - torch.digamma(a.sum(-1)).unsqueeze(-1)
    return totals - parts + ((a - b) * slopes).sum(-1)


@register_kl(Beta, Beta)
def _beta(p, q):
    return _dirichlet(p._dirichlet, q._dirichlet)


@register_kl(Geometric, Geometric)
def _geometric(p, q):
    return -p.entropy() - torch.log1p(-q.probs) / p.probs - q.logits


@register_kl(Poisson, Poisson)
def _poisson(p, q):
    return p.rate * (p.rate.log() - q.rate.log()) - (p.rate - q.rate)


@register_kl(Gumbel, Gumbel)
def _gumbel(p, q):
    ratio, distance = p.scale / q.scale, (p.loc - q.loc) / q.scale
    rest = torch.exp(torch.lgamma(1 + ratio) - distance)
    return -ratio.log() + distance + ratio * euler_constant + rest - (1 + euler_constant)


@register_kl(Independent, Independent)
def _independent(p, q):
    if p.reinterpreted_batch_ndims != q.reinterpreted_batch_ndims:
        raise NotImplementedError
    found = kl_divergence(p.base_dist, q.base_dist)
    return sum_rightmost(found, p.reinterpreted_batch_ndims)


@register_kl(TransformedDistribution, TransformedDistribution)
def _transformed(p, q):
    if p.transforms != q.transforms or p.event_shape != q.event_shape:
        raise NotImplementedError
    return kl_divergence(p.base_dist, q.base_dist)
