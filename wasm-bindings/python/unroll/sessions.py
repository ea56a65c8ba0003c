"""Programs that share a namespace and random numbers, as the cells of a notebook do."""

import random
import sys
import types

from unroll import clean_state

_sessions = {}
#: The session of the last program; None where it had a namespace of its own.
current = None

#: Names of the programs that ran in a session: functions of one may be called by another.
files = set()


class Session:
    """The `__main__` of some programs, and the settings that the last one left."""

    def __init__(self):
        self.main = types.ModuleType("__main__")
        self.settings = None
        #: What its programs changed in modules, while programs of others run.
        self.changes = []

    def resume(self):
        """Put back what the session's last program left; other programs may have run since."""
        clean_state.apply(self.changes)
        self.changes = []
        if self.settings is None:
            return
        import torch

        python, numbers, dtype, gradients, numpy = self.settings
        random.setstate(python)
        torch.set_rng_state(numbers)
        torch.set_default_dtype(dtype)
        torch.set_grad_enabled(gradients)
        if numpy is not None:
            sys.modules["numpy"].random.set_state(numpy)

    def pause(self):
        """Keep the settings for the session's next program."""
        import torch

        numpy = sys.modules.get("numpy.random")
        self.settings = (
            random.getstate(),
            torch.get_rng_state(),
            torch.get_default_dtype(),
            torch.is_grad_enabled(),
            numpy.get_state() if hasattr(numpy, "get_state") else None,
        )


def enter(name, fresh=False):
    """Make the session of this name the current one; None: the next program has none.

    It is a new one where there is none of this name or where it is to be `fresh`. What the last
    program changed is undone, unless the next one goes on from it.
    """
    global current
    if fresh and name in _sessions:
        _sessions.pop(name).main.__dict__.clear()
    following = _sessions.setdefault(name, Session()) if name else None
    if following and following is current:
        return
    changes = clean_state.restore()
    if current:
        current.changes = changes
    current = following


def holds(main):
    """Whether this `__main__` is a session's, to be kept."""
    return any(one.main is main for one in _sessions.values())
