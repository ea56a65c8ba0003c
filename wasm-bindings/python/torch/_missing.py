"""What is not here says so by name: `NotImplementedError: torch.fft is not part of Unroll; …`."""

import dis
import importlib
import sys

_IMPORT_FROM = dis.opmap["IMPORT_FROM"]


class Missing(NotImplementedError, AttributeError):
    """Raised for a name that PyTorch has and Unroll has not.

    It is an AttributeError as well, so that `hasattr` and `getattr` with a default go on working.
    """


class MissingImport(NotImplementedError, ModuleNotFoundError):
    """The same for `import torch.name` and `from torch import name`, which `except ImportError` can
    catch.
    """


for _kind in (Missing, MissingImport):
    _kind.__module__ = "builtins"
    _kind.__name__ = _kind.__qualname__ = "NotImplementedError"


def missing(name, instead="", kind=Missing):
    """The error for `name` (spelled with its module), with a hint at what to use instead."""
    hint = instead or "the program runs as it is on real PyTorch"
    return kind(f"{name} is not part of Unroll; {hint}")


def by_name(module, known, hints=None, later=""):
    """A module's `__getattr__`: names that PyTorch has raise NotImplementedError, others
    AttributeError.

    known: the names, in one text. hints: what to use instead of some of them. later: submodules
    that are imported when they are first named.
    """
    hints = hints or {}
    known = frozenset(known.split())
    later = frozenset(later.split())

    def __getattr__(name, depth=1):
        if name in later:
            return importlib.import_module(f"{module}.{name}")
        if name in hints or name in known:
            caller = sys._getframe(depth)
            importing = caller.f_code.co_code[caller.f_lasti] == _IMPORT_FROM
            raise missing(
                f"{module}.{name}", hints.get(name, ""), MissingImport if importing else Missing
            )
        raise AttributeError(f"module '{module}' has no attribute '{name}'")

    __getattr__.names = later
    return __getattr__


class _Finder:
    """The last finder of all: an import of a torch module that is not here ends at it."""

    def find_spec(self, name, path=None, target=None):
        if name.startswith("torch."):
            raise missing(name, kind=MissingImport)


def answer_imports():
    """Let `import torch.fft` say that it is not here, and other packages what to use instead."""
    from unroll import absent

    sys.meta_path.append(_Finder())
    absent.answer_imports()


class _MissingAttribute:
    """A class attribute that says by name that it is not here."""

    def __init__(self, name):
        self.name = name

    def __get__(self, instance, owner=None):
        raise missing(self.name)


def attributes_by_name(kind, name, known):
    """Let a class answer by name for what PyTorch's class of this name has and it has not."""
    for attribute in known.split():
        if not hasattr(kind, attribute):
            setattr(kind, attribute, _MissingAttribute(f"{name}.{attribute}"))
