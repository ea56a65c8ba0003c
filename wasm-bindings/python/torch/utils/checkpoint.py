"""torch.utils.checkpoint: keep no intermediate values, compute them again in backward."""

import warnings
from contextlib import nullcontext

from .. import random
from .._tensor import Tensor
from ..autograd import backward as _backward
from ..autograd.function import Function
from ..autograd.grad_mode import enable_grad, no_grad
from ..autograd.graph import saved_tensors_hooks

__all__ = ["CheckpointError", "checkpoint", "checkpoint_sequential", "noop_context_fn"]


class CheckpointError(RuntimeError):
    """Forward was not the same the second time."""


def noop_context_fn():
    """Two contexts that do nothing, for forward and for its repetition."""
    return nullcontext(), nullcontext()


class _RngState:
    """The random streams as they were in forward."""

    def __init__(self, keep):
        self.state = random.get_rng_state() if keep else None

    def __enter__(self):
        if self.state is not None:
            self.before = random.get_rng_state()
            random.set_rng_state(self.state)

    def __exit__(self, *_):
        if self.state is not None:
            random.set_rng_state(self.before)


class CheckpointFunction(Function):
    """The reentrant way: a function whose backward runs forward again, and backward through it."""

    @staticmethod
    def forward(ctx, run_function, preserve_rng_state, *args):
        """Run the function without recording."""
        ctx.run_function = run_function
        ctx.rng = _RngState(preserve_rng_state)
        ctx.inputs = [None if isinstance(arg, Tensor) else arg for arg in args]
        ctx.places = [i for i, arg in enumerate(args) if isinstance(arg, Tensor)]
        ctx.save_for_backward(*[args[i] for i in ctx.places])
        with no_grad():
            return run_function(*args)

    @staticmethod
    def backward(ctx, *grads):
        """Run the function again, recording, and go back through it."""
        inputs = list(ctx.inputs)
        for place, tensor in zip(ctx.places, ctx.saved_tensors, strict=True):
            alone = tensor.detach()
            inputs[place] = alone.requires_grad_(tensor.requires_grad)
        with ctx.rng, enable_grad():
            outputs = ctx.run_function(*inputs)
        outputs = outputs if isinstance(outputs, tuple) else (outputs,)
        wanted = [
            (out, g)
            for out, g in zip(outputs, grads, strict=True)
            if isinstance(out, Tensor) and out.requires_grad
        ]
        if not wanted:
            raise RuntimeError(
                "none of output has requires_grad=True, this checkpoint() is not necessary"
            )
        _backward([out for out, _ in wanted], [g for _, g in wanted])
        return (None, None, *[x.grad if isinstance(x, Tensor) else None for x in inputs])


class _Kept:
    """What stands for one saved tensor; backward finds its value by it."""

    __slots__ = ("value", "__weakref__")


class _Frame:
    """One checkpointed call: the places of its saved tensors, and how to fill them again."""

    def __init__(self, again):
        self.again = again
        self.kept = []
        self.metadata = []

    def pack(self, tensor):
        """Keep a place, and no value."""
        kept = _Kept()
        self.kept.append(kept)
        self.metadata.append((tensor.shape, tensor.dtype))
        return kept

    def unpack(self, kept):
        """The value of a place; at the first need all are computed again."""
        if not hasattr(kept, "value"):
            self._fill()
        # A value is used once a backward; a second backward computes anew.
        value = kept.value
        del kept.value
        return value

    def _fill(self):
        values = []
        with saved_tensors_hooks(lambda tensor: values.append(tensor) or tensor, lambda x: x):
            self.again()
        if len(values) != len(self.kept):
            raise CheckpointError(
                "torch.utils.checkpoint: A different number of tensors was saved "
                "during the original forward and recomputation.\n"
                f"Number of tensors saved during forward: {len(self.kept)}\n"
                f"Number of tensors saved during recomputation: {len(values)}."
            )
        for i, (kept, value) in enumerate(zip(self.kept, values, strict=True)):
            if (value.shape, value.dtype) != self.metadata[i]:
                raise CheckpointError(
                    "torch.utils.checkpoint: Recomputed values for the following tensors "
                    "have different metadata than during the forward pass.\n"
                    f"tensor at position {i}:\nsaved metadata: {self.metadata[i]}\n"
                    f"recomputed metadata: {(value.shape, value.dtype)}"
                )
            kept.value = value.detach()


def checkpoint(
    function,
    *args,
    use_reentrant=None,
    context_fn=noop_context_fn,
    determinism_check="default",
    debug=False,
    **kwargs,
):
    """function(*args, **kwargs), whose intermediate values are computed again in backward."""
    if use_reentrant is None:
        warnings.warn(
            "torch.utils.checkpoint: the use_reentrant parameter should be passed explicitly. "
            "In version 2.5 we will raise an exception if use_reentrant is not passed. "
            "use_reentrant=False is recommended, but if you need to preserve the current default "
            "behavior, you can pass use_reentrant=True. Refer to docs for more "
            "details on the differences between the two variants.",
            stacklevel=2,
        )
        use_reentrant = True
    preserve = kwargs.pop("preserve_rng_state", True)
    if use_reentrant:
        if kwargs:
            raise ValueError("Unexpected keyword arguments: " + ",".join(kwargs))
        if context_fn is not noop_context_fn:
            raise ValueError(
                "Passing `context_fn` or `debug` is only supported when use_reentrant=False."
            )
        if not any(isinstance(arg, Tensor) and arg.requires_grad for arg in args):
            warnings.warn(
                "None of the inputs have requires_grad=True. Gradients will be None", stacklevel=2
            )
        return CheckpointFunction.apply(function, preserve, *args)
    forward_context, again_context = context_fn()
    rng = _RngState(preserve)

    def again():
        with rng, again_context, enable_grad():
            function(*args, **kwargs)

    frame = _Frame(again)
    with saved_tensors_hooks(frame.pack, frame.unpack), forward_context:
        return function(*args, **kwargs)


def checkpoint_sequential(functions, segments, input, use_reentrant=None, **kwargs):
    """A sequential model in `segments` parts, all but the last of them checkpointed."""
    if use_reentrant is None:
        warnings.warn(
            "torch.utils.checkpoint.checkpoint_sequential: the use_reentrant "
            "parameter should be passed explicitly. "
            "In version 2.5 we will raise an exception if use_reentrant "
            "is not passed. use_reentrant=False is "
            "recommended, but if you need to preserve the current default "
            "behavior, you can pass use_reentrant=True. Refer to docs for more "
            "details on the differences between the two variants.",
            stacklevel=2,
        )
        use_reentrant = True
    preserve = kwargs.pop("preserve_rng_state", True)
    if kwargs:
        raise ValueError("Unexpected keyword arguments: " + ",".join(kwargs))
    functions = list(functions.children()) if hasattr(functions, "children") else list(functions)
    size = len(functions) // segments

    def run(part):
        def forward(x):
            for function in part:
                x = function(x)
            return x

        return forward

    for start in range(0, size * (segments - 1), size):
        input = checkpoint(
            run(functions[start : start + size]),
            input,
            use_reentrant=use_reentrant,
            preserve_rng_state=preserve,
        )
    return run(functions[size * (segments - 1) :])(input)
