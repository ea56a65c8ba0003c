"""Calling a Module: forward, and the hooks before and after it and its gradients."""

from collections import OrderedDict
from functools import partial

from ..._hooks import RemovableHandle, add_hook
from ..._tensor import Tensor
from ..._warn import warn
from ...autograd.grad_mode import is_grad_enabled

__all__ = ["Calls", "GLOBAL", "RemovableHandle", "add_hook"]


class _Global:
    """Hooks of all modules."""

    def __init__(self):
        self.tables = {name: OrderedDict() for name in Calls._hook_tables}
        #: Whether there has ever been one: modules without hooks look no further.
        self.on = False
        self.full = None

    def add(self, name, hook, *flags):
        """Put a hook into the table of a name."""
        self.on = True
        return add_hook(self.tables[name], hook, *[(self.tables[t], v) for t, v in flags])


class Calls:
    """The part of Module that runs forward."""

    _hook_tables = (
        "_backward_pre_hooks",
        "_backward_hooks",
        "_forward_hooks",
        "_forward_hooks_with_kwargs",
        "_forward_hooks_always_called",
        "_forward_pre_hooks",
        "_forward_pre_hooks_with_kwargs",
    )
    _is_full_backward_hook = None

    def forward(self, *input):
        """Each subclass defines what it computes."""
        raise NotImplementedError(
            f'Module [{type(self).__name__}] is missing the required "forward" function'
        )

    def __call__(self, *args, **kwargs):
        if (
            self._forward_hooks
            or self._forward_pre_hooks
            or self._backward_hooks
            or self._backward_pre_hooks
            or GLOBAL.on
        ):
            return self._call_with_hooks(args, kwargs)
        return self.forward(*args, **kwargs)

    def _all(self, name):
        """The hooks of a table, those of all modules first, each with its number."""
        return [*GLOBAL.tables[name].items(), *getattr(self, name).items()]

    def _flagged(self, name, key):
        return key in getattr(self, name) or key in GLOBAL.tables[name]

    def _call_with_hooks(self, args, kwargs):
        called = set()
        result = None
        try:
            args, kwargs = self._run_pre_hooks(args, kwargs)
            backward = self._backward_hook()
            if backward is not None:
                args = backward.setup_input_hook(args)
            result = self.forward(*args, **kwargs)
            for key, hook in self._all("_forward_hooks"):
                called.add(key)
                changed = self._run_forward_hook(key, hook, args, kwargs, result)
                if changed is not None:
                    result = changed
            if backward is not None:
                if not isinstance(result, (Tensor, tuple)):
                    warn(
                        "For backward hooks to be called,"
                        " module output should be a Tensor or a tuple of Tensors"
                        f" but received {type(result)}"
                    )
                result = backward.setup_output_hook(result)
            self._hook_old_style(result)
            return result
        except Exception:
            for key, hook in self._all("_forward_hooks"):
                if key not in called and self._flagged("_forward_hooks_always_called", key):
                    try:
                        changed = self._run_forward_hook(key, hook, args, kwargs, result)
                        result = result if changed is None else changed
                    except Exception as error:
                        warn(
                            "module forward hook with ``always_call=True`` raised an exception "
                            f"that was silenced as another error was raised in forward: {error!s}"
                        )
            raise

    def _run_pre_hooks(self, args, kwargs):
        for key, hook in self._all("_forward_pre_hooks"):
            if self._flagged("_forward_pre_hooks_with_kwargs", key):
                changed = hook(self, args, kwargs)
                if changed is None:
                    continue
                if not (isinstance(changed, tuple) and len(changed) == 2):
                    raise RuntimeError(
                        "forward pre-hook must return None or a tuple of (new_args, "
                        f"new_kwargs), but got {changed}."
                    )
                args, kwargs = changed
            else:
                changed = hook(self, args)
                if changed is not None:
                    args = changed if isinstance(changed, tuple) else (changed,)
        return args, kwargs

    def _run_forward_hook(self, key, hook, args, kwargs, result):
        if self._flagged("_forward_hooks_with_kwargs", key):
            return hook(self, args, kwargs, result)
        return hook(self, args, result)

    def _backward_hook(self):
        """The object that hangs the full backward hooks around this call, or None."""
        full = []
        if GLOBAL.full is True:
            full += GLOBAL.tables["_backward_hooks"].values()
        if self._is_full_backward_hook is True:
            full += self._backward_hooks.values()
        before = [hook for _, hook in self._all("_backward_pre_hooks")]
        if not full and not before:
            return None
        from .backward_hook import BackwardHook

        return BackwardHook(self, full, before)

    def _hook_old_style(self, result):
        hooks = []
        if GLOBAL.full is False:
            hooks += GLOBAL.tables["_backward_hooks"].values()
        if self._is_full_backward_hook is False:
            hooks += self._backward_hooks.values()
        if not hooks or not is_grad_enabled():
            return
        while not isinstance(result, Tensor):
            values = result.values() if isinstance(result, dict) else result
            result = next(value for value in values if isinstance(value, Tensor))
        if result.grad_fn is not None:
            for hook in hooks:
                result.grad_fn.register_hook(partial(hook, self))

    def register_forward_hook(self, hook, *, prepend=False, with_kwargs=False, always_call=False):
        """Call hook(module, args, output) after forward; what it returns replaces the output.

        with_kwargs: hook(module, args, kwargs, output). always_call: also where forward raised.
        """
        flags = (
            (self._forward_hooks_with_kwargs, with_kwargs),
            (self._forward_hooks_always_called, always_call),
        )
        return add_hook(self._forward_hooks, hook, *flags, prepend=prepend)

    def register_forward_pre_hook(self, hook, *, prepend=False, with_kwargs=False):
        """Call hook(module, args) before forward; what it returns replaces the arguments."""
        flags = (self._forward_pre_hooks_with_kwargs, with_kwargs)
        return add_hook(self._forward_pre_hooks, hook, flags, prepend=prepend)

    def register_full_backward_hook(self, hook, prepend=False):
        """Call hook(module, grad_input, grad_output) when the gradients of the module's inputs are
        computed; what it returns replaces grad_input.
        """
        if self._is_full_backward_hook is False:
            raise RuntimeError(
                "Cannot use both regular backward hooks and full backward hooks on a "
                "single Module. Please use only one of them."
            )
        self._is_full_backward_hook = True
        return add_hook(self._backward_hooks, hook, prepend=prepend)

    def register_full_backward_pre_hook(self, hook, prepend=False):
        """Call hook(module, grad_output) before the module's gradients are computed; what it
        returns replaces grad_output.
        """
        return add_hook(self._backward_pre_hooks, hook, prepend=prepend)

    def register_backward_hook(self, hook):
        """The old form: hook(module, grad_input, grad_output) of the last op in forward."""
        if self._is_full_backward_hook is True:
            raise RuntimeError(
                "Cannot use both regular backward hooks and full backward hooks on a "
                "single Module. Please use only one of them."
            )
        self._is_full_backward_hook = False
        return add_hook(self._backward_hooks, hook)


