"""Modules of the standard library, and of our packages, that programs seldom import.

Their archive comes when one of them is imported.
"""

import importlib
import os
import sys
from importlib.machinery import PathFinder

#: Where the page's function puts the archive in Python's file system.
ARCHIVE = "/lib/python-rare.zip"


class _Finder:
    """Comes after Python's own finders, and knows by name what is in the archive."""

    def __init__(self, names):
        self.names = frozenset(names)

    def find_spec(self, name, path=None, target=None):
        if name not in self.names:
            return None
        if not os.path.exists(ARCHIVE):
            _fetch(name)
        packages = name.split(".")[:-1]
        return PathFinder.find_spec(name, ["/".join((ARCHIVE, *packages))])


def install(names):
    """Let imports of these modules find them in the archive."""
    sys.meta_path.append(_Finder(names))


def _fetch(name):
    sys.modules.pop("_unroll_site", None)
    problem = importlib.import_module("_unroll_site").fetch_rare_modules(ARCHIVE)
    if problem:
        raise ImportError(f"{name} could not be loaded: {problem}", name=name)
    importlib.invalidate_caches()
