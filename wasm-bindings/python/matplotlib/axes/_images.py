"""imshow(), scatter(), pcolormesh() and others that colour by value."""

import math

from .._rc import rcParams
from .._values import broadcast, plain, shape, vector
from ..collections import LineCollection, PathCollection, QuadMesh
from ..colors import Normalize, is_color_like
from ..image import AxesImage
from ._bars import BarAxes
from ._lines import normal


class ImageAxes(BarAxes):
    """An axes that shows images."""

    def imshow(
        self,
        X,
        cmap=None,
        norm=None,
        *,
        aspect=None,
        interpolation=None,
        alpha=None,
        vmin=None,
        vmax=None,
        origin=None,
        extent=None,
        **kwargs,
    ):
        """Show rows of numbers by a colour map, or rows of pixels as they are."""
        for name in ("interpolation_stage", "filternorm", "filterrad", "resample", "data"):
            kwargs.pop(name, None)
        self.set_aspect(rcParams["image.aspect"] if aspect is None else aspect)
        image = AxesImage(
            cmap=cmap,
            norm=_norm(norm, vmin, vmax),
            interpolation=interpolation,
            origin=origin,
            extent=extent,
            alpha=alpha,
            **normal(kwargs),
        )
        image.set_data(X)
        self._add(image, self.images, see=False)
        self._show_extent(image)
        self._current_image(image)
        return image

    def _current_image(self, image):
        self.figure._current_mappable = image
        self._mappable = image

    def matshow(self, Z, **kwargs):
        """Show a matrix: as imshow, with the column numbers at the top."""
        kwargs = {"origin": "upper", "interpolation": "nearest", "aspect": "equal", **kwargs}
        image = self.imshow(Z, **kwargs)
        self.title._pad = None
        self.xaxis.tick_top()
        self.xaxis.sides = {"bottom": True, "top": True}
        for axis in (self.xaxis, self.yaxis):
            axis.major.locator = _whole_numbers()
        return image

    def spy(self, Z, precision=0, marker=None, markersize=None, **kwargs):
        """Show where a matrix is not zero."""
        rows = [[float(abs(value) > (precision or 0)) for value in row] for row in plain(Z)]
        kwargs = {"cmap": "binary", "interpolation": "nearest", **kwargs}
        return self.matshow(rows, **kwargs)

    def pcolormesh(
        self,
        *args,
        alpha=None,
        norm=None,
        cmap=None,
        vmin=None,
        vmax=None,
        shading=None,
        **kwargs,
    ):
        """pcolormesh([X, Y,] C): boxes between grid lines, coloured by value."""
        for name in ("antialiased", "rasterized", "data"):
            kwargs.pop(name, None)
        values = plain(args[-1])
        rows, columns = shape(values)[:2]
        if len(args) == 3:
            xs, ys = _line(args[0], 0), _line(args[1], 1)
            xs = _edges(xs, columns, "x")
            ys = _edges(ys, rows, "y")
        else:
            xs = [float(i) for i in range(columns + 1)]
            ys = [float(i) for i in range(rows + 1)]
        mesh = QuadMesh(
            xs, ys, values, cmap=cmap, norm=_norm(norm, vmin, vmax), alpha=alpha, **normal(kwargs)
        )
        mesh.norm.autoscale_None(mesh._A)
        mesh.sticky_x, mesh.sticky_y = [min(xs), max(xs)], [min(ys), max(ys)]
        self.add_collection(mesh)
        self._current_image(mesh)
        return mesh

    def pcolor(self, *args, **kwargs):
        return self.pcolormesh(*args, **kwargs)

    def scatter(
        self,
        x,
        y,
        s=None,
        c=None,
        *args,
        marker=None,
        cmap=None,
        norm=None,
        vmin=None,
        vmax=None,
        alpha=None,
        linewidths=None,
        edgecolors=None,
        plotnonfinite=False,
        data=None,
        **kwargs,
    ):
        """Markers at points, of sizes s and colours (or values) c. Returns a PathCollection."""
        kwargs = normal(kwargs)
        if args:
            marker = args[0]
        edgecolors = kwargs.pop("edgecolor", edgecolors)
        linewidths = kwargs.pop("linewidth", linewidths)
        if data is not None:
            x, y, c = (
                data[one] if isinstance(one, str) and one in data else one for one in (x, y, c)
            )
        xs, ys = self.numbers("x", _flat(x)), self.numbers("y", _flat(y))
        if len(xs) != len(ys):
            raise ValueError("x and y must be the same size")
        sizes = [rcParams["lines.markersize"] ** 2] if s is None else vector(_flat(s))
        if len(sizes) not in (1, len(xs)):
            raise ValueError(
                "s must be a scalar, or float array-like with the same size as x and y"
            )
        color = kwargs.pop("color", None)
        values, faces = self._scatter_colors(c, color, kwargs.pop("facecolor", None), len(xs))
        marker = rcParams["scatter.marker"] if marker is None else marker
        found = PathCollection(
            xs,
            ys,
            sizes,
            marker,
            facecolors=faces,
            edgecolors=rcParams["scatter.edgecolors"] if edgecolors is None else edgecolors,
            linewidths=rcParams["lines.linewidth"] if linewidths is None else linewidths,
            cmap=cmap,
            norm=_norm(norm, vmin, vmax),
            alpha=alpha,
            **kwargs,
        )
        if values is not None:
            found.set_array(values)
            found.norm.autoscale_None(values)
            self._current_image(found)
        found.set_label(kwargs.get("label", f"_child{len(self._artists())}"))
        return self.add_collection(found)

    def _scatter_colors(self, c, color, face, count):
        """(values, colours), one of them None."""
        if c is None:
            if color is None and face is None:
                return None, self._patch_cycle.next()["color"]
            return None, face if color is None else color
        if isinstance(c, str):
            return None, c
        values = plain(c)
        if isinstance(values, list) and values and isinstance(values[0], (int, float)):
            if len(values) == count and not (len(values) in (3, 4) and count != len(values)):
                return vector(values), None
            if is_color_like(values):
                return None, [tuple(values)]
            raise ValueError(
                f"'c' argument has {len(values)} elements, which is inconsistent with 'x' and 'y' "
                f"with size {count}."
            )
        if isinstance(values, list) and len(values) not in (0, 1, count):
            raise ValueError(
                f"'c' argument has {len(values)} elements, which is inconsistent with 'x' and 'y' "
                f"with size {count}."
            )
        if isinstance(values, list) and values and not is_color_like(values[0]):
            if isinstance(values[0], list) and len(values[0]) == 1:
                return vector(values), None
            raise ValueError(
                "'c' argument must be a color, a sequence of colors, or a sequence of numbers, "
                f"not {c!r}"
            )
        return None, values

    def hexbin(self, *args, **kwargs):
        raise NotImplementedError(_absent("hexbin", "hist2d()"))

    def streamplot(self, *args, **kwargs):
        raise NotImplementedError(_absent("streamplot", "quiver()"))

    def quiver(self, *args, color=None, scale=None, **kwargs):
        """Arrows (u, v) at points (x, y), as long as there is room."""
        parts = [vector(_flat(arg)) for arg in args[:4]]
        if len(parts) == 2:
            rows, columns = (*shape(plain(args[0])), 1)[:2]
            grid = [(float(j), float(i)) for i in range(rows) for j in range(columns)]
            parts = [[x for x, _ in grid], [y for _, y in grid], *parts]
        xs, ys, us, vs = parts
        longest = max((math.hypot(u, v) for u, v in zip(us, vs, strict=True)), default=1.0) or 1.0
        reach = max(max(xs) - min(xs), max(ys) - min(ys), 1e-12)
        unit = 1 / scale if scale else reach / math.sqrt(len(xs)) / longest
        lines = []
        for x, y, u, v in zip(xs, ys, us, vs, strict=True):
            dx, dy = u * unit, v * unit
            tip = [x + dx, y + dy]
            wings = [
                [tip[0] - 0.25 * dx + side * 0.12 * dy, tip[1] - 0.25 * dy - side * 0.12 * dx]
                for side in (1, -1)
            ]
            lines += [[[x, y], tip], [wings[0], tip, wings[1]]]
        return self.add_collection(LineCollection(lines, colors=color or "k", linewidths=1.0))

    def contour(self, *args, levels=None, colors=None, cmap=None, linewidths=1.5, **kwargs):
        """Lines of equal value: contour([X, Y,] Z, [levels])."""
        from .._contour import contour

        return contour(self, args, levels, colors, cmap, linewidths, kwargs)

    def contourf(self, *args, levels=None, colors=None, cmap=None, **kwargs):
        """Areas between lines of equal value: contourf([X, Y,] Z, [levels])."""
        from .._contour import contourf

        return contourf(self, args, levels, colors, cmap, kwargs)

    def clabel(self, CS, *args, **kwargs):
        return []

    def table(self, *args, **kwargs):
        raise NotImplementedError(_absent("table", "text()"))


