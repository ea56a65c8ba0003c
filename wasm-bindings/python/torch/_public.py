"""Which functions torch shows, beside those of the op table."""

from . import _composed, _creation, _functions, _ops, _random_creation
from .nn import functional

_CREATION = (
    "arange as_tensor asarray empty empty_like eye from_numpy full full_like linspace logspace "
    "ones ones_like tensor zeros zeros_like"
)
_RANDOM = (
    "_sample_dirichlet _standard_gamma bernoulli binomial multinomial normal poisson rand "
    "rand_like randint randint_like randn randn_like randperm"
)
_FUNCTIONS = (
    "allclose argsort argwhere clamp clamp_max clamp_min clip count_nonzero div flip fliplr "
    "flipud floor_divide fmod "
    "index_add is_nonzero isclose max min nonzero norm repeat_interleave roll rsub scalar_tensor "
    "scatter sort split "
    "square std std_mean tensor_split tile topk true_divide unflatten var var_mean where"
)
_COMPOSED = (
    "addbmm addmv atleast_1d baddbmm bincount broadcast_shapes broadcast_tensors can_cast "
    "column_stack concat "
    "concatenate diag dist hstack is_complex is_floating_point is_tensor meshgrid moveaxis "
    "movedim nan_to_num numel "
    "promote_types result_type trace typename vstack"
)
_FUNCTIONAL = (
    "bilinear celu cosine_similarity dropout embedding hardshrink layer_norm log_softmax "
    "pairwise_distance prelu relu "
    "selu softmax"
)

#: Other names of the same functions and methods.
ALIASES = {
    "absolute": "abs",
    "arctan": "atan",
    "divide": "div",
    "fix": "trunc",
    "greater": "gt",
    "greater_equal": "ge",
    "less": "lt",
    "less_equal": "le",
    "multiply": "mul",
    "negative": "neg",
    "not_equal": "ne",
    "subtract": "sub",
    "swapaxes": "transpose",
    "swapdims": "transpose",
    "row_stack": "vstack",
}


def reshape(input, shape):
    """The same values in another shape: a view where possible."""
    return _ops.reshape(input, shape)


def permute(input, dims):
    """A view with the dimensions in another order."""
    return _ops.permute(input, dims)


def ravel(input):
    """One dimension."""
    return _ops.flatten(input, 0, -1)


def broadcast_to(input, size):
    """A view in another shape, by repeating."""
    return _ops.expand(input, size)


def functions():
    """All functions of torch by name."""
    found = {name: getattr(_ops, name) for name in _ops.FUNCTIONS}
    tables = (
        (_creation, _CREATION),
        (_random_creation, _RANDOM),
        (_functions, _FUNCTIONS),
        (_composed, _COMPOSED),
        (functional, _FUNCTIONAL),
    )
    for module, names in tables:
        found.update({name: getattr(module, name) for name in names.split()})
    for name in ("softmax", "log_softmax"):
        found[name] = getattr(_ops, name)
    found.update(
        reshape=reshape,
        permute=permute,
        ravel=ravel,
        broadcast_to=broadcast_to,
        range=_creation.range_,
    )
    found.update({alias: found[name] for alias, name in ALIASES.items() if name in found})
    return found
