"""Finding the op whose backward fails or gives nan."""

import traceback
import warnings

from .. import _callbacks, _ops

_state = {"on": False, "check_nan": True}
#: Where each op was recorded, by its number in the order of recording.
_recorded = {}


def is_anomaly_enabled():
    """Whether backward looks for nan."""
    return _state["on"]


def is_anomaly_check_nan_enabled():
    """Whether nan counts as a failure."""
    return _state["check_nan"]


def _record(handle):
    stack = traceback.format_stack()
    while stack and "/torch/" in stack[-1].split("\n")[0]:
        stack.pop()
    _recorded[_ops.node_sequence(handle)] = "".join(stack)
    _ops.node_free(handle)


def _report(handle):
    name = _ops.node_name(handle)
    stack = _recorded.get(_ops.node_sequence(handle))
    _ops.node_free(handle)
    if stack is None:
        text = (
            f"Error detected in {name}. No forward pass information available. Enable detect "
            "anomaly during forward pass for more information."
        )
    else:
        text = (
            f"Error detected in {name}. Traceback of forward call that caused the error:\n{stack}"
        )
    warnings.warn(text, stacklevel=5)


def _switch(on, check_nan):
    if on and not _state["on"]:
        _recorded.clear()
    changed = on != _state["on"]
    _state.update(on=on, check_nan=check_nan)
    functions = (_callbacks.add(_record), _callbacks.add(_report)) if on else (0, 0)
    _ops.set_anomaly(on, check_nan, *functions)
    if changed and not on:
        _recorded.clear()


class set_detect_anomaly:
    """Switch the search for failing ops on or off; in a `with` block until its end."""

    def __init__(self, mode, check_nan=True):
        self.before = dict(_state)
        _switch(bool(mode), check_nan)

    def __enter__(self):
        pass

    def __exit__(self, *_):
        _switch(self.before["on"], self.before["check_nan"])


class detect_anomaly:
    """Within this block, backward names the op that fails or gives nan."""

    def __init__(self, check_nan=True):
        self.check_nan = check_nan
        warnings.warn(
            "Anomaly Detection has been enabled. This mode will increase the runtime and should "
            "only be enabled for debugging.",
            stacklevel=2,
        )

    def __enter__(self):
        self.before = dict(_state)
        _switch(True, self.check_nan)

    def __exit__(self, *_):
        _switch(self.before["on"], self.before["check_nan"])
