"""Style sheets: `style.use("ggplot")`."""

import contextlib

from .._rc import Cycler, rcdefaults, rcParams


def _colors(text):
    return Cycler([{"color": color} for color in text.split()])


_SEABORN = {
    "axes.axisbelow": True,
    "axes.edgecolor": "white",
    "axes.facecolor": "#EAEAF2",
    "axes.grid": True,
    "axes.labelcolor": ".15",
    "axes.linewidth": 0,
    "grid.color": "white",
    "grid.linewidth": 1,
    "legend.frameon": False,
    "text.color": ".15",
    "xtick.color": ".15",
    "ytick.color": ".15",
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "image.cmap": "Greys",
}
_WHITEGRID = {**_SEABORN, "axes.facecolor": "white", "axes.edgecolor": ".8"}
_WHITEGRID |= {"axes.linewidth": 1, "grid.color": ".8"}
_TICKS = {**_WHITEGRID, "axes.grid": False, "axes.edgecolor": ".15", "axes.linewidth": 1.25}
_TICKS |= {"xtick.major.size": 6, "ytick.major.size": 6}
_DEEP = {"axes.prop_cycle": _colors("#4C72B0 #55A868 #C44E52 #8172B2 #CCB974 #64B5CD")}
_BRIGHT = {"axes.prop_cycle": _colors("#003FFF #03ED3A #E8000B #8A2BE2 #FFC400 #00D7FF")}
_MUTED = {"axes.prop_cycle": _colors("#4878CF #6ACC65 #D65F5F #B47CC7 #C4AD66 #77BEDB")}
_PASTEL = {"axes.prop_cycle": _colors("#92C6FF #97F0AA #FF9F9A #D0BBFF #FFFEA3 #B0E0E6")}
_COLORBLIND = {"axes.prop_cycle": _colors("#0072B2 #009E73 #D55E00 #CC79A7 #F0E442 #56B4E9")}
_SHEETS = {
    "default": {},
    "classic": {},
    "fast": {},
    "ggplot": {
        "axes.axisbelow": True,
        "axes.edgecolor": "white",
        "axes.facecolor": "#E5E5E5",
        "axes.grid": True,
        "axes.labelcolor": "#555555",
        "axes.labelsize": "large",
        "axes.linewidth": 1,
        "axes.prop_cycle": _colors("#E24A33 #348ABD #988ED5 #777777 #FBC15E #8EBA42 #FFB5B8"),
        "axes.titlesize": "x-large",
        "grid.color": "white",
        "patch.edgecolor": "#EEEEEE",
        "patch.facecolor": "#348ABD",
        "patch.linewidth": 0.5,
        "xtick.color": "#555555",
        "ytick.color": "#555555",
    },
    "dark_background": {
        "axes.edgecolor": "white",
        "axes.facecolor": "black",
        "axes.labelcolor": "white",
        "axes.prop_cycle": _colors(
            "#8dd3c7 #feffb3 #bfbbd9 #fa8174 #81b1d2 #fdb462 #b3de69 #bc82bd #ccebc4 #ffed6f"
        ),
        "figure.edgecolor": "black",
        "figure.facecolor": "black",
        "grid.color": "white",
        "lines.color": "white",
        "patch.edgecolor": "white",
        "text.color": "white",
        "xtick.color": "white",
        "ytick.color": "white",
    },
    "fivethirtyeight": {
        "axes.axisbelow": True,
        "axes.edgecolor": "#f0f0f0",
        "axes.facecolor": "#f0f0f0",
        "axes.grid": True,
        "axes.labelsize": "large",
        "axes.linewidth": 3.0,
        "axes.prop_cycle": _colors("#008fd5 #fc4f30 #e5ae38 #6d904f #8b8b8b #810f7c"),
        "axes.titlesize": "x-large",
        "figure.facecolor": "#f0f0f0",
        "font.size": 14.0,
        "grid.color": "#cbcbcb",
        "grid.linewidth": 1.0,
        "lines.linewidth": 4,
        "patch.edgecolor": "#f0f0f0",
        "patch.linewidth": 0.5,
        "xtick.major.size": 0,
        "ytick.major.size": 0,
    },
    "bmh": {
        "axes.edgecolor": "#bcbcbc",
        "axes.facecolor": "#eeeeee",
        "axes.grid": True,
        "axes.labelsize": "large",
        "axes.prop_cycle": _colors(
            "#348ABD #A60628 #7A68A6 #467821 #D55E00 #CC79A7 #56B4E9 #009E73 #F0E442 #0072B2"
        ),
        "axes.titlesize": "x-large",
        "grid.color": "#b2b2b2",
        "grid.linestyle": "--",
        "grid.linewidth": 0.5,
        "lines.linewidth": 2.0,
        "patch.edgecolor": "#eeeeee",
        "patch.linewidth": 0.5,
    },
    "grayscale": {
        "axes.prop_cycle": _colors("0.00 0.40 0.60 0.70"),
        "figure.facecolor": "0.75",
        "image.cmap": "gray",
    },
    "seaborn": {**_SEABORN, **_DEEP},
    "seaborn-bright": _BRIGHT,
    "seaborn-colorblind": _COLORBLIND,
    "seaborn-darkgrid": _SEABORN,
    "seaborn-deep": _DEEP,
    "seaborn-muted": _MUTED,
    "seaborn-notebook": {},
    "seaborn-paper": {},
    "seaborn-pastel": _PASTEL,
    "seaborn-poster": {"font.size": 16.0, "figure.figsize": [12.8, 8.8]},
    "seaborn-talk": {"font.size": 14.0, "figure.figsize": [10.4, 7.15]},
    "seaborn-ticks": _TICKS,
    "seaborn-white": {**_WHITEGRID, "axes.grid": False, "axes.edgecolor": ".15"},
    "seaborn-whitegrid": _WHITEGRID,
    "tableau-colorblind10": {
        "axes.prop_cycle": _colors(
            "#006BA4 #FF800E #ABABAB #595959 #5F9ED1 #C85200 #898989 #A2C8EC #FFBC79 #CFCFCF"
        )
    },
}
available = sorted(
    name.replace("seaborn", "seaborn-v0_8", 1) for name in _SHEETS if name != "default"
)


def use(style):
    """Take over the settings of a style sheet: a name, a dict, or a list of them."""
    for one in [style] if isinstance(style, (str, dict)) else style:
        if isinstance(one, dict):
            rcParams.update(one)
            continue
        if one == "default":
            rcdefaults()
        name = one.replace("seaborn-v0_8", "seaborn")
        if name not in _SHEETS:
            raise OSError(
                f"{one!r} is not a valid package style, path of style file, URL of style file, "
                "or library style name (library styles are listed in `style.available`)"
            )
        rcParams.update(_SHEETS[name])


@contextlib.contextmanager
def context(style, after_reset=False):
    """A style for a while."""
    before = dict(rcParams)
    try:
        if after_reset:
            rcdefaults()
        use(style)
        yield
    finally:
        rcParams.clear()
        dict.update(rcParams, before)
