"""The bar: `tqdm` and `trange`."""

import contextlib
import os
import sys
import time
from numbers import Number
from weakref import WeakSet

from . import _meter
from .utils import cells, format_interval, format_num, format_sizeof, screen_size

__all__ = [
    "TqdmDeprecationWarning",
    "TqdmKeyError",
    "TqdmTypeError",
    "TqdmWarning",
    "tqdm",
    "trange",
]


class TqdmTypeError(TypeError):
    """An argument of a wrong type."""


class TqdmKeyError(KeyError):
    """An unknown option."""


class TqdmWarning(Warning):
    """A warning about a bar; it does not get into the bar's way."""

    def __init__(self, msg, fp_write=None, *args, **kwargs):
        if fp_write is not None:
            fp_write(f"\n{type(self).__name__}: {str(msg).rstrip()}\n")
        else:
            super().__init__(msg, *args, **kwargs)


class TqdmExperimentalWarning(TqdmWarning, FutureWarning):
    """A warning about what may change."""


class TqdmDeprecationWarning(TqdmWarning, DeprecationWarning):
    """A warning about what will go."""


class _Smoothed:
    """An exponential moving average that is right from its first value on."""

    def __init__(self, smoothing):
        self.alpha = smoothing
        self.last = 0
        self.calls = 0

    def __call__(self, value=None):
        beta = 1 - self.alpha
        if value is not None:
            self.last = self.alpha * value + beta * self.last
            self.calls += 1
        return self.last / (1 - beta**self.calls) if self.calls else self.last


