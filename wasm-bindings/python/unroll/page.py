"""What a program shows on the page besides text: figures, and values for the live plot.

The panel's worker calls `connect`; without it (Node, a plain Pyodide) all of this does nothing.
"""

import contextlib
import itertools
import json
import math
import sys
import time

_POSTS_A_SECOND = 20
_BURST = 10
#: Series of a figure, and values of each, that its table gets.
_MOST_SERIES = 40
_MOST_VALUES = 2000

_page = None
_points = []
_steps = itertools.count()
_tokens = _BURST
_refilled = 0.0


def connect(page):
    """Give what follows to `page`, an object with `figure(id, svg, title)` and `scalars(json)`."""
    global _page
    _page = page


def connected():
    """Whether a page shows what this module is given."""
    return _page is not None


def figure(svg, title="", id=None, data=None):
    """Show a picture in the output, where the program's text stands now.

    svg: the whole `<svg>` element as text, with a viewBox. Scripts, style sheets and addresses
    outside of it are taken out. For ink that reads on light and dark pages use `currentColor`, for
    the paper `var(--unroll-paper, #fff)`.
    title: what it shows, for those who cannot see it.
    data: what it is drawn from, for a table: a list of {"name": …, "x": […], "y": […]}; long ones
    are thinned out.
    id: a picture with the same id in the same run is replaced where it is.
    """
    if _page is None:
        return
    flush()
    with contextlib.suppress(AttributeError, ValueError):
        sys.stdout.flush()
    series = json.dumps([_thin(one) for one in data[:_MOST_SERIES]]) if data else None
    more = [series] if series else []
    _page.figure(None if id is None else str(id), str(svg), str(title), *more)


def scalar(tag, step, value):
    """Add the point (step, value) to the line `tag` of the live plot.

    `train/loss` and `val/loss` are lines of their own; tags that share what stands before the last
    slash share a chart.
    """
    if _page is None:
        return
    _points.append((str(tag), _finite(step), _finite(value)))
    if _may_post():
        flush()


def log(values=None, /, *, step=None, **named):
    """Add values to the live plot: `unroll.log(loss=loss.item(), accuracy=0.9)`.

    values: a dict for names that are no identifiers, such as `{"loss/train": 0.3}`.
    step: where on the x axis; without it calls are counted from 0. Tensors of one element are taken
    as numbers.
    """
    at = next(_steps) if step is None else step
    for tag, value in {**(values or {}), **named}.items():
        scalar(tag, at, value)


def begin():
    """Forget what the last program left: called before each run."""
    global _steps
    _points.clear()
    _steps = itertools.count()


def flush():
    """Send the points that wait: called at the end of each run."""
    if not _points or _page is None:
        return
    _page.scalars(json.dumps(_points))
    _points.clear()


def _thin(series):
    """A series with as many values as a table takes, and as numbers or words."""
    step = -(-len(series["x"]) // _MOST_VALUES) or 1
    x, y = ([_cell(value) for value in series[axis][::step]] for axis in "xy")
    return {"name": str(series["name"]), "x": x, "y": y}


def _cell(value):
    try:
        return _finite(value)
    except (TypeError, ValueError):
        return str(value)


def _may_post():
    """Whether a post now keeps to the rate: a page that draws more often than it can shows less."""
    global _tokens, _refilled
    now = time.monotonic()
    _tokens = min(_BURST, _tokens + (now - _refilled) * _POSTS_A_SECOND)
    _refilled = now
    if _tokens < 1:
        return False
    _tokens -= 1
    return True


def _finite(number):
    """A number that JSON can hold; None stands for a gap in the line."""
    number = float(number)
    return number if math.isfinite(number) else None
