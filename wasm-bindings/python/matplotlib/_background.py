"""The paper of a figure or an axes, as programs reach for it: `fig.patch`, `ax.patch`."""


class Background:
    """Changes the face of its owner."""

    def __init__(self, owner):
        self._owner = owner

    def set_facecolor(self, color):
        self._owner._facecolor = color

    set_color = set_fc = set_facecolor

    def get_facecolor(self):
        from .colors import to_rgba

        return to_rgba(self._owner._facecolor)

    get_fc = get_facecolor

    def set_alpha(self, alpha):
        from .colors import to_rgba

        self._owner._facecolor = to_rgba(self._owner._facecolor, alpha)

    def set_visible(self, b):
        if not b:
            self._owner._facecolor = "none"

    def set_edgecolor(self, color):
        self._owner._edgecolor = color

    set_ec = set_edgecolor

    def set_linewidth(self, width):
        self._owner._linewidth = width

    set_lw = set_linewidth

    def set(self, **kwargs):
        for key, value in kwargs.items():
            getattr(self, f"set_{key}")(value)
