"""matplotlib: figures, with the words and the look of matplotlib 3.10.

A small one for Unroll, in pure Python: figures are drawn as SVG into the page, and saved as PNG,
SVG or PDF. Start reading at `pyplot.py`; `axes/` draws, `_canvas.py` collects what is drawn, and
`_svg.py`, `_offscreen.py` and `_pdf.py` write it out. What is not here says so by name; the real
matplotlib comes when the program needs it.
"""

import importlib

from ._rc import RcParams, cycler, rc, rc_context, rcdefaults, rcParams, rcParamsDefault

__version__ = "3.10.1"
_MODULES = (
    "artist axes axis cm collections colorbar colors container dates figure gridspec image legend "
    "lines markers patches pyplot spines style text ticker transforms animation font_manager"
)
rcParamsOrig = rcParamsDefault


def use(backend, *, force=True):
    """Choose a backend; here there is one only, which draws into the page."""
    rcParams["backend"] = str(backend).lower()


def get_backend():
    return rcParams["backend"]


def interactive(b):
    from . import _page

    _page.set_interactive(b)


def is_interactive():
    from . import _page

    return _page.is_interactive()


def set_loglevel(level):
    pass


def get_cachedir():
    return "."


get_configdir = get_data_path = get_cachedir


def matplotlib_fname():
    return "matplotlibrc"


def __getattr__(name):
    if name == "colormaps":
        from .cm import colormaps

        return colormaps
    if name in _MODULES.split():
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module 'matplotlib' has no attribute {name!r}")


def __dir__():
    return sorted({*globals(), *_MODULES.split(), "colormaps"})


__all__ = [
    "RcParams",
    "cycler",
    "get_backend",
    "interactive",
    "is_interactive",
    "rc",
    "rcParams",
    "rcParamsDefault",
    "rc_context",
    "rcdefaults",
    "use",
]
