"""The legend: a box that says what lines and colours mean."""

from ._canvas import box_segments, rounded_segments
from ._rc import font_size, rcParams
from ._text_size import text_size
from .artist import Artist
from .collections import Collection, LineCollection, PathCollection, PolyCollection
from .colors import to_rgba
from .container import BarContainer, ErrorbarContainer, StemContainer
from .lines import Line2D
from .patches import Patch
from .text import Text

_PLACES = {
    "best": 0,
    "upper right": 1,
    "upper left": 2,
    "lower left": 3,
    "lower right": 4,
    "right": 5,
    "center left": 6,
    "center right": 7,
    "lower center": 8,
    "upper center": 9,
    "center": 10,
}
_NAMES = {code: name for name, code in _PLACES.items()}


def labelled(axes_list):
    """(handle, label) of everything with a label, in the order of drawing, containers last."""
    found = []
    for axes in axes_list:
        for handle in _handles(axes):
            label = handle.get_label()
            if label and not label.startswith("_"):
                found.append((handle, label))
    return found


def _handles(axes):
    drawn = [*axes.lines, *axes.patches, *axes.collections]
    return [*sorted(drawn, key=lambda artist: artist._order), *axes.containers]


def handles_and_labels(axes_list, args, kwargs):
    """What legend() was asked to show, from its arguments; takes them out of kwargs."""
    handles, labels = kwargs.pop("handles", None), kwargs.pop("labels", None)
    if handles is None and labels is None and len(args) == 1:
        if all(isinstance(one, str) for one in args[0]):
            labels = args[0]
        else:
            handles = args[0]
    elif len(args) >= 2:
        handles, labels = args[:2]
        if len(args) > 2:
            kwargs["loc"] = args[2]
    if handles is None and labels is None:
        found = labelled(axes_list)
        if not found:
            import warnings

            warnings.warn(
                "No artists with labels found to put in legend.  Note that artists whose label "
                "start with an underscore are ignored when legend() is called with no argument.",
                UserWarning,
                stacklevel=4,
            )
        return [h for h, _ in found], [label for _, label in found]
    if handles is None:
        every = [handle for axes in axes_list for handle in _handles(axes)]
        handles = [handle for handle in every if handle.get_label() != "_nolegend_"]
    if labels is None:
        labels = [handle.get_label() for handle in handles]
    pairs = [
        (handle[0] if isinstance(handle, list) else handle, str(label))
        for handle, label in zip(handles, labels, strict=False)
    ]
    return [handle for handle, _ in pairs], [label for _, label in pairs]


