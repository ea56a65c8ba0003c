"""Hooks on tensors: called with a gradient when it is computed, or when a leaf has taken it."""

import weakref
from collections import OrderedDict

from .. import _callbacks, _ops
from .._hooks import add_hook
from .._tensor import Tensor, wrap
from .graph import answer


class _Hooks:
    """Calls the hooks of a table with a gradient, one after the other."""

    def __init__(self, table):
        self.table = table

    def __call__(self, handle):
        grad = given = wrap(handle)
        for hook in list(self.table.values()):
            changed = hook(grad)
            if changed is not None:
                _check(hook, grad, changed)
                grad = changed
        answer([] if grad is given else [grad])


def _check(hook, grad, changed):
    if not isinstance(changed, Tensor):
        raise TypeError(f"expected Variable, but hook returned '{type(changed).__name__}'")
    name = getattr(hook, "__name__", None)
    name = f"'{name}'" if isinstance(name, str) else "<unknown>"
    if changed.dtype is not grad.dtype:
        raise RuntimeError(
            f"hook {name} has changed the type of value (was {grad.type()} got {changed.type()})"
        )
    if changed.shape != grad.shape:
        raise RuntimeError(f"hook {name} has changed the size of value")


class _LeafHooks(_Hooks):
    """The same for a leaf, whose hooks its Python object owns: a hook that knows its tensor would
    otherwise keep it for ever.
    """

    def __init__(self, tensor):
        self._tensor = weakref.ref(tensor)

    @property
    def table(self):
        tensor = self._tensor()
        return {} if tensor is None else tensor._backward_hooks


def register_hook(self, hook):
    """Call hook(grad) each time a gradient of this tensor is computed; what it returns replaces
    the gradient. Returns a handle with `remove()`.
    """
    if not self.requires_grad:
        raise RuntimeError("cannot register a hook on a tensor that doesn't require gradient")
    leaf = self.is_leaf
    node = None if leaf else self.grad_fn
    table = self._backward_hooks
    # A tensor that was written in place has a new place in the graph, whose hooks are its own.
    if table is None or self._hooked_node() is not node:
        table = self._backward_hooks = OrderedDict()
        if node is not None:
            self._hooked_node = weakref.ref(node)
        _ops.tensor_hook(self, _callbacks.add(_LeafHooks(self) if leaf else _Hooks(table)))
    return add_hook(table, hook)


class _Accumulated:
    def __init__(self, tensor):
        self.tensor = weakref.ref(tensor)

    def __call__(self):
        tensor = self.tensor()
        if tensor is not None:
            for hook in list(tensor._post_accumulate_grad_hooks.values()):
                if hook(tensor) is not None:
                    raise RuntimeError("Tensor post accumulate grad hooks should return None.")


def register_post_accumulate_grad_hook(self, hook):
    """Call hook(tensor) each time this leaf has taken a gradient into `grad`."""
    if not self.requires_grad:
        raise RuntimeError("cannot register a hook on a tensor that doesn't require gradient")
    if not self.is_leaf:
        raise RuntimeError("post accumulate grad hooks cannot be registered on non-leaf tensors")
    if self._post_accumulate_grad_hooks is None:
        self._post_accumulate_grad_hooks = OrderedDict()
        _ops.accumulated_hook(self, _callbacks.add(_Accumulated(self)))
    return add_hook(self._post_accumulate_grad_hooks, hook)


class _MultiHandle:
    def __init__(self, handles):
        self.handles = tuple(handles)

    def remove(self):
        """Take the hooks away."""
        for handle in self.handles:
            handle.remove()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.remove()


def register_multi_grad_hook(tensors, fn, *, mode="all"):
    """Call fn(grads) when the gradients of all tensors are there, or fn(grad) at the first of them
    (mode "any").
    """
    if mode not in ("all", "any"):
        raise ValueError(f"Expects mode to be one of ('all', 'any') but got {mode}")
    grads = [None] * len(tensors)
    waiting = len(tensors)

    def arrived(i):
        def hook(grad):
            nonlocal waiting
            if mode == "any":
                if waiting == len(tensors):
                    fn(grad)
                waiting -= 1
            else:
                grads[i] = grad
                waiting -= 1
                if waiting == 0:
                    fn(list(grads))
            if waiting == 0:
                grads[:] = [None] * len(tensors)
                waiting = len(tensors)

        return hook

    return _MultiHandle([tensor.register_hook(arrived(i)) for i, tensor in enumerate(tensors)])


Tensor.register_hook = register_hook
Tensor.register_post_accumulate_grad_hook = register_post_accumulate_grad_hook
Tensor._backward_hooks = None
Tensor._post_accumulate_grad_hooks = None
Tensor._hooked_node = staticmethod(lambda: None)
