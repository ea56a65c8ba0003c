"""Fonts: a figure's text is in the page's own sans-serif, serif or monospace font."""


class FontProperties:
    """What a text's font is to be."""

    def __init__(
        self,
        family=None,
        style=None,
        variant=None,
        weight=None,
        stretch=None,
        size=None,
        fname=None,
    ):
        self.settings = {
            key: value
            for key, value in {
                "fontfamily": family,
                "fontstyle": style,
                "fontweight": weight,
                "fontsize": size,
            }.items()
            if value is not None
        }

    def set_size(self, size):
        self.settings["fontsize"] = size


class FontManager:
    ttflist = ()

    def addfont(self, path):
        pass


fontManager = FontManager()


def findfont(prop, **kwargs):
    return ""


def findSystemFonts(fontpaths=None, fontext="ttf"):
    return []
