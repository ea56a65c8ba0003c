"""Arrays in files: .npy, .npz and text."""

import contextlib
import io
import math
import re
import struct
import zipfile

from ._convert import array, asarray
from ._create import from_bytes, frombuffer
from ._dtypes import as_dtype

_MAGIC = b"\x93NUMPY"
#: NumPy's limit: reading a literal takes much more time and memory than its text has.
_LONGEST_HEADER = 10_000
_HEADER = re.compile(
    r"""(?:'[^'\\]*'|"[^"\\]*"|True|False|None|(?<![\d.])-?[\d.]+|[\s{}()\[\],:])*"""
)


def _opened(file, mode):
    """(open file, whether to close it)."""
    if hasattr(file, "read") or hasattr(file, "write"):
        return file, False
    return open(file, mode), True  # noqa: SIM115


def _write_npy(file, a):
    if a.dtype.kind in "Oc":
        raise NotImplementedError(f"saving {a.dtype.name} arrays is not part of the small NumPy")
    header = repr({"descr": a.dtype.str, "fortran_order": False, "shape": a.shape})
    header = header[:-1] + ", }"
    room = -(10 + len(header) + 1) % 64
    text = (header + " " * room + "\n").encode()
    file.write(_MAGIC + b"\x01\x00" + struct.pack("<H", len(text)) + text + a.tobytes())


def _read_bytes(file, size, what):
    """So many bytes of a file; a size that the file only claims takes no memory."""
    parts, left = [], size
    while left > 0:
        part = file.read(min(left, 1 << 20))
        if not part:
            raise ValueError(f"EOF: reading {what}, expected {size} bytes got {size - left}")
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _literal(text):
    """The value of a header. Only what a header is made of reaches Python's parser."""
    import ast

    if _HEADER.fullmatch(text) and len(re.findall(r"[({[]", text)) <= 50:
        with contextlib.suppress(SyntaxError, ValueError, TypeError):
            return ast.literal_eval(text.strip())
    raise ValueError(f"Cannot parse header: {text!r}")


def _read_header(file):
    """(dtype, whether the first index runs fastest, shape) of a .npy file."""
    version = tuple(_read_bytes(file, 2, "magic string"))
    if version not in ((1, 0), (2, 0), (3, 0)):
        raise ValueError(f"we only support format version (1,0), (2,0), and (3,0), not {version}")
    form = "<H" if version == (1, 0) else "<I"
    (size,) = struct.unpack(form, _read_bytes(file, struct.calcsize(form), "array header length"))
    text = _read_bytes(file, size, "array header").decode("utf-8" if version[0] > 2 else "latin1")
    if size > _LONGEST_HEADER:
        raise ValueError(
            f"Header info length ({size}) is large and may not be safe to load securely.\n"
            "To allow loading, adjust `max_header_size` or fully trust the `.npy` file using "
            "`allow_pickle=True`.\nFor safety against large resource use or crashes, sandboxing "
            "may be necessary."
        )
    header = _literal(text)
    if not isinstance(header, dict):
        raise ValueError(f"Header is not a dictionary: {header!r}")
    if header.keys() != {"descr", "fortran_order", "shape"}:
        raise ValueError(f"Header does not contain the correct keys: {sorted(header, key=str)!r}")
    shape, is_fortran = header["shape"], header["fortran_order"]
    if not isinstance(shape, tuple) or not all(type(n) is int and n >= 0 for n in shape):
        raise ValueError(f"shape is not valid: {shape!r}")
    if not isinstance(is_fortran, bool):
        raise ValueError(f"fortran_order is not a valid bool: {is_fortran!r}")
    try:
        return as_dtype(header["descr"]), is_fortran, shape
    except TypeError:
        raise ValueError(f"descr is not a valid dtype descriptor: {header['descr']!r}") from None


def _read_npy(file):
    if file.read(6) != _MAGIC:
        raise ValueError("Cannot load file containing pickled data when allow_pickle=False")
    kind, is_fortran, shape = _read_header(file)
    if kind.kind == "O":
        raise ValueError("Object arrays cannot be loaded when allow_pickle=False")
    data = _read_bytes(file, math.prod(shape) * kind.itemsize, "array data")
    if is_fortran:
        return from_bytes(data, kind, shape[::-1]).T.copy()
    return from_bytes(data, kind, shape)


