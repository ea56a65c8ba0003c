"""The two formats of torch.load: a zip with a pickle and a record a storage, and pickles in a row.

Whatever a file says of itself is checked before it is used: nothing outside its bytes is read.
"""

import io
import pickle
import struct

from . import _dtypes, _safe_globals, _weights_only_unpickler
from . import storage as _storage
from ._device import device as Device
from ._missing import missing

MAGIC_NUMBER = 0x1950A86A20F9469CFC6C
PROTOCOL_VERSION = 1001
_NO_CUDA = (
    "Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False. If "
    "you are running on a CPU-only machine, please use torch.load with "
    "map_location=torch.device('cpu') to map your storages to the CPU."
)


class Archive:
    """The records of a zip file, by their names below the folder that they all lie in."""

    def __init__(self, data):
        import zipfile

        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
            raise RuntimeError(
                "PytorchStreamReader failed reading zip archive: failed finding central directory"
            ) from error
        self._broken = zipfile.BadZipFile
        names = self._zip.namelist()
        self._folder = names[0].partition("/")[0] if names else ""

    def __contains__(self, name):
        return f"{self._folder}/{name}" in self._zip.NameToInfo

    def read(self, name):
        """The bytes of a record."""
        import zlib

        if name not in self:
            raise RuntimeError(f"PytorchStreamReader failed locating file {name}: file not found")
        try:
            return self._zip.read(f"{self._folder}/{name}")
        except (self._broken, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise RuntimeError(
                f"PytorchStreamReader failed reading file {name}: file read failed"
            ) from error


def read_zip(data, module, map_location, options):
    """The object in a file as torch.save writes it today; `module` reads the pickle."""
    archive = Archive(data)
    if "constants.pkl" in archive:
        if module is _weights_only_unpickler:
            raise _safe_globals.refuse("TorchScript archives passed to ``torch.load``")
        raise missing("torch.jit.load", "save the state_dict of the module")
    order = archive.read("byteorder") if "byteorder" in archive else b"little"
    if order not in (b"little", b"big"):
        raise ValueError(f"Unknown endianness type: {order.decode()}")
    storages = {}

    def persistent_load(saved):
        if saved[0] not in ("storage", b"storage"):
            raise AssertionError(
                f"Unknown typename for persistent_load, expected 'storage' but got '{saved[0]}'"
            )
        kind, key, location, count = saved[1:]
        if key not in storages:
            size = _byte_count(kind, count)
            content = archive.read(f"data/{key}")
            _check_end(size - len(content))
            storages[key] = _storage_of(kind, content[:size], order == b"big")
            _restore(storages[key], location, map_location)
        return storages[key]

    file = io.BytesIO(archive.read("data.pkl"))
    return _unpickle(file, module, persistent_load, options)


def read_legacy(data, module, map_location, options):
    """The object in a file as torch.save wrote it before 1.6: pickles, then bytes."""
    if data[257:262] == b"ustar":
        if module is _weights_only_unpickler:
            raise _safe_globals.refuse("files saved in the legacy .tar format")
        raise missing("the legacy .tar format", "load and save the file with PyTorch first")
    file = io.BytesIO(data)
    if module.load(file, **options) != MAGIC_NUMBER:
        raise RuntimeError("Invalid magic number; corrupt file?")
    version = module.load(file, **options)
    if version != PROTOCOL_VERSION:
        raise RuntimeError(f"Invalid protocol version: {version}")
    module.load(file, **options)
    storages, room = {}, len(data)

    def persistent_load(saved):
        nonlocal room
        if saved[0] in ("module", b"module"):
            return saved[1]
        kind, key, location, count, view = saved[1:]
        if key not in storages:
            # The bytes come behind this pickle; a count that they cannot have gets no memory.
            size = _byte_count(kind, count)
            room -= size
            _check_end(-room)
            storages[key] = _storage_of(kind, bytes(size))
            _restore(storages[key], location, map_location)
        if view is None:
            return storages[key]
        view_key, offset, count = view
        if view_key not in storages:
            part = storages[key]._flat[offset : offset + count]
            storages[view_key] = type(storages[key])._over(part)
        return storages[view_key]

    result = _unpickle(file, module, persistent_load, options)
    for key in module.load(file, **options):
        if key not in storages:
            raise AssertionError(f"nothing in the file has the storage {key}")
        _fill(storages[key], file)
    return result


def _fill(storage, file):
    flat = storage._flat
    header = file.read(8)
    _check_end(8 - len(header))
    (count,) = struct.unpack("<q", header)
    if count != flat.numel():
        raise RuntimeError(
            f"storage has wrong byte size: expected {storage.nbytes()} got "
            f"{count * flat.dtype.itemsize}"
        )
    content = file.read(storage.nbytes())
    _check_end(storage.nbytes() - len(content))
    flat.copy_(_storage.from_bytes(content, flat.dtype))


def _unpickle(file, module, persistent_load, options):
    class Unpickler(module.Unpickler):
        def persistent_load(self, saved):
            if not isinstance(saved, tuple) or not saved:
                raise pickle.UnpicklingError(
                    f"persistent_load id must be tuple or int, but got {type(saved)}"
                )
            return persistent_load(saved)

    return Unpickler(file, **options).load()


def _check_end(missing_bytes):
    if missing_bytes > 0:
        raise RuntimeError(
            f"unexpected EOF, expected {missing_bytes} more bytes. The file might be corrupted."
        )


def _dtype_of(kind):
    """The dtype of the elements of a storage class of a file."""
    if kind is _storage.UntypedStorage:
        return _dtypes.uint8
    if not isinstance(getattr(kind, "dtype", None), _dtypes.dtype):
        raise AttributeError(f"'{type(kind).__name__}' object has no attribute 'dtype'")
    return kind.dtype


def _byte_count(kind, count):
    if type(count) is not int or count < 0:
        raise TypeError(f"a storage has {count!r} elements, expected a number")
    return count * _dtype_of(kind).itemsize


def _storage_of(kind, content, swapped=False):
    """A storage with these bytes, for a storage class of a file."""
    dtype = _dtype_of(kind)
    if swapped and dtype.itemsize > 1:
        size = dtype.itemsize
        content = b"".join(content[i : i + size][::-1] for i in range(0, len(content), size))
    untyped = kind is _storage.UntypedStorage
    made = _storage.UntypedStorage if untyped else _storage.LEGACY[_storage._NAMES[dtype._name]]
    return made._over(_storage.from_bytes(content, dtype))


def _restore(storage, location, map_location):
    """Raises where map_location gives a storage another place than the CPU."""
    location = location.decode("ascii") if isinstance(location, bytes) else location
    if callable(map_location):
        if map_location(_storage.UntypedStorage._over(storage._flat), location) is not None:
            return
    elif isinstance(map_location, dict):
        location = map_location.get(location, location)
    elif map_location is not None:
        if not isinstance(map_location, (str, Device)):
            raise TypeError(f"'{type(map_location).__name__}' object is not callable")
        location = str(map_location)
    _check_location(str(location))


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
