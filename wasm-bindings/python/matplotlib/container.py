"""Several artists that were made together."""


class Container(tuple):
    """A tuple of artists with a label."""

    def __new__(cls, children, *args, **kwargs):
        return super().__new__(cls, tuple(children))

    def __init__(self, children, label=None, **kwargs):
        self._label = "" if label is None else str(label)
        self._remove_from = ()
        self._visible = True

    def get_label(self):
        return self._label

    def set_label(self, s):
        self._label = "" if s is None else str(s)

    def get_visible(self):
        return self._visible

    def get_children(self):
        return [child for child in _flat(self) if child is not None]

    def remove(self):
        for child in self.get_children():
            child.remove()
        for one in self._remove_from:
            if self in one:
                one.remove(self)

    def __repr__(self):
        return f"<{type(self).__name__} object of {len(self)} artists>"


def _flat(items):
    for item in items:
        if isinstance(item, (tuple, list)):
            yield from _flat(item)
        else:
            yield item


class BarContainer(Container):
    """The bars of bar() or hist()."""

    def __init__(self, patches, errorbar=None, *, datavalues=None, orientation=None, **kwargs):
        super().__init__(patches, **kwargs)
        self.patches, self.errorbar = list(patches), errorbar
        self.datavalues, self.orientation = datavalues, orientation


class ErrorbarContainer(Container):
    """(line, caps, bars) of errorbar()."""

    def __init__(self, lines, has_xerr=False, has_yerr=False, **kwargs):
        super().__init__(lines, **kwargs)
        self.lines = lines
        self.has_xerr, self.has_yerr = has_xerr, has_yerr


class StemContainer(Container):
    """(markers, stems, baseline) of stem()."""

    def __init__(self, parts, **kwargs):
        super().__init__(parts, **kwargs)
        self.markerline, self.stemlines, self.baseline = parts
