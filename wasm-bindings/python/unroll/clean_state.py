"""The state of the interpreter before the first program, and the way back to it.

A program may replace what modules and classes hold, and change their lists and dicts, the settings
of Python and the environment. The next one is to find all of it as in a new process, in a few
milliseconds. What is loaded stays loaded: what a module changes while it is imported belongs to
the clean state. State inside of C and in closures is not looked at, but for the settings below.
"""

import importlib._bootstrap as importlib_bootstrap
import linecache
import os
import sys
import types
from collections import OrderedDict
from contextlib import suppress as _ignore
from operator import attrgetter, methodcaller

from unroll import settings

#: What a run itself sets.
_OWN = ("unroll.clean_state", "unroll.runner", "unroll.sessions", "unroll.dialogue", "__main__")
_ABSENT = object()
_MUTABLE = (1 << 9, 1 << 8)
#: What is put back in other ways, or kept: lines of programs show in tracebacks of a session.
_APART = (sys.modules, os.environ._data, linecache.cache)

_watches = []
#: `id` of everything that is watched.
_known = {*map(id, _APART)}
_modules = {}
_folder = ""
_has_begun = False
_is_loading = False


def save():
    """Take the present state as the clean one."""
    global _modules
    if not _watches:
        importlib_bootstrap._find_and_load_unlocked = _import
        _watch(_all_classes(), [*sys.modules.values()])
    _modules = dict(sys.modules)
    _accept(set())
    settings.save()


def begin(folder):
    """Before each run: modules in this folder are the program's own."""
    global _folder, _has_begun
    _folder = folder + os.sep
    if not _has_begun:
        # The start went on behind the memory snapshot.
        save()
    _has_begun = True


def restore():
    """Go back to the clean state. Returns what was changed, for `apply`."""
    changes = []
    for watch in _watches:
        for place in watch.changed():
            changes.append((watch, place, watch.state(place)))
            watch.put(place, watch.states[place])
    # Not as another object: Python itself holds this one.
    sys.modules.clear()
    sys.modules.update(_modules)
    settings.restore()
    return changes


def apply(changes):
    """Put back what `restore` undid."""
    for watch, place, state in changes:
        watch.put(place, state)


class _Watch:
    """Some things of one kind, and the state in which each is to be."""

    SIZE = 64

    def __init__(self, things):
        self.things = things
        self.states = self.read(things)

    def changed(self):
        """Places of the things that are in another state."""
        now = self.read(self.things)
        if _are_equal(now, self.states):
            return []
        return [i for i, state in enumerate(now) if not _are_equal(state, self.states[i])]

    def state(self, place):
        return self.read([self.things[place]])[0]

    def keep(self, place):
        self.states[place] = self.state(place)


class _Names(_Watch):
    """Dicts: the names of modules and of instances, or entries."""

    # Those of a subclass may do more.
    keys, values = staticmethod(dict.keys), staticmethod(dict.values)
    set, delete = staticmethod(dict.__setitem__), staticmethod(dict.__delitem__)

    @staticmethod
    def names(thing):
        return thing

    def read(self, things):
        things = [*map(self.names, things)]
        keys, values = map(self.keys, things), map(self.values, things)
        return [*zip(map(tuple, keys), map(tuple, values), strict=True)]

    def put(self, place, state):
        thing = self.things[place]
        now, wanted = dict(self.names(thing)), dict(zip(*state, strict=True))
        for name in now.keys() - wanted.keys():
            self.change(self.delete, thing, name)
        for name, value in wanted.items():
            if now.get(name, _ABSENT) is not value:
                self.change(self.set, thing, name, value)
        # The order may be another one.
        if self.states[place] is state:
            self.keep(place)

    @staticmethod
    def change(act, *arguments):
        # A few entries of classes are Python's own and no program's to change.
        with _ignore(AttributeError, TypeError):
            act(*arguments)


class _Classes(_Names):
    names = attrgetter("__dict__")
    keys, values = methodcaller("keys"), methodcaller("values")
    set, delete = staticmethod(type.__setattr__), staticmethod(type.__delattr__)