def save(file, arr, allow_pickle=True, **_):
    """Write an array to a .npy file."""
    if isinstance(file, str) and not file.endswith(".npy"):
        file += ".npy"
    target, close = _opened(file, "wb")
    _write_npy(target, asarray(arr))
    if close:
        target.close()


def savez(file, *args, **kwds):
    """Write arrays to a .npz file, each under a name."""
    _save_all(file, args, kwds, zipfile.ZIP_STORED)


def savez_compressed(file, *args, **kwds):
    """Write arrays to a compressed .npz file."""
    _save_all(file, args, kwds, zipfile.ZIP_DEFLATED)


def _save_all(file, args, named, how):
    named.pop("allow_pickle", None)
    if isinstance(file, str) and not file.endswith(".npz"):
        file += ".npz"
    arrays = {**{f"arr_{i}": a for i, a in enumerate(args)}, **named}
    with zipfile.ZipFile(file, "w", how) as archive:
        for name, a in arrays.items():
            part = io.BytesIO()
            _write_npy(part, asarray(a))
            archive.writestr(f"{name}.npy", part.getvalue())


class NpzFile:
    """The arrays of a .npz file by name."""

    def __init__(self, archive):
        self.zip = archive
        self.files = [name.removesuffix(".npy") for name in archive.namelist()]

    def __getitem__(self, name):
        if name not in self.files:
            raise KeyError(f"{name} is not a file in the archive")
        return _read_npy(io.BytesIO(self.zip.read(f"{name}.npy")))

    def __iter__(self):
        return iter(self.files)

    def __len__(self):
        return len(self.files)

    def __contains__(self, name):
        return name in self.files

    def keys(self):
        """The names."""
        return self.files

    def values(self):
        """The arrays."""
        return [self[name] for name in self.files]

    def items(self):
        """Names and arrays."""
        return [(name, self[name]) for name in self.files]

    def close(self):
        """Close the file."""
        self.zip.close()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


def load(file, mmap_mode=None, allow_pickle=False, **_):
    """The array of a .npy file, or the arrays of a .npz file."""
    source, close = _opened(file, "rb")
    start = source.read(2)
    source.seek(-len(start), 1)
    if not start:
        raise EOFError("No data left in file")
    if start == b"PK":
        return NpzFile(zipfile.ZipFile(io.BytesIO(source.read())))
    made = _read_npy(source)
    if close:
        source.close()
    return made


def _lines(source):
    """The lines of a text: a path, an open file or a list."""
    if isinstance(source, (str, bytes)) or hasattr(source, "__fspath__"):
        with open(source) as file:
            return file.read().splitlines()
    return [line.decode() if isinstance(line, bytes) else line for line in source]


def _rows(source, comments, delimiter, skip, limit=None):
    marks = [comments] if isinstance(comments, str) else list(comments or ())
    rows = []
    for line in _lines(source)[skip:]:
        for mark in marks:
            line = line.split(mark, 1)[0]
        if line.strip():
            parts = line.strip("\r\n").split(delimiter)
            rows.append([part.strip() for part in parts])
        if limit is not None and len(rows) >= limit:
            break
    return rows


def loadtxt(
    fname, dtype=float, comments="#", delimiter=None, converters=None, skiprows=0, usecols=None,
    unpack=False, ndmin=0, encoding=None, max_rows=None, *, quotechar=None, like=None,
):  # fmt: skip
    """The numbers of a text file, a row a line. Raises ValueError for what is no number."""
    kind = as_dtype(dtype)
    rows = _rows(fname, comments, delimiter, skiprows, max_rows)
    columns = [usecols] if hasattr(usecols, "__index__") else usecols
    made = []
    for i, row in enumerate(rows):
        if columns is not None:
            row = [row[c] for c in columns]
        elif len(row) != len(rows[0]):
            raise ValueError(
                f"the number of columns changed from {len(rows[0])} to {len(row)} at row {i + 1}; "
                "use `usecols` to select a subset and avoid this error"
            )
        made.append([_value(part, kind, converters, i, c) for c, part in enumerate(row)])
    a = array(made, kind) if made else array([], kind)
    a = a.squeeze() if ndmin == 0 else a
    while a.ndim < ndmin:
        a = a[:, None] if a.ndim == 1 and columns else a[None]
    if ndmin == 1 and a.ndim == 2 and 1 in a.shape:
        a = a.ravel()
    return a.T if unpack else a


