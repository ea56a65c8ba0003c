"""torch.save and torch.load: the files of PyTorch.

A file is a zip archive: `data.pkl` is a pickle whose storages are names, `data/NAME` the bytes of
each. Old files are a row of pickles with the bytes behind; both can be read, both can be written.
"""

import io
import os
import pickle
import struct
from contextlib import closing

from . import storage as _storage
from ._device import device as Device
from ._weights_only import (
    SafeUnpickler,
    add_safe_globals,
    clear_safe_globals,
    explain,
    get_safe_globals,
    get_unsafe_globals,
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
MAGIC_NUMBER = 0x1950A86A20F9469CFC6C
PROTOCOL_VERSION = 1001
_SYSTEM = {
    "protocol_version": PROTOCOL_VERSION,
    "little_endian": True,
    "type_sizes": {"short": 2, "int": 4, "long": 4},
}
_NO_CUDA = (
    "Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False. If "
    "you are running on a CPU-only machine, please use torch.load with "
    "map_location=torch.device('cpu') to map your storages to the CPU."
)


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

    Limit: No mmap and no TorchScript archives.
    """
    if isinstance(f, (str, os.PathLike)):
        with open(f, "rb") as file:
            data = file.read()
    else:
        if not hasattr(f, "read") or not hasattr(f, "seek"):
            missing = "seek" if not hasattr(f, "seek") else "read"
            raise AttributeError(
                f"'{type(f).__name__}' object has no attribute '{missing}'. You can only "
                "torch.load from a file that is seekable. Please pre-load the data into a buffer "
                "like io.BytesIO and try to load from it instead."
            )
        data = f.read()
    safe = pickle_module is None if weights_only is None else weights_only
    if safe and pickle_module is not None:
        raise RuntimeError("Can not safely load weights when explicit pickle_module is specified")
    if not data:
        raise EOFError("Ran out of input")
    unpickler = SafeUnpickler if safe else (pickle_module or pickle).Unpickler
    read = _read_zip if data[:4] == b"PK\x03\x04" else _read_legacy
    pickle_load_args.setdefault("encoding", "utf-8")
    try:
        return read(data, unpickler, map_location, pickle_load_args)
    except pickle.UnpicklingError as error:
        if not safe:
            raise
        raise pickle.UnpicklingError(explain(error)) from None


def _read_zip(data, unpickler, map_location, options):
    import zipfile

    with closing(zipfile.ZipFile(io.BytesIO(data))) as archive:
        names = archive.namelist()
        start = next(name for name in names if name.endswith("data.pkl"))[: -len("data.pkl")]
        if start + "constants.pkl" in names:
            raise RuntimeError(
                "Cannot use ``weights_only=True`` with TorchScript archives passed to "
                "``torch.load``. TorchScript files are not part of Unroll; save the state_dict"
            )
        swapped = start + "byteorder" in names and archive.read(start + "byteorder") == b"big"
        made = {}

        def persistent_load(saved):
            kind, key, location = saved[1:4]
            if key not in made:
                content = archive.read(f"{start}data/{key}")
                made[key] = _made_storage(kind, content, location, map_location, swapped)
            return made[key]

        return _unpickle(archive.read(start + "data.pkl"), unpickler, persistent_load, options)


def _read_legacy(data, unpickler, map_location, options):
    file = io.BytesIO(data)
    if unpickler(file, **options).load() != MAGIC_NUMBER:
        raise RuntimeError("Invalid magic number; corrupt file?")
    version = unpickler(file, **options).load()
    if version != PROTOCOL_VERSION:
        raise RuntimeError(f"Invalid protocol version: {version}")
    swapped = not unpickler(file, **options).load()["little_endian"]
    body = file.tell()
    # The bytes come behind the pickle that asks for them, so it is read twice.
    storages = {}

    def measure(saved):
        kind, key, location, count = saved[1:5]
        storages[key] = (kind, location)
        return _made_storage(kind, b"\0" * (count * _itemsize(kind)), "cpu", None, False)

    _unpickle(file, unpickler, measure, options)
    made = {}
    for key in unpickler(file, **options).load():
        (count,) = struct.unpack("<q", file.read(8))
        kind, location = storages[key]
        content = file.read(count * _itemsize(kind))
        made[key] = _made_storage(kind, content, location, map_location, swapped)

    def persistent_load(saved):
        found, view = made[saved[2]], saved[5] if len(saved) > 5 else None
        if view is None:
            return found
        _, offset, count = view
        return type(found)._over(found._flat[offset : offset + count])

    file.seek(body)
    return _unpickle(file, unpickler, persistent_load, options)


def _unpickle(file, unpickler, persistent_load, options):
    class Unpickler(unpickler):
        def persistent_load(self, saved):
            if saved[0] != "storage":
                raise RuntimeError(
                    f"Unknown typename for persistent_load, expected 'storage' but got '{saved[0]}'"
                )
            return persistent_load(saved)

    file = io.BytesIO(file) if isinstance(file, bytes) else file
    return Unpickler(file, **options).load()


def _itemsize(kind):
    return 1 if kind is _storage.UntypedStorage else kind._kind.itemsize


def _made_storage(kind, content, location, map_location, swapped):
    """A storage of a class with these bytes, where map_location allows its device."""
    from . import _dtypes

    if swapped and _itemsize(kind) > 1:
        size = _itemsize(kind)
        parts = [content[i : i + size][::-1] for i in range(0, len(content), size)]
        content = b"".join(parts)
    untyped = kind is _storage.UntypedStorage
    flat = _storage.from_bytes(content, _dtypes.uint8 if untyped else kind._kind)
    made = kind._over(flat)
    if callable(map_location):
        chosen = map_location(_storage.UntypedStorage._over(flat), location)
        if chosen is not None:
            return made
    elif isinstance(map_location, dict):
        location = map_location.get(location, location)
    elif map_location is not None:
        if not isinstance(map_location, (str, Device)):
            raise TypeError(f"'{type(map_location).__name__}' object is not callable")
        location = str(map_location)
    _check_location(str(location))
    return made


def _check_location(location):
    if location.startswith("cuda"):
        raise RuntimeError(_NO_CUDA)
    if location.startswith("meta"):
        raise NotImplementedError("device 'meta' is not part of Unroll: tensors live on the CPU")
    if location != "cpu":
        raise RuntimeError(
            "don't know how to restore data location of torch.storage.UntypedStorage (tagged with "
            f"{location})"
        )


def get_unsafe_globals_in_checkpoint(f):
    """The names in a file that weights_only=True would refuse."""
    import zipfile

    with closing(zipfile.ZipFile(f)) as archive:
        name = next(name for name in archive.namelist() if name.endswith("data.pkl"))
        return get_unsafe_globals(archive.read(name))


def get_default_load_endianness():
    """None: a file says itself in which order its bytes are."""


def _get_layout(name):
    """The layout of this name: how files name `torch.strided`."""
    import torch

    return getattr(torch, name.split(".")[-1])
