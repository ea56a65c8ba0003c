"""torch.profiler: programs that profile run; the measuring itself is not here."""

import enum

from .._missing import by_name, missing

_HINT = "time the program with time.perf_counter()"


class ProfilerActivity(enum.Enum):
    """What could be recorded."""

    CPU = 0
    CUDA = 2


class record_function:
    """A context that names a part of the program; nothing is recorded."""

    def __init__(self, name, args=None):
        self.name = name

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


class profile:
    """A context that runs the program as it is; asking for results raises by name.

    Limit: Runs the program; there are no figures to read.
    """

    def __init__(self, *_, **__):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    def start(self):
        """Nothing."""

    def stop(self):
        """Nothing."""

    def step(self):
        """Nothing."""

    def key_averages(self, *_, **__):
        """Not here: raises by name."""
        raise missing("torch.profiler.profile.key_averages", _HINT)

    def events(self):
        """Not here: raises by name."""
        raise missing("torch.profiler.profile.events", _HINT)

    def export_chrome_trace(self, path):
        """Not here: raises by name."""
        raise missing("torch.profiler.profile.export_chrome_trace", _HINT)


def schedule(*, wait, warmup, active, repeat=0, skip_first=0):
    """Takes the numbers; nothing is recorded."""
    return lambda step: None


def tensorboard_trace_handler(dir_name, worker_name=None, use_gzip=False):
    """Takes the folder; nothing is written."""
    return lambda prof: None


__getattr__ = by_name(__name__, "ExecutionTraceObserver ProfilerAction itt kineto_available")