def _absent(name, instead):
    return (
        f"{name} is not part of Unroll's matplotlib; use {instead}, or put "
        '"matplotlib" into the panel\'s packages'
    )


def _norm(norm, vmin, vmax):
    if norm is None:
        return Normalize(vmin, vmax)
    if isinstance(norm, str):
        from ..cm import _norm as by_name

        norm = by_name(norm)
        norm.vmin, norm.vmax = vmin, vmax
    elif vmin is not None or vmax is not None:
        raise ValueError(
            "Passing a Normalize instance simultaneously with vmin/vmax is not supported.  "
            "Please pass vmin/vmax directly to the norm when creating it."
        )
    return norm


def _whole_numbers():
    from ..ticker import MaxNLocator

    return MaxNLocator(nbins=9, steps=[1, 2, 5, 10], integer=True)


def _flat(values):
    values = plain(values)
    while isinstance(values, list) and values and isinstance(values[0], list):
        values = [value for row in values for value in row]
    return values


def _line(values, axis):
    """The x of a grid from its first row, or the y from its first column."""
    values = plain(values)
    if values and isinstance(values[0], list):
        values = values[0] if axis == 0 else [row[0] for row in values]
    return vector(values)


def _edges(values, count, name):
    """Edges of boxes from edges or from centres."""
    if len(values) == count + 1:
        return values
    if len(values) != count:
        raise TypeError(
            f"Dimensions of C are incompatible with {name.upper()} and/or Y; see help(pcolormesh)"
        )
    if count == 1:
        return [values[0] - 0.5, values[0] + 0.5]
    middles = [(a + b) / 2 for a, b in zip(values, values[1:], strict=False)]
    return [2 * values[0] - middles[0], *middles, 2 * values[-1] - middles[-1]]


__all__ = ["ImageAxes", "broadcast"]
