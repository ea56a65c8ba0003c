"""Backward hooks of a Module: two functions that change nothing, one around its inputs and one
around its outputs, whose gradients the hooks see.
"""

from ..._tensor import Tensor
from ...autograd.function import Function
from ...autograd.grad_mode import is_grad_enabled


class BackwardHookFunction(Function):
    """Gives its arguments back."""

    @staticmethod
    def forward(ctx, *args):
        """The arguments."""
        ctx.mark_non_differentiable(*[arg for arg in args if not arg.requires_grad])
        return args

    @staticmethod
    def backward(ctx, *grads):
        """The gradients."""
        return grads


def _as_tuple(value):
    return value if isinstance(value, tuple) else (value,)


class BackwardHook:
    """The backward hooks of one call of a module."""

    def __init__(self, module, hooks, pre_hooks):
        self.module = module
        self.hooks = list(hooks)
        self.pre_hooks = list(pre_hooks)
        self.grad_outputs = None
        self.inputs = self.outputs = None
        self.n_inputs = self.n_outputs = -1

    def setup_input_hook(self, args):
        """The arguments of forward, with the hook on their gradients."""
        self.n_inputs = len(args)
        made, self.inputs = self._wrapped(
            args, lambda node: node.register_hook(self._when_inputs_are_done)
        )
        return made

    def setup_output_hook(self, result):
        """The result of forward, with the hook on its gradients."""
        outputs = _as_tuple(result)
        self.n_outputs = len(outputs)
        made, self.outputs = self._wrapped(
            outputs, lambda node: node.register_prehook(self._when_outputs_arrive)
        )
        return made if isinstance(result, tuple) else made[0]

    def _wrapped(self, values, register):
        """The values, tensors passed through the function; and the places of the tensors."""
        places = [i for i, value in enumerate(values) if isinstance(value, Tensor)]
        tensors = [values[i] for i in places]
        if not is_grad_enabled() or not any(tensor.requires_grad for tensor in tensors):
            return values, None
        made = BackwardHookFunction.apply(*tensors)
        register(next(tensor.grad_fn for tensor in made if tensor.grad_fn is not None))
        values = list(values)
        for place, tensor in zip(places, made, strict=True):
            values[place] = tensor
        return tuple(values), places

    @staticmethod
    def _spread(places, grads, count):
        """The gradients at their places among all arguments."""
        spread = [None] * count
        for place, grad in zip(places, grads, strict=True):
            spread[place] = grad
        return tuple(spread)

    def _when_inputs_are_done(self, grad_inputs, _):
        if self.grad_outputs is None:
            # A pre-hook alone needs nothing here.
            if not self.hooks:
                return None
            raise RuntimeError(
                "Module backward hook for grad_input is called before "
                "the grad_output one. This happens because the gradient "
                "in your nn.Module flows to the Module's input without "
                "passing through the Module's output. Make sure that the "
                "output depends on the input and that the loss is computed "
                "based on the output."
            )
        grads = self._spread(self.inputs, grad_inputs, self.n_inputs)
        for hook in self.hooks:
            changed = hook(self.module, grads, self.grad_outputs)
            if changed is None:
                continue
            changed = _as_tuple(changed)
            if len(changed) != len(grads):
                raise RuntimeError(
                    "Backward hook returned an invalid number of grad_input, "
                    f"got {len(changed)}, but expected {len(grads)}"
                )
            grads = changed
        self.grad_outputs = None
        return tuple([grads[place] for place in self.inputs])

    def _when_outputs_arrive(self, grad_outputs):
        grads = self._spread(self.outputs, grad_outputs, self.n_outputs)
        for hook in self.pre_hooks:
            changed = hook(self.module, grads)
            if changed is None:
                continue
            changed = _as_tuple(changed)
            if len(changed) != len(grads):
                raise RuntimeError(
                    "Backward pre hook returned an invalid number of grad_output, "
                    f"got {len(changed)}, but expected {len(grads)}"
                )
            grads = changed
        self.grad_outputs = grads
        if self.inputs is None:
            self._without_inputs(grads)
        return tuple([grads[place] for place in self.outputs])

    def _without_inputs(self, grads):
        for hook in self.hooks:
            changed = hook(self.module, (None,) * self.n_inputs, grads)
            nothing = isinstance(changed, tuple) and all(one is None for one in changed)
            if changed is not None and not nothing:
                raise RuntimeError(
                    "Backward hook for Modules where no input requires "
                    "gradient should always return None or None for all gradients."
                )
        self.grad_outputs = None
