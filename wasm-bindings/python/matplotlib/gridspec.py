"""Grids of axes in a figure."""

from ._rc import rcParams

_SIDES = ("left", "right", "bottom", "top", "wspace", "hspace")


class SubplotParams:
    """Where a figure's grid of axes lies, in parts of the figure, and the gaps in it."""

    def __init__(self, **kwargs):
        for side in _SIDES:
            setattr(self, side, kwargs.get(side, rcParams[f"figure.subplot.{side}"]))

    def update(self, **kwargs):
        for side, value in kwargs.items():
            if side not in _SIDES:
                raise TypeError(f"update() got an unexpected keyword argument {side!r}")
            if value is not None:
                setattr(self, side, value)
        if self.left >= self.right:
            raise ValueError("left cannot be >= right")
        if self.bottom >= self.top:
            raise ValueError("bottom cannot be >= top")


class GridSpec:
    """nrows by ncols places; `grid[0, 1:]` is one or several of them."""

    def __init__(
        self,
        nrows,
        ncols,
        figure=None,
        *,
        width_ratios=None,
        height_ratios=None,
        **sides,
    ):
        for name, value in (("rows", nrows), ("columns", ncols)):
            if not isinstance(value, int) or value <= 0:
                raise ValueError(f"Number of {name} must be a positive integer, not {value!r}")
        self.nrows, self.ncols, self.figure = nrows, ncols, figure
        self.width_ratios = list(width_ratios or [1] * ncols)
        self.height_ratios = list(height_ratios or [1] * nrows)
        if len(self.width_ratios) != ncols:
            raise ValueError(
                "Expected the given number of width ratios to match the number of columns of the "
                "grid"
            )
        if len(self.height_ratios) != nrows:
            raise ValueError(
                "Expected the given number of height ratios to match the number of rows of the grid"
            )
        self.sides = sides
        self.place = None

    def get_geometry(self):
        return self.nrows, self.ncols

    def get_width_ratios(self):
        return self.width_ratios

    def get_height_ratios(self):
        return self.height_ratios

    def update(self, **sides):
        self.sides |= sides

    def tight_layout(self, figure, **kwargs):
        figure.tight_layout(**kwargs)

    def __getitem__(self, key):
        if not isinstance(key, tuple):
            key = divmod(key, self.ncols) if isinstance(key, int) else (0, key)
        rows, columns = (
            _span(one, size) for one, size in zip(key, (self.nrows, self.ncols), strict=True)
        )
        return SubplotSpec(self, rows, columns)

    def area(self, figure):
        """(left, right, bottom, top, wspace, hspace) of the whole grid."""
        base = figure.subplotpars
        sides = {side: self.sides.get(side) for side in _SIDES}
        sides = {side: getattr(base, side) if v is None else v for side, v in sides.items()}
        if self.place is not None:
            x0, y0, x1, y1 = self.place.box(figure)
            sides |= {"left": x0, "right": x1, "bottom": y0, "top": y1}
        return tuple(sides[side] for side in _SIDES)

    def edges(self, figure):
        """(left edges, right edges, bottoms, tops) of columns and rows."""
        left, right, bottom, top, wspace, hspace = self.area(figure)
        starts, ends = _split(right - left, self.width_ratios, wspace)
        down, up = _split(top - bottom, self.height_ratios, hspace)
        return (
            [left + x for x in starts],
            [left + x for x in ends],
            [top - y for y in up],
            [top - y for y in down],
        )


def _split(length, ratios, space):
    """Where cells begin and end, with gaps of `space` average cells."""
    count = len(ratios)
    cell = length / (count + space * (count - 1))
    unit = cell * count / sum(ratios)
    starts, ends, at = [], [], 0.0
    for ratio in ratios:
        starts.append(at)
        at += unit * ratio
        ends.append(at)
        at += cell * space
    return starts, ends


def _span(key, size):
    if isinstance(key, slice):
        start, stop, _ = key.indices(size)
        if stop <= start:
            raise IndexError("GridSpec slice would result in no space allocated for subplot")
        return start, stop - 1
    if not -size <= key < size:
        raise IndexError(f"index {key} is out of bounds for axis 0 with size {size}")
    return key % size, key % size


class SubplotSpec:
    """One place of a grid."""

    def __init__(self, gridspec, rows, columns):
        self.gridspec, self.rows, self.columns = gridspec, rows, columns
        self.rowspan = range(rows[0], rows[1] + 1)
        self.colspan = range(columns[0], columns[1] + 1)

    def get_gridspec(self):
        return self.gridspec

    def get_topmost_subplotspec(self):
        outer = self.gridspec.place
        return outer.get_topmost_subplotspec() if outer else self

    def box(self, figure):
        """(x0, y0, x1, y1) in parts of the figure."""
        lefts, rights, bottoms, tops = self.gridspec.edges(figure)
        return (
            lefts[self.columns[0]],
            bottoms[self.rows[1]],
            rights[self.columns[1]],
            tops[self.rows[0]],
        )

    def get_position(self, figure):
        from .transforms import Bbox

        return Bbox.from_extents(*self.box(figure))

    def is_first_row(self):
        return self.rows[0] == 0

    def is_last_row(self):
        return self.rows[1] == self.gridspec.nrows - 1

    def is_first_col(self):
        return self.columns[0] == 0

    def is_last_col(self):
        return self.columns[1] == self.gridspec.ncols - 1

    def subgridspec(self, nrows, ncols, **kwargs):
        return GridSpecFromSubplotSpec(nrows, ncols, self, **kwargs)

    def __eq__(self, other):
        return isinstance(other, SubplotSpec) and (
            (self.gridspec, self.rows, self.columns) == (other.gridspec, other.rows, other.columns)
        )

    __hash__ = object.__hash__


class GridSpecFromSubplotSpec(GridSpec):
    """A grid inside one place of another."""

    def __init__(self, nrows, ncols, subplot_spec, **kwargs):
        super().__init__(nrows, ncols, subplot_spec.gridspec.figure, **kwargs)
        self.place = subplot_spec
