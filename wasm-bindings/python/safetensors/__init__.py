"""safetensors: tensors in a file as a table and raw bytes, which cannot run code.

The format: eight bytes with the length of the table, the table as JSON (name → dtype, shape, where
the bytes are), the bytes. `safetensors.torch` holds what programs use.
"""

import json
import struct

__version__ = "0.5.3"

#: The names of dtypes, in the order in which the format sorts tensors: the last come first.
_DTYPES = {
    "BOOL": "bool",
    "U8": "uint8",
    "I8": "int8",
    "I16": "int16",
    "F16": "float16",
    "BF16": "bfloat16",
    "I32": "int32",
    "F32": "float32",
    "F64": "float64",
    "I64": "int64",
}
_NAMES = {name: code for code, name in _DTYPES.items()}
_ORDER = list(_DTYPES)
_MAX_HEADER = 100_000_000


class SafetensorError(Exception):
    """A file that is no safetensors file, or a tensor that it does not hold."""


def serialize(tensor_dict, metadata=None):
    """The bytes of a file: tensor_dict maps a name to {"dtype", "shape", "data"}."""
    codes = {name: _NAMES[entry["dtype"]] for name, entry in tensor_dict.items()}
    names = sorted(tensor_dict, key=lambda name: (-_ORDER.index(codes[name]), name))
    header, parts, end = {}, [], 0
    if metadata is not None:
        for key, value in metadata.items():
            if not isinstance(key, str) or not isinstance(value, str):
                raise TypeError(
                    f"argument 'metadata': '{type(value).__name__}' object cannot be converted to "
                    "'PyString'"
                )
        header["__metadata__"] = dict(metadata)
    for name in names:
        data = bytes(tensor_dict[name]["data"])
        begin, end = end, end + len(data)
        shape = [int(size) for size in tensor_dict[name]["shape"]]
        header[name] = {"dtype": codes[name], "shape": shape, "data_offsets": [begin, end]}
        parts.append(data)
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    return b"".join([struct.pack("<Q", len(text)), text, *parts])


def _parse(data):
    """(the table, the metadata, where the bytes begin)."""
    if len(data) < 8:
        raise SafetensorError("Error while deserializing header: HeaderTooSmall")
    (size,) = struct.unpack("<Q", data[:8])
    if size > _MAX_HEADER:
        raise SafetensorError("Error while deserializing header: HeaderTooLarge")
    if 8 + size > len(data):
        raise SafetensorError("Error while deserializing header: InvalidHeaderLength")
    try:
        table = json.loads(data[8 : 8 + size])
    except ValueError:
        raise SafetensorError(
            "Error while deserializing header: InvalidHeaderDeserialization"
        ) from None
    metadata = table.pop("__metadata__", None)
    ends = [entry["data_offsets"][1] for entry in table.values()]
    if max(ends, default=0) != len(data) - 8 - size:
        raise SafetensorError("Error while deserializing header: MetadataIncompleteBuffer")
    return table, metadata, 8 + size


def deserialize(data):
    """[(name, {"dtype", "shape", "data"})] of the bytes of a file."""
    table, _, start = _parse(data)
    found = []
    for name, entry in table.items():
        begin, end = entry["data_offsets"]
        content = data[start + begin : start + end]
        found.append((name, {"dtype": entry["dtype"], "shape": entry["shape"], "data": content}))
    return found


def _tensor(entry, content, framework):
    if framework in ("pt", "torch", "pytorch"):
        from .torch import _made

        return _made(entry["dtype"], entry["shape"], content)
    if framework in ("np", "numpy"):
        from .numpy import _made

        return _made(entry["dtype"], entry["shape"], content)
    raise SafetensorError(f"framework {framework} is invalid")


class _Slice:
    """A tensor of a file before it is read."""

    def __init__(self, tensor, entry):
        self._tensor, self._entry = tensor, entry

    def get_shape(self):
        """The sizes."""
        return list(self._entry["shape"])

    def get_dtype(self):
        """The name of the dtype in the format."""
        return self._entry["dtype"]

    def __getitem__(self, index):
        return self._tensor()[index]


class safe_open:
    """A file whose tensors are read one by one: `with safe_open(path, framework="pt") as f`."""

    def __init__(self, filename, framework="pt", device="cpu"):
        with open(filename, "rb") as file:
            self._data = file.read()
        self._table, self._metadata, self._start = _parse(self._data)
        self._framework = framework

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._data = None

    def keys(self):
        """The names of the tensors."""
        return sorted(self._table)

    def offset_keys(self):
        """The names of the tensors in the order of their bytes."""
        return sorted(self._table, key=lambda name: self._table[name]["data_offsets"])

    def metadata(self):
        """The texts that were saved along, or None."""
        return self._metadata

    def _entry(self, name):
        if name not in self._table:
            raise SafetensorError(f"File does not contain tensor {name}")
        return self._table[name]

    def get_tensor(self, name):
        """A tensor by its name."""
        entry = self._entry(name)
        begin, end = (self._start + offset for offset in entry["data_offsets"])
        return _tensor(entry, self._data[begin:end], self._framework)

    def get_slice(self, name):
        """A tensor by its name, to be indexed."""
        return _Slice(lambda: self.get_tensor(name), self._entry(name))
