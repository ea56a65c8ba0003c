"""The real Matplotlib's way into the page: `plt.show()` puts its figures where `unroll.page` does.

The panel names this module in MPLBACKEND where it loads the real package.
"""

import io
import itertools

from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_svg import FigureCanvasSVG

from . import page

_numbers = itertools.count()


class FigureManager(FigureManagerBase):
    """Shows a figure in the output; one that is shown again takes its own place."""

    def __init__(self, canvas, num):
        super().__init__(canvas, num)
        self._id = f"matplotlib-{next(_numbers)}"

    def show(self):
        figure = self.canvas.figure
        text = io.StringIO()
        figure.savefig(text, format="svg")
        page.figure(text.getvalue(), _title(figure), id=self._id)

    @classmethod
    def pyplot_show(cls, *, block=None):
        for manager in Gcf.get_all_fig_managers():
            manager.show()
        Gcf.destroy_all()


class FigureCanvas(FigureCanvasSVG):
    manager_class = FigureManager


def _title(figure):
    titles = [figure.get_suptitle(), *(axes.get_title() for axes in figure.axes)]
    return ", ".join(title for title in titles if title)
