"""Items of a dataset put together to a batch."""

import copy
from collections.abc import Mapping, MutableMapping, MutableSequence, Sequence

from ... import _creation, _dtypes, _ops
from ..._tensor import Tensor


def _mapping(batch, first):
    columns = {key: default_collate([item[key] for item in batch]) for key in first}
    if isinstance(first, MutableMapping) and type(first) is not dict:
        made = copy.copy(first)
        made.update(columns)
        return made
    return columns


def _sequence(batch, first):
    if any(len(item) != len(first) for item in batch):
        raise RuntimeError("each element in list of batch should be of equal size")
    columns = [default_collate(column) for column in zip(*batch, strict=True)]
    if isinstance(first, tuple) or not isinstance(first, MutableSequence) or type(first) is list:
        return columns
    made = copy.copy(first)
    for i, column in enumerate(columns):
        made[i] = column
    return made


def default_collate(batch):
    """Tensors stacked, numbers as tensors, and so on inside tuples, lists and dicts. Raises
    TypeError for the rest.
    """
    first = batch[0]
    if isinstance(first, Tensor):
        return _ops.stack(batch, 0)
    if type(first).__module__ == "numpy":
        return default_collate([_creation.as_tensor(item) for item in batch])
    if isinstance(first, float):
        return _creation.tensor(batch, dtype=_dtypes.float64)
    if isinstance(first, int):
        return _creation.tensor(batch)
    if isinstance(first, (str, bytes)):
        return batch
    if isinstance(first, Mapping):
        return _mapping(batch, first)
    if isinstance(first, tuple) and hasattr(first, "_fields"):
        return type(first)(*[default_collate(column) for column in zip(*batch, strict=True)])
    if isinstance(first, Sequence):
        return _sequence(batch, first)
    raise TypeError(
        "default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; "
        f"found {type(first)}"
    )


def default_convert(data):
    """NumPy arrays as tensors, also inside tuples, lists and dicts; everything else as it is."""
    if isinstance(data, (Tensor, str, bytes)):
        return data
    if type(data).__module__ == "numpy":
        return _creation.as_tensor(data)
    if isinstance(data, Mapping):
        return {key: default_convert(value) for key, value in data.items()}
    if isinstance(data, tuple) and hasattr(data, "_fields"):
        return type(data)(*map(default_convert, data))
    if isinstance(data, (tuple, list)):
        return [default_convert(value) for value in data]
    return data
