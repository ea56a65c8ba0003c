"""Settings: rcParams with matplotlib's default look, and style sheets."""

import contextlib

_CYCLE = "#1f77b4 #ff7f0e #2ca02c #d62728 #9467bd #8c564b #e377c2 #7f7f7f #bcbd22 #17becf"


class Cycler:
    """Property values that take turns: `cycler(color=["r", "g"])`."""

    def __init__(self, rows):
        self.rows = rows

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)

    def __add__(self, other):
        if len(self) != len(other):
            raise ValueError("Can only add equal length cycles, not {len(self)} and {len(other)}")
        return Cycler([{**a, **b} for a, b in zip(self, other, strict=True)])

    def __mul__(self, other):
        if isinstance(other, int):
            return Cycler(self.rows * other)
        return Cycler([{**a, **b} for a in self for b in other])

    def __eq__(self, other):
        return isinstance(other, Cycler) and self.rows == other.rows

    __hash__ = None

    @property
    def keys(self):
        return set(self.rows[0]) if self.rows else set()

    def by_key(self):
        return {key: [row[key] for row in self.rows] for key in self.keys}

    def __repr__(self):
        pairs = [f"cycler({key!r}, {values})" for key, values in self.by_key().items()]
        return f"({' + '.join(pairs)})" if len(pairs) > 1 else "".join(pairs)


def cycler(*args, **kwargs):
    """cycler(color=[…]), cycler("color", […]) or cycler(other)."""
    if len(args) == 1:
        return Cycler(list(args[0]))
    if args:
        kwargs = {args[0]: args[1]}
    lists = {key: list(values) for key, values in kwargs.items()}
    if "c" in lists:
        lists["color"] = lists.pop("c")
    return Cycler([dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True)])


_DEFAULTS = {
    "axes.axisbelow": "line",
    "axes.edgecolor": "black",
    "axes.facecolor": "white",
    "axes.formatter.limits": [-5, 6],
    "axes.formatter.offset_threshold": 4,
    "axes.formatter.use_locale": False,
    "axes.formatter.use_mathtext": False,
    "axes.formatter.useoffset": True,
    "axes.grid": False,
    "axes.grid.axis": "both",
    "axes.grid.which": "major",
    "axes.labelcolor": "black",
    "axes.labelpad": 4.0,
    "axes.labelsize": "medium",
    "axes.labelweight": "normal",
    "axes.linewidth": 0.8,
    "axes.prop_cycle": Cycler([{"color": color} for color in _CYCLE.split()]),
    "axes.spines.bottom": True,
    "axes.spines.left": True,
    "axes.spines.right": True,
    "axes.spines.top": True,
    "axes.titlecolor": "auto",
    "axes.titlelocation": "center",
    "axes.titlepad": 6.0,
    "axes.titlesize": "large",
    "axes.titleweight": "normal",
    "axes.titley": None,
    "axes.unicode_minus": True,
    "axes.xmargin": 0.05,
    "axes.ymargin": 0.05,
    "axes.autolimit_mode": "data",
    "backend": "agg",
    "boxplot.flierprops.markersize": 6.0,
    "errorbar.capsize": 0.0,
    "figure.autolayout": False,
    "figure.constrained_layout.use": False,
    "figure.dpi": 100.0,
    "figure.edgecolor": "white",
    "figure.facecolor": "white",
    "figure.figsize": [6.4, 4.8],
    "figure.frameon": True,
    "figure.max_open_warning": 20,
    "figure.subplot.bottom": 0.11,
    "figure.subplot.hspace": 0.2,
    "figure.subplot.left": 0.125,
    "figure.subplot.right": 0.9,
    "figure.subplot.top": 0.88,
    "figure.subplot.wspace": 0.2,
    "figure.titlesize": "large",
    "figure.titleweight": "normal",
    "figure.labelsize": "large",
    "figure.labelweight": "normal",
    "font.family": ["sans-serif"],
    "font.monospace": ["DejaVu Sans Mono"],
    "font.sans-serif": ["DejaVu Sans"],
    "font.serif": ["DejaVu Serif"],
    "font.size": 10.0,
    "font.style": "normal",
    "font.weight": "normal",
    "grid.alpha": 1.0,
    "grid.color": "#b0b0b0",
    "grid.linestyle": "-",
    "grid.linewidth": 0.8,
    "hatch.color": "black",
    "hist.bins": 10,
    "image.aspect": "equal",
    "image.cmap": "viridis",
    "image.interpolation": "auto",
    "image.origin": "upper",
    "interactive": False,
    "legend.borderaxespad": 0.5,
    "legend.borderpad": 0.4,
    "legend.columnspacing": 2.0,
    "legend.edgecolor": "0.8",
    "legend.facecolor": "inherit",
    "legend.fancybox": True,
    "legend.fontsize": "medium",
    "legend.framealpha": 0.8,
    "legend.frameon": True,
    "legend.handleheight": 0.7,
    "legend.handlelength": 2.0,
    "legend.handletextpad": 0.8,
    "legend.labelcolor": "None",
    "legend.labelspacing": 0.5,
    "legend.loc": "best",
    "legend.markerscale": 1.0,
    "legend.title_fontsize": None,
    "lines.color": "C0",
    "lines.dashed_pattern": [3.7, 1.6],
    "lines.dashdot_pattern": [6.4, 1.6, 1.0, 1.6],
    "lines.dotted_pattern": [1.0, 1.65],
    "lines.linestyle": "-",
    "lines.linewidth": 1.5,
    "lines.marker": "None",
    "lines.markeredgewidth": 1.0,
    "lines.markersize": 6.0,
    "mathtext.default": "it",
    "mathtext.fontset": "dejavusans",
    "patch.edgecolor": "black",
    "patch.facecolor": "C0",
    "patch.force_edgecolor": False,
    "patch.linewidth": 1.0,
    "pdf.fonttype": 3,
    "ps.fonttype": 3,
    "savefig.bbox": None,
    "savefig.dpi": "figure",
    "savefig.facecolor": "auto",
    "savefig.format": "png",
    "savefig.pad_inches": 0.1,
    "savefig.transparent": False,
    "scatter.edgecolors": "face",
    "scatter.marker": "o",
    "svg.fonttype": "path",
    "text.color": "black",
    "text.usetex": False,
    "toolbar": "toolbar2",
}
for _axis, _one, _other in (("x", "bottom", "top"), ("y", "left", "right")):
    _DEFAULTS |= {
        f"{_axis}tick.alignment": "center" if _axis == "x" else "center_baseline",
        f"{_axis}tick.{_one}": True,
        f"{_axis}tick.{_other}": False,
        f"{_axis}tick.label{_one}": True,
        f"{_axis}tick.label{_other}": False,
        f"{_axis}tick.color": "black",
        f"{_axis}tick.direction": "out",
        f"{_axis}tick.labelcolor": "inherit",
        f"{_axis}tick.labelsize": "medium",
        f"{_axis}tick.major.pad": 3.5,
        f"{_axis}tick.major.size": 3.5,
        f"{_axis}tick.major.width": 0.8,
        f"{_axis}tick.minor.pad": 3.4,
        f"{_axis}tick.minor.size": 2.0,
        f"{_axis}tick.minor.visible": False,
        f"{_axis}tick.minor.width": 0.6,
        f"{_axis}axis.labellocation": "center",
    }