class tqdm:
    """Iterate with a progress bar: `for x in tqdm(xs, desc="epoch")`, or by hand with `update()`.

    Arguments and their defaults are tqdm's own; `gui`, `lock_args`, `nrows` and `write_bytes` are
    taken and not used.
    """

    monitor_interval = 10
    monitor = None
    _instances = WeakSet()
    format_meter = staticmethod(_meter.format_meter)
    format_interval = staticmethod(format_interval)
    format_num = staticmethod(format_num)
    format_sizeof = staticmethod(format_sizeof)

    def __init__(
        self,
        iterable=None,
        desc=None,
        total=None,
        leave=True,
        file=None,
        ncols=None,
        mininterval=0.1,
        maxinterval=10.0,
        miniters=None,
        ascii=None,  # noqa: A002
        disable=False,
        unit="it",
        unit_scale=False,
        dynamic_ncols=False,
        smoothing=0.3,
        bar_format=None,
        initial=0,
        position=None,
        postfix=None,
        unit_divisor=1000,
        write_bytes=False,
        lock_args=None,
        nrows=None,
        colour=None,
        delay=0.0,
        gui=False,
        **kwargs,
    ):
        self.fp = file or sys.stderr
        if disable is None and not getattr(self.fp, "isatty", bool)():
            disable = True
        if total is None and iterable is not None:
            with contextlib.suppress(TypeError, AttributeError):
                total = len(iterable)
        self.iterable = iterable
        self.total = None if total == float("inf") else total
        self.disable = disable
        self.n = self.initial = initial
        self.pos = 0
        self.leave = leave
        if disable:
            return
        if kwargs:
            unknown = str(kwargs)
            raise (
                TqdmDeprecationWarning(f"`nested` is deprecated: {unknown}")
                if "nested" in kwargs
                else TqdmKeyError("Unknown argument(s): " + unknown)
            )
        self.desc = desc or ""
        self.mininterval = mininterval or 0
        self.maxinterval = maxinterval or 0
        self.dynamic_miniters = miniters is None
        self.miniters = miniters or 0
        self.ascii = _is_ascii_stream(self.fp) if ascii is None else ascii
        self.unit = unit
        self.unit_scale = unit_scale
        self.unit_divisor = unit_divisor
        self.smoothing = smoothing or 0
        self.bar_format = bar_format
        self.colour = colour
        self.delay = delay
        self.nrows = nrows
        self.dynamic_ncols = dynamic_ncols
        self.ncols = ncols if ncols is not None else _columns(self.fp)
        self._rate_n, self._rate_t = _Smoothed(self.smoothing), _Smoothed(self.smoothing)
        self._shown = 0
        self.postfix = None
        if postfix:
            try:
                self.set_postfix(refresh=False, **postfix)
            except TypeError:
                self.postfix = postfix
        taken = {-other.pos if position is None else None for other in tqdm._instances}
        self.pos = -position if position is not None else -_first_free(taken)
        tqdm._instances.add(self)
        self.last_print_n = initial
        self.last_print_t = self.start_t = self._time()
        if delay <= 0:
            self.refresh()
        self.last_print_t = self.start_t = self._time()

    @staticmethod
    def _time():
        return time.time()

    def __bool__(self):
        if self.total is not None:
            return self.total > 0
        if self.iterable is None:
            raise TypeError("bool() undefined when iterable == total == None")
        return bool(self.iterable)

    def __len__(self):
        if self.iterable is None:
            return self.total
        for size in ("__len__", "__length_hint__"):
            if hasattr(self.iterable, size):
                return getattr(self.iterable, size)()
        return getattr(self, "total", None)

    def __reversed__(self):
        original = self.iterable
        try:
            self.iterable = reversed(original)
            return self.__iter__()
        finally:
            self.iterable = original

    def __contains__(self, item):
        return (
            item in self.iterable if hasattr(self.iterable, "__contains__") else item in list(self)
        )

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        try:
            self.close()
        except AttributeError:
            if exc_type is None:
                raise

    def __del__(self):
        with contextlib.suppress(Exception):
            self.close()

    def __str__(self):
        return self.format_meter(**self.format_dict)

    def __repr__(self):
        return str(self)

    def __hash__(self):
        return id(self)

    def __eq__(self, other):
        return self is other

    def __iter__(self):
        iterable = self.iterable
        if self.disable:
            yield from iterable
            return
        n, now = self.n, self._time
        try:
            # A look at the clock costs more than a fast step, so it comes every few steps only:
            # up to 16, fewer once they take long.
            stride, check = 1, self.n + max(self.miniters, 1)
            for item in iterable:
                yield item
                n += 1
                if n >= check:
                    since = now() - self.last_print_t
                    if since >= self.mininterval and now() >= self.start_t + self.delay:
                        self.update(n - self.last_print_n)
                        n = self.n
                        stride = 1
                    elif self.dynamic_miniters and since * 16 < self.mininterval:
                        stride = min(stride * 2, 16)
                    check = n + max(self.miniters, stride)
        finally:
            self.n = n
            self.close()

    def update(self, n=1):
        """Count n more; draws when it is time. Returns whether it drew."""
        if self.disable:
            return None
        if n < 0:
            self.last_print_n += n
        self.n += n
        if self.n - self.last_print_n < self.miniters:
            return None
        now = self._time()
        passed = now - self.last_print_t
        if passed < self.mininterval or now < self.start_t + self.delay:
            return None
        done = self.n - self.last_print_n
        if self.smoothing and passed and done:
            self._rate_n(done)
            self._rate_t(passed)
        self.refresh()
        self.last_print_n, self.last_print_t = self.n, now
        return True

    def close(self):
        """Draw the last state, and leave the bar or clear it away."""
        if self.disable:
            return
        self.disable = True
        tqdm._instances.discard(self)
        if self.last_print_t < self.start_t + self.delay:
            return
        leave = self.pos == 0 if self.leave is None else self.leave
        if leave:
            # At the end the average over everything tells more than the last moments.
            self._rate_t = _Smoothed(self.smoothing)
            self.display(pos=0)
            self._write("\n")
        else:
            self.display(msg="", pos=self.pos)
            if not self.pos:
                self._write("\r")
        for other in list(tqdm._instances):
            if abs(other.pos) > abs(self.pos):
                other.clear()
                other.pos += 1

    def clear(self, nolock=False):
        """Wipe the bar off the screen for now."""
        if self.disable:
            return
        self._move(abs(self.pos))
        self._write("\r" + " " * self._shown + "\r")
        self._move(-abs(self.pos))
        self._shown = 0

    def refresh(self, nolock=False, lock_args=None):
        """Draw the bar now."""
        if not self.disable:
            self.display()
        return True

    def display(self, msg=None, pos=None):
        """Write a text, by default the bar's, at the bar's place."""
        place = abs(self.pos if pos is None else pos)
        text = str(self) if msg is None else msg
        self._move(place)
        width = cells(text)
        self._write("\r" + text + " " * max(self._shown - width, 0))
        self._shown = width
        self._move(-place)
        return True

    def unpause(self):
        """Do not count the time since the last drawing."""
        if not self.disable:
            now = self._time()
            self.start_t += now - self.last_print_t
            self.last_print_t = now

    def reset(self, total=None):
        """Start again from 0, perhaps with another total."""
        self.n = 0
        if total is not None:
            self.total = total
        if self.disable:
            return
        self.last_print_n = 0
        self.last_print_t = self.start_t = self._time()
        self._rate_n, self._rate_t = _Smoothed(self.smoothing), _Smoothed(self.smoothing)
        self.refresh()

    def set_description(self, desc=None, refresh=True):
        """Write the text and a colon in front of the bar."""
        self.desc = desc + ": " if desc else ""
        if refresh:
            self.refresh()

    def set_description_str(self, desc=None, refresh=True):
        """Write the text in front of the bar as it is."""
        self.desc = desc or ""
        if refresh:
            self.refresh()

    def set_postfix(self, ordered_dict=None, refresh=True, **kwargs):
        """Show further values: `set_postfix(loss=0.25)` or a dict; numbers are shortened."""
        values = {**(ordered_dict or {}), **{key: kwargs[key] for key in sorted(kwargs)}}
        self.set_postfix_str(
            ", ".join(f"{k}={_short(v).strip()}" for k, v in values.items()), refresh
        )

    def set_postfix_str(self, s="", refresh=True):
        """Write the text behind the bar as it is."""
        self.postfix = str(s)
        if refresh:
            self.refresh()

    def moveto(self, n):
        """Move the cursor by n lines."""
        self._move(n)

    @property
    def format_dict(self):
        """What `format_meter` draws from."""
        if self.disable and not hasattr(self, "unit"):
            names = ("n", "total", "elapsed", "unit")
            return dict.fromkeys(names, 0) | {"n": self.n, "total": self.total, "unit": "it"}
        if self.dynamic_ncols:
            self.ncols = screen_size(self.fp)[0]
        dt = self._rate_t()
        return {
            "n": self.n,
            "total": self.total,
            "elapsed": self._time() - self.start_t if hasattr(self, "start_t") else 0,
            "ncols": self.ncols,
            "nrows": self.nrows,
            "prefix": self.desc,
            "ascii": self.ascii,
            "unit": self.unit,
            "unit_scale": self.unit_scale,
            "rate": self._rate_n() / dt if dt else None,
            "bar_format": self.bar_format,
            "postfix": self.postfix,
            "unit_divisor": self.unit_divisor,
            "initial": self.initial,
            "colour": self.colour,
        }

    def _write(self, text):
        self.fp.write(text)
        if flush := getattr(self.fp, "flush", None):
            flush()

    def _move(self, lines):
        if lines:
            self._write("\n" * lines + "\x1b[A" * -lines)

    @classmethod
    def write(cls, s, file=None, end="\n", nolock=False):
        """Print a line above the bars."""
        out = file if file is not None else sys.stdout
        with cls.external_write_mode(file=out):
            out.write(s)
            out.write(end)

    @classmethod
    @contextlib.contextmanager
    def external_write_mode(cls, file=None, nolock=False):
        """Take the bars away while something else is written to the same screen."""
        out = file if file is not None else sys.stdout
        screen = (sys.stdout, sys.stderr)
        hidden = [
            bar for bar in cls._instances if bar.fp is out or (out in screen and bar.fp in screen)
        ]
        for bar in hidden:
            bar.clear()
        try:
            yield
            if flush := getattr(out, "flush", None):
                flush()
        finally:
            for bar in hidden:
                bar.refresh()

    @classmethod
    def set_lock(cls, lock):
        """Make this the lock that get_lock() gives."""
        cls._lock = lock

    @classmethod
    def get_lock(cls):
        """The lock of set_lock(), else a context that locks nothing."""
        return cls.__dict__.get("_lock") or contextlib.nullcontext()

    @classmethod
    def pandas(cls, **tqdm_kwargs):
        """`progress_apply` for pandas, where pandas is loaded."""
        from pandas import DataFrame, Series

        def progress_apply(data, func, *args, **kwargs):
            size = len(data) if data.ndim == 1 or not kwargs.get("axis") else data.shape[0]
            with cls(total=size, **tqdm_kwargs) as bar:

                def counted(*inner_args, **inner_kwargs):
                    bar.update()
                    return func(*inner_args, **inner_kwargs)

                return data.apply(counted, *args, **kwargs)

        Series.progress_apply = DataFrame.progress_apply = progress_apply

    @classmethod
    def wrapattr(cls, stream, method, total=None, bytes=True, **tqdm_kwargs):  # noqa: A002
        """Raises NotImplementedError: call update() by hand."""
        raise NotImplementedError("tqdm.wrapattr is not part of Unroll; call update() by hand")


def trange(*args, **kwargs):
    """tqdm(range(*args), **kwargs)."""
    return tqdm(range(*args), **kwargs)


def _first_free(taken):
    place = 0
    while place in taken:
        place += 1
    return place


def _columns(stream):
    asked = os.environ.get("COLUMNS", "")
    columns = screen_size(stream)[0]
    return int(asked) if columns is None and asked.isdigit() else columns


def _is_ascii_stream(stream):
    encoding = getattr(stream, "encoding", None) or ""
    return not encoding.lower().startswith(("u", "cp65001"))


def _short(value):
    if isinstance(value, Number):
        return format_num(value)
    return str(value)
