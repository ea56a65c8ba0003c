"""torch.func: gradients of functions, and modules called with other parameters."""

from .. import _ops
from .._missing import by_name
from .._tensor import Tensor
from ..autograd import functional
from ..autograd import grad as _grad
from ..autograd.grad_mode import enable_grad
from ..nn.utils.stateless import call_with

__all__ = ["functional_call", "grad", "grad_and_value", "hessian", "jacrev", "jvp", "vjp"]


def functional_call(
    module, parameter_and_buffer_dicts, args=None, kwargs=None, *, tie_weights=True, strict=False
):
    """What the module returns with these parameters and buffers in the place of its own."""
    options = {"tie_weights": tie_weights, "strict": strict}
    return call_with(module, parameter_and_buffer_dicts, args, kwargs, **options)


def _chosen(args, argnums):
    return [argnums] if isinstance(argnums, int) else list(argnums)


def _mapped(value, change):
    """A tensor, or tensors in nested dicts, lists and tuples, each changed."""
    if isinstance(value, Tensor):
        return change(value)
    if isinstance(value, dict):
        return type(value)((key, _mapped(one, change)) for key, one in value.items())
    if isinstance(value, (list, tuple)):
        return type(value)([_mapped(one, change) for one in value])
    return value


def _fresh(value, made):
    """The same with tensors of their own, which `made` collects."""

    def change(tensor):
        # A result of an outer gradient keeps its place in the graph.
        own = tensor.view(tensor.shape) if tensor.requires_grad else tensor.detach()
        made.append(own if own.requires_grad else own.requires_grad_())
        return made[-1]

    return _mapped(value, change)


def grad_and_value(func, argnums=0, has_aux=False):
    """A function that gives (the gradient of func at argument argnums, func's value)."""

    def computed(*args, **kwargs):
        with enable_grad():
            places = _chosen(args, argnums)
            made, args = [], list(args)
            for place in places:
                args[place] = _fresh(args[place], made)
            output = func(*args, **kwargs)
            value, aux = output if has_aux else (output, None)
            if not isinstance(value, Tensor):
                raise RuntimeError(
                    "grad_and_value(f)(*args): Expected f(*args) to return a Tensor, got "
                    f"{type(value)}"
                )
            if value.dim() != 0:
                raise RuntimeError(
                    "grad_and_value(f)(*args): Expected f(*args) to return a scalar Tensor, got "
                    f"tensor with {value.dim()} dims. Maybe you wanted to use the vjp or jacrev "
                    "APIs instead?"
                )
            found = _gradients([value], made, None)
        left = iter(found)
        outer = any(isinstance(a, Tensor) and a.grad_fn is not None for a in made)
        given = [
            _mapped(args[place], lambda _: next(left) if outer else next(left).detach())
            for place in places
        ]
        gradient = given[0] if isinstance(argnums, int) else tuple(given)
        if not outer:
            value, aux = value.detach(), _mapped(aux, lambda tensor: tensor.detach())
        return (gradient, (value, aux)) if has_aux else (gradient, value)

    return computed


def _gradients(outputs, inputs, vectors):
    if not any(out.requires_grad for out in outputs):
        return [_ops.full(x.shape, 0, x.dtype) for x in inputs]
    return _grad(
        outputs, inputs, vectors, create_graph=True, allow_unused=True, materialize_grads=True
    )


def grad(func, argnums=0, has_aux=False):
    """A function that gives the gradient of func at its argument argnums."""

    def computed(*args, **kwargs):
        found = grad_and_value(func, argnums, has_aux)(*args, **kwargs)
        return (found[0], found[1][1]) if has_aux else found[0]

    return computed


def vjp(func, *primals, has_aux=False):
    """(func's output, a function that gives the product of a vector with the Jacobian)."""
    with enable_grad():
        made = []
        primals = [_fresh(primal, made) for primal in primals]
        output = func(*primals)
        output, aux = output if has_aux else (output, None)
        outputs = list(output) if isinstance(output, (tuple, list)) else [output]

    def product(*vectors):
        vectors = list(vectors[0]) if isinstance(vectors[0], (tuple, list)) else list(vectors)
        left = iter(_gradients(outputs, made, vectors))
        return tuple([_mapped(primal, lambda _: next(left).detach()) for primal in primals])

    plain = _mapped(output, lambda tensor: tensor.detach())
    return (plain, product, aux) if has_aux else (plain, product)


def jvp(func, primals, tangents, *, has_aux=False):
    """(func's output, the Jacobian multiplied with the tangents)."""
    if has_aux:
        kept = []

        def first(*args):
            out, aux = func(*args)
            kept.append(aux)
            return out

        output, found = functional.jvp(first, tuple(primals), tuple(tangents))
        return output, found, kept[-1]
    return functional.jvp(func, tuple(primals), tuple(tangents))


def jacrev(func, argnums=0, *, has_aux=False, chunk_size=None):
    """A function that gives the Jacobian of func at its argument argnums."""

    def computed(*args):
        places = _chosen(args, argnums)
        kept = []

        def of_chosen(*values):
            given = list(args)
            for place, value in zip(places, values, strict=True):
                given[place] = value
            output = func(*given)
            if has_aux:
                output, aux = output
                kept.append(aux)
            return output

        outer = any(isinstance(arg, Tensor) and arg.requires_grad for arg in args)
        chosen = tuple([args[place] for place in places])
        if isinstance(argnums, int):
            chosen = chosen[0]
        found = functional.jacobian(of_chosen, chosen, create_graph=outer)
        return (found, kept[-1]) if has_aux else found

    return computed


def hessian(func, argnums=0):
    """A function that gives the second derivatives of func at its argument argnums."""

    def computed(*args):
        def gradient(x):
            given = list(args)
            given[argnums] = x
            return jacrev(func, argnums)(*given)

        return functional.jacobian(gradient, args[argnums].detach().requires_grad_(), True).detach()

    return computed


__getattr__ = by_name(
    __name__,
    "vmap functionalize jacfwd linearize stack_module_state debug_unwrap",
    {
        "vmap": "write the batch as a dimension, or loop over it",
        "jacfwd": "use torch.func.jacrev",
        "stack_module_state": "loop over the models",
    },
)
