"""pyplot: figures and axes by functions that know which one is current.

A function of an axes calls the current axes' method of the same name; they are made from the lists
below. Figures appear on the page with show(), or at the end of the program. Longer than other
files: it has a function for each of pyplot's names.
"""

import functools
import time

from . import _page, style
from ._rc import cycler, rc, rc_context, rcdefaults, rcParams, rcParamsDefault

_AXES = (
    "annotate arrow autoscale axhline axhspan axis axline axvline axvspan bar bar_label barh "
    "boxplot broken_barh clabel contour contourf errorbar eventplot fill fill_between "
    "fill_betweenx grid hexbin hist hist2d hlines imshow legend locator_params loglog margins "
    "minorticks_off minorticks_on pcolor pcolormesh pie plot plot_date quiver scatter "
    "semilogx semilogy spy stackplot stairs stem step streamplot table text tick_params "
    "ticklabel_format violinplot vlines"
)
_RENAMED = {"title": "set_title", "xlabel": "set_xlabel", "ylabel": "set_ylabel"}
_RENAMED |= {"xscale": "set_xscale", "yscale": "set_yscale", "box": "set_frame_on"}


def _axes_function(name, method):
    def function(*args, **kwargs):
        return getattr(gca(), method)(*args, **kwargs)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"The current axes' {method}(): see matplotlib.axes.Axes.{method}."
    return function


for _name in _AXES.split():
    globals()[_name] = _axes_function(_name, _name)
for _name, _method in _RENAMED.items():
    globals()[_name] = _axes_function(_name, _method)


# Names of classes and modules that programs take from here; each comes when it is asked for.
_LAZY = {
    "Figure": "figure",
    "figaspect": "figure",
    "Axes": "axes",
    "Subplot": "axes",
    "Line2D": "lines",
    "Artist": "artist",
    "setp": "artist",
    "getp": "artist",
    "get": "artist",
    "Rectangle": "patches",
    "Circle": "patches",
    "Polygon": "patches",
    "Arrow": "patches",
    "Text": "text",
    "Annotation": "text",
    "GridSpec": "gridspec",
    "SubplotSpec": "gridspec",
    "Normalize": "colors",
    "Colormap": "colors",
    "colormaps": "cm",
    "get_cmap": "cm",
    "register_cmap": "cm",
    "imread": "image",
    "imsave": "image",
    "MaxNLocator": "ticker",
    "MultipleLocator": "ticker",
    "AutoLocator": "ticker",
    "FixedLocator": "ticker",
    "NullLocator": "ticker",
    "LinearLocator": "ticker",
    "LogLocator": "ticker",
    "IndexLocator": "ticker",
    "Locator": "ticker",
    "Formatter": "ticker",
    "FixedFormatter": "ticker",
    "FormatStrFormatter": "ticker",
    "FuncFormatter": "ticker",
    "NullFormatter": "ticker",
    "ScalarFormatter": "ticker",
}
_MODULES = {
    "cm": "matplotlib.cm",
    "colors": "matplotlib.colors",
    "matplotlib": "matplotlib",
    "mpl": "matplotlib",
    "np": "numpy",
    "ticker": "matplotlib.ticker",
}


def __getattr__(name):
    import importlib

    if name in _LAZY:
        return getattr(importlib.import_module(f"matplotlib.{_LAZY[name]}"), name)
    if name in _MODULES:
        return importlib.import_module(_MODULES[name])
    if name in _COLORMAPS.split():
        return functools.partial(set_cmap, name)
    raise AttributeError(f"module 'matplotlib.pyplot' has no attribute {name!r}")


_COLORMAPS = (
    "autumn bone cool copper flag gray hot hsv inferno jet magma pink plasma prism spring summer "
    "viridis winter nipy_spectral"
)


def __dir__():
    return sorted({*globals(), *_LAZY, *_COLORMAPS.split(), *_MODULES})


# Figures.


