"""What the distributions share: broadcasting, values computed when first asked for."""

from functools import update_wrapper
from numbers import Number

import torch
from torch.nn import functional as F

__all__ = [
    "broadcast_all",
    "clamp_probs",
    "lazy_property",
    "logits_to_probs",
    "probs_to_logits",
    "tril_matrix_to_vec",
    "vec_to_tril_matrix",
]

euler_constant = 0.57721566490153286060


def broadcast_all(*values):
    """Tensors of one shape from numbers and tensors."""
    if not all(isinstance(value, (torch.Tensor, Number)) for value in values):
        raise ValueError(
            "Input arguments must all be instances of numbers.Number, torch.Tensor or objects "
            "implementing __torch_function__."
        )
    like = next((value for value in values if isinstance(value, torch.Tensor)), None)
    dtype = torch.get_default_dtype() if like is None else like.dtype
    made = [
        value if isinstance(value, torch.Tensor) else torch.tensor(value, dtype=dtype)
        for value in values
    ]
    return torch.broadcast_tensors(*made)


def clamp_probs(probs):
    """Probabilities kept away from 0 and 1 by the dtype's eps."""
    eps = torch.finfo(probs.dtype).eps
    return probs.clamp(min=eps, max=1 - eps)


def probs_to_logits(probs, is_binary=False):
    """Log odds (binary), or log probabilities."""
    clamped = clamp_probs(probs)
    return torch.log(clamped) - torch.log1p(-clamped) if is_binary else torch.log(clamped)


def logits_to_probs(logits, is_binary=False):
    """The way back from probs_to_logits."""
    return torch.sigmoid(logits) if is_binary else F.softmax(logits, dim=-1)


def standard_normal(shape, dtype):
    """Normal numbers as PyTorch's distributions draw them."""
    return torch.normal(torch.zeros(shape, dtype=dtype), torch.ones(shape, dtype=dtype))


class lazy_property:
    """A property that is computed when first asked for and kept."""

    def __init__(self, wrapped):
        self.wrapped = wrapped
        update_wrapper(self, wrapped)

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        with torch.enable_grad():
            value = self.wrapped(instance)
        instance.__dict__[self.wrapped.__name__] = value
        return value


def tril_matrix_to_vec(mat, diag=0):
    """The lower triangle of matrices, row by row."""
    size = mat.shape[-1]
    places = torch.ones(size, size).tril(diag).bool()
    return mat[..., places]


def vec_to_tril_matrix(vec, diag=0):
    """Matrices whose lower triangles are the vectors."""
    count = vec.shape[-1]
    root = (1 + 2 * diag) ** 2 + 8 * count + 4 * abs(diag) * (diag + 1)
    size = round((-(1 + 2 * diag) + root**0.5) / 2)
    made = torch.zeros(*vec.shape[:-1], size, size, dtype=vec.dtype)
    made[..., torch.ones(size, size).tril(diag).bool()] = vec
    return made