class Legend(Artist):
    """Handles with their labels in a box, at `loc` or where it hides least."""

    zorder = 5
    _names = ("title", "frame_on", "bbox_to_anchor", "loc", "draggable")

    def __init__(
        self,
        parent,
        handles,
        labels,
        *,
        loc=None,
        ncols=1,
        ncol=None,
        fontsize=None,
        prop=None,
        title=None,
        title_fontsize=None,
        frameon=None,
        framealpha=None,
        facecolor=None,
        edgecolor=None,
        fancybox=None,
        shadow=False,
        bbox_to_anchor=None,
        bbox_transform=None,
        labelcolor=None,
        markerscale=None,
        numpoints=1,
        scatterpoints=1,
        borderpad=None,
        labelspacing=None,
        handlelength=None,
        handleheight=None,
        handletextpad=None,
        borderaxespad=None,
        columnspacing=None,
        markerfirst=True,
        reverse=False,
        alignment="center",
        mode=None,
        **kwargs,
    ):
        super().__init__()
        self.parent = parent
        self.axes, self.figure = getattr(parent, "axes", None), getattr(parent, "figure", parent)
        if reverse:
            handles, labels = handles[::-1], labels[::-1]
        self.legend_handles, self._labels = list(handles), list(labels)
        self.legendHandles = self.legend_handles
        self._loc = _location(rcParams["legend.loc"] if loc is None else loc)
        if loc is None and not hasattr(parent, "points"):
            self._loc = "upper right"
        self._columns = ncols if ncol is None else ncol
        if isinstance(prop, dict):
            fontsize = prop.get("size", fontsize)
        self._size = font_size(rcParams["legend.fontsize"] if fontsize is None else fontsize)
        title_size = rcParams["legend.title_fontsize"] if title_fontsize is None else title_fontsize
        self._title = Text(0, 0, title or "", fontsize=title_size)
        self._frame_on = rcParams["legend.frameon"] if frameon is None else frameon
        self._look = {
            "alpha": rcParams["legend.framealpha"] if framealpha is None else framealpha,
            "face": rcParams["legend.facecolor"] if facecolor is None else facecolor,
            "edge": rcParams["legend.edgecolor"] if edgecolor is None else edgecolor,
            "round": rcParams["legend.fancybox"] if fancybox is None else fancybox,
            "shadow": shadow,
        }
        self._bbox_to_anchor = bbox_to_anchor
        self._label_color = labelcolor
        self._marker_scale = rcParams["legend.markerscale"] if markerscale is None else markerscale
        given = dict(
            borderpad=borderpad,
            labelspacing=labelspacing,
            handlelength=handlelength,
            handleheight=handleheight,
            handletextpad=handletextpad,
            borderaxespad=borderaxespad,
            columnspacing=columnspacing,
        )
        self._gaps = {
            name: rcParams[f"legend.{name}"] if value is None else value
            for name, value in given.items()
        }
        self.texts = [Text(0, 0, label, fontsize=self._size) for label in self._labels]
        self._draggable = False

    def set_title(self, title, prop=None):
        self._title.set_text(title)

    def get_title(self):
        return self._title

    def get_texts(self):
        return self.texts

    def get_lines(self):
        return [handle for handle in self.legend_handles if isinstance(handle, Line2D)]

    def get_patches(self):
        return [handle for handle in self.legend_handles if isinstance(handle, Patch)]

    def get_frame(self):
        return _Frame(self._look)

    def set_loc(self, loc=None):
        self._loc = _location(loc)

    def remove(self):
        self.parent.legend_ = None

    def _columns_of(self):
        """Indices of entries by column, the first columns one longer."""
        count = len(self._labels)
        columns = min(max(self._columns, 1), max(count, 1))
        size, extra = divmod(count, columns)
        found, at = [], 0
        for i in range(columns):
            end = at + size + (i < extra)
            found.append(range(at, end))
            at = end
        return found

    def _layout(self, canvas):
        """Sizes in pixels: the font's, the box's, and each column's width."""
        unit = canvas.points(self._size)
        heights = [
            max(text_size(label, unit)[1] * 0.98, self._gaps["handleheight"] * unit)
            for label in self._labels
        ]
        handle = (self._gaps["handlelength"] + self._gaps["handletextpad"]) * unit
        columns = self._columns_of()
        widths = [
            handle + max((text_size(self._labels[i], unit)[0] for i in column), default=0)
            for column in columns
        ]
        gap = self._gaps["labelspacing"] * unit
        tall = max(
            (sum(heights[i] for i in column) + gap * (len(column) - 1) for column in columns),
            default=0,
        )
        wide = sum(widths) + self._gaps["columnspacing"] * unit * (len(columns) - 1)
        title = (0.0, 0.0)
        if self._title.get_text():
            size = canvas.points(self._title.get_fontsize())
            title = text_size(self._title.get_text(), size, self._title.bold)
            wide, tall = max(wide, title[0]), tall + title[1] + gap
        pad = self._gaps["borderpad"] * unit
        return unit, heights, columns, widths, title, (wide + 2 * pad, tall + 2 * pad)

    def _frame(self):
        if self._bbox_to_anchor is None:
            return self.parent.window()
        box = self._bbox_to_anchor
        box = box.bounds if hasattr(box, "bounds") else tuple(box)
        x0, y0, x1, y1 = self.parent.window()
        x, y, width, height = box if len(box) == 4 else (*box, 0, 0)
        left, bottom = x0 + x * (x1 - x0), y0 + y * (y1 - y0)
        return left, bottom, left + width * (x1 - x0), bottom + height * (y1 - y0)

    def _corner(self, canvas, size, unit):
        frame = self._frame()
        pad = self._gaps["borderaxespad"] * unit
        if isinstance(self._loc, tuple):
            x0, y0, x1, y1 = frame
            return x0 + self._loc[0] * (x1 - x0), y0 + self._loc[1] * (y1 - y0)
        if self._loc == "best":
            return self._best(canvas, frame, size, pad)
        return _aligned(frame, size, pad, self._loc)

    def _best(self, canvas, frame, size, pad):
        lines, points, boxes = _obstacles(self.parent)
        best = None
        for i, name in enumerate(list(_PLACES)[1:]):
            x, y = _aligned(frame, size, pad, name)
            x1, y1 = x + size[0], y + size[1]
            hidden = sum(x < px < x1 and y < py < y1 for line in lines for px, py in line)
            hidden += sum(x < px < x1 and y < py < y1 for px, py in points)
            hidden += sum(a < x1 and x < c and b < y1 and y < d for a, b, c, d in boxes)
            hidden += sum(_crosses(line, (x, y, x1, y1)) for line in lines)
            if best is None or hidden < best[0]:
                best = hidden, x, y
            if hidden == 0:
                break
            del i
        if best[0] and canvas.on_page and self._is_lowest():
            return self._below(canvas, frame, pad)
        return best[1:]

    def _is_lowest(self):
        """Whether no other axes of the figure stand below these."""
        own, figure = self.parent, self.figure
        x0, y0, x1, _ = own.window()
        others = [axes.window() for axes in figure.axes if axes not in own._twins]
        return figure._themed() and all(a >= x1 or c <= x0 or b >= y0 for a, b, c, _ in others)

    def _below(self, canvas, frame, pad):
        """A corner below the figure, where a page has room, for as few rows as fit the axes."""
        for columns in range(max(len(self._labels), 1), 0, -1):
            self._columns = columns
            width, height = self._layout(canvas)[-1]
            if width <= frame[2] - frame[0]:
                break
        canvas.bottom = min(canvas.bottom, -height - pad)
        return (frame[0] + frame[2] - width) / 2, -height

    def draw(self, canvas):
        chosen = self._columns
        unit, _, _, _, _, size = self._layout(canvas)
        x, y = self._corner(canvas, size, unit)
        unit, heights, columns, widths, title, size = self._layout(canvas)
        self._columns = chosen
        if self._frame_on:
            self._draw_frame(canvas, (x, y, x + size[0], y + size[1]), unit)
        pad = self._gaps["borderpad"] * unit
        top = y + size[1] - pad
        if title[1]:
            self._title._horizontalalignment, self._title._verticalalignment = "center", "top"
            self._title.draw_at(canvas, x + size[0] / 2, top)
            top -= title[1] + self._gaps["labelspacing"] * unit
        left = x + pad
        for column, width in zip(columns, widths, strict=True):
            at = top
            for i in column:
                self._draw_entry(canvas, i, left, at, heights[i], unit)
                at -= heights[i] + self._gaps["labelspacing"] * unit
            left += width + self._gaps["columnspacing"] * unit

    def _draw_frame(self, canvas, box, unit):
        face = self._look["face"]
        if face == "inherit":
            own = getattr(self.parent, "_facecolor", None)
            face = rcParams["axes.facecolor"] if own in (None, "none") else own
        edge = self._look["edge"]
        edge = to_rgba(rcParams["axes.edgecolor"] if edge == "inherit" else edge)
        fixed, canvas.fixed_colors = canvas.fixed_colors, False
        shape = rounded_segments(*box, 0.2 * unit) if self._look["round"] else box_segments(*box)
        if self._look["shadow"]:
            shift = canvas.points(2)
            moved = (box[0] + shift, box[1] - shift, box[2] + shift, box[3] - shift)
            shade = (0.5, 0.5, 0.5, 0.5)
            canvas.path(rounded_segments(*moved, 0.2 * unit), shade)
        alpha = self._look["alpha"]
        canvas.path(shape, to_rgba(face, alpha), (*edge[:3], alpha or 1.0), canvas.points(1.0))
        canvas.fixed_colors = fixed

    def _draw_entry(self, canvas, i, left, top, height, unit):
        text = self.texts[i]
        width = self._gaps["handlelength"] * unit
        tall = self._gaps["handleheight"] * unit
        lines = text.get_text().count("\n")
        base = top - height / 2 - (0.36 - 0.6 * lines) * unit
        first = base + 1.2 * unit * lines if lines else base
        bottom = first + (0.72 * unit - tall) / 2
        handle = self.legend_handles[i]
        draw_handle(canvas, handle, (left, bottom, left + width, bottom + tall), self._marker_scale)
        color = self._label_color
        if color in ("linecolor", "markerfacecolor", "mfc", "markeredgecolor", "mec"):
            text.set_color(handle.get_color() if hasattr(handle, "get_color") else "k")
        elif isinstance(color, (list, tuple)):
            text.set_color(color[i % len(color)])
        elif color is not None:
            text.set_color(color)
        text._verticalalignment = "baseline"
        text.draw_at(canvas, left + width + self._gaps["handletextpad"] * unit, base)


