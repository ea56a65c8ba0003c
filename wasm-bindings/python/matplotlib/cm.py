"""Colour maps by name, and what maps values to colours."""

from . import _colormap_data as _data
from ._rc import rcParams
from .colors import Colormap, LinearSegmentedColormap, ListedColormap, Normalize, to_rgba

_SAME = {"grey": "gray", "gist_gray": "gray", "gist_grey": "gray", "Grays": "Greys"}
_SAME |= {"gist_yarg": "binary", "gist_rainbow": "hsv"}
_own = {}


def _hex(text):
    return [f"#{text[i : i + 6]}" for i in range(0, len(text), 6)]


def _make(name):
    base = name.removesuffix("_r")
    base = _SAME.get(base, base)
    if base in _data.CONTINUOUS:
        found = LinearSegmentedColormap.from_list(base, _hex(_data.CONTINUOUS[base]))
    elif base in _data.LISTED:
        found = ListedColormap(_hex(_data.LISTED[base]), base)
    else:
        return None
    found.name = name.removesuffix("_r")
    return found.reversed(name) if name.endswith("_r") else found


class ColormapRegistry(dict):
    """All colour maps by name; each is made when it is asked for."""

    def __missing__(self, name):
        found = _make(name) if isinstance(name, str) else None
        if found is None:
            raise KeyError(f"{name!r} is not a known colormap name")
        self[name] = found
        return found

    def __contains__(self, name):
        return dict.__contains__(self, name) or (isinstance(name, str) and _make(name) is not None)

    def __iter__(self):
        names = [*_data.CONTINUOUS, *_data.LISTED, *_SAME]
        return iter(dict.fromkeys([*names, *(f"{name}_r" for name in names), *dict.keys(self)]))

    def __len__(self):
        return len(list(iter(self)))

    def __call__(self):
        return list(self)

    keys = __iter__

    def register(self, cmap, *, name=None, force=False):
        self[name or cmap.name] = cmap

    def get_cmap(self, cmap):
        return get_cmap(cmap)


colormaps = ColormapRegistry()


def get_cmap(name=None, lut=None):
    """The colour map `name` (by default rcParams['image.cmap']), with `lut` colours."""
    if isinstance(name, Colormap):
        return name
    name = name or rcParams["image.cmap"]
    if name not in colormaps:
        raise ValueError(
            f"{name!r} is not a valid value for name; supported values are "
            + ", ".join(repr(known) for known in sorted(colormaps))
        )
    found = colormaps[name]
    return found if lut is None else found.resampled(lut)


def register_cmap(name=None, cmap=None):
    colormaps[name or cmap.name] = cmap


class ScalarMappable:
    """Values with a norm and a colour map."""

    def __init__(self, norm=None, cmap=None):
        self.norm = norm if isinstance(norm, Normalize) else _norm(norm)
        self.cmap = get_cmap(cmap)
        self._A = None
        self.colorbar = None

    def set_array(self, A):
        from ._values import plain

        self._A = plain(A)

    def get_array(self):
        from ._values import array

        return None if self._A is None else array(self._A)

    def set_cmap(self, cmap):
        self.cmap = get_cmap(cmap)

    def get_cmap(self):
        return self.cmap

    def set_norm(self, norm):
        self.norm = norm if isinstance(norm, Normalize) else _norm(norm)

    def set_clim(self, vmin=None, vmax=None):
        if vmax is None and isinstance(vmin, (tuple, list)):
            vmin, vmax = vmin
        self.norm.vmin = self.norm.vmin if vmin is None else float(vmin)
        self.norm.vmax = self.norm.vmax if vmax is None else float(vmax)

    def get_clim(self):
        return self.norm.vmin, self.norm.vmax

    def autoscale(self):
        self.norm.autoscale(self._A)

    def autoscale_None(self):
        self.norm.autoscale_None(self._A)

    def to_rgba(self, x, alpha=None, bytes=False, norm=True):  # noqa: A002
        values = self.norm(x) if norm else x
        return self.cmap(values, alpha, bytes)


def _norm(name):
    from .colors import LogNorm

    if name not in (None, "linear", "log"):
        raise ValueError(f"Invalid norm str name {name!r}")
    return LogNorm() if name == "log" else Normalize()


def __getattr__(name):
    if name in colormaps:
        return colormaps[name]
    raise AttributeError(f"module 'matplotlib.cm' has no attribute {name!r}")


__all__ = ["ColormapRegistry", "ScalarMappable", "colormaps", "get_cmap", "to_rgba"]
