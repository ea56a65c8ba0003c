"""tight_layout(): margins and gaps so that labels and titles have room."""

from ._rc import rcParams
from .gridspec import SubplotParams


def tighten(figure, pad=1.08, h_pad=None, w_pad=None, rect=None):
    """Set the figure's margins and gaps, each label `pad` font sizes from the next thing."""
    every = [axes for axes in figure.axes if axes.get_subplotspec() is not None]
    grids = {}
    for axes in every:
        spec = axes.get_subplotspec().get_topmost_subplotspec()
        grids.setdefault(spec.gridspec, []).append((spec, axes))
    if not grids:
        return
    # The grid with the most places gives the gaps; all give the margins.
    main = max(grids, key=lambda grid: grid.nrows * grid.ncols)
    unit = pad * rcParams["font.size"] / 72
    gap_x = (w_pad * rcParams["font.size"] / 72) if w_pad is not None else unit
    gap_y = (h_pad * rcParams["font.size"] / 72) if h_pad is not None else unit
    width, height = figure._size
    margins = {"left": 0.0, "right": 0.0, "bottom": 0.0, "top": 0.0}
    between = {"x": 0.0, "y": 0.0}
    canvas = figure.new_canvas()
    for grid, members in grids.items():
        _measure(figure, canvas, grid, members, margins, between, grid is main)
    title = figure._suptitle
    top_extra = 0.0
    if title is not None and title.get_text() and title.get_visible():
        box = title.placed(canvas, *title.anchor())
        top_extra = (box[3] - box[1]) / figure.dpi + unit
    left, bottom, right, top = rect or (0, 0, 1, 1)
    for label, side in ((figure._supxlabel, "bottom"), (figure._supylabel, "left")):
        if label is not None and label.get_text():
            box = label.placed(canvas, *label.anchor())
            thick = box[3] - box[1] if side == "bottom" else box[2] - box[0]
            margins[side] += thick / figure.dpi + unit
    sides = {
        "left": left + (margins["left"] + unit) / width,
        "right": right - (margins["right"] + unit) / width,
        "bottom": bottom + (margins["bottom"] + unit) / height,
        "top": top - (margins["top"] + unit + top_extra) / height,
    }
    if sides["left"] >= sides["right"] or sides["bottom"] >= sides["top"]:
        import warnings

        warnings.warn(
            "Tight layout not applied. The left and right margins cannot be made large enough to "
            "accommodate all Axes decorations.",
            UserWarning,
            stacklevel=3,
        )
        return
    sides["wspace"] = _space(main.ncols, sides["right"] - sides["left"], between["x"], gap_x, width)
    sides["hspace"] = _space(
        main.nrows, sides["top"] - sides["bottom"], between["y"], gap_y, height
    )
    pars = figure.subplotpars
    if pars is None:
        figure.subplotpars = pars = SubplotParams()
    pars.update(**{side: value for side, value in sides.items() if value is not None})


def _space(count, room, reach, gap, length):
    """The gap between `count` axes in parts of one axes, None where there is one only."""
    if count < 2:
        return None
    space = (reach + gap) / length
    cell = (room - space * (count - 1)) / count
    return max(space / cell, 0.0) if cell > 0 else None


def _measure(figure, canvas, grid, members, margins, between, is_main):
    """How far axes reach beyond their places, in inches: outside of the grid and into its gaps."""
    right_of, left_of = [0.0] * (grid.ncols + 1), [0.0] * (grid.ncols + 1)
    above, below = [0.0] * (grid.nrows + 1), [0.0] * (grid.nrows + 1)
    pixels = figure.pixels()
    for spec, axes in members:
        x0, y0, x1, y1 = spec.box(figure)
        box = x0 * pixels[0], y0 * pixels[1], x1 * pixels[0], y1 * pixels[1]
        reach = _reach(canvas, axes, box)
        left, bottom, right, top = (value / figure.dpi for value in reach)
        (r0, r1), (c0, c1) = spec.rows, spec.columns
        left_of[c0] = max(left_of[c0], left)
        right_of[c1 + 1] = max(right_of[c1 + 1], right)
        above[r0] = max(above[r0], top)
        below[r1 + 1] = max(below[r1 + 1], bottom)
    margins["left"] = max(margins["left"], left_of[0])
    margins["right"] = max(margins["right"], right_of[-1])
    margins["top"] = max(margins["top"], above[0])
    margins["bottom"] = max(margins["bottom"], below[-1])
    if is_main:
        gaps_x = [left_of[i] + right_of[i] for i in range(1, grid.ncols)]
        gaps_y = [above[i] + below[i] for i in range(1, grid.nrows)]
        between["x"], between["y"] = max(gaps_x, default=0.0), max(gaps_y, default=0.0)


def _reach(canvas, axes, box):
    """Pixels beyond a box on its left, bottom, right and top; an axes with its aspect kept may stay
    inside, which counts as none.
    """
    own = axes.reach(canvas)
    for bar in axes.figure.axes:
        if getattr(bar, "_is_colorbar", False) and axes in getattr(bar._place, "parents", ()):
            other = bar.reach(canvas)
            own = (
                *(min(own[i], other[i]) for i in (0, 1)),
                *(max(own[i], other[i]) for i in (2, 3)),
            )
    return (
        max(box[0] - own[0], 0.0),
        max(box[1] - own[1], 0.0),
        max(own[2] - box[2], 0.0),
        max(own[3] - box[3], 0.0),
    )