class _Frame:
    """get_frame(): the box, whose looks programs change."""

    def __init__(self, look):
        self._look = look

    def set_facecolor(self, color):
        self._look["face"] = color

    set_color = set_facecolor

    def set_edgecolor(self, color):
        self._look["edge"] = color

    def set_alpha(self, alpha):
        self._look["alpha"] = alpha

    def set_linewidth(self, width):
        pass


def _location(loc):
    if isinstance(loc, (int, float)) and not isinstance(loc, bool):
        if loc not in _NAMES:
            raise ValueError(f"{loc!r} is not a valid value for loc")
        return _NAMES[loc]
    if isinstance(loc, str):
        if loc.lower() not in _PLACES:
            listed = ", ".join(map(repr, _PLACES))
            raise ValueError(f"{loc!r} is not a valid value for loc; supported values are {listed}")
        return loc.lower()
    return tuple(loc)


def _aligned(frame, size, pad, name):
    x0, y0, x1, y1 = frame
    x = {"left": x0 + pad, "right": x1 - pad - size[0]}.get(name.split()[-1])
    y = {"upper": y1 - pad - size[1], "lower": y0 + pad}.get(name.split()[0])
    x = (x0 + x1 - size[0]) / 2 if x is None else x
    y = (y0 + y1 - size[1]) / 2 if y is None else y
    return x, y


