"""Figure: a page of axes, which is shown or saved.

Longer than other files, as pyplot.py is: it has a method for each of matplotlib's names.
"""

import io
import math
import os

from . import _layout
from ._axes_array import grid_of
from ._background import Background
from ._canvas import Canvas, item_box
from ._figure_canvas import FigureCanvas, FigureManager
from ._rc import rcParams
from ._values import plain
from .artist import Artist
from .axes import Axes
from .colors import to_rgba
from .gridspec import GridSpec, SubplotParams, SubplotSpec
from .text import Text
from .transforms import Bbox, Transform


class Figure(Artist):
    """A figure of `figsize` inches at `dpi` dots an inch."""

    _names = ("facecolor", "edgecolor", "frameon", "linewidth")

    def __init__(
        self,
        figsize=None,
        dpi=None,
        *,
        facecolor=None,
        edgecolor=None,
        linewidth=0.0,
        frameon=None,
        subplotpars=None,
        tight_layout=None,
        constrained_layout=None,
        layout=None,
        **kwargs,
    ):
        super().__init__()
        size = plain(rcParams["figure.figsize"] if figsize is None else figsize)
        if not all(math.isfinite(value) and value > 0 for value in size):
            raise ValueError(f"figure size must be positive finite not {tuple(size)}")
        self._size = [float(value) for value in size]
        self.dpi = float(rcParams["figure.dpi"] if dpi is None else dpi)
        self._facecolor = rcParams["figure.facecolor"] if facecolor is None else facecolor
        self._edgecolor = rcParams["figure.edgecolor"] if edgecolor is None else edgecolor
        self._linewidth = linewidth
        self._frameon = rcParams["figure.frameon"] if frameon is None else frameon
        self.subplotpars = subplotpars or SubplotParams()
        self.figure = self
        self.number = None
        self.canvas = FigureCanvas(self)
        self.transFigure = Transform(
            lambda x, y: (x * self.pixels()[0], y * self.pixels()[1]),
            lambda x, y: (x / self.pixels()[0], y / self.pixels()[1]),
        )
        wish = layout or ("constrained" if constrained_layout else None)
        if wish is None and (tight_layout or rcParams["figure.autolayout"]):
            wish = "tight"
        if wish is None and rcParams["figure.constrained_layout.use"]:
            wish = "constrained"
        self._layout = wish
        self._layout_options = tight_layout if isinstance(tight_layout, dict) else {}
        self.set(**kwargs)
        self.clear()

    def clear(self, keep_observers=False):
        """Take everything out."""
        self.axes, self.texts, self.legends = [], [], []
        self.lines, self.patches, self.images, self.artists = [], [], [], []
        self._suptitle = self._supxlabel = self._supylabel = None
        self._active = []
        self._current_mappable = None

    clf = clear

    def __repr__(self):
        width, height = (int(value) for value in self.pixels())
        return f"<Figure size {width}x{height} with {len(self.axes)} Axes>"

    def __str__(self):
        width, height = self.pixels()
        return f"Figure({width:g}x{height:g})"

    # Size and colours.

    def pixels(self):
        """(width, height) in pixels."""
        return self._size[0] * self.dpi, self._size[1] * self.dpi

    def get_size_inches(self):
        from ._values import array

        return array(list(self._size))

    def set_size_inches(self, w, h=None, forward=True):
        self._size = [float(value) for value in (plain(w) if h is None else (w, h))]

    def get_figwidth(self):
        return self._size[0]

    def get_figheight(self):
        return self._size[1]

    def set_figwidth(self, val, forward=True):
        self._size[0] = float(val)

    def set_figheight(self, val, forward=True):
        self._size[1] = float(val)

    def get_dpi(self):
        return self.dpi

    def set_dpi(self, val):
        self.dpi = float(val)

    patch = property(Background)
    bbox = property(lambda self: Bbox.from_bounds(0, 0, *self.pixels()))
    dpi_scale_trans = property(
        lambda self: Transform(
            lambda x, y: (x * self.dpi, y * self.dpi), lambda x, y: (x / self.dpi, y / self.dpi)
        )
    )

    def window(self):
        return (0, 0, *self.pixels())

    # Axes.

    def add_subplot(self, *args, **kwargs):
        """add_subplot(rows, columns, index), add_subplot(211), or a place of a GridSpec."""
        if len(args) == 1 and isinstance(args[0], Axes):
            return self._add_axes(args[0])
        return self._add_axes(self._new_axes(self._spec(args), kwargs))

    def _new_axes(self, place, kwargs):
        kwargs = dict(kwargs)
        projection = kwargs.pop("projection", None)
        if kwargs.pop("polar", False):
            projection = "polar"
        if projection not in (None, "rectilinear"):
            raise NotImplementedError(
                f"the projection {projection!r} is not part of Unroll's matplotlib; to load the "
                'real one, put "matplotlib" into the panel\'s packages'
            )
        return Axes(self, place, **kwargs)

    def _spec(self, args):
        if not args:
            args = (1, 1, 1)
        if len(args) == 1:
            if isinstance(args[0], SubplotSpec):
                return args[0]
            number = args[0]
            if not isinstance(number, int) or not 100 <= number <= 999:
                raise ValueError(
                    f"Single argument to subplot must be a three-digit integer, not {number!r}"
                )
            args = tuple(int(digit) for digit in str(number))
        if len(args) != 3:
            raise TypeError(
                f"add_subplot() takes 1 or 3 positional arguments but {len(args)} were given"
            )
        rows, columns, index = args
        grid = self._grid(int(rows), int(columns))
        first, last = index if isinstance(index, tuple) else (index, index)
        if not 1 <= first <= last <= rows * columns:
            raise ValueError(
                f"num must be an integer with 1 <= num <= {rows * columns}, not {index!r}"
            )
        (r0, c0), (r1, c1) = divmod(int(first) - 1, columns), divmod(int(last) - 1, columns)
        return SubplotSpec(grid, (min(r0, r1), max(r0, r1)), (min(c0, c1), max(c0, c1)))

    def _grid(self, rows, columns):
        for axes in self.axes:
            spec = axes.get_subplotspec()
            grid = spec and spec.gridspec
            if grid and (grid.nrows, grid.ncols) == (rows, columns) and grid.place is None:
                return grid
        return GridSpec(rows, columns, self)

    def add_axes(self, *args, **kwargs):
        """An axes at [left, bottom, width, height] in parts of the figure."""
        rect = args[0] if args else kwargs.pop("rect")
        if isinstance(rect, Axes):
            return self._add_axes(rect)
        left, bottom, width, height = (float(value) for value in plain(rect))
        place = (left, bottom, left + width, bottom + height)
        return self._add_axes(self._new_axes(place, kwargs))

    def _add_axes(self, axes):
        if axes not in self.axes:
            self.axes.append(axes)
        self.sca(axes)
        return axes

    def add_gridspec(self, nrows=1, ncols=1, **kwargs):
        return GridSpec(nrows, ncols, self, **kwargs)

    def subplots(
        self,
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
    ):
        """A grid of axes: one Axes, or an array of them."""
        options = dict(gridspec_kw or {})
        if width_ratios is not None:
            options["width_ratios"] = width_ratios
        if height_ratios is not None:
            options["height_ratios"] = height_ratios
        grid = GridSpec(nrows, ncols, self, **options)
        share_x, share_y = _sharing(sharex), _sharing(sharey)
        rows = [[None] * ncols for _ in range(nrows)]
        for r in range(nrows):
            for c in range(ncols):
                first = {"all": rows[0][0], "row": rows[r][0], "col": rows[0][c], "none": None}
                kwargs = {"sharex": first[share_x], "sharey": first[share_y], **(subplot_kw or {})}
                rows[r][c] = self._add_axes(self._new_axes(grid[r, c], kwargs))
        for r, row in enumerate(rows):
            for c, axes in enumerate(row):
                if share_x in ("col", "all") and r < nrows - 1:
                    axes.xaxis.label_sides["bottom"] = False
                if share_y in ("row", "all") and c > 0:
                    axes.yaxis.label_sides["left"] = False
        return grid_of(rows, squeeze)

    def subplot_mosaic(self, mosaic, *, sharex=False, sharey=False, gridspec_kw=None, **kwargs):
        """Axes by name, laid out as in a text or nested lists. Returns a dict."""
        if isinstance(mosaic, str):
            lines = mosaic.strip("\n").split("\n") if "\n" in mosaic else mosaic.split(";")
            mosaic = [list(line.strip()) for line in lines]
        grid = GridSpec(len(mosaic), len(mosaic[0]), self, **(gridspec_kw or {}))
        cells = {}
        for r, row in enumerate(mosaic):
            for c, name in enumerate(row):
                if name != ".":
                    cells.setdefault(name, []).append((r, c))
        found, first = {}, None
        for name, places in cells.items():
            rows, columns = zip(*places, strict=True)
            spec = SubplotSpec(grid, (min(rows), max(rows)), (min(columns), max(columns)))
            share = {"sharex": first if sharex else None, "sharey": first if sharey else None}
            found[name] = self._add_axes(self._new_axes(spec, share))
            first = first or found[name]
        return found

    def delaxes(self, ax):
        self.axes.remove(ax)
        self._active = [one for one in self._active if one is not ax]

    def sca(self, a):
        self._active = [one for one in self._active if one is not a] + [a]
        return a

    def gca(self, **kwargs):
        return self._active[-1] if self._active else self.add_subplot(**kwargs)

    def get_axes(self):
        return list(self.axes)

    def get_children(self):
        return [*self.axes, *self.texts, *self.legends]

    def add_artist(self, artist, clip=False):
        artist.axes, artist.figure = None, self
        artist._transform = artist._transform or self.transFigure
        self.artists.append(artist)
        return artist

    # Texts, legends, colour bars.

    def suptitle(self, t, **kwargs):
        """A title above all axes."""
        self._suptitle = self._sup(
            self._suptitle, t, (0.5, 0.98), "center", "top", "titlesize", "titleweight", kwargs
        )
        return self._suptitle

    def supxlabel(self, t, **kwargs):
        self._supxlabel = self._sup(
            self._supxlabel, t, (0.5, 0.01), "center", "bottom", "labelsize", "labelweight", kwargs
        )
        return self._supxlabel

    def supylabel(self, t, **kwargs):
        kwargs = {"rotation": "vertical", "rotation_mode": "anchor", **kwargs}
        place = (0.02, 0.5)
        self._supylabel = self._sup(
            self._supylabel, t, place, "center", "top", "labelsize", "labelweight", kwargs
        )
        return self._supylabel

    def _sup(self, old, text, place, ha, va, size, weight, kwargs):
        if old in self.texts:
            self.texts.remove(old)
        x, y = kwargs.pop("x", place[0]), kwargs.pop("y", place[1])
        kwargs.update(kwargs.pop("fontproperties", None) or {})
        look = {"ha": ha, "va": va}
        if not {"fontsize", "size"} & kwargs.keys():
            look["fontsize"] = rcParams[f"figure.{size}"]
        if not {"fontweight", "weight"} & kwargs.keys():
            look["fontweight"] = rcParams[f"figure.{weight}"]
        own = {key: value for key, value in look.items() if key not in _long(kwargs)}
        return self.text(x, y, text, **own, **kwargs)

    def get_suptitle(self):
        return self._suptitle.get_text() if self._suptitle else ""

    def text(self, x, y, s, fontdict=None, **kwargs):
        """Text at a place in parts of the figure."""
        text = Text(x, y, s, **{**(fontdict or {}), **kwargs})
        text._transform = text._transform or self.transFigure
        text.figure = self
        self.texts.append(text)
        text._remove_from = (self.texts,)
        return text

    def legend(self, *args, **kwargs):
        """One legend for all axes."""
        from .legend import Legend, handles_and_labels

        handles, labels = handles_and_labels(self.axes, args, kwargs)
        legend = Legend(self, handles, labels, **kwargs)
        self.legends.append(legend)
        return legend

    def colorbar(
        self,
        mappable,
        cax=None,
        ax=None,
        use_gridspec=True,
        *,
        orientation=None,
        location=None,
        fraction=0.15,
        pad=None,
        shrink=1.0,
        aspect=20,
        anchor=None,
        panchor=None,
        **kwargs,
    ):
        """The colour bar of an image, beside its axes."""
        from .colorbar import Colorbar, make_place

        if mappable is None:
            raise RuntimeError(
                "No mappable was found to use for colorbar creation. First define a mappable such "
                "as an image (with imshow) or a contour set (with contourf)."
            )
        side = location or ("bottom" if orientation == "horizontal" else "right")
        orientation = "vertical" if side in ("left", "right") else "horizontal"
        if cax is None:
            if ax is None:
                ax = getattr(mappable, "axes", None) or self.gca()
            parents = (
                ax.flat if hasattr(ax, "flat") else ax if isinstance(ax, (list, tuple)) else [ax]
            )
            parents = list(plain_axes(parents))
            current = self._active[-1] if self._active else None
            place = make_place(self, parents, orientation, fraction, pad, shrink, side)
            cax = self._add_axes(Axes(self, place))
            cax.set_box_aspect(aspect if orientation == "vertical" else 1 / aspect)
            for parent in parents:
                parent._anchor = {"right": "E", "left": "W", "bottom": "S", "top": "N"}[side]
            cax._anchor = {"right": "W", "left": "E", "bottom": "N", "top": "S"}[side]
            if current is not None:
                self.sca(current)
        cax._is_colorbar = True
        bar = Colorbar(cax, mappable, orientation=orientation, **kwargs)
        mappable.colorbar = bar
        if side in ("left", "top"):
            bar._axis.set_ticks_position(side)
            bar._axis.set_label_position(side)
        return bar

    # Layout.

    def subplots_adjust(
        self, left=None, bottom=None, right=None, top=None, wspace=None, hspace=None
    ):
        self.subplotpars.update(
            left=left, bottom=bottom, right=right, top=top, wspace=wspace, hspace=hspace
        )

    def tight_layout(self, *, pad=1.08, h_pad=None, w_pad=None, rect=None):
        """Make room for labels and titles."""
        _layout.tighten(self, pad, h_pad, w_pad, rect)

    def set_tight_layout(self, tight):
        self._layout = "tight" if tight else None

    def set_layout_engine(self, layout=None, **kwargs):
        self._layout = None if layout == "none" else layout

    def set_constrained_layout(self, constrained):
        self._layout = "constrained" if constrained else None

    def get_layout_engine(self):
        return self._layout

    def autofmt_xdate(self, bottom=0.2, rotation=30, ha="right", which="major"):
        for axes in self.axes:
            spec = axes.get_subplotspec()
            if spec is None or spec.is_last_row():
                axes.xaxis.set_tick_params(labelrotation=rotation)
                axes.xaxis.text_look["ha"] = ha
            else:
                axes.xaxis.label_sides["bottom"] = False
        self.subplots_adjust(bottom=bottom)

    def align_labels(self, axs=None):
        pass

    align_xlabels = align_ylabels = align_titles = align_labels

    # Drawing, showing, saving.

    def new_canvas(self):
        return Canvas(*self.pixels(), self.dpi)

    def render(self, on_page=False):
        """A canvas with everything on it; `on_page` for one that a page shows."""
        if self._layout in ("tight", "constrained", "compressed"):
            if self._layout == "tight":
                self.tight_layout(**self._layout_options)
            else:
                _layout.tighten(self, 0.5, None, None, None)
        for axes in self.axes:
            axes.fit_data()
        canvas = self.new_canvas()
        canvas.on_page = on_page
        if self._frameon:
            canvas.rectangle(*self.window(), to_rgba(self._facecolor))
        for axes in sorted(self.axes, key=lambda axes: axes.get_zorder()):
            axes.draw(canvas)
        for artist in [*self.lines, *self.patches, *self.artists, *self.texts, *self.legends]:
            if artist.get_visible():
                artist.draw(canvas)
        return canvas

    def _themed(self):
        """Whether black and white may change with the page's theme: all is as by default."""
        white = (1.0, 1.0, 1.0)
        faces = [self._facecolor, *(axes._facecolor for axes in self.axes)]
        return all(to_rgba(face)[:3] == white or to_rgba(face)[3] == 0 for face in faces)

    def to_svg(self, title=None):
        """The figure as an SVG for the page."""
        from ._canvas import box_segments
        from ._svg import write_svg

        canvas = self.render(on_page=True)
        box = 0, canvas.bottom, canvas.width, canvas.height
        if canvas.bottom and self._frameon:
            canvas.items[0] = canvas.items[0]._replace(segments=box_segments(*box))
        title = self.summary() if title is None else title
        return write_svg(canvas, title, self._themed(), box)

    def summary(self):
        """What the figure shows, in words: titles and axis labels."""
        parts = [self.get_suptitle()]
        for axes in self.axes:
            words = [axes.get_title()]
            if axes.get_ylabel() or axes.get_xlabel():
                between = " over " if axes.get_ylabel() and axes.get_xlabel() else ""
                words.append(f"{axes.get_ylabel()}{between}{axes.get_xlabel()}")
            parts.append(": ".join(word for word in words if word))
        text = "; ".join(part.replace("\n", " ") for part in parts if part)
        return text or (f"Figure {self.number}" if self.number is not None else "Figure")

    def draw(self, renderer=None):
        pass

    def draw_without_rendering(self):
        self.render()

    def show(self, warn=True, title=None):
        """Show it on the page now."""
        from . import _page

        _page.show(self, title)

    def savefig(
        self,
        fname,
        *,
        dpi=None,
        format=None,  # noqa: A002
        bbox_inches=None,
        pad_inches=None,
        transparent=None,
        facecolor=None,
        edgecolor=None,
        **kwargs,
    ):
        """Write the figure to a file (or an open one) as PNG, SVG or PDF."""
        from . import _saving

        if format is None and isinstance(fname, (str, os.PathLike)):
            format = os.path.splitext(os.fspath(fname))[1][1:] or None  # noqa: A001
            if format is None:
                fname = f"{os.fspath(fname)}.{rcParams['savefig.format']}"
        format = (format or rcParams["savefig.format"]).lower()  # noqa: A001
        dpi = rcParams["savefig.dpi"] if dpi is None else dpi
        bbox = rcParams["savefig.bbox"] if bbox_inches is None else bbox_inches
        pad = rcParams["savefig.pad_inches"] if pad_inches is None else pad_inches
        clear = rcParams["savefig.transparent"] if transparent is None else transparent
        before = self.dpi, self._facecolor, [axes._facecolor for axes in self.axes]
        try:
            if dpi != "figure":
                self.dpi = float(dpi)
            if facecolor not in (None, "auto"):
                self._facecolor = facecolor
            if clear:
                self._facecolor = "none"
                for axes in self.axes:
                    axes._facecolor = "none"
            data = _saving.encode(self, format, bbox, pad)
        finally:
            self.dpi, self._facecolor = before[:2]
            for axes, color in zip(self.axes, before[2], strict=True):
                axes._facecolor = color
        if hasattr(fname, "write"):
            text = isinstance(fname, io.TextIOBase)
            fname.write(data.decode() if text else data)
            return
        with open(fname, "wb") as file:
            file.write(data)

    def tight_box(self, canvas, pad):
        """The box around everything on a canvas but its background, `pad` inches wider."""
        boxes = [item_box(item) for item in canvas.items[1 if self._frameon else 0 :]]
        boxes = [box for box in boxes if box] or [self.window()]
        pad *= self.dpi
        x0, y0 = (min(box[i] for box in boxes) - pad for i in (0, 1))
        x1, y1 = (max(box[i] for box in boxes) + pad for i in (2, 3))
        return x0, y0, x1, y1

    def waitforbuttonpress(self, timeout=-1):
        return None

    def ginput(self, *args, **kwargs):
        return []


def plain_axes(parents):
    for one in parents:
        if isinstance(one, (list, tuple)):
            yield from plain_axes(one)
        else:
            yield one


def _long(kwargs):
    from .artist import ALIASES

    return {ALIASES.get(key, key) for key in kwargs} | {
        {"horizontalalignment": "ha", "verticalalignment": "va"}.get(ALIASES.get(key, key), key)
        for key in kwargs
    }


def _sharing(value):
    word = {True: "all", False: "none"}.get(value, value)
    if word not in ("all", "row", "col", "none"):
        raise ValueError(
            f"{value!r} is not a valid value for sharex; supported values are "
            "'all', 'row', 'col', 'none', False, True"
        )
    return word


def figaspect(arg):
    """A figure size for an aspect."""
    from ._values import shape

    ratio = (
        float(arg) if not hasattr(arg, "__len__") else shape(plain(arg))[0] / shape(plain(arg))[1]
    )
    height = rcParams["figure.figsize"][1]
    return [height / ratio, height]


__all__ = ["Figure", "FigureCanvas", "FigureManager", "figaspect"]
