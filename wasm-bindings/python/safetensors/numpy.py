"""safetensors.numpy: arrays to files and back."""

import os

import numpy

from . import _DTYPES, SafetensorError, deserialize, safe_open, serialize

__all__ = ["load", "load_file", "save", "save_file"]


def _made(code, shape, content):
    if code not in _DTYPES or code == "BF16":
        raise SafetensorError(f"dtype {code} is not part of Unroll; save the array as F32")
    return numpy.frombuffer(content, dtype=_DTYPES[code]).reshape(shape).copy()


def save(tensor_dict, metadata=None):
    """The bytes of a file with these arrays by their names."""
    entries = {
        name: {"dtype": array.dtype.name, "shape": array.shape, "data": array.tobytes()}
        for name, array in tensor_dict.items()
    }
    return serialize(entries, metadata)


def save_file(tensor_dict, filename, metadata=None):
    """Write arrays by their names to a file."""
    with open(os.fspath(filename), "wb") as file:
        file.write(save(tensor_dict, metadata))


def load(data):
    """The arrays in the bytes of a file, by their names."""
    return {
        name: _made(entry["dtype"], entry["shape"], entry["data"])
        for name, entry in deserialize(data)
    }


def load_file(filename):
    """The arrays of a file by their names."""
    with safe_open(os.fspath(filename), "np") as file:
        return {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