def _value(text, kind, converters, row, column):
    if converters:
        act = converters if callable(converters) else converters.get(column)
        if act:
            return act(text)
    if kind.kind in "UO":
        return text
    try:
        return int(text) if kind.isint else float(text)
    except ValueError:
        raise ValueError(
            f"could not convert string '{text}' to {kind.name} at row {row}, column {column + 1}."
        ) from None


def genfromtxt(
    fname, dtype=float, comments="#", delimiter=None, skip_header=0, skip_footer=0,
    converters=None, missing_values=None, filling_values=None, usecols=None, names=None,
    unpack=False, max_rows=None, encoding=None, invalid_raise=True, **_,
):  # fmt: skip
    """The numbers of a text file; what is no number becomes NaN."""
    rows = _rows(fname, comments, delimiter, skip_header + bool(names), max_rows)
    if skip_footer:
        rows = rows[:-skip_footer]
    kind = as_dtype(dtype)
    fill = float("nan") if filling_values is None else filling_values

    def number(text):
        if kind.kind in "UO":
            return text
        try:
            return float(text)
        except ValueError:
            return fill if kind.kind == "f" else -1

    columns = [usecols] if hasattr(usecols, "__index__") else usecols
    picked = [[row[c] for c in columns] if columns is not None else row for row in rows]
    a = array([[number(part) for part in row] for row in picked], kind).squeeze()
    return a.T if unpack else a


def savetxt(
    fname, X, fmt="%.18e", delimiter=" ", newline="\n", header="", footer="", comments="# ",
    encoding=None,
):  # fmt: skip
    """Write the rows of an array as text."""
    a = asarray(X)
    rows = a.reshape(-1, 1).tolist() if a.ndim < 2 else a.tolist()
    target, close = _opened(fname, "w")
    text = ""
    if header:
        text += comments + header.replace("\n", f"\n{comments}") + newline
    for row in rows:
        if isinstance(fmt, str) and fmt.count("%") > 1:
            text += fmt % tuple(row) + newline
            continue
        formats = [fmt] * len(row) if isinstance(fmt, str) else fmt
        text += delimiter.join(f % v for f, v in zip(formats, row, strict=True)) + newline
    if footer:
        text += comments + footer.replace("\n", f"\n{comments}") + newline
    try:
        target.write(text)
    except TypeError:
        target.write(text.encode())
    if close:
        target.close()


def fromfile(file, dtype=float, count=-1, sep="", offset=0, **_):
    """The numbers of a binary file, or of a text where `sep` is given."""
    if sep:
        from ._create import fromstring

        return fromstring(" ".join(_lines(file)), dtype, sep=sep)
    source, close = _opened(file, "rb")
    data = source.read()
    if close:
        source.close()
    return frombuffer(data, dtype, count, offset)


def tofile(a, fid, sep="", format="%s"):
    """Write the elements to a file: their bytes, or a text where `sep` is given."""
    target, close = _opened(fid, "w" if sep else "wb")
    target.write(sep.join(map(str, a.ravel().tolist())) if sep else a.tobytes())
    if close:
        target.close()


def dumps(a):
    """The array as pickle writes it."""
    import pickle

    return pickle.dumps(a)


def dump(a, file):
    """Write the array with pickle."""
    target, close = _opened(file, "wb")
    target.write(dumps(a))
    if close:
        target.close()


FUNCTIONS = (
    save, savez, savez_compressed, load, loadtxt, genfromtxt, savetxt, fromfile,
)  # fmt: skip
