"""Reads a pickle that nobody vouches for: the unpickler of torch.load(weights_only=True).

It knows the opcodes of _OPCODES and no other. A file gets what `_safe_globals` lets it name, and
can call nothing else; it can set the state of the classes in `_build`, and of no other.
"""

import struct
import sys
from collections import Counter, OrderedDict
from pickle import UnpicklingError, decode_long
from types import NoneType

from . import _safe_globals
from ._tensor import Tensor
from ._utils import set_attributes
from ._warn import warn
from .nn.parameter import Parameter

_STOP = b"."
#: Freeing or hashing what lies deeper ends Python in a browser. torch.save writes nothing so deep.
_DEEPEST = 1000
_ATOMS = frozenset((NoneType, bool, int, float, str, bytes, complex))


class Unpickler:
    """pickle.Unpickler without the power to run code."""

    def __init__(self, file, *, encoding="ASCII"):
        self._file = file
        self._encoding = encoding
        self._memo = {}
        self._depths, self._late = {}, 0

    def load(self):
        """The object that the pickle describes. Raises UnpicklingError for what is not allowed, and
        what the parts raise for a pickle that is broken.
        """
        self._stack, self._outer = [], []
        for _, (_, act), argument in _instructions(self._file):
            act(self, argument)
        return self._stack.pop()

    def persistent_load(self, pid):
        """What an identifier of the file stands for: a subclass knows."""
        raise UnpicklingError("unsupported persistent id encountered")

    def _push(self, value):
        self._stack.append(value)

    def _pop_to_mark(self):
        items = self._stack
        self._stack = self._outer.pop()
        return items

    def _nest(self, outer, items):
        """Note that a value holds items. Raises UnpicklingError where they lie too deep.

        What is put into a value that lies in another one already is added up, so that the depth
        cannot grow unseen from inside.
        """
        entry = self._depths.setdefault(id(outer), [outer, 1, False])
        before, depth = entry[1], entry[1]
        for item in items:
            if type(item) not in _ATOMS:
                inner = self._depths.setdefault(id(item), [item, 1, False])
                inner[2] = True
                depth = max(depth, inner[1] + 1)
        entry[1] = depth
        self._late += depth - before if entry[2] else 0
        if max(depth, self._late) > _DEEPEST:
            raise UnpicklingError(f"Values lie more than {_DEEPEST} deep in each other")

    def _mark(self, _):
        self._outer.append(self._stack)
        self._stack = []

    def _check_protocol(self, protocol):
        if protocol != 2:
            warn(
                f"Detected pickle protocol {protocol} in the checkpoint, which was not the default "
                "pickle protocol used by `torch.load` (2). The weights_only Unpickler might not "
                "support all instructions implemented by this protocol, please file an issue for "
                "adding support if you encounter this."
            )

    def _push_short_text(self, data):
        self._push(data if self._encoding == "bytes" else data.decode(self._encoding, "strict"))

    def _push_global(self, names):
        self._push(_safe_globals.find(*names))

    def _put(self, index):
        self._memo[index] = self._stack[-1]

    def _get(self, index):
        self._push(self._memo[index])

    def _push_tuple(self, items):
        items = tuple(items)
        self._nest(items, items)
        self._push(items)

    def _pop_many(self, count):
        if len(self._stack) < count:
            raise IndexError("list index out of range")
        items = self._stack[-count:]
        del self._stack[-count:]
        return items

    def _list(self, verb):
        if type(self._stack[-1]) is not list:
            raise UnpicklingError(f"Can only {verb} lists, but got {type(self._stack[-1])}")
        return self._stack[-1]

    def _append(self, _):
        item = self._stack.pop()
        target = self._list("append to")
        self._nest(target, (item,))
        target.append(item)

    def _extend(self, _):
        items = self._pop_to_mark()
        target = self._list("extend")
        self._nest(target, items)
        target.extend(items)

    def _set_item(self, _):
        value, key = self._stack.pop(), self._stack.pop()
        self._nest(self._stack[-1], (key, value))
        self._stack[-1][key] = value

    def _set_items(self, _):
        items = self._pop_to_mark()
        target = self._stack[-1]
        self._nest(target, items)
        for i in range(0, len(items), 2):
            target[items[i]] = items[i + 1]

    def _push_persistent(self, _):
        pid = self._stack.pop()
        if type(pid) is not tuple:
            raise UnpicklingError(f"persistent_load id must be tuple or int, but got {type(pid)}")
        kind = pid[0] if pid else None
        if not isinstance(kind, (str, bytes)) or kind not in ("storage", b"storage"):
            raise UnpicklingError(f"Only persistent_load of storage is allowed, but got {kind}")
        self._push(self.persistent_load(pid))

    def _reduce(self, _):
        arguments, function = self._stack.pop(), self._stack[-1]
        if not (_safe_globals.is_default(function) or _safe_globals.is_added(function)):
            raise UnpicklingError(f"Trying to call reduce for unrecognized function {function}")
        self._stack[-1] = function(*arguments)
        self._nest(self._stack[-1], (arguments,))

    def _new_object(self, _):
        arguments, kind = self._stack.pop(), self._stack.pop()
        if isinstance(kind, type) and _safe_globals.is_default(kind):
            self._push(kind(*arguments))
            self._nest(self._stack[-1], (arguments,))
        elif _safe_globals.is_default(kind) or _safe_globals.is_added(kind):
            self._push(kind.__new__(kind, *arguments))
            self._nest(self._stack[-1], (arguments,))
        else:
            raise UnpicklingError(
                "Can only create new object for nn.Parameter or classes allowlisted "
                f"via `add_safe_globals` but got {kind}"
            )

    def _build(self, _):
        state, target = self._stack.pop(), self._stack[-1]
        self._nest(target, (state,))
        kind = type(target)
        if kind is Tensor:
            target.set_(*state)
        elif kind is OrderedDict:
            vars(target).update(state)
        elif kind is Parameter or (_safe_globals.is_added(kind) and hasattr(kind, "__setstate__")):
            target.__setstate__(state)
        elif kind is Counter or _safe_globals.is_added(kind):
            attributes, slots = state if type(state) is tuple and len(state) == 2 else (state, None)
            if attributes:
                vars(target).update(attributes)
            set_attributes(target, slots)
        else:
            raise UnpicklingError(
                "Can only build Tensor, Parameter, OrderedDict or types allowlisted via "
                f"`add_safe_globals`, but got {kind}"
            )