GLOBAL = _Global()


def register_module_forward_hook(hook, *, with_kwargs=False, always_call=False):
    """Call hook(module, args, output) after forward of every module."""
    return GLOBAL.add(
        "_forward_hooks",
        hook,
        ("_forward_hooks_with_kwargs", with_kwargs),
        ("_forward_hooks_always_called", always_call),
    )


def register_module_forward_pre_hook(hook):
    """Call hook(module, args) before forward of every module."""
    return GLOBAL.add("_forward_pre_hooks", hook)


def register_module_full_backward_hook(hook):
    """Call hook(module, grad_input, grad_output) for every module."""
    if GLOBAL.full is False:
        raise RuntimeError(
            "Cannot use both regular backward hooks and full backward hooks as a "
            "global Module hook. Please use only one of them."
        )
    GLOBAL.full = True
    return GLOBAL.add("_backward_hooks", hook)


def register_module_full_backward_pre_hook(hook):
    """Call hook(module, grad_output) for every module."""
    return GLOBAL.add("_backward_pre_hooks", hook)


def register_module_backward_hook(hook):
    """The old form of register_module_full_backward_hook."""
    if GLOBAL.full is True:
        raise RuntimeError(
            "Cannot use both regular backward hooks and full backward hooks as a "
            "global Module hook. Please use only one of them."
        )
    GLOBAL.full = False
    return GLOBAL.add("_backward_hooks", hook)
