"""Axes: an area with an x and a y axis, and everything that can be drawn in it."""

from ._images import ImageAxes

__all__ = ["Axes"]


class Axes(ImageAxes):
    """What plt.subplots() returns beside the figure; see matplotlib's Axes for its methods."""


Subplot = Axes
