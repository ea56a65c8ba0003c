"""A backend for the real matplotlib: its figures go where those of the small one go, as SVG.

Used where the real package is loaded: MPLBACKEND names this module.
"""

import io
import itertools
import time

from matplotlib import _pylab_helpers, is_interactive, rc_context
from matplotlib.backend_bases import FigureManagerBase, _Backend
from matplotlib.backends.backend_agg import FigureCanvasAgg

from . import page

_ids = itertools.count(1)


class FigureManager(FigureManagerBase):
    """Shows its figure on the page, each time in the same place."""

    def __init__(self, canvas, num):
        super().__init__(canvas, num)
        self._id = f"matplotlib-real-{next(_ids)}"

    def show(self):
        if not page.connected():
            return
        file = io.StringIO()
        with rc_context({"svg.fonttype": "none"}):
            self.canvas.figure.savefig(file, format="svg")
        text = file.getvalue()
        page.figure(text[text.index("<svg") :], _words(self.canvas.figure), id=self._id)

    @classmethod
    def pyplot_show(cls, *, block=None):
        """Show all open figures; they are closed then unless the program is interactive."""
        for manager in _pylab_helpers.Gcf.get_all_fig_managers():
            manager.show()
        if block is not False and not is_interactive():
            _pylab_helpers.Gcf.destroy_all()


class FigureCanvas(FigureCanvasAgg):
    manager_class = FigureManager

    _drawn = -1.0

    def draw_idle(self, *args, **kwargs):
        # Interactive programs ask for it at each change.
        if self.manager is not None and time.monotonic() - self._drawn > 0.05:
            self.manager.show()
            self._drawn = time.monotonic()

    def start_event_loop(self, timeout=0):
        self.draw_idle()
        time.sleep(max(timeout, 0))


def _words(figure):
    parts = [figure.get_suptitle() if hasattr(figure, "get_suptitle") else ""]
    parts += [axes.get_title() for axes in figure.axes]
    return "; ".join(part for part in parts if part) or f"Figure {getattr(figure, 'number', '')}"


def begin_run():
    """A new program starts with no figures and the default settings."""
    import matplotlib

    _pylab_helpers.Gcf.destroy_all()
    matplotlib.rcdefaults()


def end_run():
    """Show what the program left open."""
    for manager in _pylab_helpers.Gcf.get_all_fig_managers():
        if manager.canvas.figure.axes:
            manager.show()
    _pylab_helpers.Gcf.destroy_all()


@_Backend.export
class _BackendUnroll(_Backend):
    FigureCanvas = FigureCanvas
    FigureManager = FigureManager
