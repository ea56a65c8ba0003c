"""What stands behind a figure in matplotlib: the canvas and the window; here there is neither."""


class FigureCanvas:
    """What programs reach for as fig.canvas: drawing again, and the pixels."""

    def __init__(self, figure):
        self.figure = figure
        self.manager = FigureManager()

    def draw(self):
        """Draw again what is shown already."""
        from . import _page

        _page.redraw(self.figure)

    draw_idle = draw

    def flush_events(self):
        pass

    start_event_loop = stop_event_loop = mpl_disconnect = lambda self, *args: None

    def mpl_connect(self, s, func):
        return 0

    def print_figure(self, filename, **kwargs):
        self.figure.savefig(filename, **kwargs)

    print_png = print_figure

    def get_width_height(self, *, physical=False):
        return tuple(int(value) for value in self.figure.pixels())

    def get_renderer(self):
        return None

    def get_supported_filetypes(self):
        return {"png": "Portable Network Graphics", "svg": "Scalable Vector Graphics"}

    def buffer_rgba(self):
        from . import _saving

        return _saving.pixels(self.figure)

    def tostring_rgb(self):
        from . import _saving

        data = bytes(_saving.pixels(self.figure))
        return b"".join(data[i : i + 3] for i in range(0, len(data), 4))

    def set_window_title(self, title):
        pass


class FigureManager:
    """fig.canvas.manager: a window, which there is none of."""

    num = 1

    def set_window_title(self, title):
        pass

    def full_screen_toggle(self):
        pass

    show = full_screen_toggle
    window = toolbar = None