def figure(num=None, figsize=None, dpi=None, *, clear=False, FigureClass=None, **kwargs):
    """A new figure, or the one of this number or name, made current."""
    from .figure import Figure

    if isinstance(num, Figure):
        _page.make_current(num.number)
        return num
    label = num if isinstance(num, str) else ""
    if label:
        known = {figure.get_label(): n for n, figure in _page.open_figures.items()}
        num = known.get(label)
    if num is None:
        num = max([0, *_page.open_figures]) + 1
    if num in _page.open_figures:
        found = _page.open_figures[num]
        _page.make_current(num)
        if clear:
            found.clear()
        return found
    found = (FigureClass or Figure)(figsize=figsize, dpi=dpi, **kwargs)
    found.set_label(label)
    _page.add(found, num)
    _warn_of_many()
    return found


def _warn_of_many():
    most = rcParams["figure.max_open_warning"]
    if most and len(_page.open_figures) == most + 1:
        import warnings

        warnings.warn(
            f"More than {most} figures have been opened. Figures created through the pyplot "
            "interface (`matplotlib.pyplot.figure`) are retained until explicitly closed and may "
            "consume too much memory. (To control this warning, see the rcParam "
            "`figure.max_open_warning`). Consider using `matplotlib.pyplot.close()`.",
            RuntimeWarning,
            stacklevel=4,
        )


def gcf():
    """The current figure; a new one where there is none."""
    return _page.current() or figure()


def gca(**kwargs):
    """The current axes; a new one where there is none."""
    return gcf().gca(**kwargs)


def sca(ax):
    """Make an axes, and its figure, current."""
    if ax.figure.number is not None:
        _page.make_current(ax.figure.number)
    ax.figure.sca(ax)


def get_fignums():
    return sorted(_page.open_figures)


def get_figlabels():
    return [_page.open_figures[number].get_label() for number in get_fignums()]


def fignum_exists(num):
    return num in _page.open_figures if isinstance(num, int) else num in get_figlabels()


def get_current_fig_manager():
    return gcf().canvas.manager


def clf():
    """Clear the current figure."""
    gcf().clear()


def cla():
    """Clear the current axes."""
    gca().clear()


def delaxes(ax=None):
    ax = gca() if ax is None else ax
    ax.remove()


def close(fig=None):
    """Close the current figure, one by its number or name, or 'all'."""
    if fig is None:
        current = _page.current()
        if current is not None:
            _page.close(current.number)
    elif fig == "all":
        for number in get_fignums():
            _page.close(number)
    elif isinstance(fig, str):
        for number in get_fignums():
            if _page.open_figures[number].get_label() == fig:
                _page.close(number)
    elif isinstance(fig, int):
        _page.close(fig)
    elif hasattr(fig, "number"):
        if _page.open_figures.get(fig.number) is fig:
            _page.close(fig.number)
    else:
        raise TypeError(
            "close() argument must be a Figure, an int, a string, or None, not " + repr(type(fig))
        )


def savefig(*args, **kwargs):
    """Write the current figure to a PNG, SVG or PDF file."""
    return gcf().savefig(*args, **kwargs)


def show(*args, block=None, **kwargs):
    """Show all open figures on the page."""
    if args and isinstance(args[0], bool):
        block = args[0]
    _page.show_all(block)


def draw():
    """Draw the current figure again."""
    gcf().canvas.draw()


def draw_all(force=False):
    for one in list(_page.open_figures.values()):
        one.canvas.draw()


def draw_if_interactive(*args, **kwargs):
    if isinteractive():
        draw_all()


def pause(interval):
    """Draw the current figure and wait so many seconds."""
    current = _page.current()
    if current is not None:
        current.canvas.draw()
    time.sleep(interval)


def ion():
    """Figures stay open after show(), as in an interactive session."""
    _page.set_interactive(True)
    return _Restore(ioff)


def ioff():
    was = isinteractive()
    _page.set_interactive(False)
    return _Restore(ion if was else ioff)


