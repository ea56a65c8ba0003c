"""torch.autograd.functional: Jacobians, Hessians and their products with vectors."""

from .. import _ops
from .._tensor import Tensor
from . import grad as _grad
from .grad_mode import enable_grad

__all__ = ["hessian", "hvp", "jacobian", "jvp", "vhp", "vjp"]


def _as_tuple(value, what, function):
    """(whether it is a tuple, the tuple)."""
    is_tuple = isinstance(value, tuple)
    values = value if is_tuple else (value,)
    for i, one in enumerate(values):
        if not isinstance(one, Tensor):
            where = f"the value at index {i} has" if is_tuple else f"the given {what} has"
            raise TypeError(
                f"The {what} given to {function} must be either a Tensor or a tuple of Tensors but "
                f"{where} type {type(one)}."
            )
    return is_tuple, values


def _leaves(inputs, create_graph):
    """The inputs as tensors of their own, that require grad."""
    return tuple(
        [
            x.view(x.shape) if create_graph and x.requires_grad else x.detach().requires_grad_()
            for x in inputs
        ]
    )


def _plain(tensors, create_graph):
    return tensors if create_graph else tuple([x.detach() for x in tensors])


def _unpacked(tensors, is_tuple):
    return tuple(tensors) if is_tuple else tensors[0]


def _zeros(like):
    return _ops.full(like.shape, 0, like.dtype)


def _gradients(outputs, inputs, vectors, strict, what, create_graph):
    """Vector-Jacobian products, zeros where an input has no part in the outputs."""
    wanted = [
        (out, v)
        for out, v in zip(outputs, vectors or [None] * len(outputs), strict=True)
        if out.requires_grad
    ]
    if strict and len(wanted) < len(outputs):
        i = next(i for i, out in enumerate(outputs) if not out.requires_grad)
        raise RuntimeError(
            f"Output {i} of the user-provided function does not require gradient. The outputs must "
            f"be computed in a differentiable manner from the input when running in strict mode."
        )
    if not wanted:
        return [_zeros(x) for x in inputs]
    found = _grad(
        [out for out, _ in wanted],
        inputs,
        [v for _, v in wanted],
        retain_graph=True,
        create_graph=create_graph,
        allow_unused=True,
    )
    for i, g in enumerate(found):
        if strict and g is None:
            raise RuntimeError(
                f"The output of the user-provided function is independent of input {i}."
                " This is not allowed in strict mode."
            )
    return [_zeros(x) if g is None else g for x, g in zip(inputs, found, strict=True)]


def _check_vector(v, inputs, is_tuple, what="v"):
    _, v = _as_tuple(v, what, "the function")
    if len(v) != len(inputs):
        if is_tuple:
            raise RuntimeError(
                f"{what} is a tuple of invalid length: should be {len(inputs)} but got {len(v)}."
            )
        raise RuntimeError("The given v should contain a single Tensor.")
    for i, (one, x) in enumerate(zip(v, inputs, strict=True)):
        if one.shape != x.shape:
            prefix = f"Entry {i} in " if is_tuple else ""
            raise RuntimeError(
                f"{prefix}v has invalid size: should be {x.size()} but got {one.size()}."
            )
    return tuple([one.detach() for one in v])


def _one_element(outputs, function, is_tuple):
    if is_tuple or not isinstance(outputs, Tensor):
        raise RuntimeError(f"The function given to {function} should return a single Tensor")
    if outputs.numel() != 1:
        raise RuntimeError(
            f"The Tensor returned by the function given to {function} should contain a single "
            "element"
        )


def jacobian(
    func, inputs, create_graph=False, strict=False, vectorize=False, strategy="reverse-mode"
):
    """The derivatives of all outputs of func at all inputs, of shape (*output, *input)."""
    if strategy not in ("forward-mode", "reverse-mode"):
        raise AssertionError(
            'Expected strategy to be either "forward-mode" or "reverse-mode". Hint: If your '
            'function has more outputs than inputs, "forward-mode" tends to be more performant. '
            'Otherwise, prefer to use "reverse-mode".'
        )
    with enable_grad():
        many_inputs, inputs = _as_tuple(inputs, "inputs", "jacobian")
        leaves = _leaves(inputs, create_graph)
        many_outputs, outputs = _as_tuple(
            func(*leaves), "outputs of the user-provided function", "jacobian"
        )
        rows = []
        for out in outputs:
            columns = [[] for _ in leaves]
            for j in range(out.numel()):
                if not out.requires_grad:
                    found = _gradients([out], leaves, None, strict, "jacobian", create_graph)
                else:
                    found = _gradients(
                        [out.reshape(-1)[j]], leaves, None, strict, "jacobian", create_graph
                    )
                for column, g in zip(columns, found, strict=True):
                    column.append(g)
            rows.append(
                tuple(
                    [
                        _ops.stack(column, 0).reshape(out.shape + x.shape)
                        if column
                        else _ops.full(out.shape + x.shape, 0, out.dtype)
                        for column, x in zip(columns, leaves, strict=True)
                    ]
                )
            )
        rows = [_plain(row, create_graph) for row in rows]
        return _unpacked([_unpacked(row, many_inputs) for row in rows], many_outputs)