def load(file, *, encoding="ASCII"):
    """The object that a pickle without tensors describes."""
    return Unpickler(file, encoding=encoding).load()


def names_in(file):
    """The names of classes and functions in a pickle, of which nothing is made."""
    return [".".join(argument) for opcode, _, argument in _instructions(file) if opcode == _GLOBAL]


def _instructions(file):
    """Each (opcode, its row of _OPCODES, its argument) up to the end of the pickle."""
    while (opcode := file.read(1)) != _STOP:
        if not opcode:
            raise EOFError("Ran out of input")
        row = _OPCODES.get(opcode)
        if row is None:
            raise UnpicklingError(f"Unsupported operand {opcode[0]}")
        yield opcode, row, row[0](file)


# how the argument behind an opcode is read


def _no_argument(file):
    return None


def _number(format):
    size = struct.calcsize(format)
    return lambda file: struct.unpack(format, file.read(size))[0]


_byte, _word = _number("<B"), _number("<I")


def _bytes(file, size):
    # In 32 bits, read() takes no size of 2 GB and more.
    data = file.read(min(size, sys.maxsize))
    if len(data) < size:
        raise EOFError("Ran out of input")
    return data


def _text(file):
    return str(_bytes(file, _word(file)), "utf-8", "surrogatepass")


def _short_bytes(file):
    return _bytes(file, _byte(file))


def _long(file):
    return decode_long(_short_bytes(file))


def _names(file):
    module, name = (file.readline()[:-1].decode() for _ in range(2))
    return _safe_globals.modern(module, name)


def _pushes(make):
    """The row of an opcode without an argument that pushes what `make` gives."""
    return _no_argument, lambda unpickler, _: unpickler._push(make())


def _tuple_of(count):
    return _no_argument, lambda unpickler, _: unpickler._push_tuple(unpickler._pop_many(count))


_GLOBAL = b"c"
#: Each opcode: how its argument is read, and what the Unpickler does with it.
_OPCODES = {
    b"\x80": (_byte, Unpickler._check_protocol),
    b"N": _pushes(lambda: None),
    b"\x88": _pushes(lambda: True),
    b"\x89": _pushes(lambda: False),
    b")": _pushes(tuple),
    b"]": _pushes(list),
    b"}": _pushes(dict),
    b"\x8f": _pushes(set),
    b"J": (_number("<i"), Unpickler._push),
    b"K": (_byte, Unpickler._push),
    b"M": (_number("<H"), Unpickler._push),
    b"G": (_number(">d"), Unpickler._push),
    b"\x8a": (_long, Unpickler._push),
    b"X": (_text, Unpickler._push),
    b"U": (_short_bytes, Unpickler._push_short_text),
    b"(": (_no_argument, Unpickler._mark),
    b"t": (_no_argument, lambda unpickler, _: unpickler._push_tuple(unpickler._pop_to_mark())),
    b"\x85": _tuple_of(1),
    b"\x86": _tuple_of(2),
    b"\x87": _tuple_of(3),
    b"a": (_no_argument, Unpickler._append),
    b"e": (_no_argument, Unpickler._extend),
    b"s": (_no_argument, Unpickler._set_item),
    b"u": (_no_argument, Unpickler._set_items),
    b"q": (_byte, Unpickler._put),
    b"r": (_word, Unpickler._put),
    b"h": (_byte, Unpickler._get),
    b"j": (_word, Unpickler._get),
    b"Q": (_no_argument, Unpickler._push_persistent),
    _GLOBAL: (_names, Unpickler._push_global),
    b"R": (_no_argument, Unpickler._reduce),
    b"\x81": (_no_argument, Unpickler._new_object),
    b"b": (_no_argument, Unpickler._build),
}