class _Restore:
    """`with plt.ioff():`"""

    def __init__(self, back):
        self._back = back

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self._back()


def isinteractive():
    return _page.is_interactive()


def install_repl_displayhook():
    pass


uninstall_repl_displayhook = install_repl_displayhook


def switch_backend(newbackend):
    """Choose a backend; here there is one only, which draws into the page."""
    close("all")
    rcParams["backend"] = str(newbackend).lower()


def get_backend():
    return rcParams["backend"]


def set_loglevel(*args, **kwargs):
    pass


def connect(s, func):
    return 0


def disconnect(cid):
    pass


def waitforbuttonpress(timeout=-1):
    return None


def ginput(*args, **kwargs):
    return []


# Axes.


def subplots(
    nrows=1,
    ncols=1,
    *,
    sharex=False,
    sharey=False,
    squeeze=True,
    width_ratios=None,
    height_ratios=None,
    subplot_kw=None,
    gridspec_kw=None,
    **fig_kw,
):
    """A new figure with a grid of axes. Returns (figure, axes or array of axes)."""
    fig = figure(**fig_kw)
    axes = fig.subplots(
        nrows,
        ncols,
        sharex=sharex,
        sharey=sharey,
        squeeze=squeeze,
        width_ratios=width_ratios,
        height_ratios=height_ratios,
        subplot_kw=subplot_kw,
        gridspec_kw=gridspec_kw,
    )
    return fig, axes


def subplot_mosaic(mosaic, **kwargs):
    own = ("sharex", "sharey", "gridspec_kw", "width_ratios", "height_ratios", "empty_sentinel")
    fig = figure(**{key: value for key, value in kwargs.items() if key not in own})
    options = {key: kwargs[key] for key in own[:3] if key in kwargs}
    return fig, fig.subplot_mosaic(mosaic, **options)


def subplot(*args, **kwargs):
    """The axes at a place of the current figure's grid, made current; a new one at need."""
    fig = gcf()
    if len(args) == 1 and hasattr(args[0], "transData"):
        return fig.sca(args[0])
    spec = fig._spec(args)
    for axes in fig.axes:
        if axes.get_subplotspec() == spec and not kwargs.keys() - {"label"}:
            return fig.sca(axes)
    return fig._add_axes(fig._new_axes(spec, kwargs))


def subplot2grid(shape, loc, rowspan=1, colspan=1, fig=None, **kwargs):
    from .gridspec import GridSpec

    fig = fig or gcf()
    row, column = loc
    place = GridSpec(*shape, fig)[row : row + rowspan, column : column + colspan]
    return fig.add_subplot(place, **kwargs)


def axes(arg=None, **kwargs):
    """A new axes over the figure, or at [left, bottom, width, height]."""
    fig = gcf()
    return fig.add_subplot(**kwargs) if arg is None else fig.add_axes(arg, **kwargs)


def twinx(ax=None):
    return (ax or gca()).twinx()


def twiny(ax=None):
    return (ax or gca()).twiny()


def suptitle(t, **kwargs):
    """A title above all axes of the current figure."""
    return gcf().suptitle(t, **kwargs)


def supxlabel(t, **kwargs):
    return gcf().supxlabel(t, **kwargs)


def supylabel(t, **kwargs):
    return gcf().supylabel(t, **kwargs)


def figtext(x, y, s, fontdict=None, **kwargs):
    return gcf().text(x, y, s, fontdict, **kwargs)


def figlegend(*args, **kwargs):
    return gcf().legend(*args, **kwargs)


def figimage(*args, **kwargs):
    raise NotImplementedError("figimage is not part of Unroll's matplotlib; use imshow()")


def subplots_adjust(left=None, bottom=None, right=None, top=None, wspace=None, hspace=None):
    gcf().subplots_adjust(left, bottom, right, top, wspace, hspace)


