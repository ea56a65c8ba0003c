"""Switching the recording of ops off and on: as `with` blocks and as decorators."""

import functools
import inspect

from .. import _ops


class _Switch:
    """Sets whether ops are recorded, for a block or for each call of a function."""

    on = False

    def __init__(self):
        self.before = False

    def __enter__(self):
        self.before = _ops.grad_enabled()
        _ops.set_grad_enabled(self.on)

    def __exit__(self, *_):
        _ops.set_grad_enabled(self.before)

    def clone(self):
        """A switch of the same setting, for one more use."""
        return type(self)()

    def __call__(self, function):
        if inspect.isclass(function):
            raise TypeError(f"{type(self).__name__} cannot decorate a class")
        if inspect.isgeneratorfunction(function):
            return self._wrap_generator(function)

        @functools.wraps(function)
        def decorated(*args, **kwargs):
            with self.clone():
                return function(*args, **kwargs)

        return decorated

    def _wrap_generator(self, function):
        @functools.wraps(function)
        def decorated(*args, **kwargs):
            steps = function(*args, **kwargs)
            sent = None
            while True:
                with self.clone():
                    try:
                        item = steps.send(sent)
                    except StopIteration as stop:
                        return stop.value
                sent = yield item

        return decorated


class no_grad(_Switch):
    """Ops inside are not recorded."""

    def __new__(cls, function=None):
        made = super().__new__(cls)
        if function is None:
            return made
        made.__init__()
        return made(function)


class enable_grad(no_grad):
    """Ops inside are recorded, also within no_grad."""

    on = True


class set_grad_enabled(_Switch):
    """Switches recording at once; in a `with` block until its end."""

    def __init__(self, mode):
        self.before = _ops.grad_enabled()
        self.on = bool(mode)
        _ops.set_grad_enabled(self.on)

    def __enter__(self):
        _ops.set_grad_enabled(self.on)

    def clone(self):
        """A switch of the same setting, for one more use."""
        return set_grad_enabled(self.on)

    def __call__(self, function):
        _ops.set_grad_enabled(self.before)
        return super().__call__(function)


class inference_mode(_Switch):
    """As no_grad; `inference_mode(False)` as a plain block."""

    def __new__(cls, mode=True):
        if callable(mode):
            made = super().__new__(cls)
            made.__init__()
            return made(mode)
        return super().__new__(cls)

    def __init__(self, mode=True):
        super().__init__()
        self.mode = mode

    def __enter__(self):
        self.before = _ops.grad_enabled()
        if self.mode:
            _ops.set_grad_enabled(False)

    def clone(self):
        """A switch of the same setting, for one more use."""
        return inference_mode(self.mode)


def is_grad_enabled():
    """Whether ops are recorded now."""
    return _ops.grad_enabled()


def is_inference_mode_enabled():
    """Whether ops are not recorded now."""
    return not _ops.grad_enabled()
