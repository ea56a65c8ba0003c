"""torch.func: modules as functions."""

from .._missing import by_name
from ..nn.utils.stateless import call_with

__all__ = ["functional_call"]


def functional_call(
    module, parameter_and_buffer_dicts, args=None, kwargs=None, *, tie_weights=True, strict=False
):
    """What the module returns with these parameters and buffers in the place of its own."""
    options = {"tie_weights": tie_weights, "strict": strict}
    return call_with(module, parameter_and_buffer_dicts, args, kwargs, **options)


__getattr__ = by_name(
    __name__,
    "functionalize grad grad_and_value hessian jacfwd jacrev jvp linearize "
    "replace_all_batch_norm_modules_ stack_module_state vjp vmap",
    {"grad": "use torch.autograd.grad"},
)
