"""Element types: NumPy's dtypes, and the one table that says how the engine holds each.

The engine's own dtypes are used as they are. uint16, uint32 and uint64 lie in int64 and are
wrapped after each op; strings, objects and complex numbers are places in a list (`_pool.py`).
"""

import torch

#: name: (kind, bytes, character, the torch dtype that holds it)
_TABLE = {
    "bool": ("b", 1, "?", torch.bool),
    "int8": ("i", 1, "b", torch.int8),
    "uint8": ("u", 1, "B", torch.uint8),
    "int16": ("i", 2, "h", torch.int16),
    "uint16": ("u", 2, "H", torch.int64),
    "int32": ("i", 4, "i", torch.int32),
    "uint32": ("u", 4, "I", torch.int64),
    "int64": ("i", 8, "l", torch.int64),
    "uint64": ("u", 8, "L", torch.int64),
    "float16": ("f", 2, "e", torch.float16),
    "float32": ("f", 4, "f", torch.float32),
    "float64": ("f", 8, "d", torch.float64),
    "complex128": ("c", 16, "D", torch.int64),
    "object": ("O", 8, "O", torch.int64),
}
_WIDE = {"i": torch.int64, "u": torch.int64, "f": torch.float32}
_ALIASES = {
    "int": "int64",
    "long": "int64",
    "longlong": "int64",
    "intp": "int64",
    "uint": "uint64",
    "ulong": "uint64",
    "uintp": "uint64",
    "intc": "int32",
    "short": "int16",
    "byte": "int8",
    "ubyte": "uint8",
    "ushort": "uint16",
    "uintc": "uint32",
    "float": "float64",
    "double": "float64",
    "single": "float32",
    "half": "float16",
    "complex": "complex128",
    "q": "int64",
    "Q": "uint64",
    "p": "int64",
    "object_": "object",
    "bool_": "bool",
    "float_": "float64",
}
_made = {}


class dtype:
    """The type of an array's elements, such as `np.dtype('float32')`."""

    __slots__ = (
        "name", "kind", "itemsize", "char", "type", "storage", "wraps", "pooled", "isint", "order",
    )  # fmt: skip
    __module__ = "numpy"
    byteorder = "="
    shape = ()
    ndim = 0
    names = None
    fields = None
    subdtype = None
    hasobject = False
    isnative = True
    isbuiltin = 1

    def __new__(cls, spec=float, align=False, copy=False):
        return as_dtype(spec)

    def __reduce__(self):
        return as_dtype, (self.str[1:] if self.kind == "U" else self.name,)

    def __repr__(self):
        if self.kind == "U":
            return f"dtype('{self.str}')"
        return f"dtype('{'O' if self.kind == 'O' else self.name}')"

    def __str__(self):
        return self.str if self.kind == "U" else self.name

    def __hash__(self):
        return hash(self.name)

    def __eq__(self, other):
        if isinstance(other, dtype):
            return self is other
        try:
            return as_dtype(other) is self
        except TypeError:
            return False

    def __lt__(self, other):
        return promote(self, as_dtype(other)) is other and self is not other

    @property
    def base(self):
        """The dtype itself."""
        return self

    @property
    def num(self):
        """NumPy's number of the type."""
        return "?bBhHiIlLqQfdgFDGOSU".index(self.char) if self.char != "e" else 23

    @property
    def alignment(self):
        """Bytes that elements are aligned to."""
        return 4 if self.kind == "U" else min(self.itemsize, 8)

    @property
    def str(self):
        """Byte order, kind and size, as in '<f4'."""
        order = "|" if self.itemsize == 1 or self.kind == "O" else "<"
        if self.kind == "O":
            return "|O"
        return f"{order}{self.kind}{self.itemsize // 4 if self.kind == 'U' else self.itemsize}"

    def newbyteorder(self, order="="):
        """The dtype itself: everything is little-endian here."""
        return self


def _make(name, kind, itemsize, char, storage):
    made = object.__new__(dtype)
    native = storage._code is not None
    made.name, made.kind, made.itemsize, made.char = name, kind, itemsize, char
    made.storage = storage if native else _WIDE[kind]
    made.pooled = kind in "UOc"
    made.isint = kind in "iu"
    made.wraps = made.isint and (not native or (storage is torch.int64 and name != "int64"))
    made.order = len(_made)
    made.type = None
    _made[name] = made
    return made


for _name, _row in _TABLE.items():
    _make(_name, *_row)