def _obstacles(axes):
    """(lines, points, boxes) in pixels that a legend should not hide."""
    lines, points, boxes = [], [], []
    for one in axes._twins:
        for line in one.lines:
            if line.get_visible():
                lines.append([p for p in line._pixels() if p[0] == p[0] and p[1] == p[1]])
        for patch in one.patches:
            if patch.get_visible():
                segments = patch.segments()
                xs = [part[i] for part in segments for i in range(1, len(part), 2)]
                ys = [part[i] for part in segments for i in range(2, len(part), 2)]
                if xs:
                    boxes.append((min(xs), min(ys), max(xs), max(ys)))
        for collection in one.collections:
            if isinstance(collection, PathCollection):
                points += collection.place(collection._xs, collection._ys)
            elif isinstance(collection, PolyCollection) and collection._transform is None:
                for polygon in collection._polygons:
                    lines.append(one.points(*zip(*polygon, strict=True)))
            elif isinstance(collection, LineCollection) and collection._transform is None:
                for line in collection._segments:
                    lines.append(one.points(*zip(*line, strict=True)))
    return lines, points, boxes


def _crosses(line, box):
    """Whether a line passes through a box."""
    x0, y0, x1, y1 = box
    for (ax, ay), (bx, by) in zip(line, line[1:], strict=False):
        low, high = 0.0, 1.0
        for start, step, near, far in ((ax, bx - ax, x0, x1), (ay, by - ay, y0, y1)):
            if step:
                a, b = sorted(((near - start) / step, (far - start) / step))
                low, high = max(low, a), min(high, b)
            elif not near < start < far:
                high = -1.0
        if low < high:
            return True
    return False


def draw_handle(canvas, handle, box, scale=1.0):
    """Draw the small picture of an artist into a box."""
    x0, y0, x1, y1 = box
    middle = (y0 + y1) / 2
    if isinstance(handle, (ErrorbarContainer, StemContainer)):
        inner = handle.lines[0] if isinstance(handle, ErrorbarContainer) else handle.markerline
        if isinstance(handle, ErrorbarContainer):
            for bars in handle.lines[2]:
                color = bars._edges([])[0]
                x = (x0 + x1) / 2
                canvas.line(x, y0 - 2, x, y1 + 2, color, canvas.points(bars._linewidth[0]))
        if inner is not None:
            draw_handle(canvas, inner, box, scale)
    elif isinstance(handle, Line2D):
        _draw_line(canvas, handle, box, scale)
    elif isinstance(handle, PathCollection):
        handle.draw_markers(canvas, [((x0 + x1) / 2, middle)], scale)
    elif isinstance(handle, LineCollection):
        width, dash = next(iter(handle._strokes(canvas, 1)))
        colors = handle._edges([])
        canvas.line(x0, middle, x1, middle, colors[0] if colors else None, width, dash)
    elif isinstance(handle, Collection):
        faces = handle._faces()
        edges = handle._edges(faces)
        width, dash = next(iter(handle._strokes(canvas, 1)))
        segments = box_segments(*box)
        canvas.path(segments, faces[0] if faces else None, edges[0] if edges else None, width, dash)
    elif isinstance(handle, BarContainer):
        if handle.patches:
            draw_handle(canvas, handle.patches[0], box, scale)
    elif isinstance(handle, Patch):
        handle.draw_segments(canvas, box_segments(*box))
    elif isinstance(handle, (tuple, list)):
        for one in handle:
            draw_handle(canvas, one, box, scale)


def _draw_line(canvas, line, box, scale):
    from ._line_style import dash_pattern
    from .markers import NOTHING

    x0, y0, x1, y1 = box
    middle = (y0 + y1) / 2
    width = line.get_linewidth()
    if line.get_linestyle() != "None" and width:
        dash = [canvas.points(part) for part in dash_pattern(line.get_linestyle(), width)]
        color = line.rgba(line.get_color())
        cap = "butt" if dash else "square"
        order = line.order()
        canvas.line(x0, middle, x1, middle, color, canvas.points(width), dash, cap, order)
    if line.get_marker() not in NOTHING:
        line.draw_markers(canvas, [((x0 + x1) / 2, middle)], scale)
