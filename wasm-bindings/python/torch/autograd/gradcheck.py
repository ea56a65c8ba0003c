"""Comparing gradients with finite differences."""

import warnings

from .. import _dtypes, _ops
from .._tensor import Tensor
from . import grad
from .grad_mode import no_grad

__all__ = ["GradcheckError", "gradcheck", "gradgradcheck"]


class GradcheckError(RuntimeError):
    """The gradients do not agree, or cannot be computed."""


GradcheckError.__module__ = "torch.autograd.gradcheck"


def _as_tuple(value):
    return tuple(value) if isinstance(value, (tuple, list)) else (value,)


def _differentiable(outputs):
    return [out for out in _as_tuple(outputs) if isinstance(out, Tensor) and out.requires_grad]


def _check_inputs(inputs, check_sparse_nnz=False):
    wanted = [x for x in inputs if isinstance(x, Tensor) and x.requires_grad]
    if not wanted:
        raise ValueError(
            "gradcheck expects at least one input tensor to require gradient, "
            "but none of the them have requires_grad=True."
        )
    for i, x in enumerate(inputs):
        if isinstance(x, Tensor) and x.requires_grad and x.dtype is not _dtypes.float64:
            warnings.warn(
                f"Input #{i} requires gradient and "
                "is not a double precision floating point or complex. "
                "This check will likely fail if all the inputs are "
                "not of double precision floating point or complex. ",
                stacklevel=3,
            )
    return wanted


def _numerical(func, inputs, x, eps):
    """For each output, the (x.numel(), output.numel()) differences at x."""
    flat = x.detach().reshape(-1)
    rows = []
    for i in range(x.numel()):
        sides = []
        for sign in (1, -1):
            moved = flat.clone()
            moved[i] += sign * eps
            moved = moved.reshape(x.shape)
            with no_grad():
                old = x.detach().clone()
                x.data.copy_(moved)
            outputs = [out.detach().clone() for out in _differentiable(func(*inputs))]
            with no_grad():
                x.data.copy_(old)
            sides.append(outputs)
        rows.append([((a - b) / (2 * eps)).reshape(-1) for a, b in zip(*sides, strict=True)])
    count = len(_differentiable(func(*inputs)))
    return [_ops.stack([row[k] for row in rows], 0) if rows else None for k in range(count)]


def _analytical(output, wanted):
    """For each input, the (input.numel(), output.numel()) derivatives."""
    columns = [[] for _ in wanted]
    flat = output.reshape(-1)
    for j in range(output.numel()):
        found = grad(flat[j], wanted, retain_graph=True, allow_unused=True)
        for column, x, g in zip(columns, wanted, found, strict=True):
            if g is not None and g.shape != x.shape:
                raise GradcheckError("Analytical gradient has incorrect size")
            g = _ops.full(x.shape, 0, output.dtype) if g is None else g
            column.append(g.detach().reshape(-1))
    return [_ops.stack(column, 1) if column else None for column in columns]


def gradcheck(
    func,
    inputs,
    *,
    eps=1e-6,
    atol=1e-5,
    rtol=1e-3,
    raise_exception=True,
    nondet_tol=0.0,
    check_undefined_grad=True,
    check_grad_dtypes=False,
    check_batched_grad=False,
    check_batched_forward_grad=False,
    check_forward_ad=False,
    check_backward_ad=True,
    fast_mode=False,
    masked=None,
):
    """Whether the gradients of func at inputs agree with finite differences; where not, a
    GradcheckError says how, or raise_exception=False gives False.
    """
    if check_forward_ad or check_batched_grad or check_batched_forward_grad:
        raise NotImplementedError(
            "gradcheck of forward mode and of batched gradients is not part of Unroll; leave "
            "check_forward_ad and check_batched_grad out"
        )
    try:
        return _gradcheck(func, _as_tuple(inputs), eps, atol, rtol, nondet_tol)
    except GradcheckError:
        if raise_exception:
            raise
        return False


def _gradcheck(func, inputs, eps, atol, rtol, nondet_tol):
    wanted = _check_inputs(inputs)
    outputs = _differentiable(func(*inputs))
    if not outputs:
        raise ValueError("gradcheck expects at least one output that requires gradient")
    numerical = [_numerical(func, inputs, x, eps) for x in wanted]
    for i, output in enumerate(outputs):
        analytical = _analytical(output, wanted)
        again = _analytical(output, wanted)
        for j, (a, b) in enumerate(zip(analytical, again, strict=True)):
            n = numerical[j][i]
            if a is None or n is None:
                continue
            if float((a - b).abs().max()) > nondet_tol:
                raise GradcheckError(
                    "Backward is not reentrant, i.e., running backward with same input and "
                    "grad_output multiple times gives different values, although analytical "
                    "gradient matches numerical gradient."
                )
            if not _ops.allclose(a.to(n.dtype), n, rtol, atol, False):
                raise GradcheckError(
                    f"Jacobian mismatch for output {i} with respect to input {j},\n"
                    f"numerical:{n}\nanalytical:{a}\n"
                )
    return True


def gradgradcheck(
    func,
    inputs,
    grad_outputs=None,
    *,
    eps=1e-6,
    atol=1e-5,
    rtol=1e-3,
    gen_non_contig_grad_outputs=False,
    raise_exception=True,
    nondet_tol=0.0,
    check_undefined_grad=True,
    check_grad_dtypes=False,
    check_batched_grad=False,
    check_fwd_over_rev=False,
    check_rev_over_rev=True,
    fast_mode=False,
    masked=False,
):
    """The same for second derivatives."""
    inputs = _as_tuple(inputs)
    _check_inputs(inputs)
    if grad_outputs is None:
        from .._random_creation import randn

        outputs = _differentiable(func(*inputs))
        grad_outputs = [randn(out.shape, dtype=out.dtype).requires_grad_() for out in outputs]
    grad_outputs = _as_tuple(grad_outputs)
    count = len(grad_outputs)

    def gradients(*args):
        values, given = args[:-count], args[-count:]
        wanted = [x for x in values if isinstance(x, Tensor) and x.requires_grad]
        outputs = _differentiable(func(*values))
        found = grad(outputs, wanted, list(given), create_graph=True, allow_unused=True)
        return tuple([g for g in found if g is not None])

    return gradcheck(
        gradients,
        (*inputs, *grad_outputs),
        eps=eps,
        atol=atol,
        rtol=rtol,
        raise_exception=raise_exception,
        nondet_tol=nondet_tol,
    )
