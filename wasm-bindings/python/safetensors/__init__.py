"""safetensors: tensors in a file as a table and raw bytes, which cannot run code.

The format: eight bytes with the length of the table, the table as JSON (name → dtype, shape, where
the bytes are), the bytes. `safetensors.torch` holds what programs use.
"""

import json
import math
import re
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
#: Bytes of an element; of the last ones tensors are only counted.
_SIZES = dict(BOOL=1, U8=1, I8=1, I16=2, F16=2, BF16=2, I32=4, F32=4, F64=8, I64=8)
_SIZES |= dict(F8_E5M2=1, F8_E4M3=1, U16=2, U32=4, U64=8)
_NAMES = {name: code for code, name in _DTYPES.items()}
_ORDER = list(_DTYPES)
_MAX_HEADER = 100_000_000
#: The library's limit; Python's own parser of JSON would end the page's Python at some thousands.
_DEEPEST = 127


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


def _parse(data, what="Error while deserializing header"):
    """(the table, the metadata, where the bytes begin). Raises SafetensorError unless the tensors
    fill all bytes behind the table, each once.
    """

    def broken(why):
        return SafetensorError(f"{what}: {why}")

    if len(data) < 8:
        raise broken("HeaderTooSmall")
    (size,) = struct.unpack("<Q", data[:8])
    if size > _MAX_HEADER:
        raise broken("HeaderTooLarge")
    if 8 + size > len(data):
        raise broken("InvalidHeaderLength")
    try:
        text = data[8 : 8 + size].decode()
        if _depth(text) > _DEEPEST:
            raise ValueError("no table of tensors is so deep")
        table = json.loads(text, object_pairs_hook=_unique)
        metadata = _take_metadata(table)
    except UnicodeDecodeError:
        raise broken("InvalidHeader") from None
    except ValueError:
        raise broken("InvalidHeaderDeserialization") from None
    end = 0
    for name, entry in sorted(table.items(), key=lambda item: item[1]["data_offsets"]):
        begin, stop = entry["data_offsets"]
        if begin != end or stop < begin:
            raise broken(f"InvalidOffset({json.dumps(name, ensure_ascii=False)})")
        # Sizes beside a zero count as well: strides are made of them.
        most = math.prod(max(size, 1) for size in entry["shape"]) * _SIZES[entry["dtype"]]
        if most >= 2**63:
            raise broken("ValidationOverflow")
        if stop - begin != (0 if 0 in entry["shape"] else most):
            raise broken("TensorInvalidInfo")
        end = stop
    if end != len(data) - 8 - size:
        raise broken("MetadataIncompleteBuffer")
    return table, metadata, 8 + size


def _depth(text):
    """How deep objects and lists lie in each other in a JSON text."""
    depth = deepest = 0
    for token in re.findall(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', text, re.DOTALL):
        depth += (token in "[{") - (token in "]}")
        deepest = max(deepest, depth)
    return deepest


def _unique(pairs):
    """A JSON object as a dict; a name that is there twice is refused."""
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a name is there twice")
    return table


def _take_metadata(table):
    """Take the texts out of a table. Raises ValueError for one that is not as the format says."""
    if not isinstance(table, dict):
        raise ValueError("the table is no object")
    metadata = table.pop("__metadata__", None)
    texts = {} if metadata is None else metadata
    if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
        raise ValueError("the metadata are no texts")
    for entry in table.values():
        if not isinstance(entry, dict) or str(entry.get("dtype")) not in _SIZES:
            raise ValueError("a dtype is unknown")
        shape, offsets = entry.get("shape"), entry.get("data_offsets")
        if not (_are_counts(shape) and _are_counts(offsets) and len(offsets) == 2):
            raise ValueError("sizes and offsets are whole numbers")
    return metadata


def _are_counts(values):
    return isinstance(values, list) and all(type(n) is int and 0 <= n < 2**64 for n in values)


def deserialize(data):
    """[(name, {"dtype", "shape", "data"})] of the bytes of a file."""
    table, _, start = _parse(data, "Error while deserializing")
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
        if device != "cpu":
            import torch

            torch.empty(0, device=device)
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
