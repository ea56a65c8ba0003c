"""Weights set to zero by a mask: name_orig is trained, name_mask kept, the product used."""

from ... import _ops
from ..parameter import Parameter

__all__ = [
    "custom_from_mask",
    "identity",
    "is_pruned",
    "l1_unstructured",
    "ln_structured",
    "random_unstructured",
    "remove",
]


class _Pruning:
    """The hook that multiplies by the mask before each forward."""

    def __init__(self, name):
        self._tensor_name = name

    def __call__(self, module, inputs):
        name = self._tensor_name
        weight = getattr(module, name + "_orig")
        setattr(module, name, getattr(module, name + "_mask").to(weight.dtype) * weight)


def _count(amount, total):
    """How many of `total` to prune. Raises PyTorch's errors."""
    if isinstance(amount, bool) or not isinstance(amount, (int, float)):
        raise TypeError(f"Invalid type for amount: {amount}. Must be int or float.")
    if (isinstance(amount, int) and amount < 0) or (
        isinstance(amount, float) and not 0.0 <= amount <= 1.0
    ):
        raise ValueError(
            f"amount={amount} should either be a float in the range [0, 1] or a non-negative "
            "integer"
        )
    if isinstance(amount, int) and amount > total:
        raise ValueError(
            f"amount={amount} should be smaller than the number of parameters to prune={total}"
        )
    return amount if isinstance(amount, int) else round(amount * total)


def _apply(module, name, mask):
    if name + "_orig" in module._parameters:
        before = getattr(module, name + "_mask")
        module._buffers[name + "_mask"] = before * mask.to(before.dtype)
    else:
        original = getattr(module, name)
        del module._parameters[name]
        module.register_parameter(name + "_orig", original)
        module.register_buffer(name + "_mask", mask.to(original.dtype))
        module.register_forward_pre_hook(_Pruning(name))
    _hook(module, name)(module, None)
    return module


def _hook(module, name):
    for hook in module._forward_pre_hooks.values():
        if isinstance(hook, _Pruning) and hook._tensor_name == name:
            return hook
    return None


def _kept(module, name):
    """(values, mask) of what is there now."""
    weight = getattr(module, name + "_orig", None)
    weight = getattr(module, name) if weight is None else weight
    mask = getattr(module, name + "_mask", None)
    mask = _ops.full(weight.shape, 1, weight.dtype) if mask is None else mask.clone()
    return weight.detach(), mask


def identity(module, name):
    """A mask of ones: nothing is pruned yet."""
    return _apply(module, name, _kept(module, name)[1])


def custom_from_mask(module, name, mask):
    """Prune by a given mask."""
    return _apply(module, name, mask)


def _unstructured(module, name, amount, importance):
    weight, mask = _kept(module, name)
    alive = mask.reshape(-1).nonzero().squeeze(1)
    count = _count(amount, alive.numel())
    if count:
        scores = importance(weight).reshape(-1)[alive]
        lowest = alive[scores.topk(count, largest=False)[1]]
        mask.view(-1)[lowest] = 0
    return _apply(module, name, mask)


def l1_unstructured(module, name, amount, importance_scores=None):
    """Prune the values nearest to zero: a share of them, or a number."""
    return _unstructured(
        module,
        name,
        amount,
        lambda w: (w if importance_scores is None else importance_scores).abs(),
    )


def random_unstructured(module, name, amount):
    """Prune values drawn at random."""
    from ..._random_creation import rand_like

    return _unstructured(module, name, amount, rand_like)


def ln_structured(module, name, amount, n, dim, importance_scores=None):
    """Prune whole slices along dim, those with the lowest n-norm."""
    weight, mask = _kept(module, name)
    dim %= weight.dim()
    others = tuple(d for d in range(weight.dim()) if d != dim)
    scores = _ops.norm(weight, float(n), others, False)
    count = _count(amount, weight.size(dim))
    if count:
        lowest = scores.topk(count, largest=False)[1]
        keep = _ops.full((weight.size(dim),), 1, mask.dtype)
        keep[lowest] = 0
        mask = mask * keep.reshape([-1 if d == dim else 1 for d in range(weight.dim())])
    return _apply(module, name, mask)


def remove(module, name):
    """Make the pruning permanent: one parameter again, with its zeros."""
    hook = _hook(module, name)
    if hook is None:
        raise ValueError(
            f"Parameter '{name}' of module {module} has to be pruned before pruning can be removed"
        )
    hook(module, None)
    weight = getattr(module, name).detach()
    original = module._parameters.pop(name + "_orig")
    del module._buffers[name + "_mask"]
    delattr(module, name)
    for key, found in list(module._forward_pre_hooks.items()):
        if found is hook:
            del module._forward_pre_hooks[key]
    module.register_parameter(name, Parameter(weight, original.requires_grad))
    return module


def is_pruned(module):
    """Whether the module or one below it is pruned."""
    return any(
        isinstance(hook, _Pruning)
        for child in module.modules()
        for hook in child._forward_pre_hooks.values()
    )