class _Lists(_Watch):
    def read(self, things):
        return [*map(tuple, things)]

    def put(self, place, state):
        self.things[place][:] = state


class _Sets(_Watch):
    def read(self, things):
        return [*map(frozenset, things)]

    def put(self, place, state):
        self.things[place].clear()
        self.things[place].update(state)


class _Functions(_Watch):
    read_one = attrgetter("__code__", "__defaults__", "__kwdefaults__")

    def read(self, things):
        return [*map(self.read_one, things)]

    def put(self, place, state):
        function = self.things[place]
        function.__code__, function.__defaults__, function.__kwdefaults__ = state


def _are_equal(one, other):
    """By identity or equality; what cannot be compared is another one."""
    try:
        return one == other
    except Exception:
        return False


def _watch(classes, modules):
    """Watch classes, modules, and what they hold: instances, lists, dicts, sets and functions."""
    things = {kind: [] for kind in (_Classes, _Names, _Lists, _Sets, _Functions)}
    kinds = {dict: _Names, list: _Lists, set: _Sets, types.FunctionType: _Functions}

    def add(kind, thing):
        if id(thing) in _known:
            return False
        _known.add(id(thing))
        things[kind].append(thing)
        return True

    def visit(values):
        for value in values:
            kind = type(value)
            if kind in kinds:
                if add(kinds[kind], value) and kind is types.FunctionType and value.__kwdefaults__:
                    add(_Names, value.__kwdefaults__)
            elif isinstance(value, type):
                if _is_mutable(value) and add(_Classes, value):
                    visit(value.__dict__.values())
            elif kind.__dictoffset__ and kind is not types.ModuleType:
                visit_instance(value)

    def visit_instance(value):
        if isinstance(value, dict) and not isinstance(value, OrderedDict):
            add(_Names, value)
        with _ignore(Exception):
            names = object.__getattribute__(value, "__dict__")
            if type(names) is dict and add(_Names, names):
                visit(names.values())

    for module in modules:
        if isinstance(module, types.ModuleType) and module.__name__ not in _OWN:
            names = module.__dict__
            if add(_Names, names):
                visit(names.values())
    visit(classes)
    for kind, all_of_kind in things.items():
        for i in range(0, len(all_of_kind), _Watch.SIZE):
            _watches.append(kind(all_of_kind[i : i + _Watch.SIZE]))


def _all_classes():
    found, todo = {object}, [object]
    while todo:
        for one in type.__subclasses__(todo.pop()):
            if one not in found:
                found.add(one)
                todo.append(one)
    return [one for one in found if _is_mutable(one)]


def _is_mutable(one):
    on_heap, fixed = _MUTABLE
    return bool(one.__flags__ & on_heap) and not one.__flags__ & fixed


_real_import = importlib_bootstrap._find_and_load_unlocked
_exists = os.path.exists


def _import(name, import_):
    """Imports a module that is not loaded, as importlib does. What that changes is clean, unless
    the module is the program's own.
    """
    global _is_loading
    if _is_loading or _is_own_name(name):
        return _real_import(name, import_)
    _is_loading = True
    try:
        before = _changed()
        return _real_import(name, import_)
    finally:
        _is_loading = False
        _accept(before)


def _is_own_name(name):
    path = _folder + name.partition(".")[0]
    return bool(_folder) and (_exists(path) or _exists(f"{path}.py"))


def _changed():
    return {(watch, place) for watch in _watches for place in watch.changed()}


def _accept(before):
    """Take what has changed since as clean, and what is loaded since."""
    for watch, place in _changed() - before:
        watch.keep(place)
    loaded = {
        name: module
        for name, module in sys.modules.items()
        if name not in _modules and not _is_programs(module)
    }
    _modules.update(loaded)
    _watch([], [*loaded.values()])


def _is_programs(module):
    path = getattr(module, "__file__", None)
    return isinstance(path, str) and bool(_folder) and path.startswith(_folder)
