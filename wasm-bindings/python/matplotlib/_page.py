"""Where figures go: onto the page, in the order of show(), each redrawn in its place."""

import itertools
import time

#: Seconds between two drawings of a figure that a program keeps changing.
_PAUSE = 0.05

#: Open figures by their number, in the order of opening; the last of `_order` is the current one.
open_figures = {}
_order = []
_ids = itertools.count(1)
_state = {"interactive": False}


def begin_run():
    """A new program starts with no figures and the default settings."""
    from ._rc import rcdefaults

    open_figures.clear()
    _order.clear()
    _state["interactive"] = False
    rcdefaults()


def end_run():
    """Show what the program left open."""
    for figure in list(open_figures.values()):
        if figure.axes or figure.texts:
            _send(figure)
    open_figures.clear()
    _order.clear()


def is_interactive():
    return _state["interactive"]


def set_interactive(value):
    _state["interactive"] = bool(value)


def current():
    return open_figures[_order[-1]] if _order else None


def make_current(number):
    if number in _order:
        _order.remove(number)
    _order.append(number)


def add(figure, number):
    figure.number = number
    figure.canvas.manager.num = number
    open_figures[number] = figure
    make_current(number)


def close(number):
    open_figures.pop(number, None)
    if number in _order:
        _order.remove(number)


def show(figure, title=None):
    """Show one figure."""
    _send(figure, title)


def show_all(block=None):
    """Show all open figures; they are closed then, as a window is before the program goes on."""
    for figure in list(open_figures.values()):
        _send(figure)
    if block is False or (_state["interactive"] and block is None):
        return
    for figure in open_figures.values():
        # Drawn again it is another picture.
        figure._page_id = None
    open_figures.clear()
    _order.clear()


def redraw(figure):
    """Draw a figure again that is on the page or would be in a window; not too often."""
    if time.monotonic() - getattr(figure, "_drawn", -1.0) >= _PAUSE:
        _send(figure)


def _send(figure, title=None):
    from unroll import page

    from ._series import series_of

    if not page.connected():
        return
    if getattr(figure, "_page_id", None) is None:
        figure._page_id, figure._shown = f"matplotlib-{next(_ids)}", None
    animation, figure._animation = getattr(figure, "_animation", None), None
    if animation is not None:
        animation.play(lambda: _send(figure, title))
    words = title or figure.summary()
    svg = figure.to_svg(words)
    figure._drawn = time.monotonic()
    if svg != figure._shown:
        figure._shown = svg
        page.figure(svg, words, id=figure._page_id, data=series_of(figure))
