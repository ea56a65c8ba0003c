"""What the optimizers of this package share: the loop over groups and parameters."""

from .. import _ops
from ..autograd.grad_mode import enable_grad, no_grad
from .optimizer import Optimizer, scalar


class Steps(Optimizer):
    """An optimizer that steps one parameter at a time.

    A subclass defines `_start(state, param, group)`, which makes the state of a parameter, and
    `_change(param, grad, state, group)`, which takes one step of it; or `_update(group, params)`,
    which then calls only ops of the engine that never record.
    """

    def step(self, closure=None):
        """Change the parameters by their gradients; closure computes the loss anew, and is
        returned.
        """
        loss = None
        if closure is not None:
            with enable_grad():
                loss = closure()
        for group in self.param_groups:
            params = [param for param in group["params"] if _ops.has_grad(param)]
            if params:
                self._update(group, params)
        return loss

    @no_grad()
    def _update(self, group, params):
        for param in params:
            state = self.state[param]
            if not state:
                state["step"] = scalar(0.0)
                self._start(state, param, group)
            _ops.add_(state["step"], 1, 1)
            grad = param.grad
            if group["maximize"]:
                grad = -grad
            decay = group.get("weight_decay", 0)
            if decay and group.get("decoupled_weight_decay"):
                param.mul_(1 - float(group["lr"]) * decay)
            elif decay and self._decays_gradient:
                grad = grad.add(param, alpha=decay)
            self._change(param, grad, state, group)

    #: Whether weight decay adds to the gradient.
    _decays_gradient = True

    def _start(self, state, param, group):
        raise NotImplementedError

    def _change(self, param, grad, state, group):
        raise NotImplementedError


def zeros_like(param):
    """Zeros in the shape of a parameter."""
    return _ops.full(param.shape, 0, param.dtype)
