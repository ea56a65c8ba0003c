"""Tables of hooks, and the handles that take a hook out of them."""

import weakref
from collections import OrderedDict


class RemovableHandle:
    """What registering a hook returns: `remove()` takes the hook away. Also a context manager."""

    next_id = 0

    def __init__(self, hooks_dict, *, extra_dict=None):
        self.id = RemovableHandle.next_id
        RemovableHandle.next_id += 1
        if extra_dict is None:
            extras = ()
        else:
            extras = [extra_dict] if isinstance(extra_dict, dict) else extra_dict
        self._tables = [weakref.ref(table) for table in (hooks_dict, *extras)]

    def remove(self):
        """Take the hook away."""
        for reference in self._tables:
            table = reference()
            if table is not None:
                table.pop(self.id, None)

    def __getstate__(self):
        return [reference() for reference in self._tables], self.id

    def __setstate__(self, state):
        tables, self.id = state
        lost = OrderedDict
        self._tables = [weakref.ref(lost() if table is None else table) for table in tables]
        RemovableHandle.next_id = max(RemovableHandle.next_id, self.id + 1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.remove()


RemovableHandle.__module__ = "torch.utils.hooks"


def add_hook(table, hook, *flags, prepend=False):
    """Put a hook into a table, and each (table, value) of `flags` under the same number; returns
    the handle that removes it.
    """
    handle = RemovableHandle(table, extra_dict=[where for where, _ in flags])
    table[handle.id] = hook
    for where, value in flags:
        if value:
            where[handle.id] = True
    if prepend:
        table.move_to_end(handle.id, last=False)
    return handle
