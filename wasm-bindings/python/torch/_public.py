"""Which functions torch shows, beside those of the op table."""

from . import (
    _composed,
    _creation,
    _functions,
    _matrices,
    _ops,
    _products,
    _random_creation,
    _shapes,
    _statistics,
    _windows,
)
from ._tensor import Tensor
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
    "flipud floor_divide "
    "index_add is_nonzero isclose max min nonzero norm repeat_interleave roll rsub scalar_tensor "
    "scatter sort split "
    "square std std_mean tensor_split tile topk true_divide unflatten var var_mean where"
)
_COMPOSED = (
    "broadcast_shapes broadcast_tensors can_cast "
    "column_stack concat "
    "concatenate diag dist hstack is_complex is_floating_point is_tensor meshgrid moveaxis "
    "movedim numel "
    "promote_types result_type trace typename vstack"
)
_FUNCTIONAL = (
    "bilinear celu cosine_similarity dropout embedding hardshrink layer_norm log_softmax "
    "pairwise_distance prelu relu "
    "selu softmax"
)

#: Modules that list their functions and methods themselves.
MODULES = (_statistics, _products, _shapes, _matrices, _windows)

#: Methods that write over their tensor and are functions of torch as well.
_IN_PLACE = (
    "abs_ acos_ acosh_ addmv_ arccos_ arccosh_ arcsin_ arcsinh_ arctan_ arctanh_ as_strided_ asin_ "
    "asinh_ atan_ atanh_ ceil_ clamp_ clamp_max_ clamp_min_ clip_ cos_ cosh_ deg2rad_ detach_ "
    "erf_ erfc_ exp2_ exp_ expm1_ fill_ fix_ floor_ frac_ gcd_ i0_ index_put_ lcm_ ldexp_ log10_ "
    "log1p_ log2_ log_ logit_ nan_to_num_ neg_ negative_ rad2deg_ reciprocal_ relu_ resize_as_ "
    "round_ rsqrt_ sigmoid_ sin_ sinc_ sinh_ sqrt_ square_ tan_ tanh_ trunc_ xlogy_ zero_"
)

#: Other names of the same functions and methods.
ALIASES = {
    "absolute": "abs",
    "arccos": "acos",
    "arccosh": "acosh",
    "arcsin": "asin",
    "arcsinh": "asinh",
    "arctan": "atan",
    "arctan2": "atan2",
    "arctanh": "atanh",
    "ger": "outer",
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
        *[(module, module.FUNCTIONS) for module in MODULES],
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
    found.update({name: getattr(Tensor, name) for name in _IN_PLACE.split()})
    found.update({alias: found[name] for alias, name in ALIASES.items() if name in found})
    return found
