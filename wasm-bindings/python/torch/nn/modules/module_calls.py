"""Calling a Module: forward, and the hooks before and after it."""

import itertools
import weakref

from ..._missing import missing

_ids = itertools.count()


class RemovableHandle:
    """What registering a hook returns: `remove()` takes the hook away. Also a context manager."""

    def __init__(self, *tables):
        self.id = next(_ids)
        self._tables = [weakref.ref(table) for table in tables]

    def remove(self):
        """Take the hook away."""
        for reference in self._tables:
            table = reference()
            if table is not None:
                table.pop(self.id, None)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.remove()


def add_hook(table, hook, *more, prepend=False):
    """Put a hook into a table, its flags into more; returns the handle that removes it."""
    handle = RemovableHandle(table, *[flags for flags, _ in more])
    table[handle.id] = hook
    for flags, value in more:
        if value:
            flags[handle.id] = True
    if prepend:
        table.move_to_end(handle.id, last=False)
    return handle


class Calls:
    """The part of Module that runs forward."""

    _hook_tables = (
        "_backward_hooks",
        "_forward_hooks",
        "_forward_hooks_with_kwargs",
        "_forward_hooks_always_called",
        "_forward_pre_hooks",
        "_forward_pre_hooks_with_kwargs",
    )

    def forward(self, *input):
        """Each subclass defines what it computes."""
        raise NotImplementedError(
            f'Module [{type(self).__name__}] is missing the required "forward" function'
        )

    def __call__(self, *args, **kwargs):
        if self._backward_hooks or self._forward_hooks or self._forward_pre_hooks:
            return self._call_with_hooks(args, kwargs)
        return self.forward(*args, **kwargs)

    def _call_with_hooks(self, args, kwargs):
        for key, hook in list(self._forward_pre_hooks.items()):
            if key in self._forward_pre_hooks_with_kwargs:
                changed = hook(self, args, kwargs)
                if changed is not None:
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
        result = self.forward(*args, **kwargs)
        for key, hook in list(self._forward_hooks.items()):
            with_kwargs = key in self._forward_hooks_with_kwargs
            changed = hook(self, args, kwargs, result) if with_kwargs else hook(self, args, result)
            if changed is not None:
                result = changed
        return result

    def register_forward_hook(self, hook, *, prepend=False, with_kwargs=False, always_call=False):
        """Call hook(module, args, output) after forward; what it returns replaces the output."""
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
        """Not here."""
        raise missing(
            "torch.nn.Module.register_full_backward_hook",
            "read gradients from .grad after backward()",
        )

    register_backward_hook = register_full_backward_hook
    register_full_backward_pre_hook = register_full_backward_hook
