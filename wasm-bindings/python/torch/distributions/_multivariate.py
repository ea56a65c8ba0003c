"""The normal distribution over vectors."""

import math

import torch

from . import constraints
from .distribution import Distribution
from .utils import lazy_property, standard_normal

_MATRICES = ("covariance_matrix", "precision_matrix", "scale_tril")


def mahalanobis(scale_tril, difference):
    """The squared length of a vector after the scale is taken out."""
    shape = torch.broadcast_shapes(scale_tril.shape[:-2], difference.shape[:-1])
    scale = scale_tril.expand(shape + scale_tril.shape[-2:])
    column = difference.expand(shape + difference.shape[-1:]).unsqueeze(-1)
    return torch.linalg.solve_triangular(scale, column, upper=False).squeeze(-1).pow(2).sum(-1)


def half_log_det(scale_tril):
    """Half the logarithm of the covariance's determinant."""
    return scale_tril.diagonal(dim1=-2, dim2=-1).log().sum(-1)


def _scale_of_precision(precision):
    lower = torch.linalg.cholesky(precision.flip((-2, -1)))
    upper = lower.flip((-2, -1)).transpose(-2, -1)
    unit = torch.eye(precision.shape[-1], dtype=precision.dtype).expand(upper.shape)
    return torch.linalg.solve_triangular(upper, unit, upper=False)


class MultivariateNormal(Distribution):
    """A normal vector with mean loc and one of: covariance, precision, or its Cholesky factor."""

    arg_constraints = {
        "loc": constraints.real_vector,
        "covariance_matrix": constraints.positive_definite,
        "precision_matrix": constraints.positive_definite,
        "scale_tril": constraints.lower_cholesky,
    }
    support = constraints.real_vector
    has_rsample = True
    _more_parameters = ("_scale",)

    def __init__(
        self,
        loc,
        covariance_matrix=None,
        precision_matrix=None,
        scale_tril=None,
        validate_args=None,
    ):
        if loc.dim() < 1:
            raise ValueError("loc must be at least one-dimensional.")
        values = (covariance_matrix, precision_matrix, scale_tril)
        given = [(n, v) for n, v in zip(_MATRICES, values, strict=True) if v is not None]
        if len(given) != 1:
            raise ValueError(
                "Exactly one of covariance_matrix or precision_matrix or scale_tril may be "
                "specified."
            )
        ((name, matrix),) = given
        if matrix.dim() < 2:
            label = "scale_tril matrix" if name == "scale_tril" else name
            raise ValueError(
                f"{label} must be at least two-dimensional, with optional leading batch dimensions"
            )
        batch = torch.broadcast_shapes(matrix.shape[:-2], loc.shape[:-1])
        setattr(self, name, matrix.expand(batch + matrix.shape[-2:]))
        self.loc = loc.expand(batch + loc.shape[-1:])
        super().__init__(batch, self.loc.shape[-1:], validate_args=validate_args)
        if name == "covariance_matrix":
            matrix = torch.linalg.cholesky(matrix)
        elif name == "precision_matrix":
            matrix = _scale_of_precision(matrix)
        self._scale = matrix.expand(batch + matrix.shape[-2:])

    @lazy_property
    def scale_tril(self):
        """The Cholesky factor of the covariance."""
        return self._scale

    @lazy_property
    def covariance_matrix(self):
        """The covariance."""
        return self._scale @ self._scale.mT

    @lazy_property
    def precision_matrix(self):
        """The inverse of the covariance."""
        unit = torch.eye(self._scale.shape[-1], dtype=self._scale.dtype).expand(self._scale.shape)
        inverse = torch.linalg.solve_triangular(self._scale, unit, upper=False)
        return inverse.mT @ inverse

    @property
    def mean(self):
        return self.loc

    @property
    def mode(self):
        return self.loc

    @property
    def variance(self):
        return self._scale.pow(2).sum(-1)

    def rsample(self, sample_shape=()):
        drawn = standard_normal(self._extended_shape(sample_shape), self.loc.dtype)
        return self.loc + (self._scale @ drawn.unsqueeze(-1)).squeeze(-1)

    def log_prob(self, value):
        distance = mahalanobis(self._scale, self._checked(value) - self.loc)
        constant = self._event_shape[0] * math.log(2 * math.pi)
        return -0.5 * (constant + distance) - half_log_det(self._scale)

    def entropy(self):
        constant = 0.5 * self._event_shape[0] * (1.0 + math.log(2 * math.pi))
        return constant + half_log_det(self._scale)
