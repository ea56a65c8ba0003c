"""torch.nn.functional: layers and losses as functions."""

from .. import _ops
from .._dtypes import int64 as _INT64
from .._method_table import function as _function
from .._missing import by_name
from . import _places
from ._activation import *  # noqa: F403
from ._common import lazily, named
from ._dropout import *  # noqa: F403
from ._embedding import *  # noqa: F403
from .losses import *  # noqa: F403

linear = _ops.linear


@_function
def bilinear(input1, input2, weight, bias=None):
    """x₁ᵀ A x₂ + b. Shapes: x₁ (*, I1), x₂ (*, I2), A (O, I1, I2) → (*, O)."""
    if input1.dim() != input2.dim():
        raise RuntimeError(
            f"bilinear(): input dimensions do not match: got {input1.dim()} and {input2.dim()}"
        )
    for place, (one, other) in enumerate(zip(input1.shape[:-1], input2.shape[:-1], strict=True)):
        if one != other:
            raise RuntimeError(
                f"bilinear(): input batch dimensions do not match at dim {place}: got {one} and "
                f"{other}"
            )
    for which, x, place in (("1", input1, 1), ("2", input2, 2)):
        if x.size(-1) != weight.size(place):
            raise RuntimeError(
                f"bilinear(): input{which} size does not match weight size: got {x.size(-1)} but "
                f"expected {weight.size(place)}"
            )
    left = _ops.matmul(input1.unsqueeze(-2).unsqueeze(-2), weight).squeeze(-2)
    made = named((left * input2.unsqueeze(-2)).sum(-1), "ViewBackward0")
    return made if bias is None else made + bias


@_function
def layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05):
    """Mean 0 and variance 1 over the last dimensions, then weight and bias."""
    return _ops.layer_norm(input, tuple(normalized_shape), weight, bias, eps)


def normalize(input, p=2.0, dim=1, eps=1e-12, out=None):
    """x divided by its p-norm along dim."""
    norm = _ops.clamp(_ops.norm(input, p, dim, True), eps, None)
    made = input / norm.expand_as(input)
    return made if out is None else out.copy_(made)


@_function
def cosine_similarity(x1, x2, dim=1, eps=1e-08):
    """The cosine of the angle between x1 and x2 along dim."""

    def norm(x):
        found = _ops.norm(x, 2.0, dim, True)
        # A norm below eps is lifted to it in value only, as in PyTorch.
        values = found.detach()
        return found + (_ops.clamp(values, eps, None) - values)

    return (x1 / norm(x1) * (x2 / norm(x2))).sum(dim)


@_function
def pairwise_distance(x1, x2, p=2.0, eps=1e-06, keepdim=False):
    """The p-norm of x1 - x2 + eps along the last dimension."""
    return _ops.norm(x1 - x2 + eps, p, -1, keepdim)


def pdist(input, p=2.0):
    """The p-norm between each pair of rows. Shapes: (N, M) → (N (N - 1) / 2)."""
    if input.dim() != 2:
        raise RuntimeError(f"pdist only supports 2D tensors, got: {input.dim()}D")
    from .._creation import from_flat

    n = input.size(0)
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n)]
    first, second = (from_flat([pair[k] for pair in pairs], (len(pairs),), _INT64) for k in (0, 1))
    rows = _ops.index_select(input, 0, first) - _ops.index_select(input, 0, second)
    return named(_ops.norm(rows, float(p), 1, False), "PdistBackward0")


__getattr__ = lazily(
    __name__,
    _places.FUNCTIONS,
    by_name(
        __name__,
        "fractional_max_pool2d fractional_max_pool3d fractional_max_pool2d_with_indices "
        "fractional_max_pool3d_with_indices",
    ),
)
