"""torch.multiprocessing: a page runs one process; what needs more says so by name."""

from .._missing import by_name

_HINT = "a page runs one process: call the function directly"


def set_start_method(method, force=False):
    """Accepts any: there is one process."""


def get_start_method(allow_none=False):
    """ "spawn"."""
    return "spawn"


def set_sharing_strategy(new_strategy):
    """Accepts any: there is one process."""


def get_sharing_strategy():
    """ "file_system"."""
    return "file_system"


def get_all_sharing_strategies():
    """The one strategy."""
    return {"file_system"}


def cpu_count():
    """1."""
    return 1


_NAMES = (
    "Array Barrier Condition Event JoinableQueue Lock Manager Pipe Pool Process ProcessContext "
    "Queue RLock Semaphore SimpleQueue SpawnContext Value get_context spawn start_processes"
)

__getattr__ = by_name(__name__, "", dict.fromkeys(_NAMES.split(), _HINT))
