"""Settings that Python keeps in C, and how each is read and set again."""

import contextlib
import gc
import locale
import os
import signal
import sys
import time

_saved = []


def _environment():
    return dict(os.environ)


def _set_environment(wanted):
    if wanted == _environment():
        return
    for name in os.environ.keys() - wanted.keys():
        del os.environ[name]
    os.environ.update(wanted)
    time.tzset()


def _umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _handlers():
    return {number: signal.getsignal(number) for number in signal.valid_signals()}


def _set_handlers(wanted):
    for number, handler in wanted.items():
        if signal.getsignal(number) is not handler and number != signal.SIGINT:
            signal.signal(number, handler)


def _set_collector(is_on):
    (gc.enable if is_on else gc.disable)()


_ALL = (
    (sys.getrecursionlimit, sys.setrecursionlimit),
    (sys.gettrace, sys.settrace),
    (sys.getprofile, sys.setprofile),
    (sys.get_int_max_str_digits, sys.set_int_max_str_digits),
    (sys.getswitchinterval, sys.setswitchinterval),
    (sys.get_asyncgen_hooks, lambda hooks: sys.set_asyncgen_hooks(*hooks)),
    (sys.get_coroutine_origin_tracking_depth, sys.set_coroutine_origin_tracking_depth),
    (gc.isenabled, _set_collector),
    (gc.get_threshold, lambda numbers: gc.set_threshold(*numbers)),
    (gc.get_debug, gc.set_debug),
    (lambda: locale.setlocale(locale.LC_ALL), lambda name: locale.setlocale(locale.LC_ALL, name)),
    (_environment, _set_environment),
    (_umask, os.umask),
    (_handlers, _set_handlers),
)


def save():
    """Take the present settings for those of a new process."""
    _saved[:] = [(put, read()) for read, put in _ALL]


def restore():
    """Set them again."""
    for put, value in _saved:
        with contextlib.suppress(Exception):
            put(value)
    if decimal := sys.modules.get("decimal"):
        decimal.setcontext(decimal.Context())
