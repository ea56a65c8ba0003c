"""Dates on an axis: days since 1970-01-01."""

import datetime

from ._formatters import Formatter
from ._values import array, date_number, plain
from .ticker import Locator, MaxNLocator

MO, TU, WE, TH, FR, SA, SU = range(7)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
_EPOCH = datetime.datetime(1970, 1, 1)
_UNITS = ("year", "month", "day", "hour", "minute", "second")


def date2num(d):
    """Days since 1970-01-01 of a date, or of each of many."""
    values = plain(d)
    if isinstance(values, list):
        return array([date_number(value) for value in values])
    return date_number(values)


def num2date(x, tz=None):
    """The date of a number of days, or of each of many."""
    values = plain(x)
    if isinstance(values, list):
        return [num2date(value) for value in values]
    return (_EPOCH + datetime.timedelta(days=float(values))).replace(tzinfo=datetime.UTC)


def datestr2num(d, default=None):
    return date2num(datetime.datetime.fromisoformat(d))


def _date(value):
    return num2date(value).replace(tzinfo=None)


class DateFormatter(Formatter):
    """Dates as strftime writes them."""

    def __init__(self, fmt, tz=None, *, usetex=None):
        self.fmt = fmt

    def __call__(self, x, pos=0):
        return _date(x).strftime(self.fmt)


class _Steps(Locator):
    """Ticks at every so many years, months, days, …"""

    unit = "day"

    def __init__(self, interval=1, **kwargs):
        self.interval = interval

    def tick_values(self, vmin, vmax):
        return _steps(_date(vmin), _date(vmax), self.unit, self.interval)


def _steps(start, end, unit, interval):
    found = []
    if unit in ("year", "month"):
        months = 12 * interval if unit == "year" else interval
        at = start.year * 12 + (0 if unit == "year" else start.month - 1)
        at -= at % (12 * interval if unit == "year" else interval)
        while len(found) < 1000:
            moment = datetime.datetime(at // 12, at % 12 + 1, 1)
            found.append(date_number(moment))
            if moment > end:
                return found
            at += months
        return found
    if unit == "day":
        at = datetime.datetime(start.year, start.month, 1)
        while at <= end and len(found) < 1000:
            if (at.day - 1) % interval == 0 and not (interval > 1 and at.day > 31 - interval / 2):
                found.append(date_number(at))
            at += datetime.timedelta(days=1)
        return found
    seconds = {"week": 604800, "hour": 3600, "minute": 60, "second": 1}[unit] * interval
    first = (start - _EPOCH).total_seconds() // seconds * seconds
    last = (end - _EPOCH).total_seconds()
    while first <= last and len(found) < 1000:
        found.append(first / 86400)
        first += seconds
    return found


class DayLocator(_Steps):
    def __init__(self, bymonthday=None, interval=1, tz=None):
        self.interval = interval


class WeekdayLocator(_Steps):
    def __init__(self, byweekday=1, interval=1, tz=None):
        self.byweekday, self.interval = byweekday, interval

    def tick_values(self, vmin, vmax):
        days = _steps(_date(vmin), _date(vmax), "day", 1)
        wanted = self.byweekday if isinstance(self.byweekday, (list, tuple)) else [self.byweekday]
        return [day for day in days if _date(day).weekday() in wanted][:: self.interval]


class MonthLocator(_Steps):
    unit = "month"

    def __init__(self, bymonth=None, bymonthday=1, interval=1, tz=None):
        self.bymonth, self.interval = bymonth, interval

    def tick_values(self, vmin, vmax):
        found = _steps(_date(vmin), _date(vmax), "month", self.interval)
        wanted = plain(self.bymonth)
        if wanted is None:
            return found
        wanted = wanted if isinstance(wanted, list) else [wanted]
        return [month for month in found if _date(month).month in wanted]


class YearLocator(_Steps):
    unit = "year"

    def __init__(self, base=1, month=1, day=1, tz=None):
        self.interval = base


class HourLocator(_Steps):
    unit = "hour"

    def __init__(self, byhour=None, interval=1, tz=None):
        self.interval = interval


class MinuteLocator(_Steps):
    unit = "minute"

    def __init__(self, byminute=None, interval=1, tz=None):
        self.interval = interval


class SecondLocator(_Steps):
    unit = "second"

    def __init__(self, bysecond=None, interval=1, tz=None):
        self.interval = interval


_CHOICES = {
    "year": (366, [1, 2, 4, 5, 10, 20, 40, 50, 100, 200, 400, 500, 1000]),
    "month": (30.5, [1, 2, 3, 4, 6]),
    "day": (1, [1, 2, 3, 7, 14, 21]),
    "hour": (1 / 24, [1, 2, 3, 4, 6, 12]),
    "minute": (1 / 1440, [1, 5, 10, 15, 30]),
    "second": (1 / 86400, [1, 5, 10, 15, 30]),
}
_MOST = {"year": 11, "month": 12, "day": 11, "hour": 12, "minute": 11, "second": 11}


class AutoDateLocator(Locator):
    """Ticks at years, months, days, … whichever come at least five times in view."""

    def __init__(self, tz=None, minticks=5, maxticks=None, interval_multiples=True):
        self.minticks = minticks
        self.unit = "day"

    def tick_values(self, vmin, vmax):
        for unit, (days, intervals) in _CHOICES.items():
            count = (vmax - vmin) / days
            if count >= self.minticks or unit == "second":
                self.unit = unit
                most = _MOST[unit]
                step = next((i for i in intervals if count <= i * (most - 1)), intervals[-1])
                if count < 2:
                    break
                return _steps(_date(vmin), _date(vmax), unit, step)
        return MaxNLocator(7).tick_values(vmin, vmax)

    def nonsingular(self, vmin, vmax):
        if vmin > vmax:
            vmin, vmax = vmax, vmin
        if not (vmin > -1e7 and vmax < 1e7):
            return 0.0, 1.0
        return (vmin - 2, vmax + 2) if vmin == vmax else (vmin, vmax)


class AutoDateFormatter(Formatter):
    """Dates as short as the steps between ticks allow."""

    _FORMATS = {
        "year": "%Y",
        "month": "%Y-%m",
        "day": "%Y-%m-%d",
        "hour": "%m-%d %H",
        "minute": "%d %H:%M",
        "second": "%H:%M:%S",
    }

    def __init__(self, locator, tz=None, defaultfmt="%Y-%m-%d", *, usetex=None):
        self.locator = locator

    def __call__(self, x, pos=None):
        return _date(x).strftime(self._FORMATS[getattr(self.locator, "unit", "day")])


class ConciseDateFormatter(AutoDateFormatter):
    _FORMATS = {
        "year": "%Y",
        "month": "%b",
        "day": "%d",
        "hour": "%H:%M",
        "minute": "%H:%M",
        "second": "%H:%M:%S",
    }


__all__ = ["AutoDateFormatter", "AutoDateLocator", "DateFormatter", "date2num", "num2date"]