def hessian(
    func,
    inputs,
    create_graph=False,
    strict=False,
    vectorize=False,
    outer_jacobian_strategy="reverse-mode",
):
    """The second derivatives of the one-element output of func."""
    many, inputs = _as_tuple(inputs, "inputs", "hessian")

    def single(*values):
        out = func(*values)
        is_tuple, outs = _as_tuple(out, "outputs of the user-provided function", "hessian")
        _one_element(outs[0], "hessian", is_tuple)
        return out

    def gradient(*values):
        values = tuple([x if x.requires_grad else x.requires_grad_() for x in values])
        return jacobian(single, values, create_graph=True, strict=strict)

    found = jacobian(gradient, inputs, create_graph=create_graph, strict=strict)
    return found if many else found[0][0] if isinstance(found[0], tuple) else found[0]


def vjp(func, inputs, v=None, create_graph=False, strict=False):
    """(outputs, v multiplied from the left with the Jacobian)."""
    with enable_grad():
        many_inputs, inputs = _as_tuple(inputs, "inputs", "vjp")
        leaves = _leaves(inputs, create_graph)
        many_outputs, outputs = _as_tuple(
            func(*leaves), "outputs of the user-provided function", "vjp"
        )
        if v is None:
            if len(outputs) != 1 or outputs[0].numel() != 1:
                raise RuntimeError(
                    "The vector v can only be None if the user-provided function returns a single "
                    "Tensor with a single element."
                )
            vectors = None
        else:
            vectors = _check_vector(v, outputs, many_outputs)
        found = _gradients(outputs, leaves, vectors, strict, "vjp", create_graph)
    outputs, found = _plain(outputs, create_graph), _plain(found, create_graph)
    return _unpacked(outputs, many_outputs), _unpacked(found, many_inputs)


def _vector_or_one(v, inputs, many, what):
    if v is not None:
        return _check_vector(v, inputs, many)
    if len(inputs) != 1 or inputs[0].numel() != 1:
        raise RuntimeError(
            "The vector v can only be None if the input to "
            "the user-provided function is a single Tensor "
            "with a single element."
        )
    return tuple([_ops.full(x.shape, 1, x.dtype) for x in inputs])


def jvp(func, inputs, v=None, create_graph=False, strict=False):
    """(outputs, the Jacobian multiplied with v), by going backward twice."""
    with enable_grad():
        many_inputs, inputs = _as_tuple(inputs, "inputs", "jvp")
        leaves = _leaves(inputs, create_graph)
        vectors = _vector_or_one(v, inputs, many_inputs, "jvp")
        many_outputs, outputs = _as_tuple(
            func(*leaves), "outputs of the user-provided function", "jvp"
        )
        # The gradient is linear in these, and its derivative at them is the Jacobian.
        probes = tuple([_zeros(out).requires_grad_() for out in outputs])
        back = _gradients(outputs, leaves, probes, strict, "jvp", True)
        found = _gradients(back, probes, vectors, False, "jvp", create_graph)
    outputs, found = _plain(outputs, create_graph), _plain(found, create_graph)
    return _unpacked(outputs, many_outputs), _unpacked(found, many_outputs)


def _output_and_gradient(func, leaves, function, strict):
    is_tuple, outputs = _as_tuple(func(*leaves), "outputs of the user-provided function", function)
    _one_element(outputs[0], function, is_tuple)
    return outputs, _gradients(outputs, leaves, None, strict, function, True)


def vhp(func, inputs, v=None, create_graph=False, strict=False):
    """(output, v multiplied from the left with the Hessian)."""
    with enable_grad():
        many, inputs = _as_tuple(inputs, "inputs", "vhp")
        leaves = _leaves(inputs, create_graph)
        vectors = _vector_or_one(v, inputs, many, "vhp")
        outputs, first = _output_and_gradient(func, leaves, "vhp", strict)
        found = _gradients(first, leaves, vectors, strict, "vhp", create_graph)
    outputs, found = _plain(outputs, create_graph), _plain(found, create_graph)
    return outputs[0], _unpacked(found, many)


def hvp(func, inputs, v=None, create_graph=False, strict=False):
    """(output, the Hessian multiplied with v)."""
    with enable_grad():
        many, inputs = _as_tuple(inputs, "inputs", "hvp")
        leaves = _leaves(inputs, create_graph)
        vectors = _vector_or_one(v, inputs, many, "hvp")
        outputs, first = _output_and_gradient(func, leaves, "hvp", strict)
        probes = tuple([_zeros(x).requires_grad_() for x in leaves])
        back = _gradients(first, leaves, probes, strict, "hvp", True)
        found = _gradients(back, probes, vectors, False, "hvp", create_graph)
    outputs, found = _plain(outputs, create_graph), _plain(found, create_graph)
    return outputs[0], _unpacked(found, many)
