"""Artist: what everything drawn has in common; getters, setters and their short names."""

from .colors import to_rgba

ALIASES = {
    "lw": "linewidth",
    "linewidths": "linewidth",
    "ls": "linestyle",
    "linestyles": "linestyle",
    "dashes": "linestyle",
    "c": "color",
    "fc": "facecolor",
    "facecolors": "facecolor",
    "ec": "edgecolor",
    "edgecolors": "edgecolor",
    "ms": "markersize",
    "mew": "markeredgewidth",
    "mfc": "markerfacecolor",
    "mec": "markeredgecolor",
    "aa": "antialiased",
    "size": "fontsize",
    "weight": "fontweight",
    "style": "fontstyle",
    "family": "fontfamily",
    "fontname": "fontfamily",
    "name": "fontfamily",
    "ha": "horizontalalignment",
    "va": "verticalalignment",
}
_IGNORED = (
    "antialiased rasterized snap gid url picker contains sketch_params path_effects agg_filter "
    "animated mouseover in_layout solid_capstyle solid_joinstyle dash_capstyle dash_joinstyle "
    "capstyle joinstyle urls offset_transform transform_rotates_text parse_math usetex wrap "
    "fontstretch fontvariant fontproperties font_properties font math_fontfamily antialiaseds "
    "figure pickradius hatch_linewidth gapcolor"
)


class Artist:
    """Something that a figure draws.

    `_names` are its properties, each with set_name(), get_name() and a place in `set(name=…)`; a
    subclass adds its own. Short names (lw, c, …) are taken everywhere.
    """

    zorder = 0
    _names = (
        "alpha",
        "visible",
        "label",
        "zorder",
        "clip_on",
        "transform",
        "clip_path",
        "clip_box",
    )

    def __init__(self):
        self.axes = None
        self.figure = None
        self._alpha = None
        self._visible = True
        self._label = ""
        self._clip_on = True
        self._transform = None
        self._clip_path = self._clip_box = None
        self._remove_from = ()

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls._names = tuple(dict.fromkeys((*cls.__mro__[1]._names, *cls.__dict__.get("_names", ()))))
        for name in cls._names:
            _give(cls, name)
        for short, name in ALIASES.items():
            for verb in ("get", "set"):
                if hasattr(cls, f"{verb}_{name}") and f"{verb}_{short}" not in cls.__dict__:
                    setattr(cls, f"{verb}_{short}", getattr(cls, f"{verb}_{name}"))

    def set(self, **kwargs):
        """Set several properties. Raises AttributeError for one that there is not."""
        changed = []
        for key, value in kwargs.items():
            name = ALIASES.get(key, key)
            setter = getattr(self, f"set_{key}", None) or getattr(self, f"set_{name}", None)
            if setter is not None:
                changed.append(setter(value))
            elif name not in _IGNORED.split():
                raise AttributeError(
                    f"{type(self).__name__}.set() got an unexpected keyword argument {key!r}"
                )
        return changed

    def update(self, props):
        return self.set(**props)

    _internal_update = update

    def set_label(self, s):
        self._label = str(s) if s is not None else None

    def set_zorder(self, level):
        self.zorder = type(self).zorder if level is None else level

    def get_zorder(self):
        return self.zorder

    def set_clip_path(self, path, transform=None):
        self._clip_path = path

    def get_figure(self, root=False):
        return self.figure

    def set_figure(self, fig):
        self.figure = fig

    def remove(self):
        """Take it out of what it is in."""
        for artists in self._remove_from:
            if self in artists:
                artists.remove(self)
                self._remove_from = ()
                return
        raise ValueError("list.remove(x): x not in list")

    @property
    def stale(self):
        return False

    @stale.setter
    def stale(self, value):
        pass

    def draw(self, canvas):
        """Put what it looks like onto a canvas."""

    def limits(self):
        """(xs, ys) that the axes should show, as two lists."""
        return [], []

    def findobj(self, match=None, include_self=True):
        own = [self] if include_self else []
        return [
            one
            for one in (*own, *self.get_children())
            if match is None or (isinstance(match, type) and isinstance(one, match))
        ]

    def get_children(self):
        return []

    def properties(self):
        return {name: getattr(self, f"get_{name}")() for name in self._names}

    def rgba(self, color):
        """A colour with this artist's alpha; None stays None."""
        return None if color is None else to_rgba(color, self._alpha)

    def place(self, xs, ys):
        """Data coordinates, or those of the artist's own transform, as pixels."""
        transform = self._transform
        if transform is not None:
            return transform.points(xs, ys)
        return self.axes.points(xs, ys)


def _give(cls, name):
    field = f"_{name}"
    if not hasattr(cls, f"set_{name}"):

        def setter(self, value):
            setattr(self, field, value)

        setter.__name__ = f"set_{name}"
        setattr(cls, f"set_{name}", setter)
    if not hasattr(cls, f"get_{name}"):

        def getter(self):
            return getattr(self, field)

        getter.__name__ = f"get_{name}"
        setattr(cls, f"get_{name}", getter)


def setp(obj, *args, **kwargs):
    """Set properties of an artist or of many."""
    from collections.abc import Iterable

    kwargs |= dict(zip(args[::2], args[1::2], strict=True))
    artists = [obj] if isinstance(obj, Artist) or not isinstance(obj, Iterable) else _all(obj)
    return [changed for one in artists for changed in one.set(**kwargs)]


def _all(objects):
    for one in objects:
        if isinstance(one, (list, tuple)):
            yield from _all(one)
        else:
            yield one


def getp(obj, property=None):  # noqa: A002
    found = obj.properties()
    return found if property is None else getattr(obj, f"get_{property}")()


get = getp