class RcParams(dict):
    """The settings. One that matplotlib has and this package does not use is kept all the same."""

    _groups = tuple(sorted({key.split(".")[0] for key in _DEFAULTS})) + (
        *("agg", "animation", "axes3d", "contour", "date", "docstring", "keymap", "macosx"),
        *("polaraxes", "tk", "webagg", "boxplot", "pcolor", "markers", "path", "pgf", "ps"),
    )

    def __setitem__(self, key, value):
        if key not in self and key.split(".")[0] not in self._groups:
            raise KeyError(
                f"{key} is not a valid rc parameter (see rcParams.keys() for a list of valid "
                "parameters)"
            )
        if key in ("font.family", "font.sans-serif", "font.serif") and isinstance(value, str):
            value = [value]
        super().__setitem__(key, value)

    def __missing__(self, key):
        raise KeyError(f"{key!r}")

    def update(self, *args, **kwargs):
        for key, value in dict(*args, **kwargs).items():
            self[key] = value

    def copy(self):
        return RcParams(self)

    def find_all(self, pattern):
        import re

        return RcParams({key: self[key] for key in self if re.search(pattern, key)})


rcParams = RcParams(_DEFAULTS)
rcParamsDefault = rcParamsOrig = RcParams(_DEFAULTS)

_ALIASES = {
    "lw": "linewidth",
    "ls": "linestyle",
    "c": "color",
    "fc": "facecolor",
    "ec": "edgecolor",
    "mew": "markeredgewidth",
    "aa": "antialiased",
}


def rc(group, **kwargs):
    """Set several settings of a group: `rc("lines", linewidth=2)`."""
    for one in (group,) if isinstance(group, str) else group:
        for key, value in kwargs.items():
            name = f"{one}.{_ALIASES.get(key, key)}"
            try:
                rcParams[name] = value
            except KeyError as error:
                raise KeyError(
                    f'Unrecognized key "{name}" for group "{one}" and name "{key}"'
                ) from error


def rcdefaults():
    """Put all settings back."""
    backend = rcParams["backend"]
    rcParams.clear()
    dict.update(rcParams, _DEFAULTS, backend=backend)


@contextlib.contextmanager
def rc_context(rc=None, fname=None):  # noqa: F811
    """Settings for a while."""
    before = dict(rcParams)
    try:
        rcParams.update(rc or {})
        yield
    finally:
        rcParams.clear()
        dict.update(rcParams, before)


_SIZES = {
    "xx-small": 0.579,
    "x-small": 0.694,
    "small": 0.833,
    "medium": 1.0,
    "large": 1.2,
    "x-large": 1.44,
    "xx-large": 1.728,
    "larger": 1.2,
    "smaller": 0.833,
}


def font_size(size):
    """A font size in points from a number or a word; None is the default size."""
    if size is None:
        return float(rcParams["font.size"])
    if isinstance(size, str):
        if size not in _SIZES:
            raise ValueError(
                f"{size} is not a valid size. Valid sizes are " + ", ".join(map(str, _SIZES))
            )
        return rcParams["font.size"] * _SIZES[size]
    return float(size)