(
    bool_, int8, uint8, int16, uint16, int32, uint32, int64, uint64, float16, float32, float64,
    complex128, object_,
) = _made.values()  # fmt: skip
BY_TORCH = {
    d.storage: d for d in (bool_, int8, uint8, int16, int32, float16, int64, float32, float64)
}
_BY_CHAR = {d.char: d for d in _made.values()}
_PYTHON = {float: float64, int: int64, bool: bool_, object: object_, complex: complex128}


def string(length):
    """The dtype of strings of up to this many characters."""
    name = f"str{32 * length}" if length else "str"
    found = _made.get(name)
    if found is None:
        found = _make(name, "U", 4 * length, "U", torch.int64)
        found.type = _made["str"].type if length else None
    return found


str_ = string(0)


def as_dtype(spec):
    """The dtype that a name, a type or a dtype stands for. Raises TypeError where there is none."""
    if type(spec) is dtype:
        return spec
    if spec is None:
        return float64
    found = _PYTHON.get(spec) if isinstance(spec, type) else None
    if found is not None:
        return found
    if isinstance(spec, type):
        made = spec.__dict__.get("dtype")
        if isinstance(made, dtype):
            return made
        if spec is str:
            return str_
        found = _abstract.get(spec.__name__) if spec.__module__ == "numpy" else None
        return found or object_
    if isinstance(spec, str):
        return _named(spec)
    raise TypeError(f"Cannot interpret '{spec!r}' as a data type")


_abstract = {"floating": float64, "integer": int64, "number": float64, "signedinteger": int64}


def _named(spec):
    name = spec.lstrip("<=|>")
    name = _ALIASES.get(name, name)
    found = _made.get(name) or (_BY_CHAR.get(name) if len(name) == 1 else None)
    if found is not None:
        return found
    kind, size = name[:1], name[1:]
    if kind in "US" and (not size or size.isdigit()):
        return string(int(size or 0))
    if size.isdigit():
        for candidate in _made.values():
            if candidate.kind == kind and candidate.itemsize == int(size) and kind != "U":
                return candidate
    if name in ("complex64", "longdouble", "float128", "complex256", "F", "g", "c8"):
        raise NotImplementedError(f"np.{name} is not part of the small NumPy; use a 64-bit type")
    if kind in "mM":
        raise NotImplementedError("dates are not part of the small NumPy")
    raise TypeError(f"data type '{spec}' not understood")


_FLOAT_FOR = {1: float16, 2: float32, 4: float64, 8: float64}


def float_for(kind):
    """The floating type in which a function such as sqrt computes values of this type."""
    return kind if kind.kind in "fcO" else _FLOAT_FOR[kind.itemsize]


def _promote(a, b):
    if a is b:
        return a
    if a.kind == "O" or b.kind == "O":
        return object_
    if a.kind == "U" or b.kind == "U":
        if a.kind != b.kind:
            return string(32) if a.kind in "f" or b.kind in "f" else string(21)
        return a if a.itemsize >= b.itemsize else b
    if a.kind == "b" or b.kind == "b":
        return b if a.kind == "b" else a
    if a.kind == "c" or b.kind == "c":
        return complex128
    if a.kind == b.kind:
        return a if a.itemsize >= b.itemsize else b
    if "f" in (a.kind, b.kind):
        number, whole = (a, b) if a.kind == "f" else (b, a)
        least = _FLOAT_FOR[whole.itemsize]
        return number if number.itemsize >= least.itemsize else least
    signed, unsigned = (a, b) if a.kind == "i" else (b, a)
    if signed.itemsize > unsigned.itemsize:
        return signed
    return {1: int16, 2: int32, 4: int64, 8: float64}[unsigned.itemsize]


_promoted = {}


def promote(a, b):
    """The smallest type that holds the values of both."""
    found = _promoted.get((a, b))
    if found is None:
        found = _promoted[a, b] = _promote(a, b)
    return found


def with_number(kind, number):
    """The type of a result over an array of type `kind` and a Python number (NumPy 2's rule)."""
    if type(number) is float:
        return kind if kind.kind in "fcO" else float64
    if type(number) is complex:
        return complex128
    if kind.kind == "b":
        return int64
    return kind


def limits(kind):
    """(smallest, largest) of an integer type."""
    bits = 8 * kind.itemsize
    return (0, 2**bits - 1) if kind.kind == "u" else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)


def wrap_int(value, kind):
    """A Python integer as it wraps around in an integer type."""
    low, high = limits(kind)
    return value if low <= value <= high else (value - low) % (high - low + 1) + low


def check_fits(number, kind):
    """Raise OverflowError where a Python integer does not fit an integer type."""
    if kind.isint:
        low, high = limits(kind)
        if not low <= number <= high:
            raise OverflowError(f"Python integer {number} out of bounds for {kind.name}")