def tight_layout(*, pad=1.08, h_pad=None, w_pad=None, rect=None):
    """Make room for the labels and titles of the current figure."""
    gcf().tight_layout(pad=pad, h_pad=h_pad, w_pad=w_pad, rect=rect)


def subplot_tool(targetfig=None):
    return None


def autofmt_xdate(**kwargs):
    gcf().autofmt_xdate(**kwargs)


def _limits(name, args, kwargs):
    axes = gca()
    if not args and not kwargs:
        return getattr(axes, f"get_{name}")()
    return getattr(axes, f"set_{name}")(*args, **kwargs)


def xlim(*args, **kwargs):
    """The limits of the x axis, or new ones: xlim(left, right)."""
    return _limits("xlim", args, kwargs)


def ylim(*args, **kwargs):
    """The limits of the y axis, or new ones: ylim(bottom, top)."""
    return _limits("ylim", args, kwargs)


def _ticks(axis, ticks, labels, minor, kwargs):
    if ticks is None:
        if labels is not None:
            raise TypeError(
                f"{axis.which}ticks(): Parameter 'labels' can't be set without setting 'ticks'"
            )
    elif labels is None:
        axis.set_ticks(ticks, minor=minor)
    else:
        axis.set_ticks(ticks, labels, minor=minor, **kwargs)
        kwargs = {}
    if kwargs:
        for text in axis.get_ticklabels(minor=minor):
            text.set(**kwargs)
        from .artist import ALIASES

        axis.text_look |= {ALIASES.get(key, key): value for key, value in kwargs.items()}
    return axis.get_ticklocs(minor=minor), axis.get_ticklabels(minor=minor)


def xticks(ticks=None, labels=None, *, minor=False, **kwargs):
    """The ticks of the x axis, or new ones. Returns (places, labels)."""
    return _ticks(gca().xaxis, ticks, labels, minor, kwargs)


def yticks(ticks=None, labels=None, *, minor=False, **kwargs):
    """The ticks of the y axis, or new ones. Returns (places, labels)."""
    return _ticks(gca().yaxis, ticks, labels, minor, kwargs)


def polar(*args, **kwargs):
    return gcf()._new_axes((0, 0, 1, 1), {"projection": "polar"})


# Images and colour maps.


def gci():
    """The image, mesh or scatter that a colour bar would show."""
    fig = _page.current()
    return None if fig is None else fig._current_mappable


def sci(im):
    gcf()._current_mappable = im


def colorbar(mappable=None, cax=None, ax=None, **kwargs):
    """The colour bar of an image, by default the last one."""
    mappable = gci() if mappable is None else mappable
    if mappable is None:
        raise RuntimeError(
            "No mappable was found to use for colorbar creation. First define a mappable such as "
            "an image (with imshow) or a contour set (with contourf)."
        )
    if ax is None and cax is None and getattr(mappable, "axes", None) is None:
        ax = gca()
    return gcf().colorbar(mappable, cax=cax, ax=ax, **kwargs)


def clim(vmin=None, vmax=None):
    gci().set_clim(vmin, vmax)


def set_cmap(cmap):
    from .cm import get_cmap

    rcParams["image.cmap"] = get_cmap(cmap).name
    if gci() is not None:
        gci().set_cmap(cmap)


def matshow(A, fignum=None, **kwargs):
    """Show a matrix in a figure of its own shape; fignum=False takes the current one."""
    if fignum is False or fignum == 0:
        return gca().matshow(A, **kwargs)
    from .figure import figaspect

    fig = figure(fignum, figsize=figaspect(A))
    return fig.add_axes((0.15, 0.09, 0.775, 0.775)).matshow(A, **kwargs)


def findobj(o=None, match=None, include_self=True):
    return (o or gcf()).findobj(match, include_self)


def xkcd(*args, **kwargs):
    """Figures as drawn by hand are not here; they stay as they are."""
    return rc_context()


__all__ = ["cycler", "rc", "rc_context", "rcParams", "rcParamsDefault", "rcdefaults", "style"]
