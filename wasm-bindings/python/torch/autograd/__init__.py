"""torch.autograd: gradients of what was computed."""

from .. import _ops
from .._method_table import own_method
from .._missing import by_name
from .._tensor import Tensor
from . import function, graph
from .function import Function
from .grad_mode import enable_grad, inference_mode, no_grad, set_grad_enabled
from .variable import Variable

__all__ = [
    "Function",
    "Variable",
    "backward",
    "detect_anomaly",
    "enable_grad",
    "function",
    "grad",
    "gradcheck",
    "gradgradcheck",
    "graph",
    "inference_mode",
    "no_grad",
    "set_detect_anomaly",
    "set_grad_enabled",
]
_HINTS = {"forward_ad": "torch.autograd.functional.jvp gives products with the Jacobian"}


def _as_list(tensors):
    return [tensors] if isinstance(tensors, Tensor) else list(tensors)


def _gradients(roots, grads, what):
    if grads is None:
        return [None] * len(roots)
    grads = [grads] if isinstance(grads, Tensor) else list(grads)
    if len(grads) != len(roots):
        raise RuntimeError(f"got {len(roots)} tensors and {len(grads)} gradients")
    for i, (root, grad) in enumerate(zip(roots, grads, strict=True)):
        if grad is None:
            continue
        if not isinstance(grad, Tensor):
            raise TypeError(
                f"gradients can be either Tensors or None, but got {type(grad).__name__}"
            )
        if grad.shape != root.shape:
            raise RuntimeError(
                f"Mismatch in shape: {what}[{i}] has a shape of {grad.shape} and output[{i}] has "
                f"a shape of {root.shape}."
            )
    return grads


def backward(
    tensors,
    grad_tensors=None,
    retain_graph=None,
    create_graph=False,
    grad_variables=None,
    inputs=None,
):
    """Accumulate the gradients of tensors into the leaves that they were computed from, or into
    inputs only.
    """
    roots = _as_list(tensors)
    grads = _gradients(
        roots, grad_variables if grad_tensors is None else grad_tensors, "grad_output"
    )
    retain = create_graph if retain_graph is None else retain_graph
    inputs = [] if inputs is None else _as_list(inputs) or None
    if inputs is None:
        raise RuntimeError("`inputs` argument to `backward()` cannot be empty.")
    _ops.backward(roots, grads, retain, create_graph, inputs)


@own_method("backward")
def _backward(self, gradient=None, retain_graph=None, create_graph=False, inputs=None):
    """Compute the gradients of all leaves that this tensor was computed from."""
    backward(self, gradient, retain_graph, create_graph, inputs=inputs)


def grad(
    outputs,
    inputs,
    grad_outputs=None,
    retain_graph=None,
    create_graph=False,
    only_inputs=True,
    allow_unused=None,
    is_grads_batched=False,
    materialize_grads=False,
):
    """The gradients of outputs at inputs, as a tuple; no leaf is touched."""
    if is_grads_batched:
        raise NotImplementedError(
            "torch.autograd.grad(is_grads_batched=True) is not part of Unroll; call it in a loop"
        )
    roots, wanted = _as_list(outputs), _as_list(inputs)
    if materialize_grads and allow_unused is False:
        raise ValueError(
            "Expected allow_unused to be True or not passed when materialize_grads=True, but got: "
            "allow_unused=False."
        )
    retain = create_graph if retain_graph is None else retain_graph
    unused = bool(allow_unused) or materialize_grads
    grads = _gradients(roots, grad_outputs, "grad_output")
    found = _ops.autograd_grad(roots, wanted, grads, retain, create_graph, unused)
    if materialize_grads:
        pairs = zip(found, wanted, strict=True)
        return tuple(
            [_ops.full(x.shape, 0, x.dtype).requires_grad_() if g is None else g for g, x in pairs]
        )
    return found


from .anomaly_mode import detect_anomaly, set_detect_anomaly  # noqa: E402
from .gradcheck import gradcheck, gradgradcheck  # noqa: E402

__getattr__ = by_name(__name__, "forward_ad profiler", _HINTS, "functional")
