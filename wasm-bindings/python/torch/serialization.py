"""torch.save and torch.load: the files of PyTorch.

A file is a zip archive: `data.pkl` is a pickle whose storages are names, `data/NAME` the bytes of
each. Old files are a row of pickles with the bytes behind; both can be read, both can be written.
"""

import io
import os
import pickle
import struct
from contextlib import closing

from . import _safe_globals, _weights_only_unpickler
from . import storage as _storage
from ._file_formats import MAGIC_NUMBER, PROTOCOL_VERSION, Archive, read_legacy, read_zip
from ._safe_globals import (
    _get_layout,  # noqa: F401  (files name it here)
    add_safe_globals,
    clear_safe_globals,
    get_safe_globals,
    safe_globals,
)

__all__ = [
    "add_safe_globals",
    "clear_safe_globals",
    "get_safe_globals",
    "get_unsafe_globals_in_checkpoint",
    "load",
    "safe_globals",
    "save",
]

DEFAULT_PROTOCOL = 2
_SYSTEM = {
    "protocol_version": PROTOCOL_VERSION,
    "little_endian": True,
    "type_sizes": {"short": 2, "int": 4, "long": 4},
}


# writing


def save(
    obj,
    f,
    pickle_module=pickle,
    pickle_protocol=DEFAULT_PROTOCOL,
    _use_new_zipfile_serialization=True,
    _disable_byteorder_record=False,
):
    """Write an object to a file, by path or open for writing, in the form that PyTorch reads."""
    if isinstance(f, (str, os.PathLike)):
        path = os.fspath(f)
        folder = os.path.dirname(path)
        if folder and not os.path.isdir(folder):
            raise RuntimeError(f"Parent directory {folder} does not exist.")
        name = os.path.splitext(os.path.basename(path))[0] or "archive"
    elif hasattr(f, "write"):
        path, name = None, "archive"
    else:
        raise AttributeError(
            "expected 'f' to be string, path, or a file-like object with a 'write' attribute"
        )
    write = _zip_archive if _use_new_zipfile_serialization else _legacy_file
    data = write(obj, name, pickle_module, pickle_protocol)
    if path is None:
        f.write(data)
        return
    with open(path, "wb") as file:
        file.write(data)


def _pickled(obj, pickle_module, protocol, extra=()):
    """The pickle of an object, and its storages as one-dimensional tensors by their names."""
    names, storages = {}, {}

    def persistent_id(value):
        if not isinstance(value, _storage._Storage):
            return None
        flat = value._flat
        key = _storage.key_of(flat)
        if key not in names:
            names[key] = str(len(names))
            storages[names[key]] = flat
        if isinstance(value, _storage.UntypedStorage):
            kind, count = _storage.UntypedStorage, value.nbytes()
        else:
            kind, count = _storage.LEGACY[value.pickle_storage_type()], value.size()
        return ("storage", kind, names[key], "cpu", count, *extra)

    class Pickler(pickle_module.Pickler):
        def persistent_id(self, value):
            return persistent_id(value)

    file = io.BytesIO()
    Pickler(file, protocol=protocol).dump(obj)
    return file.getvalue(), storages


def _raw(flat):
    from . import _C

    return _C.to_bytes(flat._h)


def _zip_archive(obj, name, pickle_module, protocol):
    import zipfile

    data, storages = _pickled(obj, pickle_module, protocol)
    records = [("data.pkl", data), ("byteorder", b"little")]
    records += [(f"data/{key}", _raw(flat)) for key, flat in storages.items()]
    checksum = zipfile.crc32(b"".join(bytes(record) for _, record in records))
    records += [("version", b"3\n"), (".data/serialization_id", f"{checksum:040d}".encode())]
    file = io.BytesIO()
    with closing(zipfile.ZipFile(file, "w", zipfile.ZIP_STORED)) as archive:
        for record, content in records:
            entry = zipfile.ZipInfo(f"{name}/{record}")
            # PyTorch maps files into memory and so wants each record to begin at 64 bytes.
            begin = file.tell() + 30 + len(entry.filename.encode())
            padding = -(begin + 4) % 64
            entry.extra = b"FB" + struct.pack("<H", padding) + b"Z" * padding
            archive.writestr(entry, content)
    return file.getvalue()


def _legacy_file(obj, name, pickle_module, protocol):
    data, storages = _pickled(obj, pickle_module, protocol, extra=(None,))
    parts = [pickle.dumps(part, protocol) for part in (MAGIC_NUMBER, PROTOCOL_VERSION, _SYSTEM)]
    parts += [data, pickle.dumps(sorted(storages), protocol)]
    for key in sorted(storages):
        flat = storages[key]
        parts += [struct.pack("<q", flat.numel()), _raw(flat)]
    return b"".join(parts)


# reading


def load(
    f, map_location=None, pickle_module=None, *, weights_only=None, mmap=None, **pickle_load_args
):
    """Read what torch.save wrote, here or in PyTorch. Everything lands on the CPU.

    map_location: as in PyTorch, needed for files written on another device. weights_only=False
    also makes objects of any class, and so can run any code: only for files that you trust.

    Limit: No TorchScript archives; mmap=True reads the file as a whole.
    """
    is_path = isinstance(f, (str, os.PathLike))
    data = _content(f, is_path)
    safe = pickle_module is None if weights_only is None else weights_only
    if safe and pickle_module is not None:
        raise RuntimeError("Can not safely load weights when explicit pickle_module is specified")
    if not data:
        raise EOFError("Ran out of input")
    module = _weights_only_unpickler if safe else (pickle_module or pickle)
    is_zip = data[:4] == b"PK\x03\x04"
    if mmap:
        _check_mmap(f, is_path, is_zip)
    read = read_zip if is_zip else read_legacy
    pickle_load_args.setdefault("encoding", "utf-8")
    try:
        return read(data, module, map_location, pickle_load_args)
    except pickle.UnpicklingError as error:
        if not safe:
            raise
        raise pickle.UnpicklingError(_safe_globals.explain(error)) from None


def _content(f, is_path):
    if is_path:
        with open(f, "rb") as file:
            return file.read()
    for needed in ("seek", "read"):
        if not hasattr(f, needed):
            raise AttributeError(
                f"'{type(f).__name__}' object has no attribute '{needed}'. You can only "
                "torch.load from a file that is seekable. Please pre-load the data into a buffer "
                "like io.BytesIO and try to load from it instead."
            )
    return f.read()


def _check_mmap(f, is_path, is_zip):
    if not is_zip:
        name = f"{f}, " if isinstance(f, str) else ""
        raise RuntimeError(
            "mmap can only be used with files saved with "
            f"`torch.save({name}_use_new_zipfile_serialization=True), "
            "please torch.save your checkpoint with this option in order to use mmap."
        )
    if not is_path:
        raise ValueError("f must be a file path in order to use the mmap argument")


def get_unsafe_globals_in_checkpoint(f):
    """The names in a file that weights_only=True would refuse."""
    is_path = isinstance(f, (str, os.PathLike))
    data = _content(f, is_path)
    if data[:4] != b"PK\x03\x04":
        raise ValueError("Expected input to be a checkpoint returned by torch.save")
    archive = Archive(data)
    if "constants.pkl" in archive:
        raise ValueError(
            "Expected input to be a checkpoint returned by torch.save but got a torchscript "
            "checkpoint"
        )
    names = _weights_only_unpickler.names_in(io.BytesIO(archive.read("data.pkl")))
    return _safe_globals.unsafe(names)


def get_default_load_endianness():
    """None: a file says itself in which order its bytes are."""
